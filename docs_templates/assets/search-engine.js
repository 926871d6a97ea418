/* The search engine, the browser's half of `catalog_builder/search`: the same index, the same
   answers. It runs in a worker, or in the page where workers are not to be had. */
(function (scope) {
  "use strict";

  /* ---- words ---------------------------------------------------------------------------- */

  const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g;
  const WORD = new RegExp(
    "[Vv][0-9]+(?![a-z0-9])|[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+" +
    "|[\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3]" +
    "|[\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\ua640-\\uabff]+",
    "g");

  const LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "þ": "th", "Þ": "Th", "ı": "i",
  };

  const folded = (text) => text.normalize("NFKD").replace(ACCENTS, "")
    .replace(/[ßæÆœŒøØłŁđĐþÞı]/g, (letter) => LETTERS[letter]);
  const words = (text) => (folded(text).match(WORD) || []).map((word) => word.toLowerCase());

  function singular(word) {
    if (word.length < 3 || /(?:ss|us|is)$/.test(word) || !word.endsWith("s")) return word;
    if (word.endsWith("ies")) return word.slice(0, -3) + "y";
    return word.slice(0, /(?:sses|xes|ches|shes|zes)$/.test(word) ? -2 : -1);
  }

  function stem(word) {
    let bare = singular(word);
    if (bare.endsWith("ied") && bare.length > 4) return bare.slice(0, -3) + "y";
    const ending = ["ing", "ed", "ion", "er"].find(
      (each) => bare.endsWith(each) && bare.length - each.length > 3);
    if (ending) bare = bare.slice(0, -ending.length);
    else if (bare.length > 4 && bare.endsWith("e")) bare = bare.slice(0, -1);
    const twice = bare.length > 3 && bare[bare.length - 1] === bare[bare.length - 2];
    return twice ? bare.slice(0, -1) : bare;
  }

  const keyOf = (name) => words(name).map(singular).join("");

  /** Typing errors between two words, and between the first and any beginning of the second. */
  function errors(typed, word, most) {
    const beyond = most + 1;
    if (typed.length > word.length + most) return [beyond, beyond];
    const width = Math.min(word.length, typed.length + most);
    let above = [];
    let before = [];
    let row = Array.from({ length: width + 1 }, (_, at) => at);
    for (let down = 1; down <= typed.length; down += 1) {
      [above, before, row] = [before, row, new Array(width + 1)];
      row[0] = down;
      let least = down;
      for (let right = 1; right <= width; right += 1) {
        const cost = typed[down - 1] === word[right - 1] ? 0 : 1;
        let here = Math.min(before[right] + 1, row[right - 1] + 1, before[right - 1] + cost);
        if (down > 1 && right > 1 && typed[down - 1] === word[right - 2] &&
            typed[down - 2] === word[right - 1]) here = Math.min(here, above[right - 2] + 1);
        row[right] = here;
        if (here < least) least = here;
      }
      if (least > most) return [beyond, beyond];
    }
    const whole = width === word.length ? row[width] : beyond;
    return [Math.min(whole, beyond), Math.min(...row, beyond)];
  }

  function mask(word) {
    let made = 0;
    for (let at = 0; at < word.length; at += 1) made |= 1 << (word.charCodeAt(at) % 31);
    return made;
  }

  function bits(number) {
    let count = 0;
    for (let left = number; left; left &= left - 1) count += 1;
    return count;
  }

  /* ---- unpacking ------------------------------------------------------------------------ */

  const VALUES = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((letter, value) => {
    VALUES[letter.charCodeAt(0)] = value;
  });

  function numbers(text) {
    const found = [];
    let number = 0;
    let shift = 0;
    for (let at = 0; at < text.length; at += 1) {
      const value = VALUES[text.charCodeAt(at)];
      number |= (value & 31) << shift;
      if (value & 32) shift += 5;
      else { found.push(number); number = 0; shift = 0; }
    }
    return found;
  }

  function ascending(text) {
    const found = numbers(text || "");
    for (let at = 1; at < found.length; at += 1) found[at] += found[at - 1];
    return found;
  }

  function shared(text) {
    let before = "";
    return text === "" ? [] : text.split("\n").map((line) => {
      before = before.slice(0, parseInt(line[0], 36)) + line.slice(1);
      return before;
    });
  }

  /** Pairs of a value and its count, most first. */
  const byCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

  const NAME = 0;
  const ALSO = 1;
  const ZONES = ["name", "also", "line", "text"];
  const TEXT = 3;
  const OWN = -1;
  const BY_KIND = 127;

  class Index {
    constructor(part) {
      this.build = part.build;
      this.facets = part.facets;
      this.weights = part.weights;
      this.relations = Object.keys(part.weights.relations);
      this.synonyms = part.synonyms;
      this.names = part.names.split("\n");
      this.count = this.names.length;
      this.kinds = [];
      this.first = {};
      this.many = {};
      for (const [kind, count] of part.kinds) {
        this.first[kind] = this.kinds.length;
        this.many[kind] = count;
        for (let each = 0; each < count; each += 1) this.kinds.push(kind);
      }
      this.count = this.kinds.length;
      this.order = part.kinds.map(([kind]) => kind);
      this.givenIds = part.ids.split("\n");
      this.lifecycles = part.lifecycles;
      this.lifecycle = numbers(part.lifecycle);
      this.protocols = part.protocols;
      this.protocol = numbers(part.protocol);
      this.deprecated = new Set(ascending(part.deprecated));
      this.packed = {};
      for (const [relation, text] of Object.entries(part.refers)) this.packed[relation] = text.split(" ");
      this.targets = { domain: "domain", team: "team", channel: "channel", producer: "service", consumer: "service" };
      this.rowField = [];
      this.rowsOfField = [];
      numbers(part.rows).forEach((count, field) => {
        const own = [];
        for (let each = 0; each < count; each += 1) {
          own.push(this.rowField.length);
          this.rowField.push(this.first.field + field);
        }
        this.rowsOfField[this.first.field + field] = own;
      });
      this.paths = shared(part.paths);
      const types = numbers(part.type);
      this.types = types.map((type) => part.types[type >> 1]);
      this.required = types.map((type) => Boolean(type & 1));
      this.packedEvents = part.events.split(" ");
      this.events = [];
      this.lines = [];
      this.postings = [new Map(), new Map(), new Map(), new Map()];
      this.take(part, [NAME, ALSO]);
      this.nameWords = [];
      this.caches = {};
    }

    /** The words of a part stand in these zones. */
    take(part, zones) {
      const own = shared(part.words);
      zones.forEach((zone, place) => {
        const lists = part.postings[place].split(" ");
        own.forEach((word, at) => { if (lists[at]) this.postings[zone].set(word, lists[at]); });
      });
      this.words = [...new Set([...(this.words || []), ...own])].sort();
      this.vocabulary = new Vocabulary(this.words, this.synonyms);
      if (part.lines !== undefined) this.lines = part.lines.split("\n");
    }

    of(zone, word) {
      const list = this.postings[zone].get(word);
      if (typeof list !== "string") return list || [];
      const found = ascending(list);
      this.postings[zone].set(word, found);
      return found;
    }

    id(entry) {
      return this.givenIds[entry] ||
        words(this.names[entry]).join(this.kinds[entry] === "field" ? "" : "-");
    }

    wordsOf(entry) {
      return this.nameWords[entry] || (this.nameWords[entry] = words(this.names[entry]));
    }

    eventsOf(row) {
      return this.events[row] || (this.events[row] = ascending(this.packedEvents[row]));
    }

    named(relation, entry) {
      const first = this.first[this.targets[relation]];
      return ascending(this.packed[relation][entry]).map((each) => each + first);
    }

    /** Entries that name another one, by its number. */
    referring(relation) {
      if (!this.caches[relation]) {
        const found = new Map();
        this.packed[relation].forEach((list, entry) => {
          if (!list) return;
          for (const other of this.named(relation, entry)) {
            if (found.has(other)) found.get(other).push(entry);
            else found.set(other, [entry]);
          }
        });
        this.caches[relation] = found;
      }
      return this.caches[relation];
    }

    get rowsOf() {
      if (!this.caches.rowsOf) {
        const found = Array.from({ length: this.many.event }, () => []);
        this.packedEvents.forEach((_, row) => this.eventsOf(row).forEach((event) => found[event].push(row)));
        this.caches.rowsOf = found;
      }
      return this.caches.rowsOf;
    }

    popularity(entry) {
      if (!this.caches.readers) this.caches.readers = new Int8Array(this.count).fill(-1);
      const known = this.caches.readers;
      if (known[entry] < 0) known[entry] = Math.min(numbers(this.packed.consumer[entry] || "").length, 20);
      return known[entry];
    }

    values(entry, facet) {
      const one = (value) => (value ? [value] : []);
      if (facet === "kind") return [this.kinds[entry]];
      if (facet === "protocol") return this.protocols[this.protocol[entry]];
      if (facet === "lifecycle") return one(this.lifecycles[this.lifecycle[entry]]);
      return this.named(facet, entry).map((each) => this.names[each]);
    }

    /** What tells an entry from others of its kind that have its name; empty: there are none. */
    apart(entry) {
      const key = (each) => `${this.kinds[each]} ${this.names[each]}`;
      if (!this.caches.many) {
        const once = new Set();
        this.caches.many = new Set();
        for (let each = 0; each < this.count; each += 1) (once.has(key(each)) ? this.caches.many : once).add(key(each));
      }
      if (!this.caches.many.has(key(entry))) return "";
      const through = this.kinds[entry] === "event" ? this.values(entry, "channel").slice(0, 1) : [];
      return [...through, ...this.values(entry, "protocol").slice(0, 1)].join(" · ");
    }

    line(entry) {
      if (this.kinds[entry] !== "field") return this.lines[entry] || "";
      const types = new Map();
      const events = new Set();
      for (const row of this.rowsOfField[entry]) {
        const own = this.eventsOf(row);
        own.forEach((event) => events.add(event));
        types.set(this.types[row], (types.get(this.types[row]) || 0) + own.length);
      }
      const every = byCount(types).map(([type]) => type);
      return every.slice(0, 3).join(", ") + (every.length > 3 ? ", …" : "") +
        ` · in ${events.size.toLocaleString("en")} event${events.size === 1 ? "" : "s"}`;
    }
  }

  /* ---- what a typed word may mean --------------------------------------------------------- */

  class Vocabulary {
    constructor(own, synonyms) {
      this.words = own;
      this.synonyms = synonyms;
    }

    from(word) {
      let low = 0;
      let high = this.words.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.words[middle] < word) low = middle + 1; else high = middle;
      }
      return low;
    }

    number(word) {
      const place = this.from(word);
      return this.words[place] === word ? place : -1;
    }

    get byForm() {
      if (!this.forms) {
        this.forms = new Map();
        this.words.forEach((word, number) => {
          const form = stem(word);
          if (this.forms.has(form)) this.forms.get(form).push(number);
          else this.forms.set(form, [number]);
        });
      }
      return this.forms;
    }

    same(word) {
      const found = new Map();
      const exact = this.number(word);
      if (exact >= 0) found.set(exact, 100);
      const one = singular(word);
      for (const number of this.byForm.get(stem(word)) || []) {
        const fit = singular(this.words[number]) === one ? 96 : 80;
        if ((fit === 96 || word.length >= 4) && !found.has(number)) found.set(number, fit);
      }
      return found;
    }

    meant(word, generous) {
      const found = this.same(word);
      let isKnown = found.size > 0;
      for (const synonym of this.synonymsOf(word)) {
        for (const number of this.same(synonym).keys()) {
          if (!found.has(number)) found.set(number, 88);
          isKnown = true;
        }
      }
      const end = this.from(word + "\uffff");
      for (let number = this.from(word); number < end; number += 1) {
        const fit = 45 + Math.floor(40 * word.length / this.words[number].length);
        found.set(number, Math.max(found.get(number) || 0, fit));
      }
      if (generous || !isKnown) {
        for (const [number, fit] of this.mistyped(word)) if (!found.has(number)) found.set(number, fit);
      }
      return found;
    }

    synonymsOf(word) {
      const one = singular(word);
      return this.synonyms.filter((group) => group.some((each) => singular(each) === one))
        .flatMap((group) => group.filter((each) => singular(each) !== one));
    }

    mistyped(word) {
      if (word.length < 3) return new Map();
      const most = word.length >= 6 ? 2 : 1;
      const own = mask(word);
      if (!this.masks) this.masks = Int32Array.from(this.words, mask);
      const found = [null, new Map(), new Map()];
      for (let number = 0; number < this.masks.length; number += 1) {
        if (bits(own & ~this.masks[number]) > most) continue;
        const [whole, start] = errors(word, this.words[number], most);
        const nearest = word.length >= 5 ? Math.min(whole, start) : whole;
        if (nearest > 0 && nearest <= most) {
          const fit = nearest === 1 ? 42 : 28;
          found[nearest].set(number, whole === nearest ? fit : fit - 8);
        }
      }
      return found[1].size ? found[1] : found[2];
    }

    pieces(word) {
      const best = [[], ...new Array(word.length).fill(null)];
      for (let end = 2; end <= word.length; end += 1) {
        for (let start = 0; start <= end - 2; start += 1) {
          const before = best[start];
          if (!before || before.length >= 3) continue;
          const number = this.number(word.slice(start, end));
          if (number >= 0 && (!best[end] || before.length + 1 < best[end].length)) {
            best[end] = [...before, number];
          }
        }
      }
      const made = best[word.length];
      return made && made.length > 1 ? made : [];
    }
  }

  /* ---- which entries fit a term ------------------------------------------------------------ */

  /** The best way in which each entry fits a term. */
  class Fits {
    constructor(count) {
      this.score = new Int32Array(count);
      this.zone = new Int8Array(count);
      this.via = new Int32Array(count);
      this.relation = new Int8Array(count);
      this.entries = [];
    }

    offer(entry, score, zone, via, relation) {
      if (this.score[entry] >= score) return;
      if (!this.score[entry]) this.entries.push(entry);
      this.score[entry] = score;
      this.zone[entry] = zone;
      this.via[entry] = via;
      this.relation[entry] = relation;
    }

    take(others, entry) {
      this.offer(entry, others.score[entry], others.zone[entry], others.via[entry], others.relation[entry]);
    }
  }

  class Finder {
    constructor(index) { this.index = index; }

    term(typed, generous) {
      const fits = new Fits(this.index.count);
      this.offerWords(fits, this.index.vocabulary.meant(typed, generous));
      if (this.index.vocabulary.number(typed) < 0) {
        this.offerTogether(fits, this.index.vocabulary.pieces(typed), 70);
      }
      this.offerKind(fits, singular(typed));
      return this.spread(fits);
    }

    offerKind(fits, kind) {
      if (!Object.hasOwn(this.index.first, kind)) return;
      const first = this.index.first[kind];
      for (let entry = first; entry < first + this.index.many[kind]; entry += 1) {
        if (!fits.score[entry]) fits.offer(entry, 100 * this.index.weights.zones[TEXT], TEXT, OWN, BY_KIND);
      }
    }

    joined(first, second) {
      const number = this.index.vocabulary.number(first + second);
      const fits = new Fits(this.index.count);
      if (number >= 0) this.offerWords(fits, new Map([[number, 70]]));
      return this.spread(fits);
    }

    phrase(typed) {
      const found = typed.map((word) => this.index.vocabulary.number(word));
      const fits = new Fits(this.index.count);
      if (found.every((number) => number >= 0)) this.offerTogether(fits, found, 100);
      return this.spread(fits);
    }

    meant(typed) {
      const fits = new Fits(this.index.count);
      this.offerWords(fits, this.index.vocabulary.same(typed));
      return this.spread(fits, ["field"]).entries;
    }

    offerWords(fits, meant) {
      const { weights, vocabulary } = this.index;
      for (const number of [...meant.keys()].sort((a, b) => a - b)) {
        weights.zones.forEach((weight, zone) => {
          const score = meant.get(number) * weight;
          for (const entry of this.index.of(zone, vocabulary.words[number])) {
            fits.offer(entry, score, zone, OWN, 0);
          }
        });
      }
    }

    offerTogether(fits, found, fit) {
      if (!found.length) return;
      const { weights, vocabulary } = this.index;
      weights.zones.forEach((weight, zone) => {
        let every = this.index.of(zone, vocabulary.words[found[0]]);
        for (const number of found.slice(1)) {
          const own = new Set(this.index.of(zone, vocabulary.words[number]));
          every = every.filter((entry) => own.has(entry));
        }
        for (const entry of every) fits.offer(entry, fit * weight, zone, OWN, 0);
      });
    }

    /** Kinds that spread what they fit lie between the events and the pages. */
    get spreading() {
      return [this.index.many.event, this.index.count - this.index.many.page];
    }

    spread(fits, relations) {
      const { weights } = this.index;
      const [start, end] = this.spreading;
      const named = [];
      for (let entry = start; entry < end; entry += 1) {
        if (fits.score[entry] && fits.zone[entry] <= ALSO) {
          named.push([entry, fits.score[entry], fits.zone[entry]]);
        }
      }
      for (const [entry, score, zone] of named) {
        for (const relation of relations || this.index.relations) {
          const less = Math.floor(score * weights.relations[relation] / 100);
          const place = this.index.relations.indexOf(relation);
          this.naming(relation, entry, (other) => fits.offer(other, less, zone, entry, place));
        }
      }
      return fits;
    }

    together(terms) {
      if (terms.length < 2) return null;
      const { weights } = this.index;
      const [start, end] = this.spreading;
      const found = new Fits(this.index.count);
      for (let entry = start; entry < end; entry += 1) {
        if (!terms.every((fits) => fits.score[entry] && fits.via[entry] === OWN && fits.zone[entry] <= ALSO)) continue;
        const total = terms.reduce((sum, fits) => sum + fits.score[entry], 0);
        this.index.relations.forEach((relation, place) => {
          const score = Math.floor(total * weights.relations[relation] / 100) + weights.together;
          this.naming(relation, entry, (other) => found.offer(other, score, NAME, entry, place));
        });
      }
      return found;
    }

    naming(relation, entry, take) {
      if (relation !== "field") (this.index.referring(relation).get(entry) || []).forEach(take);
      else for (const row of this.index.rowsOfField[entry] || []) this.index.eventsOf(row).forEach(take);
    }

    /* -- conditions -- */

    holding(clause) {
      const { index } = this;
      const { key, value } = clause;
      const every = (fits) => index.kinds.map((_, entry) => entry).filter(fits);
      if (index.targets[key]) {
        if (value === "*") return new Set(every((entry) => index.packed[key][entry]));
        const found = new Set();
        for (const target of this.namedLike(index.targets[key], clause)) {
          this.naming(key, target, (entry) => found.add(entry));
        }
        return found;
      }
      if (key === "field") {
        const found = new Set();
        for (const row of this.rowsLike(clause)) {
          found.add(index.rowField[row]);
          index.eventsOf(row).forEach((event) => found.add(event));
        }
        return found;
      }
      if (key === "kind") return new Set(every((entry) => value === "*" || index.kinds[entry] === keyOf(value)));
      const wanted = words(value).join(" ");
      return new Set(every((entry) => {
        const own = index.values(entry, key);
        return own.length && (value === "*" || own.some((each) => words(each).join(" ") === wanted));
      }));
    }

    namedLike(kind, clause) {
      const { index } = this;
      const own = Array.from({ length: index.many[kind] }, (_, at) => index.first[kind] + at);
      if (clause.exact) {
        const value = clause.value.toLowerCase();
        return own.filter((entry) => index.names[entry].toLowerCase() === value);
      }
      const key = keyOf(clause.value);
      const same = own.filter((entry) => key && keyOf(index.names[entry]) === key);
      if (same.length) return same;
      return clause.words.length ? own.filter((entry) => clause.words.every(
        (each) => index.wordsOf(entry).some((word) => word.startsWith(each)))) : [];
    }

    rowsLike(clause) {
      const { index } = this;
      if (clause.value === "*") return index.rowField.map((_, row) => row);
      const steps = (path) => path.split(".").map(keyOf).filter(Boolean);
      const wanted = steps(clause.value);
      if (wanted.length > 1) {
        const end = "/" + wanted.join("/");
        return index.paths.flatMap((path, row) => (("/" + steps(path).join("/")).endsWith(end) ? [row] : []));
      }
      return this.namedLike("field", clause).flatMap((field) => index.rowsOfField[field]);
    }
  }

  /* ---- queries --------------------------------------------------------------------------- */

  const KEYS = ["field", "domain", "team", "producer", "consumer", "channel", "protocol", "lifecycle", "kind"];
  const ONE_OF = new Set(["domain", "team", "lifecycle", "kind"]);

  function parsed(text) {
    const groups = [];
    const unwanted = [];
    let afterOr = false;
    for (const [, sign, key, quoted, bare] of text.matchAll(/(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S+))/g)) {
      if (bare === "OR" && !sign && !key) { afterOr = true; continue; }
      let value = bare || quoted || "";
      let name = (key || "").toLowerCase();
      if (key && !KEYS.includes(name)) { value = `${key} ${value}`; name = ""; }
      const clause = { words: words(value), key: name, value: name ? value : "", exact: !bare };
      if (clause.words.length || (name && value)) {
        const same = ONE_OF.has(name) && groups.find((group) => group.every((each) => each.key === name));
        if (sign) unwanted.push(clause);
        else if (afterOr && groups.length) groups[groups.length - 1].push(clause);
        else if (same) same.push(clause);
        else groups.push([clause]);
      }
      afterOr = false;
    }
    const wanted = [];
    let last = null;
    for (const group of groups) {
      const plain = group.length === 1 && !group[0].key && !group[0].exact;
      if (plain && last) last.words = last.words.concat(group[0].words);
      else wanted.push(group);
      last = plain ? last || group[0] : null;
    }
    return { wanted, unwanted };
  }

  /* ---- searching ------------------------------------------------------------------------- */

  /** A value as a condition may have it. */
  const quote = (value) => (/^[\w.\-{}]+$/.test(value) ? value : `"${value.replace(/"/g, "")}"`);

  class Search {
    constructor(index) {
      this.index = index;
      this.finder = new Finder(index);
    }

    find(text, most = 10) {
      const query = parsed(text);
      if (!query.wanted.length && !query.unwanted.length) return { count: 0, groups: [], facets: {}, marks: {} };
      let asked = this.asked(query, false);
      let found = this.found(asked, asked.terms.length);
      if (!found.size && asked.terms.length) {
        asked = this.asked(query, true);
        found = this.found(asked, asked.terms.length);
        if (!found.size) found = this.found(asked, (asked.terms.length + 1) >> 1);
      }
      return this.result(asked, found, most);
    }

    asked(query, generous) {
      const terms = this.terms(query, generous);
      return { query, terms, generous, together: this.finder.together(terms.map((term) => term.fits)) };
    }

    terms(query, generous) {
      const terms = [];
      for (const group of query.wanted) {
        if (group.length === 1 && !group[0].key && !group[0].exact) {
          terms.push(...this.wordsOf(group[0].words, generous));
        } else if (group.some((clause) => !clause.key)) {
          const either = new Fits(this.index.count);
          for (const clause of group) {
            const fits = this.clause(clause, generous);
            fits.entries.forEach((entry) => either.take(fits, entry));
          }
          terms.push({ word: group[0].words.join(" "), fits: either });
        }
      }
      return terms;
    }

    wordsOf(typed, generous) {
      const terms = typed.map((word) => ({ word, fits: this.finder.term(word, generous) }));
      for (let place = 0; place + 1 < typed.length; place += 1) {
        const both = this.finder.joined(typed[place], typed[place + 1]);
        for (const entry of both.entries) {
          terms[place].fits.take(both, entry);
          terms[place + 1].fits.take(both, entry);
        }
      }
      return terms;
    }

    clause(clause, generous) {
      const fits = new Fits(this.index.count);
      if (clause.key) {
        for (const entry of this.finder.holding(clause)) fits.offer(entry, 1, TEXT, OWN, 0);
        return fits;
      }
      if (clause.exact) return this.finder.phrase(clause.words);
      const every = this.wordsOf(clause.words, generous).map((term) => term.fits);
      for (const entry of every[0].entries) {
        if (!every.every((own) => own.score[entry])) continue;
        const least = every.reduce((low, own) => (own.score[entry] < low.score[entry] ? own : low));
        fits.take(least, entry);
      }
      return fits;
    }

    found(asked, fewest) {
      const { query, terms } = asked;
      const allowed = this.allowed(query, "");
      if (!terms.length) {
        return new Map([...(allowed || [])].map((entry) => [entry, this.ranked(entry, 1)]));
      }
      const counts = new Int16Array(this.index.count);
      const every = [];
      for (const { fits } of terms) {
        for (const entry of fits.entries) {
          counts[entry] += 1;
          if (counts[entry] === Math.max(fewest, 1)) every.push(entry);
        }
      }
      const banned = this.banned(query);
      const found = new Map();
      for (const entry of every) {
        if (!banned.has(entry) && (!allowed || allowed.has(entry))) found.set(entry, this.score(entry, asked));
      }
      return found;
    }

    allowed(query, but) {
      let allowed = null;
      let hasWords = false;
      for (const group of query.wanted) {
        const keys = new Set(group.map((clause) => clause.key));
        if (keys.has("")) { hasWords = true; continue; }
        if (keys.size === 1 && keys.has(but)) continue;
        const held = new Set();
        for (const clause of group) for (const entry of this.finder.holding(clause)) held.add(entry);
        allowed = allowed ? new Set([...allowed].filter((entry) => held.has(entry))) : held;
      }
      if (!allowed && !hasWords) allowed = new Set(this.index.kinds.keys());
      if (!allowed) return null;
      const banned = this.banned(query);
      return new Set([...allowed].filter((entry) => !banned.has(entry)));
    }

    banned(query) {
      const banned = new Set();
      for (const clause of query.unwanted) {
        let own;
        if (clause.key) own = this.finder.holding(clause);
        else if (clause.exact) own = this.finder.phrase(clause.words).entries;
        else {
          own = this.finder.meant(clause.words[0]);
          for (const word of clause.words.slice(1)) {
            const other = new Set(this.finder.meant(word));
            own = own.filter((entry) => other.has(entry));
          }
        }
        for (const entry of own) banned.add(entry);
      }
      return banned;
    }

    score(entry, asked) {
      const { weights } = this.index;
      let score = 0;
      let own = 0;
      let same = true;
      for (const { fits } of asked.terms) {
        if (!fits.score[entry]) continue;
        score += fits.score[entry];
        if (fits.zone[entry] === NAME && fits.via[entry] === OWN) {
          own += 1;
          same = same && fits.score[entry] >= 96 * weights.zones[NAME];
        }
      }
      const length = this.index.wordsOf(entry).length;
      if (length && own === asked.terms.length) {
        score += Math.floor(weights.wholeName * Math.min(own, length) / length);
        if (same && own >= length) score += weights.wholeName;
        if (this.index.kinds[entry] === "event") score += weights.eventByName;
      }
      if (asked.together) score = Math.max(score, asked.together.score[entry]);
      return this.ranked(entry, score);
    }

    ranked(entry, score) {
      const { weights } = this.index;
      const whole = score + weights.reader * this.index.popularity(entry);
      return this.index.deprecated.has(entry) ? Math.floor(whole * weights.deprecatedPercent / 100) : whole;
    }

    result(asked, found, most) {
      const { index } = this;
      const byKind = Object.fromEntries(index.order.map((kind) => [kind, []]));
      for (const entry of found.keys()) byKind[index.kinds[entry]].push(entry);
      for (const own of Object.values(byKind)) own.sort((a, b) => found.get(b) - found.get(a) || a - b);
      const groups = index.order.filter((kind) => byKind[kind].length)
        .map((kind) => ({ kind, entries: byKind[kind], best: found.get(byKind[kind][0]) }))
        .sort((a, b) => b.best - a.best)
        .map(({ kind, entries }) => ({
          kind,
          count: entries.length,
          hits: entries.slice(0, most).map((entry) => this.hit(entry, found.get(entry), asked)),
        }));
      const facets = Object.fromEntries(index.facets.map((facet) => [facet, this.facet(facet, asked, found)]));
      return { count: found.size, groups, facets, marks: this.marks(asked) };
    }

    facet(facet, asked, found) {
      const { query, terms } = asked;
      let entries = found.keys();
      if (query.wanted.some((group) => group.every((clause) => clause.key === facet))) {
        const allowed = this.allowed(query, facet);
        const banned = this.banned(query);
        let fitting = terms.length
          ? terms[0].fits.entries.filter((entry) => terms.every(({ fits }) => fits.score[entry]))
          : [...(allowed || [])];
        fitting = fitting.filter((entry) => !banned.has(entry));
        entries = allowed ? fitting.filter((entry) => allowed.has(entry)) : fitting;
      }
      const counts = new Map();
      for (const entry of entries) {
        for (const value of this.index.values(entry, facet)) counts.set(value, (counts.get(value) || 0) + 1);
      }
      return byCount(counts);
    }

    hit(entry, score, asked) {
      const { index } = this;
      const reasons = new Map();
      const add = (reason) => reasons.set(JSON.stringify(reason), reason);
      for (const clause of asked.query.wanted.flat()) {
        if (clause.key !== "field") continue;
        const own = new Set(index.rowsOf[entry] || []);
        const row = this.finder.rowsLike(clause).find((each) => own.has(each));
        if (row !== undefined) add(this.ofField(row));
      }
      const sum = asked.terms.reduce((total, { fits }) => total + fits.score[entry], 0);
      const whole = asked.together && asked.together.score[entry] > sum;
      for (const fits of whole ? [asked.together] : asked.terms.map((term) => term.fits)) {
        if (!fits.score[entry]) continue;
        const reason = this.reason(entry, fits);
        if (reason) add(reason);
      }
      return {
        entry,
        kind: index.kinds[entry],
        id: index.id(entry),
        name: index.names[entry],
        line: index.line(entry),
        team: index.values(entry, "team")[0] || "",
        domain: index.values(entry, "domain")[0] || "",
        apart: index.apart(entry),
        deprecated: index.deprecated.has(entry),
        score,
        reasons: [...reasons.values()],
        missing: asked.terms.filter(({ fits }) => !fits.score[entry]).map(({ word }) => word),
      };
    }

    reason(entry, fits) {
      const via = fits.via[entry];
      if (via === OWN) return fits.zone[entry] === NAME || fits.relation[entry] === BY_KIND ? null : { relation: ZONES[fits.zone[entry]], text: "" };
      const relation = this.index.relations[fits.relation[entry]];
      if (relation === "field") {
        return this.ofField(this.index.rowsOf[entry].find((row) => this.index.rowField[row] === via));
      }
      return { relation, text: this.index.names[via] };
    }

    ofField(row) {
      const { index } = this;
      return { relation: "field", text: index.paths[row], type: index.types[row], required: index.required[row] };
    }

    /** The events most like a planned one; see `Likeness`. */
    compare(draft, most) {
      this.likeness = this.likeness || new engine.Likeness(this.index);
      return this.likeness.compare(draft, most);
    }

    /** Queries that find something here, for whoever does not know what to ask. */
    examples() {
      const { index } = this;
      const most = (kind, count) => {
        let best = -1;
        for (let entry = index.first[kind]; entry < index.first[kind] + index.many[kind]; entry += 1) {
          if (best < 0 || count(entry) > count(best)) best = entry;
        }
        return best;
      };
      const found = [];
      const event = most("event", (entry) => index.popularity(entry) - 30 * index.deprecated.has(entry));
      if (event >= 0) found.push([[...index.wordsOf(event)].reverse().join(" "), "words in any order; nearly right will do"]);
      const field = most("field", (entry) => index.rowsOfField[entry].reduce((sum, row) => sum + index.eventsOf(row).length, 0));
      if (field >= 0) found.push([`field:${quote(index.names[field])}`, "events that carry a field"]);
      const domain = most("domain", (entry) => (index.referring("domain").get(entry) || []).length);
      if (domain >= 0) found.push([`domain:${quote(index.names[domain])} -lifecycle:deprecated`, "conditions, and what must not be"]);
      const service = most("service", (entry) => (index.referring("producer").get(entry) || []).length);
      if (service >= 0) found.push([`producer:${quote(index.names[service])}`, "what a service sends; consumer: what it reads"]);
      return [...found, ["-consumer:* kind:event", "events that nobody reads"]];
    }

    /** The words that were meant, with how many letters of each to mark. */
    marks(asked) {
      const { vocabulary } = this.index;
      const marks = Object.create(null);
      const meant = asked.query.wanted.flat().flatMap((clause) => (clause.exact || clause.key ? [] : clause.words));
      for (const word of meant) {
        for (const number of vocabulary.meant(word, asked.generous).keys()) {
          const own = vocabulary.words[number];
          marks[own] = Math.max(marks[own] || 0, own.startsWith(word) ? word.length : own.length);
        }
        if (vocabulary.number(word) < 0) {
          for (const number of vocabulary.pieces(word)) marks[vocabulary.words[number]] = vocabulary.words[number].length;
        }
      }
      for (const clause of asked.query.wanted.flat()) {
        if (clause.exact && !clause.key) for (const word of clause.words) marks[word] = word.length;
      }
      return marks;
    }

    /** How the last word of a query may go on: keys, and values of a key with their counts. */
    completions(text, most = 8) {
      const last = /(?:^|\s)(-?)([^\s"]*(?:"[^"]*)?)$/.exec(text);
      if (!last || !last[2]) return [];
      const start = text.slice(0, text.length - last[2].length);
      const [, key, begun] = /^([A-Za-z]+):"?(.*)$/.exec(last[2]) || [];
      if (key === undefined) {
        const typed = last[2].toLowerCase();
        return KEYS.filter((each) => each.startsWith(typed) && typed.length > 1)
          .map((each) => ({ text: `${start}${each}:`, label: `${each}:`, count: null }));
      }
      const name = key.toLowerCase();
      const { index } = this;
      const counts = new Map();
      const kind = index.targets[name] || (name === "field" ? "field" : "");
      if (kind) {
        for (let entry = index.first[kind]; entry < index.first[kind] + index.many[kind]; entry += 1) {
          const wanted = words(begun);
          const own = index.wordsOf(entry);
          if (!wanted.every((each) => own.some((word) => word.startsWith(each)))) continue;
          const events = new Set();
          this.finder.naming(name, entry, (event) => events.add(event));
          if (events.size) counts.set(index.names[entry], events.size);
        }
      } else if (KEYS.includes(name)) {
        for (let entry = 0; entry < index.count; entry += 1) {
          for (const value of index.values(entry, name)) {
            if (value.toLowerCase().startsWith(begun.toLowerCase())) counts.set(value, (counts.get(value) || 0) + 1);
          }
        }
      }
      return byCount(counts).slice(0, most)
        .map(([value, count]) => ({ text: `${start}${name}:${quote(value)} `, label: `${name}:${quote(value)}`, count }));
    }
  }

  /* ---- loading: the data scripts call `catalogSearch` -------------------------------------- */

  const engine = { search: null, index: null, words, keyOf, singular, stem, loaded: () => {} };
  scope.catalogSearchEngine = engine;
  scope.catalogSearch = function (part) {
    if (part.part === "names") {
      engine.index = new Index(part);
      engine.search = new Search(engine.index);
    } else if (engine.index && engine.index.build === part.build) {
      engine.index.take(part, [2, 3]);
    } else {
      engine.loaded("stale");
      return;
    }
    engine.loaded(part.part);
  };

  /* ---- in a worker: questions come as messages ---------------------------------------------- */

  if (typeof scope.importScripts === "function" && typeof scope.document === "undefined") {
    engine.loaded = (part) => scope.postMessage({ loaded: part });
    scope.onmessage = ({ data }) => {
      if (data.load) {
        try { scope.importScripts(data.load); } catch (error) { scope.postMessage({ failed: data.load, why: String(error) }); }
        return;
      }
      scope.postMessage({ id: data.id, answer: engine.answer(data) });
    };
    scope.postMessage({ ready: true });
  }
  engine.answer = (asked) => engine.search && engine.search[asked.ask](...asked.with);
})(typeof self === "undefined" ? globalThis : self);
