// The presenter's window: notes and time, and the same keys as the stage, over the room.
(() => {
  "use strict";
  const main = document.querySelector("main");
  const code = main.dataset.code, story = JSON.parse(main.dataset.story);
  const key = location.hash.slice(1);
  const at = id => document.getElementById(id);
  const base = location.pathname.replace(/presenter\/[^/]*$/, "");
  let state = { step: 1, blank: false, ended: false }, since = Date.now(), began = Date.now(), seen = 0, want = 1;
  at("title").textContent = story.title;

  // The stage tells nobody in the room what of its link could not be used: here it is said.
  try { at("link").textContent = window.opener?.atlasStage?.said ?? ""; } catch { /* no stage beside */ }

  const clock = s => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  function list(id, lines) {
    at(id).replaceChildren(...lines.map(words => Object.assign(document.createElement("li"), { textContent: words })));
  }
  function draw() {
    const step = story.steps[state.step - 1], next = story.steps[state.step];
    at("where").textContent = `${state.step} of ${story.steps.length} · ${step.exhibit}`;
    at("headline").textContent = step.headline;
    list("points", step.points);
    at("notes").textContent = step.notes;
    at("next").textContent = next ? next.headline : "The end";
    at("next-exhibit").textContent = next ? `· ${next.exhibit}` : "";
    list("next-points", next ? next.points : []);
    const picture = at("next-picture"), source = next?.picture ? `${base}presenter/${code}/${state.step + 1}.svg` : "";
    picture.hidden = !source;
    if (source && picture.getAttribute("src") !== source) picture.src = source;
    at("step-planned").textContent = clock(step.seconds);
    at("talk-planned").textContent = clock(story.total);
    at("own").hidden = !state.own;
    at("blank").setAttribute("aria-pressed", String(state.blank));
    at("blank").textContent = state.blank ? "Show the slide" : "Blank screen";
  }
  function tick() {
    const step = story.steps[state.step - 1];
    const here = (Date.now() - since) / 1000, all = (Date.now() - began) / 1000;
    at("step-time").textContent = clock(here);
    at("talk-time").textContent = clock(all);
    document.querySelector(".time").classList.toggle("late", here > step.seconds);
    const due = story.steps.slice(0, state.step).reduce((sum, one) => sum + one.seconds, 0);
    const before = due - step.seconds;
    at("pace").textContent = all > due ? `${clock(all - due)} behind the plan`
      : all < before ? `${clock(before - all)} ahead of the plan` : "On plan";
    at("pace").classList.toggle("behind", all > due);
  }
  async function drive(step, blank, restart = false) {
    if (state.ended) return;
    const to = Math.min(Math.max(step, 1), story.steps.length);
    want = to; // a second press may come before the first is answered
    try {
      const answer = await fetch(`${base}live/${code}/step`, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ key, step: to, blank, by: "presenter", restart }),
      });
      if (!answer.ok) at("status").textContent = (await answer.json()).error;
    } catch { at("status").textContent = "Not connected; trying again …"; }
  }
  // Letters of the notes: kept for the next talk, where the browser keeps anything.
  const SMALLEST = 0.8, LARGEST = 3, SIZE = "atlas-notes";
  let size = 1;
  try { size = Number(localStorage.getItem(SIZE)) || 1; } catch { /* nothing is kept */ }
  function resize(by) {
    size = Math.min(Math.max(size + by, SMALLEST), LARGEST);
    main.style.setProperty("--notes", size.toFixed(2));
    try { localStorage.setItem(SIZE, String(size)); } catch { /* nothing is kept */ }
  }
  at("smaller").onclick = () => resize(-0.1);
  at("larger").onclick = () => resize(0.1);
  async function end() {
    if (!confirm("End the talk for everybody who follows?")) return;
    await fetch(`${base}live/${code}/end`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ key }),
    });
  }
  at("previous").onclick = () => drive(want - 1, false);
  at("forward").onclick = () => drive(want + 1, false);
  at("blank").onclick = () => drive(state.step, !state.blank);
  at("end").onclick = end;
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowRight: () => drive(want + 1, false), PageDown: () => drive(want + 1, false),
      ArrowLeft: () => drive(want - 1, false), PageUp: () => drive(want - 1, false),
      Home: () => drive(1, false), End: () => drive(story.steps.length, false),
      b: () => drive(state.step, !state.blank), ".": () => drive(state.step, !state.blank),
      t: () => drive(state.step, state.blank, true),
      "+": () => resize(0.1), "=": () => resize(0.1), "-": () => resize(-0.1),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // The stage and this window listen, too, and follow nobody.
  function say() {
    const others = Math.max(0, state.followers - 2);
    at("status").textContent = state.ended ? "The talk has ended" : `Code ${code} · ${others} following${state.live ? ` · Live: ${state.live}` : ""}`;
  }
  let isOn = false;
  async function count() {
    if (!isOn || state.ended) return;
    try {
      const answer = await fetch(`${base}live/${code}`);
      if (answer.ok && isOn) { state.followers = (await answer.json()).followers; say(); }
    } catch { /* the line below says so when it is lost */ }
  }
  function connect() {
    const stream = new EventSource(`${base}live/${code}/events`);
    stream.addEventListener("state", event => {
      const before = state.step, restarted = state.restarts;
      state = JSON.parse(event.data);
      want = state.step;
      // This window may have been opened in the middle of a talk, and of a step.
      if (!seen) since = Date.now() - state.here * 1000;
      else if (before !== state.step) since = Date.now();
      if (!seen || state.restarts !== restarted) began = Date.now() - state.elapsed * 1000;
      seen = 1; isOn = true;
      say();
      if (state.ended) stream.close();
      draw();
    });
    stream.onerror = () => {
      isOn = false;
      if (state.ended) return;
      at("status").textContent = "Not connected; trying again …";
      // A server that came back waits for the stage to open the talk again.
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
    };
  }
  connect();
  resize(0);
  draw();
  setInterval(tick, 500);
  setInterval(count, 4000);
})();
