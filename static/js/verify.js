// Computes the file's SHA-256 here and sends only that: the file does not leave the phone.
document.querySelector("[data-verify]").addEventListener("submit", async (event) => {
  const form = event.target;
  const [file] = form.elements.file.files;
  // crypto.subtle exists on https and localhost only; elsewhere the server counts.
  if (!file || !window.crypto.subtle) return;
  event.preventDefault();
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  form.elements.sha256.value = Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  form.elements.file.disabled = true;
  form.submit();
});
