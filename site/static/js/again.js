// A page that waits for work of the server: what is new takes its place, and once the work is done its page is opened.
// Whoever is typing, or has turned away, is left alone.
const own = document.querySelector("script[data-seconds]");
const address = own.dataset.address || location.href;
let seconds = +own.dataset.seconds;
let typed = false;

addEventListener("input", () => { typed = true; });

async function look() {
  if (document.hidden) return later();
  if (typed) return;
  let answer, text;
  try {
    answer = await fetch(address, { headers: { Accept: "text/html" } });
    text = await answer.text();
  } catch { /* no line: asked again, less often */ }
  if (!answer || answer.status >= 500) {
    seconds = Math.min(seconds * 2, 30);
    return later();
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const [here, there] = [document, page].map((one) => one.querySelector("main"));
  if (typed) return;
  if (!answer.ok || answer.redirected || !there || !page.querySelector("script[data-seconds]")) return location.replace(address);
  seconds = +own.dataset.seconds;
  // a link that has the focus keeps it
  const focused = document.activeElement?.closest("main") && document.activeElement !== here;
  if (!focused && !here.isEqualNode(there)) here.replaceChildren(...there.childNodes);
  later();
}

function later() { setTimeout(look, seconds * 1000); }

later();
