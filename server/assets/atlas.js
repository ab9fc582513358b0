// What the pages need of a browser and Streamlit does not do: one entry of the history a step.
(() => {
  "use strict";
  if (window.atlasPages) return;
  window.atlasPages = true;

  // Going to a page makes two entries: Streamlit opens the bare address, and the run that follows
  // puts the filters into it. The second belongs to the first, as long as that run lasts.
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let opened = null;
  // The page that the reader asked for last, by opening the Atlas, by a step in the history or by a
  // link: no script goes to another one. On a busy machine what a page left meanwhile still says
  // comes late, and Streamlit would go back to that page, and then on again: two more entries.
  const bare = path => path.replace(/\/$/, "");
  let wanted = bare(location.pathname);
  // An address that a run writes says of which page it is (components/ui/address.py). It may come
  // before Streamlit has gone to that page, or when the reader has left it: it is nothing to go to
  // then, and the page that is open keeps its own. Streamlit remembers it all the same, and goes to
  // the next page with it. Nor is what the address says already a step.
  const meant = url => {
    const goal = new URL(url ?? location.href, location.href);
    const whose = goal.searchParams.get("_page");
    if (whose === null) return goal;
    const rest = goal.search.slice(1).split("&").filter(part => !part.startsWith("_page="));
    goal.search = rest.join("&");
    if (whose === goal.pathname.split("/").pop()) return goal;
    goal.search = "";
    return goal.pathname === location.pathname ? null : goal;
  };
  const running = () => document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"])') !== null;
  history.pushState = (state, title, url) => {
    const goal = meant(url);
    if (!goal) return;
    const elsewhere = bare(goal.pathname) !== bare(location.pathname);
    if (elsewhere && wanted !== null && bare(goal.pathname) !== wanted) return;
    if (goal.href === location.href) {
      history.replaceState(state, title, goal);
    } else if (goal.pathname !== location.pathname) {
      opened = goal.pathname;
      push(state, title, goal);
    } else if (opened === goal.pathname) {
      opened = null;
      history.replaceState(state, title, goal);
    } else {
      push(state, title, goal);
    }
  };
  history.replaceState = (state, title, url) => {
    const goal = meant(url);
    if (goal) replace(state, title, goal);
  };
  window.addEventListener("popstate", () => {
    opened = null;
    wanted = bare(location.pathname);
  }, true);
  const goes = goal => {
    if (goal.origin === location.origin) wanted = bare(goal.pathname);
  };
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href]");
    // Not all that leads to a page is a link (the logo): after another click any page may follow.
    if (!link) wanted = null;
    else if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey))
      goes(new URL(link.href, location.href));
  }, true);
  // A text's link of which a click has waited (links.js).
  window.addEventListener("atlas-goes", event => goes(event.detail));
  // What was written before this script was there.
  if (location.search.includes("_page=")) history.replaceState(history.state, "", location.href);

  let ran = false;
  new MutationObserver(() => {
    const now = running();
    if (ran && !now) opened = null;
    ran = now;
  }).observe(document.documentElement, {
    subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
})();
