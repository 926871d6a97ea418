/* Puts what all pages of a kind have alike where it belongs, while the page is read. */
function catalogFrame(parts, entry) {
  "use strict";
  const made = (html) => document.createRange().createContextualFragment(html);
  const plain = (text) => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt()};`);
  const put = (html, name, text) => html.replaceAll(`\ue000${name}\ue001`, () => plain(text));

  /** The table of contents, before the theme's script looks for it. */
  function contents() {
    const list = document.querySelector("[data-md-component=toc]");
    const entries = [...document.querySelectorAll(".md-content h2[id]")]
      .map(({ id, textContent }) => put(put(entry, "anchor", id), "heading", textContent));
    if (list) list.append(made(entries.join("")));
  }

  /** The next part: they stand in the page in their order. */
  let next = 0;
  class Part extends HTMLElement {
    connectedCallback() {
      const number = next++;
      const title = document.querySelector("meta[property='og:title']").content;
      this.replaceWith(made(put(parts[number], "title", title)));
      if (entry && number === parts.length - 1) contents();
    }
  }
  customElements.define("cat-part", Part);
}
