// Keeps an observer's form on this device while it is filled, and sends it once: by itself when the line is back. The
// form's own token makes a repeated sending one form. Without this script the form is an ordinary one.
const form = document.querySelector("[data-observation]");
const status = form.querySelector("[data-status]");
const say = form.dataset;
// whose form it is stands in the name: shell.js drops it where somebody else is signed in
const store = `bai-${document.querySelector("[data-person]")?.dataset.person}-quan-sat-${say.observation}`;
const OWN = ["csrfmiddlewaretoken", "token"];
let leaving, sending, wanted, timer;
let wait = 1;

function fields() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.includes(name) && /^\d+-/.test(name));
}

function keep() {
  try {
    localStorage[store] = JSON.stringify({ token: form.elements.token.value, fields: fields(), wanted: !!wanted });
    return true;
  } catch { return false; }
}

function tell(text, good = false) {
  status.textContent = text;
  status.className = good ? "sm saved" : "sm unsaved";
}

function bringBack() {
  let kept;
  try { kept = JSON.parse(localStorage[store] || "null"); } catch { /* no storage: the form lives with the page */ }
  if (!kept) return;
  form.elements.token.value = kept.token;
  for (const [name, value] of kept.fields) {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  }
  if (kept.fields.some(([, value]) => value)) tell(say.textKept, true);
  wanted = kept.wanted;
}

function drop() {
  try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
}

function leadToSignIn() {
  const link = document.createElement("a");
  link.href = `${say.signIn}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = say.textSignIn;
  link.addEventListener("click", () => { leaving = true; });
  status.append(" ", link);
}

// the page that the server draws for a form with errors names each of them
function plainly() {
  leaving = true;
  wanted = false;
  keep();
  form.submit();
}

function later(kept) {
  tell(kept ? say.textWaiting : say.textWaitingHere);
  wait = Math.min(wait * 2, 30);
  clearTimeout(timer);
  timer = setTimeout(send, wait * 1000);
}

async function send(renewed) {
  if (sending || !wanted) return;
  sending = true;
  const kept = keep();
  tell(say.textSending);
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), 15000);
  let code = 0;
  let data;
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)]),
      signal: abort.signal,
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    code = answer.status;
    data = await answer.json().catch(() => null);
  } catch { /* no line */ }
  clearTimeout(limit);
  sending = false;
  if (code === 200 && data?.next) {
    leaving = true;
    drop();
    location.assign(data.next);
  } else if (code === 403 && data?.csrf && renewed !== true) {
    // signed in anew in another tab: the page's token is old, the form is not
    form.elements.csrfmiddlewaretoken.value = data.csrf;
    send(true);
  } else if (code === 401) {
    tell(kept ? say.textKept : say.textNotKept);
    leadToSignIn();
  } else if (code === 409) {
    tell(data?.error || "");
    drop();
    leaving = true;
    location.reload();
  } else if (code >= 400 && code < 500 && code !== 429) plainly();
  else later(kept);
}

bringBack();
form.addEventListener("input", () => {
  wanted = false;
  const kept = keep();
  tell(kept ? say.textKept : say.textNotKept, kept);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  wanted = true;
  send();
});
addEventListener("online", () => send());
addEventListener("beforeunload", (event) => { if (wanted && !leaving) event.returnValue = true; });
// a form that was sent off without a line goes as soon as the page opens again
send();
