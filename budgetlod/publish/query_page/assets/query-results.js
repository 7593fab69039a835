"use strict";
// Answers as a table, as bars in a table, as CSV and as JSON; IRIs by their labels, with links to our pages.
var budgetlodResults = (settings) => {
  const NUMBER = /^http:\/\/www\.w3\.org\/2001\/XMLSchema#(decimal|integer|double|float)$/;
  const isNumber = (term) => Boolean(term) && NUMBER.test(term.datatype || "") && Number.isFinite(Number(term.value));
  const element = (name, properties = {}, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // Digits in threes, all decimals kept: never through a floating number.
  const grouped = (text) => {
    const [, sign, whole, rest] = text.match(/^([+-]?)(\d+)(.*)$/) || [];
    return whole === undefined ? text : (sign === "-" ? "\u2212" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
  };
  const rules = settings.pages.map(({ iri, page }) => {
    const names = [...iri.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    const escaped = iri.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "([^/#?]+)");
    return { pattern: new RegExp(`^${escaped}$`), names, page };
  });
  const pageOf = (iri) => {
    for (const { pattern, names, page } of rules) {
      const found = iri.match(pattern);
      if (found) return settings.root + fill(page, Object.fromEntries(names.map((name, at) => [name, found[at + 1]])));
    }
    return `#iri=${encodeURIComponent(iri)}`; // no page of its own: ask what is said of it
  };
  const short = (iri) => {
    if (iri.startsWith(settings.base)) return iri.slice(settings.base.length);
    const code = iri.startsWith(settings.vocabulary.code) && iri.slice(settings.vocabulary.code.length).split("/");
    if (code && code.length === 2) return code.join(":");
    const known = Object.entries(settings.prefixes).find(([, space]) => iri.startsWith(space) && iri !== space);
    return known ? `${known[0]}:${iri.slice(known[1].length)}` : iri;
  };
  const named = (iri, labels) => {
    const [text, language] = labels[iri] || [short(iri), ""];
    const notation = iri.slice(iri.lastIndexOf("/") + 1);
    const numbered = iri.startsWith(settings.vocabulary.code) && /^\d+$/.test(notation) && !text.includes(notation);
    return { text: numbered ? `${notation} ${text}` : text, language };
  };
  const shown = (term, labels) => {
    if (!term) return { text: "—", language: "" };
    if (term.type === "uri") return named(term.value, labels);
    return { text: isNumber(term) ? grouped(term.value) : term.value, language: term["xml:lang"] || "" };
  };
  const tongue = (made, language) => {
    if (language && language !== settings.language) made.lang = language === "zh" ? "zh-CN" : language;
    return made;
  };
  const content = (term, labels) => {
    const { text, language } = shown(term, labels);
    if (!term || term.type !== "uri") return tongue(element("span", { textContent: text }), language);
    return tongue(element("a", { textContent: text, href: pageOf(term.value), title: term.value }), language);
  };
  const scrolling = (table, label) => {
    const frame = element("div", { className: "scroll", tabIndex: 0 }, table);
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", label);
    return frame;
  };

  // Columns that say the same in every row are said once, above: the table has room for what differs.
  const constant = ({ columns, rows }) => {
    const same = (name) => rows.every((row) => JSON.stringify(row[name]) === JSON.stringify(rows[0][name]));
    const found = rows.length > 1 ? columns.filter(same) : [];
    return found.length < columns.length ? found : [];
  };
  const table = ({ columns, rows }, labels, limit) => {
    const once = constant({ columns, rows });
    const named = columns.filter((name) => !once.includes(name));
    const numeric = named.map((name) => rows.every((row) => !row[name] || isNumber(row[name])) && rows.some((row) => row[name]));
    const head = named.map((name, at) => element("th", { scope: "col", textContent: name, className: numeric[at] ? "number" : "" }));
    const body = rows.slice(0, limit).map((row) => element("tr", {}, ...named.map((name, at) => (
      element("td", { className: numeric[at] ? "number" : "" }, content(row[name], labels))))));
    const said = once.flatMap((name) => [" ", element("span", {}, `${name}: `, content(rows[0][name], labels))]);
    return [
      ...(said.length ? [element("p", { className: "once" }, settings.words.once, ...said)] : []),
      scrolling(element("table", {},
        element("caption", { textContent: fill(settings.words.rows, { rows: grouped(String(rows.length)) }), className: "hidden" }),
        element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)), settings.words.answer),
    ];
  };

  // The columns that bars can be drawn from: which numbers, and which names beside them; the likeliest first.
  const chartable = ({ columns, rows }) => {
    const values = columns.filter((name) => rows.some((row) => isNumber(row[name])));
    const others = columns.filter((name) => !values.includes(name));
    const kinds = (name) => new Set(rows.map((row) => (row[name] ? row[name].value : ""))).size;
    const money = /amount|total|budget|value|sum|count|n$/i;
    return {
      values: values.sort((a, b) => money.test(b) - money.test(a)),
      names: others.sort((a, b) => /label/i.test(b) - /label/i.test(a) || kinds(b) - kinds(a)),
    };
  };
  const bar = (value, low, high) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const span = high - low || 1, zero = (-low / span) * 100, width = (Math.abs(value) / span) * 100;
    svg.setAttribute("aria-hidden", "true");
    for (const [name, x, size, height] of [["bar", value < 0 ? zero - width : zero, width, "100%"], ["zero", zero, 0, "100%"]]) {
      const part = document.createElementNS(svg.namespaceURI, "rect");
      part.setAttribute("class", name);
      part.setAttribute("x", `${x}%`);
      part.setAttribute("width", name === "zero" ? "1" : `${size}%`);
      part.setAttribute("height", height);
      svg.append(part);
    }
    return svg;
  };
  const bars = ({ rows }, labels, value, name, limit) => {
    const drawn = rows.filter((row) => isNumber(row[value])).slice(0, limit);
    const numbers = drawn.map((row) => Number(row[value].value));
    const low = Math.min(0, ...numbers), high = Math.max(0, ...numbers);
    const line = (row, at) => element("tr", {},
      element("th", { scope: "row" }, element("div", { className: "labelled" },
        name ? content(row[name], labels) : element("span", { textContent: at + 1 }), bar(numbers[at], low, high))),
      element("td", { className: "number", textContent: grouped(row[value].value) }));
    return element("table", { className: "bars" },
      element("caption", { textContent: `${value} · ${name || settings.words.name}`, className: "hidden" }),
      element("thead", {}, element("tr", {}, element("th", { scope: "col", textContent: name || settings.words.name }),
        element("th", { scope: "col", textContent: value, className: "number" }))),
      element("tbody", {}, ...drawn.map(line)));
  };

  // SPARQL 1.1 Query Results CSV: plain values, lines end with CR LF. The mark of UTF-8 stands first because
  // spreadsheet programs would otherwise read Chinese in the code page of the machine.
  const csv = ({ columns, rows }) => {
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
    const value = (term) => (term ? (term.type === "bnode" ? `_:${term.value}` : term.value) : "");
    const lines = [columns, ...rows.map((row) => columns.map((name) => value(row[name])))];
    return `\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
  };
  const iris = ({ columns, rows }, limit) => [...new Set(rows.slice(0, limit)
    .flatMap((row) => columns.map((name) => row[name])).filter((term) => term && term.type === "uri").map((term) => term.value))];
  return { element, fill, grouped, table, chartable, bars, csv, iris, scrolling };
};
