// Handing a page on: the telephone's own share sheet where there is one, else the address is copied. Without a script the
// same link leads to a page with the address, a QR code and a picture. Printing opens what is folded (shell.js).

for (const link of document.querySelectorAll("a[data-share]")) {
  const said = link.querySelector("[role=status]");
  link.addEventListener("click", async (event) => {
    const { share: url, title, copied } = link.dataset;
    if (!navigator.share && !navigator.clipboard) return;
    event.preventDefault();
    try {
      if (navigator.share) {
        await navigator.share({ title, url });
      } else {
        await navigator.clipboard.writeText(url);
        said.textContent = copied;
      }
    } catch (refused) {
      if (refused.name !== "AbortError") location.assign(link.href);
    }
  });
}

for (const row of document.querySelectorAll("[data-print-row]")) {
  row.hidden = false;
  row.querySelector("[data-print]").addEventListener("click", () => print());
}
