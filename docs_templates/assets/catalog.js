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
})();
