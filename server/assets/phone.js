// The bar with the menu, the search and the filters lies over the page on a phone. Streamlit closes
// it when one of its links is followed, not when a result of the search is, and keeps it open for
// every page that is opened later: whoever follows a link in a message would see the bar.
(() => {
  "use strict";
  if (window.atlasPhone) return;
  window.atlasPhone = true;
  // Below this width Streamlit lays the bar over the page.
  const over = matchMedia("(max-width: 768px)");
  const close = () => {
    const bar = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
    if (over.matches) bar?.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };
  document.addEventListener("click", event => {
    if (event.target.closest?.('[role="dialog"] [data-testid="stPageLink-NavLink"]')) close();
  });
  // Nobody has opened it on a page that has only just come.
  close();
  // The first time that a map is asked what lies under a finger it prepares for that, which takes a
  // slow phone longer than a tap may last: the map shows what was tapped and does not choose it. Such
  // a tap is told to it once more, when it is prepared.
  const TAP = 250, STILL = 9;
  let down = null;
  const onMap = event => event.isTrusted && event.pointerType === "touch"
    && event.target.closest?.('[data-testid="stDeckGlJsonChart"]');
  document.addEventListener("pointerdown", event => {
    down = onMap(event) && event.isPrimary ? {event, at: performance.now()} : null;
  }, true);
  document.addEventListener("pointerup", event => {
    const first = down?.event, waited = performance.now() - down?.at;
    down = null;
    if (!first || !onMap(event) || event.timeStamp - first.timeStamp >= TAP || waited <= TAP + 10) return;
    if (Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) > STILL) return;
    const {pointerId, clientX, clientY} = first, target = first.target;
    const told = {bubbles: true, isPrimary: true, pointerType: "touch", pointerId, clientX, clientY};
    setTimeout(() => {
      target.dispatchEvent(new PointerEvent("pointerdown", {...told, buttons: 1}));
      target.dispatchEvent(new PointerEvent("pointerup", told));
    }, 50);
  }, true);
  document.addEventListener("pointercancel", () => { down = null; }, true);

  // Streamlit calls the button by what it does to the bar; a reader looks for what is in the bar.
  const name = () => {
    const button = document.querySelector('[data-testid="stExpandSidebarButton"]');
    if (button && button.ariaLabel !== "Menu and filters") button.ariaLabel = "Menu and filters";
  };
  name();
  new MutationObserver(name).observe(document.body, {subtree: true, childList: true});
})();
