// Pages from a USB stick: after the day on which they should be renewed they say so.
for (const note of document.querySelectorAll(".note[data-until]")) {
  if (Date.now() < Date.parse(note.dataset.until)) continue;
  note.classList.add("bad");
  note.querySelector("[data-old]").hidden = false;
}
