/* Table: the same rows as text, for reading, sorting, printing and for those who see no pictures. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { html, listed } = map.draw;
  const PAGE = 100;
  const COLUMNS = [["from", "From"], ["fromGroup", ""], ["to", "To"], ["toGroup", ""], ["count", "Events"], ["names", "Which"]];

  /** The flows that the other views show: of what is in focus, of the matrix's domains, else all. */
  function scope(page) {
    const { estate, state } = page;
    const flows = estate.flows(state.filters);
    if (state.focus && estate.nodes(state.focus).length) {
      const focus = new map.FocusOf(page);
      focus.state = { ...state, events: false };
      focus.build();
      const shown = new Set(focus.edges.flatMap((each) => [...each.flows]));
      const around = new Set(focus.centre.filter((each) => estate.isEvent(each)));
      const own = (each) => shown.has(each.from * estate.size + each.to) || each.events.some((event) => around.has(event));
      return { flows: flows.filter(own), about: `within ${map.counted(state.hops, "hop")} of ${state.as || estate.called(state.focus)}`, all: { focus: "", as: "", at: "" } };
    }
    if (state.at && page.groupAt() >= 0) {
      const group = page.groupAt();
      return { flows: flows.filter((each) => estate.group[each.from] === group || estate.group[each.to] === group), about: `of ${estate.groupName(group)}`, all: { at: "" } };
    }
    return { flows, about: "", all: null };
  }

  function rows(page, flows) {
    const { estate, state } = page;
    const made = flows.map((flow) => ({
      flow, from: estate.name[flow.from], fromGroup: estate.groupName(estate.group[flow.from]), to: estate.name[flow.to],
      toGroup: estate.groupName(estate.group[flow.to]), count: flow.events.length, names: flow.events.map((each) => estate.name[each]).sort().join(", "),
    }));
    const key = state.sort.replace(/^-/, "");
    const way = state.sort.startsWith("-") ? -1 : 1;
    const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    return made.sort((a, b) => (key === "count" ? way * (a.count - b.count) : way * order(a[key], b[key])) || order(a.from, b.from) || order(a.to, b.to));
  }

  const titled = (word) => word[0].toUpperCase() + word.slice(1);

  function row(page, each) {
    const { estate } = page;
    const { flow } = each;
    const to = (node) => html("a", { href: page.focusOn(estate.key(node)) }, estate.name[node]);
    const shown = flow.events.slice(0, 3);
    const edge = `${estate.key(flow.from)}>${estate.key(flow.to)}`;
    return html("tr", {},
      html("td", { "data-label": "From" }, to(flow.from)), html("td", { "data-label": titled(estate.grouping) }, each.fromGroup),
      html("td", { "data-label": "To" }, to(flow.to)), html("td", { "data-label": titled(estate.grouping) }, each.toGroup),
      html("td", { "data-label": "Events", class: "cat-number" }, html("a", { href: page.link({ edge }), "aria-label": `${each.count} events of ${each.from} to ${each.to}` }, String(each.count))),
      html("td", { "data-label": "Which" }, shown.flatMap((event, place) => [place ? ", " : "", html("a", { href: page.pageOf(estate.key(event)) }, estate.name[event])]),
        flow.events.length > 3 ? html("span", { class: "cat-quiet" }, ` and ${flow.events.length - 3} more`) : null));
  }

  map.views.table = (page) => {
    const { estate, state } = page;
    const { flows, about, all } = scope(page);
    const every = rows(page, flows);
    const [body, more] = listed(html("tbody"), every, (each) => row(page, each), PAGE);
    const head = html("tr", {}, COLUMNS.map(([key, title]) => {
      const own = state.sort.replace(/^-/, "") === key;
      const next = own && !state.sort.startsWith("-") ? `-${key}` : key;
      return html("th", { scope: "col", class: key === "count" ? "cat-number" : null, "aria-sort": own ? (state.sort.startsWith("-") ? "descending" : "ascending") : "none" },
        html("a", { class: "cat-sort", href: page.link({ sort: next }) }, title || titled(estate.grouping)));
    }));
    const list = html("div", { class: "map-table" },
      html("div", { class: "cat-table__scroll", tabindex: 0, role: "group", "aria-label": "Flows between services; scrolls sideways" },
        html("table", {}, html("caption", { class: "cat-hidden" }, "Which service sends which other what"), html("thead", {}, head), body)),
      html("p", {}, more));
    const nodes = [...new Set(flows.flatMap((each) => [each.from, each.to]))];
    return {
      list, isTable: true,
      said: `${map.counted(every.length, "flow")} between services${about ? ` ${about}` : ""}, ${map.counted(new Set(flows.flatMap((each) => each.events)).size, "event")}.`,
      wider: all && { text: "Show all flows", changes: all },
      graph: {
        nodes: nodes.map((each) => ({ key: estate.key(each), label: estate.name[each] })),
        edges: every.map(({ flow }) => ({ from: estate.key(flow.from), to: estate.key(flow.to), events: flow.events })),
      },
    };
  };
})();
