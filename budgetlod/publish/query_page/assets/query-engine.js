"use strict";
// Scripts, data and the worker: `engine.start(choice)`, `engine.query(text)`, `engine.stop()`.
var budgetlodEngine = (settings) => {
  const isFile = location.protocol === "file:";
  const kept = new Map(); // what was fetched once need not be fetched again after a stop
  let worker = null, started = null, number = 0;
  const waiting = new Map();

  const script = (path) => new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = settings.root + path;
    element.onload = () => { element.remove(); resolve(); };
    element.onerror = () => { element.remove(); reject(new Error(path)); };
    document.head.append(element);
  });
  const scripted = async (path, name) => {
    await script(path);
    const text = self.budgetlodFiles[name];
    delete self.budgetlodFiles[name];
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  };
  const fetched = async (path) => {
    const answer = await fetch(settings.root + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const once = (key, get) => {
    if (!kept.has(key)) {
      kept.set(key, get());
      kept.get(key).catch(() => kept.delete(key));
    }
    return kept.get(key);
  };

  const ask = (task, job) => new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, { resolve, reject });
    worker.postMessage({ id: number, task, ...job });
  });
  const spawn = () => {
    const source = `"use strict";\n(${budgetlodQueryWorker})((${budgetlodOxigraph})());`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    worker = new Worker(address);
    worker.onmessage = ({ data: { id, error, ...answer } }) => {
      URL.revokeObjectURL(address);
      const { resolve, reject } = waiting.get(id) || {};
      waiting.delete(id);
      if (resolve) error === undefined ? resolve(answer) : reject(new Error(error));
    };
    worker.onerror = (event) => fail(new Error(event.message || "worker"));
  };
  const fail = (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const stopped = () => Object.assign(new Error("stopped"), { stopped: true });
  const stop = () => {
    if (worker) worker.terminate();
    worker = started = null;
    fail(stopped());
  };

  // One disclosure is N-Triples in a graph of its own; all of them are N-Quads, or on a disk their scripts in turn.
  const sources = (choice) => {
    const one = (dataset) => ({
      format: "application/n-triples",
      graph: dataset.iri,
      get: () => (isFile ? scripted(dataset.script, dataset.folder) : fetched(dataset.path)),
      key: dataset.folder,
    });
    const vocabulary = {
      format: "text/turtle", graph: settings.vocabulary.graph, key: "vocabulary",
      get: () => scripted(settings.vocabulary.script, settings.vocabulary.name),
    };
    if (choice !== "all") return [one(settings.datasets.find(({ folder }) => folder === choice)), vocabulary];
    if (isFile) return [...settings.datasets.map(one), vocabulary];
    return [{ format: "application/n-quads", graph: null, key: "all", get: () => fetched(settings.all.path) }, vocabulary];
  };
  // What is fetched after a stop, or after another choice, must not reach the worker that has taken the place.
  const begin = async (choice, tell, current) => {
    const still = async (promise) => {
      const value = await promise;
      if (!current()) throw stopped();
      return value;
    };
    tell("engine");
    if (typeof budgetlodOxigraph === "undefined") await still(script("assets/vendor/oxigraph.js"));
    const wasm = await still(once("wasm", () => scripted("assets/vendor/oxigraph.wasm.js", "oxigraph.wasm")));
    spawn();
    await ask("start", { wasm });
    let size = 0;
    for (const { key, get, format, graph } of sources(choice)) {
      tell("data");
      const bytes = await still(once(key, get));
      const { code, graph: vocabulary } = settings.vocabulary;
      ({ size } = await ask("load", { bytes, format, graph, code, vocabulary }));
    }
    return size;
  };

  return {
    // Start with the data chosen; a second call with the same choice gives the same promise.
    start(choice, tell) {
      if (started && started.choice === choice) return started.ready;
      stop();
      const mine = { choice };
      started = mine;
      const ready = mine.ready = begin(choice, tell, () => started === mine);
      ready.catch(() => { if (started === mine) started = null; });
      return ready;
    },
    query: (job) => ask("query", job),
    labels: (iris) => ask("labels", { iris, properties: settings.labels, language: settings.language }),
    unknown: (iris) => ask("unknown", { iris }),
    stop,
  };
};
