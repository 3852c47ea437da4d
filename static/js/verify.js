// Computes the file's SHA-256 here and sends only that: the file does not leave the phone,
// unless its owner ticks that it should.
const form = document.querySelector("[data-verify]");
form.addEventListener("submit", async (event) => {
  const [file] = form.elements.file.files;
  // crypto.subtle exists on https and localhost only; elsewhere the server counts.
  if (!file || !window.crypto.subtle || form.elements.whole.checked) return;
  event.preventDefault();
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  form.elements.sha256.value = Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  form.elements.file.disabled = true;
  form.submit();
});

// A file dropped on the field is checked at once.
const drop = form.querySelector("[data-drop]");
drop.querySelector(".drop-hint").hidden = !matchMedia("(hover: hover)").matches;
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  form.elements.file.files = event.dataTransfer.files;
  if (form.elements.file.files.length) form.requestSubmit();
});
