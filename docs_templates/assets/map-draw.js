/* What pictures are made of: elements, arrows that show their direction, names that do not touch. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const SVG = "http://www.w3.org/2000/svg";

  function fill(made, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== false));
    return made;
  }

  const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const round = (number) => Math.round(number * 10) / 10;

  /** An arrow as one outline along a curve: broad where it begins, narrow behind its head. */
  function ribbon(curve, broad, unit = 1) {
    const narrow = broad * 0.45;
    const head = Math.max(8 * unit, broad * 1.5);
    const points = Array.from({ length: 13 }, (_, place) => curve(place / 12));
    const end = points[12];
    let last = 11;
    while (last > 1 && Math.hypot(points[last].x - end.x, points[last].y - end.y) < head) last -= 1;
    const neck = points[last];
    const shaft = points.slice(0, last + 1);
    const side = (sign) => shaft.map((point, place) => {
      const next = shaft[place + 1] || end;
      const before = shaft[place - 1] || point;
      const length = Math.hypot(next.x - before.x, next.y - before.y) || 1;
      const half = (broad + (narrow - broad) * (place / last)) / 2;
      return [point.x - sign * half * (next.y - before.y) / length, point.y + sign * half * (next.x - before.x) / length];
    });
    const length = Math.hypot(end.x - neck.x, end.y - neck.y) || 1;
    const wing = Math.max(4 * unit, broad * 0.95);
    const [across, down] = [-(end.y - neck.y) / length * wing, (end.x - neck.x) / length * wing];
    const outline = [...side(1), [neck.x + across, neck.y + down], [end.x, end.y],
      [neck.x - across, neck.y - down], ...side(-1).reverse()];
    return `M${outline.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`;
  }

  /** A curve between two points that bends to its own right, so that there and back lie apart. */
  function bend(from, to, strength = 0.16) {
    const middle = { x: (from.x + to.x) / 2 - (to.y - from.y) * strength, y: (from.y + to.y) / 2 + (to.x - from.x) * strength };
    return (t) => ({
      x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * middle.x + t * t * to.x,
      y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * middle.y + t * t * to.y,
    });
  }

  /** A curve from the right of one box to the left of another. */
  function sweep(from, to) {
    const half = Math.max(24, Math.abs(to.x - from.x) / 2);
    const [x1, x2] = [from.x + half, to.x - half];
    return (t) => ({
      x: (1 - t) ** 3 * from.x + 3 * t * (1 - t) ** 2 * x1 + 3 * t * t * (1 - t) * x2 + t ** 3 * to.x,
      y: (1 - t) ** 3 * from.y + 3 * t * (1 - t) ** 2 * from.y + 3 * t * t * (1 - t) * to.y + t ** 3 * to.y,
    });
  }

  /** Boxes that are taken; `fits` takes one where it is free. */
  class Room {
    constructor() { this.taken = []; }
    isFree(box) {
      return !this.taken.some((other) => box.x < other.x + other.w && other.x < box.x + box.w &&
        box.y < other.y + other.h && other.y < box.y + box.h);
    }
    take(box) { this.taken.push(box); }
    fits(box) {
      if (!this.isFree(box)) return false;
      this.take(box);
      return true;
    }
  }

  /** A list that begins with so many of its items, and the button that shows as many again. */
  function listed(list, items, make, most) {
    const more = html("button", { type: "button", class: "cat-button" });
    const show = () => {
      const start = list.children.length;
      list.append(...items.slice(start, start + most).map(make));
      const rest = items.length - list.children.length;
      more.hidden = rest <= 0;
      more.textContent = `Show ${Math.min(most, rest)} more of ${rest.toLocaleString("en")}`;
    };
    more.addEventListener("click", show);
    show();
    return [list, more];
  }

  /** Nothing is lit any more; whether something will be says `isPointed`. */
  function unlit(plane, isPointed) {
    plane.querySelectorAll(".is-lit").forEach((each) => each.classList.remove("is-lit"));
    plane.classList.toggle("is-pointed", isPointed);
  }

  const width = (text, size) => text.length * size * 0.56;

  map.draw = { svg, html, ribbon, bend, sweep, Room, width, unlit, listed };
})();
