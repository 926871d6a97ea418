/* The panel beside a view: what a line carries, what a question is answered with. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { html, listed } = map.draw;
  const SHOWN = 60;

  const QUESTIONS = {
    reach: "What does a change of it reach?",
    path: "How does one lead to another?",
    loose: "Which ends are loose?",
    cycles: "Who depends on whom in a circle?",
    deprecated: "What is deprecated, and still read?",
    strongest: "Which flows are strongest?",
  };

  class Answers {
    constructor(page) {
      Object.assign(this, { page, estate: page.estate, state: page.state });
    }

    node(node, ...more) {
      const { estate, page } = this;
      return html("li", {}, html("a", { href: page.focusOn(estate.key(node)) }, estate.name[node]), ...more);
    }

    nodes(nodes, about) {
      return listed(html("ul", { class: "map-list-of" }), nodes, (each) => this.node(each, about && about(each)), SHOWN);
    }

    quiet(text) { return html("span", { class: "cat-quiet" }, ` ${text}`); }

    belonging(node) {
      return this.quiet(this.home(node).reverse().filter(Boolean).join(" · "));
    }

    save(name, rows) {
      return html("button", { type: "button", class: "cat-button", onclick: () => map.exports.save(name, "text/csv", map.exports.csv(rows)) }, "Save as CSV");
    }

    /** The team and the domain of a node, as cells. */
    home(node) {
      const { estate } = this;
      return [estate.teams[estate.team[node]].name, estate.domains[estate.domain[node]].name];
    }

    /** Services with whom to talk to. */
    owners(nodes, distance) {
      const { estate } = this;
      return [["Hop", "Service", "Team", "Domain"], ...nodes.map((node) => [distance.get(node) ?? "", estate.name[node], ...this.home(node)])];
    }

    reach() {
      const { estate, state, page } = this;
      const starts = estate.nodes(state.focus);
      if (starts.length !== 1) return [html("p", {}, "Choose a service or an event in the field above.")];
      const hops = map.questions.reach(estate, starts[0], 3);
      const distance = new Map(hops.flatMap((hop) => hop.services.map((each) => [each, hop.distance])));
      let services = 0;
      const teams = new Set();
      const domains = new Set();
      const parts = hops.map((hop) => {
        services += hop.services.length;
        hop.teams.forEach((each) => teams.add(each));
        hop.domains.forEach((each) => domains.add(each));
        return html("section", {},
          html("h3", {}, `Within ${map.counted(hop.distance, "hop")}: ${map.counted(services, "service")}, ${map.counted(teams.size, "team")}, ${map.counted(domains.size, "domain")}`),
          hop.services.length ? html("details", { open: hop.distance === 1 },
            html("summary", {}, `${map.counted(hop.services.length, "service")} at hop ${hop.distance}`), this.nodes(hop.services, (each) => this.belonging(each))) : html("p", {}, "Nobody new."));
      });
      return [
        html("p", {}, html("strong", {}, estate.called(state.focus)), hops.some((hop) => hop.services.length) ? "" : ": nobody reads what it leads to.",
          page.isFiltered ? this.quiet("Filters do not narrow this answer.") : null),
        ...parts,
        services ? this.save("owners.csv", this.owners([...distance.keys()], distance)) : null,
        html("p", {}, html("a", { href: page.link({ view: "focus", way: "down", hops: 3, open: [], edge: "" }) }, "Show it as a picture")),
      ];
    }

    path() {
      const { estate, state, page } = this;
      const pick = (name, label) => page.picker({ label, value: state[name] ? estate.called(state[name]) : "", kinds: ["service", "event"], chosen: (key) => page.go({ [name]: key }) });
      const form = html("div", { class: "map-path" }, pick("from", "From"), pick("to", "To"));
      const [start] = estate.nodes(state.from);
      const [end] = estate.nodes(state.to);
      if (start === undefined || end === undefined) return [form, html("p", {}, "Choose where it begins and where it ends.")];
      const found = map.questions.paths(estate, start, end);
      if (!found.length) {
        const back = map.questions.paths(estate, end, start, 1).length;
        return [form, html("p", {}, `Nothing leads from ${estate.name[start]} to ${estate.name[end]}.`),
          back ? html("p", {}, html("a", { href: page.link({ from: state.to, to: state.from }) }, "The other way round it does.")) : null];
      }
      const length = Math.floor(found[0].length / 2);
      return [form,
        html("p", { role: "status" }, `${found.length === 100 ? "The first 100 shortest chains" : map.counted(found.length, "shortest chain")}, ${map.counted(length, "step")} each.`),
        html("ol", { class: "map-chains" }, found.map((chain) => html("li", {}, chain.flatMap((node, place) => [
          place ? " → " : "", html("a", { class: estate.isEvent(node) ? "map-is-event" : null, href: page.focusOn(estate.key(node)) }, estate.name[node])])))),
        this.save("path.csv", [["Chain", "Step", "Kind", "Name", "Team", "Domain"], ...found.flatMap((chain, number) => chain.map((node, step) =>
          [number + 1, step + 1, estate.kind(node), estate.name[node], ...this.home(node)]))])];
    }

    loose() {
      const { unread, unsent, unconnected } = map.questions.looseEnds(this.estate);
      const { estate } = this;
      const part = (title, nodes, meaning) => html("section", {}, html("details", { open: nodes.length > 0 && nodes.length < 30 },
        html("summary", {}, `${title} `, html("span", { class: "cat-count" }, nodes.length.toLocaleString("en"))), html("p", { class: "cat-quiet" }, meaning), this.nodes(nodes, (each) => this.belonging(each))));
      return [
        part("Nobody reads them", unread, "Sent, but no specification says that anyone receives them."),
        part("Nobody sends them", unsent, "Awaited, but no specification says that anyone sends them."),
        part("Services on their own", unconnected, "They neither send nor receive."),
        this.save("loose-ends.csv", [["What", "Name", "Team", "Domain"], ...[["nobody reads it", unread], ["nobody sends it", unsent], ["on its own", unconnected]]
          .flatMap(([what, nodes]) => nodes.map((node) => [what, estate.name[node], ...this.home(node)]))]),
      ];
    }

    cycles() {
      const groups = map.questions.cycles(this.estate);
      if (!groups.length) return [html("p", {}, "No service depends on itself over others.")];
      return [html("p", {}, `${map.counted(groups.length, "group")} of services that all reach each other.`),
        ...groups.map((group) => html("details", { open: group.length < 12 }, html("summary", {}, map.counted(group.length, "service")), this.nodes(group, (each) => this.belonging(each))))];
    }

    deprecated() {
      const { estate } = this;
      const found = map.questions.deprecatedButRead(estate);
      if (!found.length) return [html("p", {}, "Nothing deprecated is read.")];
      return [html("p", {}, `${map.counted(found.length, "event")} must be sent until their readers have moved on.`),
        this.nodes(found, (event) => this.quiet(`read by ${estate.after[event].map((each) => estate.name[each]).sort().join(", ")}`)),
        this.save("deprecated-but-read.csv", [["Event", "Reader", "Team of the reader", "Domain of the reader"], ...found.flatMap((event) => estate.after[event].map((node) =>
          [estate.name[event], estate.name[node], ...this.home(node)]))])];
    }

    strongest() {
      const { estate, page, state } = this;
      return [html("ol", { class: "map-list-of" }, map.questions.strongest(estate, state.filters).map((each) => html("li", {},
        html("a", { href: page.link({ edge: `${estate.key(each.from)}>${estate.key(each.to)}` }) }, `${estate.name[each.from]} → ${estate.name[each.to]}`), this.quiet(map.counted(each.events.length, "event")))))];
    }

    /** The two ends of a line, and the events on it. */
    ends() {
      const { estate, state, page } = this;
      const split = state.edge.indexOf(">");
      const keys = [state.edge.slice(0, split), state.edge.slice(split + 1)];
      const drawn = (page.drawn.edges || []).find((each) => each.key === state.edge);
      if (drawn) {
        const boxes = [drawn.start, drawn.end];
        return { keys, nodes: boxes.map((each) => each.nodes), names: boxes.map((each) => each.called), events: drawn.events };
      }
      const nodes = keys.map((key) => estate.nodes(key));
      const names = keys.map((key) => estate.called(key) || `no ${estate.grouping}`);
      const [from, to] = nodes.map((each) => new Set(each));
      const events = new Set();
      for (const end of [...from, ...to]) if (estate.isEvent(end)) events.add(end);
      for (const flow of estate.flows(state.filters)) if (from.has(flow.from) && to.has(flow.to)) flow.events.forEach((event) => events.add(event));
      return { keys, nodes, names, events: [...events] };
    }

    edge() {
      const { estate, page, state } = this;
      const { keys, nodes, names, events } = this.ends();
      const [from, to] = nodes.map((each) => new Set(each));
      const order = events.slice().sort((a, b) => (estate.name[a] < estate.name[b] ? -1 : 1));
      const item = (event) => {
        const senders = estate.before[event].filter((each) => from.has(each) || from.has(event));
        const readers = estate.after[event].filter((each) => to.has(each) || to.has(event));
        const places = html("ul", { class: "map-places" });
        page.sources().then((told) => {
          const place = (service, sends) => {
            const { text, commit, link } = map.sourceOf(told, estate, service, event, sends);
            return html("li", {}, `${estate.name[service]} ${sends ? "sends" : "reads"} it: `, html("span", { class: "cat-place" },
              link ? html("a", { href: link, rel: "noopener" }, html("code", {}, text)) : html("code", {}, text), commit ? html("span", { class: "cat-commit" }, `@${commit}`) : null));
          };
          const all = [...senders.map((each) => [each, true]), ...readers.map((each) => [each, false])];
          places.append(...all.slice(0, 8).map((each) => place(...each)), ...(all.length > 8 ? [html("li", {}, `and ${all.length - 8} more`)] : []));
        }).catch(() => places.append(html("li", {}, "The file that says where did not load.")));
        return html("li", {}, html("a", { href: page.focusOn(estate.key(event)) }, estate.name[event]),
          estate.isDeprecated(event) ? html("span", { class: "cat-badge cat-badge--deprecated" }, "deprecated") : null, " ",
          html("a", { class: "map-page", href: page.pageOf(estate.key(event)), "aria-label": `Page of ${estate.name[event]}` }, "page"), places);
      };
      const list = listed(html("ul", { class: "map-edge" }), order, item, SHOWN);
      const inside = keys.every((key) => /^(domain|team):/.test(key)) && !(state.view === "matrix" && state.rows === keys[0] && state.cols === keys[1]);
      return [html("p", {}, map.counted(order.length, "event"), inside ? [". ", html("a", { href: page.link({ view: "matrix", rows: keys[0], cols: keys[1] }) }, "Service by service")] : null), ...list];
    }

    edgeTitle() {
      const { names } = this.ends();
      return `${names[0]} → ${names[1]}`;
    }

    /** What is in the middle of the focus. */
    thing() {
      const { estate, state, page } = this;
      const [node] = estate.nodes(state.focus);
      if (node === undefined) return [];
      const isOne = estate.nodes(state.focus).length === 1;
      const facts = [];
      if (isOne && !estate.isEvent(node)) {
        facts.push(html("p", {}, `Sends ${map.counted(estate.sends[node].length, "event")}, reads ${estate.receives[node].length}.`));
      }
      const part = (title, nodes) => nodes.length ? html("details", { open: nodes.length < 12 }, html("summary", {}, `${title} `, html("span", { class: "cat-quiet" }, nodes.length)), this.nodes(nodes.slice().sort(map.byName(estate)))) : null;
      if (isOne) facts.push(html("p", { class: "cat-quiet" }, this.belonging(node)));
      const address = page.pageOf(state.focus);
      if (address) facts.push(html("p", {}, html("a", { href: address }, "Open its page")));
      facts.push(html("p", {}, html("a", { href: page.link({ ask: "reach" }) }, "What does a change of it reach?")));
      if (isOne && estate.isEvent(node)) facts.push(part("Sent by", estate.before[node]), part("Read by", estate.after[node]));
      else if (isOne) facts.push(part("Sends", estate.after[node]), part("Reads", estate.before[node]));
      else facts.push(part(estate.isEvent(node) ? "Events" : "Services", estate.nodes(state.focus)));
      return facts;
    }

    group() {
      const { estate, page } = this;
      const group = page.groupAt();
      const key = page.groupKey(group);
      return [html("p", {}, page.pageOf(key) ? [html("a", { href: page.pageOf(key) }, "Open its page"), " · "] : null, html("a", { href: page.focusOn(key) }, "Focus on it"), " · ",
        html("a", { href: page.link({ view: "matrix", rows: key, cols: key }) }, "Service by service"), " · ", html("a", { href: page.link({ at: "" }) }, "Show all")),
      this.nodes(estate.members(group).sort(map.byName(estate)), (each) => this.quiet(`sends ${estate.sends[each].length}, reads ${estate.receives[each].length}`))];
    }

    /** Whether there is anything to tell beside the view. */
    get isTold() {
      const { state, page, estate } = this;
      return Boolean(state.edge || QUESTIONS[state.ask] || (state.view === "landscape" && page.groupAt() >= 0) || (state.view === "focus" && estate.nodes(state.focus).length));
    }

    /** Title and content of the panel; the newest thing that was asked for. */
    content() {
      const { state, page, estate } = this;
      if (state.edge) return { title: this.edgeTitle(), close: { edge: "" }, content: this.edge() };
      if (QUESTIONS[state.ask]) return { title: QUESTIONS[state.ask], close: { ask: "", from: "", to: "" }, content: this[state.ask]() };
      if (state.view === "landscape" && page.groupAt() >= 0) return { title: estate.groupName(page.groupAt()), close: { at: "" }, content: this.group() };
      return this.isTold ? { title: state.as || estate.called(state.focus), close: null, content: this.thing() } : null;
    }
  }

  map.Answers = Answers;
  map.QUESTIONS = QUESTIONS;
})();
