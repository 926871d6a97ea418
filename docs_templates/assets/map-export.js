/* What is shown, as a file: SVG, PNG, Mermaid, DOT, CSV. */
(function () {
  "use strict";
  const map = window.catalogMap;
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "visibility"];

  function save(name, type, content) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    const anchor = map.draw.html("a", { href: address, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /** A value of a CSV file: quoted where it must be, and never a formula. */
  function quoted(value) {
    const text = String(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  const csv = (rows) => `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

  /** The picture with its colours in it, so that it looks the same wherever it is opened. */
  function svgText(picture) {
    const original = picture.querySelector("svg");
    const copy = original.cloneNode(true);
    const box = original.getBoundingClientRect();
    const from = [original, ...original.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((each, place) => {
      const look = getComputedStyle(from[place]);
      const isDrawn = /^(path|rect|circle|text|tspan|svg)$/.test(each.localName);
      if (isDrawn) LOOKS.forEach((name) => each.setAttribute(name, look.getPropertyValue(name)));
      ["class", "style", "tabindex", "href", "aria-label", "role"].forEach((name) => each.removeAttribute(name));
      [...each.attributes].filter((one) => one.name.startsWith("data-")).forEach((one) => each.removeAttribute(one.name));
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    copy.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
    const ground = map.draw.svg("rect", { width: "100%", height: "100%", fill: getComputedStyle(document.body).backgroundColor });
    copy.prepend(ground);
    return new XMLSerializer().serializeToString(copy);
  }

  function png(picture) {
    const text = svgText(picture);
    const { width, height } = picture.querySelector("svg").getBoundingClientRect();
    return new Promise((done, fail) => {
      const image = new Image();
      image.onload = () => {
        const canvas = map.draw.html("canvas", { width: width * 2, height: height * 2 });
        const context = canvas.getContext("2d");
        context.scale(2, 2);
        context.drawImage(image, 0, 0, width, height);
        canvas.toBlob(done, "image/png");
      };
      image.onerror = fail;
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    });
  }

  const line = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
  const label = (estate, edge) => (edge.events.length === 1 ? estate.name[edge.events[0]] : map.counted(edge.events.length, "event"));

  /** Mermaid writes a character by its number as `#35;`; an empty label is an error in it. */
  function mermaid(estate, { nodes, edges }) {
    const safe = (text) => line(text).slice(0, 80).replace(/[^\p{L}\p{N} .,:/+=()_-]/gu, (char) => `#${char.codePointAt(0)};`) || " ";
    const place = new Map(nodes.map((each, number) => [each.key, number]));
    return ["flowchart LR",
      ...nodes.map((each, number) => `  n${number}${each.event ? "([" : "["}"${safe(each.label)}"${each.event ? "])" : "]"}`),
      ...edges.map((each) => `  n${place.get(each.from)} -->|"${safe(label(estate, each))}"| n${place.get(each.to)}`), ""].join("\n");
  }

  function dot(estate, { nodes, edges }) {
    const text = (value) => `"${line(value).replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
    const shown = (value) => text(value.replace(/&/g, "&amp;"));
    return [`digraph ${text(estate.title)} {`, "  rankdir=LR;",
      ...nodes.map((each) => `  ${text(each.key)} [label=${shown(each.label)}, shape=${each.event ? "ellipse" : "box"}];`),
      ...edges.map((each) => `  ${text(each.from)} -> ${text(each.to)} [label=${shown(label(estate, each))}, weight=${Math.min(each.events.length, 1000)}];`), "}", ""].join("\n");
  }

  function flowsCsv(estate, { nodes, edges }) {
    const called = new Map(nodes.map((each) => [each.key, each.label]));
    return csv([["From", "To", "Events", "Which"], ...edges.map((each) => [called.get(each.from), called.get(each.to), each.events.length,
      each.events.map((event) => estate.name[event]).sort().join("; ")])]);
  }

  const FORMATS = {
    svg: ["SVG", (page) => save("map.svg", "image/svg+xml", svgText(page.picture)), true],
    png: ["PNG", async (page) => save("map.png", "image/png", await png(page.picture)), true],
    mermaid: ["Mermaid", (page) => save("map.mmd", "text/plain", mermaid(page.estate, page.drawn.graph)), false],
    dot: ["DOT", (page) => save("map.dot", "text/vnd.graphviz", dot(page.estate, page.drawn.graph)), false],
    csv: ["CSV", (page) => save("map.csv", "text/csv", flowsCsv(page.estate, page.drawn.graph)), false],
  };

  map.exports = { FORMATS, save, csv };
})();
