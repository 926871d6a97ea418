/* Reads the YAML that people write specifications in: block and flow collections, all scalars of
   the core schema, anchors, merge keys. Tags mean nothing; of several documents the first counts. */
(function (scope) {
  "use strict";
  const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=\S))[^\n]*?)\s*:(?=\s|$)/;
  const ESCAPES = { n: "\n", t: "\t", r: "\r", 0: "\0", b: "\b", f: "\f", e: "\x1b", "/": "/", '"': '"', "\\": "\\", " ": " ", _: "\u00a0" };
  const DEEPEST = 200;

  function withoutComment(line) {
    let quote = "";
    for (let at = 0; at < line.length; at += 1) {
      const letter = line[at];
      if (quote) {
        if (letter === "\\" && quote === '"') at += 1;
        else if (letter === quote) quote = "";
      } else if ((letter === '"' || letter === "'") && /^$|[\s[{,:-]$/.test(line.slice(0, at).slice(-1))) quote = letter;
      else if (letter === "#" && (at === 0 || /\s/.test(line[at - 1]))) return line.slice(0, at).trimEnd();
    }
    return line.trimEnd();
  }

  function scalar(text) {
    if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
    if (/^(?:true|True|TRUE)$/.test(text)) return true;
    if (/^(?:false|False|FALSE)$/.test(text)) return false;
    if (/^[-+]?(?:0|[1-9]\d*|0\d+)$/.test(text) || /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
    if (/^0x[\da-fA-F]+$/.test(text)) return parseInt(text, 16);
    return text;
  }

  function unquoted(text) {
    const inside = text.slice(1, -1).replace(/[ \t]*\n[ \t]*(\n[ \t]*)*/g, (found) => "\n".repeat((found.match(/\n/g) || []).length - 1) || " ");
    if (text[0] === "'") return inside.replace(/''/g, "'");
    return inside.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (_, x, u, U, other) =>
      (other ? ESCAPES[other] ?? other : String.fromCodePoint(parseInt(x || u || U, 16))));
  }

  class Reader {
    constructor(text) {
      const body = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").replace(/^(?:%[^\n]*\n|\s*#[^\n]*\n|\s*\n)*---[ \t]*(?=\n|$)/, "");
      this.lines = body.split(/^(?:---|\.\.\.)(?:\s|$)/m)[0].split("\n");
      this.at = 0;
      this.anchors = Object.create(null);
    }

    fail(why) { throw new Error(`line ${this.at + 1}: ${why}`); }

    /** The next line with something in it; what it holds begins at `indent`. */
    next() {
      while (this.at < this.lines.length) {
        const text = withoutComment(this.lines[this.at]);
        if (text.trim()) {
          if (/^ *\t/.test(text) && !/^\t*[{[\]}"]/.test(text.trim())) this.fail("a tab cannot indent");
          return { indent: text.length - text.trimStart().length, text: text.trimStart() };
        }
        this.at += 1;
      }
      return null;
    }

    block(least, depth) {
      const line = this.next();
      if (!line || line.indent < least) return null;
      if (depth > DEEPEST) this.fail("nested too deeply");
      if (/^-(?:\s|$)/.test(line.text)) return this.sequence(line.indent, depth);
      if (KEY.test(line.text) && !/^[{["']/.test(line.text)) return this.mapping(line.indent, depth);
      if (/^["']/.test(line.text) && KEY.test(line.text)) return this.mapping(line.indent, depth);
      return this.value(line.text, least - 1, depth);
    }

    sequence(indent, depth) {
      const found = [];
      for (let line = this.next(); line && line.indent === indent && /^-(?:\s|$)/.test(line.text); line = this.next()) {
        const rest = line.text.slice(1);
        const inner = rest.trimStart();
        if (!inner) { this.at += 1; found.push(this.block(indent + 1, depth + 1)); continue; }
        const place = indent + 1 + rest.length - inner.length;
        if (/^-(?:\s|$)/.test(inner) || (KEY.test(inner) && !/^[{[]/.test(inner))) {
          this.lines[this.at] = " ".repeat(place) + inner;
          found.push(this.block(place, depth + 1));
        } else found.push(this.value(inner, indent, depth + 1));
      }
      return found;
    }

    mapping(indent, depth) {
      const found = {};
      for (let line = this.next(); line && line.indent === indent; line = this.next()) {
        const match = KEY.exec(line.text);
        if (!match) { if (/^-(?:\s|$)/.test(line.text)) break; this.fail("a key was expected"); }
        const key = /^["']/.test(match[1]) ? unquoted(match[1]) : match[1];
        const rest = line.text.slice(match[0].length).trim();
        this.put(found, key, this.after(rest, indent, depth));
      }
      const beyond = this.next();
      if (beyond && beyond.indent > indent) this.fail("indented too far");
      return found;
    }

    put(found, key, value) {
      if (key === "<<" && value && typeof value === "object") {
        for (const each of Array.isArray(value) ? value : [value]) {
          for (const [own, inner] of Object.entries(each || {})) if (!Object.hasOwn(found, own)) this.put(found, own, inner);
        }
      } else Object.defineProperty(found, key, { value, enumerable: true, configurable: true, writable: true });
    }

    after(rest, indent, depth) {
      let anchor = "";
      for (let mark = /^(?:&(\S+)|!\S*)(?:\s+|$)/.exec(rest); mark; mark = /^(?:&(\S+)|!\S*)(?:\s+|$)/.exec(rest)) {
        anchor = mark[1] || anchor;
        rest = rest.slice(mark[0].length);
      }
      let value;
      if (rest) value = this.value(rest, indent, depth + 1);
      else {
        this.at += 1;
        const line = this.next();
        const inSequence = line && line.indent === indent && /^-(?:\s|$)/.test(line.text);
        value = this.block(inSequence ? indent : indent + 1, depth + 1);
      }
      if (anchor) this.anchors[anchor] = value;
      return value;
    }

    /** A value that begins in this line and may go on in lines that are indented further. */
    value(text, indent, depth) {
      if (/^(?:&\S+|!\S*)(?:\s|$)/.test(text)) return this.after(text, indent, depth);
      if (/^[|>]/.test(text)) return this.literal(text, indent);
      if (text[0] === "*") { this.at += 1; return this.anchors[text.slice(1).trim()] ?? null; }
      if (/^["'[{]/.test(text)) return this.flowing(text, depth);
      const parts = [text];
      this.at += 1;
      for (let line = this.next(); line && line.indent > indent && !KEY.test(line.text); line = this.next()) {
        parts.push(line.text);
        this.at += 1;
      }
      return scalar(parts.join(" "));
    }

    literal(text, indent) {
      this.at += 1;
      const lines = [];
      let inner = -1;
      for (; this.at < this.lines.length; this.at += 1) {
        const line = this.lines[this.at];
        const own = line.length - line.trimStart().length;
        if (line.trim() && own <= indent) break;
        if (line.trim() && inner < 0) inner = own;
        lines.push(line);
      }
      const body = lines.map((line) => line.slice(Math.max(inner, 0)));
      const joined = text[0] === "|" ? body.join("\n") : body.join("\n").replace(/([^\n])\n(?=[^\n ])/g, "$1 ");
      return joined.replace(/\n*$/, text.includes("-") ? "" : "\n");
    }

    /** A quoted scalar or a flow collection, which may span lines. */
    flowing(text, depth) {
      let whole = text;
      let flow = new Flow(whole, this, depth);
      let found = flow.read();
      while (!flow.done) {
        this.at += 1;
        if (this.at >= this.lines.length) this.fail("a quote or a bracket is never closed");
        whole += `\n${withoutComment(this.lines[this.at])}`;
        flow = new Flow(whole, this, depth);
        found = flow.read();
      }
      this.at += 1;
      return found;
    }
  }

  class Flow {
    constructor(text, reader, depth) {
      this.text = text;
      this.reader = reader;
      this.depth = depth;
      this.place = 0;
      this.done = true;
    }

    space() { while (/\s/.test(this.text[this.place] || "")) this.place += 1; }

    read() {
      this.space();
      const letter = this.text[this.place];
      if (letter === undefined) { this.done = false; return null; }
      if (letter === "{") return this.collection("}", {});
      if (letter === "[") return this.collection("]", []);
      if (letter === '"' || letter === "'") return this.quoted(letter);
      const found = /^(?:[^,[\]{}:\n]|:(?![\s,[\]{}]|$))*/.exec(this.text.slice(this.place))[0];
      this.place += found.length;
      const plain = found.trim();
      return plain[0] === "*" ? this.reader.anchors[plain.slice(1)] ?? null : scalar(plain);
    }

    quoted(quote) {
      const found = (quote === '"' ? /^"(?:[^"\\]|\\[^])*"/ : /^'(?:[^']|'')*'/).exec(this.text.slice(this.place));
      if (!found) { this.done = false; return null; }
      this.place += found[0].length;
      return unquoted(found[0]);
    }

    collection(end, found) {
      if (this.depth > DEEPEST) this.reader.fail("nested too deeply");
      this.depth += 1;
      this.place += 1;
      for (;;) {
        this.space();
        const letter = this.text[this.place];
        if (letter === undefined) { this.done = false; return found; }
        if (letter === end) { this.place += 1; this.depth -= 1; return found; }
        if (letter === ",") { this.place += 1; continue; }
        const start = this.place;
        const first = this.read();
        if (!this.done) return found;
        this.space();
        const isPair = this.text[this.place] === ":";
        let value = null;
        if (isPair) {
          this.place += 1;
          this.space();
          if (![",", end].includes(this.text[this.place])) value = this.read();
          if (!this.done) return found;
        }
        if (Array.isArray(found)) found.push(isPair ? { [first]: value } : first);
        else this.reader.put(found, String(first), value);
        if (this.place === start) this.reader.fail("a sign stands where a value was expected");
      }
    }
  }

  /** The first document of a text as a value; throws an error that names the line. */
  scope.catalogYaml = function (text) {
    const reader = new Reader(text);
    const value = reader.block(0, 0);
    if (reader.next()) reader.fail("this does not belong to what stands before");
    return value;
  };
})(typeof self === "undefined" ? globalThis : self);
