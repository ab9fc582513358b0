// Where the reader moved the maps of a page to, kept in the address: moved=latitude,longitude,zoom
// (and ~ between maps of different forms). Maps that look at the same place move together. Two sides
// that the page sent to different places go their own ways; where B was moved to is b.moved.
//
// Streamlit tells a script what is clicked on a map, not where the map looks. deck.gl knows it, and
// hands it out by its own names; the way to it goes through React, and tests open it in a browser.
// The server only keeps the parameter (components/ui/address.py): it never moves a map by it.
(() => {
  "use strict";
  if (window.atlasMaps) return;
  // Where each map of the page looks, as the address would say it.
  window.atlasMaps = () => decks().map(deck => told(view(deck)));
  const PARAM = "moved", OF_B = "b.moved";
  // What says where the page itself looks: with another of these a map begins anew. The two stand
  // in the same order, as they are compared with each other.
  const EVERY = ["look", "exhibit", "form", "story", "subject", "step"];
  const PLACES = {[PARAM]: ["id", "system", ...EVERY], [OF_B]: ["b.id", "b.system", ...EVERY]};
  const placesOf = (url, param) =>
    PLACES[param].map(place => url.searchParams.get(place) ?? "").join("&");
  const MAPS = ["map-", "side-", "stage-slot-"]
    .map(key => `[class*="st-key-${key}"] #deckgl-wrapper`).join(", ");
  const SETTLED_MS = 250;
  const MOST_TRIES = 60;
  const known = new WeakMap(), seen = new WeakSet(), onB = new WeakSet();
  let timer, tries = 0, asleep = true, down = null, ran = false;
  // After a step in the history, or to other places, the address is right, and after a hand's touch
  // the hand is, until the reader does something else: the page's answer may come late on a slow
  // machine, and so may the map's to the hand (three seconds from a press to the first step of a zoom).
  let inHistory = false, handled = -Infinity;
  const byHand = () => performance.now() - handled < 10000;

  // deck.gl's own object, which DeckGL for React holds in one of its hooks.
  const deckOf = wrapper => {
    const key = Object.keys(wrapper).find(name => name.startsWith("__reactFiber$"));
    let fiber = key && wrapper[key];
    for (let up = 0; fiber && up < 4; up += 1, fiber = fiber.return) {
      for (let hook = fiber.memoizedState; hook && "next" in hook; hook = hook.next) {
        const held = hook.memoizedState;
        const found = [held, held?.[0], held?.current].find(one => one?.deck?.props);
        if (found) return found.deck;
      }
    }
    return null;
  };
  const view = deck => deck.props.viewState;
  const wrappers = () => document.getElementById("deckgl-wrapper") === null ? []
    : [...document.querySelectorAll(MAPS)];
  const isOnB = wrapper =>
    /st-key-side-\S+-b(\s|$)/.test(wrapper.closest('[class*="st-key-side-"][class*="-b"]')?.className);
  const decks = () => wrappers().map(wrapper => {
    const deck = deckOf(wrapper);
    if (deck && isOnB(wrapper)) onB.add(deck);
    return deck;
  }).filter(deck => deck && Number.isFinite(view(deck)?.zoom));

  // A picture's point apart, and no more.
  const same = (a, b) => Math.abs(a.zoom - b.zoom) < 0.002
    && Math.hypot(a.longitude - b.longitude, a.latitude - b.latitude) * 2 ** a.zoom < 1;
  // Hexagons stand in degrees of their own, far from England.
  const fits = (one, base) =>
    Math.hypot(one.longitude - base.longitude, one.latitude - base.latitude) < 25;
  const show = (deck, {latitude, longitude, zoom}) => deck.props.onViewStateChange({
    viewState: {...view(deck), latitude, longitude, zoom, transitionDuration: 0},
  });

  const here = (param = PARAM) => new URL(location.href).searchParams.get(param) ?? "";
  const asked = (param, base) => {
    for (const text of here(param).split("~")) {
      const parts = text.split(","), [latitude, longitude, zoom] = parts.map(Number);
      const isView = parts.length === 3 && parts.every(Boolean)
        && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 && zoom >= 0 && zoom <= 24;
      if (isView && fits({latitude, longitude, zoom}, base)) return {latitude, longitude, zoom};
    }
    return null;
  };
  const told = ({latitude, longitude, zoom}) =>
    [latitude.toFixed(4), longitude.toFixed(4), zoom.toFixed(3)].map(Number).join(",");
  // An address with what each parameter is to say, in place of what it says; "" for nothing.
  const withMoved = (address, textOf) => {
    const url = new URL(address, location.href);
    const rest = url.search.replace(/^\?/, "").split("&")
      .filter(part => part && !(part.split("=")[0] in PLACES));
    const moved = Object.keys(PLACES).filter(textOf)
      .map(param => `${param}=${encodeURIComponent(textOf(param))}`);
    url.search = [...rest, ...moved].join("&");
    return url;
  };
  // Streamlit keeps a copy of the address and hears nothing of what is written here: what it writes
  // of where maps look is out of date.
  let mapped = "";
  for (const name of ["pushState", "replaceState"]) {
    const keep = history[name].bind(history);
    history[name] = (state, title, url) => {
      const goal = new URL(url ?? location.href, location.href);
      const now = new URL(location.href);
      const isMine = goal.pathname === now.pathname && goal.pathname === mapped;
      // A place that a side takes over from the other (a swap, a copy) comes with where it was moved.
      const textOf = param => {
        if (param === OF_B && placesOf(goal, OF_B) === placesOf(goal, PARAM)) return "";
        const from = [param, PARAM, OF_B].find(one => placesOf(now, one) === placesOf(goal, param));
        return from ? here(from) : "";
      };
      const isElsewhere = Object.keys(PLACES).some(one => placesOf(now, one) !== placesOf(goal, one));
      const told = isMine ? withMoved(goal, textOf) : url;
      if (isMine && isElsewhere) [inHistory, handled] = [true, -Infinity];
      keep(state, title, told);
    };
  }
  const replace = History.prototype.replaceState.bind(history);
  const write = textOf => {
    const isNew = Object.keys(PLACES).some(param => here(param) !== textOf(param));
    if (isNew) replace(history.state, "", withMoved(location.href, textOf));
  };

  // Maps that the page sent to different places (each to a system of its own) go their own ways.
  const apart = () => {
    const [first, ...rest] = decks().map(deck => known.get(deck)?.base).filter(Boolean);
    return rest.some(base => fits(base, first) && !same(base, first));
  };

  const paramOf = deck => onB.has(deck) && apart() ? OF_B : PARAM;

  // A map goes where the address says, or where the page sent it.
  const restore = deck => {
    const is = known.get(deck);
    const goal = asked(paramOf(deck), is.base) ?? is.base;
    if (!same(view(deck), goal)) show(deck, goal);
    is.last = goal;
  };

  const begin = deck => {
    known.set(deck, {base: view(deck), last: view(deck)});
    restore(deck);
  };

  const note = () => {
    const all = decks();
    if (!all.length) return;
    mapped = location.pathname;
    const fresh = new Set(all.filter(deck => !known.has(deck)));
    // Where the page sent each of them is settled first: it tells whether they are apart.
    for (const deck of all) {
      const now = view(deck);
      if (fresh.has(deck)) known.set(deck, {base: now, last: now});
      const is = known.get(deck);
      if (same(now, is.last)) continue;
      if (byHand()) is.last = now;
      else if (inHistory) is.base = now;
      else is.base = is.last = now;
    }
    all.filter(deck => inHistory || fresh.has(deck)).forEach(restore);
    if (inHistory) return;
    const movedOf = param => [...new Set(
      all.filter(deck => paramOf(deck) === param).map(deck => known.get(deck))
        .filter(is => !same(is.last, is.base)).map(is => told(is.last)),
    )].join("~");
    // While the other side is not drawn yet, the address says more than the maps do.
    const isWhole = all.length === wrappers().length;
    write(param => isWhole || param === PARAM ? movedOf(param) : here(param));
  };

  // Maps side by side that showed the same place go on doing so, whichever of them is moved.
  const follow = mover => {
    const from = view(mover);
    if (apart()) return;
    for (const deck of decks()) {
      if (deck !== mover && !same(view(deck), from) && fits(from, view(deck))) show(deck, from);
    }
  };

  // Runs while something moves, and then no more.
  const wake = (mover = null) => {
    clearTimeout(timer);
    if (mover && asleep) {
      asleep = false;
      const frame = () => {
        if (asleep) return;
        follow(mover);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }
    const before = decks().map(view);
    timer = setTimeout(() => {
      const now = decks().map(view);
      const isStill = now.length === before.length && now.every((one, i) => same(one, before[i]));
      // A map comes some time after its place; where nothing can draw one, it never comes.
      tries = now.length < wrappers().length ? tries + 1 : 0;
      // Until a run ends, the address is that of before it.
      if (down || !isStill || isRunning() || (tries && tries < MOST_TRIES)) return wake();
      asleep = true;
      note();
    }, SETTLED_MS);
  };

  // A press alone selects, and what is selected may send a map elsewhere: a hand moves it by dragging
  // and by its buttons.
  const hand = () => { [handled, inHistory] = [performance.now(), false]; };
  // What the hand did is noted before whatever is done next may move the map, too.
  const leave = () => {
    if (byHand()) note();
    handled = -Infinity;
  };
  const touched = event => {
    const wrapper = event.target.closest?.(MAPS.replaceAll(" #deckgl-wrapper", ""))
      ?.querySelector("#deckgl-wrapper");
    const mover = wrapper && deckOf(wrapper);
    if (!mover && event.type !== "wheel") {
      leave();
      inHistory = false;
    }
    if (!mover) return;
    // Whoever is there before the first look at a new map moves it from where the page sent it.
    if (!known.has(mover)) begin(mover);
    const presses = event.type === "pointerdown";
    if (presses) down = {x: event.clientX, y: event.clientY};
    if (!presses || event.target.closest("button")) hand();
    else leave();
    wake(mover);
  };
  for (const kind of ["pointerdown", "wheel", "keydown", "dblclick"]) {
    document.addEventListener(kind, touched, {capture: true, passive: true});
  }
  document.addEventListener("pointermove", event => {
    if (down && Math.hypot(event.clientX - down.x, event.clientY - down.y) > 3) hand();
  }, true);
  for (const kind of ["pointerup", "pointercancel"]) {
    document.addEventListener(kind, () => {
      if (down && byHand()) hand();
      down = null;
    }, true);
  }
  // deck.gl takes a press of its buttons for one on the area below them, which it would select. A
  // click, which is what the buttons wait for, comes all the same.
  for (const kind of ["pointerdown", "pointerup"]) {
    document.addEventListener(kind, event => {
      if (event.target.closest?.(`:is(${MAPS}) button`)) event.stopPropagation();
    }, true);
  }
  window.addEventListener("popstate", () => {
    [inHistory, handled] = [true, -Infinity];
    wake();
  });

  // What the page sends may reach a map long after the run has ended.
  setInterval(() => {
    if (asleep && decks().some(deck => !same(view(deck), known.get(deck)?.last ?? view(deck)))) {
      asleep = false;
      wake();
    }
  }, 500);

  const isRunning = () => document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"])') !== null;
  new MutationObserver(() => {
    const runs = isRunning();
    const fresh = wrappers().filter(one => !seen.has(one));
    fresh.forEach(one => seen.add(one));
    if (fresh.length || (ran && !runs)) {
      tries = 0;
      wake();
    }
    ran = runs;
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
})();
