// What the pages need of a browser and Streamlit does not do: one entry of the history a step, and
// a search that is used by keyboard from its first letter.
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

  // The search: its box has the focus when it opens; Enter opens the first result, arrows move.
  const dialog = () => document.querySelector('.st-key-search-box')?.closest('[role="dialog"]');
  const box = () => dialog()?.querySelector(".st-key-search-box input");
  const results = () => [...(dialog()?.querySelectorAll('[data-testid="stPageLink-NavLink"]') ?? [])];
  let focused = null, ran = false;

  // What is typed before the box is there waits for it: Streamlit takes a letter of it for a command
  // ("r" runs the page again, and the search would not open).
  let until = 0, ahead = "";
  const wait = () => {
    if (!box()) [until, ahead] = [performance.now() + 10000, ""];
  };
  const hand = found => {
    const typed = ahead;
    [until, ahead] = [0, ""];
    if (!typed) return;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(found, typed);
    found.dispatchEvent(new Event("input", {bubbles: true}));
  };
  document.addEventListener("click", event => {
    if (event.target.closest?.(".st-key-search button")) wait();
  }, true);
  window.addEventListener("keydown", event => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") return wait();
    if (command || event.altKey || performance.now() > until) return;
    if (event.key === "Escape") until = 0;
    else if (event.key === "Backspace") ahead = ahead.slice(0, -1);
    else if (event.key.length === 1) ahead += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  new MutationObserver(() => {
    const found = box();
    if (found && found !== focused) {
      focused = found;
      // The dialog takes the focus itself when it has opened.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        found.focus();
        hand(found);
      }));
    }
    if (!found) focused = null;
    const now = running();
    if (ran && !now) opened = null;
    ran = now;
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
  document.addEventListener("keydown", event => {
    const inside = dialog();
    if (!inside || !inside.contains(document.activeElement)) return;
    const links = results(), at = links.indexOf(document.activeElement);
    const typing = document.activeElement === box();
    if (event.key === "ArrowDown" || (event.key === "ArrowUp" && !typing)) {
      const next = event.key === "ArrowDown" ? links[at + 1] : links[at - 1] ?? box();
      next?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && typing && !event.isComposing && links.length) {
      // What is shown may still be that of fewer letters: wait for the run that is on its way.
      event.preventDefault();
      event.stopPropagation();
      const open = tries => {
        if (running() && tries) setTimeout(open, 50, tries - 1);
        else results()[0]?.click();
      };
      setTimeout(open, 200, 60);
    }
  }, true);
})();
