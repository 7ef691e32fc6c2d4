// Rows: "j" and "k" walk the links of a table.rows, "o" or Enter opens one. The focus moves, so a screen reader follows.

const TYPED = "input, textarea, select, [contenteditable]";

function links() {
  return [...document.querySelectorAll("table.rows tbody tr")].map((row) => row.querySelector("a[href]")).filter(Boolean);
}

function step(by) {
  const all = links();
  const row = document.activeElement?.closest("tr");
  const here = all.findIndex((link) => link.closest("tr") === row);
  all[Math.min(all.length - 1, Math.max(0, here + by))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
  if (event.key === "o" && document.activeElement?.closest("table.rows")) document.activeElement.click();
});
