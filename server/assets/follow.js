// A phone in the room: shows the step on the stage; what is behind may be read at leisure.
(() => {
  "use strict";
  const code = location.pathname.split("/").pop();
  const base = location.pathname.replace(/follow\/[^/]*$/, "");
  const steps = [...document.querySelectorAll("article")];
  const status = document.getElementById("status"), back = document.getElementById("back");
  let now = 0, furthest = 0, away = false;
  const current = () => steps[now - 1];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  function toCurrent() { away = false; back.hidden = true; current()?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" }); }
  function show(step) {
    now = step; furthest = Math.max(furthest, step);
    steps.forEach((one, n) => {
      one.classList.toggle("now", n + 1 === now);
      one.classList.toggle("ahead", n + 1 > furthest);
    });
    if (!away) toCurrent(); else back.hidden = false;
  }
  // The step under the presenter's live filter lies over that of the script until they return to it.
  let looked = "";
  async function look(state) {
    const wanted = state.live && !state.ended ? `${state.step} ${state.live}` : "";
    if (wanted === looked) return;
    looked = wanted;
    document.querySelectorAll(".asked").forEach(one => { one.parentElement.classList.remove("aside"); one.remove(); });
    if (!wanted) return;
    const place = document.createElement("section"), article = steps[state.step - 1];
    place.className = "asked";
    place.textContent = `The presenter is looking at: ${state.live}`;
    article.prepend(place); article.classList.add("aside");
    try {
      const answer = await fetch(`${base}follow/${code}/asked`);
      const page = answer.ok ? await answer.text() : "";
      if (looked === wanted && page) place.innerHTML = page;
    } catch { looked = ""; article.classList.remove("aside"); }
  }
  const moved = () => { if (now) { away = true; back.hidden = false; } };
  addEventListener("wheel", moved, { passive: true });
  addEventListener("touchmove", moved, { passive: true });
  back.onclick = toCurrent;
  // A server that came back waits for the stage to open the talk again: phones wait with it.
  const PATIENCE = 10 * 60 * 1000;
  let heard = Date.now(), stream = null, again = 0, ended = false;
  function connect() {
    clearTimeout(again); stream?.close();
    stream = new EventSource(`${base}live/${code}/events`);
    stream.addEventListener("state", event => {
      const state = JSON.parse(event.data);
      heard = Date.now();
      if (state.step !== now) show(state.step);
      look(state);
      document.getElementById("own").hidden = !state.own;
      if (state.ended) {
        ended = true; stream.close();
        status.textContent = "The talk has ended. You can read every step.";
        steps.forEach(one => one.classList.remove("ahead", "now"));
        back.hidden = true;
      } else status.textContent = state.blank ? `Step ${state.step} · the screen is blank` : `Step ${state.step} of ${state.steps} · live`;
    });
    stream.onerror = () => {
      status.textContent = "The connection was lost; this step stays. Trying again …";
      if (stream.readyState !== EventSource.CLOSED) return;
      if (Date.now() - heard > PATIENCE) status.textContent = "The talk cannot be reached any more.";
      else again = setTimeout(connect, 2000 + 2000 * Math.random()); // not all phones at once
    };
  }
  connect();
  // A phone taken out of the pocket may not know yet that its line is dead: ask where the talk is.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !ended) { heard = Date.now(); connect(); } });
})();
