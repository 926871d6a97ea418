/* What people ask of the graph. The answers are those of `catalog_builder/graph`, to the id. */
(function () {
  "use strict";
  const map = window.catalogMap;

  /** The order of the graph: events before services, then by id. */
  const inOrder = (estate) => (a, b) => (estate.isEvent(a) === estate.isEvent(b)
    ? (estate.id[a] < estate.id[b] ? -1 : Number(estate.id[a] > estate.id[b]))
    : estate.isEvent(a) ? -1 : 1);

  function layers(estate, starts, next, most = Infinity) {
    const distance = new Map(starts.map((each) => [each, 0]));
    const found = [starts];
    while (found.length <= most) {
      const layer = [];
      for (const node of found[found.length - 1]) {
        for (const other of next[node]) {
          if (!distance.has(other)) { distance.set(other, found.length); layer.push(other); }
        }
      }
      if (!layer.length) break;
      found.push(layer);
    }
    return { distance, found };
  }

  /** What lies downstream, hop by hop: one leads over events to the services that receive them. */
  function reach(estate, start, hops = Infinity) {
    const isEvent = estate.isEvent(start);
    const { found } = layers(estate, [start], estate.after, isEvent ? 2 * hops - 1 : 2 * hops);
    const rest = isEvent ? [[], ...found.slice(1)] : found.slice(1);
    const seen = { team: new Set(), domain: new Set() };
    const fresh = (kind, services, list) => {
      const names = new Set(services.map((each) => list[estate[kind][each]].name).filter((each) => each && !seen[kind].has(each)));
      names.forEach((each) => seen[kind].add(each));
      return [...names].sort();
    };
    const answer = [];
    for (let place = 0; place < rest.length; place += 2) {
      const events = rest[place].slice().sort(inOrder(estate));
      const services = (rest[place + 1] || []).slice().sort(inOrder(estate));
      if (!events.length && !services.length) continue;
      answer.push({
        distance: answer.length + 1, events, services,
        teams: fresh("team", services, estate.teams), domains: fresh("domain", services, estate.domains),
      });
    }
    return answer;
  }

  /** The shortest chains from one node down to another, at most `limit` of them. */
  function paths(estate, start, end, limit = 100) {
    const { distance } = layers(estate, [start], estate.after);
    if (!distance.has(end)) return [];
    const order = inOrder(estate);
    const waiting = [[end]];
    const found = [];
    while (waiting.length && found.length < limit) {
      const tail = waiting.pop();
      const nearer = distance.get(tail[0]) - 1;
      if (nearer < 0) { found.push(tail); continue; }
      estate.before[tail[0]].filter((each) => distance.get(each) === nearer).sort((a, b) => order(b, a))
        .forEach((each) => waiting.push([each, ...tail]));
    }
    return found.sort((a, b) => {
      for (let place = 0; place < a.length; place += 1) {
        const found = order(a[place], b[place]);
        if (found) return found;
      }
      return 0;
    });
  }

  /** Groups of services that all reach each other, largest first (Tarjan's algorithm, without recursion). */
  function cycles(estate) {
    const index = new Int32Array(estate.size).fill(-1);
    const low = new Int32Array(estate.size);
    const onStack = new Uint8Array(estate.size);
    const stack = [];
    const groups = [];
    let number = 0;
    const enter = (node) => {
      index[node] = low[node] = number;
      number += 1;
      stack.push(node);
      onStack[node] = 1;
      return { node, place: 0 };
    };
    for (let first = 0; first < estate.size; first += 1) {
      if (index[first] >= 0) continue;
      const calls = [enter(first)];
      while (calls.length) {
        const call = calls[calls.length - 1];
        const { node } = call;
        if (call.place < estate.after[node].length) {
          const other = estate.after[node][call.place];
          call.place += 1;
          if (index[other] < 0) calls.push(enter(other));
          else if (onStack[other]) low[node] = Math.min(low[node], index[other]);
          continue;
        }
        calls.pop();
        if (calls.length) low[calls[calls.length - 1].node] = Math.min(low[calls[calls.length - 1].node], low[node]);
        if (low[node] !== index[node]) continue;
        const group = [];
        let other;
        do {
          other = stack.pop();
          onStack[other] = 0;
          if (!estate.isEvent(other)) group.push(other);
        } while (other !== node);
        if (group.length > 1) groups.push(group.sort(inOrder(estate)));
      }
    }
    const order = inOrder(estate);
    return groups.sort((a, b) => b.length - a.length || order(a[0], b[0]));
  }

  function looseEnds(estate) {
    const events = Array.from({ length: estate.size - estate.count }, (_, place) => estate.count + place).sort(inOrder(estate));
    const services = Array.from({ length: estate.count }, (_, node) => node).sort(inOrder(estate));
    return {
      unread: events.filter((each) => !estate.after[each].length),
      unsent: events.filter((each) => !estate.before[each].length),
      unconnected: services.filter((each) => !estate.after[each].length && !estate.before[each].length),
    };
  }

  /** Deprecated events and who still receives them, most first. */
  const deprecatedButRead = (estate) => Array.from({ length: estate.size - estate.count }, (_, place) => estate.count + place)
    .filter((each) => estate.isDeprecated(each) && estate.after[each].length)
    .sort((a, b) => estate.after[b].length - estate.after[a].length || inOrder(estate)(a, b));

  /** Which services send which others most events. */
  const strongest = (estate, filters, most = 30) => estate.flows(filters).slice()
    .sort((a, b) => b.events.length - a.events.length || inOrder(estate)(a.from, b.from) || inOrder(estate)(a.to, b.to))
    .slice(0, most);

  map.questions = { layers, reach, paths, cycles, looseEnds, deprecatedButRead, strongest, inOrder };
})();
