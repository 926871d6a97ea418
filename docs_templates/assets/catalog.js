/* Tables that sort, narrow and save themselves. Without this script they are still readable. */
(function () {
  "use strict";
  const PAGE = 100;
  const NONE = "—";
  const CLASSES = { date: "cat-date", number: "cat-number", name: "cat-name", place: "cat-place-cell" };

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

  class DataTable {
    constructor(host, data) {
      this.host = host;
      this.base = host.dataset.base;
      this.columns = data.columns;
      this.noun = data.noun;
      this.rows = data.rows.map((cells) => ({ cells, text: haystack(data.columns, cells) }));
      this.tools = host.querySelector(".cat-table__tools");
      this.body = host.querySelector("tbody");
      this.count = host.querySelector(".cat-table__count");
      this.shown = PAGE;
      this.build();
      this.read();
      window.addEventListener("popstate", () => { this.read(); this.draw(); });
      this.draw();
    }

    build() {
      this.query = element("input", {
        type: "search", class: "cat-table__query", placeholder: `Narrow ${this.noun}s by any word`,
        "aria-label": `Narrow ${this.noun}s by any word`, autocomplete: "off",
      });
      this.query.addEventListener("input", () => this.changed(true));
      this.facets = this.columns.flatMap((column, index) =>
        column.facet ? [{ column, index, chosen: new Set() }] : []);
      const boxes = this.facets.map((facet) => this.facetBox(facet));
      this.clear = element("button", { type: "button", class: "cat-button", hidden: true }, "Clear all");
      this.clear.addEventListener("click", () => {
        this.query.value = "";
        this.facets.forEach((facet) => facet.chosen.clear());
        this.changed(false);
        this.query.focus();
      });
      const save = element("button", { type: "button", class: "cat-button" }, "CSV");
      save.setAttribute("aria-label", `Save these ${this.noun}s as CSV`);
      save.addEventListener("click", () => this.save());
      this.tools.append(this.query, ...boxes, this.clear, save);
      this.tools.hidden = false;
      this.more = element("button", { type: "button", class: "cat-button", hidden: true });
      this.more.addEventListener("click", () => { this.shown += PAGE; this.draw(); });
      this.count.after(this.more);
      this.heads = [...this.host.querySelectorAll("thead th")];
      this.heads.forEach((head) => {
        const button = element("button", { type: "button", class: "cat-sort" }, ...head.childNodes);
        button.addEventListener("click", () => this.sortBy(head.dataset.key));
        head.append(button);
      });
      document.addEventListener("click", (event) => {
        this.tools.querySelectorAll("details[open]").forEach((box) => {
          if (!box.contains(event.target)) box.open = false;
        });
      });
      this.tools.addEventListener("keydown", (event) => {
        const open = event.target.closest("details[open]");
        if (event.key === "Escape" && open) {
          open.open = false;
          open.querySelector("summary").focus();
        }
      });
    }

    facetBox(facet) {
      facet.label = element("summary", {}, facet.column.title);
      facet.list = element("div", { class: "cat-facet__list", role: "group", "aria-label": facet.column.title });
      facet.box = element("details", { class: "cat-facet" }, facet.label, facet.list);
      facet.list.addEventListener("change", (event) => {
        const { value, checked } = event.target;
        if (checked) facet.chosen.add(value); else facet.chosen.delete(value);
        this.changed(false);
      });
      return facet.box;
    }

    read() {
      const state = new URLSearchParams(location.search);
      this.query.value = state.get("q") || "";
      this.facets.forEach((facet) => { facet.chosen = new Set(state.getAll(facet.column.key)); });
      const sort = state.get("sort") || "";
      this.sort = { key: sort.replace(/^-/, ""), down: sort.startsWith("-") };
      this.shown = PAGE;
    }

    write(replace) {
      const state = new URLSearchParams();
      if (this.query.value) state.set("q", this.query.value);
      this.facets.forEach((facet) =>
        [...facet.chosen].sort().forEach((value) => state.append(facet.column.key, value)));
      if (this.sort.key) state.set("sort", (this.sort.down ? "-" : "") + this.sort.key);
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
      this.sort = this.sort.key === key
        ? (this.sort.down ? { key: "", down: false } : { key, down: true })
        : { key, down: false };
      this.changed(false);
    }

    has(facet, row) {
      const own = values(facet.column.kind, row.cells[facet.index]);
      return own.length ? own : [NONE];
    }

    matching(skipped) {
      const words = this.query.value.toLowerCase().split(/\s+/).filter(Boolean);
      const active = this.facets.filter((facet) => facet !== skipped && facet.chosen.size);
      return this.rows.filter((row) =>
        words.every((word) => row.text.includes(word)) &&
        active.every((facet) => this.has(facet, row).some((value) => facet.chosen.has(value))));
    }

    sorted(rows) {
      const index = this.columns.findIndex((column) => column.key === this.sort.key);
      if (index < 0) return rows;
      const { kind } = this.columns[index];
      const way = this.sort.down ? -1 : 1;
      const key = (row) => {
        if (kind === "number") return row.cells[index];
        const own = values(kind, row.cells[index]);
        return kind === "links" ? own.length : own.join(", ");
      };
      const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
      return rows.slice().sort((a, b) => {
        const [first, second] = [key(a), key(b)];
        const order = typeof first === "number" ? first - second : compare(first, second);
        return way * order;
      });
    }

    draw() {
      const rows = this.sorted(this.matching(null));
      const visible = rows.slice(0, this.shown);
      this.body.replaceChildren(...visible.map((row) => {
        const tr = element("tr");
        this.columns.forEach((column, index) => {
          if (!column.shown) return;
          const td = element("td", { "data-label": column.title, class: CLASSES[column.kind] || null });
          fill(td, column, row.cells[index], this.base);
          tr.append(td);
        });
        return tr;
      }));
      this.current = rows;
      const total = this.rows.length;
      const plural = (count) => `${count.toLocaleString("en")} ${this.noun}${count === 1 ? "" : "s"}`;
      this.count.textContent = rows.length === total ? plural(total)
        : rows.length ? `${rows.length.toLocaleString("en")} of ${plural(total)}`
          : `None of ${plural(total)} fits. Remove a word or a filter.`;
      const rest = rows.length - visible.length;
      this.more.hidden = rest <= 0;
      this.more.textContent = `Show ${Math.min(PAGE, rest)} more`;
      this.clear.hidden = !this.query.value && !this.facets.some((facet) => facet.chosen.size);
      this.facets.forEach((facet) => this.drawFacet(facet));
      this.heads.forEach((head) => {
        const own = head.dataset.key === this.sort.key;
        head.setAttribute("aria-sort", own ? (this.sort.down ? "descending" : "ascending") : "none");
      });
    }

    drawFacet(facet) {
      const counts = new Map();
      for (const row of this.matching(facet)) {
        for (const value of new Set(this.has(facet, row))) counts.set(value, (counts.get(value) || 0) + 1);
      }
      facet.chosen.forEach((value) => { if (!counts.has(value)) counts.set(value, 0); });
      const ordered = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      const active = document.activeElement;
      const focused = facet.list.contains(active) ? active.value : null;
      facet.list.replaceChildren(...ordered.map(([value, count]) => {
        const box = element("input", { type: "checkbox", value, checked: facet.chosen.has(value) });
        if (value === focused) queueMicrotask(() => box.focus());
        return element("label", {}, box, element("span", {}, value),
          element("span", { class: "cat-quiet" }, count.toLocaleString("en")));
      }));
      facet.label.textContent = facet.column.title + (facet.chosen.size ? ` · ${facet.chosen.size}` : "");
      facet.box.classList.toggle("cat-facet--active", facet.chosen.size > 0);
      facet.box.hidden = ordered.length < 2 && !facet.chosen.size;
    }

    save() {
      const text = csv(this.columns, this.current.map((row) => row.cells));
      const address = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
      const name = `${this.host.dataset.table}.csv`;
      const anchor = element("a", { href: address, download: name });
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

  /** A link to a field opens everything around it. */
  function reveal() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { return; }
    if (!target || !target.closest(".cat-fields")) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", reveal);
  document.addEventListener("DOMContentLoaded", reveal);
})();
