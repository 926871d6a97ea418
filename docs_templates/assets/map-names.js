/* Names made short so that those beside each other can still be told apart. */
(function () {
  "use strict";
  const map = window.catalogMap;

  function middleCut(name, longest) {
    if (name.length <= longest) return name;
    const tail = Math.floor(longest / 2);
    return `${name.slice(0, longest - tail - 1)}…${name.slice(-tail)}`;
  }

  /** A window on the name from just before where it begins to differ. */
  function cutAround(name, differs, longest) {
    const head = Math.max(1, Math.floor(longest / 4));
    const start = Math.max(head + 1, Math.min(differs - 1, name.length - (longest - head - 1)));
    const room = longest - head - 1;
    const rest = name.slice(start);
    return `${name.slice(0, head)}…${rest.length <= room ? rest : `${rest.slice(0, room - 1)}…`}`;
  }

  function sharedStart(names) {
    let end = 0;
    while (end < names[0].length && names.every((each) => each[end] === names[0][end])) end += 1;
    return end;
  }

  /** Short forms by name, no two the same unless the names are. */
  function shorten(names, longest) {
    const unique = [...new Set(names)];
    const short = new Map(unique.map((name) => [name, middleCut(name, longest)]));
    const alike = new Map();
    short.forEach((cut, name) => alike.set(cut, [...(alike.get(cut) || []), name]));
    for (const same of alike.values()) {
      if (same.length < 2) continue;
      const differs = sharedStart(same);
      same.forEach((name) => short.set(name, name.length <= longest ? name : cutAround(name, differs, longest)));
    }
    const taken = new Set();
    for (const [name, cut] of short) {
      let own = cut;
      for (let number = 2; taken.has(own); number += 1) own = `${cut.slice(0, longest - 2 - String(number).length)}…${number}`;
      taken.add(own);
      short.set(name, own);
    }
    return short;
  }

  /** A name on at most two lines, broken between words where that is possible, each cut to fit. */
  function lines(name, longest) {
    if (name.length <= longest) return [name];
    const breaks = [...name].flatMap((char, place) => (/[-\s._]/.test(char) ? [place + 1]
      : place && /[A-Z]/.test(char) && /[a-z0-9]/.test(name[place - 1]) ? [place] : []));
    const longer = (place) => Math.max(place, name.length - place);
    const at = breaks.sort((a, b) => longer(a) - longer(b))[0] ?? longest;
    return [name.slice(0, at), name.slice(at)].map((each) => middleCut(each.trim(), longest)).filter(Boolean);
  }

  map.names = { shorten, middleCut, lines };
})();
