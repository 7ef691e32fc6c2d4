// Keys: "/" goes to the search box, "?" to the help on keys, "g" and a letter to a list.
// A link says its key by data-key, so that what works is always visible on the page.

const TYPED = "input, textarea, select, [contenteditable]";
let leader = "";

function target(keys) {
  return [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === keys);
}

function act(found) {
  if (found.matches("input")) {
    found.focus();
    found.select();
  } else {
    found.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  const keys = leader ? `${leader} ${event.key}` : event.key;
  leader = "";
  const found = target(keys);
  if (found) {
    event.preventDefault();
    act(found);
  } else if (event.key === "g") {
    leader = "g";
    setTimeout(() => { leader = ""; }, 1500);
  }
});
