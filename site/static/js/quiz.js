// Saves an answer when it is picked; says "saved" only when the server did. The queue keeps order and outlives the page.
const form = document.querySelector("[data-attempt]");
const status = document.querySelector("[data-status]");
const say = form.dataset;
// whose answers these are stands in the name: shell.js drops them where somebody else is signed in
const store = `bai-${document.querySelector("[data-person]")?.dataset.person}-${say.attempt}`;
let busy, failing, handing, kept, leaving, pause, paused, timer;
let wait = 1;
// milliseconds that a question of several lists, some of them still open, waits for the next choice
const PAUSE = 2000;

const stored = () => JSON.parse(localStorage[store] || "[]");
const hex = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (x) => (x + 256).toString(16).slice(1)).join("");

let queue = [];
try { queue = stored(); } catch { /* no storage: the queue lives with the page */ }
// another tab of this attempt keeps its own entries in the same place: they are left as they are
const mine = new Set(queue.map((entry) => entry.key));

function keep() {
  try {
    localStorage[store] = JSON.stringify([...stored().filter((entry) => !mine.has(entry.key)), ...queue]);
    kept = true;
  } catch { kept = false; }
}
keep();

const box = (n) => document.getElementById(`cau-${n}`);
const base = (n) => form.elements[`${n}-based_on`];

function tell(n, text, good = false, brief = text) {
  const own = box(n)?.querySelector("[data-state]");
  for (const place of [own, status]) {
    if (!place) continue;
    place.textContent = place === own ? brief : good ? text : `${say.textQuestion} ${n}: ${text}`;
    place.className = good ? "saved" : "unsaved";
  }
}

function picked(n) {
  const own = (name) => name.startsWith(`${n}-`) && !/-(based_on|token|flag)$/.test(name);
  return new URLSearchParams([...[...new FormData(form)].filter(([name]) => own(name)), [`${n}-token`, hex()]]).toString();
}

function pick({ target }) {
  const place = target.closest("[data-question]");
  if (!place) return;
  const n = place.dataset.position;
  const flag = "flag" in target.dataset;
  const id = flag ? `f${n}` : n;
  // what was never sent is replaced; what may have reached the server is repeated first, as it was
  queue = queue.filter((entry) => entry.id !== id || entry.sent);
  const key = hex();
  mine.add(key);
  const entry = { key, id, n, on: base(n).value, url: place.dataset.url, body: flag ? `flag=${+target.checked}` : picked(n) };
  queue.push(entry);
  if (!flag) unsaved(n);
  keep();
  clearTimeout(pause);
  // the browser keeps it meanwhile; once it is whole, one request carries what would have been one for each list
  paused = !flag && [...place.querySelectorAll("select[data-choice]")].some((list) => !list.value) ? entry : null;
  if (paused) pause = setTimeout(sendAll, PAUSE);
  send();
}

function sendAll() {
  paused = null;
  send();
}

// ordering: a step changes places with its neighbour; from the first press on the order is an answer
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const list = button.closest("[data-question]").querySelector("[data-order]");
  const step = button.closest("li");
  const way = +button.dataset.move;
  if (way < 0) step.previousElementSibling?.before(step);
  if (way > 0) step.nextElementSibling?.after(step);
  for (const input of list.querySelectorAll("input")) input.name = input.name.replace("shown", "choice");
  ends(list);
  if (step) (button.disabled ? step.querySelector("[data-move]:enabled") : button).focus();
  else button.closest("p").remove();
  list.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
});

function ends(list) {
  for (const button of list.querySelectorAll("[data-move]")) {
    const step = button.closest("li");
    button.disabled = !(button.dataset.move < 0 ? step.previousElementSibling : step.nextElementSibling);
  }
}

// what waits here is shown as it was chosen
function restore(place, fields) {
  const values = fields.getAll(`${place.dataset.position}-choice`).filter(Boolean);
  const list = place.querySelector("[data-order]");
  for (const value of list ? values : []) {
    const input = list.querySelector(`input[value="${value}"]`);
    input.name = input.name.replace("shown", "choice");
    list.append(input.closest("li"));
  }
  if (list) ends(list);
  for (const input of place.querySelectorAll("[data-choice]")) {
    if (input.type === "text") input.value = fields.get(input.name) ?? "";
    else if (input.options) input.value = [...input.options].find((option) => values.includes(option.value))?.value ?? "";
    else input.checked = values.includes(input.value);
  }
}

function unsaved(n) {
  box(n).removeAttribute("data-saved");
  tell(n, say.textSaving);
}

