/* What every page does by itself. */
(function () {
  "use strict";

  /** A link to a field opens everything around it. */
  function reveal() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { return; }
    if (!target || !target.closest(".cat-fields")) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", reveal);
  document.addEventListener("DOMContentLoaded", reveal);

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
