/* The search as a dialogue: what is typed goes to the engine, what it finds is shown. */
(function (search) {
  "use strict";
  const TITLES = {
    event: "Events", field: "Fields", service: "Services", channel: "Channels",
    team: "Teams", domain: "Domains", page: "Pages",
  };
  const FOLDERS = { event: "events", service: "services", channel: "channels", team: "teams", domain: "domains" };
  const FACETS = { kind: "Kind", domain: "Domain", team: "Team", protocol: "Protocol", lifecycle: "Lifecycle" };
  const RELATIONS = { channel: "channel", team: "team", domain: "domain", producer: "sent by" };
  const PLACES = { also: "under another name", line: "in its summary", text: "in its description" };
  const MOST = { first: 6, more: 50 };
  const RECENT = "catalog-recent-searches";
  const WORD = /[Vv][0-9]+(?![a-z0-9])|[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+/g;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  /** The text with the words that were meant marked. */
  function marked(text, marks) {
    const made = document.createDocumentFragment();
    let done = 0;
    for (const found of text.matchAll(WORD)) {
      const plain = found[0].normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
      const letters = plain.length === found[0].length ? marks[plain] : 0;
      if (!letters) continue;
      made.append(text.slice(done, found.index), element("mark", {}, text.slice(found.index, found.index + letters)));
      done = found.index + letters;
    }
    made.append(text.slice(done));
    return made;
  }

  const recent = {
    all() {
      try { return JSON.parse(localStorage.getItem(RECENT)) || []; } catch { return []; }
    },
    add(query) {
      const kept = [query, ...recent.all().filter((each) => each !== query)].slice(0, 6);
      try { localStorage.setItem(RECENT, JSON.stringify(kept)); } catch { /* nothing is kept */ }
    },
    clear() {
      try { localStorage.removeItem(RECENT); } catch { /* nothing was kept */ }
    },
  };

  function address(hit) {
    if (hit.kind === "page") return new URL(hit.id, search.root).href;
    if (hit.kind === "field") return `${new URL(search.files.home, search.root).href}?q=${encodeURIComponent(fieldQuery(hit))}`;
    return new URL(`${FOLDERS[hit.kind]}/${encodeURIComponent(hit.id)}${search.files.suffix}`, search.root).href;
  }

  const quoted = (value) => (/^[\w.\-{}]+$/.test(value) ? value : `"${value.replace(/"/g, "")}"`);
  const fieldQuery = (hit) => `field:${quoted(hit.name)} kind:event`;
  const count = (number) => number.toLocaleString("en");

  class Box {
    constructor() {
      this.input = element("input", {
        type: "text", inputmode: "search", class: "cs-input", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
        "aria-controls": "cs-results", "aria-label": "Search the catalogue", placeholder: "Event, field, service, channel, team…",
        autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
      });
      this.close = element("button", { type: "button", class: "cs-close", "aria-label": "Close the search" }, "Esc");
      this.complete = element("div", { class: "cs-complete", role: "group", "aria-label": "Complete the condition", hidden: true });
      this.facets = element("div", { class: "cs-facets", role: "group", "aria-label": "Narrow the results" });
      this.results = element("div", { class: "cs-results", id: "cs-results", role: "listbox", "aria-label": "Results" });
      this.start = element("div", { class: "cs-start" });
      this.status = element("p", { class: "cs-status", role: "status" });
      this.share = element("button", { type: "button", class: "cs-share" }, "Copy link");
      this.body = element("div", { class: "cs-body" }, this.facets, element("div", { class: "cs-main", role: "group", tabindex: "0", "aria-label": "What was found" }, this.start, this.results));
      this.dialog = element("dialog", { class: "cs", "aria-label": "Search the catalogue" },
        element("div", { class: "cs-head" }, this.input, this.close), this.complete, this.body,
        element("div", { class: "cs-foot" }, this.status,
          element("span", { class: "cs-keys", "aria-hidden": "true" }, element("kbd", {}, "↑"), element("kbd", {}, "↓"), " move ", element("kbd", {}, "↵"), " open"),
          this.share));
      document.body.append(this.dialog);
      this.more = new Set();
      this.active = -1;
      this.listen();
    }

    listen() {
      this.input.addEventListener("input", () => { this.more.clear(); this.asked(); });
      this.close.addEventListener("click", () => this.dialog.close());
      this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
      this.dialog.addEventListener("keydown", (event) => this.key(event));
      this.dialog.addEventListener("close", () => { if (this.before && this.before.focus) this.before.focus(); });
      this.share.addEventListener("click", () => this.copy());
      this.results.addEventListener("click", (event) => {
        const more = event.target.closest("[data-more]");
        const hit = event.target.closest("[data-hit]");
        if (more) { this.more.add(more.dataset.more); this.asked(); this.input.focus(); }
        if (hit && !event.defaultPrevented) this.opened(event, hit);
      });
    }

    open(query) {
      if (!this.dialog.open) {
        this.before = document.activeElement;
        this.dialog.showModal();
      }
      if (query !== undefined) this.input.value = query;
      this.input.focus();
      if (query === undefined) this.input.select();
      this.asked();
    }

    key(event) {
      const options = this.options;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!options.length || !this.inInput(event)) return;
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.activate((this.active + step + options.length) % options.length);
      } else if (event.key === "Enter" && this.inInput(event)) {
        event.preventDefault();
        const chosen = options[Math.max(this.active, 0)];
        if (chosen) chosen.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
      } else if (event.key === "Tab" && !event.shiftKey && this.inInput(event) && this.completion && !event.altKey) {
        event.preventDefault();
        this.fill(this.completion);
      }
    }

    inInput(event) { return event.target === this.input; }

    get options() { return [...this.results.querySelectorAll("[role=option]")]; }

    activate(place) {
      const options = this.options;
      options.forEach((option, at) => option.setAttribute("aria-selected", at === place ? "true" : "false"));
      this.active = place;
      const option = options[place];
      if (option) {
        this.input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else this.input.removeAttribute("aria-activedescendant");
    }

    opened(event, option) {
      recent.add(this.input.value.trim());
      if (option.dataset.hit === "field" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.fill(option.dataset.query);
      } else if (!event.isTrusted) {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) window.open(option.href, "_blank", "noopener");
        else location.href = option.href;
      } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.dialog.close();
    }

    fill(text) {
      this.input.value = text;
      this.input.focus();
      this.more.clear();
      this.asked();
    }

    /** Asks for what is typed now; while an answer is under way, only the last question waits. */
    async asked() {
      this.wanted = true;
      if (this.asking) return;
      this.asking = true;
      const engine = search.engine();
      while (this.wanted) {
        this.wanted = false;
        const text = this.input.value;
        if (!engine.parts.names) this.status.textContent = "Loading the index…";
        const most = this.more.size ? MOST.more : MOST.first;
        const result = text.trim() ? await engine.ask("find", text, most) : null;
        const completions = text.trim() ? await engine.ask("completions", text) : [];
        if (!text.trim() && !this.examples) this.examples = await engine.ask("examples");
        if (!this.wanted) this.show(text, result, completions);
        if (!engine.parts.texts && !this.waiting) {
          this.waiting = true;
          engine.when("texts").then(() => this.asked());
        }
      }
      this.asking = false;
    }

    show(text, result, completions) {
      const chosen = text === this.shown && this.active > 0 ? this.options[this.active] : null;
      this.shown = text;
      this.showCompletions(text, completions);
      this.body.classList.toggle("cs-body--empty", !result);
      this.start.replaceChildren();
      this.results.replaceChildren();
      this.facets.replaceChildren();
      this.share.hidden = !result;
      this.results.hidden = !result || !result.count;
      this.activate(-1);
      if (!result) {
        this.input.setAttribute("aria-expanded", "false");
        this.status.textContent = "";
        this.start.append(...this.beginnings());
        return;
      }
      let number = 0;
      for (const group of result.groups) {
        const all = this.more.has(group.kind);
        const hits = all ? group.hits : group.hits.slice(0, MOST.first);
        const label = `cs-group-${group.kind}`;
        const section = element("div", { role: "group", "aria-labelledby": label, class: "cs-group" },
          element("div", { class: "cs-group__title", id: label, role: "presentation" }, TITLES[group.kind],
            element("span", { class: "cs-count" }, count(group.count))));
        for (const hit of hits) section.append(this.option(hit, result.marks, number += 1));
        this.results.append(section);
        const rest = group.count - hits.length;
        if (rest > 0 && !all) {
          section.append(element("button", { type: "button", class: "cs-more", "data-more": group.kind, tabindex: "-1", "aria-hidden": "true" },
            `Show ${count(Math.min(rest, MOST.more - MOST.first))} more`));
        } else if (rest > 0) section.append(element("p", { class: "cs-rest", role: "presentation" }, `and ${count(rest)} more: add a word or a condition`));
      }
      this.input.setAttribute("aria-expanded", String(Boolean(result.count)));
      // More is known of the same question: whoever has moved to a hit keeps it.
      const place = chosen ? this.options.findIndex((option) => option.href === chosen.href) : 0;
      this.activate(result.count ? Math.max(place, 0) : -1);
      this.showFacets(text, result);
      this.status.textContent = result.count
        ? `${count(result.count)} result${result.count === 1 ? "" : "s"}`
        : "Nothing fits.";
      if (!result.count) {
        this.start.append(element("p", { class: "cs-none" }, "Nothing in the catalogue fits. Remove a word or a condition",
          search.files.similar ? ", or " : ".",
          search.files.similar ? element("a", { href: new URL(search.files.similar, search.root).href + `?name=${encodeURIComponent(text)}` }, "compare what you plan with what there is") : "",
          search.files.similar ? "." : ""));
      }
    }

    option(hit, marks, number) {
      const reasons = hit.reasons.map((reason) => this.reason(reason, marks));
      hit.missing.forEach((word) => reasons.push(element("span", { class: "cs-why" }, "without ", element("s", {}, word))));
      const about = hit.kind === "field" ? hit.line : [hit.apart, hit.domain, hit.team].filter(Boolean).join(" · ");
      const made = element("a", {
        role: "option", id: `cs-option-${number}`, class: "cs-hit", href: address(hit), tabindex: "-1",
        "aria-selected": "false", "data-hit": hit.kind, "data-query": hit.kind === "field" ? fieldQuery(hit) : null,
      },
      element("span", { class: "cs-hit__name" }, element("span", {}, marked(hit.name, marks)),
        hit.deprecated ? element("span", { class: "cs-badge" }, "deprecated") : "",
        about ? element("span", { class: "cs-hit__about" }, about) : ""),
      hit.line && hit.kind !== "field" ? element("span", { class: "cs-hit__line" }, marked(hit.line, marks)) : "",
      reasons.length ? element("span", { class: "cs-hit__why" }, ...reasons) : "");
      return made;
    }

    reason(reason, marks) {
      if (reason.relation === "field") {
        return element("span", { class: "cs-why" }, "field ", element("code", {}, marked(reason.text, marks)),
          ` ${reason.type}${reason.required ? " · required" : ""}`);
      }
      const place = PLACES[reason.relation];
      return element("span", { class: "cs-why" }, place || `${RELATIONS[reason.relation]} `, place ? "" : marked(reason.text, marks));
    }

    showCompletions(text, completions) {
      const useful = completions.filter((each) => each.text.trim() !== text.trim());
      this.completion = useful.length ? useful[0].text : null;
      this.complete.hidden = !useful.length;
      this.complete.replaceChildren(...useful.map((each, place) => {
        const made = element("button", { type: "button", class: "cs-chip" }, each.label,
          each.count === null ? "" : element("span", { class: "cs-count" }, count(each.count)),
          place ? "" : element("kbd", { "aria-hidden": "true" }, "Tab"));
        made.addEventListener("click", () => this.fill(each.text));
        return made;
      }));
    }

    showFacets(text, result) {
      for (const [facet, title] of Object.entries(FACETS)) {
        const values = result.facets[facet] || [];
        const chosen = (value) => this.has(text, facet, value);
        if (values.length < 2 && !values.some(([value]) => chosen(value))) continue;
        const box = element("div", { class: "cs-facet", role: "group", "aria-label": title }, element("span", { class: "cs-facet__title" }, title));
        values.slice(0, 7).forEach(([value, number]) => {
          const made = element("button", { type: "button", class: "cs-facet__value", "aria-pressed": String(chosen(value)) },
            element("span", {}, value), element("span", { class: "cs-count" }, count(number)));
          made.addEventListener("click", () => this.toggle(facet, value));
          box.append(made);
        });
        this.facets.append(box);
      }
    }

    condition(facet, value) { return `${facet}:${quoted(value)}`; }

    has(text, facet, value) {
      return (` ${text} `).toLowerCase().includes(` ${this.condition(facet, value).toLowerCase()} `);
    }

    toggle(facet, value) {
      const text = this.input.value.trim();
      const own = this.condition(facet, value);
      const place = (` ${text} `).toLowerCase().indexOf(` ${own.toLowerCase()} `);
      this.fill(place < 0 ? `${text} ${own}` : `${text.slice(0, place)}${text.slice(place + own.length)}`.replace(/\s+/g, " ").trim());
    }

    beginnings() {
      const made = [];
      const offer = (text, meaning) => {
        const button = element("button", { type: "button", class: "cs-offer" }, element("code", {}, text), meaning ? element("span", {}, meaning) : "");
        button.addEventListener("click", () => this.fill(text));
        return button;
      };
      const earlier = recent.all();
      if (earlier.length) {
        const clear = element("button", { type: "button", class: "cs-link" }, "forget them");
        clear.addEventListener("click", () => { recent.clear(); this.asked(); });
        made.push(element("p", { class: "cs-start__title" }, "Lately searched ", clear), ...earlier.map((each) => offer(each)));
      }
      made.push(element("p", { class: "cs-start__title" }, "One can ask"), ...(this.examples || []).map((each) => offer(...each)));
      if (search.files.similar) {
        made.push(element("p", { class: "cs-start__more" }, "About to create an event? ",
          element("a", { href: new URL(search.files.similar, search.root).href }, "Compare it with what there is")));
      }
      return made;
    }

    async copy() {
      const link = new URL(search.files.home, search.root);
      link.search = new URLSearchParams({ q: this.input.value }).toString();
      try {
        await navigator.clipboard.writeText(link.href);
        this.status.textContent = "The link is copied.";
      } catch {
        this.status.textContent = link.href;
      }
    }
  }

  search.box = new Box();
})(window.catalogSearchBox);
