// Beginning: a discussion without a message asks for the first one while it is in view, less and less often. Then live.js goes on.

const SOON_MS = 3000;
const SELDOM_MS = 30000;
let pause = SOON_MS;

function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= 0 && top <= innerHeight;
}

function look() {
  const waiting = document.querySelector("[data-begins]");
  if (waiting && !document.hidden && isSeen(waiting)) waiting.dispatchEvent(new CustomEvent("look"));
  pause = Math.min(SELDOM_MS, pause * 1.1);
  setTimeout(look, pause);
}

setTimeout(look, pause);
document.addEventListener("visibilitychange", () => { pause = SOON_MS; });
