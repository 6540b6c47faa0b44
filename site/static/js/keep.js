// Keeps a lesson on this device when somebody asks for it: pages without a person on them, with what they need to be
// read, taught and printed. Renews it where there is a line, says what is kept, its size and its date, and removes it.
const SHELF = "giu:";
const GONE = "da-thu-hoi:";
const WORKER = "/truong-hoc/giu.js";
const DAYS = 90;
const DAY = 24 * 3600e3;
// milliseconds between two looks whether a lesson changed
const REST = 10 * 60e3;
const WANTED = "link[rel=stylesheet], link[rel=icon], script[src], img[src], source[src], a.play[href]";
const OURS = /^\/(static|tep|chia-se)\//;

const able = "caches" in window && "serviceWorker" in navigator;
const listOf = (slug) => `/truong-hoc/${slug}/giu.json`;
const date = (at) => new Date(at).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
const kilobytes = (size) => (size < 1e6 ? `${Math.ceil(size / 1e3)} KB` : `${(size / 1e6).toFixed(1).replace(".", ",")} MB`);

// a shelf without its list was never finished
async function shelves() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(SHELF)) continue;
    const slug = name.split(":")[1];
    const list = await (await caches.open(name)).match(listOf(slug));
    found.push({ name, slug, about: list ? await list.json() : null });
  }
  return found;
}

async function known(slug) {
  const whole = (await shelves()).filter((one) => one.slug === slug && one.about);
  return whole.sort((one, other) => other.about.kept - one.about.kept)[0] || null;
}

function needed(html, base) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const addresses = [...page.querySelectorAll(WANTED)].map((one) => one.getAttribute("src") || one.getAttribute("href"));
  return addresses.filter(Boolean).map((one) => new URL(one, base)).filter((one) => one.origin === location.origin)
    .map((one) => one.pathname).filter((one) => OURS.test(one));
}

const ask = (address) => fetch(address, { credentials: "omit", cache: "no-cache" });

async function put(shelf, address, list, about) {
  await shelf.put(address, new Response(JSON.stringify({ ...list, ...about }), { headers: { "Content-Type": "application/json" } }));
}

// the old copy stays until the new one is whole
async function take(slug, list, told) {
  const name = `${SHELF}${slug}:${Date.now()}`;
  const shelf = await caches.open(name);
  const wanted = new Set(list.files);
  let size = 0;
  let done = 0;
  try {
    for (const address of wanted) {
      const answer = await ask(address);
      if (!answer.ok || answer.redirected) throw new Error(address);
      const copy = answer.clone();
      if ((answer.headers.get("Content-Type") || "").startsWith("text/html")) {
        const html = await answer.text();
        size += html.length;
        for (const one of needed(html, location.origin + address)) wanted.add(one);
      } else size += (await answer.blob()).size;
      await shelf.put(address, copy);
      done += 1;
      if (told) told(done, wanted.size);
    }
    await put(shelf, listOf(slug), list, { kept: Date.now(), checked: Date.now(), size });
  } catch (failed) {
    await caches.delete(name);
    throw failed;
  }
  for (const one of await shelves()) if (one.slug === slug && one.name !== name) await caches.delete(one.name);
  await caches.delete(GONE + slug);
}

async function retract(slug, answer) {
  await drop(slug);
  const said = await answer.json().catch(() => ({}));
  const mark = await caches.open(GONE + slug);
  await put(mark, listOf(slug), said, { at: Date.now() });
}

async function drop(slug) {
  for (const one of await shelves()) if (!slug || one.slug === slug) await caches.delete(one.name);
  if (slug && (await shelves()).length) return;
  for (const one of await navigator.serviceWorker.getRegistrations()) {
    if (one.scope.endsWith("/truong-hoc/")) await one.unregister();
  }
}

