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

  /** A table that scrolls sideways can be scrolled by the keyboard. */
  function reachTables() {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach((wrap) => {
      if (wrap.closest(".cat-table__scroll") || wrap.scrollWidth <= wrap.clientWidth) return;
      wrap.tabIndex = 0;
      wrap.setAttribute("role", "group");
      wrap.setAttribute("aria-label", "Table; scrolls sideways");
    });
  }
  window.addEventListener("load", reachTables);
  window.addEventListener("resize", reachTables);
})();
