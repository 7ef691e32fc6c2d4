// Shows the rows whose words contain every word that is typed. The words are in words.js, folded as here.
"use strict";
const form = document.querySelector("[data-search]");
const field = form.querySelector("input");
const told = form.querySelector("[data-found]");
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

function show() {
  const wanted = fold(field.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [key, words] of Object.entries(window.bundleWords)) {
    const fits = wanted.every((word) => words.includes(word));
    document.getElementById(key).hidden = !fits;
    shown += fits;
  }
  for (const part of document.querySelectorAll("section")) {
    part.hidden = !part.querySelector("tbody tr:not([hidden])");
  }
  told.textContent = `${told.dataset.said} ${shown}`;
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", show);
show();
