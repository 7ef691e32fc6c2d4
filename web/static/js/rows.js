// Rows: "j" and "k" walk the links of a list, "o" or Enter opens one, "x" ticks its box; shift and a click tick a range.
// The focus moves, so a screen reader follows. A list is a table.rows, or says so by data-rows.

const TYPED = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const ROWS = "table.rows tbody tr, [data-rows] > li";
let ticked = null;

function links() {
  return [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("a[href]")).filter(Boolean);
}

function rowOf(element) {
  return element?.closest(ROWS);
}

function step(by) {
  const all = links();
  const row = rowOf(document.activeElement);
  const here = all.findIndex((link) => rowOf(link) === row);
  all[Math.min(all.length - 1, Math.max(0, here + by))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  if (document.querySelector("dialog[open]")) return;
  const row = rowOf(document.activeElement);
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
  if (event.key === "o" && row) row.querySelector("a[href]")?.click();
  if (event.key === "x") row?.querySelector("input[type=checkbox]")?.click();
});

document.addEventListener("click", (event) => {
  const box = event.target.closest("table.rows input[type=checkbox]");
  if (!box) return;
  const all = [...box.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const [from, to] = [all.indexOf(ticked), all.indexOf(box)];
  if (event.shiftKey && from >= 0 && to >= 0) {
    all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => { each.checked = box.checked; });
  }
  ticked = box;
});
