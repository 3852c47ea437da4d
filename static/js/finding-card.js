// What is typed on the card stays on this device until the server has it, then it is
// forgotten here. The card carries a key, so sending twice makes one finding. Photos wait
// in the page: a device keeps no pictures.
const PAUSE = 5000;
const KEPT_FOR = 24 * 60 * 60 * 1000;
const START = "timpora-temuan:";
let sending = false;
let timer = null;
let pressed = "";

const card = () => document.querySelector("[data-finding-card]");
const slot = () => START + card().dataset.findingCard;
const show = (name, is) => {
  const note = card()?.querySelector(`[data-card-${name}]`);
  if (note) note.hidden = !is;
};

function keep() {
  const fields = [...new FormData(card())].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  // A full or forbidden store must not stop the writing itself.
  try {
    localStorage.setItem(slot(), JSON.stringify({ at: Date.now(), fields }));
  } catch {
    return;
  }
}

function forgetOld() {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(START))) {
    const kept = JSON.parse(localStorage.getItem(name) || "null");
    if (!kept || Date.now() - kept.at > KEPT_FOR) localStorage.removeItem(name);
  }
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(slot()) || "null");
  if (!kept) return;
  const rows = new Map(kept.fields).get("orang-TOTAL_FORMS");
  const total = card().elements["orang-TOTAL_FORMS"];
  while (total && Number(total.value) < Number(rows)) {
    const before = total.value;
    card().querySelector("[data-rows-add]").click();
    if (total.value === before) break;
  }
  for (const [name, value] of kept.fields) {
    const field = card().elements[name];
    if (!field || name === "orang-TOTAL_FORMS") continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  show("kept", true);
}

function wait() {
  show("waits", true);
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

async function answer(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  for (const add of document.querySelectorAll("[data-rows-add]")) add.hidden = false;
  htmx.process(document.querySelector("main"));
  document
    .querySelector("main [role=alert], main .invalid-feedback, main .alert-danger")
    ?.scrollIntoView({ block: "center" });
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  timer = null;
  const form = card();
  const body = new FormData(form);
  body.set(pressed, "1");
  let response;
  try {
    // As htmx asks: the answer names the next page and leaves its message for it.
    response = await fetch(location.href, {
      method: "POST",
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
      body,
    });
  } catch {
    return wait();
  } finally {
    sending = false;
  }
  if (response.status >= 500 || response.status === 429) return wait();
  const next = response.headers.get("HX-Redirect");
  if (next?.startsWith(form.dataset.list)) {
    localStorage.removeItem(slot());
    return location.replace(next);
  }
  // Logged out meanwhile: what was typed is kept and stands here after logging in again.
  if (next || response.redirected) return location.assign(next || response.url);
  return answer(response);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-finding-card]")) return;
  if (event.submitter?.matches("[data-card-leaves]")) return;
  event.preventDefault();
  show("waits", false);
  keep();
  pressed = event.submitter?.name || "kirim";
  send();
});
document.addEventListener("input", (event) => {
  if (event.target.closest("[data-finding-card]")) keep();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-card-forget]")) return;
  localStorage.removeItem(slot());
  location.reload();
});
window.addEventListener("online", () => {
  if (timer) send();
});

forgetOld();
// An answer of the server has what was typed in it already.
if (card() && !card().hasAttribute("data-answered")) restore();
