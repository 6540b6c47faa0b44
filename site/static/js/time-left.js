// Says how many minutes are left, counted from what the server said as the page was drawn; moves nothing and no focus.
// At the end it leads to the hand-in once nothing waits to be sent; the server decides in any case.
const place = document.querySelector("[data-ends]");
const words = place.querySelector("[data-minutes]");
const status = document.querySelector("[data-status]");
const begun = performance.now();
const left = () => +place.dataset.left - (performance.now() - begun) / 1000;
// minutes that a screen reader is told of
const TOLD = [10, 5, 1];
let before = Math.floor(left() / 60);

function look() {
  const seconds = left();
  const minutes = Math.floor(seconds / 60);
  if (minutes !== before) {
    before = minutes;
    words.textContent = minutes > 0 ? place.dataset.textLeft.replace("{n}", minutes) : place.dataset.textLast;
    if (TOLD.includes(minutes)) status.textContent = words.textContent;
  }
  // what waits for the line is still taken for two minutes
  if (seconds <= 0 && (!document.querySelector(".unsaved") || seconds < -110)) location.assign(place.dataset.submit);
  else setTimeout(look, 1000);
}
look();
