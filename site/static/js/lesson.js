// Keeps the learner's place and ticks on the server as they read. Without it the lesson works: the place is then the
// lesson, and a button sends the ticks.

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
