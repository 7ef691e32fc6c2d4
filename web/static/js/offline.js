// Registers the service worker; at each contact drops what may not be kept any more and refreshes the rest once an hour.

import { all, drop, keep, offer, wipe } from "./keeping.js";

const HOUR_MS = 3600 * 1000;
const { person, shared } = document.documentElement.dataset;

async function settle() {
  if (document.querySelector("[data-no-network]")) return; // it was kept for everybody and knows no person
  const mine = person && shared === undefined;
  if (!mine) {
    await wipe();
    if (shared !== undefined) for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
    return;
  }
  await navigator.serviceWorker.register("/sw.js");
  for (const held of await all()) {
    if (String(held.person) !== person) await drop(held.code);
    else if (Date.now() - held.checked > HOUR_MS) await refresh(held);
  }
}

async function refresh(held) {
  const told = await offer(held.code);
  await (told ? keep(told, held.restricted) : drop(held.code));
}

async function ask(box) {
  const [say, dialog] = [box.querySelector("[data-say]"), box.querySelector("dialog")];
  const told = await offer(box.dataset.offline);
  if (!told) return;
  const closed = told.keep.filter((each) => each.restricted && each.sha256);
  let restricted = false;
  if (closed.length) {
    dialog.querySelector("[data-count]").textContent = closed.length;
    dialog.showModal();
    await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
    if (!dialog.returnValue) return;
    restricted = dialog.returnValue === "all";
    dialog.returnValue = "";
  }
  await keep(told, restricted, (n, of) => (say.textContent = `${box.dataset.doing} ${n}/${of}`));
  say.textContent = box.dataset.done;
}

for (const box of document.querySelectorAll("[data-offline]")) {
  box.hidden = !("serviceWorker" in navigator) || shared !== undefined;
  box.querySelector("[data-keep]").addEventListener("click", () =>
    ask(box).catch((error) => (box.querySelector("[data-say]").textContent = `${box.dataset.failed} ${error.message}`)),
  );
}
if ("serviceWorker" in navigator && "caches" in window) settle().catch(() => {});
