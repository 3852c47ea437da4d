// What is typed into a form stays in this tab until the server says that it has it: a lost
// connection, a crash or a stray tap on "back" loses nothing. It ends with the tab, for it
// may name people.
const PREFIX = "timpora-keep:";
const slots = () => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
const read = (slot) => JSON.parse(sessionStorage.getItem(slot) ?? "null");

if (document.querySelector(".messages .alert-success")) {
  for (const slot of slots()) if (read(slot).sent) sessionStorage.removeItem(slot);
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const slot = `${PREFIX}${location.pathname}:${form.dataset.keep}`;
  const typed = [...form.elements].filter((field) => field.name
    && field.matches("textarea, input, select")
    && !["hidden", "file", "password"].includes(field.type));
  const shown = (field) =>
    (["checkbox", "radio"].includes(field.type) ? (field.checked ? [field.value] : []) : [field.value]);
  const keep = (sent) => {
    const fields = typed.flatMap((field) => shown(field).map((value) => [field.name, value]));
    sessionStorage.setItem(slot, JSON.stringify({ fields, sent }));
  };
  const restore = (fields) => {
    for (const field of typed) {
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) [field.value] = values;
    }
    const note = document.createElement("p");
    note.className = "alert alert-info";
    note.setAttribute("role", "status");
    note.textContent = "Tulisan yang belum terkirim dipulihkan.";
    form.prepend(note);
  };

  const kept = read(slot);
  const now = JSON.stringify(typed.flatMap((field) => shown(field).map((value) => [field.name, value])));
  // The server answered with what was typed: nothing to bring back.
  if (kept && JSON.stringify(kept.fields) !== now) restore(kept.fields);
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
}
