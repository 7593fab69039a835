"use strict";
// The page: choose an example and data, run, stop, look at the answer as table or bars, take it away.
(() => {
  const one = (id) => document.getElementById(id);
  const settings = JSON.parse(one("query-settings").textContent);
  const { words } = settings;
  const results = budgetlodResults(settings), texts = budgetlodText(settings), engine = budgetlodEngine(settings);
  const { element, fill, grouped } = results;
  const state = { run: 0, answer: null, json: "", view: "table", limit: settings.rows, example: "" };
  const bare = (href) => href.split("#")[0];
  const others = new Set([...document.querySelectorAll("link[rel=alternate][hreflang]")].map(({ href }) => bare(href))
    .filter((href) => href !== bare(location.href)));

  const able = typeof WebAssembly !== "undefined" && typeof DecompressionStream !== "undefined";
  const say = (text) => { one("status").textContent = text; };
  const show = (...content) => one("result").replaceChildren(...content);
  const busy = (is) => {
    one("stop").disabled = !is;
    one("app").setAttribute("aria-busy", String(is));
    one("app").classList.toggle("busy", is);
  };
  const changed = () => {
    if (state.setting) return;
    one("fault").hidden = true;
    state.example = one("example").value = "";
    one("question").textContent = "";
    address();
  };
  one("app").hidden = false; // before the editor is made, which measures itself
  one("prepared").hidden = true;
  const editor = budgetlodEditor(settings, one("editor"), { run: () => run(), changed });

  // The address of what is on the screen; the other language's page opens with the same.
  const fragment = () => {
    const parts = state.example ? { example: state.example } : { query: editor.get() };
    if (one("data").value !== settings.datasets[0].folder) parts.data = one("data").value;
    if (state.view !== "table") parts.view = state.view;
    return `#${Object.entries(parts).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
  };
  const address = () => {
    for (const link of document.querySelectorAll("a[href]")) {
      if (others.has(bare(link.href))) link.hash = fragment();
    }
  };
  const set = (text) => {
    state.setting = true; // not by the reader: an example stays the example
    editor.set(text);
    state.setting = false;
  };
  const put = (text, example) => {
    set(texts.complete(text));
    editor.mark(null);
    one("fault").hidden = true;
    state.example = one("example").value = example ? example.name : "";
    one("question").textContent = example ? example.description : "";
  };
  const about = (iri) => `# ${words.about}\nSELECT ?subject ?property ?value\nWHERE {\n`
    + `  { BIND(<${iri}> AS ?subject) <${iri}> ?property ?value }\n  UNION\n`
    + `  { BIND(<${iri}> AS ?value) ?subject ?property <${iri}> }\n}\n`;
  const follow = () => {
    const asked = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    const iri = asked.get("iri"), data = asked.get("data");
    const home = settings.datasets.find((dataset) => iri && (iri === dataset.iri || iri.startsWith(`${dataset.iri}/`)));
    if (home && one("data").value !== "all") one("data").value = home.folder;
    if (data === "all" || settings.datasets.some(({ folder }) => folder === data)) one("data").value = data;
    state.view = asked.get("view") === "bars" ? "bars" : "table";
    const example = settings.examples.find(({ name }) => name === asked.get("example"));
    if (iri && !/[<>"{}|^`\\\s]/.test(iri)) put(about(iri), null);
    else if (asked.get("query")) put(asked.get("query"), null);
    else put((example || settings.examples[0]).text, example || settings.examples[0]);
    address();
  };

  const complain = (message) => {
    const { line, column, words: meaning, expected, raw } = texts.complaint(message, editor.fault());
    editor.mark(line, column);
    const place = line ? fill(words.place, { line, column }) : "";
    const hints = expected.flatMap((sign) => [" ", element("code", { textContent: sign })]);
    const engineWords = element("details", {}, element("summary", { textContent: words.raw }),
      element("code", { textContent: raw, lang: "en" }));
    one("fault").replaceChildren(element("p", {}, element("strong", { textContent: place }), meaning),
      ...(hints.length ? [element("p", {}, words.expected, ...hints)] : []), engineWords);
    one("fault").hidden = false;
  };
  const tell = (text) => {
    one("fault").replaceChildren(element("p", { textContent: text }));
    one("fault").hidden = false;
  };
  const progress = (stage) => say(words[stage]);
  const ready = async () => {
    try {
      const size = await engine.start(one("data").value, progress);
      one("loaded").textContent = fill(words.loaded, { size: grouped(String(size)) });
      one("prepared").hidden = true;
    } catch (error) {
      if (error.stopped) throw error;
      one("prepared").hidden = false;
      one("loaded").textContent = "";
      throw Object.assign(error, { loading: true });
    }
  };
  const ask = async (job) => {
    const timer = setTimeout(() => { state.late = true; engine.stop(); }, settings.seconds * 1000);
    try {
      return await engine.query(job);
    } finally {
      clearTimeout(timer);
    }
  };
  const run = async () => {
    const mine = (state.run += 1);
    const text = texts.complete(editor.get());
    const { isUpdate, ...job } = texts.kind(text);
    if (text !== editor.get()) set(text);
    one("fault").hidden = true;
    editor.mark(null);
    if (!able) { one("prepared").hidden = false; tell(words.no_engine); return; }
    if (isUpdate) { tell(words.update); return; }
    state.late = false;
    busy(true);
    try {
      await ready();
      if (mine !== state.run) return;
      say(words.running);
      const { json, milliseconds } = await ask({ text, ...job });
      if (mine === state.run) await answered(json, milliseconds);
    } catch (error) {
      if (mine !== state.run) return;
      say(error.stopped && !state.late ? words.stopped : "");
      if (error.stopped && state.late) tell(fill(words.timeout, { seconds: settings.seconds }));
      else if (error.loading) tell(fill(words.unloaded, { reason: error.message }));
      else if (!error.stopped) complain(error.message);
    } finally {
      if (mine === state.run) busy(false);
    }
  };
  const answered = async (json, milliseconds) => {
    const { head, results: found, boolean } = JSON.parse(json);
    const answer = boolean === undefined ? { columns: head.vars, rows: found.bindings }
      : { columns: ["answer"], rows: [{ answer: { type: "literal", value: words[boolean ? "yes" : "no"] } }] };
    Object.assign(state, { answer, json, limit: settings.rows });
    await draw();
    say(fill(words.done, { milliseconds: Math.max(1, Math.round(milliseconds)), rows: grouped(String(answer.rows.length)) }));
  };

  const why = async () => {
    const names = texts.names(editor.get());
    const { iris } = await engine.unknown([...names.keys()]);
    const reasons = settings.reasons.map((text) => element("li", { textContent: text }));
    if (iris.length) {
      const codes = iris.flatMap((iri) => [" ", element("code", { textContent: names.get(iri) })]);
      reasons.unshift(element("li", {}, words.unknown, ...codes));
    }
    show(element("p", { textContent: words.empty }), element("ul", {}, ...reasons));
  };
  const choice = (label, names, chosen, set) => {
    const select = element("select", {}, ...names.map((name) => element("option", { value: name, textContent: name })));
    select.value = chosen;
    select.addEventListener("change", () => { set(select.value); draw(); });
    return element("label", {}, label, " ", select);
  };
  const drawBars = (labels, can) => {
    const { answer } = state;
    if (!can.values.includes(state.value)) state.value = can.values[0];
    if (!can.names.includes(state.name)) state.name = can.names[0];
    const choices = element("p", { className: "choices" },
      choice(words.number, can.values, state.value, (name) => { state.value = name; }),
      ...(can.names.length ? [choice(words.name, can.names, state.name, (name) => { state.name = name; })] : []));
    const cut = answer.rows.length > settings.bars
      ? [element("p", { textContent: fill(words.cut, { number: settings.bars, rows: grouped(String(answer.rows.length)) }) })] : [];
    show(choices, results.bars(answer, labels, state.value, state.name, settings.bars), ...cut);
  };
  const drawTable = (labels) => {
    const { answer, limit } = state;
    const more = element("button", { type: "button", textContent: fill(words.more, { number: settings.rows, rows: grouped(String(answer.rows.length)) }) });
    more.addEventListener("click", () => { state.limit += settings.rows; draw(); });
    show(...results.table(answer, labels, limit), ...(answer.rows.length > limit ? [more] : []));
  };
  const draw = async () => {
    const { answer } = state;
    const can = results.chartable(answer);
    const view = state.view === "bars" && can.values.length ? "bars" : "table";
    one("take").hidden = false;
    one("as-bars").disabled = !can.values.length;
    one("as-table").setAttribute("aria-pressed", String(view === "table"));
    one("as-bars").setAttribute("aria-pressed", String(view === "bars"));
    if (!answer.rows.length) { await why(); return; }
    const { labels } = await engine.labels(results.iris(answer, Math.max(state.limit, settings.bars)));
    if (view === "bars") drawBars(labels, can); else drawTable(labels);
  };

  const download = (name, type, text) => {
    const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const copy = async () => {
    history.replaceState(null, "", fragment());
    try {
      await navigator.clipboard.writeText(location.href);
      say(words.copied);
    } catch {
      say(words.uncopied);
    }
  };
  const view = (name) => { state.view = name; address(); if (state.answer) draw(); };
  const on = (id, event, act) => one(id).addEventListener(event, act);
  on("run", "click", () => run());
  on("stop", "click", () => engine.stop());
  on("copy", "click", copy);
  on("as-table", "click", () => view("table"));
  on("as-bars", "click", () => view("bars"));
  on("as-csv", "click", () => download(`${state.example || "query"}.csv`, "text/csv;charset=utf-8", results.csv(state.answer)));
  on("as-json", "click", () => download(`${state.example || "query"}.json`, "application/sparql-results+json", state.json));
  on("data", "change", () => { address(); run(); });
  on("example", "change", () => {
    const example = settings.examples.find(({ name }) => name === one("example").value);
    if (example) { put(example.text, example); address(); run(); }
  });
  window.addEventListener("hashchange", () => { follow(); run(); });

  follow();
  if (navigator.connection && navigator.connection.saveData) say(words.waiting); else run();
})();
