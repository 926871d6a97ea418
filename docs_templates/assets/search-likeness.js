/* A planned event against those of the catalogue: the browser's half of the engine's likeness,
   which joins the engine where that runs. */
(function (engine) {
  "use strict";
  const { words, keyOf, singular, stem } = engine;
  const NAME = 0;
  const NOISE = new Set(["event", "message", "evt", "msg"]);
  const FAMILIES = {
    string: "string", bytes: "string", enum: "string", uuid: "string", date: "string", char: "string",
    integer: "number", number: "number", int: "number", long: "number", float: "number",
    double: "number", decimal: "number", boolean: "boolean", array: "array", null: "", any: "", "": "",
  };
  const VERDICTS = ["reuse", "extend", "new"];

  function family(type) {
    const first = type.split(" (")[0].split(" of ")[0].split(" or ")[0].trim().toLowerCase();
    return Object.hasOwn(FAMILIES, first) ? FAMILIES[first] : "object";
  }

  function keysOf(path) {
    let steps = path.split(".").map(keyOf).filter(Boolean);
    if (!steps.length) steps = [path];
    return [steps[steps.length - 1], steps.slice(-2).join("")];
  }

  function telling(name) {
    const kept = name.filter((word) => !NOISE.has(singular(word)) && !/^v?\d+$/.test(word));
    return kept.length ? kept : name;
  }

  class Likeness {
    constructor(index) {
      this.index = index;
      this.events = index.many.event;
    }

    get rows() {
      if (!this.byKey) {
        this.byKey = new Map();
        this.index.paths.forEach((path, row) => {
          for (const key of new Set(keysOf(path))) {
            if (this.byKey.has(key)) this.byKey.get(key).push(row);
            else this.byKey.set(key, [row]);
          }
        });
      }
      return this.byKey;
    }

    get totals() {
      if (!this.sums) {
        this.sums = new Int32Array(this.events);
        this.index.rowsOfField.forEach((rows) => {
          const weight = this.weight(rows);
          for (const row of rows) for (const event of this.index.eventsOf(row)) this.sums[event] += weight;
        });
      }
      return this.sums;
    }

    weight(rows) {
      const events = new Set();
      for (const row of rows) for (const event of this.index.eventsOf(row)) events.add(event);
      return 1 + (32 - Math.clz32(Math.floor(this.events / Math.max(events.size, 1))));
    }

    compare(draft, most = 5) {
      const names = this.byName(draft.name);
      const [shared, planned] = this.byFields(draft.fields);
      const candidates = [];
      for (const event of new Set([...names.keys(), ...shared.keys()])) {
        let weight = 0;
        for (const [own] of (shared.get(event) || new Map()).values()) weight += own;
        const fields = planned ? Math.floor(200 * weight / (planned + this.totals[event])) : 0;
        const name = names.get(event) || 0;
        const whole = Math.floor((2 * name + 3 * fields) / 5);
        const percent = draft.name && draft.fields.length ? Math.max(whole, fields) : draft.name ? name : fields;
        const carried = planned ? Math.floor(100 * weight / planned) : 0;
        candidates.push({ event, percent, name, carried, deprecated: this.index.deprecated.has(event) });
      }
      candidates.sort((a, b) => b.percent - a.percent || a.deprecated - b.deprecated || a.event - b.event);
      const best = candidates.length ? candidates[0].percent : 0;
      const found = candidates.slice(0, most).filter(({ percent }) => percent && percent * 3 >= best)
        .map((each) => this.candidate(draft, each, shared.get(each.event) || new Map()));
      const verdict = found.reduce(
        (first, each) => (VERDICTS.indexOf(each.verdict) < VERDICTS.indexOf(first) ? each.verdict : first), "new");
      return { verdict, candidates: found };
    }

    byName(name) {
      const wanted = telling(words(name));
      const found = new Map();
      if (!wanted.length) return found;
      const { vocabulary } = this.index;
      const fits = wanted.map((word) => new Set([...vocabulary.meant(word).keys()]
        .map((number) => vocabulary.words[number])
        .filter((each) => !each.startsWith(word) || stem(each) === stem(word))));
      for (const each of new Set(fits.flatMap((own) => [...own]))) {
        for (const entry of this.index.of(NAME, each)) {
          if (entry < this.events && !found.has(entry)) found.set(entry, this.agreement(fits, wanted, entry));
        }
      }
      return found;
    }

    agreement(fits, wanted, event) {
      const own = [...telling(this.index.wordsOf(event))];
      const { length } = own;
      let agreed = 0;
      for (const each of fits) {
        const place = own.findIndex((word) => each.has(word));
        if (place >= 0) { own.splice(place, 1); agreed += 1; }
      }
      return Math.floor(200 * agreed / (wanted.length + length));
    }

    byFields(fields) {
      const found = new Map();
      let planned = 0;
      fields.forEach((mine, place) => {
        const [own, longer] = keysOf(mine.path);
        const rows = [...new Set([...(this.rows.get(own) || []), ...(this.rows.get(longer) || [])])];
        const weight = this.weight(rows.filter((row) => keysOf(this.index.paths[row]).includes(own)));
        planned += weight;
        for (const row of rows) {
          const worth = Math.floor(weight * this.closeness(mine, row) / 100);
          for (const event of this.index.eventsOf(row)) {
            if (!found.has(event)) found.set(event, new Map());
            const known = found.get(event).get(place);
            if (!known || known[0] < worth) found.get(event).set(place, [worth, row]);
          }
        }
      });
      return [found, planned];
    }

    closeness(mine, row) {
      const [first, second] = [family(mine.type), family(this.index.types[row])];
      if (first && second && first !== second) return 50;
      const [own, longer] = keysOf(mine.path);
      const [other, otherLonger] = keysOf(this.index.paths[row]);
      if (longer === otherLonger) return 100;
      return own === other ? 95 : 75;
    }

    candidate(draft, { event, percent, name, carried, deprecated }, found) {
      const { index } = this;
      const field = (row) => ({ path: index.paths[row], type: index.types[row], required: index.required[row] });
      const taken = new Set([...found.values()].map(([, row]) => row));
      const shared = [];
      const missing = [];
      draft.fields.forEach((mine, place) => {
        if (!found.has(place)) { missing.push(mine); return; }
        const theirs = field(found.get(place)[1]);
        shared.push({ mine, theirs, sameType: family(mine.type) === family(theirs.type) });
      });
      let verdict = this.verdict(draft, percent, name, carried);
      if (deprecated && verdict === "reuse") verdict = "extend";
      return {
        id: index.id(event), name: index.names[event], line: index.line(event), deprecated, percent, verdict,
        domain: index.values(event, "domain")[0] || "", team: index.values(event, "team")[0] || "",
        readers: index.named("consumer", event).length, namePercent: name, carriedPercent: carried,
        shared, missing, additional: index.rowsOf[event].filter((row) => !taken.has(row)).map(field),
      };
    }

    verdict(draft, percent, name, carried) {
      if (!draft.fields.length) return name >= 100 ? "reuse" : name >= 66 ? "extend" : "new";
      const sameTopic = name >= 60;
      if (carried >= 90 && (percent >= 50 || sameTopic)) return "reuse";
      if (carried >= 50 && (percent >= 35 || sameTopic)) return "extend";
      return sameTopic && (name >= 100 || carried >= 30) ? "extend" : "new";
    }
  }

  engine.Likeness = Likeness;
})((typeof self === "undefined" ? globalThis : self).catalogSearchEngine);
