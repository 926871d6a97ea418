/* What one chooses with: views, search, filters, questions, exports. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { html } = map.draw;
  const TITLES = { landscape: "Landscape", focus: "Focus", matrix: "Matrix", table: "Table" };
  const FACETS = { domain: "Domain", team: "Team", protocol: "Protocol", lifecycle: "Lifecycle" };
  let number = 0;

  /** What names begin with the typed words, then what has them anywhere. */
  function suggestions(estate, text, kinds) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = [];
    const consider = (key, name, said, about, weight) => {
      if (!words.every((word) => said.includes(word))) return;
      const starts = name.toLowerCase() === text.toLowerCase() ? 3 : name.toLowerCase().startsWith(words[0]) ? 2 : 1;
      found.push({ key, name, about, rank: starts * 100000 + weight });
    };
    if (kinds.includes("group")) {
      estate.domains.forEach((each) => each.id && consider(`domain:${each.id}`, each.name, each.name.toLowerCase(), "domain", 9000));
      estate.teams.forEach((each) => each.id && consider(`team:${each.id}`, each.name, each.name.toLowerCase(), "team", 4500));
    }
    for (let node = 0; node < estate.size; node += 1) {
      const kind = estate.kind(node);
      if (!kinds.includes(kind)) continue;
      const busy = estate.after[node].length + estate.before[node].length;
      consider(estate.key(node), estate.name[node], estate.text[node], [kind, ...estate.home(node)].join(" · "), Math.min(busy, 4000) + (kind === "service" ? 5000 : 0));
    }
    return found.sort((a, b) => b.rank - a.rank || (a.name < b.name ? -1 : 1)).slice(0, 12);
  }

  /** A field that offers what there is: `chosen` gets the key. */
  function picker(estate, { label, value = "", kinds, chosen, placeholder = "" }) {
    number += 1;
    const id = `map-pick-${number}`;
    const list = html("ul", { id: `${id}-list`, class: "map-pick__list", role: "listbox", "aria-label": label, hidden: true });
    const input = html("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", value, placeholder,
      "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    });
    let offered = [];
    let at = -1;
    const show = () => {
      const focused = offered[at];
      list.replaceChildren(...offered.map((each, place) => html("li", {
        id: `${id}-${place}`, role: "option", "aria-selected": String(place === at), onpointerdown: (event) => { event.preventDefault(); take(each); },
      }, html("span", {}, each.name), " ", html("span", { class: "cat-quiet" }, each.about))));
      list.hidden = !offered.length;
      input.setAttribute("aria-expanded", String(offered.length > 0));
      if (focused) input.setAttribute("aria-activedescendant", `${id}-${at}`); else input.removeAttribute("aria-activedescendant");
      if (focused) list.children[at].scrollIntoView({ block: "nearest" });
    };
    const close = () => { offered = []; at = -1; show(); };
    const take = (each) => { close(); input.value = each.name; chosen(each.key); };
    input.addEventListener("input", () => { offered = suggestions(estate, input.value.trim(), kinds); at = offered.length ? 0 : -1; show(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && offered.length) { event.stopPropagation(); close(); }
      if (event.key === "Enter") { event.preventDefault(); if (offered[at]) take(offered[at]); }
      if (!offered.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length;
      show();
    });
    input.addEventListener("blur", close);
    return html("div", { class: "map-pick" }, html("label", { for: id }, label), input, list);
  }

  function facet(page, name) {
    const { estate, state } = page;
    const values = {
      domain: () => estate.domains.map((each) => each.name || "none"), team: () => estate.teams.map((each) => each.name || "none"),
      protocol: () => [...new Set(estate.protocols.flatMap((each) => (each.length ? each : ["none"])))].sort(),
      lifecycle: () => estate.lifecycles.map((each) => each || "none"),
    }[name]();
    if (values.length < 2 && !state[name].length) return null;
    const chosen = new Set(state[name]);
    const boxes = () => [...new Set([...values, ...chosen])].map((value) => html("label", {},
      html("input", { type: "checkbox", value, checked: chosen.has(value), onchange: (event) => {
        if (event.target.checked) chosen.add(value); else chosen.delete(value);
        page.go({ [name]: [...chosen] });
      } }), html("span", {}, value)));
    const list = html("div", { class: "cat-facet__list", role: "group", "aria-label": FACETS[name] }, page.opened === name ? boxes() : []);
    return html("details", { class: `cat-facet${chosen.size ? " cat-facet--active" : ""}`, open: page.opened === name, ontoggle: (event) => {
      if (event.target.open) page.opened = name; else if (page.opened === name) page.opened = "";
      if (event.target.open && !list.children.length) list.append(...boxes());
    } }, html("summary", {}, FACETS[name] + (chosen.size ? ` · ${chosen.size}` : "")), list);
  }

  function select(label, options, value, changed) {
    number += 1;
    const id = `map-select-${number}`;
    const made = html("select", { id, onchange: (event) => changed(event.target.value) },
      Object.entries(options).map(([key, text]) => html("option", { value: key, selected: key === value }, text)));
    return html("span", { class: "map-select" }, html("label", { for: id }, label), made);
  }

  /** Choices that belong to one view alone. */
  function ofView(page) {
    const { state, drawn } = page;
    if (state.view === "focus" || (state.view === "table" && state.focus)) {
      return [
        select("Hops", { 1: "1", 2: "2", 3: "3" }, String(state.hops), (value) => page.go({ hops: Number(value), open: [] })),
        select("Direction", { both: "both ways", up: "what comes before", down: "what follows" }, state.way, (value) => page.go({ way: value })),
        state.view === "focus" ? html("label", { class: "map-check" }, html("input", { type: "checkbox", checked: state.events, onchange: (event) => page.go({ events: event.target.checked, open: [] }) }), "Events as boxes") : null,
        state.open.length ? html("button", { type: "button", class: "cat-button", onclick: () => page.go({ open: [] }) }, "Fold again") : null,
      ];
    }
    if (state.view === "landscape" && drawn && drawn.flowsKnown) {
      const range = html("input", { id: "map-flows", type: "range", min: 0, max: drawn.flowsKnown, value: drawn.flowsDrawn, onchange: (event) => page.go({ flows: Number(event.target.value) }) });
      const told = html("output", { for: "map-flows" }, String(drawn.flowsDrawn));
      range.addEventListener("input", () => { told.textContent = range.value; });
      return [html("span", { class: "map-select" }, html("label", { for: "map-flows" }, "Flows drawn"), range, told)];
    }
    if (state.view === "matrix" && state.rows) {
      return [html("a", { class: "cat-button", href: page.link({ rows: "", cols: "", edge: "" }) }, `All ${page.estate.grouping}s`)];
    }
    return [];
  }

  function exportsOf(page) {
    const buttons = Object.entries(map.exports.FORMATS).filter(([, [, , needsPicture]]) => !needsPicture || (page.drawn && page.drawn.plane))
      .map(([, [title, act]]) => html("button", { type: "button", class: "cat-button", onclick: () => act(page) }, title));
    return html("details", { class: "cat-facet map-exports" }, html("summary", {}, "Save as"), html("div", { class: "cat-facet__list", role: "group", "aria-label": "Save as" }, buttons));
  }

  function controls(page) {
    const { state, estate } = page;
    const views = html("nav", { class: "map-views", "aria-label": "Views of the map" }, Object.entries(TITLES).map(([view, title]) =>
      html("a", { href: page.link({ view, edge: "" }), "aria-current": state.view === view ? "page" : null }, title)));
    const find = picker(estate, { label: "Find", placeholder: "a service, event, domain or team", kinds: ["service", "event", "group"],
      chosen: (key) => page.go({ view: state.view === "table" ? "table" : "focus", focus: key, as: "", open: [], edge: "", at: "" }) });
    const text = html("input", { id: "map-text", type: "search", value: state.text, placeholder: "any word", autocomplete: "off" });
    let waiting = 0;
    text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => page.go({ text: text.value }, true), 200);
    });
    const ask = select("Ask", { "": "a question …", ...map.QUESTIONS }, state.ask, (value) => page.go({ ask: value, edge: "" }));
    return [
      html("div", { class: "map-bar" }, views, find, ask, exportsOf(page)),
      html("details", { class: "map-more", open: !page.isNarrow || Boolean(page.top.querySelector(".map-more[open]")) },
        html("summary", {}, `Filters and choices${page.isFiltered ? " · on" : ""}`), html("div", { class: "map-bar", role: "group", "aria-label": "Choices" },
        html("span", { class: "map-select" }, html("label", { for: "map-text" }, "Only with"), text),
        Object.keys(FACETS).map((name) => facet(page, name)),
        page.isFiltered ? html("button", { type: "button", class: "cat-button", onclick: () => page.go({ domain: [], team: [], protocol: [], lifecycle: [], text: "" }) }, "Clear filters") : null,
        ofView(page))),
    ];
  }

  map.controls = { controls, picker };
})();
