// Live: a discussion as it goes on. Its list has data-thread, and data-live: the address of its stream, with the place in the
// journal that the page goes up to. A message that is known is put in the place of the old one, another where its number says.

import { start, tell } from "./streaming.js";

const inView = new Set();
const lists = () => [...document.querySelectorAll("[data-live]")];
const numberOf = (item) => Number(item.dataset.message?.split(".")[1] ?? 0);

function placeOf(list) {
  return list.dataset.place ?? new URLSearchParams(list.dataset.live.split("?")[1]).get("after") ?? "";
}

function put(list, fresh) {
  const same = [...list.children].find((each) => each.dataset.message === fresh.dataset.message);
  if (same) return same.replaceWith(fresh);
  list.insertBefore(fresh, [...list.children].find((each) => numberOf(each) > numberOf(fresh)) ?? null);
}

function hear({ name, thread, place, html }) {
  for (const list of lists().filter((each) => each.dataset.thread === String(thread))) {
    if (place) list.dataset.place = place;
    if (name === "message") {
      put(list, Object.assign(document.createElement("template"), { innerHTML: html }).content.firstElementChild);
    } else {
      for (const note of document.querySelectorAll("[data-live-changed]")) note.hidden = false;
    }
  }
}

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) isIntersecting ? inView.add(target) : inView.delete(target);
  tell();
});

// What htmx brought may be a list, or a message that came by the stream before.
function settle() {
  for (const list of lists()) {
    observer.observe(list);
    const known = new Set();
    for (const item of [...list.children]) known.has(item.dataset.message) ? item.remove() : known.add(item.dataset.message);
  }
}

start(hear, () => (document.hidden ? [] : lists().filter((each) => inView.has(each)).map((each) => [each.dataset.thread, placeOf(each)])));
document.addEventListener("visibilitychange", tell);
document.addEventListener("htmx:afterSettle", settle);
document.addEventListener("htmx:oobAfterSwap", settle);
addEventListener("pageshow", tell);
settle();
