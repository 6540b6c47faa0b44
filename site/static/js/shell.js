// Improves every page; none needs it. Quick exit: replaces this page in the history, by the button or by pressing
// Escape three times. Listen links play in place. A password can be shown. Answers that wait (quiz.js) are dropped with
// the sign-out, and wherever somebody else is signed in.

const exit = document.querySelector("[data-quick-exit]");

function leave(event) {
  event.preventDefault();
  document.body.hidden = true;
  location.replace(exit.href);
}

if (exit) {
  let presses = 0;
  let timer;
  exit.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clearTimeout(timer);
    timer = setTimeout(() => { presses = 0; }, 1500);
    presses += 1;
    if (presses === 3) leave(event);
  });
}

function player(link) {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.preload = "none";
  const opus = link.dataset.opus;
  // one from before is in Ogg
  const kind = /\.ogg$/.test(opus) ? "ogg" : "webm";
  audio.src = opus && audio.canPlayType(`audio/${kind}; codecs="opus"`) ? opus : link.href;
  audio.setAttribute("aria-label", link.textContent.trim());
  link.after(audio);
  follow(audio, link.closest(".voice"));
  return audio;
}

// the words of a voice: the sentence that is heard is marked, one that is pressed is heard
function follow(audio, voice) {
  const cues = [...(voice?.querySelectorAll("[data-at]") || [])];
  if (!cues.length) return;
  const words = cues[0].closest("details");
  const mark = () => {
    const now = cues.filter((cue) => audio.currentTime >= cue.dataset.at - 0.2 && !audio.ended).pop();
    for (const cue of cues) if (cue === now) cue.setAttribute("aria-current", "true"); else cue.removeAttribute("aria-current");
  };
  for (const event of ["timeupdate", "seeked", "ended"]) audio.addEventListener(event, mark);
  audio.addEventListener("play", () => { words.open = true; }, { once: true });
  for (const cue of cues) cue.addEventListener("click", () => { audio.currentTime = cue.dataset.at; audio.play(); });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.play");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const next = link.nextElementSibling;
  const audio = next && next.tagName === "AUDIO" ? next : player(link);
  if (audio.paused) audio.play(); else audio.pause();
});

for (const input of document.querySelectorAll("input[type=password][data-reveal]")) {
  const button = document.createElement("button");
  const box = document.createElement("div");
  box.className = "reveal";
  button.type = "button";
  button.className = "btn ghost sm";
  button.textContent = input.dataset.reveal;
  button.setAttribute("aria-label", input.dataset.revealLabel);
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  input.replaceWith(box);
  box.append(input, button);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
}

function waiting(name) {
  return name.startsWith("bai-") && localStorage[name] !== "[]";
}

// removes what waits on this device, but for what belongs to `owner`
function forget(owner) {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith("bai-") || (owner && name.startsWith(`bai-${owner}-`))) continue;
    localStorage.removeItem(name);
    // recordings (record.js)
    if (name.endsWith("-thu")) indexedDB.deleteDatabase("thu-tieng");
  }
}

// lessons that were kept to be taught without a line (keep.js), and the keys of what is not sent yet (log.js): what they
// seal stays, for its writer
async function leaveNothingOpen() {
  for (const name of Object.keys(localStorage)) if (name.startsWith("day-")) localStorage.removeItem(name);
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  for (const name of await caches.keys()) if (/^(giu|da-thu-hoi):/.test(name)) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}

function dropKeys() {
  return new Promise((done) => {
    const request = indexedDB.open("nhat-ky");
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = done;
    request.onsuccess = () => {
      const step = request.result.transaction("keys", "readwrite");
      step.objectStore("keys").clear();
      step.oncomplete = step.onerror = () => { request.result.close(); done(); };
    };
  });
}

async function leaving(form) {
  // what hangs must not hold up a sign-out
  const late = new Promise((done) => { setTimeout(done, 2000); });
  await Promise.race([Promise.all([leaveNothingOpen(), dropKeys()]), late]).catch(() => {});
  form.submit();
}

try {
  const { person } = document.querySelector("[data-person]")?.dataset || {};
  // nobody signed in: the person whose session ran out comes back for them
  if (person) forget(person);
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", (event) => {
      const sealed = localStorage["nhat-ky-cho"];
      const asks = [Object.keys(localStorage).some(waiting) && form.dataset.signOut, sealed && form.dataset.sealed];
      event.preventDefault();
      if (asks.some((question) => question && !confirm(question))) return;
      forget();
      leaving(form);
    });
  }
} catch { /* no storage: nothing waits there */ }

// an engine that does not open what an address points into
function unfold() {
  let fold = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!fold || !fold.closest("details:not([open])")) return;
  const target = fold;
  while ((fold = fold.closest("details:not([open])"))) fold.open = true;
  target.scrollIntoView();
}

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open])")) details.open = true;
});

addEventListener("hashchange", unfold);
unfold();

// Handing a page on: the telephone's own share sheet where there is one, else the address is copied. Without a script the
// same link leads to a page with the address, a QR code and a picture.
for (const link of document.querySelectorAll("a[data-share]")) {
  const said = link.querySelector("[role=status]");
  link.addEventListener("click", async (event) => {
    const { share: url, title, copied } = link.dataset;
    if (!navigator.share && !navigator.clipboard) return;
    event.preventDefault();
    try {
      if (navigator.share) {
        await navigator.share({ title, url });
      } else {
        await navigator.clipboard.writeText(url);
        said.textContent = copied;
      }
    } catch (refused) {
      if (refused.name !== "AbortError") location.assign(link.href);
    }
  });
}

for (const row of document.querySelectorAll("[data-print-row]")) {
  row.hidden = false;
  row.querySelector("[data-print]").addEventListener("click", () => print());
}
