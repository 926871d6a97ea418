
/* The page of an event: its tree of fields, its versions, its code. All of it can be read without. */
(function () {
  "use strict";
  const LANGUAGE = "catalogue-language";
  const FEW = 5;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  }

  function button(text, does, attributes) {
    const made = element("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", () => does(made));
    return made;
  }

  /** Puts a text where the reader can paste it from; where no clipboard is, a selection must do. */
  function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = element("textarea", { style: "position:fixed;opacity:0" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("no clipboard"));
  }

  function copied(made, text) {
    const before = made.textContent;
    const tell = (word) => {
      made.textContent = word;
      setTimeout(() => { made.textContent = before; }, 1500);
    };
    copy(text).then(() => tell("Copied"), () => tell("Not copied"));
  }

  /** The path of a field, as programs write it: its address in the page without part and variants. */
  function pathOf(field) {
    return field.id.replace(/^(payload|headers)(\[\]|\{\})*\.?/, "").replace(/\([^()]*\)\.?/g, "");
  }

  const FIELD = ".cat-fields > li";

  class Tree {
    constructor(host) {
      this.host = host;
      this.fields = [...host.querySelectorAll(FIELD)];
      this.named = this.fields.filter((field) => !field.classList.contains("cat-variant"));
      this.boxes = [...host.querySelectorAll(".cat-fields > li > details")];
      this.named.forEach((field) => {
        const path = pathOf(field);
        const link = element("a", { class: "cat-field__anchor", href: `#${encodeURIComponent(field.id)}`,
          "aria-label": `Link to ${field.querySelector("code").textContent}` }, "#");
        field.prepend(link, button("copy path", (own) => copied(own, path),
          { class: "cat-field__copy", "aria-label": `Copy the path ${path}` }));
      });
      this.named.forEach((field) => this.linkOthers(field));
      this.tools = element("div", { class: "cat-tree-tools" });
      if (this.named.length >= FEW || this.boxes.length) this.build();
    }

    /** How many other events have a field leads to the page Fields. */
    linkOthers(field) {
      const told = field.querySelector(":scope > small, :scope > details > .cat-note > small");
      if (!told || !this.host.dataset.tree) return;
      const name = encodeURIComponent(field.querySelector("code").textContent);
      told.replaceWith(element("a", { href: `${this.host.dataset.tree}?q=${name}` }, told.textContent));
    }

    build() {
      this.query = element("input", { type: "search", placeholder: "Filter fields",
        "aria-label": "Filter fields", autocomplete: "off" });
      this.query.addEventListener("input", () => this.filter());
      this.query.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.query.value) { event.preventDefault(); this.clear(); }
      });
      this.count = element("span", { class: "cat-tree-count", "aria-live": "polite" });
      this.tools.append(this.query);
      if (this.boxes.length) {
        this.all = button("Expand all", () => this.toggle(), { class: "cat-button" });
        this.tools.append(this.all);
        this.host.addEventListener("toggle", () => this.name(), true);
        this.name();
      }
      this.tools.append(this.count);
      this.host.prepend(this.tools);
    }

    name() {
      this.all.textContent = this.boxes.every((box) => box.open) ? "Collapse all" : "Expand all";
    }

    toggle() {
      const open = !this.boxes.every((box) => box.open);
      this.boxes.forEach((box) => { box.open = open; });
      this.name();
    }

    clear() {
      this.query.value = "";
      this.filter();
    }

    /** Shows the fields that have all words in their path or description, and what they stand in. */
    filter() {
      const words = this.query.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length && !this.before) this.before = this.boxes.map((box) => box.open);
      const text = (field) => {
        const note = field.querySelector(":is(:scope, :scope > details) > :is(p:not([class]), .cat-prose)");
        return `${pathOf(field)} ${note ? note.textContent : ""}`.toLowerCase();
      };
      const fits = new Set(this.named.filter((field) => {
        const own = words.length ? text(field) : "";
        return words.every((word) => own.includes(word));
      }));
      const shown = new Set(fits);
      if (words.length) {
        fits.forEach((field) => {
          for (let up = field.parentElement.closest(FIELD); up; up = up.parentElement.closest(FIELD)) {
            shown.add(up);
            up.querySelector(":scope > details").open = true;
          }
        });
      }
      this.fields.forEach((field) => { field.hidden = words.length > 0 && !shown.has(field); });
      if (!words.length && this.before) {
        this.boxes.forEach((box, index) => { box.open = this.before[index]; });
        this.before = null;
      }
      this.count.textContent = !words.length ? ""
        : fits.size ? `${fits.size} of ${this.named.length} fields` : "No field fits.";
    }
  }

  /** A link to a field opens everything around it, and whatever hides it gives way. */
  function reveal() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { return; }
    if (!target || !target.closest(".cat-fields")) return;
    trees.forEach((tree) => { if (tree.host.contains(target) && tree.query && target.hidden) tree.clear(); });
    if (versions && versions.host.contains(target)) versions.show("");
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "center" });
  }

  /** Which version's fields are shown; the address holds it. */
  class Versions {
    constructor(tree) {
      this.host = tree.host;
      this.then = [...document.querySelectorAll(".cat-then[data-version]")];
      this.now = this.host.querySelector(":scope > .cat-fields");
      this.choice = element("select", { "aria-label": "Version" },
        element("option", { value: "" }, "As it is now"),
        ...this.then.map((box) => element("option", { value: box.dataset.version }, `As of ${box.dataset.said}`)));
      this.choice.addEventListener("change", () => {
        this.show(this.choice.value);
        const state = new URLSearchParams(location.search);
        if (this.choice.value) state.set("version", this.choice.value); else state.delete("version");
        const search = state.toString();
        try {
          history.pushState(null, "", location.pathname + (search ? `?${search}` : ""));
        } catch { /* a page opened from a folder may not change its address */ }
      });
      tree.tools.prepend(this.choice);
      this.host.prepend(tree.tools);
      window.addEventListener("popstate", () => this.read());
      this.read();
    }

    read() {
      this.show(new URLSearchParams(location.search).get("version") || "");
    }

    show(version) {
      const then = this.then.find((box) => box.dataset.version === version);
      this.choice.value = then ? version : "";
      this.now.hidden = Boolean(then);
      this.host.querySelectorAll(":scope > .cat-tree-tools > :not(select)").forEach((tool) => { tool.hidden = Boolean(then); });
      if (this.shown) this.shown.remove();
      this.shown = then ? this.made(then) : null;
      if (this.shown) this.now.before(this.shown);
    }

    /** The fields of then, and what has changed since, in each of the versions after it. */
    made(then) {
      const item = then.closest(".cat-versions > li");
      const newer = [...item.parentElement.children].filter((each) =>
        each.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING);
      const since = newer.flatMap((each) => [...each.querySelectorAll(".cat-difference")]);
      const list = then.querySelector("ul").cloneNode(true);
      list.className = "cat-then-list";
      const touched = new Map();
      since.forEach((each) => each.querySelectorAll("code").forEach((code) => {
        const breaks = each.classList.contains("cat-difference--breaks");
        touched.set(code.textContent, touched.get(code.textContent) || breaks);
      }));
      [...list.children].forEach((line) => {
        const path = line.querySelector("code").textContent;
        if (!touched.has(path)) return;
        const breaks = touched.get(path);
        line.append(" ", element("span", { class: `cat-badge cat-badge--${breaks ? "breaking" : "compatible"}` },
          breaks ? "breaking since" : "changed since"));
      });
      const changes = element("ul", { class: "cat-differences" }, ...since.map((each) => each.cloneNode(true)));
      return element("div", { class: "cat-then-shown" },
        element("p", {}, element("strong", {}, `As of ${then.dataset.said}`)),
        element("p", { class: "cat-quiet" }, since.length ? "What has changed since:" : "Nothing has changed since."),
        changes, list);
    }
  }

  /** How the text of an example stands in the code of a language. */
  const EXAMPLE_IN = {
    python: (text) => text.replace(/"(?:[^"\\]|\\.)*"|true|false|null/g,
      (word) => ({ true: "True", false: "False", null: "None" })[word] || word),
    java: (text) => text.replace(/\\/g, "\\\\").replace(/"$/, '\\"'),
    go: (text) => text.replace(/`/g, '` + "`" + `'),
  };
  const UNSEEN = /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x7f-\x9f]/g;
  const pieces = {};

  /** Pieces of code for all events that are sent and read alike. */
  window.catalogSnippets = (kind, codes) => {
    pieces[kind] = codes;
    const told = document.querySelector(".cat-snippets");
    const wanted = told ? JSON.parse(told.textContent) : [];
    if (wanted.every(([, each]) => pieces[each])) addSnippets(told, wanted);
  };

  /** Snippets get their tabs before the theme looks for tabs. */
  function addSnippets(told, wanted) {
    const set = told.previousElementSibling;
    const shown = told.dataset.example > 0
      ? set.querySelector(`.tabbed-content > :nth-child(${told.dataset.example}) code`).textContent : "{}";
    const example = laidOut(shown)
      .replace(UNSEEN, (each) => `\\u${each.charCodeAt().toString(16).padStart(4, "0")}`);
    wanted.forEach(([title, kind, values], index) => {
      const inner = element("div", { class: "tabbed-set tabbed-alternate", "data-tabs": `${index + 2}:0`,
        role: "group", "aria-label": `${title}: languages` },
      element("div", { class: "tabbed-labels" }), element("div", { class: "tabbed-content" }));
      pieces[kind][title].forEach((code) => addTab(inner, index + 2, code[1], element("div", { class: "highlight" },
        element("pre", {}, element("code", { "data-code": code[0] }, filled(code, values, example))))));
      addTab(set, 1, title, inner);
    });
    told.remove();
  }

  function addTab(set, number, title, content) {
    const [labels, contents] = ["labels", "content"].map((part) => set.querySelector(`:scope > .tabbed-${part}`));
    const name = `t${number}`;
    const count = labels.children.length + 1;
    labels.before(element("input", { id: `${name}-${count}`, name, type: "radio", ...(count === 1 && { checked: "" }) }));
    labels.append(element("label", { for: `${name}-${count}` }, title));
    contents.append(element("div", { class: "tabbed-block" }, content));
    set.dataset.tabs = `${number}:${count}`;
  }

  function filled([name, , comment, texts, holes], values, example) {
    const own = { ...values, example: (EXAMPLE_IN[name] || String)(example) };
    const note = values.note ? `${comment} ${values.note}\n` : "";
    return note + texts.map((text, index) =>
      text + (index < holes.length ? own[holes[index][0]].replaceAll("\n", () => holes[index][1]) : "")).join("");
  }

  /** The language that one chose is chosen everywhere. */
  function languages() {
    const sets = [...document.querySelectorAll(".tabbed-block .tabbed-set")];
    const choose = (name) => sets.forEach((set) => {
      const label = [...set.querySelectorAll(":scope > .tabbed-labels > label")].find((each) => each.textContent === name);
      if (label) document.getElementById(label.htmlFor).checked = true;
    });
    sets.forEach((set) => set.addEventListener("change", (event) => {
      const name = set.querySelector(`label[for="${event.target.id}"]`).textContent;
      choose(name);
      try { localStorage.setItem(LANGUAGE, name); } catch { /* nothing is kept, then */ }
    }));
    try { choose(localStorage.getItem(LANGUAGE)); } catch { /* nothing was kept */ }
  }

  const WORDS = {
    python: "and as async await def else except False finally for from if import in is None not or pass raise return True try while with yield",
    java: "class import new null private public return static this throws true false try var void while for if else final implements",
    typescript: "as async await const export for from function if import in let new null of return this throw true false try var while",
    go: "break case const defer else err for func go if import nil package range return select struct switch true false type var",
    csharp: "async await class const else false foreach if in new null public return static this true try using var void while do",
    yaml: "true false null",
    json: "true false null",
  };
  const PATTERNS = {
    python: /(#.*)|("(?:[^"\\\n]|\\.)*")|\b(\d[\w.]*)\b|\b([A-Za-z_]\w*)\b(\s*\()?/g,
    yaml: /((?:^|\s)#.*)|("(?:[^"\\\n]|\\.)*"|'[^'\n]*')|(?<=[:\-] +)(-?\d[\d.]*)(?=\s|$)|([\w$./-]+)(\s*:)?/g,
    json: /(?!)()|("(?:[^"\\\n]|\\.)*")(?!\s*:)|(-?\b\d[\w.+-]*)|("(?:[^"\\\n]|\\.)*"|\b[a-z]+\b)(\s*:)?/g,
    other: /(\/\/.*)|("""[^]*?"""|"(?:[^"\\\n]|\\.)*"|`[^`]*`)|\b(\d[\w.]*)\b|\b([A-Za-z_]\w*)\b(\s*\()?/g,
  };

  /** The theme's own names for what stands in JSON. */
  const IN_JSON = { hs: "s2", hn: "mi", hk: "kc", ht: "nt" };

  /** Colours code; what is coloured stays the same text, but for JSON in one line. */
  function colour(code) {
    const language = code.dataset.code;
    const words = new Set((WORDS[language] || "").split(" "));
    const pattern = PATTERNS[language] || PATTERNS.other;
    const text = language === "json" ? laidOut(code.textContent) : code.textContent;
    const parts = [];
    let end = 0;
    const put = (name, from, part) => {
      const own = language === "json" ? IN_JSON[name] : name;
      parts.push(text.slice(end, from), element("span", { class: own }, part));
      end = from + part.length;
    };
    for (const found of text.matchAll(pattern)) {
      const [, comment, string, number, word, called] = found;
      if (comment) put("hc", found.index, comment);
      else if (string) put("hs", found.index, string);
      else if (number) put("hn", found.index, number);
      else if (words.has(word)) put("hk", found.index, word);
      else if (called) put("ht", found.index, word);
    }
    parts.push(text.slice(end));
    code.replaceChildren(...parts);
  }

  /** JSON comes in one line, which is short; people read and paste it indented. */
  function laidOut(text) {
    if (text.includes("\n")) return text;
    let indent = "\n";
    return text.replace(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|\s*([{}[\],:])\s*/g, (whole, sign) => {
      if (sign === ":") return ": ";
      if (sign === ",") return `,${indent}`;
      if (sign === "{" || sign === "[") return sign + (indent += "  ");
      return sign ? (indent = indent.slice(0, -2)) + sign : whole;
    });
  }

  /** Code that is too long to be seen whole can be scrolled by keyboard; the theme knows of width alone. */
  function scrollable() {
    const observer = new ResizeObserver((entries) => setTimeout(() => entries.forEach(({ target }) => {
      if (target.scrollHeight > target.clientHeight + 1) target.tabIndex = 0;
    })));
    document.querySelectorAll(".cat-payload__side code").forEach((code) => observer.observe(code));
  }

  /** A chip says where its name is from, which stands in the details. */
  function hint() {
    const terms = new Map([...document.querySelectorAll(".cat-facts > dt")].map((each) => [each.textContent, each]));
    document.querySelectorAll(".cat-chips > li:not([title])").forEach((chip) => {
      const term = terms.get(chip.firstElementChild.textContent);
      const told = term && term.nextElementSibling.querySelector(":scope > i");
      if (told) chip.title = told.textContent.replace(/^f/, "F");
    });
  }

  let trees = [];
  let versions = null;

  function start() {
    languages();
    document.querySelectorAll("code[data-code]").forEach(colour);
    scrollable();
    hint();
    const actions = document.querySelector(".cat-actions");
    if (!actions) return;
    actions.append(element("li", {}, button("Copy link",
      (made) => copied(made, location.href.split("#")[0]), { class: "cat-link" })));
    trees = [...document.querySelectorAll("[data-tree]")].map((host) => new Tree(host));
    const tree = trees.find((each) => each.host.closest(".cat-payload") && each.fields.length);
    if (tree && document.querySelector(".cat-then[data-version]")) versions = new Versions(tree);
    document.addEventListener("click", (event) => {
      const link = event.target.closest(".cat-fields > li > a[href*='?q='], .cat-fields .cat-note > a[href*='?q=']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const name = new URLSearchParams(link.search).get("q");
      window.catalogSearchBox.open(`field:${/^[\w.-]+$/.test(name) ? name : `"${name.replace(/"/g, " ")}"`}`);
    });
    window.addEventListener("hashchange", reveal);
    reveal();
  }
  document.addEventListener("DOMContentLoaded", start);
})();
