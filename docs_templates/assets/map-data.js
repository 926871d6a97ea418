/* The map's data as the views work with it: a number for every service and event, and who follows whom. */
(function () {
  "use strict";
  const map = (window.catalogMap = window.catalogMap || { views: {} });

  /** The id that a name most often has; `catalog_builder/map/packing.py` has the same rule. */
  function plainId(name) {
    return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase()
      .replace(/[^a-z0-9._]+/g, "-").replace(/^[-._]+|[-._]+$/g, "");
  }

  const ids = (things) => things.name.map((name, number) => things.id[number] ?? plainId(name));
  const sums = (differences) => { let sum = 0; return differences.map((each) => (sum += each)); };

  /** Everything known: services are the nodes 0 to `count`, events those after them. */
  class Estate {
    constructor(told) {
      const { services, events } = told;
      this.title = told.title;
      this.grouping = told.landscape.grouping;
      /** Whether services have a bubble each, and belong to nothing. */
      this.isPlain = this.grouping === "service";
      this.count = services.name.length;
      this.size = this.count + events.name.length;
      this.name = services.name.concat(events.name);
      this.id = ids(services).concat(ids(events));
      this.domain = services.domain.concat(events.domain);
      this.team = services.team.concat(events.team);
      this.domains = told.domains.map(([name, id]) => ({ name, id }));
      this.teams = told.teams.map(([name, id]) => ({ name, id }));
      [this.groups, this.group] = {
        domain: [this.domains, this.domain], team: [this.teams, this.team],
        service: [services.name.map((name, node) => ({ name, id: this.id[node] })), services.name.map((_, node) => node)],
      }[this.grouping];
      this.protocols = events.protocols;
      this.protocol = events.protocol;
      this.lifecycles = events.lifecycles;
      this.lifecycle = events.lifecycle;
      this.place = told.landscape;
      this.after = Array.from({ length: this.size }, () => []);
      this.before = Array.from({ length: this.size }, () => []);
      this.sends = told.sends.map(sums);
      this.receives = told.receives.map(sums);
      this.sends.forEach((own, service) => own.forEach((event) => this.join(service, this.count + event)));
      this.receives.forEach((own, service) => own.forEach((event) => this.join(this.count + event, service)));
      this.text = this.name.map((name, node) =>
        `${name} ${name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[-_./]+/g, " ")} ${this.id[node]}`.toLowerCase());
    }

    join(from, to) {
      this.after[from].push(to);
      this.before[to].push(from);
    }

    isEvent(node) { return node >= this.count; }
    kind(node) { return this.isEvent(node) ? "event" : "service"; }
    key(node) { return `${this.kind(node)}:${this.id[node]}`; }
    isDeprecated(node) { return this.isEvent(node) && this.lifecycles[this.lifecycle[node - this.count]] === "deprecated"; }
    groupName(group) { return this.groups[group].name || `no ${this.grouping}`; }

    /** The group of a node; where services stand for themselves an event belongs to who sends it. */
    groupOf(node) { return this.group[node] ?? this.before[node][0] ?? this.after[node][0]; }

    /** The name of what a node belongs to; none where services stand for themselves. */
    home(node) { return this.isPlain ? [] : [this.groupName(this.group[node])]; }

    members(group) {
      const found = [];
      for (let node = 0; node < this.count; node += 1) if (this.group[node] === group) found.push(node);
      return found;
    }

    /** The nodes that a key names: of a service or event itself, of a domain or team its services. */
    nodes(key) {
      const colon = key.indexOf(":");
      const kind = key.slice(0, colon);
      const id = key.slice(colon + 1);
      this.byKey = this.byKey || new Map(this.id.map((_, node) => [this.key(node), node]));
      if (kind === "events") return id.split(",").flatMap((each) => this.nodes(`event:${each}`));
      if (kind === "domain" || kind === "team") {
        const place = (kind === "team" ? this.teams : this.domains).findIndex((each) => each.id === id);
        const of = kind === "team" ? this.team : this.domain;
        return place < 0 ? [] : Array.from({ length: this.count }, (_, node) => node).filter((node) => of[node] === place);
      }
      return this.byKey.has(key) ? [this.byKey.get(key)] : [];
    }

    /** What the thing that a key names is called. */
    called(key) {
      const kind = key.slice(0, key.indexOf(":"));
      const id = key.slice(kind.length + 1);
      if (kind === "domain" || kind === "team") {
        const found = (kind === "team" ? this.teams : this.domains).find((each) => each.id === id);
        return found ? found.name : id;
      }
      if (kind === "events") return `${id.split(",").length} events`;
      const [node] = this.nodes(key);
      return node === undefined ? id : this.name[node];
    }

    /** Whether filters let a node by; events have protocols and lifecycles, services have places. */
    letsBy(filters) {
      const sets = Object.fromEntries(["domain", "team", "protocol", "lifecycle"].map((each) => [each, new Set(filters[each])]));
      const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
      const named = (list, number) => list[number].name || "none";
      const isIn = (node) =>
        (!sets.domain.size || sets.domain.has(named(this.domains, this.domain[node]))) &&
        (!sets.team.size || sets.team.has(named(this.teams, this.team[node])));
      const spoken = this.protocols.map((own) => !sets.protocol.size || (own.length ? own : ["none"]).some((each) => sets.protocol.has(each)));
      const living = this.lifecycles.map((own) => !sets.lifecycle.size || sets.lifecycle.has(own || "none"));
      const service = new Uint8Array(this.count);
      for (let node = 0; node < this.count; node += 1) service[node] = isIn(node) ? 1 : 0;
      const event = (node) => spoken[this.protocol[node - this.count]] && living[this.lifecycle[node - this.count]];
      const says = (node) => words.every((word) => this.text[node].includes(word));
      return { service, event, says, all: !words.length, ofEvents: sets.protocol.size + sets.lifecycle.size > 0 };
    }

    /** Who sends whom which events, by filters: a flow stays when one of its ends does. */
    flows(filters) {
      const asked = JSON.stringify(filters);
      if (this.known && this.known.asked === asked) return this.known.flows;
      const by = this.letsBy(filters);
      const found = new Map();
      const said = by.all ? null : Uint8Array.from({ length: this.size }, (_, node) => (by.says(node) ? 1 : 0));
      for (let event = this.count; event < this.size; event += 1) {
        if (!by.event(event)) continue;
        for (const from of this.before[event]) {
          for (const to of this.after[event]) {
            if (from === to || !(by.service[from] || by.service[to])) continue;
            if (said && !said[event] && !said[from] && !said[to]) continue;
            const key = from * this.count + to;
            const own = found.get(key);
            if (own) own.push(event); else found.set(key, [event]);
          }
        }
      }
      const flows = [...found].map(([key, events]) => ({ from: Math.floor(key / this.count), to: key % this.count, events }));
      this.known = { asked, flows };
      return flows;
    }

    /** The same between domains (or teams), with the different events of each. */
    groupFlows(filters) {
      const found = new Map();
      for (const { from, to, events } of this.flows(filters)) {
        const key = this.group[from] * this.groups.length + this.group[to];
        if (!found.has(key)) found.set(key, { from: this.group[from], to: this.group[to], events: new Set(), flows: 0 });
        const own = found.get(key);
        own.flows += 1;
        events.forEach((event) => own.events.add(event));
      }
      return [...found.values()].map((each) => ({ ...each, events: [...each.events] }))
        .sort((a, b) => b.events.length - a.events.length || a.from - b.from || a.to - b.to);
    }
  }

  map.Estate = Estate;
  map.byName = (estate) => (a, b) => (estate.name[a].toLowerCase() < estate.name[b].toLowerCase() ? -1
    : estate.name[a].toLowerCase() > estate.name[b].toLowerCase() ? 1 : a - b);
  map.are = (count, noun) => `${map.counted(count, noun)} ${count === 1 ? "is" : "are"}`;
  map.counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  /** Where each relation stands: loaded when somebody asks, since it is as large as all the rest. */
  let sources = null;
  map.tellSources = (told) => { sources.tell(told); };
  map.sources = (address) => {
    if (!sources) {
      sources = {};
      sources.told = new Promise((tell, fail) => {
        sources.tell = tell;
        const script = document.createElement("script");
        script.src = address;
        script.onerror = () => fail(new Error("the sources did not load"));
        document.head.append(script);
      });
    }
    return sources.told;
  };

  /** The place where a service says that it sends or receives an event. */
  map.sourceOf = (told, estate, service, event, sends) => {
    const own = sends ? estate.sends[service] : estate.receives[service];
    const place = own.indexOf(event - estate.count) + (sends ? 0 : estate.sends[service].length);
    const [documents, lines] = told.places[service];
    const [repository, path] = told.documents[documents.length > 1 ? documents[place] : documents[0]];
    const [pattern, commit] = told.repositories[repository] || ["", ""];
    const line = lines[place];
    const given = { repository, commit, path, line: String(line) };
    const quoted = (text) => text.split("/").map(encodeURIComponent).join("/");
    const link = !pattern || (pattern.includes("{commit}") && !commit) ? ""
      : (line ? pattern : pattern.split("#")[0]).replace(/\{(\w+)\}/g, (all, name) => (name in given ? quoted(given[name]) : all));
    return { text: `${repository}/${path}${line ? `:${line}` : ""}`, commit: commit.slice(0, 7), link };
  };
})();
