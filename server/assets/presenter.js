// The presenter's window: notes and time, and the same keys as the stage, over the room.
(() => {
  "use strict";
  const main = document.querySelector("main");
  const code = main.dataset.code, story = JSON.parse(main.dataset.story);
  const key = location.hash.slice(1);
  const at = id => document.getElementById(id);
  const base = location.pathname.replace(/presenter\/[^/]*$/, "");
  let state = { step: 1, blank: false, ended: false }, since = Date.now(), began = Date.now(), seen = 0;
  at("title").textContent = story.title;

  const clock = s => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  function draw() {
    const step = story.steps[state.step - 1], next = story.steps[state.step];
    at("where").textContent = `${state.step} of ${story.steps.length} · ${step.exhibit}`;
    at("headline").textContent = step.headline;
    at("points").replaceChildren(...step.points.map(words => Object.assign(document.createElement("li"), { textContent: words })));
    at("notes").textContent = step.notes;
    at("next").textContent = next ? next.headline : "The end";
    at("next-exhibit").textContent = next ? next.exhibit : "";
    at("step-planned").textContent = clock(step.seconds);
    at("talk-planned").textContent = clock(story.total);
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
    const late = Math.round((all - due) / 60);
    at("pace").textContent = late > 0 ? `${late} min behind the plan` : "On time";
  }
  async function drive(step, blank) {
    if (state.ended) return;
    const to = Math.min(Math.max(step, 1), story.steps.length);
    try {
      const answer = await fetch(`${base}live/${code}/step`, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ key, step: to, blank, by: "presenter" }),
      });
      if (!answer.ok) at("status").textContent = (await answer.json()).error;
    } catch { at("status").textContent = "Not connected; trying again …"; }
  }
  async function end() {
    if (!confirm("End the talk for everybody who follows?")) return;
    await fetch(`${base}live/${code}/end`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ key }),
    });
  }
  at("previous").onclick = () => drive(state.step - 1, false);
  at("forward").onclick = () => drive(state.step + 1, false);
  at("blank").onclick = () => drive(state.step, !state.blank);
  at("end").onclick = end;
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowRight: () => drive(state.step + 1, false), PageDown: () => drive(state.step + 1, false),
      ArrowLeft: () => drive(state.step - 1, false), PageUp: () => drive(state.step - 1, false),
      Home: () => drive(1, false), End: () => drive(story.steps.length, false),
      b: () => drive(state.step, !state.blank), ".": () => drive(state.step, !state.blank),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
  const stream = new EventSource(`${base}live/${code}/events`);
  stream.addEventListener("state", event => {
    const before = state.step;
    state = JSON.parse(event.data);
    if (!seen || before !== state.step) since = Date.now();
    if (!seen) began = Date.now() - state.elapsed * 1000;
    seen = 1;
    const others = Math.max(0, state.followers - 2);
    at("status").textContent = state.ended ? "The talk has ended" : `Code ${code} · ${others} following${state.live ? ` · Live: ${state.live}` : ""}`;
    if (state.ended) stream.close();
    draw();
  });
  stream.onerror = () => { if (!state.ended) at("status").textContent = "Not connected; trying again …"; };
  draw();
  setInterval(tick, 500);
})();
