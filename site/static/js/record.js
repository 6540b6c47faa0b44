// Records a message sentence by sentence or whole, with a level meter, to be heard and sent. What was recorded stands on
// this device from when it stops until the server has it: a line that breaks, a browser that is killed and a second
// press lose nothing and send nothing twice, since each recording bears a number made here. Without this script the page
// takes files.
const waits = document.querySelector("[data-unsent]");
const page = document.querySelector("[data-recorder]");
const say = { ...waits?.dataset, ...page?.dataset };
const person = document.querySelector("[data-person]")?.dataset.person;
const token = waits?.querySelector("[name=csrfmiddlewaretoken]")?.value;
const PLACE = "thu-tieng";
let store, timer, sending;
let wait = 5;

// --- what waits on this device

const asked = (request) => new Promise((ok, fail) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => fail(request.error);
});

async function opened() {
  const request = indexedDB.open(PLACE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "number" });
  return asked(request);
}

const memory = new Map();
const box = (mode) => store.transaction("kept", mode).objectStore("kept");
const keep = (entry) => { memory.set(entry.number, entry); return store && asked(box("readwrite").put(entry)); };
const drop = (entry) => { memory.delete(entry.number); return store && asked(box("readwrite").delete(entry.number)); };
const all = async () => (store ? asked(box("readonly").getAll()) : [...memory.values()]);

// --- sending

const lines = new Map([...(page?.querySelectorAll("[data-line]") || [])].map((line) => [line.dataset.line, line]));
const whole = page?.querySelector("[data-whole]");
const placeOf = (entry) => (entry.message !== say.message || entry.language !== say.language ? null
  : entry.whole ? whole : lines.get(String(entry.pieces[0].source)));

function tell(entry, text, kind = "") {
  const place = placeOf(entry);
  if (place) {
    let said = place.querySelector("[data-said]");
    if (!said) {
      said = document.createElement("p");
      said.dataset.said = "";
      said.setAttribute("role", "status");
      place.querySelector("[data-acts]").after(said);
    }
    said.className = `said-of ${kind}`;
    said.textContent = text;
  }
  count();
}

async function count() {
  const kept = await all();
  const left = kept.filter((entry) => entry.ready && !entry.refused).length;
  // shell.js asks before the sign-out, and forgets them with it
  try { localStorage[`bai-${person}-thu`] = kept.length ? `[${kept.length}]` : "[]"; } catch { /* no storage */ }
  const told = waits.querySelector("[data-left]");
  told.hidden = !left;
  told.textContent = left ? `${say.textLeft} ${left}` : "";
}

async function post(entry) {
  const form = new FormData();
  form.append("number", entry.number);
  form.append("speaker", entry.speaker);
  form.append("pieces", JSON.stringify(entry.pieces));
  form.append("sound", new Blob([entry.bytes], { type: entry.type }), entry.name);
  const answer = await fetch(entry.url, {
    method: "POST", body: form, redirect: "manual", credentials: "same-origin",
    headers: { Accept: "application/json", "X-CSRFToken": token },
  });
  if (answer.status >= 500 || answer.status === 429) throw new TypeError("busy");
  const read = await answer.json().catch(() => null);
  return read || { away: true };
}

async function one(entry) {
  tell(entry, say.textSending);
  const answer = await post(entry);
  if (answer.away) { tell(entry, say.textSignedOut, "bad"); return false; }
  if (!answer.ok) {
    entry.refused = answer.said || answer.error;
    await keep(entry);
    tell(entry, entry.refused, "bad");
    return true;
  }
  await drop(entry);
  tell(entry, answer.said || say.textSent, "ok");
  // the page was drawn before it was sent
  const old = new Set(answer.old || []);
  for (const { source } of placeOf(entry) ? entry.pieces : []) {
    const state = lines.get(String(source))?.querySelector("[data-state]");
    if (!state || old.has(source)) continue;
    state.textContent = say.textAwaiting;
    state.className = "tag warn";
  }
  placeOf(entry)?.setAttribute("data-sent", "");
  if (entry.draft) draw(entry.draft);
  return true;
}

async function flush() {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  try {
    for (const entry of await all()) {
      if (!entry.ready || entry.refused || entry.person !== person) continue;
      if (!await one(entry)) return;
    }
    wait = 5;
  } catch {
    for (const entry of await all()) if (entry.ready && !entry.refused) tell(entry, store ? say.textWaiting : say.textNoStore);
    timer = setTimeout(flush, wait * 1000);
    wait = Math.min(wait * 2, 300);
  } finally { sending = false; }
}

// --- recording

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const bar = page?.querySelector("[data-bar]");
const meter = bar?.querySelector("[data-level]");
const status = bar?.querySelector("[data-status]");
let stream, recorder, context, loudest, current;

const number = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));

