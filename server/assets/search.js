// The search is used by keyboard from its first letter, also while the page is still loading: the key
// that opens it is remembered until there is something to open, and letters wait for their box.
// This script stands in the head of the page (server/early.py), before Streamlit's own.
(() => {
  "use strict";
  if (window.atlasSearch) return;
  window.atlasSearch = true;

  const running = () => document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"])') !== null;
  const dialog = () => document.querySelector(".st-key-search-box")?.closest('[role="dialog"]');
  const box = () => dialog()?.querySelector(".st-key-search-box input");
  const results = () => [...(dialog()?.querySelectorAll('[data-testid="stPageLink-NavLink"]') ?? [])];
  const opener = () => document.querySelector(".st-key-search button");

  // How long the search is waited for: while the page loads, and once its button was pressed.
  const LOADING = 60000, OPENING = 15000, AGAIN = 3000;
  // While keys are held: until when, what was typed, whether Enter came after it, when the button was
  // pressed last.
  let until = 0, ahead = "", entered = false, pressed = 0;
  const waits = () => until > performance.now();
  const stop = () => { [until, ahead, entered, pressed] = [0, "", false, 0]; };
  const press = () => {
    if (!until) return;
    // A stage has no search, and keys of its own.
    if (!waits() || document.getElementById("stage-facts")) return stop();
    const button = opener(), now = performance.now();
    if (box() || !button || button.disabled) return;
    // A run that something else asked for at the same moment may have gone without it.
    if (pressed && (running() || now - pressed < AGAIN)) return;
    pressed = now;
    until = now + OPENING;
    button.click();
  };
  const ask = () => {
    if (box()) {
      box().focus();
      box().select();
    } else if (!waits()) {
      stop();
      until = performance.now() + LOADING;
    }
    press();
  };

  // What is shown may still be that of fewer letters: the first result of all of them is opened. The
  // results say at their end what they are of (components/ui/search.py).
  const PATIENCE = 30000;
  let turn = 0;
  const openFirst = () => {
    const mine = turn += 1, begun = performance.now();
    const look = () => {
      if (mine !== turn || !box() || performance.now() - begun > PATIENCE) return;
      const found = dialog().querySelector("[data-atlas-found]")?.dataset.atlasFound;
      if (found === box().value) results()[0]?.click();
      else setTimeout(look, 30);
    };
    look();
  };

  const hand = found => {
    const typed = found.value + ahead, enters = entered, isNew = ahead !== "";
    stop();
    found.focus();
    if (isNew) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(found, typed);
      found.setSelectionRange(typed.length, typed.length);
      found.dispatchEvent(new Event("input", {bubbles: true}));
    }
    if (enters && typed) openFirst();
  };
  let focused = null;
  const look = () => {
    const found = box();
    if (found && found !== focused) {
      focused = found;
      // The dialog takes the focus itself when it has opened.
      requestAnimationFrame(() => requestAnimationFrame(() => { if (found === box()) hand(found); }));
    }
    if (!found) focused = null;
    press();
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-test-script-state", "disabled"],
  });
  setInterval(press, 500);

  document.addEventListener("click", event => {
    if (!event.target.closest?.(".st-key-search button") || box() || waits()) return;
    stop();
    until = performance.now() + OPENING;
    pressed = performance.now();
  }, true);
  // Whoever does something else does not wait for the search any more.
  window.addEventListener("pointerdown", event => {
    turn += 1;
    if (!event.target.closest?.(".st-key-search")) stop();
  }, true);
  window.addEventListener("paste", event => {
    if (!waits()) return;
    ahead += event.clipboardData?.getData("text") ?? "";
    event.preventDefault();
  }, true);

  const isLetter = event => event.key.length === 1
    && ((!event.ctrlKey && !event.metaKey && !event.altKey) || event.getModifierState("AltGraph"));
  const keep = event => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", event => {
    if (!["Control", "Shift", "Alt", "Meta", "AltGraph"].includes(event.key)) turn += 1;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key.toLowerCase() === "k") {
      if (document.getElementById("stage-facts")) return;
      keep(event);
      ask();
      return;
    }
    if (waits()) {
      if (event.key === "Escape") stop();
      else if (event.key === "Backspace") ahead = ahead.slice(0, -1);
      else if (event.key === "Enter") entered = true;
      else if (isLetter(event)) ahead += event.key;
      else return;
      return keep(event);
    }
    const inside = dialog(), at = document.activeElement;
    if (!inside || !(inside.contains(at) || at === document.body)) return;
    const typing = at === box();
    const presses = event.key === " " && at.matches("a, button");
    if (isLetter(event) && !typing && !presses && !at.matches("input, textarea")) {
      // Streamlit takes a letter outside a box for a command ("r" runs the page again).
      box().focus();
      event.stopImmediatePropagation();
      return;
    }
    const links = results(), on = links.indexOf(at);
    if (event.key === "ArrowDown" || (event.key === "ArrowUp" && !typing)) {
      const next = event.key === "ArrowDown" ? links[on + 1] : links[on - 1] ?? box();
      next?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && typing && !event.isComposing && at.value.trim()) {
      event.preventDefault();
      event.stopPropagation();
      openFirst();
    }
  }, true);
  look();
})();
