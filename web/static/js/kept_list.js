// The list of what this browser keeps, with a button to drop each.

import { all, drop } from "./keeping.js";

const list = document.querySelector("[data-kept]");
const row = document.querySelector("[data-kept-row]");
const language = document.documentElement.lang;

async function show() {
  if (!("caches" in window)) return;
  const held = await all();
  document.querySelector("[data-none]").hidden = held.length > 0;
  list.hidden = held.length === 0;
  list.querySelector("tbody").replaceChildren(...held.map(line));
}

function line(each) {
  const one = row.content.firstElementChild.cloneNode(true);
  const link = one.querySelector("a");
  link.href = `/meeting/${encodeURIComponent(each.code)}`;
  link.textContent = each.code;
  one.querySelector("[data-title]").textContent = each.title;
  one.querySelector("[data-size]").textContent = `${(each.size / 1e6).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;
  one.querySelector("[data-at]").textContent = new Date(each.checked).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  one.querySelector("[data-restricted]").hidden = !each.restricted;
  one.querySelector("button")?.setAttribute("aria-label", `${one.querySelector("button").textContent}: ${each.code}`);
  one.querySelector("button")?.addEventListener("click", () => drop(each.code).then(show));
  return one;
}

show().catch(() => {});
