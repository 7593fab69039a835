/* The search box, buttons that copy, switches of columns. Nothing here is needed to read a page. */
(() => {
  "use strict";
  const en = document.documentElement.lang === "en", say = (zh, other) => (en ? other : zh);
  const root = document.currentScript.getAttribute("src").replace(/assets\/site\.js$/, "") || "./";
  const narrow = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const kinds = {
    department: ["部门", "department"], disclosure: ["预决算", "disclosure"], project: ["项目", "project"],
    code: ["代码", "code"], term: ["术语", "term"], indicator: ["指标", "indicator"], statement: ["表", "table"],
    amount: ["数字", "amount"], area: ["地区", "area"],
  };
  const rank = Object.keys(kinds);
  const load = path => new Promise(done => {
    const script = document.createElement("script");
    script.src = root + "assets/" + path;
    script.onload = () => done(true);
    script.onerror = () => done(false);
    document.head.append(script);
  });
  const once = {};
  const need = path => (once[path] = once[path] || load(path));

  /* Amounts as somebody pastes them: 1234.50, 1,234.50 万元, 12345000 元. Returns texts in yuan with two decimals. */
  const yuan = text => {
    const found = /^[-−]?([\d,]+)(\.\d+)?(万元|亿元|元)?$/.exec(narrow(text));
    if (!found) return [];
    const digits = found[1].replace(/,/g, ""), part = (found[2] || ".").slice(1);
    const moved = places => {
      const all = digits + part.padEnd(places, "0"), cut = digits.length + places;
      const whole = all.slice(0, cut).replace(/^0+(?=\d)/, ""), rest = all.slice(cut).replace(/0+$/, "");
      return (whole || "0") + "." + rest.padEnd(2, "0");
    };
    const units = { 万元: [4], 亿元: [8], 元: [0] }[found[3]] || [4, 0, 8];
    return [...new Set(units.map(moved))];
  };

  const amounts = async text => {
    const found = [];
    for (const wanted of yuan(text)) {
      const shard = wanted.replace(".", "").replace(/^0+/, "").slice(0, 2).padEnd(2, "0");
      await need("amounts/" + shard + ".js");
      const list = (window.budgetlodAmounts || {})[shard] || [];
      const same = value => Number(value) === Number(wanted);
      found.push(...list.filter(one => same(one[0])).map(one => ["amount", one[1], one[3] || one[1], one[2], ""]));
    }
    return found;
  };

  const words = async text => {
    await need("search.js");
    const parts = text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const hits = [];
    for (const entry of window.budgetlodIndex || []) {
      const hay = (entry.hay = entry.hay || narrow(entry[1] + " " + (entry[2] || "") + " " + (entry[4] || "")));
      if (parts.every(part => hay.includes(narrow(part)))) hits.push(entry);
    }
    const weight = entry => rank.indexOf(entry[0]) * 1000 + Math.min(entry[1].length, 999);
    return hits.sort((a, b) => weight(a) - weight(b));
  };

  const made = brand => {
    brand.insertAdjacentHTML("afterend", `<form role="search" class="find-form"><label class="vh" for="q">${say("搜索", "Search")}</label><input id="q" type="search" autocomplete="off"
 role="combobox" aria-expanded="false" aria-controls="q-found" placeholder="${
 say("搜部门、项目、科目或数字", "Department, project, code or amount")}">
<div id="q-found" class="found" role="listbox" aria-label="${say("搜索结果", "Results")}" hidden></div></form>`);
    return brand.nextElementSibling;
  };

  const start = form => {
    const box = form.querySelector("input"), list = form.querySelector(".found");
    let chosen = -1, turn = 0;
    const close = () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); chosen = -1; };
    const choose = step => {
      const links = [...list.querySelectorAll("a")];
      if (!links.length) return;
      chosen = (chosen + step + links.length) % links.length;
      links.forEach((link, index) => link.setAttribute("aria-selected", String(index === chosen)));
      box.setAttribute("aria-activedescendant", links[chosen].id);
      links[chosen].scrollIntoView({ block: "nearest" });
    };
    const row = (entry, index) => {
      const link = document.createElement("a"), kind = document.createElement("small");
      link.id = "q-" + index;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1;
      const path = en && !/(^|\/)(code|figure)\//.test(entry[3]) ? entry[3].replace(/index\.html(?=#|$)/, "index.en.html") : entry[3];
      link.href = root + path;
      link.textContent = en ? entry[2] || entry[1] : entry[1];
      kind.textContent = say(...(kinds[entry[0]] || [entry[0], entry[0]]));
      link.append(kind);
      return link;
    };
    const show = hits => {
      list.replaceChildren(...hits.slice(0, 40).map(row));
      if (!hits.length || hits.length > 40) {
        const note = document.createElement("p");
        note.textContent = hits.length ? say(`共 ${hits.length} 条，请再写几个字`, `${hits.length} in all: type more`)
          : say("没有找到。可试科目代码的前几位，或从“代码”页浏览。", "Nothing found. Try the first digits of a code, or browse the codes.");
        list.append(note);
      }
      list.hidden = false;
      chosen = -1;
      box.setAttribute("aria-expanded", "true");
    };
    const look = async () => {
      const mine = ++turn, text = box.value.trim();
      if (!text) return close();
      const hits = [...(await amounts(text)), ...(await words(text))];
      if (mine === turn) show(hits);
    };
    box.addEventListener("focus", () => need("search.js"), { once: true });
    box.addEventListener("input", look);
    box.addEventListener("keydown", event => {
      if (event.key === "ArrowDown") choose(1);
      else if (event.key === "ArrowUp") choose(-1);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      const link = list.querySelectorAll("a")[Math.max(chosen, 0)];
      if (link) location.href = link.href;
    });
    document.addEventListener("click", event => { if (!form.contains(event.target)) close(); });
  };
  const brand = document.querySelector("header.top .brand");
  if (brand) start(made(brand));

  /* The other language, same place. */
  const other = document.querySelector("a.switch");
  const keep = () => { if (other) other.hash = location.hash; };
  addEventListener("hashchange", keep);
  keep();

  /* A checkbox with data-shows="name" sets that class on the page. */
  document.querySelectorAll("input[data-shows]").forEach(box => {
    box.closest("label").hidden = false;
    const set = () => document.body.classList.toggle(box.dataset.shows, box.checked);
    box.addEventListener("change", set);
    set();
  });

  /* Texts to be cited can be copied. */
  document.querySelectorAll("[data-copy]").forEach(text => {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say("复制", "Copy");
    button.onclick = () => navigator.clipboard.writeText(text.dataset.copy || text.firstChild.textContent.trim())
      .then(() => { button.textContent = say("已复制", "Copied"); });
    text.append(" ", button);
  });

  /* No such page: lead to what is above. */
  const above = document.querySelector("[data-above]");
  if (above) {
    const parts = location.pathname.split("/").filter(Boolean);
    const links = parts.slice(0, -1).map((_, index) => "/" + parts.slice(0, index + 1).join("/") + "/").reverse();
    above.replaceChildren(...links.map(path => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = path;
      link.textContent = decodeURIComponent(path);
      item.append(link);
      return item;
    }));
  }
})();
