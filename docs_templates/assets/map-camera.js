/* Looking around in a picture: wheel, drag, pinch, double click, keys. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const CLOSEST = 12;
  const MARGIN = 14;

  class Camera {
    /** `moved` is told of every new scale, and `settled` when a movement is over. */
    constructor(picture, { moved, settled }) {
      Object.assign(this, { picture, moved, settled });
      this.pointers = new Map();
      picture.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      picture.addEventListener("pointerdown", (event) => this.down(event));
      picture.addEventListener("pointermove", (event) => this.drag(event));
      for (const name of ["pointerup", "pointercancel", "pointerleave"]) picture.addEventListener(name, (event) => this.up(event));
      picture.addEventListener("click", (event) => {
        if (!this.dragged) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      }, true);
      picture.addEventListener("dragstart", (event) => event.preventDefault());
      picture.addEventListener("dblclick", (event) => {
        event.preventDefault();
        this.zoom(event.shiftKey ? 0.5 : 2, event.clientX, event.clientY, true);
      });
    }

    /** A new picture: `box` is what it shows, and all of it is seen, at most and at least so large. */
    show(svg, plane, box, largest = 1.6, smallest = 0) {
      Object.assign(this, { svg, plane, box, largest, smallest });
      this.fit(false);
    }

    fit(slowly = true, box = this.box) {
      const { width, height } = this.picture.getBoundingClientRect();
      const [w, h] = [Math.max(1, width - 2 * MARGIN), Math.max(1, height - 2 * MARGIN)];
      const limit = box === this.box ? this.largest : 4;
      const k = Math.min(limit, w / Math.max(1, box.w), h / Math.max(1, box.h));
      if (box === this.box) this.whole = k;
      if (box === this.box && k < this.smallest) {
        this.to({ k: this.smallest, x: MARGIN - this.smallest * box.x, y: MARGIN - this.smallest * box.y }, slowly);
        return;
      }
      this.to({ k, x: width / 2 - k * (box.x + box.w / 2), y: height / 2 - k * (box.y + box.h / 2) }, slowly);
    }

    get isWhole() { return !this.view || this.view.k <= this.whole * 1.02; }

    zoom(factor, clientX, clientY, slowly = false) {
      const box = this.picture.getBoundingClientRect();
      const [x, y] = clientX === undefined ? [box.width / 2, box.height / 2] : [clientX - box.left, clientY - box.top];
      const { view } = this;
      const k = Math.min(CLOSEST, Math.max(this.whole * 0.5, view.k * factor));
      this.to({ k, x: x - (x - view.x) * (k / view.k), y: y - (y - view.y) * (k / view.k) }, slowly);
    }

    pan(x, y, slowly = false) { this.to({ ...this.view, x: this.view.x + x, y: this.view.y + y }, slowly); }

    to(view, slowly) {
      cancelAnimationFrame(this.frame);
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (!slowly || still || !this.view) { this.set(view); return; }
      const from = this.view;
      const began = performance.now();
      const step = (now) => {
        const part = Math.min(1, (now - began) / 220);
        const eased = part * (2 - part);
        const between = (name) => from[name] + (view[name] - from[name]) * eased;
        this.set({ k: between("k"), x: between("x"), y: between("y") });
        if (part < 1) this.frame = requestAnimationFrame(step);
      };
      this.frame = requestAnimationFrame(step);
    }

    set(view) {
      this.view = view;
      this.plane.setAttribute("transform", `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.k.toFixed(4)})`);
      this.picture.style.touchAction = this.isWhole ? "pan-y" : "none";
      this.moved(view.k);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.settled(view), 90);
    }

    /** What part of the plane is seen. */
    get seen() {
      const { width, height } = this.picture.getBoundingClientRect();
      const { k, x, y } = this.view;
      return { x: -x / k, y: -y / k, w: width / k, h: height / k };
    }

    wheel(event) {
      const scrolls = this.picture.style.height && this.isWhole && !event.ctrlKey;
      if (!this.view || scrolls) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 18 : 1;
      this.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.0022), event.clientX, event.clientY);
    }

    down(event) {
      if (event.button || !this.view) return;
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.dragged = false;
      this.travelled = 0;
    }

    drag(event) {
      const before = this.pointers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...this.pointers].find(([id]) => id !== event.pointerId);
      this.pointers.set(event.pointerId, now);
      if (other) {
        const gap = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
        this.dragged = true;
        this.zoom(gap(now, other[1]) / gap(before, other[1]), (now.x + other[1].x) / 2, (now.y + other[1].y) / 2);
        return;
      }
      if (event.pointerType === "touch" && this.isWhole) return;
      this.travelled += Math.hypot(now.x - before.x, now.y - before.y);
      if (this.travelled < 4) return;
      if (!this.dragged) { this.dragged = true; this.picture.setPointerCapture(event.pointerId); }
      this.pan(now.x - before.x, now.y - before.y);
    }

    up(event) {
      this.pointers.delete(event.pointerId);
      if (this.dragged) setTimeout(() => { this.dragged = false; });
    }
  }

  map.Camera = Camera;
})();
