// A table is passed by the tabulator without choosing anything. Its grid chooses the first cell of
// whatever is focused, and a chosen cell filters every page: whoever only tabbed on would have
// filtered by the first row and lost the place. It is told of the focus when Enter or Space asks
// for it; the mouse is as it was.
(() => {
  "use strict";
  if (window.atlasTables) return;
  window.atlasTables = true;

  const gridOf = place => (place instanceof Element && place.tagName === "CANVAS"
    ? place.closest('[data-testid="stDataFrame"]') : null);
  let tabbed = false, held = null, lets = false;
  window.addEventListener("pointerdown", () => { [tabbed, held] = [false, null]; }, true);
  window.addEventListener("keydown", event => {
    tabbed = event.key === "Tab";
    if (!held || event.target !== held || (event.key !== "Enter" && event.key !== " ")) return;
    const canvas = held;
    [held, lets] = [null, true];
    event.preventDefault();
    event.stopImmediatePropagation();
    canvas.blur();
    canvas.focus();
    lets = false;
  }, true);
  for (const kind of ["focus", "focusin"]) {
    window.addEventListener(kind, event => {
      if (lets || !tabbed || !gridOf(event.target)) return;
      held = event.target;
      event.stopImmediatePropagation();
    }, true);
  }
})();
