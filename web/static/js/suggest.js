// The list under the search box: arrows walk it, Escape closes it. The server writes its links (role="option").

const box = document.querySelector("[data-suggest]");
const list = box && document.getElementById(box.getAttribute("aria-controls"));

function options() {
  return [...list.querySelectorAll("[role=option]")];
}

function show(open) {
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) box.removeAttribute("aria-activedescendant");
}

function choose(by) {
  const all = options();
  if (!all.length) return;
  const here = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = (here + by + all.length) % all.length;
  all.forEach((each, place) => {
    each.id ||= `suggestion-${place}`;
    each.setAttribute("aria-selected", String(place === next));
  });
  box.setAttribute("aria-activedescendant", all[next].id);
}

if (list) {
  list.addEventListener("htmx:afterSwap", () => show(options().length > 0));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
    if (list.hidden) return;
    const chosen = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      (chosen.matches("a") ? chosen : chosen.querySelector("a")).click();
    }
  });
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) show(false);
  });
}
