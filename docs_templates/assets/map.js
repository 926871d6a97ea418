/* The page of the map: reads the address, draws the view it names, and listens. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const { svg, html } = map.draw;
  const FOLDERS = { service: "services", event: "events", domain: "domains", team: "teams" };

  class MapPage {
    constructor(host, estate) {
      Object.assign(this, { host, estate });
      this.opened = "";
      this.top = html("div", { class: "map-controls" });
      this.status = html("p", { class: "map-said", role: "status", "aria-live": "polite" });
      this.pointed = html("p", { class: "map-pointed", "aria-hidden": "true" });
      this.picture = html("div", { class: "map-picture", role: "group", "aria-label": "Picture: arrow keys lead along relations, Enter follows, Escape goes back, plus and minus zoom" });
      this.text = html("div", { class: "map-text" });
      this.panel = html("aside", { class: "map-panel", "aria-label": "About what is shown" });
      const button = (label, text, act) => html("button", { type: "button", class: "cat-button", "aria-label": label, title: label, onclick: act }, text);
      this.zoom = html("div", { class: "map-zoom" }, button("Zoom in", "+", () => this.camera.zoom(1.5, undefined, undefined, true)),
        button("Zoom out", "−", () => this.camera.zoom(1 / 1.5, undefined, undefined, true)), button("Show all", "⤢", () => this.camera.fit()));
      this.stage = html("div", { class: "map-stage" }, this.picture, this.pointed);
      host.replaceChildren(this.top, html("div", { class: "map-line" }, this.status, this.zoom), html("div", { class: "map-body" }, html("div", { class: "map-main" }, this.stage, this.text), this.panel));
      this.camera = new map.Camera(this.picture, {
        moved: (k) => this.sized.forEach((each) => each.style.setProperty("--k", Math.max(k, this.camera.whole))),
        settled: (view) => { if (this.drawn && this.drawn.settled && this.drawn.plane) this.drawn.settled(view, this.camera.seen); },
      });
      this.listen();
      this.state = map.state.read(location.search);
      this.show();
    }

    get isFiltered() { return map.state.isFiltered(this.state); }
    size() { return { w: Math.max(200, this.picture.clientWidth - 28), h: Math.max(200, this.picture.clientHeight - 28) }; }

    groupKey(group) { return `${this.estate.grouping}:${this.estate.groups[group].id}`; }
    groupAt() { return this.state.at ? this.estate.groups.findIndex((_, group) => this.groupKey(group) === this.state.at) : -1; }

    /** The address of a page of the catalogue; empty where there is none. */
    pageOf(key) {
      const kind = key.slice(0, key.indexOf(":"));
      const id = key.slice(kind.length + 1);
      return FOLDERS[kind] && id ? `${this.host.dataset.base}${FOLDERS[kind]}/${id}${this.host.dataset.suffix}` : "";
    }

    sources() { return map.sources(this.host.dataset.base + this.host.dataset.sources); }
    picker(about) { return map.controls.picker(this.estate, about); }

    /** The address of this page with some of it changed. */
    link(changes) { return map.state.written(map.state.complete({ ...this.state, ...changes })); }

    /** The address of this page with something else in its middle. */
    focusOn(key) { return this.link({ view: "focus", focus: key, as: "", open: [], edge: "", at: "" }); }

    /** Shows something else; `quietly`: without a step to go back to. */
    go(changes, quietly = false) { this.move(this.link(changes), quietly); }

    move(address, quietly = false) {
      try {
        history[quietly ? "replaceState" : "pushState"](null, "", address);
      } catch {
        /* A page opened from a folder may not change its address. */
      }
      const search = address.startsWith("?") ? address : "";
      this.state = map.state.read(search);
      this.show();
    }

    /** A view that has nothing to draw says so. */
    empty(text) {
      return { said: text, list: html("p", { class: "map-empty" }, text), graph: { nodes: [], edges: [] } };
    }

    show() {
      this.isNarrow = this.host.clientWidth < 640;
      const before = this.drawn && this.drawn.about;
      const held = this.host.contains(document.activeElement) ? this.holder(document.activeElement) : "";
      this.host.dataset.view = this.state.view;
      this.pointed.textContent = "";
      this.stage.hidden = false;
      this.host.classList.toggle("is-plain", this.estate.isPlain);
      this.host.classList.toggle("map--told", new map.Answers(this).isTold);
      this.drawn = map.views[this.state.view](this);
      const { plane, list } = this.drawn;
      this.stage.hidden = this.zoom.hidden = !plane;
      this.text.replaceChildren(...(list ? [list] : []));
      if (plane) this.mount(plane, before);
      else { this.picture.replaceChildren(); this.svg = null; }
      const wider = this.drawn.wider && html("a", { href: this.link(this.drawn.wider.changes) }, this.drawn.wider.text);
      this.status.replaceChildren(this.drawn.said, ...(wider ? [" ", wider] : []));
      this.top.replaceChildren(...map.controls.controls(this));
      this.drawPanel();
      this.giveBack(held);
    }

    mount(plane, before) {
      this.svg = svg("svg", { class: "map-svg" }, plane);
      this.picture.replaceChildren(this.svg);
      this.sized = plane.querySelectorAll(".map-discs, .map-names, .map-numbers");
      const { box, isTall, largest } = this.drawn;
      this.picture.style.height = isTall ? `${Math.max(320, Math.round(box.h * Math.min(largest, 1, this.size().w / box.w)) + 30)}px` : "";
      const { view, focus, hops, way, rows, cols, events } = this.state;
      const about = JSON.stringify([view, focus, hops, way, rows, cols, events]);
      this.drawn.about = about;
      const kept = before === about && this.camera.view;
      const at = this.state.at !== this.lastAt;
      this.lastAt = this.state.at;
      this.camera.show(this.svg, plane, this.drawn.box, this.drawn.largest, this.isNarrow ? this.drawn.readable : 0);
      if (this.drawn.closer && at) this.camera.fit(true, this.drawn.closer);
      else if (kept && !at) this.camera.set(kept);
      const items = this.items();
      const first = this.drawn.first || items[0];
      if (first) first.setAttribute("tabindex", 0);
      this.stop = first;
    }

    items() { return this.svg ? [...this.svg.querySelectorAll("a")] : []; }

    drawPanel() {
      const told = new map.Answers(this).content();
      this.panel.hidden = !told;
      if (!told) { this.panel.replaceChildren(); return; }
      const close = told.close && html("a", { class: "map-close-panel", href: this.link(told.close), "aria-label": `Close: ${told.title}` }, "×");
      this.panel.replaceChildren(html("div", { class: "map-panel__head" }, html("h2", {}, told.title), close), html("div", { class: "map-panel__body" }, ...told.content));
    }

    /** A name for what has the keyboard's focus, by which it is found when all is drawn anew. */
    holder(element) {
      if (this.picture.contains(element)) return "picture";
      if (this.panel.contains(element)) return "panel";
      const label = element.id ? "" : element.value || element.textContent;
      return `${element.localName}|${element.id.replace(/\d+$/, "")}|${label}`;
    }

    giveBack(held) {
      if (!held) return;
      if (held === "picture") { if (this.stop) this.stop.focus({ preventScroll: true }); else this.status.focus(); return; }
      if (held === "panel") { const next = this.panel.querySelector("a, button, input, summary"); if (next) next.focus({ preventScroll: true }); return; }
      const again = [...this.top.querySelectorAll("a, button, input, select, summary")].find((each) => this.holder(each) === held);
      if (!again) return;
      again.focus({ preventScroll: true });
      if (again.type === "search") again.setSelectionRange(again.value.length, again.value.length);
    }

    point(element) {
      if (!this.drawn || !this.drawn.point) return;
      this.pointed.textContent = this.drawn.point(element) || (element ? element.getAttribute("aria-label") : "");
    }

    listen() {
      this.host.addEventListener("click", (event) => {
        const anchor = event.target.closest("a[href]");
        if (!anchor || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        const address = anchor.getAttribute("href");
        if (!address.startsWith("?") && address !== this.link(blank())) return;
        event.preventDefault();
        this.move(address);
      });
      const under = (event) => event.target.closest("svg a");
      this.picture.addEventListener("pointerover", (event) => {
        if (event.pointerType !== "touch" && !this.camera.pointers.size) this.point(under(event));
      });
      this.picture.addEventListener("pointerleave", () => this.point(null));
      this.picture.addEventListener("focusin", (event) => {
        const element = under(event);
        if (!element) return;
        if (this.stop) this.stop.setAttribute("tabindex", -1);
        element.setAttribute("tabindex", 0);
        this.stop = element;
        if (element.matches(":focus-visible")) { this.point(element); this.bringIn(element); }
      });
      this.picture.addEventListener("focusout", () => this.point(null));
      this.picture.addEventListener("keydown", (event) => this.key(event));
      window.addEventListener("popstate", () => {
        this.state = map.state.read(location.search);
        this.show();
      });
      let wide = this.host.clientWidth;
      new ResizeObserver(() => {
        if (this.host.clientWidth === wide) return;
        wide = this.host.clientWidth;
        this.camera.view = null;
        this.show();
      }).observe(this.host);
      document.addEventListener("click", (event) => {
        this.top.querySelectorAll("details.cat-facet[open]").forEach((each) => { if (!each.contains(event.target)) each.open = false; });
      });
      this.top.addEventListener("keydown", (event) => {
        const open = event.target.closest("details.cat-facet[open]");
        if (event.key === "Escape" && open) { open.open = false; open.querySelector("summary").focus(); }
      });
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.drawn.plane) return;
      if (event.key.startsWith("Arrow")) {
        event.preventDefault();
        const next = this.drawn.step(event.target.closest("a"), event.key);
        if (next) next.focus({ preventScroll: true });
      } else if (event.key === "+" || event.key === "=") this.camera.zoom(1.4);
      else if (event.key === "-") this.camera.zoom(1 / 1.4);
      else if (event.key === "0") this.camera.fit();
      else if (event.key === "Escape") history.back();
    }

    /** What has the focus is seen: the picture moves as little as it must. */
    bringIn(element) {
      const [inside, outside] = [element.getBoundingClientRect(), this.picture.getBoundingClientRect()];
      const by = (low, high, least, most) => (low < least + 8 ? least + 8 - low : high > most - 8 ? most - 8 - high : 0);
      const across = by(inside.left, inside.right, outside.left, outside.right);
      const down = by(inside.top, inside.bottom, outside.top, outside.bottom);
      if (across || down) this.camera.pan(across, down);
    }
  }

  const blank = () => map.state.read("");

  map.load = (told) => {
    const start = () => {
      const host = document.querySelector("[data-map]");
      if (!host) return;
      document.querySelectorAll("[data-map-static]").forEach((each) => { each.hidden = true; });
      host.hidden = false;
      map.page = new MapPage(host, new map.Estate(told));
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  };
})();
