// A check-in survives a lost connection: it stays on the phone and is sent again, with
// the same nonce, until the server has answered. Then the phone forgets it.
const door = document.querySelector("[data-check-in]");
const { action, csrf } = door.dataset;
const form = document.querySelector("form[data-check-in-form]");
const key = `timpora-check-in:${action}`;
const PAUSE = 5000;
const KEPT_FOR = 12 * 60 * 60 * 1000;
let sending = false;
let timer = null;

function kept() {
  const stored = JSON.parse(localStorage.getItem(key) || "null");
  if (stored && Date.now() - stored.at < KEPT_FOR) return stored.fields;
  localStorage.removeItem(key);
  return null;
}

function keep(fields) {
  // A full or forbidden store must not stop the check-in itself.
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
  } catch {
    return;
  }
}

function wait(fields) {
  door.hidden = false;
  door.scrollIntoView({ block: "nearest" });
  clearTimeout(timer);
  timer = setTimeout(() => send(fields), PAUSE);
}

async function show(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  window.scrollTo(0, 0);
  document
    .querySelector("main [role=alert], main .invalid-feedback, main .text-danger")
    ?.scrollIntoView({ block: "center" });
}

async function send(fields) {
  if (sending) return;
  sending = true;
  let response;
  try {
    // The page may have been loaded anew since: its own CSRF token is the valid one.
    response = await fetch(action, {
      method: "POST",
      body: new URLSearchParams({ ...fields, csrfmiddlewaretoken: csrf }),
    });
  } catch {
    return wait(fields);
  } finally {
    sending = false;
  }
  if (response.status >= 500 || response.status === 429) return wait(fields);
  // Logged out meanwhile: it waits until its owner is back from the login page.
  if (new URL(response.url).pathname !== action) return location.assign(response.url);
  localStorage.removeItem(key);
  // Loading the page anew would cost its bytes twice, what was typed if it is refused,
  // and the thanks if it is not.
  history.replaceState(null, "", response.url);
  return show(response);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
  if (sending) return;
  keep(fields);
  send(fields);
});

function resume() {
  const fields = kept();
  if (fields) send(fields);
}
window.addEventListener("online", resume);
resume();
