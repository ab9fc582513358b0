// A link that is opened in another tab (with Ctrl, Cmd or Shift, by the middle button or the menu of
// the right one) opens there, in the state in which it would have opened here; this tab stays.
(() => {
  "use strict";
  if (window.atlasTabs) return;
  window.atlasTabs = true;

  const words = name => new Set(
    (document.querySelector(`[data-atlas-${name}]`)?.getAttribute(`data-atlas-${name}`) ?? "").split(" "));
  const folder = path => path.slice(0, path.lastIndexOf("/") + 1);
  const linkOf = event => event.target.closest?.("a[href]:not([download])");
  const isAside = event => event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;

  // Filters come along, as by a plain click (links.js), unless the link brings its own.
  const carried = link => {
    const goal = new URL(link.href, location.href);
    const page = goal.pathname.slice(folder(goal.pathname).length);
    const isPage = goal.origin === location.origin && !goal.hash
      && folder(goal.pathname) === folder(location.pathname) && (!page || words("pages").has(page));
    const names = words("filters");
    if (!isPage || [...goal.searchParams.keys()].some(name => names.has(name))) return null;
    for (const [name, value] of new URLSearchParams(location.search))
      if (names.has(name)) goal.searchParams.append(name, value);
    return goal.href === link.href ? null : goal.href;
  };
  // The address is the link's own again once the browser has taken it.
  let undo = null;
  window.addEventListener("pointerdown", event => {
    undo?.();
    const link = isAside(event) ? linkOf(event) : null;
    const goal = link && carried(link), own = link?.getAttribute("href");
    if (!goal) return;
    link.setAttribute("href", goal);
    undo = () => {
      if (link.getAttribute("href") === goal) link.setAttribute("href", own);
      undo = null;
    };
    setTimeout(() => undo?.(), 1500);
  }, true);
  // Streamlit goes there in this tab, whatever key is held.
  window.addEventListener("click", event => {
    if (event.isTrusted && isAside(event) && linkOf(event)) event.stopImmediatePropagation();
  }, true);
})();
