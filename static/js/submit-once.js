// A form marked data-submit-once is sent once, however often its button is pressed.
// The button wakes up again when the browser shows the page from its history.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-submit-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // After the submission was read: a disabled button's value would not be sent.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-submit-once]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  }
});
// A form that the history shows again is the same form: it keeps its token, and what was
// sent with it already is not made a second time.
for (const token of document.querySelectorAll("[data-submit-once] [name=form_token]")) {
  token.value = history.state?.formToken ?? token.value;
  history.replaceState({ ...history.state, formToken: token.value }, "");
}
