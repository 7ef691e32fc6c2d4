// The progress of an upload, and its size before it leaves. htmx sends the file as soon as it is chosen; without script
// it goes with the form.

function bar(element) {
  return element?.closest("form")?.querySelector("progress[data-upload]");
}

document.addEventListener("htmx:xhr:progress", (event) => {
  const shown = bar(event.target);
  if (!shown || !event.detail.lengthComputable) return;
  shown.hidden = false;
  shown.value = Math.round((100 * event.detail.loaded) / event.detail.total);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const field = event.target;
  if (!field.matches?.("input[type=file][data-most-bytes]")) return;
  const file = field.files[0];
  const isTooLarge = file && file.size > Number(field.dataset.mostBytes);
  field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
  if (!file || isTooLarge) {
    event.preventDefault();
    field.reportValidity();
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const shown = bar(event.target);
  if (shown) shown.hidden = true;
});
