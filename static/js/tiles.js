// Agencies are found by typing, kinds by a key; the mouse stays where it is.
const composer = document.querySelector("[data-autosave]");

for (const group of composer?.querySelectorAll("[data-tiles]") ?? []) {
  const filter = group.querySelector("[data-tile-filter]");
  const tiles = [...group.querySelectorAll(".tile")];
  const words = (tile) => `${tile.textContent} ${tile.title}`.toLowerCase();
  const narrow = () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const tile of tiles) tile.hidden = !words(tile).includes(wanted);
  };
  filter.hidden = false;
  filter.addEventListener("input", (event) => {
    // What is typed here is no part of the entry.
    event.stopPropagation();
    narrow();
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    tiles.find((tile) => !tile.hidden)?.querySelector("input").click();
    filter.value = "";
    narrow();
    composer.elements.text.focus();
  });
}

composer?.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    composer.requestSubmit();
  }
});

document.addEventListener("keydown", (event) => {
  if (!composer || !event.altKey || event.ctrlKey || event.metaKey) return;
  const kind = composer.querySelectorAll("[name=kind]")[Number(event.code.replace("Digit", "")) - 1];
  if (kind) kind.click();
  else if (event.code === "KeyI") composer.querySelector("[data-tile-filter]").focus();
  else if (event.code === "KeyU") composer.elements.text.focus();
  else return;
  event.preventDefault();
});
