// Runs a lesson: one page holds all steps and turns them, keeps the clocks of the step and of the lesson, opens page E
// and comes back. The window for the class follows, and the other way round. Where no script runs each step is a page.
const say = document.body.dataset;
const KEY = `day-${say.run}`;
// a lesson that stood still for so long is over: its clocks begin anew
const STALE = 4 * 3600e3;
const MINUTE = 60e3;
const sections = [...document.querySelectorAll("[data-at]")];
const last = +say.last;
const follows = "follows" in say;
const danger = document.querySelector("[data-danger]");
const status = document.querySelector("[data-state]");
let state = { at: 0, began: 0, since: 0, spent: {}, ended: 0, told: 0, blank: false };
let peer = follows ? window.opener : null;
let heard = false;

function read() {
  const kept = [];
  try { kept.push(JSON.parse(localStorage[KEY])); } catch { /* nothing kept, or no storage */ }
  // outlives a reload where a browser keeps nothing for sites
  if (history.state && history.state.run) kept.push(history.state.run);
  kept.sort((one, other) => other.told - one.told);
  if (kept[0] && Date.now() - kept[0].told < STALE) state = { ...state, ...kept[0], blank: false };
}

function keep() {
  state.told = Date.now();
  try { localStorage[KEY] = JSON.stringify(state); } catch { /* history.state keeps it */ }
  history.replaceState({ run: state }, "");
}

// --- the two windows; what they tell each other is a number and whether the screen is dark

let channel;
try { channel = new BroadcastChannel(KEY); } catch { /* the window that was opened is told directly */ }
if (channel) channel.onmessage = (event) => hear(event.data);
addEventListener("message", (event) => { if (event.source && event.source === peer) hear(event.data); });

function tell(what) {
  if (channel) channel.postMessage(what);
  // a page from a file has no origin to name
  try { if (peer && !peer.closed) peer.postMessage(what, "*"); } catch { peer = null; }
}

function hear(what) {
  if (!what || typeof what !== "object") return;
  if (what.hello) {
    heard = true;
    if (!follows) tell({ at: state.at, blank: state.blank });
    return;
  }
  if (!follows) heard = true;
  if (what.at >= 0 && what.at <= last && what.at !== state.at) turn(what.at, false);
  if (typeof what.blank === "boolean") blank(what.blank, false);
}

// --- turning

function turn(at, tells = true) {
  const now = Date.now();
  if (state.since) state.spent[state.at] = (state.spent[state.at] || 0) + now - state.since;
  state.at = at;
  state.since = at >= 1 && at < last ? now : 0;
  if (at >= 1 && !state.began) state.began = now;
  state.ended = at < last ? 0 : state.ended || now;
  if (!follows) keep();
  show(false);
  if (tells) tell({ at });
}

function show(isDanger) {
  for (const one of sections) one.hidden = isDanger || +one.dataset.at !== state.at;
  if (danger) danger.hidden = !isDanger;
  const shown = isDanger ? danger : sections.find((one) => !one.hidden);
  scrollTo(0, 0);
  const heading = shown.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  tick();
}

function go(where) {
  if (where === "e") return danger && show(true);
  if (where === "back") return show(false);
  const at = +where;
  if (at >= 0 && at <= last) turn(at);
}

function blank(is, tells = true) {
  state.blank = is;
  // with a window for the class its screen goes dark, else this one
  const own = follows || !heard;
  document.body.classList.toggle("dark", is && own);
  if (status) status.textContent = is && !own ? say.blank : "";
  if (tells) tell({ blank: is });
}

// --- clocks

