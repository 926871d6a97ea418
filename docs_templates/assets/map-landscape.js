/* Landscape: domains as bubbles with their services in them, and only the strongest flows. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { svg, ribbon, bend, Room, width, unlit } = map.draw;
  const PITCH = 36;
  const NAMED = 50;
  /* Bubbles: the lines of more could not be told apart. */
  const MANY = 60;

  /** From the rim of one circle to the rim of another. */
  function between(from, to) {
    const curve = bend(from, to);
    const rim = (circle, t) => {
      let [near, far] = t < 0.5 ? [0, 0.5] : [1, 0.5];
      for (let turn = 0; turn < 12; turn += 1) {
        const middle = (near + far) / 2;
        const point = curve(middle);
        if (Math.hypot(point.x - circle.x, point.y - circle.y) < circle.r) near = middle; else far = middle;
      }
      return far;
    };
    const [start, end] = [rim(from, 0), rim(to, 1)];
    return (t) => curve(start + (end - start) * t);
  }

  function nearest(items, from, key) {
    const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    let best = null;
    for (const each of items) {
      const [dx, dy] = [each.x - from.x, each.y - from.y];
      const along = dx * across + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * across);
      if (along < 1 || aside > along * 1.8) continue;
      const cost = along + 2 * aside;
      if (!best || cost < best.cost) best = { cost, element: each.element };
    }
    return best && best.element;
  }

  class Landscape {
    constructor(page) {
      Object.assign(this, { page, estate: page.estate, state: page.state });
      const { estate } = this;
      const { place } = estate;
      const size = page.size();
      const isTurned = this.isTurned = size.h > 1.2 * size.w;
      this.at = (x, y) => (isTurned ? { x: y, y: x } : { x, y });
      this.bubbles = place.bubbles.map(([group, x, y, r]) => ({ group, ...this.at(x, y), r }));
      this.bubbleOf = new Map(this.bubbles.map((each) => [each.group, each]));
      const box = (low, high) => ({ low: Math.min(0, ...low), high: Math.max(1, ...high) });
      const across = box(this.bubbles.map((b) => b.x - b.r), this.bubbles.map((b) => b.x + b.r));
      const down = box(this.bubbles.map((b) => b.y - b.r), this.bubbles.map((b) => b.y + b.r));
      this.box = { x: across.low, y: down.low - 16, w: across.high - across.low, h: down.high - down.low + 24 };
      this.k = Math.min(1.6, size.w / this.box.w, isTurned ? 1.6 : size.h / this.box.h);
      this.nameSize = isTurned ? 11 : 13;
      this.unit = 1 / this.k;
      this.flows = estate.groupFlows(this.state.filters).filter((each) => each.from !== each.to);
      this.drawn = this.flows.slice(0, this.state.flows ?? Math.max(6, Math.round(1.3 * Math.min(this.bubbles.length, MANY))));
      this.most = Math.max(1, ...this.flows.map((each) => each.events.length));
      this.room = new Room();
    }

    get lit() {
      const { estate, state } = this;
      if (!this.page.isFiltered) return null;
      const by = estate.letsBy(state.filters);
      const found = new Set(estate.flows(state.filters).flatMap((each) => [each.from, each.to]));
      for (let node = 0; node < estate.count; node += 1) {
        const takesPart = by.ofEvents ? [...estate.after[node], ...estate.before[node]].some(by.event) : true;
        if (takesPart && by.service[node] && by.says(node)) found.add(node);
      }
      return found;
    }

    draw() {
      const { estate, state, page } = this;
      const lit = this.lit;
      this.items = [];
      const discs = svg("g", { class: "map-discs" }, estate.isPlain ? [] : this.bubbles.map((each) => this.disc(each)));
      const spots = svg("g", { class: "map-spots" });
      const busiest = Math.max(1, ...Array.from({ length: estate.count }, (_, node) => estate.sends[node].length + estate.receives[node].length));
      this.spots = Array.from({ length: estate.count }, (_, node) => {
        const busy = estate.sends[node].length + estate.receives[node].length;
        const spot = { node, ...this.at(estate.place.x[node], estate.place.y[node]), r: estate.isPlain ? this.bubbles[0].r : 4 + 8 * Math.sqrt(busy / busiest) };
        const out = lit && !lit.has(node);
        const asleep = !busy ? " map-spot--asleep" : "";
        spot.element = svg("a", {
          class: `map-spot${asleep}${out ? " map-spot--out" : ""}`, href: page.focusOn(estate.key(node)),
          "data-node": node, tabindex: -1, "aria-label": [estate.name[node], ...estate.home(node)].join(", "),
        }, svg("circle", { cx: spot.x, cy: spot.y, r: spot.r.toFixed(1) }));
        spots.append(spot.element);
        this.items.push(spot);
        return spot;
      });
      const names = svg("g", { class: "map-names" }, this.bubbles.slice().sort((a, b) => b.r - a.r).map((each) => this.label(each)));
      const flows = svg("g", { class: "map-flows" }, this.drawn.slice().reverse().map((each) => this.flow(each)));
      const numbers = svg("g", { class: "map-numbers" }, this.drawn.map((each) => this.number(each)));
      this.over = svg("g", { class: "map-over" });
      this.close = svg("g", { class: "map-close" });
      this.plane = svg("g", { class: this.isTurned ? "is-turned" : null }, discs, flows, svg("g", {}, this.chains()), this.over, spots, numbers, names, this.close);
      const at = this.bubbleOf.get(page.groupAt());
      const hidden = this.flows.length - this.drawn.length;
      const among = ` between ${estate.grouping}s`;
      const outside = lit ? estate.count - lit.size : 0;
      return {
        plane: this.plane, box: this.box, largest: 1.6, isTall: this.isTurned,
        closer: at && { x: at.x - at.r - 20, y: at.y - at.r - 20, w: 2 * at.r + 40, h: 2 * at.r + 40 },
        said: `${estate.isPlain ? "" : `${map.counted(this.bubbles.length, estate.grouping)}, `}${map.counted(estate.count, "service")}. ` +
          (hidden ? `The ${this.drawn.length} strongest of ${map.counted(this.flows.length, "flow")}${among} are drawn; ${map.are(hidden, "weaker one")} not.`
            : this.flows.length ? `${map.are(this.flows.length, "flow")} drawn${among}.` : `Nothing flows${among}.`) +
          (outside ? ` ${map.are(outside, "service")} grey: outside the filters.` : ""),
        graph: {
          nodes: this.bubbles.map(({ group }) => ({ key: `g${group}`, label: estate.groupName(group) })),
          edges: this.drawn.map((each) => ({ from: `g${each.from}`, to: `g${each.to}`, events: each.events })),
        },
        flowsKnown: this.flows.length, flowsDrawn: this.drawn.length,
        step: (element, key) => nearest(this.items, this.items.find((each) => each.element === element) || this.items[0], key),
        point: (element) => this.point(element),
        settled: (view, seen) => this.nameSpots(view, seen),
      };
    }

    disc(bubble) {
      const { estate, page } = this;
      const key = page.groupKey(bubble.group);
      const count = estate.members(bubble.group).length;
      const element = svg("a", {
        class: `map-bubble${page.groupAt() === bubble.group ? " map-bubble--at" : ""}`, "data-group": bubble.group, tabindex: -1,
        href: page.link({ at: key }), "aria-label": `${estate.groupName(bubble.group)}, ${map.counted(count, "service")}`,
      }, svg("circle", { cx: bubble.x, cy: bubble.y, r: bubble.r }));
      this.items.push({ element, x: bubble.x, y: bubble.y - bubble.r + 4, group: bubble.group });
      return element;
    }

    /** The name of a bubble where it touches nothing: above it, below it, else cut to its width. */
    label(bubble) {
      const name = this.estate.groupName(bubble.group);
      const high = this.nameSize * 1.25 * this.unit;
      const bold = (text) => 1.15 * width(text, this.nameSize) * this.unit;
      const wide = (text) => bold(text) + 6 * this.unit;
      const [middle, reach] = [this.box.x + this.box.w / 2, this.page.size().w * this.unit / 2];
      const places = [bubble.y - bubble.r - high * 1.05, bubble.y + bubble.r + high * 0.05];
      const box = (text, y) => ({ x: bubble.x - wide(text) / 2, y, w: wide(text), h: high });
      const clear = (found) => Math.abs(bubble.x - middle) + found.w / 2 <= reach && !this.bubbles.some((other) => other !== bubble &&
        Math.hypot(Math.max(found.x, Math.min(other.x, found.x + found.w)) - other.x, Math.max(found.y, Math.min(other.y, found.y + found.h)) - other.y) < other.r);
      const most = Math.max(4, Math.floor(2 * bubble.r / bold("m")));
      const cut = map.names.middleCut(name, most);
      for (const [text, y] of [[name, places[0]], [name, places[1]], [cut, places[0]], [cut, places[1]]]) {
        const found = box(text, y);
        if (clear(found) && this.room.fits(found)) return this.text(text, bubble.x, y + high * 0.78, "map-name");
      }
      const y = bubble.y - bubble.r - high * 0.5;
      this.room.take(box(cut, y));
      return this.text(cut, bubble.x, y + high * 0.78, "map-name");
    }

    text(text, x, y, style) { return svg("text", { class: style, x: x.toFixed(1), y: y.toFixed(1) }, text); }

    /** The chains that lead from one thing to another, where they are asked for. */
    chains() {
      const { estate, state } = this;
      const [[from], [to]] = [estate.nodes(state.from), estate.nodes(state.to)];
      if (state.ask !== "path" || from === undefined || to === undefined) return [];
      const steps = map.questions.paths(estate, from, to).flatMap((chain) => {
        const services = chain.filter((each) => !estate.isEvent(each));
        return services.slice(1).map((each, place) => `${services[place]}>${each}`);
      });
      return [...new Set(steps)].map((step) => {
        const [start, end] = step.split(">").map((each) => this.spots[each]);
        return svg("path", { class: "map-chain", d: ribbon(between(start, end), 2.4 * this.unit, this.unit) });
      });
    }

    curve(flow) { return between(this.bubbleOf.get(flow.from), this.bubbleOf.get(flow.to)); }

    broad(count) { return (1.6 + 8 * Math.sqrt(count / this.most)) * this.unit; }

    flow(flow, style = "") {
      const { estate, page } = this;
      return svg("a", {
        class: `map-flow ${style}`, href: page.link({ edge: `${page.groupKey(flow.from)}>${page.groupKey(flow.to)}` }), tabindex: -1,
        "aria-label": `${flow.events.length}: ${estate.groupName(flow.from)} to ${estate.groupName(flow.to)}, ${map.counted(flow.events.length, "event")}`,
      }, svg("path", { d: ribbon(this.curve(flow), this.broad(flow.events.length), this.unit) }));
    }

    number(flow) {
      const text = flow.events.length.toLocaleString("en");
      const size = 10 * this.unit;
      const curve = this.curve(flow);
      for (const t of [0.5, 0.4, 0.6, 0.3, 0.7]) {
        const { x, y } = curve(t);
        const wide = (width(text, 10) + 4) * this.unit;
        if (this.bubbles.some((each) => Math.hypot(each.x - x, each.y - y) < each.r + wide / 2)) continue;
        if (this.room.fits({ x: x - wide / 2, y: y - size * 0.6, w: wide, h: size * 1.2 })) return this.text(text, x, y + size * 0.36, "map-number");
      }
      return null;
    }

    /** What talks to what one points at is lit, with every flow of it. */
    point(element) {
      this.over.replaceChildren();
      unlit(this.plane, Boolean(element));
      if (!element) return "";
      element.classList.add("is-lit");
      return "node" in element.dataset ? this.pointAtSpot(Number(element.dataset.node))
        : "group" in element.dataset ? this.pointAtBubble(Number(element.dataset.group)) : "";
    }

    pointAtSpot(node) {
      const { estate } = this;
      const own = estate.flows(this.state.filters).filter((each) => each.from === node || each.to === node);
      const lit = new Set();
      const shown = own.sort((a, b) => b.events.length - a.events.length).slice(0, 120);
      for (const { from, to, events } of shown) {
        const [start, end] = [this.spots[from], this.spots[to]];
        lit.add(from).add(to);
        this.over.append(svg("path", {
          class: from === node ? "map-out" : "map-in",
          d: ribbon(between(start, end), (1.2 + Math.min(4, events.length * 0.5)) * this.unit, this.unit * 0.8),
        }));
      }
      lit.forEach((each) => this.spots[each].element.classList.add("is-lit"));
      const sends = own.filter((each) => each.from === node).length;
      return `${estate.name[node]}: sends to ${map.counted(sends, "service")}, reads from ${own.length - sends}.`;
    }

    pointAtBubble(group) {
      const { estate } = this;
      const own = this.flows.filter((each) => each.from === group || each.to === group);
      for (const each of own) {
        this.over.append(svg("path", {
          class: each.from === group ? "map-out" : "map-in",
          d: ribbon(this.curve(each), this.broad(each.events.length), this.unit),
        }));
      }
      const others = new Set(own.flatMap((each) => [each.from, each.to]));
      this.plane.querySelectorAll(".map-bubble").forEach((each) => {
        if (others.has(Number(each.dataset.group))) each.classList.add("is-lit");
      });
      const out = own.filter((each) => each.from === group).length;
      return `${estate.groupName(group)}: sends to ${map.counted(out, estate.grouping)}, reads from ${own.length - out}.`;
    }

    /** Names of the services that are seen, as soon as there is room for them. */
    nameSpots(view, seen) {
      const roomy = PITCH * view.k;
      if (roomy < NAMED || this.estate.isPlain) { this.close.replaceChildren(); return; }
      const size = 10 / view.k;
      const found = this.spots.filter((each) => each.x > seen.x - PITCH && each.x < seen.x + seen.w + PITCH &&
        each.y > seen.y - PITCH && each.y < seen.y + seen.h + PITCH);
      const most = found.map((each) => {
        const free = Math.min(2.6 * PITCH, ...found.filter((other) => other !== each && Math.abs(other.y - each.y) < PITCH / 2).map((other) => Math.abs(other.x - each.x)));
        return Math.max(4, Math.floor((free * view.k - 4) / (10 * 0.56)));
      });
      const names = found.map((each) => this.estate.name[each.node]);
      const lines = names.map((name, number) => map.names.lines(name, most[number]));
      const alike = new Map();
      lines.forEach((each, number) => alike.set(each.join(""), (alike.get(each.join("")) || new Set()).add(names[number])));
      const told = (number) => {
        if (alike.get(lines[number].join("")).size === 1) return lines[number];
        return map.names.lines(map.names.shorten([...alike.get(lines[number].join(""))], 2 * most[number]).get(names[number]), most[number]);
      };
      this.close.replaceChildren(...found.map((each, number) => svg("text", { class: "map-spot-name", "font-size": size.toFixed(2) },
        told(number).map((line, place) =>
          svg("tspan", { x: each.x, y: (each.y + each.r + size * (1 + place * 1.05)).toFixed(1) }, line)))));
    }
  }

  map.views.landscape = (page) => new Landscape(page).draw();
})();
