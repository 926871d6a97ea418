/* The way into the search: keys, buttons and links. The search itself is loaded at its first use. */
(function () {
  "use strict";
  const files = window.catalogSearchFiles;
  const root = new URL("../../", document.currentScript.src);
  let box = null;

  function script(path) {
    return new Promise((resolve, reject) => {
      const made = document.createElement("script");
      made.src = new URL(path, root);
      made.onload = resolve;
      made.onerror = () => reject(new Error(`${path} did not load`));
      document.head.append(made);
    });
  }

  function style(path) {
    return new Promise((resolve) => {
      const made = document.createElement("link");
      made.rel = "stylesheet";
      made.href = new URL(path, root);
      made.onload = made.onerror = resolve;
      document.head.append(made);
    });
  }

  /** The answers of the engine: from a worker, or from this page where there can be none. */
  function client() {
    const listeners = {};
    const heard = (part) => (listeners[part] || []).splice(0).forEach((tell) => tell());
    const parts = { names: false, texts: false };
    const loaded = (part) => {
      if (part === "stale") { start.load(`${files.texts}?again`); return; }
      parts[part] = true;
      heard(part);
    };
    const start = { ask: null, load: null };

    function inPage() {
      start.ask = (ask, ...given) => Promise.resolve(window.catalogSearchEngine.answer({ ask, with: given }));
      start.load = (path) => script(path);
      return script(files.engine).then(() => { window.catalogSearchEngine.loaded = loaded; });
    }

    function inWorker() {
      return new Promise((resolve, reject) => {
        const worker = new Worker(new URL(files.engine, root));
        const waiting = new Map();
        let number = 0;
        worker.onerror = (event) => { event.preventDefault(); reject(new Error("no worker")); };
        worker.onmessage = ({ data }) => {
          if (data.ready) resolve();
          else if (data.loaded) loaded(data.loaded);
          else if (waiting.has(data.id)) { waiting.get(data.id)(data.answer); waiting.delete(data.id); }
        };
        start.ask = (ask, ...given) => new Promise((tell) => {
          number += 1;
          waiting.set(number, tell);
          worker.postMessage({ id: number, ask, with: given });
        });
        start.load = (path) => worker.postMessage({ load: new URL(path, root).href });
      });
    }

    const engine = window.Worker && location.protocol !== "file:"
      ? inWorker().catch(inPage) : inPage();
    // A worker answers nothing while it loads: a part is loaded when somebody waits for it, and
    // the box waits for descriptions when it has shown its first answer.
    const asked = {};
    const load = (part) => (asked[part] = asked[part] || engine.then(() => start.load(files[part])));
    const when = (part) => (parts[part] ? Promise.resolve() : new Promise((tell) => {
      (listeners[part] = listeners[part] || []).push(tell);
      load(part);
    }));
    return { when, parts, ask: (ask, ...given) => when("names").then(() => start.ask(ask, ...given)) };
  }

  let engine = null;
  /** What is typed between the key that opens the search and its field; null: nobody waits for it. */
  let early = null;
  const catalogSearch = {
    files,
    root,
    engine: () => (engine = engine || client()),
    ready() {
      catalogSearch.engine();
      return (box = box || Promise.all([style(files.style), script(files.box)]));
    },
    open(query) {
      return catalogSearch.ready().then(() => catalogSearch.box.open(query));
    },
    openByKey() {
      early = "";
      catalogSearch.ready().then(() => catalogSearch.box.open(early || undefined)).finally(() => { early = null; });
    },
  };
  window.catalogSearchBox = catalogSearch;

  // A dialogue that was just closed has the focus until the next frame, but nobody writes in it.
  const writing = (target) => target.closest("input, textarea, select, [contenteditable]") && !target.closest("dialog:not([open])");
  document.addEventListener("keydown", (event) => {
    const combined = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (early !== null && plain && event.key.length === 1) {
      event.preventDefault();
      event.stopImmediatePropagation();
      early += event.key;
      return;
    }
    const single = ["/", "s"].includes(event.key) && plain;
    if (!combined && (!single || writing(event.target) || document.querySelector("dialog[open]"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    catalogSearch.openByKey();
  }, true);
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-catalog-search]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    catalogSearch.open(way.dataset.catalogSearch || undefined);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-catalog-search-form]")) return;
    event.preventDefault();
    catalogSearch.open(event.target.elements.q.value);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-catalog-search-form]");
    if (!form) return;
    const { q } = form.elements;
    catalogSearch.ready().then(() => {
      if (q.value) catalogSearch.box.open(q.value);
      q.value = "";
    });
  });
  const asked = new URLSearchParams(location.search).get("q");
  document.addEventListener("DOMContentLoaded", () => {
    if (asked && !document.querySelector("[data-table]")) catalogSearch.open(asked);
  });
})();
