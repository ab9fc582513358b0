// Back and forward to another page open it where the reader had left it: after a look at the row
// behind a number, the number is in sight again. Streamlit opens every page at its top.
(() => {
  "use strict";
  if (window.atlasScroll) return;
  window.atlasScroll = true;
  const PLACES = "atlas-places", MOST = 100, PATIENCE = 8000;
  const main = () => document.querySelector('[data-testid="stMain"]');
  const runs = () => document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"])') !== null;

  // Entry of the history -> how far down its page was; kept when the page is loaded anew.
  let places = new Map();
  try { places = new Map(JSON.parse(sessionStorage.getItem(PLACES) ?? "[]")); } catch { /* none */ }
  const entry = () => history.state?.atlasEntry ?? "";
  const name = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;

  const replace = history.replaceState.bind(history), push = history.pushState.bind(history);
  history.replaceState = (state, title, url) =>
    replace({...state, atlasEntry: entry() || name()}, title, url);
  history.pushState = (state, title, url) => {
    leave();
    push({...state, atlasEntry: name()}, title, url);
    const stays = location.pathname === now.path;
    now = {entry: entry(), path: location.pathname, top: stays ? now.top : 0};
  };
  if (!entry()) replace({...history.state, atlasEntry: name()}, "");

  let now = {entry: entry(), path: location.pathname, top: 0}, goal = null;
  const leave = () => {
    places.delete(now.entry);
    places.set(now.entry, now.top);
    while (places.size > MOST) places.delete(places.keys().next().value);
  };
  // What is drawn next may be shorter than what was there: only a hand says where the reader is.
  document.addEventListener("scroll", event => {
    if (event.target !== main() || goal) return;
    if (entry() !== now.entry) now = {entry: entry(), path: location.pathname, top: 0};
    now.top = event.target.scrollTop;
  }, {capture: true, passive: true});

  const arrive = () => {
    const place = main();
    if (!goal || !place) return;
    const late = performance.now() > goal.until;
    if (place.scrollHeight - place.clientHeight >= goal.top || late) place.scrollTop = goal.top;
    // What comes above it may still be drawn: stay there until the page is still.
    if (late || (!runs() && performance.now() - goal.changed > 600)) {
      now.top = place.scrollTop;
      goal = null;
    } else {
      requestAnimationFrame(arrive);
    }
  };
  window.addEventListener("popstate", () => {
    if (entry() === now.entry) return;
    leave();
    const isOther = location.pathname !== now.path;
    now = {entry: entry(), path: location.pathname, top: isOther ? places.get(entry()) ?? 0 : now.top};
    if (!isOther) return;
    const begun = performance.now();
    goal = {top: now.top, until: begun + PATIENCE, changed: begun};
    requestAnimationFrame(arrive);
  }, true);
  new MutationObserver(() => { if (goal) goal.changed = performance.now(); })
    .observe(document.documentElement, {subtree: true, childList: true});
  // Whoever moves the page meanwhile knows better.
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
    window.addEventListener(kind, () => { goal = null; }, {capture: true, passive: true});
  window.addEventListener("pagehide", () => {
    leave();
    try { sessionStorage.setItem(PLACES, JSON.stringify([...places])); } catch { /* not kept */ }
  });
})();