function words(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function clock(name, spent, planned) {
  const place = document.querySelector(`[data-clock=${name}]`);
  const over = planned && spent > planned;
  place.textContent = words(spent);
  place.parentElement.classList.toggle("over", !!over);
  place.title = over ? `${say.over} ${words(spent - planned)}` : "";
}

function tick() {
  const box = document.querySelector("[data-clocks]");
  if (!box) return;
  box.hidden = !state.began;
  const now = Date.now();
  const here = sections.find((one) => +one.dataset.at === state.at);
  const planned = (here.dataset.minutes || 0) * MINUTE;
  document.querySelector("[data-plan]").textContent = words(planned);
  box.firstElementChild.hidden = !planned;
  clock("step", (state.spent[state.at] || 0) + (state.since ? now - state.since : 0), planned);
  clock("lesson", state.began ? (state.ended || now) - state.began : 0, say.minutes * MINUTE);
}

// --- keys, clicker, buttons

const screen = () => document.scrollingElement;
const below = () => screen().scrollTop + innerHeight < screen().scrollHeight - 8;
const KEYS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 };

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) return;
  const onControl = /^(A|BUTTON|SUMMARY)$/.test(event.target.tagName);
  let way = KEYS[event.key];
  // these move within a long step first
  if (event.key === "ArrowDown" || (event.key === " " && !event.shiftKey && !onControl)) way = below() ? 0 : 1;
  if (event.key === "ArrowUp" || (event.key === " " && event.shiftKey && !onControl)) way = screen().scrollTop > 8 ? 0 : -1;
  if (state.blank && way !== undefined) return event.preventDefault(), blank(false);
  if (way) {
    event.preventDefault();
    if (danger && !danger.hidden) return go("back");
    return go(state.at + way);
  }
  const key = event.key.toLowerCase();
  if (key === "b" || key === ".") blank(!state.blank);
  else if (key === "e") go(danger && !danger.hidden ? "back" : "e");
  else if (key === "f") full();
}

function full() {
  const all = document.documentElement;
  if (document.fullscreenElement) document.exitFullscreen();
  else if (all.requestFullscreen) all.requestFullscreen().catch(() => {});
}

function click(event) {
  const link = event.target.closest("[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.dataset.go);
}

// the number of whom the school put in charge stays on this device
function knowWhom() {
  const form = document.querySelector("[data-whom]");
  const link = document.querySelector("[data-call]");
  if (!form) return;
  let known = {};
  const paint = () => {
    link.hidden = !known.tel;
    link.href = `tel:${known.tel || ""}`;
    link.textContent = [known.whom, known.tel].filter(Boolean).join(": ");
  };
  try { known = JSON.parse(localStorage["day-phu-trach"] || "{}"); } catch { return; }
  form.hidden = false;
  for (const name of ["whom", "tel"]) form.elements[name].value = known[name] || "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    known = { whom: form.elements.whom.value.trim(), tel: form.elements.tel.value.replace(/[^\d+]/g, "") };
    try { localStorage["day-phu-trach"] = JSON.stringify(known); } catch { /* shown until the page goes */ }
    paint();
  });
  paint();
}

// a telephone stays awake while the lesson runs
function stayAwake() {
  if (navigator.wakeLock && !document.hidden && state.began) navigator.wakeLock.request("screen").catch(() => {});
}

function begin() {
  if (!follows) read();
  addEventListener("keydown", press);
  document.addEventListener("click", click);
  document.addEventListener("visibilitychange", stayAwake);
  for (const button of document.querySelectorAll("[data-full]")) {
    button.hidden = !document.fullscreenEnabled;
    button.addEventListener("click", full);
  }
  const opens = document.querySelector("[data-class]");
  if (opens) {
    opens.addEventListener("click", (event) => {
      event.preventDefault();
      peer = window.open(opens.href, "lop", "popup,width=960,height=720");
    });
  }
  const anew = document.querySelector("[data-anew]");
  if (anew) {
    anew.hidden = false;
    anew.addEventListener("click", () => {
      state = { ...state, began: 0, since: 0, spent: {}, ended: 0 };
      turn(0);
    });
  }
  knowWhom();
  document.body.classList.add("on");
  show(false);
  if (follows) tell({ hello: true });
  else {
    tell({ at: state.at, blank: false });
    setInterval(tick, 500);
  }
  stayAwake();
}

// the page of one step has its keys too: they press its links
function pressLinks(event) {
  const rel = { PageDown: "next", ArrowRight: "next", PageUp: "prev", ArrowLeft: "prev" }[event.key];
  const link = rel && document.querySelector(`a[rel=${rel}]`);
  if (link && !event.ctrlKey && !event.altKey && !event.metaKey) link.click();
}

if (say.run) begin();
else addEventListener("keydown", pressLinks);
