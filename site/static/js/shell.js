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
  audio.src = link.href;
  audio.setAttribute("aria-label", link.textContent.trim());
  link.after(audio);
  return audio;
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
    if (name.startsWith("bai-") && !(owner && name.startsWith(`bai-${owner}-`))) localStorage.removeItem(name);
  }
}

try {
  const { person } = document.querySelector("[data-person]")?.dataset || {};
  // nobody signed in: the person whose session ran out comes back for them
  if (person) forget(person);
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", (event) => {
      if (Object.keys(localStorage).some(waiting) && !confirm(form.dataset.signOut)) event.preventDefault();
      else forget();
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
