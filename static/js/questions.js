// A question just asked can be answered at once: it joins the choices of the composer.
document.addEventListener("htmx:load", () => {
  const choices = document.getElementById("id_answers");
  if (!choices) return;
  const known = new Set([...choices.options].map((option) => option.value));
  for (const row of document.querySelectorAll("[data-question]")) {
    if (known.has(row.dataset.question)) continue;
    const who = row.querySelector("strong")?.textContent ?? "";
    const asked = row.querySelector(".entry-text")?.textContent.slice(0, 70) ?? "";
    choices.add(new Option(`${who}: ${asked}`, row.dataset.question));
  }
});
