"use strict";
// What a query's text says before the engine reads it, and what the engine's complaints mean.
var budgetlodText = (settings) => {
  const NAME = /(?<![\w?$:@-])([A-Za-z][\w-]*)?:([\w.-]*)/g;
  // Comments, IRIs and strings replaced by as many spaces, so that places stay what they are.
  const bare = (text) => text.replace(
    /<[^<>"{}|^`\\\s]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g,
    (found) => " ".repeat(found.length));
  const declared = (text) => {
    const known = {};
    for (const [, prefix, space] of text.matchAll(/\bPREFIX\s+([A-Za-z][\w-]*)?:\s*<([^>\s]*)>/gi)) known[prefix || ""] = space;
    return known;
  };
  // The usual prefixes need not be typed: what is used and not declared is declared at the top, for all to see.
  const complete = (text) => {
    const known = declared(text);
    const used = new Set([...bare(text).matchAll(NAME)].map(([, prefix]) => prefix || ""));
    return Object.keys(settings.prefixes).filter((prefix) => used.has(prefix) && !(prefix in known))
      .map((prefix) => `PREFIX ${prefix}: <${settings.prefixes[prefix]}>\n`).join("") + text;
  };
  const form = (text) => {
    const found = bare(text).match(/(?<![\w?$:-])(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE)\b(?!:)/i);
    return found ? found[1].toUpperCase() : "";
  };
  return {
    complete,
    // Return what the engine has to know of a query besides its text.
    kind(text) {
      const found = form(text);
      return {
        isGraph: found === "CONSTRUCT" || found === "DESCRIBE",
        isUpdate: Boolean(found) && !["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"].includes(found),
        union: !/(?<![\w?$:-])FROM\b(?!:)/i.test(bare(text)),
      };
    },
    // Return the IRIs that a query names, to ask which of them the data do not know.
    names(text) {
      const spaces = { ...settings.prefixes, ...declared(text) };
      const body = text.replace(/\bPREFIX\s+\S*\s*<[^>]*>/gi, (found) => " ".repeat(found.length));
      const prefixed = [...bare(body).matchAll(NAME)].filter(([, prefix, local]) => local && (prefix || "") in spaces)
        .map(([, prefix, local]) => [`${prefix || ""}:${local}`, spaces[prefix || ""] + local]);
      const whole = [...body.replace(/#[^\n<>]*$/gm, "").matchAll(/<([a-z][a-z0-9+.-]*:[^<>"{}|^`\\\s]*)>/gi)]
        .map(([found, iri]) => [found, iri]);
      const known = new Map([...prefixed, ...whole].map(([shown, iri]) => [iri, shown]));
      for (const iri of known.keys()) if (iri.startsWith("http://www.w3.org/2001/XMLSchema#")) known.delete(iri);
      return known;
    },
    // Return a complaint in words: line and column if it has any, what it means, what may stand there. The engine
    // names the furthest place that it tried, the editor the first one that is wrong: that is the one to show, unless
    // the engine says what is the matter.
    complaint(message, noticed) {
      const place = message.match(/error at (\d+):(\d+)/);
      const meaning = settings.faults.find(({ pattern }) => message.includes(pattern));
      const words = meaning ? meaning.words : place ? settings.words.unreadable : settings.words.failed;
      if (place && !meaning && noticed) return { ...noticed, words, raw: message };
      return { line: place && Number(place[1]), column: place && Number(place[2]), words, expected: [], raw: message };
    },
  };
};
