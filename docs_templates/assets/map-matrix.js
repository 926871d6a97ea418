/* Matrix: who sends (rows) to whom (columns), domain by domain and then service by service. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { svg, width, unlit } = map.draw;
  const CELL = 30;
  const MOST = 60;
  const LONGEST = 24;

  /** Those who send more than they read first: what goes against that order stands below the diagonal. */
  function byNet(items, flows) {
    const net = new Map(items.map((each) => [each, 0]));
    for (const { from, to, count } of flows) {
      if (from === to) continue;
      net.set(from, net.get(from) + count);
      net.set(to, net.get(to) - count);
    }
    return items.slice().sort((a, b) => net.get(b) - net.get(a) || a - b);
  }

  class Matrix {
    constructor(page) {
      Object.assign(this, { page, estate: page.estate, state: page.state });
      const groupOf = (key) => (key ? this.estate.groups.findIndex((_, group) => page.groupKey(group) === key) : -1);
      this.from = groupOf(this.state.rows);
      this.to = groupOf(this.state.cols);
      if (this.estate.place.bubbles.length === 1) this.from = this.to = this.estate.group[0];
      this.isInside = this.from >= 0 && this.to >= 0;
    }

    cells() {
      const { estate, state } = this;
      if (!this.isInside) return estate.groupFlows(state.filters).map((each) => ({ ...each, count: each.events.length }));
      return estate.flows(state.filters).filter((each) => estate.group[each.from] === this.from && estate.group[each.to] === this.to)
        .map((each) => ({ ...each, count: each.events.length }));
    }

    sides(cells) {
      const { estate } = this;
      if (!this.isInside) {
        const all = byNet([...new Set(estate.place.bubbles.map(([group]) => group))], cells);
        return { rows: all, columns: all, hidden: 0 };
      }
      const busy = new Map();
      const add = (node, count) => busy.set(node, (busy.get(node) || 0) + count);
      cells.forEach((each) => { add(each.from, each.count); add(each.to, each.count); });
      const most = (nodes) => {
        const own = [...new Set(nodes)].sort((a, b) => busy.get(b) - busy.get(a) || a - b);
        return { shown: own.slice(0, MOST), hidden: Math.max(0, own.length - MOST) };
      };
      if (this.from === this.to) {
        const { shown, hidden } = most(cells.flatMap((each) => [each.from, each.to]));
        const kept = new Set(shown);
        const all = byNet(shown, cells.filter((each) => kept.has(each.from) && kept.has(each.to)));
        return { rows: all, columns: all, hidden };
      }
      const [rows, columns] = [most(cells.map((each) => each.from)), most(cells.map((each) => each.to))];
      const order = (nodes) => nodes.slice().sort(map.byName(estate));
      return { rows: order(rows.shown), columns: order(columns.shown), hidden: rows.hidden + columns.hidden };
    }

    called(item) { return this.isInside ? this.estate.name[item] : this.estate.groupName(item); }

    key(item) { return this.isInside ? this.estate.key(item) : this.page.groupKey(item); }

    head(item, short, attributes, isRow) {
      const { page } = this;
      const href = this.isInside || this.estate.isPlain ? page.focusOn(this.key(item)) : page.link({ rows: this.key(item), cols: this.key(item), edge: "" });
      const name = this.called(item);
      const made = svg("a", { class: "map-matrix__head", href, tabindex: -1, "aria-label": `${short}${short === name ? "" : ` (${name})`}, ${isRow ? "sender" : "reader"}` }, svg("text", attributes, short));
      if (short !== name) made.append(svg("title", {}, name));
      return made;
    }

    draw() {
      const cells = this.cells();
      const { rows, columns, hidden } = this.sides(cells);
      const { page, estate, state } = this;
      const cell = new Map(cells.map((each) => [`${each.from}>${each.to}`, each]));
      const most = Math.max(1, ...cells.map((each) => each.count));
      const short = map.names.shorten([...rows, ...columns].map((each) => this.called(each)), LONGEST);
      const label = (item) => short.get(this.called(item));
      const wide = Math.max(60, ...rows.map((each) => width(label(each), 12))) + 14;
      const high = Math.max(50, ...columns.map((each) => width(label(each), 12))) + 14;
      const same = rows === columns;
      this.grid = [];
      const heads = svg("g", {},
        rows.map((each, row) => this.head(each, label(each), { x: -8, y: row * CELL + CELL / 2 + 4, "text-anchor": "end" }, true)),
        columns.map((each, column) => this.head(each, label(each), { transform: `translate(${column * CELL + CELL / 2 + 4} -8) rotate(-90)` }, false)));
      const body = svg("g", {});
      let back = 0;
      rows.forEach((row, y) => columns.forEach((column, x) => {
        const own = cell.get(`${row}>${column}`);
        const style = same && x === y ? " map-cell--own" : same && y > x ? " map-cell--back" : "";
        if (!own) return;
        if (same && y > x) back += 1;
        const key = `${this.key(row)}>${this.key(column)}`;
        const element = svg("a", {
          class: `map-cell${style}${state.edge === key ? " is-chosen" : ""}`, href: page.link({ edge: key }), tabindex: -1,
          "aria-label": `${map.counted(own.count, "event")}: ${this.called(row)} to ${this.called(column)}`,
        }, svg("rect", { class: "map-cell__shade", x: x * CELL + 1, y: y * CELL + 1, width: CELL - 2, height: CELL - 2, "fill-opacity": (0.08 + 0.4 * Math.sqrt(own.count / Math.max(most, 6))).toFixed(2) }),
        style === " map-cell--back" ? svg("path", { class: "map-cell__mark", d: `M${x * CELL + 1} ${y * CELL + 1}h8l-8 8Z` }) : null,
        svg("text", { x: x * CELL + CELL / 2, y: y * CELL + CELL / 2 + 4 }, own.count > 9999 ? `${Math.round(own.count / 1000)}k` : own.count));
        this.grid.push({ element, x, y });
        body.append(element);
      }));
      const frame = svg("path", { class: "map-grid", d: [
        ...Array.from({ length: rows.length + 1 }, (_, y) => `M0 ${y * CELL}H${columns.length * CELL}`),
        ...Array.from({ length: columns.length + 1 }, (_, x) => `M${x * CELL} 0V${rows.length * CELL}`),
        same ? `M0 0L${columns.length * CELL} ${rows.length * CELL}` : ""].join("") });
      this.plane = svg("g", { class: "map-matrix" }, frame, heads, body,
        svg("text", { class: "map-head map-head--end", x: -8, y: -10 }, "from ↓ to →"));
      const unit = this.isInside ? "service" : estate.grouping;
      const connected = cells.filter((each) => each.from !== each.to).length;
      return {
        plane: this.plane, box: { x: -wide, y: -high, w: wide + columns.length * CELL + 4, h: high + rows.length * CELL + 4 }, largest: 1.3, readable: 0.8, isTall: true,
        said: `${this.isInside ? `Services of ${estate.groupName(this.from)} to services of ${estate.groupName(this.to)}` : `${map.counted(rows.length, unit)}`}: ${map.counted(connected, "pair")} exchange${connected === 1 ? "s" : ""} events` +
          (same ? `, ${back} of them against the order of who sends most (with a corner, below the diagonal)` : "") + "." +
          (hidden ? ` ${map.are(hidden, "service")} not shown: they have fewer flows.` : ""),
        graph: {
          nodes: [...new Set([...rows, ...columns])].map((each) => ({ key: this.key(each), label: this.called(each) })),
          edges: cells.filter((each) => rows.includes(each.from) && columns.includes(each.to)).map((each) => ({ from: this.key(each.from), to: this.key(each.to), events: each.events })),
        },
        step: (element, key) => this.step(element, key),
        point: (element) => this.point(element),
      };
    }

    step(element, key) {
      const here = this.grid.find((each) => each.element === element) || this.grid[0];
      const { x: across = 0, y: down = 0 } = { ArrowLeft: { x: -1 }, ArrowRight: { x: 1 }, ArrowUp: { y: -1 }, ArrowDown: { y: 1 } }[key];
      const along = this.grid.filter((each) => (across ? each.y === here.y && (each.x - here.x) * across > 0 : each.x === here.x && (each.y - here.y) * down > 0));
      along.sort((a, b) => Math.abs(a.x - here.x) + Math.abs(a.y - here.y) - Math.abs(b.x - here.x) - Math.abs(b.y - here.y));
      return along[0] && along[0].element;
    }

    point(element) {
      const here = element && this.grid.find((each) => each.element === element);
      unlit(this.plane, Boolean(here));
      if (here) this.grid.forEach((each) => { if (each.x === here.x || each.y === here.y) each.element.classList.add("is-lit"); });
      return "";
    }
  }

  map.views.matrix = (page) => new Matrix(page).draw();
})();
