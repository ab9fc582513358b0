// A link in a text leads on within the session. A browser would load the other page anew: another
// session, in which what the reader brought is missing. Streamlit does go to an address without
// loading it when the reader walks through the history: a click writes the address as the next
// entry and tells Streamlit of it as a step there. Other buttons and keys do what they always do.
(() => {
  "use strict";
  if (window.atlasLinks) return;
  window.atlasLinks = true;

  const words = name => new Set(
    (document.querySelector(`[data-atlas-${name}]`)?.getAttribute(`data-atlas-${name}`) ?? "").split(" "));
  const folder = path => path.slice(0, path.lastIndexOf("/") + 1);
  // The link to a page that a plain click is on. Pages lie on one level; everything else there
  // (files, briefs, the interface) is loaded.
  const linkOf = event => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
    const link = event.target.closest?.("a[href]");
    if (!link || link.hasAttribute("download")) return null;
    const goal = new URL(link.href, location.href);
    if (goal.origin !== location.origin || folder(goal.pathname) !== folder(location.pathname)) return null;
    const page = goal.pathname.slice(folder(goal.pathname).length);
    return (page && !words("pages").has(page)) || goal.hash ? null : link;
  };

  // What a reader changed stands in the address when the run that answers it ends; who leaves before
  // would not find it by going back. A click on a page waits for that, a moment at most, and the
  // pointer says that it was heard. Streamlit's own links wait, too.
  const PATIENCE = 8000;
  // So long after a touch Streamlit may not have asked for a run yet.
  const ON_ITS_WAY = 400;
  const running = () => document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"])') !== null;
  // A stage writes its steps into the history itself, before it asks for them.
  const staged = () => location.pathname.endsWith("/present");
  // When the reader changed something last that no run was seen to answer, and when a run was asked
  // for last. A page that is only being opened is left at once.
  let touched = -Infinity, asked = -Infinity, held = null;
  // The first byte says which message it is: this one asks for a run.
  const RERUN = 0x5a;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (data?.[0] === RERUN) asked = performance.now();
    return send.call(this, data);
  };
  for (const kind of ["click", "change", "keydown"]) {
    document.addEventListener(kind, event => {
      // Keys of the browser change nothing here: Alt and an arrow go back.
      if (event.altKey || event.metaKey) return;
      if (!event.target.closest?.("a[href], header")) touched = performance.now();
    }, true);
  }
  const busy = () => performance.now() - touched < ON_ITS_WAY
    || (asked > touched && performance.now() - touched < PATIENCE);

  window.addEventListener("popstate", () => { touched = -Infinity; }, true);

  // Who goes back before the answer is there means what was changed last, and that is no entry yet:
  // the step would undo the change before it. It waits for the answer. A browser that cannot hold
  // a step (or will not: it allows it once after each click or key) goes at once.
  let steps = 0, lets = false;
  const undo = () => {
    if (steps && busy()) return setTimeout(undo, 30);
    document.documentElement.style.cursor = "";
    lets = steps > 0;
    if (steps) history.go(-steps);
    steps = 0;
  };
  window.navigation?.addEventListener("navigate", event => {
    if (event.navigationType !== "traverse") return;
    const back = window.navigation.currentEntry.index - event.destination.index;
    // Nothing is ahead of a change that was just made.
    if (lets || back < 1 || !event.cancelable || staged() || !busy()) {
      [steps, lets] = [0, false];
      return;
    }
    event.preventDefault();
    steps += back;
    document.documentElement.style.cursor = "progress";
    if (steps === back) undo();
  });
  new MutationObserver(() => {
    // The run of what came before may end when the next change is on its way already.
    if (!running() && asked > touched) touched = -Infinity;
  }).observe(
    document.documentElement, {subtree: true, attributes: true, attributeFilter: ["data-test-script-state"]});
  document.addEventListener("click", event => {
    const link = event.isTrusted ? linkOf(event) : null;
    if (!link || !busy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const here = location.pathname;
    held = link;
    document.documentElement.style.cursor = "progress";
    const go = () => {
      if (held !== link) return;
      const stays = location.pathname === here;
      if (stays && busy()) return setTimeout(go, 30);
      held = null;
      document.documentElement.style.cursor = "";
      if (!stays) return;
      // What is drawn anew in between may have put another link in its place.
      if (link.isConnected) link.click();
      else open(new URL(link.href, location.href));
    };
    go();
  }, true);

  document.addEventListener("click", event => {
    // What React answers (links of Streamlit's own) is answered before it comes here.
    const link = event.defaultPrevented ? null : linkOf(event);
    if (!link?.closest('[data-testid="stApp"]')) return;
    event.preventDefault();
    open(new URL(link.href, location.href));
  });
  const open = goal => {
    // Filters come along, as by the menu, unless the link brings its own.
    const names = words("filters");
    if (![...goal.searchParams.keys()].some(name => names.has(name)))
      for (const [name, value] of new URLSearchParams(location.search))
        if (names.has(name)) goal.searchParams.append(name, value);
    if (goal.href === location.href) return;
    window.dispatchEvent(new CustomEvent("atlas-goes", {detail: goal}));
    history.pushState({}, "", goal);
    window.dispatchEvent(new PopStateEvent("popstate", {state: {}}));
  };
})();
