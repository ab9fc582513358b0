// What the reader unfolded on a page, kept in the address: unfolded=ID,ID.
//
// Statements, the words below a card on a phone, the rest of a list: they are in the page whether
// they are unfolded or not, and no script of the server knows which. It only keeps the parameter
// (components/ui/address.py) and says when something of it is nothing to unfold.
(() => {
  "use strict";
  if (window.atlasUnfolded) return;
  window.atlasUnfolded = true;
  const PARAM = "unfolded";
  // What says whose page it is: with another of these nothing of it is unfolded.
  const WHOSE = ["id", "system"];
  const seen = new WeakSet();
  // Where a hand has unfolded something: what Streamlit writes there of it is out of date.
  let touched = "";

  const among = (element, start) =>
    [...(element?.classList ?? [])].find(name => name.startsWith(start))?.slice(start.length) ?? "";
  // components/ui/unfolded.py has the same names.
  const nameOf = fold => {
    const card = among(fold.closest('[class*="st-key-exhibit-"]'), "st-key-exhibit-");
    if (fold.closest(".statements")) return among(fold, "s-");
    if (fold.closest(".lines")) return card && `${card}.more`;
    if (fold.matches(".said")) return card ? `${card}.words` : "story";
    const place = fold.closest(".profile ol > li");
    return place ? `source.${[...place.parentElement.children].indexOf(place) + 1}` : "";
  };

  const asked = () =>
    (new URL(location.href).searchParams.get(PARAM) ?? "").split(",").filter(Boolean);
  const withNames = (address, names) => {
    const url = new URL(address, location.href);
    const rest = url.search.replace(/^\?/, "").split("&")
      .filter(part => part && !part.startsWith(`${PARAM}=`));
    if (names.length) rest.push(`${PARAM}=${encodeURIComponent(names.join(","))}`);
    url.search = rest.join("&");
    return url;
  };
  for (const kind of ["pushState", "replaceState"]) {
    const keep = history[kind].bind(history);
    history[kind] = (state, title, url) => {
      const goal = new URL(url ?? location.href, location.href), now = new URL(location.href);
      const isMine = goal.pathname === now.pathname && goal.pathname === touched
        && WHOSE.every(param => goal.searchParams.get(param) === now.searchParams.get(param));
      keep(state, title, isMine ? withNames(goal, asked()) : url);
    };
  }
  const replace = History.prototype.replaceState.bind(history);

  const note = (fold, isOpen) => {
    const name = fold instanceof HTMLDetailsElement ? nameOf(fold) : "";
    const names = asked();
    if (!name || isOpen === names.includes(name)) return;
    touched = location.pathname;
    const after = isOpen ? [...names, name] : names.filter(one => one !== name);
    replace(history.state, "", withNames(location.href, after));
  };
  document.addEventListener("toggle", event => note(event.target, event.target.open), true);
  // "toggle" comes a moment after the click. What Streamlit draws anew in between has to know.
  document.addEventListener("click", event => {
    const head = event.target.closest?.("summary");
    if (!head || event.defaultPrevented || event.target.closest("a, button, input, select")) return;
    note(head.parentElement, !head.parentElement.open);
  });

  // What is new in the page is as the address says; what is there already, as the reader left it.
  const restore = every => {
    const names = asked();
    for (const fold of document.querySelectorAll("details")) {
      const isNew = !seen.has(fold);
      seen.add(fold);
      const name = isNew || every ? nameOf(fold) : "";
      if (name) fold.open = names.includes(name);
    }
  };
  window.addEventListener("popstate", () => restore(true));
  new MutationObserver(() => restore(false))
    .observe(document.documentElement, {subtree: true, childList: true});
  // What is open before this script is there was unfolded by a hand: the server sends it folded.
  document.querySelectorAll("details[open]").forEach(fold => note(fold, true));
  restore(false);
})();
