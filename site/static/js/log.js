// What a teacher writes of a lesson waits on this device until the server has it, and goes once: the number is made
// here, the same body is sent again byte for byte, the token beside it. Nothing unsent is ever deleted by itself; once
// she signed in here it is sealed with a key that leaves with her sign-out (shell.js) and comes back with her.
const form = document.querySelector("form[data-log]");
const list = document.querySelector("[data-waiting]");
const say = list ? list.dataset : {};
const status = document.querySelector("[data-log-state]");
const SENDING = "/truong-hoc/nhat-ky/gui/";
const WRITE = "/truong-hoc/nhat-ky/ghi/";
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "sent_by", "number"]);
const shell = document.querySelector("[data-person]");
const me = shell ? shell.dataset.person : "";
let pause = 2;
let timer, busy;

// --- the store of this device

const asked = (request) => new Promise((ok, fail) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => fail(request.error);
});

let opening;
function opened() {
  if (opening) return opening;
  const request = indexedDB.open("nhat-ky", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("entries", { keyPath: "number" });
    request.result.createObjectStore("keys", { keyPath: "person" });
  };
  opening = asked(request);
  return opening;
}

// done only when the browser says that it is written down
async function change(store, act) {
  const base = await opened();
  const step = base.transaction(store, "readwrite", { durability: "strict" });
  act(step.objectStore(store));
  await new Promise((ok, fail) => {
    step.oncomplete = ok;
    step.onerror = step.onabort = () => fail(step.error);
  });
}

const all = async (store) => asked((await opened()).transaction(store).objectStore(store).getAll());
const found = async (store, key) => asked((await opened()).transaction(store).objectStore(store).get(key));

// shell.js asks at the sign-out only where something waits
async function count() {
  const kept = await all("entries");
  try {
    if (kept.length) localStorage["nhat-ky-cho"] = kept.length;
    else localStorage.removeItem("nhat-ky-cho");
  } catch { /* no storage: the store is asked again */ }
  return kept;
}

// --- sealing

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function knowKeys(person, keys) {
  if (!window.crypto.subtle) return;
  const made = await Promise.all(keys.map((key) => crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"])));
  await change("keys", (store) => { store.clear(); store.put({ person, made }); });
}

// of who signed in here last; where somebody else is signed in now, nobody's
async function mine() {
  const owner = (await all("keys"))[0];
  return owner && (!me || owner.person === me) ? owner : null;
}

async function seal(words) {
  const owner = await mine();
  const entry = { number: words.number, person: owner ? owner.person : me, made: Date.now() };
  if (!owner) return { ...entry, words };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(words));
  return { ...entry, iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, owner.made[0], plain) };
}

// null where it is somebody else's
async function unseal(entry, owner) {
  if (entry.words) return !entry.person || entry.person === (owner ? owner.person : me) ? entry.words : null;
  if (!owner || owner.person !== entry.person) return null;
  for (const key of owner.made) {
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: entry.iv }, key, entry.sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch { /* sealed under an older key */ }
  }
  return null;
}

// --- writing down

function newNumber() {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)));
  hex[6] = (hex[6] & 15) | 64;
  hex[8] = (hex[8] & 63) | 128;
  return hex.map((one) => (one + 256).toString(16).slice(1)).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function written() {
  const number = newNumber();
  const fields = [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));
  const chosen = form.elements.pack.selectedOptions ? form.elements.pack.selectedOptions[0].textContent : "";
  const said = form.elements.class_name.value ? `, ${form.elements.class_name.value}` : "";
  return {
    number,
    url: new URL(form.action || location.href, location.href).pathname,
    body: new URLSearchParams([...fields, ["number", number]]).toString(),
    title: `${chosen.trim()}, ${form.elements.on.value}${said}`,
  };
}

async function save(event) {
  event.preventDefault();
  if (busy) return;
  busy = true;
  const words = written();
  const replaced = new URLSearchParams(location.search).get("lai");
  try {
    const entry = await seal(words);
    await change("entries", (store) => {
      store.put(entry);
      // of what the server refused, and so never kept, the new entry takes the place
      if (replaced) store.delete(replaced);
    });
  } catch {
    // nothing is kept here: the page goes the way it goes without this script
    busy = false;
    if (!("later" in form.dataset)) form.submit();
    else if (status) status.textContent = form.dataset.notKept;
    return;
  }
  await count();
  const end = await deliver(words.number);
  busy = false;
  if (end === "kept") return void location.assign(form.dataset.done);
  if (end === "refused" && !("later" in form.dataset)) {
    // the page says what is wrong, and asks what has to be asked
    await change("entries", (store) => store.delete(words.number));
    await count();
    return void form.submit();
  }
  form.hidden = true;
  await paint();
  const place = document.querySelector("[data-drafts]");
  place.hidden = false;
  place.scrollIntoView();
  again();
}

// --- sending

