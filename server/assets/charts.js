// What a hand can do to a chart: click its marks and the entries of its key, nothing else.
//
// Axes stand still and a key hides nothing (components/theme.py), so a chart is always what the
// address says. Two things are left that Plotly does not do by itself.
(() => {
  "use strict";
  if (window.atlasCharts) return;
  window.atlasCharts = true;

  // Plotly takes every touch of its axes for the beginning of a drag, and the page would not scroll.
  // A tap comes as a mouse's click all the same, with what it points at and what it selects.
  document.addEventListener("touchstart", event => {
    if (event.target.closest?.(".js-plotly-plot .draglayer")) event.stopPropagation();
  }, {capture: true, passive: true});

  // An entry that names a value of the filters says which, as a mark does (components/exhibits/
  // picks.py): a click on it is told to the server as a click on a mark is.
  const CHARTS = '[class*="st-key-chart-"], [class*="st-key-side-chart-"]';
  const tokenOf = entry => entry.closest(CHARTS) && entry.parentNode.__data__?.[0]?.trace?.meta;
  const entryAt = event => event.target.closest?.(".js-plotly-plot rect[class*='toggle']");
  document.addEventListener("pointerover", event => {
    const entry = entryAt(event);
    if (entry) entry.style.cursor = tokenOf(entry) ? "pointer" : "default";
  }, true);
  document.addEventListener("click", event => {
    const entry = entryAt(event), token = entry && tokenOf(entry);
    // The second click of a double one would undo the first.
    if (!token || event.detail > 1) return;
    const point = {customdata: token, key: true, at: Math.round(performance.now())};
    entry.closest(".js-plotly-plot").emit("plotly_selected", {points: [point]});
  }, true);
})();
