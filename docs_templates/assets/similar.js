/* The page "Before you create": reads what is pasted, asks the engine, shows the nearest events. */
(function () {
  "use strict";
  const form = document.querySelector("[data-similar]");
  if (!form) return;
  const said = document.querySelector("[data-similar-said]");
  const answer = document.querySelector("[data-similar-answer]");
  const search = window.catalogSearchBox;
  const VERDICTS = {
    reuse: ["Reuse", "is there already and has what you need. Ask its owner to let you in."],
    extend: ["Look first", "is close. Ask its owner whether it can carry what is missing, before there are two."],
    new: ["New", "Nothing in the catalogue is close enough. Create it, under a name that the next one will find."],
  };
  const SHOWN = 12;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const address = (id) => new URL(`events/${encodeURIComponent(id)}${search.files.suffix}`, search.root).href;

  function fields(title, list, tone, show) {
    if (!list.length) return null;
    const rest = list.length - SHOWN;
    return element("div", { class: "sim-fields" },
      element("p", { class: `sim-fields__title sim-fields__title--${tone}` }, `${title} (${list.length})`),
      element("ul", {}, ...list.slice(0, SHOWN).map((each) => element("li", {}, ...show(each))),
        rest > 0 ? element("li", { class: "cat-quiet" }, `and ${rest} more`) : ""));
  }

  const plain = (each) => [element("code", {}, each.path), element("span", { class: "cat-quiet" }, ` ${each.type}${each.required ? ", required" : ""}`)];

  function both({ mine, theirs, sameType }) {
    const other = mine.path !== theirs.path ? [" as ", element("code", {}, theirs.path)] : [];
    const type = sameType ? [] : [element("span", { class: "sim-differs" }, ` ${theirs.type}, yours is ${mine.type}`)];
    return [element("code", {}, mine.path), ...other, ...type];
  }

  function card(draft, each) {
    const owner = [each.domain, each.team || "no owner known"].filter(Boolean).join(" · ");
    const carried = draft.fields.length ? `has ${each.shared.length} of your ${plural(draft.fields.length, "field")}` : "by its name";
    return element("li", { class: "cat-card sim-card" },
      element("div", { class: "sim-card__head" },
        element("a", { class: "cat-card__title", href: address(each.id) }, each.name),
        each.deprecated ? element("span", { class: "cat-badge cat-badge--deprecated" }, "deprecated") : "",
        element("span", { class: "sim-percent" }, `${each.percent} % alike`)),
      element("meter", { class: "sim-meter", min: 0, max: 100, value: each.percent, "aria-label": `${each.percent} percent alike` }),
      element("p", { class: "cat-line" }, `${carried} · ${owner} · read by ${plural(each.readers, "service")}`),
      each.line ? element("p", { class: "cat-line" }, each.line) : "",
      draft.fields.length ? element("details", { open: each.open ? "" : null },
        element("summary", {}, "Compare the fields"),
        element("div", { class: "sim-columns" },
          fields("Both", each.shared, "both", both),
          fields("Only yours", each.missing, "missing", plain),
          fields("Only there", each.additional, "additional", plain))) : "");
  }

  function shown(draft, result) {
    const [title, words] = VERDICTS[result.verdict];
    const best = result.candidates.find((each) => each.verdict === result.verdict);
    const heading = draft.name ? `${draft.name}: ` : "";
    result.candidates.forEach((each, place) => { each.open = place === 0; });
    const name = result.verdict === "new" || !best ? "" : element("a", { href: address(best.id) }, best.name);
    return element("section", { class: "sim-result" },
      element("div", { class: `sim-verdict sim-verdict--${result.verdict}` },
        element("p", { class: "sim-verdict__title" }, heading, element("strong", {}, title)),
        element("p", {}, name, name ? " " : "", words)),
      result.candidates.length ? element("ul", { class: "cat-cards sim-cards" }, ...result.candidates.map((each) => card(draft, each))) : "");
  }

  let wanted = 0;
  async function asked() {
    const own = wanted += 1;
    const { name, text } = form.elements;
    const plan = window.catalogReadPlan(text.value);
    let { drafts } = plan;
    if (name.value.trim()) {
      drafts = drafts.length ? drafts.map((each, place) => (place || each.name ? each : { ...each, name: name.value.trim() }))
        : [{ name: name.value.trim(), fields: [] }];
      if (drafts.length === 1) drafts = [{ ...drafts[0], name: name.value.trim() }];
    }
    if (plan.problem) { said.textContent = plan.problem; answer.replaceChildren(); return; }
    if (!drafts.length) { said.textContent = ""; answer.replaceChildren(); return; }
    const engine = search.engine();
    if (!engine.parts.names) said.textContent = "Loading the index…";
    const results = [];
    for (const draft of drafts.slice(0, 30)) {
      results.push([draft, await engine.ask("compare", draft)]);
      if (own !== wanted) return;
    }
    const many = drafts.reduce((sum, each) => sum + each.fields.length, 0);
    const read = plan.as ? `Read as ${plan.as}: ${drafts.length > 1 ? `${plural(drafts.length, "event")}, ` : ""}${plural(many, "field")}. ` : "";
    const found = results.length === 1 ? `${plural(results[0][1].candidates.length, "event")} to look at.` : "";
    said.textContent = read + found;
    answer.replaceChildren(...results.map((pair) => shown(...pair)));
    if (!engine.parts.texts) engine.when("texts").then(() => { if (own === wanted) asked(); });
  }

  const picker = form.querySelector("input[type=file]");
  async function take(file) {
    if (!file) return;
    form.elements.text.value = await file.text();
    asked();
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  let timer = 0;
  form.addEventListener("input", (event) => {
    if (event.target === picker) return;
    clearTimeout(timer);
    timer = setTimeout(asked, 150);
  });
  form.querySelector("[data-similar-open]").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => take(picker.files[0]));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) { event.preventDefault(); take(event.dataTransfer.files[0]); }
  });
  const given = new URLSearchParams(location.search).get("name");
  if (given) { form.elements.name.value = given; asked(); }
})();
