// Answers, where there is no line, for pages that a person chose to keep (keep.js); for nothing else. It stores nothing
// that it was not given, and never what belongs to an account.
const SHELF = "giu:";
// milliseconds that a weak line has before what is kept is shown
const LATE = 5000;
const PERSONAL = /^\/truong-hoc\/(nhat-ky|bao-phu|viec-can-lam|quan-ly|gop-y)\//;
// what is written down without a line has a page of its own
const WRITING = /^\/truong-hoc\/nhat-ky\/(ghi\/)?$/;
const LATER = "/truong-hoc/ghi-sau/";
const FILES = /^\/(static|tep|chia-se)\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function shelves() {
  return (await caches.keys()).filter((name) => name.startsWith(SHELF));
}

async function kept(address) {
  for (const name of await shelves()) {
    const found = await (await caches.open(name)).match(address, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
  }
  return null;
}

function late() {
  return new Promise((_, fail) => { setTimeout(() => fail(new Error("late")), LATE); });
}

// a lesson that was withdrawn leaves the device as soon as there is a line
async function retractWhereGone(pathname) {
  const slug = pathname.split("/")[2];
  const address = `/truong-hoc/${slug}/giu.json`;
  const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (answer.status !== 410) return;
  for (const name of await shelves()) if (name.split(":")[1] === slug) await caches.delete(name);
  const { gone } = await answer.json();
  const mark = await caches.open(`da-thu-hoi:${slug}`);
  await mark.put(address, new Response(JSON.stringify({ gone, at: Date.now() })));
}

async function open(event, url) {
  const shelf = await kept(url.pathname);
  if (!shelf) return fetch(event.request);
  try {
    const answer = await Promise.race([fetch(event.request), late()]);
    if (answer.status === 404 || answer.status === 410) event.waitUntil(retractWhereGone(url.pathname).catch(() => {}));
    if (answer.status < 500) return answer;
  } catch { /* no line, or hardly any */ }
  return shelf;
}

async function file(event, url) {
  return (await kept(url.pathname)) || fetch(event.request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (WRITING.test(url.pathname)) {
      event.respondWith(fetch(request).catch(() => Response.redirect(LATER + url.search)));
    } else if (!PERSONAL.test(url.pathname)) event.respondWith(open(event, url));
  } else if (FILES.test(url.pathname)) event.respondWith(file(event, url));
});
