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

  document.addEventListener("click", event => {
    // What React answers (links of Streamlit's own) is answered before it comes here.
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    const link = event.target.closest?.('[data-testid="stApp"] a[href]');
    if (!link || link.hasAttribute("download")) return;
    const goal = new URL(link.href, location.href);
    // Pages lie on one level; everything else there (files, briefs, the interface) is loaded.
    if (goal.origin !== location.origin || folder(goal.pathname) !== folder(location.pathname)) return;
    const page = goal.pathname.slice(folder(goal.pathname).length);
    if ((page && !words("pages").has(page)) || goal.hash) return;
    event.preventDefault();
    // Filters come along, as by the menu, unless the link brings its own.
    const names = words("filters");
    if (![...goal.searchParams.keys()].some(name => names.has(name)))
      for (const [name, value] of new URLSearchParams(location.search))
        if (names.has(name)) goal.searchParams.append(name, value);
    if (goal.href === location.href) return;
    history.pushState({}, "", goal);
    window.dispatchEvent(new PopStateEvent("popstate", {state: {}}));
  });
})();
