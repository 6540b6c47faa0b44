// Keeps the learner's place, ticks and choices on the server as they read. Without it the lesson works: the place is then
// the lesson, a button sends the ticks, and a choice loads the page again.

const article = document.querySelector("[data-lesson]");
const token = document.querySelector("[data-done] [name=csrfmiddlewaretoken]")?.value;
const blocks = [...article.querySelectorAll(".block")];
// a place is told after this rest, so that scrolling through sends nothing
const REST = 4000;
const LINE = 120;

function form(fields) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token);
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

let told = null;
let leaving = false;
let timer;

// the last block that begins above the line under the header; "" at the very top
function here() {
  let id = "";
  for (const block of blocks) {
    if (block.getBoundingClientRect().top > LINE) break;
    id = block.id.slice(2);
  }
  return id;
}

function tell() {
  const block = here();
  if (block === told || leaving) return;
  if (navigator.sendBeacon(article.dataset.place, form([["block", block]]))) told = block;
}

if (article.dataset.place && token) {
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, REST);
  }, { passive: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tell();
  });
  timer = setTimeout(tell, REST);
  addEventListener("pageshow", () => { leaving = false; });
  document.querySelector("[data-done]").addEventListener("submit", () => {
    // the server moves the place on by itself
    clearTimeout(timer);
    leaving = true;
  });
}

for (const list of document.querySelectorAll("[data-checklist]")) {
  const button = list.querySelector("button");
  const status = list.querySelector("[role=status]");
  const words = list.dataset;
  button.hidden = true;
  list.addEventListener("change", async () => {
    status.textContent = words.saving;
    try {
      const response = await fetch(list.action, {
        method: "POST",
        body: new FormData(list),
        headers: { Accept: "application/json" },
        keepalive: true,
      });
      const answer = await response.json();
      status.textContent = response.ok ? words.saved : answer.error;
      button.hidden = response.ok;
    } catch {
      status.textContent = words.failed;
      button.hidden = false;
    }
  });
}

function show(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

// a choice shows what comes of it in its own place
document.addEventListener("submit", async (event) => {
  const sent = event.target.closest("[data-try]");
  if (!sent || !event.submitter) return;
  event.preventDefault();
  const status = sent.querySelector("[role=status]");
  const place = sent.closest(".block");
  const data = new FormData(sent);
  data.append(event.submitter.name, event.submitter.value);
  status.textContent = sent.dataset.saving;
  try {
    const response = await fetch(sent.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (!response.ok) {
      status.textContent = answer.error;
      return;
    }
    show(place, answer.block);
    place.querySelector("[data-answer]").focus();
    const left = document.querySelector("[data-left]");
    show(left, answer.left);
    if (!answer.left) left.classList.remove("note", "warn");
  } catch {
    status.textContent = sent.dataset.failed;
  }
});
