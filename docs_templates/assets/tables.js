/* Tables that sort, narrow and save themselves. Without this script they are still readable. */
(function () {
  "use strict";
  const PAGE = 100;
  const LISTED = 100;
  const MANY = 12;
  const NONE = "—";
  const CLASSES = { date: "cat-date", number: "cat-number", name: "cat-name", place: "cat-place-cell" };
  const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const waiting = new Map();

  /** Plain values of a cell, for search, facets, sorting and CSV. */
  function values(kind, cell) {
    switch (kind) {
      case "name": return [cell[0]];
      case "link": case "place": return cell[0] ? [cell[0]] : [];
      case "links": return cell.map((each) => each[0]);
      case "texts": return cell;
      default: return cell === "" ? [] : [String(cell)];
    }
  }

  function haystack(columns, row) {
    const parts = columns.flatMap((column, index) => {
      const own = values(column.kind, row[index]);
      return column.kind === "name" ? own.concat(row[index][2] || "") : own;
    });
    const text = parts.join(" ");
    const words = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[-_./]+/g, " ");
    return (text + " " + words).toLowerCase();
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  function link(text, address, base) {
    if (!address) return element("span", {}, ...ticked(text));
    const href = /^https?:/.test(address) ? address : base + address;
    return element("a", { href }, ...ticked(text));
  }

  /** What stands between backticks is code. */
  function ticked(text) {
    const parts = text.split("`");
    if (parts.length % 2 === 0) return [text];
    return parts.map((part, index) => (index % 2 ? element("code", {}, part) : part));
  }

  function joined(nodes) {
    return nodes.flatMap((node, index) => (index ? [", ", node] : [node]));
  }

  function fill(td, column, cell, base) {
    switch (column.kind) {
      case "name":
        td.append(link(cell[0], cell[1], base));
        if (cell[2]) td.append(element("span", { class: "cat-line" }, ...ticked(cell[2])));
        break;
      case "link": case "place": td.append(link(cell[0], cell[1], base)); break;
      case "links": {
        td.append(...joined(cell.slice(0, 3).map((each) => link(each[0], each[1], base))));
        if (cell.length > 3) {
          td.append(element("span", { class: "cat-quiet" }, ` and ${cell.length - 3} more`));
        }
        break;
      }
      case "texts": td.append(cell.join(", ")); break;
      case "badge":
        if (cell) td.append(element("span", { class: `cat-badge cat-badge--${cell}` }, cell));
        break;
      case "code": td.append(element("code", {}, cell)); break;
      case "number": td.append(cell.toLocaleString("en")); break;
      default: td.append(cell);
    }
  }

  function csv(columns, rows) {
    const quote = (text) => {
      const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
      return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
    };
    const lines = rows.map((row) =>
      columns.map((column, index) => quote(values(column.kind, row[index]).join("; "))).join(","));
    return [columns.map((column) => quote(column.title)).join(","), ...lines].join("\r\n") + "\r\n";
  }

  /** What may stand in a sort's comparison: numbers, or texts. */
  function sortKey(kind, cell) {
    if (kind === "number") return cell;
    const own = values(kind, cell);
    return kind === "links" ? own.length : own.join(", ");
  }

  class Facet {
    constructor(table, box, column, index) {
      Object.assign(this, { table, box, column, index, chosen: new Set() });
      this.label = box.querySelector("summary");
      this.list = element("div", { class: "cat-facet__values", role: "group", "aria-label": column.title });
      this.find = element("input", {
        type: "search", class: "cat-facet__find", placeholder: "Find", autocomplete: "off", hidden: true,
        "aria-label": `Find in ${column.title}`,
      });
      this.rest = element("p", { class: "cat-quiet", hidden: true });
      box.append(element("div", { class: "cat-facet__list" }, this.find, this.list, this.rest));
      box.addEventListener("toggle", () => {
        if (!box.open) return;
        this.find.value = "";
        table.need();
        this.draw();
      });
      this.find.addEventListener("input", () => this.draw());
      this.list.addEventListener("change", (event) => {
        const { value, checked } = event.target;
        if (checked) this.chosen.add(value); else this.chosen.delete(value);
        table.changed(false);
      });
    }

    of(row) {
      const own = values(this.column.kind, row.cells[this.index]);
      return own.length ? own : [NONE];
    }

    fits(row) {
      return !this.chosen.size || this.of(row).some((value) => this.chosen.has(value));
    }

    /** Every value, and in how many rows it stands of those that all the rest leaves. */
    counts() {
      const counts = new Map([...this.chosen].map((value) => [value, 0]));
      for (const row of this.table.matching(this)) {
        for (const value of new Set(this.of(row))) counts.set(value, (counts.get(value) || 0) + 1);
      }
      return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    }

    draw() {
      this.label.textContent = this.column.title + (this.chosen.size ? ` · ${this.chosen.size}` : "");
      this.box.classList.toggle("cat-facet--active", this.chosen.size > 0);
      if (!this.box.open) return;
      if (!this.table.isWhole) {
        this.list.replaceChildren(element("span", { class: "cat-quiet" }, "Reading…"));
        return;
      }
      const every = this.counts();
      const wanted = this.find.value.toLowerCase();
      const found = every.filter(([value]) => value.toLowerCase().includes(wanted));
      const held = this.list.contains(document.activeElement) ? document.activeElement.value : null;
      this.find.hidden = every.length <= MANY;
      this.list.replaceChildren(...found.slice(0, LISTED).map(([value, count]) => element("label", {},
        element("input", { type: "checkbox", value, checked: this.chosen.has(value) }),
        element("bdi", {}, value),
        element("span", { class: "cat-quiet" }, count.toLocaleString("en")))));
      if (held !== null) [...this.list.querySelectorAll("input")].find((each) => each.value === held)?.focus();
      const more = found.length - LISTED;
      this.rest.hidden = more <= 0 && found.length > 0;
      this.rest.textContent = found.length ? `${more.toLocaleString("en")} more; find them by name.` : "None.";
    }
  }

  class DataTable {
    constructor(host, data) {
      this.host = host;
      this.base = host.dataset.base;
      this.columns = data.columns;
      this.noun = data.noun;
      this.prefix = data.prefix;
      this.total = data.count;
      this.missing = data.more;
      this.parts = [data.rows];
      this.failed = false;
      this.join();
      this.tools = host.querySelector(".cat-table__tools");
      this.query = host.querySelector(".cat-table__query");
      this.order = host.querySelector(".cat-table__order select");
      this.body = host.querySelector("tbody");
      this.count = host.querySelector(".cat-table__count");
      this.chips = host.querySelector(".cat-table__chips");
      this.more = host.querySelector(".cat-table__more button");
      this.listen();
      this.read();
      window.addEventListener("popstate", () => { this.read(); this.draw(); });
      if (this.isPlain) this.current = this.rows; else this.draw();
    }

    get isWhole() { return this.missing.length === 0; }

    get isNarrowed() { return Boolean(this.query.value.trim()) || this.facets.some((facet) => facet.chosen.size); }

    get isPlain() { return !this.isNarrowed && !this.sort.key; }

    /** The rows that are there, in their order. */
    join() {
      this.rows = this.parts.flat().map((cells) => ({ cells, text: null }));
    }

    /** Reads the rest of the rows, once; what is shown follows when they are there. */
    need() {
      if (this.isWhole) return Promise.resolve();
      const name = this.host.dataset.table;
      const root = new URL(this.base || ".", location.href);
      const load = (path, index) => new Promise((done, failed) => {
        waiting.set(`${name} ${index + 1}`, (rows) => { this.parts[index + 1] = rows; });
        const script = element("script", { src: new URL(path, root).href });
        script.addEventListener("load", done);
        script.addEventListener("error", failed);
        document.head.append(script);
      });
      this.reading ||= Promise.all(this.missing.map(load))
        .then(() => { this.missing = []; this.join(); }, () => { this.failed = true; })
        .then(() => this.draw());
      return this.reading;
    }

    listen() {
      this.query.addEventListener("input", () => this.changed(true));
      this.facets = [...this.tools.querySelectorAll(".cat-facet")].map((box) => {
        const index = this.columns.findIndex((column) => column.key === box.dataset.key);
        return new Facet(this, box, this.columns[index], index);
      });
      this.tools.querySelector("[data-save]").addEventListener("click", () => this.save());
      this.more.addEventListener("click", async () => {
        const first = this.body.rows.length;
        this.shown += PAGE;
        if (this.shown > this.rows.length) await this.need();
        this.draw();
        this.body.rows[first]?.querySelector("a, button")?.focus();
      });
      this.order.addEventListener("change", () => {
        this.sort = DataTable.sortOf(this.order.value);
        this.changed(false);
      });
      this.heads = [...this.host.querySelectorAll("thead th")];
      this.heads.forEach((head) => {
        const button = element("button", { type: "button", class: "cat-sort" }, ...head.childNodes);
        button.addEventListener("click", () => this.sortBy(head.dataset.key));
        head.append(button);
      });
      document.addEventListener("click", (event) => this.close(event.target));
      this.tools.addEventListener("focusout", (event) => event.relatedTarget && this.close(event.relatedTarget));
      this.tools.addEventListener("keydown", (event) => {
        const open = event.target.closest("details[open]");
        if (event.key !== "Escape" || !open) return;
        open.open = false;
        open.querySelector("summary").focus();
      });
    }

    /** Closes the lists that somebody went away from. */
    close(target) {
      this.facets.forEach(({ box }) => { if (box.open && !box.contains(target)) box.open = false; });
    }

    static sortOf(text) {
      return { key: text.replace(/^-/, ""), down: text.startsWith("-") };
    }

    get sortText() { return (this.sort.down ? "-" : "") + this.sort.key; }

    read() {
      const state = new URLSearchParams(location.search);
      this.query.value = state.get(`${this.prefix}q`) || "";
      this.facets.forEach((facet) => { facet.chosen = new Set(state.getAll(this.prefix + facet.column.key)); });
      this.sort = DataTable.sortOf(state.get(`${this.prefix}sort`) || "");
      if (!this.columns.some((column) => column.key === this.sort.key)) this.sort = DataTable.sortOf("");
      this.shown = PAGE;
    }

    write(replace) {
      const state = new URLSearchParams(location.search);
      const set = (key, all) => {
        state.delete(this.prefix + key);
        all.filter(Boolean).forEach((value) => state.append(this.prefix + key, value));
      };
      set("q", [this.query.value]);
      this.facets.forEach((facet) => set(facet.column.key, [...facet.chosen].sort()));
      set("sort", [this.sortText]);
      const search = state.toString();
      const address = location.pathname + (search ? "?" + search : "") + location.hash;
      try {
        history[replace ? "replaceState" : "pushState"](null, "", address);
      } catch { /* a page opened from a folder may not change its address */ }
    }

    changed(typing) {
      this.shown = PAGE;
      this.write(typing);
      this.draw();
    }

    sortBy(key) {
      if (this.sort.key !== key) this.sort = { key, down: false };
      else this.sort = this.sort.down ? { key: "", down: false } : { key, down: true };
      this.changed(false);
    }

    matching(skipped) {
      const words = this.query.value.toLowerCase().split(/\s+/).filter(Boolean);
      const active = this.facets.filter((facet) => facet !== skipped && facet.chosen.size);
      return this.rows.filter((row) => {
        if (!active.every((facet) => facet.fits(row))) return false;
        if (words.length && row.text === null) row.text = haystack(this.columns, row.cells);
        return words.every((word) => row.text.includes(word));
      });
    }

    sorted(rows) {
      const index = this.columns.findIndex((column) => column.key === this.sort.key);
      if (index < 0) return rows;
      const { kind } = this.columns[index];
      const way = this.sort.down ? -1 : 1;
      const order = kind === "number" || kind === "links" ? (a, b) => a - b : compare;
      return rows.map((row) => [sortKey(kind, row.cells[index]), row])
        .sort((a, b) => way * order(a[0], b[0])).map(([, row]) => row);
    }

    drawn(row) {
      const tr = element("tr");
      this.columns.forEach((column, index) => {
        if (!column.shown) return;
        const td = element("td", { "data-label": column.title, class: CLASSES[column.kind] || null });
        fill(td, column, row.cells[index], this.base);
        tr.append(td);
      });
      return tr;
    }

    draw() {
      if (!this.isPlain) this.need();
      const rows = this.sorted(this.matching(null));
      this.current = rows;
      this.body.replaceChildren(...rows.slice(0, this.shown).map((row) => this.drawn(row)));
      this.count.textContent = this.said(rows.length);
      const rest = (this.isWhole || this.isNarrowed ? rows.length : this.total) - this.shown;
      this.more.hidden = rest <= 0;
      this.more.textContent = `Show ${Math.min(PAGE, rest)} more`;
      this.drawChips();
      this.facets.forEach((facet) => facet.draw());
      this.order.value = this.sortText;
      this.heads.forEach((head) => {
        const own = head.dataset.key === this.sort.key;
        head.setAttribute("aria-sort", own ? (this.sort.down ? "descending" : "ascending") : "none");
      });
    }

    said(found) {
      const number = (count) => count.toLocaleString("en");
      const all = `${number(this.total)} ${this.noun}${this.total === 1 ? "" : "s"}`;
      if (this.failed) return `${number(found)} of the first ${number(this.rows.length)} of ${all}; the others could not be read.`;
      if (!this.isWhole && !this.isPlain) return `Reading all ${all}…`;
      if (!this.isNarrowed) return all;
      return found ? `${number(found)} of ${all}` : `None of ${all} fits. Remove a word or a filter.`;
    }

    drawChips() {
      const chip = (name, value, remove) => {
        const button = element("button", { type: "button", class: "cat-button cat-chosen" },
          element("span", { class: "cat-quiet" }, `${name} `), element("bdi", {}, value),
          element("span", { "aria-hidden": "true" }, " ×"));
        button.setAttribute("aria-label", `Remove ${name} ${value}`);
        button.addEventListener("click", () => {
          remove();
          this.changed(false);
          (this.chips.querySelector("button") || this.query).focus();
        });
        return element("li", {}, button);
      };
      const chosen = this.facets.flatMap((facet) => [...facet.chosen].sort().map((value) =>
        chip(facet.column.title, value, () => facet.chosen.delete(value))));
      if (this.query.value.trim()) {
        chosen.unshift(chip("Words", this.query.value.trim(), () => { this.query.value = ""; }));
      }
      if (chosen.length > 1) {
        const all = element("button", { type: "button", class: "cat-button" }, "Clear all");
        all.addEventListener("click", () => {
          this.query.value = "";
          this.facets.forEach((facet) => facet.chosen.clear());
          this.changed(false);
          this.query.focus();
        });
        chosen.push(element("li", {}, all));
      }
      this.chips.replaceChildren(...chosen);
      this.chips.hidden = !chosen.length;
    }

    async save() {
      await this.need();
      const text = csv(this.columns, this.current.map((row) => row.cells));
      const address = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
      const anchor = element("a", { href: address, download: `${this.host.dataset.table}.csv` });
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    }
  }

  /** Called by the data scripts, which lie beside the pages that load them. */
  window.catalogTable = function (name, data) {
    const start = () => document.querySelectorAll(`[data-table="${CSS.escape(name)}"]`)
      .forEach((host) => new DataTable(host, data));
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  };

  /** Called by the scripts that hold further rows. */
  window.catalogRows = function (name, number, rows) {
    waiting.get(`${name} ${number}`)(rows);
  };
})();
