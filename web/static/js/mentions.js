// While somebody writes "@na…" in a message, the server's list of people; arrows walk it, Enter takes one, Escape closes it.

const BEGUN = /(?:^|[^\w@/.-])@([a-z0-9-]{2,40})$/i;

function listOf(box) {
  let list = box.parentElement.querySelector(".mention-list");
  if (!list) {
    list = document.createElement("ul");
    Object.assign(list, { className: "mention-list", id: `${box.id}-people` });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "@");
    box.setAttribute("aria-controls", list.id);
    box.after(list);
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(box, event.target.closest("[data-slug]"));
    });
  }
  return list;
}

function take(box, chosen) {
  if (!chosen) return;
  const before = box.value.slice(0, box.selectionStart).replace(/[a-z0-9-]*$/i, `${chosen.dataset.slug} `);
  box.setRangeText(before, 0, box.selectionStart, "end");
  listOf(box).replaceChildren();
}

async function suggest(box) {
  const begun = BEGUN.exec(box.value.slice(0, box.selectionStart));
  const list = listOf(box);
  if (!begun) return list.replaceChildren();
  const answer = await fetch(`${box.dataset.mentions}?q=${encodeURIComponent(begun[1])}`);
  const still = BEGUN.exec(box.value.slice(0, box.selectionStart));
  if (answer.ok && still?.[1] === begun[1]) list.innerHTML = await answer.text();
  list.firstElementChild?.setAttribute("aria-selected", "true");
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-mentions]")) suggest(event.target);
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  const all = box.matches?.("[data-mentions]") ? [...listOf(box).children] : [];
  if (!all.length || !["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) return;
  event.preventDefault();
  const here = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") return listOf(box).replaceChildren();
  if (event.key === "Enter" || event.key === "Tab") return take(box, all[Math.max(here, 0)]);
  const next = (here + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length;
  all.forEach((each, place) => each.setAttribute("aria-selected", String(place === next)));
});