function saved({ id, n }, data) {
  const place = box(n);
  const link = document.querySelector(`[data-map="${n}"]`);
  if (id !== n) link?.classList.toggle("f", data.flagged);
  if (id !== n) return;
  for (const entry of queue) if (entry.id === id) entry.on = data.sequence;
  if (!place) return;
  base(n).value = data.sequence;
  if (queue.some((entry) => entry.id === id)) return;
  // what is typed is kept without signs that nobody can see, so it is not compared
  const isKept = (input) => input.type === "text" ? data.answered && !!input.value : data.saved.choices.includes(input.value);
  for (const input of place.querySelectorAll("[data-choice]")) input.toggleAttribute("data-saved", isKept(input));
  if (data.answered) place.setAttribute("data-saved", data.sequence);
  tell(n, `${say.textSaved} ${data.at}`, true);
  link.classList.toggle("a", data.answered);
  link.setAttribute("aria-label", `${link.dataset.label}, ${data.answered ? say.textYes : say.textNo}`);
  document.querySelector("[data-answered]").textContent = document.querySelectorAll("[data-map].a").length;
}

// every question whose answer waits says so; only what the browser really keeps is said to be kept
function waiting() {
  const text = navigator.onLine ? [say.textBusy, say.textBusyHere] : [say.textOffline, say.textOfflineHere];
  for (const { n } of [...queue].reverse()) tell(n, text[kept ? 0 : 1], false, say.textWaiting);
}

function refused(entry, code, data) {
  handing = false;
  tell(entry.n, kept && data?.error || (kept ? say.textFailed : say.textFailedHere));
  if (code === 401) leadToSignIn();
  // signed out, somebody else signed in, a stale page, or a choice to make on another part: kept for the page that can show it
  if (code < 405 && code > 400 || data?.html && !box(entry.n)) {
    entry.stuck = true;
    return;
  }
  queue = queue.filter((other) => other.id !== entry.id);
  keep();
  if (data?.html) box(entry.n).outerHTML = data.html;
  if (data?.result) location.assign(data.result);
}

// the queue outlives the page and is sent when it opens again
function leadToSignIn() {
  const link = document.createElement("a");
  link.href = `${say.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = say.textSignIn;
  link.addEventListener("click", () => { leaving = true; });
  status?.append(" ", link);
}

async function send() {
  clearTimeout(timer);
  const entry = queue.find((one) => !one.stuck && one !== paused);
  if (busy || !entry) return;
  if (!entry.sent && entry.id === entry.n) entry.body += `&${entry.n}-based_on=${base(entry.n)?.value ?? entry.on}`;
  busy = entry.sent = true;
  keep();
  const abort = new AbortController();
  timer = setTimeout(() => abort.abort(), 15000);
  let code, data;
  try {
    const answer = await fetch(entry.url, {
      method: "POST",
      body: entry.body,
      signal: abort.signal,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      },
    });
    code = answer.status;
    data = await answer.json().catch(() => null);
  } catch { code = 0; }
  clearTimeout(timer);
  busy = false;
  failing = !(code === 200 && data) && !(code >= 400 && code < 500 && code !== 429);
  if (code === 200 && data) {
    wait = 1;
    queue.splice(queue.indexOf(entry), 1);
    keep();
    saved(entry, data);
    if (handing && !queue.length) form.requestSubmit();
  } else if (code === 403 && data?.csrf && !entry.renewed) {
    // signed in anew in another tab: the page's token is old, the answer is not
    form.elements.csrfmiddlewaretoken.value = data.csrf;
    entry.renewed = true;
  } else if (!failing) refused(entry, code, data);
  else {
    waiting();
    wait = Math.min(wait * 2, 30);
    timer = setTimeout(send, wait * 1000);
    return;
  }
  send();
}

for (const entry of queue) {
  delete entry.stuck;
  delete entry.renewed;
  if (entry.id !== entry.n || !box(entry.n)) continue;
  restore(box(entry.n), new URLSearchParams(entry.body));
  unsaved(entry.n);
}
form.addEventListener("change", pick);
form.addEventListener("submit", (event) => {
  // the page that submits the attempt waits for the last answer; every page waits for a server that does not answer
  const held = queue.length && (say.textPending || failing || !navigator.onLine);
  leaving = !held;
  if (!held) return;
  event.preventDefault();
  // pressed once is enough: it goes when the last answer is there
  handing = !!say.textPending;
  if (failing || !navigator.onLine) waiting();
  else tell(queue[0].n, say.textPending);
  sendAll();
});
addEventListener("online", sendAll);
// who turns to another app may not come back
addEventListener("visibilitychange", () => { if (document.hidden) sendAll(); });
// signed out, or somebody else signed in, in another tab: what waits here goes with them
addEventListener("storage", ({ key, newValue }) => {
  if (newValue !== null || key && key !== store) return;
  queue = [];
  leaving = true;
  location.reload();
});
// back again, as it was left
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (event) => { if (queue.length && !leaving) event.returnValue = true; });
send();
