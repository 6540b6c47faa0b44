// Names, and places, for what has none in Wagtail's own screens. Some are drawn by scripts, some come later
// (rows, choosers, results), so it looks again whenever something was added.

const idOf = (element, id) => (element.id ||= id);

function labelled(element, field) {
  const label = field?.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  // a block of a StreamField has a heading only
  const by = label ? idOf(label, `${field.id}-label`) : element.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
  if (by) element.setAttribute("aria-labelledby", by);
}

const MENDED = {
  // wagtail issue 14205: the label belongs to the hidden field behind the editor
  ".public-DraftEditor-content[role=textbox]:not([aria-labelledby])": (editor) =>
    labelled(editor, editor.closest("[data-draftail-editor-wrapper]")?.parentNode.querySelector("[data-draftail-input]")),
  ".tagit-new input:not([aria-labelledby])": (input) => labelled(input, input.closest(".tagit").previousElementSibling),
  "#fileupload:not([aria-labelledby])": (input) => {
    const button = input.previousElementSibling;
    if (button) input.setAttribute("aria-labelledby", idOf(button, "fileupload-label"));
  },
  // its name is in a popup that is not part of the page until it opens
  "button.w-editing-sessions__session:not([aria-label])": (button) => {
    const popup = button._tippy?.props.content?.textContent ?? button.textContent;
    if (popup.trim()) button.setAttribute("aria-label", popup.replace(/\s+/g, " ").trim());
  },
  "h2[role=alert]": (heading) => {
    heading.removeAttribute("role");
    const told = document.createElement("div");
    told.setAttribute("role", "alert");
    heading.replaceWith(told);
    told.append(heading);
  },
  // items of a list have a heading, and no label of their own
  ".w-panel--nested .w-field__input > :is(input:not([type=hidden]), select, textarea):not([aria-label], [aria-labelledby])": (field) => {
    if (!field.labels.length) labelled(field, field);
  },
  // a place that one can jump to is a part of the form, not each of its forty rows
  "section.w-panel--nested:not([role])": (section) => section.setAttribute("role", "group"),
  // a dialog's form, of which Wagtail makes a list with hardly an item
  "ul.fields:not([role])": (list) => list.setAttribute("role", "none"),
  // written into Wagtail's script in English
  ".Tooltip__button:not([lang])": (button) => {
    button.lang = document.documentElement.lang;
    button.firstChild.nodeValue = gettext(button.textContent);
  },
  ".w-dropdown__toggle > .w-sr-only:not([lang])": (name) => {
    name.lang = document.documentElement.lang;
    if (name.firstChild) name.firstChild.nodeValue = gettext(name.textContent.trim());
  },
  "section > div > h3:not([lang])": (heading) => {
    heading.lang = document.documentElement.lang;
    const [, from, to] = heading.textContent.match(/^(.+) to (.+) translation$/) ?? [];
    if (to) heading.firstChild.nodeValue = `${from} → ${to}`;
  },
  // it scrolls, so keys have to reach it
  ".w-minimap__list:not([tabindex])": (list) => list.setAttribute("tabindex", "0"),
  ".modal[role=dialog]:not([aria-labelledby])": (dialog) => {
    const heading = dialog.querySelector(".modal-body :is(h1, h2)");
    if (heading) dialog.setAttribute("aria-labelledby", idOf(heading, "modal-heading"));
  },
  // a corner is not the head of anything
  "thead > th, thead > tr > th": (head) => {
    if (head.textContent.trim() || head.querySelector("[aria-label], input")) return;
    const corner = document.createElement("td");
    corner.className = head.className;
    head.replaceWith(corner);
  },
  // on a phone each row of a list stands alone (mended.css): a cell tells its column, and a table stays one to the ear
  "table.listing > tbody > tr > :is(td, th):not([data-label])": (cell) => {
    const head = cell.closest("table").tHead?.rows[0]?.cells[cell.cellIndex];
    cell.dataset.label = head && !cell.querySelector("input[type=checkbox]") ? head.textContent.trim() : "";
  },
  "table.listing:not([role])": (table) => table.setAttribute("role", "table"),
  "table.listing > :is(thead, tbody):not([role])": (part) => part.setAttribute("role", "rowgroup"),
  "table.listing > * > tr:not([role])": (row) => row.setAttribute("role", "row"),
  "table.listing > * > tr > td:not([role])": (cell) => cell.setAttribute("role", "cell"),
  "table.listing > thead > tr > th:not([role])": (head) => head.setAttribute("role", "columnheader"),
  "table.listing > tbody > tr > th:not([role])": (head) => head.setAttribute("role", "rowheader"),
  // the first heading below the title of the screen
  ".component-form > h3:not([aria-level])": (heading) => heading.setAttribute("aria-level", "2"),
};

// Rows of one kind bear one name: whoever does not see them hears which it is. They are moved, so it is counted each time.
function counted() {
  const met = new Map();
  for (const heading of document.querySelectorAll(".w-panel--nested > .w-panel__header > .w-panel__heading")) {
    const name = heading.querySelector("[data-panel-heading-text]")?.textContent.trim();
    if (!name || heading.closest(".deleted, [aria-hidden=true]")) continue;
    const which = (met.get(name) ?? 0) + 1;
    met.set(name, which);
    const said = which > 1 ? ` ${which}` : "";
    const number = heading.querySelector(".which") ?? heading.appendChild(document.createElement("span"));
    number.className = "which w-sr-only";
    if (number.textContent !== said) number.textContent = said;
  }
}

function mend() {
  for (const [selector, how] of Object.entries(MENDED)) document.querySelectorAll(selector).forEach(how);
  counted();
}

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    mend();
  });
}).observe(document.body, { childList: true, subtree: true });
mend();
