// Agenda: Alt and the arrows press the buttons of the item that has the focus; an item is dragged by its title
// onto another: it takes that place, or, dropped on the end half, stands behind it. Without script the buttons do it.

const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
const table = document.querySelector("[data-agenda][data-moves]");
let dragged = null;

function siblings(item) {
  return [...table.querySelectorAll("tbody[data-item]")].filter((each) => each.dataset.parent === item.dataset.parent);
}

function send(item, place) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${table.dataset.moves}${item.dataset.item}/place`;
  for (const [name, value] of Object.entries(place)) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    if (value !== "") form.append(field);
  }
  document.body.append(form);
  form.submit();
}

table?.addEventListener("keydown", (event) => {
  const step = event.altKey && STEPS[event.key];
  const item = event.target.closest("tbody[data-item]");
  if (!step || !item) return;
  event.preventDefault();
  const turned = document.dir === "rtl" ? { in: "out", out: "in" }[step] ?? step : step;
  item.querySelector(`.steps-of-item [value="${turned}"]:not(:disabled)`)?.click();
});

table?.querySelectorAll("[data-handle]").forEach((handle) => { handle.draggable = true; });
table?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("tbody[data-item]");
  dragged?.classList.add("is-dragged");
});
table?.addEventListener("dragover", (event) => {
  const over = event.target.closest("tbody[data-item]");
  if (!dragged || !over) return;
  event.preventDefault();
  table.querySelector(".is-over")?.classList.remove("is-over");
  over.classList.add("is-over");
});
table?.addEventListener("dragend", () => table.querySelectorAll(".is-over, .is-dragged").forEach((each) => each.classList.remove("is-over", "is-dragged")));
table?.addEventListener("drop", (event) => {
  const over = event.target.closest("tbody[data-item]");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  const behind = event.clientY > box.top + box.height / 2 ? 1 : 0;
  const others = siblings(over).filter((each) => each !== dragged);
  send(dragged, { parent: over.dataset.parent, position: others.indexOf(over) + behind, sequence: table.dataset.sequence });
});

addEventListener("load", () => setTimeout(() => {
  const moved = location.hash.startsWith("#item-") ? document.getElementById(location.hash.slice(1)) : null;
  moved?.querySelector("[data-handle]")?.focus();
}));
