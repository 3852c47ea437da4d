// An entry is kept on this device from the first letter and sent as it is typed. It is
// forgotten here only when the server has exactly what is kept. The server knows an entry
// by its key, so sending twice makes one; a stale revision is refused and never forced.
const form = document.querySelector("[data-autosave]");
const unsaved = document.querySelector("[data-unsaved]");
const PAUSE = 1000;
const RETRY = 5000;
const CONFLICT = 409;
const WAITS = "Belum tersimpan – akan dikirim saat tersambung";
let timer = null;
let busy = Promise.resolve();
let leaving = false;
let release = () => {};

const slot = (key) => `timpora-${form.dataset.autosave}:${key}`;
const read = (key) => JSON.parse(localStorage.getItem(slot(key)) || "null");
const write = (key, kept) => localStorage.setItem(slot(key), JSON.stringify(kept));
const forget = (key) => localStorage.removeItem(slot(key));
const say = (text) => {
  form.querySelector("[data-autosave-state]").textContent = text;
};
const isEmpty = () =>
  !form.elements.text.value.trim() && !form.elements.restricted_text.value.trim();

function keep(refused) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const revision = form.elements.revision.value;
  // A full or forbidden store must not stop the writing itself.
  try {
    write(form.dataset.key, { action: form.getAttribute("action"), revision, fields, refused });
  } catch {
    say("Perangkat ini tidak dapat menyimpan cadangan.");
  }
}

// The key in this form is this tab's: other tabs leave it alone.
function claim() {
  release();
  navigator.locks?.request(slot(form.dataset.key), () => new Promise((done) => {
    release = done;
  }));
}

async function left() {
  const start = slot("");
  const held = navigator.locks ? (await navigator.locks.query()).held.map((l) => l.name) : [];
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(start) && !held.includes(name))
    .map((name) => name.slice(start.length))
    .filter((key) => key !== form.dataset.key);
}

// Entries that wait on this device beside the one in the form.
async function list() {
  const waiting = await left();
  unsaved.hidden = waiting.length === 0;
  unsaved.textContent = waiting.length ? `${waiting.length} butir: ${WAITS}. ` : "";
  for (const key of waiting.filter((name) => read(name)?.refused)) {
    const link = document.createElement("a");
    link.href = `${unsaved.dataset.address}&ubah=${key}`;
    link.textContent = "Selesaikan butir yang ditolak";
    unsaved.append(link, " ");
  }
}

function saved(key, sent, revision) {
  const now = read(key);
  if (now && JSON.stringify(now.fields) !== JSON.stringify(sent.fields)) {
    write(key, { ...now, revision });
  } else forget(key);
  if (form.dataset.key === key) form.elements.revision.value = revision;
  htmx.trigger("#butir", "refresh");
}

async function send(key) {
  const kept = read(key);
  if (!kept || kept.refused) return;
  const isHere = form.dataset.key === key;
  if (isHere) kept.revision = form.elements.revision.value;
  const tell = (text) => isHere && form.dataset.key === key && say(text);
  const body = new URLSearchParams(kept.fields.filter(([name]) => name !== "revision"));
  body.set("revision", kept.revision);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  let response;
  let answer;
  try {
    response = await fetch(kept.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
    });
    // A page instead of an answer: logged out, or the server is not well.
    if (![200, 409, 422].includes(response.status)) throw new Error(response.status);
    answer = await response.json();
  } catch {
    tell(WAITS);
    clearTimeout(timer);
    timer = setTimeout(flush, RETRY);
    return;
  }
  if (response.ok) {
    saved(key, kept, answer.revision);
    tell("Tersimpan");
    return;
  }
  write(key, { ...(read(key) || kept), refused: response.status });
  const why = [answer.refusal, ...Object.values(answer.errors).flat()].join(" ");
  tell(response.status === CONFLICT ? `${why} Tekan Simpan untuk melihat keduanya.` : why);
}

// One request at a time, so that revisions follow each other.
function flush() {
  clearTimeout(timer);
  busy = busy.then(async () => {
    for (const key of [form.dataset.key, ...(await left())]) await send(key);
    await list();
  });
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// The next entry: same item, kind and agency, everything else empty, under a new key.
function startNext() {
  const key = newKey();
  form.setAttribute("action", form.getAttribute("action").replace(form.dataset.key, key));
  form.dataset.key = key;
  form.elements.revision.value = 0;
  for (const name of ["text", "restricted_text", "due_on", "answers", "speaker"]) {
    form.elements[name].value = "";
  }
  for (const note of form.querySelectorAll(".alert")) note.remove();
  claim();
  form.elements.text.focus();
}

function onSubmit(event) {
  const { key } = form.dataset;
  // The server answers a conflict, and an empty form, with a page that says so.
  const isConflict = read(key)?.refused === CONFLICT && !form.hasAttribute("data-conflict");
  if (isEmpty() || isConflict) {
    leaving = true;
    return;
  }
  event.preventDefault();
  form.removeAttribute("data-conflict");
  keep();
  busy = busy.then(() => send(key)).then(() => {
    if (form.dataset.key !== key || read(key)?.refused) return list();
    if (form.hasAttribute("data-changes") && !read(key)) {
      return location.assign(unsaved.dataset.address);
    }
    startNext();
    // The lock on the key before is let go in a moment.
    return setTimeout(list, 200);
  });
}

function onInput() {
  const { key } = form.dataset;
  const isConflict = read(key)?.refused === CONFLICT;
  if (isEmpty()) return forget(key);
  keep(isConflict ? CONFLICT : undefined);
  if (isConflict) return undefined;
  say("…");
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE);
  return undefined;
}

function restore() {
  const kept = read(form.dataset.key);
  if (!kept) return;
  form.elements.revision.value = kept.revision;
  for (const field of form.elements) {
    const values = kept.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "hidden" || !field.name) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  say("Tulisan yang belum tersimpan dipulihkan.");
}

if (form) {
  // After a refusal only the writer decides: kept, but not sent on its own.
  if (form.hasAttribute("data-conflict")) keep(CONFLICT);
  else restore();
  claim();
  form.addEventListener("input", onInput);
  form.addEventListener("submit", onSubmit);
  form.querySelector("[data-discard]")?.addEventListener("click", () => {
    forget(form.dataset.key);
  });
  window.addEventListener("online", flush);
  window.addEventListener("beforeunload", (event) => {
    if (read(form.dataset.key) && !leaving) event.preventDefault();
  });
  flush();
}
