/* What every page does by itself. */
(function () {
  "use strict";

  /** The theme's button beside code stands in a landmark without a name; it is no landmark. */
  function unmark() {
    document.querySelectorAll(".md-code__nav").forEach((nav) => nav.setAttribute("role", "none"));
  }
  document.addEventListener("DOMContentLoaded", () => {
    const watching = new MutationObserver(unmark);
    document.querySelectorAll("pre").forEach((code) => watching.observe(code, { childList: true }));
    unmark();
  });

  /** Headings of generated pages have a link to themselves, as those of hand-written ones do. */
  function linkHeadings() {
    document.querySelectorAll(".md-content h2[id]:not(:has(.headerlink))").forEach((heading) => {
      const link = document.createElement("a");
      link.className = "headerlink";
      link.href = `#${heading.id}`;
      link.title = "Link to this section";
      link.textContent = "¶";
      heading.append(link);
    });
  }
  document.addEventListener("DOMContentLoaded", linkHeadings);

  /** What scrolls sideways can be scrolled by the keyboard. */
  function reachWide() {
    document.querySelectorAll(".md-typeset__scrollwrap, .cat-diagram").forEach((wide) => {
      if (wide.closest(".cat-table__scroll") || wide.scrollWidth <= wide.clientWidth) return;
      wide.tabIndex = 0;
      wide.setAttribute("role", "group");
      wide.setAttribute("aria-label", `${wide.matches(".cat-diagram") ? "Diagram" : "Table"}; scrolls sideways`);
    });
  }
  window.addEventListener("load", reachWide);
  window.addEventListener("resize", reachWide);

  /** A diagram that is wider than its place shows what the page is about, or its middle. */
  function showCurrent() {
    document.querySelectorAll(".cat-diagram").forEach((wide) => {
      const shown = wide.querySelector(".node.current") ?? wide.querySelector("svg");
      if (!shown || wide.scrollWidth <= wide.clientWidth) return;
      const [place, middle] = [wide, shown].map((each) => each.getBoundingClientRect());
      wide.scrollLeft += middle.left + middle.width / 2 - place.left - place.width / 2;
    });
  }
  window.addEventListener("load", showCurrent);
})();
