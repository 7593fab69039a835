"use strict";
// The engine, apart from the page: started from a Blob made of this function's text, so that it also runs in a page
// that was opened as a file, and killed to stop a query.
function budgetlodQueryWorker(oxigraph) {
  const encoder = new TextEncoder();
  let store;
  // A server may unpack .gz by itself (Content-Encoding), so the first two bytes decide, not the name.
  const unpacked = async (bytes) => {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  const indexOf = (bytes, wanted, from) => {
    for (let at = bytes.indexOf(wanted[0], from); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
      if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
    }
    return -1;
  };
  // What a disclosure repeats of codes goes into the graph of the vocabulary, as in all.nq.gz: otherwise the union of
  // graphs would hold it once for each disclosure. Lines are sorted, so all of it stands together.
  const codesOf = (bytes, code) => {
    const start = encoder.encode(`<${code}`), line = encoder.encode(`\n<${code}`);
    const first = start.every((byte, index) => bytes[index] === byte) ? 0 : indexOf(bytes, line, 0) + 1;
    let last = first;
    for (let at = first; at >= 0 && start.every((byte, index) => bytes[at + index] === byte); at = last) {
      last = bytes.indexOf(10, at) + 1;
      if (!last) return [first, bytes.length];
    }
    return [first, last];
  };
  const load = (bytes, format, graph) => {
    if (!bytes.length) return;
    const options = { format, lenient: true, no_transaction: true };
    if (graph) options.to_graph_name = oxigraph.namedNode(graph);
    store.load(bytes, options);
  };
  const term = (value) => ({
    type: value.termType === "NamedNode" ? "uri" : value.termType === "BlankNode" ? "bnode" : "literal",
    value: value.value,
    ...(value.termType === "Literal" && value.language ? { "xml:lang": value.language } : {}),
    ...(value.termType === "Literal" && !value.language ? { datatype: value.datatype.value } : {}),
  });
  const triples = (quads) => ({
    head: { vars: ["subject", "predicate", "object"] },
    results: {
      bindings: quads.map((quad) => (
        { subject: term(quad.subject), predicate: term(quad.predicate), object: term(quad.object) })),
    },
  });
  const tasks = {
    async start({ wasm }) {
      await oxigraph.init({ module_or_path: await unpacked(wasm) });
      store = new oxigraph.Store();
      return {};
    },
    async load({ bytes, format, graph, code, vocabulary }) {
      const content = await unpacked(bytes);
      if (!graph || graph === vocabulary) load(content, format, graph);
      else {
        const [first, last] = codesOf(content, code);
        load(content.subarray(0, first), format, graph);
        load(content.subarray(first, last), format, vocabulary);
        load(content.subarray(last), format, graph);
      }
      return { size: store.size };
    },
    async query({ text, isGraph, union }) {
      const options = { use_default_graph_as_union: union };
      const begin = performance.now();
      const json = isGraph
        ? JSON.stringify(triples(store.query(text, options)))
        : store.query(text, { ...options, results_format: "json" });
      return { json, milliseconds: performance.now() - begin };
    },
    // Labels of the resources that are shown: the best property wins, then the wanted language.
    async labels({ iris, properties, language }) {
      const found = {};
      for (const iri of iris) {
        for (const property of properties) {
          const named = store.match(oxigraph.namedNode(iri), oxigraph.namedNode(property), null, null)
            .map((quad) => quad.object).filter((object) => object.termType === "Literal");
          const best = named.find((label) => label.language === language) || named[0];
          if (best) { found[iri] = [best.value, best.language]; break; }
        }
      }
      return { labels: found };
    },
    // Which of the names in a query do not occur at all in what is loaded: the usual reason for an empty answer.
    async unknown({ iris }) {
      const absent = (iri) => {
        const ask = `ASK { { <${iri}> ?p ?o } UNION { ?s <${iri}> ?o } UNION { ?s ?p <${iri}> } }`;
        return !store.query(ask, { use_default_graph_as_union: true });
      };
      return { iris: iris.filter(absent) };
    },
  };
  self.onmessage = async ({ data: { id, task, ...job } }) => {
    try {
      self.postMessage({ id, ...(await tasks[task](job)) });
    } catch (error) {
      self.postMessage({ id, error: String((error && error.message) || error) });
    }
  };
}
