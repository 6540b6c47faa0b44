// Saves an answer as soon as it is picked and says "saved" only when the server did. Answers wait in a queue, in order,
// which outlives the page: closing the tab or losing the line loses none. Without this script the form saves a part.

const form = document.querySelector("[data-attempt]");
const status = document.querySelector("[data-status]");
const say = form.dataset;
const store = `bai-${say.attempt}`;
const csrf = form.elements.csrfmiddlewaretoken.value;
let queue = [];
let busy = false;
let wait = 1;
let timer;
let leaving = false;

try { queue = JSON.parse(localStorage.getItem(store)) || []; } catch { /* private mode: the queue lives with the page */ }

function keep() {
  try { queue.length ? localStorage.setItem(store, JSON.stringify(queue)) : localStorage.removeItem(store); } catch { /* as above */ }
}

const field = (n) => document.getElementById(`cau-${n}`);
const base = (n) => form.elements[`${n}-based_on`];

function tell(n, text, good) {
  for (const place of [status, field(n)?.querySelector("[data-state]")]) {
    if (!place) continue;
    place.textContent = text;
    place.classList.toggle("saved", good);
    place.classList.toggle("unsaved", !good);
  }
}

function token() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
}

function picked(n) {
  const skip = ["based_on", "token", "flag"].map((name) => `${n}-${name}`);
  const pairs = [...new FormData(form)].filter(([name]) => name.startsWith(`${n}-`) && !skip.includes(name));
  return new URLSearchParams([...pairs, [`${n}-token`, token()]]).toString();
}

function pick(event) {
  const box = event.target.closest("[data-question]");
  if (!box) return;
  const n = box.dataset.position;
  const flag = "flag" in event.target.dataset;
  const id = flag ? `f${n}` : n;
  // what was never sent is replaced; what may have reached the server goes first, as it was
  queue = queue.filter((entry) => entry.id !== id || entry.sent);
  queue.push({ id, n, url: box.dataset.url, body: flag ? `flag=${event.target.checked ? 1 : 0}` : picked(n) });
  if (!flag) {
    box.removeAttribute("data-saved");
    tell(n, say.textSaving, false);
  }
  keep();
  send();
}

function mark(n, answered) {
  const link = document.querySelector(`[data-map="${n}"]`);
  link?.classList.toggle("a", answered);
  link?.setAttribute("aria-label", `${link.dataset.label}, ${answered ? say.textYes : say.textNo}`);
  const count = document.querySelector("[data-answered]");
  if (count) count.textContent = document.querySelectorAll("[data-map].a").length;
}

function saved(entry, data) {
  const box = field(entry.n);
  if (entry.id !== entry.n || !box) return;
  base(entry.n).value = data.sequence;
  if (queue.some((other) => other.id === entry.id)) return;
  for (const input of box.querySelectorAll("[data-choice]")) input.toggleAttribute("data-saved", input.checked);
  if (data.answered) box.setAttribute("data-saved", data.sequence);
  tell(entry.n, `${say.textSaved} ${data.at}`, true);
  mark(entry.n, data.answered);
}

function later(entry) {
  tell(entry.n, navigator.onLine ? say.textBusy : say.textOffline, false);
  wait = Math.min(wait * 2, 30);
  timer = setTimeout(send, wait * 1000);
}

function refused(entry, code, data) {
  tell(entry.n, data?.error || say.textFailed, false);
  // signed out or a stale page: the answer stays for the next load
  if (code === 401 || code === 403) { entry.stuck = true; return; }
  queue.shift();
  keep();
  if (data?.html && field(entry.n)) {
    field(entry.n).outerHTML = data.html;
    queue = queue.filter((other) => other.id !== entry.id);
    keep();
  } else if (data?.result) location.assign(data.result);
  send();
}

async function send() {
  clearTimeout(timer);
  const entry = queue[0];
  if (busy || !entry || entry.stuck) return;
  if (!entry.sent && entry.id === entry.n) entry.body += `&${entry.n}-based_on=${base(entry.n)?.value || 0}`;
  entry.sent = true;
  keep();
  busy = true;
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), 15000);
  let code = 0;
  let data = null;
  try {
    const headers = { Accept: "application/json", "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await fetch(entry.url, { method: "POST", body: entry.body, headers, signal: abort.signal });
    code = answer.status;
    if (answer.headers.get("Content-Type")?.includes("json")) data = await answer.json();
  } catch { code = 0; }
  clearTimeout(limit);
  busy = false;
  if (code === 200 && data) {
    wait = 1;
    queue.shift();
    keep();
    saved(entry, data);
    send();
  } else if (code >= 400 && code < 500 && code !== 429) refused(entry, code, data);
  else later(entry);
}

for (const { id, n, body } of queue) {
  const box = field(n);
  if (!box || id !== n) continue;
  const values = new URLSearchParams(body).getAll(`${n}-choice`);
  for (const input of box.querySelectorAll("[data-choice]")) input.checked = values.includes(input.value);
  box.removeAttribute("data-saved");
  tell(n, say.textSaving, false);
}
form.addEventListener("change", pick);
form.addEventListener("submit", () => { leaving = true; });
addEventListener("online", send);
addEventListener("beforeunload", (event) => { if (queue.length && !leaving) event.preventDefault(); });
send();
