// Keys: "/" goes to the search box, "?" shows the keys of the page, "g" and a letter go to a list.
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
  if (document.querySelector("dialog[open]")) return;
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

// A link with data-dialog opens that dialog in place of its page; the browser gives the focus back at the end.

function works(row) {
  if (row.dataset.of === "rows") return document.querySelector("table.rows tbody a[href], [data-rows] > li a[href]");
  if (row.dataset.of === "x") return document.querySelector("table.rows tbody input[type=checkbox]");
  return target(row.dataset.of);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  const dialog = link && document.getElementById(link.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  dialog.querySelectorAll("[data-of]").forEach((row) => { row.hidden = !works(row); });
  dialog.showModal();
});
