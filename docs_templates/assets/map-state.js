/* What is shown, as an address: everything that can be chosen stands in it, and nothing else. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const FILTERS = ["domain", "team", "protocol", "lifecycle"];
  const LISTS = [...FILTERS, "open"];
  const PLAIN = {
    view: "", focus: "", as: "", way: "both", at: "", rows: "", cols: "", edge: "", ask: "", from: "", to: "", sort: "-count", text: "",
  };
  const VIEWS = ["landscape", "focus", "matrix", "table"];

  function read(search) {
    const told = new URLSearchParams(search);
    const state = Object.fromEntries(Object.entries(PLAIN).map(([name, usual]) => [name, told.get(name) ?? usual]));
    LISTS.forEach((name) => { state[name] = told.getAll(name); });
    state.view = VIEWS.includes(state.view) ? state.view : state.focus ? "focus" : "landscape";
    state.way = ["both", "up", "down"].includes(state.way) ? state.way : "both";
    state.hops = Math.min(3, Math.max(1, Number.parseInt(told.get("hops"), 10) || 1));
    state.events = told.has("events");
    const flows = Number.parseInt(told.get("flows"), 10);
    state.flows = Number.isFinite(flows) && flows >= 0 ? flows : undefined;
    return complete(state);
  }

  function complete(state) {
    return { ...state, filters: { ...Object.fromEntries(FILTERS.map((name) => [name, state[name]])), text: state.text } };
  }

  function written(state) {
    const told = new URLSearchParams();
    if (state.view !== (state.focus ? "focus" : "landscape")) told.set("view", state.view);
    for (const [name, usual] of Object.entries(PLAIN)) if (name !== "view" && state[name] !== usual) told.set(name, state[name]);
    LISTS.forEach((name) => state[name].slice().sort().forEach((value) => told.append(name, value)));
    if (state.hops !== 1) told.set("hops", state.hops);
    if (state.events) told.set("events", "");
    if (state.flows !== undefined) told.set("flows", state.flows);
    const search = told.toString().replace(/%(3A|2C|3E)/g, decodeURIComponent);
    return search ? `?${search}` : location.pathname.split("/").pop() || "./";
  }

  map.state = { read, complete, written, FILTERS, VIEWS, isFiltered: (state) => Boolean(state.text) || FILTERS.some((name) => state[name].length) };
})();