function button(text, act, ghost = true) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn sm${ghost ? " ghost" : ""}`;
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

async function microphone() {
  stream ||= await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  });
  if (!context) {
    context = new AudioContext();
    const ear = context.createAnalyser();
    ear.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    const look = () => {
      ear.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
      loudest = Math.max(loudest || 0, level);
      meter.value = Math.min(1, level * 4);
      requestAnimationFrame(look);
    };
    look();
  }
  // a device without a way out for sound never answers
  context.resume();
}

// `place` has [data-acts]; `pieces(length)` says which sentences stand in what was recorded, in seconds
async function record(place, marks) {
  if (recorder) return;
  try { await microphone(); } catch { bar.hidden = false; status.textContent = say.textDenied; return; }
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one)) || "";
  const chunks = [];
  recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 128000 });
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const begun = performance.now();
  loudest = 0;
  current = { place, marks, now: () => (performance.now() - begun) / 1000 };
  recorder.onstop = async () => {
    const length = current.now();
    const { mimeType } = recorder;
    recorder = undefined;
    show(null);
    await taken(place, marks, new Blob(chunks, { type: mimeType }), length);
  };
  recorder.start();
  show(place);
}

function stop() { if (recorder?.state === "recording") recorder.stop(); }

// the title is recorded by itself
const rows = () => [...lines.values()].filter((line) => !line.hasAttribute("data-apart"));

function next() {
  const { marks } = current;
  if (marks.length >= rows().length) return;
  marks.push(current.now());
  light(marks.length - 1);
}

function light(at) {
  for (const line of lines.values()) line.classList.remove("now");
  for (const [place, line] of rows().entries()) {
    line.classList.toggle("now", place === at);
    if (place === at) line.scrollIntoView({ block: "center" });
  }
}

// while it records (or plays a file that is being marked): the level, stop, next
function show(place, playing) {
  bar.hidden = !place;
  const acts = bar.querySelector("[data-acts]");
  acts.replaceChildren();
  if (!place) { light(-1); return; }
  status.textContent = playing ? "" : say.textRecording;
  const halt = button(say.textStop, playing || stop, false);
  acts.append(halt);
  if (place === whole) { acts.prepend(button(say.textNext, next, false)); light(0); } else place.classList.add("now");
  (place === whole ? acts.firstChild : halt).focus({ preventScroll: true });
}

function pieces(place, marks) {
  const piece = (line) => ({ source: Number(line.dataset.line), seal: line.dataset.seal });
  if (place !== whole) return [piece(place)];
  return marks.map((begins, at) => ({ ...piece(rows()[at]), begins_at: begins, ends_at: marks[at + 1] ?? null }));
}

async function taken(place, marks, blob, length) {
  const draft = { place };
  const entry = {
    number: number(), url: say.send, speaker: say.speaker, person, message: say.message, language: say.language,
    whole: place === whole, pieces: pieces(place, marks), type: blob.type, bytes: await blob.arrayBuffer(),
    name: `thu.${blob.type.includes("mp4") ? "m4a" : blob.type.includes("webm") ? "webm" : "audio"}`,
  };
  for (const old of await all()) if (placeOf(old) === place && (!old.ready || old.refused)) await drop(old);
  place.removeAttribute("data-sent");
  draft.entry = entry;
  try { await keep(entry); } catch { store = null; memory.set(entry.number, entry); }
  draw(draft);
  tell(entry, length < 0.5 ? say.textShort : loudest < 0.005 && !place.querySelector("[data-whole-file]")?.value ? say.textQuiet : say.textUnsent);
  place.querySelector("[data-hear]")?.focus({ preventScroll: true });
}

// the buttons of a sentence, or of the whole
function draw({ place, entry }) {
  const acts = place.querySelector("[data-acts]");
  const again = button(place === whole && !entry ? say.textWhole : entry ? say.textAgain : say.textRecord, () => record(place, place === whole ? [0] : []));
  acts.replaceChildren(again);
  const known = entry && memory.has(entry.number);
  if (!known) { if (!entry) again.className = "btn sm"; return; }
  const hear = button(say.textHear, () => {
    acts.querySelector("audio")?.remove();
    const audio = document.createElement("audio");
    audio.controls = true;
    audio.src = URL.createObjectURL(new Blob([entry.bytes], { type: entry.type }));
    acts.append(audio);
    audio.play();
  });
  hear.dataset.hear = "";
  const hand = button(place === whole ? say.textSendWhole : say.textSend, async () => {
    entry.ready = true;
    await keep(entry);
    draw({ place, entry: null });
    again.focus({ preventScroll: true });
    flush();
  }, false);
  acts.append(hear, hand);
}

// a file of the whole: it plays, and “next” marks where each sentence begins
function mark({ target }) {
  const [file] = target.files;
  if (!file) return;
  if (file.size > say.most * 1024 * 1024) { status.textContent = `> ${say.most} MB`; bar.hidden = false; return; }
  const audio = new Audio(URL.createObjectURL(file));
  const marks = [0];
  const done = () => {
    audio.pause();
    show(null);
    loudest = 1;
    taken(whole, marks, file, audio.currentTime);
  };
  current = { place: whole, marks, now: () => audio.currentTime };
  audio.addEventListener("ended", done);
  audio.play();
  show(whole, done);
}

async function begin() {
  try { store = await opened(); } catch { store = null; }
  // of somebody else who signed out on this device
  for (const entry of await all()) if (entry.person !== person) await drop(entry); else memory.set(entry.number, entry);
  if (page && window.MediaRecorder && navigator.mediaDevices) {
    const drafts = await all();
    if (whole) {
      whole.hidden = false;
      whole.querySelector("[data-whole-file]").addEventListener("change", mark);
    }
    for (const place of [...lines.values(), ...(whole ? [whole] : [])]) {
      const entry = drafts.find((one) => placeOf(one) === place && !one.ready);
      draw({ place, entry });
      if (entry) tell(entry, say.textUnsent);
    }
  }
  addEventListener("online", () => { wait = 5; flush(); });
  flush();
  count();
}

if (waits) begin();