// the token of now; null where nobody who teaches is signed in, undefined without a line
async function token() {
  try {
    const answer = await fetch(SENDING, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
    if (answer.ok) return await answer.json();
    return answer.status >= 500 ? undefined : null;
  } catch { return undefined; }
}

async function post(words, csrf) {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), 20000);
  try {
    const answer = await fetch(words.url, {
      method: "POST",
      body: words.body,
      redirect: "manual",
      signal: abort.signal,
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": csrf },
    });
    const told = await answer.json().catch(() => null);
    if (answer.ok && told && told.kept === words.number) return { end: "kept" };
    const definite = [404, 409, 410, 413, 422].includes(answer.status);
    if (answer.status === 403) return { end: "forbidden" };
    return definite ? { end: "refused", error: (told && told.error) || answer.status } : { end: "waits" };
  } catch { return { end: "waits" }; } finally { clearTimeout(late); }
}

// sends what is hers, or one entry; how that one, or the last one, ended
async function deliver(only) {
  const pass = await token();
  if (!pass) return pass === null ? "signed out" : "no line";
  await knowKeys(pass.person, pass.keys);
  const owner = (await mine()) || { person: pass.person, made: [] };
  let last = "kept";
  for (const entry of await all("entries")) {
    if (only ? entry.number !== only : entry.refused) continue;
    const words = await unseal(entry, owner);
    if (!words || (!entry.person && !only)) continue;
    const { end, error } = await post(words, pass.csrf);
    last = end;
    if (end === "kept") await change("entries", (store) => store.delete(entry.number));
    if (end === "refused") await change("entries", (store) => store.put({ ...entry, refused: error }));
  }
  await count();
  return last;
}

async function again() {
  clearTimeout(timer);
  const end = await deliver().catch(() => "no line");
  await paint(end);
  if (end !== "no line" && end !== "waits") return;
  pause = Math.min(pause * 2, 60);
  timer = setTimeout(again, pause * 1000);
}

// --- what waits, on the page

async function claim(entry) {
  await change("entries", (store) => store.put({ ...entry, person: me }));
  again();
}

async function forget(entry) {
  await change("entries", (store) => store.delete(entry.number));
  await count();
  paint();
}

function row(entry, words) {
  const line = document.querySelector("template[data-entry]").content.cloneNode(true);
  line.querySelector("h3").textContent = words.title;
  line.querySelector("p.mute").textContent = entry.refused ? `${say.textRefused} ${entry.refused}` : say.textWaiting;
  const [claims, anew, drops] = ["[data-claim]", "[data-again]", "[data-drop]"].map((one) => line.querySelector(one));
  claims.hidden = !me || !!entry.person;
  anew.hidden = drops.hidden = !entry.refused;
  anew.href = `${words.url}?lai=${entry.number}`;
  claims.addEventListener("click", () => claim(entry));
  drops.addEventListener("click", () => forget(entry));
  return line;
}

async function paint(end) {
  if (!list) return;
  const kept = await count();
  const owner = await mine();
  const lines = [];
  let others = 0;
  for (const entry of kept) {
    const words = await unseal(entry, owner);
    if (words) lines.push(row(entry, words));
    else others += 1;
  }
  list.replaceChildren(...lines);
  document.querySelector("[data-drafts]").hidden = !kept.length;
  status.textContent = others ? `${others} ${say.textOthers} ` : "";
  if (!lines.length) return;
  if (end === "no line" || !navigator.onLine) status.textContent += say.textNoLine;
  if (end === "forbidden") status.textContent += say.textForbidden;
  if (end === "signed out") {
    const link = document.createElement("a");
    link.href = say.signIn;
    link.textContent = say.textSignIn;
    status.append(link);
  }
}

// --- the form

// what the server refused is shown as it was written
async function restore() {
  const number = new URLSearchParams(location.search).get("lai");
  const entry = number && await found("entries", number);
  const words = entry && await unseal(entry, await mine());
  if (!words) return;
  const fields = new URLSearchParams(words.body);
  for (const input of form.elements) {
    if (!input.name || LEFT_OUT.has(input.name) || !fields.has(input.name)) continue;
    if (/checkbox|radio/.test(input.type)) input.checked = fields.getAll(input.name).includes(input.value);
    else if (input.type !== "hidden") input.value = fields.get(input.name);
  }
}

function prepare() {
  if ("later" in form.dataset) {
    form.hidden = false;
    const day = new Date();
    form.elements.on.value = [day.getDate(), day.getMonth() + 1].map((n) => String(n).padStart(2, "0")).concat(day.getFullYear()).join("/");
    const pack = new URLSearchParams(location.search).get("bai");
    if (pack) form.elements.pack.value = pack;
  }
  form.addEventListener("submit", save);
  restore().catch(() => {});
}

if (form) prepare();
paint().then(again).catch(() => {});
addEventListener("online", again);
document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
