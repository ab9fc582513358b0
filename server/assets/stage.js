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
  let told = "", over = "", liveTold = "", ownTold = false;
  let path = "", timed = "", byHistory = false;

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
  function tell() {
    if (!talk) return;
    liveTold = askedNow(); ownTold = ownNow();
    post(`live/${talk.code}/step`, { key: talk.key, step: stepInRoom(want), live: inRoom(want) > 0 ? Object.fromEntries(new URLSearchParams(liveTold)) : {}, own: ownTold, blank: over === "blank", by: ME })
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
    stream?.close(); told = "";
    stream = new EventSource(`${base}live/${talk.code}/events`);
    stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) again(); };
    stream.addEventListener("state", event => {
      const state = JSON.parse(event.data);
      if (state.ended) { close(); note("The talk has ended."); return; }
      if (state.version && String(state.version) === told) return;
      told = String(state.version);
      const count = document.getElementById("stage-count");
      if (count) count.textContent = `${state.followers} connected`;
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
    const view = window.open("about:blank", "atlas-presenter", "width=1100,height=760");
    try {
      await open();
      if (view) view.location.replace(`${location.origin}${base}presenter/${talk.code}#${talk.key}`);
      else note("The browser would not open a window: allow pop-ups for this page.");
    } catch (error) { view?.close(); note(error.message); }
  }

  // What lies over the slide.
  const KEYS = [
    ["→ PgDn", "Next step"], ["← PgUp", "Step before"], ["Home End", "First, last"],
    ["3 Enter", "To step 3"], ["B .", "Blank screen"], ["F", "Full screen"],
    ["R", "Back to the script"], ["P", "Presenter’s window"], ["Q", "Code to follow along"],
    ["T", "Timer to zero"], ["Esc", "Close this"], ["X", "Leave the stage"],
  ];
  function layer(name) {
    let found = document.getElementById(`stage-over-${name}`);
    if (!found) {
      found = document.createElement("div");
      found.id = `stage-over-${name}`;
      found.className = `stage-over ${name === "blank" ? "black" : ""}`;
      found.setAttribute("role", "dialog");
      if (name === "help") {
        found.innerHTML = `<div class="box"><h2>Keys</h2><div class="keys">${
          KEYS.map(([key, words]) => `<div><kbd>${key}</kbd>${words}</div>`).join("")}</div></div>`;
      }
      document.body.append(found);
    }
    return found;
  }
  // What of the address could not be used: for who asks for the keys, and for the presenter's window.
  const ofLink = () => fact("said") && `Part of the link could not be used: ${fact("said")}. The rest is shown.`;
  function show(name) {
    if (name === "help") {
      const box = layer(name).querySelector(".box"), words = box.querySelector(".link") ?? document.createElement("p");
      words.className = "link"; words.textContent = ofLink();
      box.append(words);
    }
    over = name;
    document.querySelectorAll(".stage-over").forEach(one => one.classList.remove("on"));
    if (name) layer(name).classList.add("on");
  }
  async function followAlong() {
    try { await open(); } catch (error) { note(error.message || "Not connected."); return; }
    const url = `${location.origin}${base}follow/${talk.code}`;
    const local = /^(localhost|127\.|\[::1\])/.test(location.host)
      ? "<p>This Atlas runs on this machine only: phones need its address in the network.</p>" : "";
    layer("follow").innerHTML = `<div class="box follow"><img alt="QR code of ${url}"
      src="${base}live/${talk.code}/qr.svg"><div><h2>Follow along</h2><p>${location.host}${base}follow</p>
      <p class="code">${talk.code}</p><p id="stage-count"></p>${local}</div></div>`;
    show("follow");
  }
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
  function leave() {
    if (talk) post(`live/${talk.code}/end`, { key: talk.key }).catch(() => {});
    close(); show(""); delete root.dataset.stageSlot; want = 0; timed = "";
    button("stage-leave")?.click();
  }

  const writes = element => element?.closest?.("input,textarea,select,[contenteditable=true],[role=listbox],[data-baseweb=popover]");
  document.addEventListener("keydown", event => {
    if (!here() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writes(event.target) || (event.key === "Enter" && !typed && event.target.closest?.("a"))) return;
    const steps = number("steps"), key = event.key;
    const keys = {
      ArrowRight: () => go(want + 1), PageDown: () => go(want + 1), ArrowLeft: () => go(want - 1),
      PageUp: () => go(want - 1), Home: () => go(1), End: () => go(steps),
      b: () => { show(over === "blank" ? "" : "blank"); tell(); },
      f: fullScreen, r: () => button("stage-reset")?.click(), q: () => over === "follow" ? show("") : followAlong(),
      p: presenter, t: () => { began = Date.now(); }, x: leave, "?": () => show(over === "help" ? "" : "help"),
      Escape: () => { const was = over; show(""); jumping(""); if (was === "blank") tell(); },
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
    const wide = innerWidth / innerHeight, shape = wide < 1.5 ? "4:3" : wide < 1.7 ? "16:10" : "16:9";
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
    follow(); clock(); measure();
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
