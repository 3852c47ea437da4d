// A long list gets a field to type in: a select shows what matches, a multiple select
// becomes boxes to tick. Without this both stay the browser's own lists.
const matches = (text, wanted) => text.toLowerCase().includes(wanted.trim().toLowerCase());

const filterFor = (select) => {
  const filter = document.createElement("input");
  filter.type = "search";
  filter.className = "form-control";
  filter.placeholder = select.dataset.filter;
  filter.setAttribute("aria-label", `${select.dataset.filter}: ${select.labels[0]?.textContent.trim()}`);
  // Enter would send the form; here it only ends the typing.
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return filter;
};

const narrowSelect = (select) => {
  const filter = filterFor(select);
  const options = [...select.options];
  filter.addEventListener("input", () => {
    select.replaceChildren(
      ...options.filter((option) => option.selected || !option.value || matches(option.text, filter.value)),
    );
  });
  filter.classList.add("choice-filter");
  select.before(filter);
};

const tickable = (select) => {
  const list = document.createElement("fieldset");
  list.className = "choice-list";
  const legend = document.createElement("legend");
  legend.className = "visually-hidden";
  legend.textContent = select.labels[0]?.textContent.trim();
  const filter = filterFor(select);
  const boxes = document.createElement("div");
  const rows = [...select.options].map((option) => {
    const row = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "form-check-input";
    box.checked = option.selected;
    box.addEventListener("change", () => {
      option.selected = box.checked;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    row.append(box, ` ${option.text}`);
    return row;
  });
  // What is chosen stands on top when the page opens.
  boxes.append(...[...rows].sort((a, b) => b.firstChild.checked - a.firstChild.checked));
  filter.addEventListener("input", () => {
    for (const row of rows) {
      row.hidden = !row.firstChild.checked && !matches(row.textContent, filter.value);
    }
  });
  list.append(legend, filter, boxes);
  select.hidden = true;
  select.after(list);
};

for (const select of document.querySelectorAll("select[data-filter]")) {
  if (select.multiple) tickable(select);
  else narrowSelect(select);
}
