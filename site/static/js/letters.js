// Hard letters of an orthography become keys: a tap, or Alt and a figure, writes one where the cursor was. Without this
// script they stand there to be copied.
let field;

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("form.desk textarea")) field = target;
});

function type(letter) {
  field ||= document.querySelector("form.desk textarea");
  field.focus();
  field.setRangeText(letter, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const keys = [...document.querySelectorAll("[data-letter]")].map((shown, place) => {
  const key = document.createElement("button");
  key.type = "button";
  key.className = "btn ghost sm key";
  key.textContent = shown.textContent;
  if (place < 9) key.title = `Alt+${place + 1}`;
  // the cursor stays where it is
  key.addEventListener("pointerdown", (event) => event.preventDefault());
  key.addEventListener("click", () => type(key.textContent));
  shown.replaceWith(key);
  return key;
});

document.addEventListener("keydown", (event) => {
  const key = event.altKey && !event.ctrlKey && /^Digit[1-9]$/.test(event.code) && keys[event.code.slice(-1) - 1];
  if (!key) return;
  event.preventDefault();
  type(key.textContent);
});