// "kept", "gone", or raises where there is no line
async function keepNow(slug, told) {
  const answer = await ask(listOf(slug));
  if (answer.status === 410) return retract(slug, answer).then(() => "gone");
  if (!answer.ok) throw new Error(answer.status);
  await navigator.serviceWorker.register(WORKER);
  await take(slug, await answer.json(), told);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  return "kept";
}

async function renew(force) {
  for (const { name, slug, about } of await shelves()) {
    if (!about || (!force && Date.now() - about.checked < REST)) continue;
    const answer = await ask(listOf(slug));
    if (answer.status === 410) await retract(slug, answer);
    if (!answer.ok) continue;
    const list = await answer.json();
    if (list.version !== about.version) await take(slug, list);
    else await put(await caches.open(name), listOf(slug), about, { kept: Date.now(), checked: Date.now() });
  }
}

// --- what is said

async function paint(box) {
  const { keep: slug } = box.dataset;
  const say = box.dataset;
  const state = box.querySelector("[data-state]");
  const [now, away] = ["[data-keep-now]", "[data-forget]"].map((one) => box.querySelector(one));
  const mine = await known(slug);
  const mark = await caches.match(listOf(slug), { cacheName: GONE + slug });
  now.hidden = !able || !!mark;
  away.hidden = !mine;
  box.classList.remove("warn");
  if (mark) {
    state.textContent = say.gone;
    box.classList.add("warn");
    return;
  }
  if (!mine) {
    state.textContent = say.none;
    return;
  }
  const { kept, size } = mine.about;
  const old = Date.now() - kept > DAYS * DAY;
  now.textContent = say.again;
  state.textContent = `${say.kept} ${date(kept)}, ${kilobytes(size)}. ${old ? say.old : `${say.until} ${date(kept + DAYS * DAY)}.`}`;
  if (old) box.classList.add("warn");
}

function wire(box) {
  const say = box.dataset;
  const state = box.querySelector("[data-state]");
  box.hidden = false;
  box.querySelector("[data-keep-now]").addEventListener("click", async (event) => {
    event.target.disabled = true;
    try {
      await keepNow(say.keep, (done, all) => { state.textContent = `${say.busy} ${done}/${all}`; });
      await paint(box);
    } catch (failed) {
      await paint(box).catch(() => {});
      state.textContent = failed.name === "SecurityError" || failed.name === "TypeError" && navigator.onLine ? say.blocked : say.failed;
    }
    event.target.disabled = false;
  });
  box.querySelector("[data-forget]").addEventListener("click", async () => {
    await drop(say.keep);
    await paint(box);
  });
  return paint(box).catch(() => { state.textContent = say.blocked; });
}

// the page that lists what is kept here
async function list(place) {
  const all = (await shelves()).filter((one) => one.about);
  const shape = place.querySelector("template");
  for (const { slug, about } of all) {
    const row = shape.content.cloneNode(true);
    const link = row.querySelector("a");
    link.href = `/truong-hoc/${slug}/`;
    link.textContent = about.title;
    const box = row.querySelector("[data-keep]");
    box.dataset.keep = slug;
    place.append(row);
    await wire(box);
  }
  for (const name of (await caches.keys()).filter((one) => one.startsWith(GONE))) {
    const said = await caches.match(listOf(name.slice(GONE.length)), { cacheName: name });
    const line = document.createElement("p");
    line.className = "note bad";
    line.textContent = `${(await said.json()).gone}: ${place.dataset.gone}`;
    place.append(line);
  }
  document.querySelector("[data-nothing-kept]").hidden = !!all.length;
}

async function start() {
  const boxes = [...document.querySelectorAll("[data-keep]")];
  await Promise.all(boxes.map(wire));
  const place = document.querySelector("[data-kept-list]");
  if (place) await list(place);
  if (!navigator.onLine) return;
  try {
    await renew();
    await Promise.all(boxes.map(paint));
  } catch { /* no line after all */ }
}

if (able) start();
addEventListener("online", () => { if (able) renew().catch(() => {}); });
