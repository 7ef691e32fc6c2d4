// Dispositions: "d" on a row goes to its list of outcomes, a letter chooses, Enter enters. The row after gets the focus.

const TYPED = "input, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  const select = event.target.closest("[data-dispose] select");
  if (select) return choose(event, select);
  const row = event.target.closest("tr");
  const list = event.key === "d" && row?.querySelector("[data-dispose] select");
  if (list) {
    event.preventDefault();
    list.focus();
  }
});

function choose(event, select) {
  const option = select.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (option) {
    event.preventDefault();
    select.value = option.value;
    const other = select.form.elements.other;
    if (other.offsetParent !== null) other.focus();
  } else if (event.key === "Enter" && select.value) {
    event.preventDefault();
    select.form.requestSubmit();
  }
}

document.addEventListener("htmx:afterSwap", (event) => {
  const row = event.target.closest?.("tr") ?? document.getElementById(event.detail?.elt?.id)?.closest("tr");
  const wrong = row?.querySelector("[data-dispose] [name=other], [data-dispose] select");
  if (row?.querySelector("[data-dispose] ~ .wrong")) return wrong?.focus();
  const rows = [...document.querySelectorAll("tr")].filter((each) => each.querySelector("[data-dispose]"));
  (rows[rows.indexOf(row) + 1] ?? row)?.querySelector("a[href]")?.focus();
});
