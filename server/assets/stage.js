// The stage's keys. The step wanted is known here first: its slide is shown at once if it is ready,
// and the server is asked to follow until it has. So a lost connection keeps the slide that is seen.
(() => {
  "use strict";
  if (window.atlasStage) { window.atlasStage.wake(); return; }
  const SLOTS = 3, LONGEST_S = 86400, KEY_OF_TALK = "atlas-talk", ME = Math.random().toString(36).slice(2, 10);
  const root = document.documentElement;
  const facts = () => document.getElementById("stage-facts");
  const fact = name => facts()?.dataset[name] ?? "";
  const number = name => Number(fact(name)) || 0;
  const here = () => facts() !== null;
  const button = name => document.querySelector(`.st-key-${name} button`);
  let want = 0, asked = 0, askedAt = 0, typed = "", typing = 0, began = Date.now(), talk = null, stream = null;
  let restarts = null, told = "", over = "", liveTold = "", ownTold = false;
  let revealed = 0, path = "", timed = "", byHistory = false;

  const base = location.pathname.replace(/[^/]*$/, "");
  const post = (path, body) => fetch(base + path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });

  function slideOf(step) {
    const head = document.querySelector(`[data-stage-step="${step}"]`);
    return head ? head.closest('[class*="st-key-stage-slot-"]') : null;
  }
  function reveal() {
    const slide = slideOf(want);
    if (!slide) return false;
    root.dataset.stageSlot = String(want % SLOTS);
    // A slide that scrolls begins at its top; a step under which another filter was set stays.
    if (revealed !== want) { revealed = want; slide.scrollTop = 0; }
    document.querySelectorAll(".st-key-stage .do.turn").forEach(one => {
      const isEnd = one.classList.contains("before") ? want <= 1 : want >= number("steps");
      if (one.disabled !== isEnd) one.disabled = isEnd;
    });
    const where = document.getElementById("stage-where");
    const words = `${want} / ${number("steps")}`;
    if (where && where.textContent !== words) where.textContent = words;
    document.querySelectorAll(".st-key-stage .dots i").forEach((mark, n) => {
      mark.className = n + 1 === want ? "now" : n + 1 < want ? "done" : "";
    });
    return true;
  }
  // Each step is an entry of the history, made here, so that it is there without the server too. What
  // the server writes later may name a step that the presenter has left: the step is ours.
  const isOurs = url => here() && url.pathname === path &&
    ["story", "subject"].every(name => (url.searchParams.get(name) ?? "") === fact(name));
  // Where a map was moved to is the browser's alone (maps.js).
  const said = url => {
    const all = new URLSearchParams(url.search);
    all.delete("moved"); all.sort();
    return String(all);
  };
  for (const kind of ["pushState", "replaceState"]) {
    const keep = history[kind].bind(history);
    history[kind] = (state, title, url) => {
      const goal = new URL(url ?? location.href, location.href), now = new URL(location.href);
      if (want && isOurs(goal) && isOurs(now)) {
        if (want > 1 || goal.searchParams.has("step")) goal.searchParams.set("step", String(want));
        if (said(goal) !== said(now)) keep(state, title, goal);
        return;
      }
      if (kind === "pushState") byHistory = false;
      keep(state, title, url);
    };
  }
  function address() {
    const url = new URL(location.href);
    if (!want || !isOurs(url) || (url.searchParams.get("step") ?? "1") === String(want)) return;
    url.searchParams.set("step", String(want));
    history.pushState({}, "", url);
  }
  addEventListener("popstate", () => {
    byHistory = true;
    if (!here()) return;
    const url = new URL(location.href);
    if (!isOurs(url)) { want = 0; return; }
    want = Math.min(Math.max(Number(url.searchParams.get("step")) || 1, 1), number("steps"));
    // Streamlit asks for the step in the address itself.
    asked = want; askedAt = Date.now();
    reveal(); tell();
  });
  // Ask the server for the step wanted, once and again while it has not come.
  function follow() {
    if (!here() || !want) return;
    reveal();
    if (number("step") === want) { asked = 0; return; }
    const ask = button(`stage-go-${want}`);
    if (!ask || ask.disabled) return;
    if (asked === want && Date.now() - askedAt < 2500) return;
    asked = want; askedAt = Date.now();
    ask.click();
  }
  function go(step, quiet) {
    const steps = number("steps");
    const next = Math.min(Math.max(step, 1), steps);
    if (next === want && !quiet) return;
    want = next;
    reveal(); address(); follow();
    if (!quiet) tell();
  }

  // The room: presenter's window and phones.
  // What is looked at beside the script; of a step that the server has not confirmed, nothing yet.
  const askedNow = () => number("step") === want ? fact("asked") : "";
  // Whether own rows of the presenter's are on the step; phones have the Atlas's alone.
  const ownNow = () => fact("own").split(",").includes(String(want));
  // The step that phones are shown with one of the stage: own rows may tell more steps than the Atlas
  // has. Below 0: another exhibit stands there for it.
  const rooms = () => fact("rooms") ? fact("rooms").split(",").map(Number) : null;
  const inRoom = step => rooms()?.[step - 1] ?? step;
  const stepInRoom = step => Math.abs(inRoom(step));
  const onStage = step => {
    const theirs = rooms()?.map(Math.abs);
    const last = theirs?.findLast(one => one <= step);
    return theirs ? theirs.indexOf(last) + 1 : step;
  };
  function tell(restarts = false) {
    if (!talk) return;
    liveTold = askedNow(); ownTold = ownNow();
    post(`live/${talk.code}/step`, { key: talk.key, step: stepInRoom(want), live: inRoom(want) > 0 ? Object.fromEntries(new URLSearchParams(liveTold)) : {}, own: ownTold, blank: over === "blank", by: ME, ...(restarts && { restart: true }) })
      .catch(() => note("Not connected: the slide stays, phones wait."));
  }
  async function open() {
    if (talk) return talk;
    if (fact("alone")) throw new Error("Nobody can follow: only this tab knows what the talk is about.");
    const answer = await post("live", { story: fact("story"), subject: fact("subject"), step: stepInRoom(want) });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error);
    talk = { code: body.code, key: body.key, story: fact("story"), subject: fact("subject"), since: Date.now() };
    keep();
    listen();
    return talk;
  }
  // Of those that listen, the stage itself and the presenter's window follow nobody.
  let view = null;
  const own = () => 1 + (view && !view.closed ? 1 : 0);
  // Who joins changes nothing of the talk, so nobody is told of it: it is asked for while it is seen.
  const COUNTED_MS = 2000;
  let counted = 0;
  function sayCount(state) {
    const count = document.getElementById("stage-count");
    if (count) count.textContent = `${Math.max(0, state.followers - own())} following`;
  }
  async function countAgain() {
    if (!talk || over !== "follow" || Date.now() - counted < COUNTED_MS) return;
    counted = Date.now();
    try {
      const answer = await fetch(`${base}live/${talk.code}`);
      if (answer.ok) sayCount(await answer.json());
    } catch { /* told when the connection is back */ }
  }
  const keep = () => sessionStorage.setItem(KEY_OF_TALK, JSON.stringify(talk));
  // A server that came back knows no rooms: the key opens the same one again, at the step on screen
  // and with the time that the talk has run.
  let retry = 0;
  function again() { clearTimeout(retry); retry = setTimeout(reopen, 2000); }
  async function reopen() {
    const was = talk;
    if (!was) return;
    try {
      const elapsed = Math.round((Date.now() - (was.since || Date.now())) / 1000);
      const answer = await post("live", { story: was.story, subject: was.subject, step: stepInRoom(want), key: was.key, elapsed: Math.min(Math.max(elapsed, 0), LONGEST_S) });
      if (talk !== was) return;
      if (answer.ok) { listen(); tell(); note("Connected again: phones follow."); return; }
      if ([400, 403, 410].includes(answer.status)) { const { error } = await answer.json(); close(); note(error); return; }
    } catch { /* the server is not back yet */ }
    again();
  }
  function listen() {
    stream?.close(); told = ""; restarts = null;
    stream = new EventSource(`${base}live/${talk.code}/events`);
    stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) again(); };
    stream.addEventListener("state", event => {
      const state = JSON.parse(event.data);
      if (state.ended) { close(); note("The talk has ended."); return; }
      if (state.version && String(state.version) === told) return;
      told = String(state.version);
      sayCount(state);
      if (restarts !== null && state.restarts !== restarts && state.by !== ME) { began = Date.now() - state.elapsed * 1000; talk.since = began; keep(); }
      restarts = state.restarts;
      if (state.by === ME || !here()) return;
      ownTold = state.own;
      if (state.step !== stepInRoom(want)) { liveTold = ""; go(onStage(state.step), true); }
      if (state.blank !== (over === "blank")) show(state.blank ? "blank" : "");
    });
  }
  function close() {
    stream?.close(); stream = null; talk = null;
    sessionStorage.removeItem(KEY_OF_TALK);
    if (over === "follow") show("");
  }
  function recall() {
    try {
      const before = JSON.parse(sessionStorage.getItem(KEY_OF_TALK) || "null");
      if (before && before.story === fact("story") && before.subject === fact("subject")) {
        talk = before; listen(); tell();
      }
    } catch { sessionStorage.removeItem(KEY_OF_TALK); }
  }
  async function presenter() {
    // A window opened only after an answer would be taken for an advertisement.
    view = window.open("about:blank", "atlas-presenter", "width=1100,height=760");
    try {
      await open();
      if (view) view.location.replace(`${location.origin}${base}presenter/${talk.code}#${talk.key}`);
      else note("The browser would not open a window: allow pop-ups for this page.");
    } catch (error) { view?.close(); note(error.message); }
  }

  // What lies over the slide.
  // Keys, words, and what a click or a finger on them does.
  const KEYS = [
    ["→ PgDn", "Next step", "after"], ["← PgUp", "Step before", "before"],
    ["Home End", "First, last", ""], ["3 Enter", "To step 3", ""],
    ["B .", "Blank screen", "blank"], ["F", "Full screen", "full"],
    ["R", "Back to the script", "reset"], ["P", "Presenter’s window", "presenter"],
    ["Q", "Code to follow along", "follow"], ["T", "Timer to zero", "timer"],
    ["Esc", "Close this", "close"], ["X", "Leave the stage", "leave"],
  ];
  const ACTS = {
    after: () => { show(""); go(want + 1); }, before: () => { show(""); go(want - 1); },
    blank: () => { show(over === "blank" ? "" : "blank"); tell(); }, full: () => { show(""); fullScreen(); },
    reset: () => { show(""); button("stage-reset")?.click(); }, presenter: () => { show(""); presenter(); },
    follow: () => over === "follow" ? show("") : followAlong(), timer: () => { show(""); restart(); },
    close: () => { const was = over; show(""); jumping(""); if (was === "blank") tell(); },
    leave, help: () => show(over === "help" ? "" : "help"),
  };
  const CLOSE = '<button type="button" class="close" data-stage-do="close">Close</button>';
  const item = ([key, words, act]) => act
    ? `<button type="button" data-stage-do="${act}"><kbd>${key}</kbd>${words}</button>`
    : `<div class="to-step"><kbd>${key}</kbd>${words}</div>`;
  function layer(name) {
    let found = document.getElementById(`stage-over-${name}`);
    if (!found) {
      found = document.createElement("div");
      found.id = `stage-over-${name}`;
      found.className = `stage-over ${name === "blank" ? "black" : ""}`;
      found.setAttribute("role", "dialog");
      found.setAttribute("aria-modal", "true");
      found.setAttribute("aria-label", { blank: "Blank screen", help: "Keys", follow: "Follow along" }[name]);
      found.tabIndex = -1;
      if (name === "help") {
        const can = KEYS.filter(([, , act]) => act !== "full" || root.requestFullscreen);
        found.innerHTML = `<div class="box"><h2><span class="by-key">Keys</span><span class="by-hand">Menu</span></h2><div class="numbers"></div>
          <div class="keys">${can.map(item).join("")}</div>${CLOSE}</div>`;
      }
      document.body.append(found);
    }
    return found;
  }
  // What of the address could not be used: for who asks for the keys, and for the presenter's window.
  const ofLink = () => fact("said") && `Part of the link could not be used: ${fact("said")}. The rest is shown.`;
  let from = null;
  function show(name) {
    if (name === "help") {
      const box = layer(name).querySelector(".box"), words = box.querySelector(".link") ?? document.createElement("p");
      words.className = "link"; words.textContent = ofLink();
      box.querySelector(".keys").after(words);
      // On a phone, which has no keys for it: to a step by its number.
      const numbers = Array.from({ length: number("steps") }, (_, n) => Object.assign(document.createElement("button"), { type: "button", textContent: String(n + 1) }));
      numbers.forEach((one, n) => { one.dataset.stageDo = `step-${n + 1}`; one.setAttribute("aria-label", `To step ${n + 1}`); });
      numbers[want - 1]?.setAttribute("aria-current", "step");
      box.querySelector(".numbers").replaceChildren(...numbers);
    }
    const before = over;
    over = name;
    document.querySelectorAll(".stage-over").forEach(one => one.classList.remove("on"));
    if (name) {
      if (!before) from = document.activeElement;
      layer(name).classList.add("on");
      layer(name).focus();
    } else if (before) { from?.focus?.({ preventScroll: true }); from = null; }
  }
  async function followAlong() {
    try { await open(); } catch (error) { note(error.message || "Not connected."); return; }
    const url = `${location.origin}${base}follow/${talk.code}`;
    const local = /^(localhost|127\.|\[::1\])/.test(location.host)
      ? "<p>This Atlas runs on this machine only: phones need its address in the network.</p>" : "";
    layer("follow").innerHTML = `<div class="box follow"><img alt="QR code of ${url}"
      src="${base}live/${talk.code}/qr.svg"><div><h2>Follow along</h2><p>${location.host}${base}follow</p>
      <p class="code">${talk.code}</p><p id="stage-count"></p>${local}</div>${CLOSE}</div>`;
    show("follow");
  }
  // A click or a finger: on what has an act, or anywhere on a blank screen.
  document.addEventListener("click", event => {
    if (!here()) return;
    if (over === "blank") { ACTS.blank(); return; }
    const act = event.target.closest?.("[data-stage-do]")?.dataset.stageDo;
    if (act?.startsWith("step-")) { show(""); go(Number(act.slice(5))); }
    else if (act) ACTS[act]();
    else if (over === "help" && event.target.id === "stage-over-help") show("");
  });
  // A finger that goes to a side turns to the next slide, as in a book; one on a map moves the map,
  // one on what is wider than the screen moves that, and one from the edge is the browser's own.
  const SWIPE = 60, EDGE = 24, SLOW_MS = 700;
  let finger = null;
  const isWide = element => {
    for (let at = element; at && at !== document.body; at = at.parentElement)
      if (at.scrollWidth > at.clientWidth + 2 && /auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  // Before charts.js keeps a finger on a chart to itself.
  addEventListener("touchstart", event => {
    const one = event.touches[0], at = event.target;
    const isOurs = event.touches.length === 1 && here() && !over && at.closest?.(".st-key-stage") &&
      !at.closest("#deckgl-wrapper,input,button") && one.clientX > EDGE && one.clientX < innerWidth - EDGE;
    finger = isOurs && !isWide(at) ? { x: one.clientX, y: one.clientY, since: Date.now() } : null;
  }, { passive: true, capture: true });
  // A browser may take the same movement for a step in its history: it is one or the other.
  addEventListener("touchmove", event => {
    if (!finger || event.touches.length > 1) { finger = null; return; }
    const x = event.touches[0].clientX - finger.x, y = event.touches[0].clientY - finger.y;
    if (Math.abs(x) > 10 && Math.abs(x) > 2 * Math.abs(y) && event.cancelable) event.preventDefault();
  }, { passive: false, capture: true });
  addEventListener("touchend", event => {
    const start = finger, one = event.changedTouches[0];
    finger = null;
    if (!start || !here() || Date.now() - start.since > SLOW_MS) return;
    const x = one.clientX - start.x, y = one.clientY - start.y;
    if (Math.abs(x) >= SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(want + (x < 0 ? 1 : -1));
  }, { passive: true, capture: true });
  addEventListener("touchcancel", () => { finger = null; }, { passive: true, capture: true });
  let noted = 0;
  function note(words) {
    let box = document.getElementById("stage-note");
    if (!box) { box = document.createElement("div"); box.id = "stage-note"; box.setAttribute("role", "status"); document.body.append(box); }
    box.textContent = words; box.style.display = "block";
    clearTimeout(noted); noted = setTimeout(() => { box.style.display = "none"; }, 4000);
  }
  function jumping(digits) {
    let box = document.getElementById("stage-jump");
    if (!box) { box = document.createElement("div"); box.id = "stage-jump"; document.body.append(box); }
    typed = digits; box.textContent = digits; box.style.display = digits ? "block" : "none";
    clearTimeout(typing);
    if (digits) typing = setTimeout(() => jumping(""), 3000);
  }
  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => note("The browser would not go full screen."));
  }
  // The presenter's window counts the same time.
  function restart() {
    began = Date.now();
    if (talk) { talk.since = began; keep(); tell(true); }
  }
  function leave() {
    if (talk) post(`live/${talk.code}/end`, { key: talk.key }).catch(() => {});
    close(); show(""); delete root.dataset.stageSlot; want = 0; timed = "";
    button("stage-leave")?.click();
  }

  // What lies over the slide keeps the keyboard, too.
  function within(event) {
    const stops = [...layer(over).querySelectorAll("button,a[href]")].filter(one => one.getClientRects().length);
    const last = event.shiftKey ? stops[0] : stops[stops.length - 1], first = event.shiftKey ? stops[stops.length - 1] : stops[0];
    if (stops.length && layer(over).contains(document.activeElement) && document.activeElement !== last &&
        !(event.shiftKey && document.activeElement === layer(over))) return;
    event.preventDefault(); event.stopPropagation();
    first?.focus();
  }
  const writes = element => element?.closest?.("input,textarea,select,[contenteditable=true],[role=listbox],[data-baseweb=popover]");
  document.addEventListener("keydown", event => {
    if (!here() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writes(event.target) || (event.key === "Enter" && !typed && event.target.closest?.("a,button"))) return;
    if (event.key === "Tab" && over) { within(event); return; }
    const steps = number("steps"), key = event.key;
    const keys = {
      ArrowRight: () => go(want + 1), PageDown: () => go(want + 1), ArrowLeft: () => go(want - 1),
      PageUp: () => go(want - 1), Home: () => go(1), End: () => go(steps),
      b: ACTS.blank, f: fullScreen, r: () => button("stage-reset")?.click(), q: ACTS.follow,
      p: presenter, t: restart, x: leave, "?": ACTS.help, Escape: ACTS.close,
      Enter: () => { if (typed) { go(Number(typed)); jumping(""); } },
    };
    keys["."] = keys.b;
    const act = keys[key.length === 1 ? key.toLowerCase() : key];
    if (/^[0-9]$/.test(key)) jumping((typed + key).slice(-2));
    else if (act) { if (key.startsWith("Arrow") || key.startsWith("Page")) { if (over === "help" || over === "follow") show(""); } act(); }
    else return;
    event.preventDefault(); event.stopPropagation();
  }, true);

  // The screen's size decides how large letters are.
  let measured = 0;
  function measure() {
    if (!here()) return;
    // What no slide fits into is held in a hand; a keyboard over half a phone does not turn it.
    const wide = innerWidth / innerHeight;
    const isHeld = innerWidth < 900 || innerHeight < (wide < 1.5 ? 740 : 598);
    const shape = isHeld ? (wide > 1.2 ? "lying" : "phone") : wide < 1.5 ? "4:3" : wide < 1.7 ? "16:10" : "16:9";
    const fits = fact("sizes").split(";").map(one => one.split(","))
      .filter(([, lines, kind]) => kind === shape && innerHeight >= Number(lines));
    const best = fits.length ? fits[fits.length - 1][0] : "wide";
    const press = button(`stage-size-${best}`);
    if (best === fact("size") || !press || press.disabled || Date.now() - measured < 1500) return;
    measured = Date.now();
    press.click();
  }
  let measuring = 0;
  addEventListener("resize", () => { clearTimeout(measuring); measuring = setTimeout(measure, 250); });

  function clock() {
    const place = document.getElementById("stage-timer");
    if (!place) return;
    const s = Math.floor((Date.now() - began) / 1000);
    const words = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    if (place.textContent !== words) place.textContent = words;
  }
  let shownStory = "";
  function wake() {
    if (!here()) {
      // The key stays where it is kept: who comes back from a look at a row goes on with the talk.
      if (shownStory) { shownStory = ""; want = 0; close2(); show(""); delete root.dataset.stageSlot; }
      return;
    }
    const story = `${fact("story")} ${fact("subject")}`;
    if (story !== shownStory) {
      shownStory = story; want = number("step"); path = location.pathname;
      // A look at where a number comes from, and back, is no new talk.
      if (story !== timed || !byHistory) began = Date.now();
      timed = story; close2(); recall();
    }
    follow(); clock(); measure(); countAgain();
    if (talk && number("step") === want && (askedNow() !== liveTold || ownNow() !== ownTold)) tell();
  }
  // Timers of a window that nobody sees come once a minute; what the server draws comes at once.
  new MutationObserver(() => { if (document.hidden) wake(); }).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-step", "data-asked", "disabled"],
  });
  function close2() { stream?.close(); stream = null; talk = null; }
  setInterval(wake, 150);
  window.atlasStage = { wake, go, get step() { return want; }, get said() { return ofLink(); } };
  wake();
})();
