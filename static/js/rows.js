// One more row of a formset, from its empty form; without this script two rows are there.
for (const add of document.querySelectorAll("[data-rows-add]")) add.hidden = false;
document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-rows-add]");
  if (!add) return;
  const box = add.closest("details");
  const rows = box.querySelector("[data-rows]");
  const total = box.querySelector(`[name=${rows.dataset.rows}-TOTAL_FORMS]`);
  const made = box.querySelector("[data-rows-empty]").content.cloneNode(true);
  for (const field of made.querySelectorAll("[name], [id], [for]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = field.getAttribute(name);
      if (value) field.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  rows.append(made);
  rows.lastElementChild.querySelector("input:not([type=hidden])").focus();
});
