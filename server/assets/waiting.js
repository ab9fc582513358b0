// A page that waits for its talk: after a restart of the server the stage opens it again.
(() => {
  "use strict";
  const code = document.querySelector("main").dataset.code;
  const base = location.pathname.replace(/(follow|presenter)\/[^/]*$/, "");
  const status = document.getElementById("status");
  const PATIENCE = 10 * 60 * 1000, began = Date.now();
  async function look() {
    try {
      // The key of a presenter's window is in the address and stays there.
      if ((await fetch(`${base}live/${code}`)).ok) { location.reload(); return; }
    } catch { /* the server is not back yet */ }
    if (Date.now() - began > PATIENCE) { status.textContent = "The talk cannot be reached any more."; return; }
    setTimeout(look, 2000 + 2000 * Math.random()); // not all phones at once
  }
  status.textContent = "If the talk was interrupted, it opens here by itself as soon as it is back.";
  look();
})();
