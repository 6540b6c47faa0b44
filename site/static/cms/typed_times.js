// Shows in full what was understood of a day or an hour as soon as it was typed, or why it was not. Without it, the
// form says so when it comes back. The server reads; nothing is guessed here.

const ASK = document.querySelector("script[data-ask]").dataset.ask;

function tell(field, text, wrong) {
  const id = `${field.id}-typed`;
  let told = document.getElementById(id);
  if (!told) {
    told = document.createElement("p");
    told.id = id;
    told.setAttribute("role", "status");
    field.closest(".w-field__input, .field, td")?.append(told);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  told.className = wrong ? "error-message" : "help";
  told.textContent = text;
}

document.addEventListener("change", async ({ target }) => {
  if (!target.matches?.("input[data-typed]")) return;
  const { typed: kind, looks } = target.dataset;
  const text = target.value.trim();
  if (!text) return tell(target, "", false);
  try {
    const answer = await fetch(`${ASK}?${new URLSearchParams({ kind, looks, text })}`, { headers: { Accept: "application/json" } });
    const found = await answer.json();
    if (target.value.trim() !== text) return;
    if (found.value) target.value = found.value;
    tell(target, found.words ?? found.error ?? "", !found.value);
  } catch {
    // offline: the form says it when it is sent
  }
});
