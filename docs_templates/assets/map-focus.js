/* Focus: one thing in the middle, what leads to it on the left, what follows on the right. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { svg, html, ribbon, sweep, Room, width, unlit } = map.draw;
  const WIDEST = 14;
  const BOX = { w: 178, h: 38, gap: 9 };
  const LONGEST = 23;
  const LONGEST_LABEL = 20;
  const CROWDED = 70;

  /** Who follows whom, as far as filters let flows by. */
  function neighbours(estate, filters) {
    const flows = estate.flows(filters);
    if (estate.near && estate.near.flows === flows) return estate.near;
    const before = Array.from({ length: estate.count }, () => []);
    const after = Array.from({ length: estate.count }, () => []);
    for (const flow of flows) {
      after[flow.from].push(flow);
      before[flow.to].push(flow);
    }
    estate.near = { flows, before, after };
    return estate.near;
  }

  class Focus {
    constructor(page) {
      Object.assign(this, { page, estate: page.estate, state: page.state });
      this.centre = this.estate.nodes(this.state.focus);
      this.isEvents = this.centre.length > 0 && this.estate.isEvent(this.centre[0]);
      this.near = neighbours(this.estate, this.state.filters);
    }

    /** Layers of services away from the middle, each with the flows that lead to it. */
    layers(down) {
      const { estate, centre } = this;
      const seen = new Set(centre);
      let last = centre;
      const found = [];
      for (let hop = 1; hop <= this.state.hops; hop += 1) {
        const flows = [];
        for (const node of last) {
          if (estate.isEvent(node)) {
            (down ? estate.after : estate.before)[node].forEach((other) =>
              flows.push(down ? { from: node, to: other, events: [node] } : { from: other, to: node, events: [node] }));
          } else (down ? this.near.after : this.near.before)[node].forEach((flow) => flows.push(flow));
        }
        const end = down ? "to" : "from";
        const fresh = [...new Set(flows.map((each) => each[end]))].filter((each) => !seen.has(each));
        const own = new Set(fresh);
        fresh.forEach((each) => seen.add(each));
        if (!fresh.length) break;
        found.push({ nodes: fresh, flows: flows.filter((each) => own.has(each[end])) });
        last = fresh;
      }
      return found;
    }

    /** A column's nodes as boxes: those of a domain in one when they are many. */
    boxes(nodes, column, weight) {
      const { estate, state } = this;
      const single = (node) => ({ key: `${column}.${node}`, nodes: [node], column });
      if (nodes.length <= WIDEST) return nodes.slice().sort(map.byName(estate)).map(single);
      const groups = new Map();
      nodes.forEach((node) => groups.set(estate.groupOf(node), [...(groups.get(estate.groupOf(node)) || []), node]));
      const open = (id) => state.open.includes(`${column}.${id}`);
      let folds = [...groups].map(([group, members]) => ({ group, members, weight: members.reduce((sum, node) => sum + (weight.get(node) || 0), 0) }));
      let rest = [];
      if (folds.length > WIDEST && !open("all")) {
        folds.sort((a, b) => b.weight - a.weight || a.group - b.group);
        rest = folds.slice(WIDEST - 1);
        folds = folds.slice(0, WIDEST - 1);
      }
      folds.sort((a, b) => a.group - b.group);
      const made = folds.flatMap(({ group, members }) => {
        const id = estate.groups[group].id || "none";
        if (members.length === 1 || open(id)) return members.sort(map.byName(estate)).map(single);
        return [{ key: `${column}.g${group}`, nodes: members, column, fold: estate.groupName(group), opens: `${column}.${id}` }];
      });
      if (rest.length === 1 && rest[0].members.length === 1) made.push(single(rest[0].members[0]));
      else if (rest.length) made.push({ key: `${column}.rest`, nodes: rest.flatMap((each) => each.members), column, fold: `${rest.length} more ${estate.grouping}s`, opens: `${column}.all` });
      return made;
    }

    build() {
      const { state, estate } = this;
      const columns = new Map();
      const edges = new Map();
      const middle = this.centre.length === 1 ? [{ key: "0", nodes: this.centre, column: 0, current: true }]
        : [{ key: "0", nodes: this.centre, column: 0, current: true, name: state.as || estate.called(state.focus) }];
      columns.set(0, middle);
      const events = state.events && !this.isEvents;
      const step = state.events ? 2 : 1;
      for (const down of [false, true]) {
        if (state.way === (down ? "up" : "down")) continue;
        const sign = down ? 1 : -1;
        let place = 0;
        this.layers(down).forEach(({ nodes, flows }, hop) => {
          const next = sign * (state.events && this.isEvents ? 1 + step * hop : step * (hop + 1));
          const weight = new Map();
          flows.forEach((each) => weight.set(each[down ? "to" : "from"], (weight.get(each[down ? "to" : "from"]) || 0) + each.events.length));
          columns.set(next, this.boxes(nodes, next, weight));
          if (state.events && (events || hop > 0)) {
            const between = next - sign;
            const passing = new Map();
            flows.forEach((each) => each.events.forEach((event) => passing.set(event, (passing.get(event) || 0) + 1)));
            columns.set(between, this.boxes([...passing.keys()], between, passing));
            const [first, second] = down ? [place, between] : [next, between];
            const third = down ? next : place;
            flows.forEach((each) => each.events.forEach((event) => {
              this.join(edges, columns, [first, each.from], [second, event], [event]);
              this.join(edges, columns, [second, event], [third, each.to], [event]);
            }));
          } else {
            const [left, right] = down ? [place, next] : [next, place];
            flows.forEach((each) => this.join(edges, columns, [left, each.from], [right, each.to], each.events));
          }
          place = next;
        });
      }
      this.columns = columns;
      this.edges = [...edges.values()].map((each) => ({ ...each, events: [...each.events] }));
      this.nobody();
      [...columns.values()].flat().forEach((box) => { box.called = box.nobody || box.fold || box.name || estate.name[box.nodes[0]]; });
      this.edges.forEach((each) => { each.key = this.edgeKey(each); });
      return this;
    }

    /** Which box of a column a node stands in. */
    boxOf(columns, [column, node]) {
      const boxes = columns.get(column);
      if (!boxes.index) boxes.index = new Map(boxes.flatMap((box) => box.nodes.map((each) => [each, box])));
      return boxes.index.get(node);
    }

    join(edges, columns, from, to, events) {
      const [start, end] = [this.boxOf(columns, from), this.boxOf(columns, to)];
      const key = `${start.key}>${end.key}`;
      if (!edges.has(key)) edges.set(key, { start, end, events: new Set(), flows: new Set() });
      const own = edges.get(key);
      events.forEach((each) => own.events.add(each));
      own.flows.add(from[1] * this.estate.size + to[1]);
    }

    /** What goes nowhere, and what comes from nowhere, is a box of its own beside the middle. */
    nobody() {
      const { estate, centre, state } = this;
      const of = (list, other) => this.isEvents ? centre.filter((each) => !estate[other][each].length)
        : [...new Set(centre.flatMap((node) => estate[list][node]))].filter((event) => !estate[other][event].length);
      const loose = [];
      if (state.way !== "up") loose.push([1, of("after", "after"), "nobody reads"]);
      if (state.way !== "down") loose.push([-1, of("before", "before"), "nobody sends"]);
      for (const [side, events, words] of loose) {
        if (!events.length) continue;
        const box = { key: `${side}.nobody`, nodes: [], column: side, nobody: `${words} ${this.isEvents && centre.length === 1 ? "it" : map.counted(events.length, "event")}`, events };
        this.columns.set(side, [...(this.columns.get(side) || []), box]);
        const middle = this.columns.get(0)[0];
        this.edges.push({ start: side > 0 ? middle : box, end: side > 0 ? box : middle, events, flows: new Set(), loose: true });
      }
    }

    /** The order in which lines cross least, by the middle of the neighbours, in four sweeps. */
    order() {
      const numbers = [...this.columns.keys()].sort((a, b) => a - b);
      const near = new Map();
      const add = (box, other) => near.set(box.key, [...(near.get(box.key) || []), other]);
      this.edges.forEach(({ start, end }) => { add(start, end); add(end, start); });
      for (let sweep = 0; sweep < 4; sweep += 1) {
        const turn = sweep % 2 ? numbers.slice().reverse() : numbers;
        for (const number of turn) {
          const boxes = this.columns.get(number);
          boxes.forEach((box, place) => { box.at = box.at ?? place - boxes.length / 2; });
        }
        for (const number of turn) {
          const boxes = this.columns.get(number);
          const middle = new Map(boxes.map((box) => {
            const others = (near.get(box.key) || []).filter((each) => each.column !== number);
            return [box, others.length ? others.reduce((sum, each) => sum + each.at, 0) / others.length : box.at];
          }));
          boxes.sort((a, b) => Boolean(a.nobody) - Boolean(b.nobody) || middle.get(a) - middle.get(b) || (a.key < b.key ? -1 : 1));
          boxes.forEach((box, place) => { box.at = place - boxes.length / 2; });
        }
      }
      return numbers;
    }

    place() {
      const numbers = this.order();
      for (const number of numbers) {
        const boxes = this.columns.get(number);
        const pitch = BOX.h + BOX.gap;
        boxes.forEach((box, place) => {
          box.x = this.across(number);
          box.y = (place - (boxes.length - 1) / 2) * pitch - BOX.h / 2;
        });
        const names = map.names.shorten(boxes.map((box) => box.called), LONGEST);
        boxes.forEach((box) => { box.short = names.get(box.called); });
      }
      return numbers;
    }

    /** Where a column stands: those beside the middle have room for names on their lines. */
    across(number) {
      const far = Math.abs(number);
      return Math.sign(number) * (far * (BOX.w + 84) + (this.state.events || far < (this.isEvents ? 2 : 1) ? 0 : 50 + 12 * (far - 1)));
    }

    under(box) {
      const { estate } = this;
      if (box.nobody) return "in any specification";
      const kind = box.nodes.length && estate.isEvent(box.nodes[0]) ? "event" : "service";
      if (box.fold) return `${map.counted(box.nodes.length, kind)} +`;
      if (box.nodes.length !== 1) return map.counted(box.nodes.length, kind);
      const [node] = box.nodes;
      const what = kind === "event" ? [`event${estate.isDeprecated(node) ? ", deprecated" : ""}`] : [];
      return [...what, ...estate.home(node)].join(" · ");
    }

    heading(number) {
      const { state } = this;
      if (!number) return "";
      const hop = state.events && !this.isEvents ? Math.abs(number) / 2 : state.events ? (Math.abs(number) + 1) / 2 : Math.abs(number);
      if (hop !== Math.round(hop)) return "events";
      if (hop > 1) return `${hop} hops ${number < 0 ? "before" : "after"}`;
      return number < 0 ? "senders" : "readers";
    }

    link(box) {
      const { page, estate, state } = this;
      if (box.nobody) return page.link({ ask: "loose" });
      if (box.opens) return page.link({ open: [...state.open, box.opens] });
      if (box.current) return page.pageOf(state.focus);
      return page.focusOn(estate.key(box.nodes[0]));
    }

    style(box) {
      if (box.nobody) return "map-node map-node--nobody";
      const kind = box.nodes.length && this.estate.isEvent(box.nodes[0]) ? "event" : "service";
      const old = box.nodes.length === 1 && this.estate.isDeprecated(box.nodes[0]) ? " map-node--deprecated" : "";
      return `map-node map-node--${kind}${box.fold || box.nodes.length > 1 ? " map-node--fold" : ""}${box.current ? " map-node--current" : ""}${old}`;
    }

    edgeKey(edge) {
      const end = (box) => (box.nodes.length === 1 ? this.estate.key(box.nodes[0]) : box.key);
      return `${end(edge.start)}>${end(edge.end)}`;
    }

    /** Every flow between those that are shown; what is not between neighbouring columns is counted. */
    undrawn() {
      const shown = new Set([...this.columns.values()].flat().flatMap((box) => box.nodes));
      const drawn = new Set(this.edges.flatMap((each) => [...each.flows]));
      if (this.state.events) return 0;
      return this.near.flows.filter((each) => shown.has(each.from) && shown.has(each.to) && !drawn.has(each.from * this.estate.size + each.to)).length;
    }

    draw() {
      const { page, state, estate } = this;
      if (!this.centre.length) return page.empty(state.focus ? `Nothing here is called ${state.focus}.` : "Choose a service or an event above, or from the landscape.");
      this.build();
      const numbers = this.place();
      const boxes = numbers.flatMap((number) => this.columns.get(number));
      const shown = { said: this.said(boxes), graph: this.graph(boxes), boxes, edges: this.edges };
      if (page.isNarrow) return { ...shown, list: this.list(numbers) };
      const low = Math.min(...boxes.map((box) => box.y));
      const high = Math.max(...boxes.map((box) => box.y + BOX.h));
      const room = new Room();
      const most = Math.max(1, ...this.edges.map((each) => each.events.length));
      boxes.forEach((box) => room.take({ x: box.x, y: box.y, w: BOX.w, h: BOX.h }));
      const heads = numbers.map((number) => svg("text", { class: "map-head", x: this.across(number) + BOX.w / 2, y: low - 18 }, this.heading(number)));
      const flows = svg("g", { class: `map-flows${this.edges.length > CROWDED ? " map-flows--crowded" : ""}` });
      const labels = svg("g", { class: "map-labels" });
      this.edges.slice().sort((a, b) => b.events.length - a.events.length).forEach((edge) => {
        flows.append(this.edge(edge, most));
        labels.append(...this.edgeLabel(edge, room));
      });
      const nodes = svg("g", { class: "map-nodes" }, boxes.map((box) => this.node(box)));
      const left = Math.min(...boxes.map((box) => box.x));
      const right = Math.max(...boxes.map((box) => box.x + BOX.w));
      this.plane = svg("g", {}, flows, labels, heads, nodes);
      return {
        ...shown, plane: this.plane, box: { x: left, y: low - 40, w: right - left, h: high - low + 48 }, largest: 1.15,
        step: (element, key) => this.step(element, key), first: this.columns.get(0)[0].element, point: (element) => this.point(element),
      };
    }

    node(box) {
      box.element = svg("a", { class: this.style(box), href: this.link(box), tabindex: -1, "aria-label": `${box.short}${box.short === box.called ? "" : ` (${box.called})`}, ${this.under(box)}` },
        box.fold || box.nodes.length > 1 ? svg("rect", { class: "map-behind", x: box.x + 4, y: box.y + 4, width: BOX.w, height: BOX.h, rx: 6 }) : null,
        svg("rect", { x: box.x, y: box.y, width: BOX.w, height: BOX.h, rx: this.style(box).includes("--event") ? 19 : 6 }),
        svg("text", { class: "map-node__name", x: box.x + BOX.w / 2, y: box.y + 16 }, box.short),
        svg("text", { class: "map-node__under", x: box.x + BOX.w / 2, y: box.y + 30 }, map.names.middleCut(this.under(box), 32)));
      if (box.called !== box.short) box.element.append(svg("title", {}, box.called));
      return box.element;
    }

    edge(edge, most) {
      const { page } = this;
      const from = { x: edge.start.x + BOX.w, y: edge.start.y + BOX.h / 2 };
      const to = { x: edge.end.x, y: edge.end.y + BOX.h / 2 };
      edge.curve = sweep(from, to);
      const { key } = edge;
      const label = this.label(edge);
      edge.element = svg("a", {
        class: `map-flow${edge.loose ? " map-flow--loose" : ""}${edge.start.current || edge.end.current ? " map-flow--direct" : ""}${this.state.edge === key ? " is-chosen" : ""}`, tabindex: -1, href: page.link({ edge: key }),
        "data-edge": key, "aria-label": `${label}: ${edge.start.called} to ${edge.end.called}`,
      }, svg("path", { d: ribbon(edge.curve, 1.4 + 5 * Math.sqrt(edge.events.length / most) * (most > 1 ? 1 : 0.3)) }));
      return edge.element;
    }

    label(edge) {
      return edge.events.length === 1 ? this.estate.name[edge.events[0]] : map.counted(edge.events.length, "event");
    }

    /** What flows, written beside the outer end of its line where that is free. */
    edgeLabel(edge, room) {
      if (this.state.events || edge.loose || (this.isEvents && (edge.start.current || edge.end.current))) return [];
      const text = map.names.middleCut(this.label(edge), LONGEST_LABEL);
      const wide = width(text, 10) + 6;
      const outer = Math.abs(edge.start.column) > Math.abs(edge.end.column) ? edge.start : edge.end;
      if (this.edges.filter((each) => (outer === edge.start ? each.start : each.end) === outer).length > 1) return [];
      const y = outer.y + BOX.h / 2;
      const x = outer === edge.start ? outer.x + BOX.w + 8 : outer.x - 14 - wide;
      const box = { x, y: y - 14, w: wide, h: 12 };
      if (!room.fits(box)) return [];
      return [svg("text", { class: "map-label", x: x + wide / 2, y: y - 4 }, text)];
    }

    step(element, key) {
      const boxes = [...this.columns.values()].flat();
      const here = boxes.find((each) => each.element === element) || this.columns.get(0)[0];
      if (key === "ArrowUp" || key === "ArrowDown") {
        const column = this.columns.get(here.column);
        const next = column[column.indexOf(here) + (key === "ArrowDown" ? 1 : -1)];
        return next && next.element;
      }
      const right = key === "ArrowRight";
      const others = this.edges.filter((each) => (right ? each.start : each.end) === here).map((each) => (right ? each.end : each.start));
      others.sort((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y) || a.y - b.y);
      return others[0] && others[0].element;
    }

    point(element) {
      unlit(this.plane, Boolean(element));
      if (!element) return "";
      const boxes = [...this.columns.values()].flat();
      const here = boxes.find((each) => each.element === element);
      const own = this.edges.filter((each) => each.element === element || (here && (each.start === here || each.end === here)));
      own.forEach((each) => [each.element, each.start.element, each.end.element].forEach((one) => one.classList.add("is-lit")));
      element.classList.add("is-lit");
      return "";
    }

    /** On a narrow screen the same from top to bottom. */
    list(numbers) {
      return html("div", { class: "map-list" }, numbers.map((number) => {
        const boxes = this.columns.get(number);
        const head = number ? this.heading(number) : "in the middle";
        return html("section", {}, html("h2", {}, head, " ", html("span", { class: "cat-quiet" }, number ? boxes.reduce((sum, each) => sum + each.nodes.length, 0) || "" : "")),
          html("ul", {}, boxes.map((box) => {
            const edges = this.edges.filter((each) => each.start === box || each.end === box);
            const lines = number && !this.state.events ? edges.filter((each) => !each.loose).slice(0, 3) : [];
            return html("li", { class: this.style(box) }, html("a", { href: this.link(box) }, box.called),
              html("span", { class: "cat-line" }, this.under(box)),
              lines.map((edge) => html("a", { class: "map-list__flow", href: this.page.link({ edge: edge.key }) }, `${number < 0 ? "↓" : "↑"} ${this.label(edge)}`)),
              edges.length > lines.length && lines.length ? html("span", { class: "cat-quiet" }, `and ${edges.length - lines.length} more lines`) : null);
          })));
      }));
    }

    said(boxes) {
      const { estate, state } = this;
      const services = boxes.filter((box) => !box.current && box.nodes.length && !estate.isEvent(box.nodes[0]));
      const count = (list) => list.reduce((sum, box) => sum + box.nodes.length, 0);
      const folded = boxes.filter((box) => box.fold);
      const [up, down] = [-1, 1].map((sign) => count(services.filter((box) => box.column * sign > 0)));
      const rest = this.undrawn();
      return `${state.as || estate.called(state.focus)}: ${state.way === "down" ? "" : `${map.counted(up, "service")} before`}${state.way === "both" ? ", " : ""}${state.way === "up" ? "" : `${map.counted(down, "service")} after`} within ${map.counted(state.hops, "hop")}.` +
        (folded.length ? ` ${count(folded).toLocaleString("en")} of them are folded into ${map.counted(folded.length, "box")}.`.replace("boxs", "boxes") : "") +
        (rest ? ` ${map.are(rest, "more flow")} not drawn between those shown.` : "") +
        (this.page.isFiltered ? " Filters are on." : "");
    }

    graph(boxes) {
      return {
        nodes: boxes.map((box) => ({ key: box.key, label: box.called, event: box.nodes.length > 0 && this.estate.isEvent(box.nodes[0]) })),
        edges: this.edges.map((each) => ({ from: each.start.key, to: each.end.key, events: each.events })),
      };
    }
  }

  map.views.focus = (page) => new Focus(page).draw();
  map.FocusOf = Focus;
})();
