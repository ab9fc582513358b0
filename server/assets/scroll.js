// Back and forward to another page open it where the reader had left it: after a look at the row
// behind a number, the number is in sight again. A link to an exhibit (at=) opens its page there.
// Streamlit opens every page at its top.
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
    land();
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

  // How far down the card of an exhibit begins, below what stays at the top of the window.
  const ABOVE = 72;
  const topOf = (place, exhibit) => {
    const card = place.querySelector(`.st-key-exhibit-${CSS.escape(exhibit)}`);
    if (!card) return null;
    const down = card.getBoundingClientRect().top - place.getBoundingClientRect().top;
    return Math.max(0, place.scrollTop + down - ABOVE);
  };
  const arrive = () => {
    const place = main();
    if (!goal) return;
    if (!place) { requestAnimationFrame(arrive); return; }
    const late = performance.now() > goal.until;
    if (goal.at) goal.top = topOf(place, goal.at) ?? goal.top;
    if (place.scrollHeight - place.clientHeight >= goal.top || late || goal.at) place.scrollTop = goal.top;
    // What comes above it may still be drawn: stay there until the page is still.
    if (late || (!runs() && performance.now() - goal.changed > 600)) {
      now.top = place.scrollTop;
      goal = null;
    } else {
      requestAnimationFrame(arrive);
    }
  };
  const set = (top, at = "") => {
    const begun = performance.now(), waits = goal !== null;
    goal = {top, at, until: begun + PATIENCE, changed: begun};
    if (!waits) requestAnimationFrame(arrive);
  };
  function land(address = location.href) {
    const at = new URL(address).searchParams.get("at");
    if (at) set(now.top, at);
  }
  window.addEventListener("popstate", () => {
    if (entry() === now.entry) return;
    leave();
    const isOther = location.pathname !== now.path;
    now = {entry: entry(), path: location.pathname, top: isOther ? places.get(entry()) ?? 0 : now.top};
    if (isOther) set(now.top);
  }, true);
  new MutationObserver(() => { if (goal) goal.changed = performance.now(); })
    .observe(document.documentElement, {subtree: true, childList: true});
  // Whoever moves the page meanwhile knows better.
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
    window.addEventListener(kind, () => { goal = null; }, {capture: true, passive: true});
  // The run takes at= out of the address, maybe before this script is there: what was loaded has it.
  land(performance.getEntriesByType("navigation")[0]?.name);
  window.addEventListener("pagehide", () => {
    leave();
    try { sessionStorage.setItem(PLACES, JSON.stringify([...places])); } catch { /* not kept */ }
  });
})();
