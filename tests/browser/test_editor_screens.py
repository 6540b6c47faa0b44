"""What the editors' own screens under /cms/ hold, role by role: axe finds nothing, nothing is cut off at the side of a
narrow screen, and no script complains.

Each screen is opened once; window and colours then change under it, as they do for whoever turns a phone.
"""

import json
from html import escape

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.trial import DESK, LOOKS
from english import english_in
from playwright.sync_api import TimeoutError

AXE = Axe().axe_script
# the frame of a preview holds a public page, which has tests of its own
RUN = """() => axe.run({resultTypes: ["violations"], iframes: false, selectors: false})
    .then(result => result.violations)"""
# colours are judged where they come to rest, without the tooltip of what was clicked, which hangs beside the page
AT_REST = """*, *::before, *::after { transition: none !important; animation: none !important }
[data-tippy-root][style*="pointer-events: none"] { display: none !important }"""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Wagtail hides what sticks out of <main>, so the page never grows: asked is what is drawn beyond the edge and cannot be
# scrolled to. A closed side panel and the small map of a long form wait there on purpose.
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(e => {
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height || box.right <= innerWidth + 1 || e.closest(".form-side, .w-minimap")) return false;
    if (!e.checkVisibility({checkVisibilityCSS: true})) return false;
    for (let a = e.parentElement; a && a.tagName !== "MAIN"; a = a.parentElement)
        if (getComputedStyle(a).overflowX !== "visible") return false;
    return true;
}).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""

# a list fits the screen: no row has to be pushed aside to be read
SIDEWAYS = """() => [...document.querySelectorAll("main .listing")].filter(list => {
    const around = list.parentElement;
    return list.getBoundingClientRect().right > innerWidth + 1 || around.scrollWidth > around.clientWidth + 1;
}).map(list => list.outerHTML.slice(0, 120))"""

# what stands on the screen once scripts have drawn it, but what people typed; each line as an element of its own
DRAWN = """() => [...document.querySelectorAll("body *")].filter(e =>
    e.checkVisibility({checkVisibilityCSS: true}) && !e.closest("[contenteditable], textarea, .w-tag, script, style")
).flatMap(e => [
    ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.nodeValue),
    ...["aria-label", "title", "placeholder"].map(name => e.getAttribute(name) || ""),
]).filter(said => said.trim())"""

SCREENS = {
    "mai": [
        "/cms/",
        "/cms/pages/{xa-tay-giang}/",
        "/cms/pages/{xa-tay-giang}/edit/",
        "/cms/pages/add/campaigns/noticepage/{xa-tay-giang}/",
        "/cms/pages/{xa-tay-giang/di-lam-xa}/edit/",
        "/cms/pages/{xa-tay-giang/di-lam-xa}/history/",
        "/cms/so-lien-he/new/",
        "/cms/images/multiple/add/",
    ],
    "son": [
        "/cms/",
        "/cms/pages/{xa-tay-giang}/",
        "/cms/so-lien-he/cho-goi/",
        "/cms/so-lien-he/goi-lan-hai/{of_commune}/",
        "/cms/so-lien-he/go-xuong/{of_commune}/",
    ],
    "dung": ["/cms/"],
    "binh": [
        "/cms/pages/{nhan-dien-nan-nhan}/edit/",
        "/cms/snippets/courses/question/",
        "/cms/snippets/courses/question/add/",
    ],
    "phuong": [
        "/cms/",
        "/cms/pages/{ngay-30-7}/",
        "/cms/pages/{di-lam-xa}/edit/",
        "/cms/pages/{lop-4-5}/edit/",
        "/cms/so-lien-he/",
        "/cms/so-lien-he/goi-thu/{contact}/",
        "/cms/yeu-cau/new/",
        "/cms/don-vi/",
        "/cms/reports/site-history/",
        "/cms/redirects/",
        "/cms/pages/search/?q=xa",
    ],
    "quan": ["/cms/dong-y/", "/cms/can-bo/", "/cms/vai-tro/", "/cms/vai-tro/new/", "/cms/workflows/list/"],
}
NUMBERS = """
import json
from wagtail.models import Page
from pages.contacts.contact import Contact
pages = Page.objects.filter(locale__language_code="vi").order_by("-pk").values_list("url_path", "pk")
steps = [(path.strip("/").split("/"), pk) for path, pk in pages]
named = {"/".join(path[-count:]): pk for count in (1, 2) for path, pk in steps}
of_commune = Contact.objects.get(unit__code="20455")
contacts = {"contact": Contact.objects.order_by("pk").first().pk, "of_commune": of_commune.pk}
print(json.dumps({**named, **contacts}))
"""


@pytest.fixture(scope="module")
def numbers(trial):
    """Of the demo's pages by their slugs, alone and below that of their parent, and of a contact."""
    return json.loads(trial.manage("shell", "--verbosity", "0", "-c", NUMBERS).splitlines()[-1])


def look_at(page, screen: str, examined=LOOKS) -> list[str]:
    """What is amiss with what is on the screen now, at each width in each scheme; axe looks where it is to examine."""
    page.evaluate(AXE)
    page.add_style_tag(content=AT_REST)
    problems = []
    for window, scheme in LOOKS:
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        at = f"{screen} at {window['width']} in {scheme}"
        problems += [f"{at}: cut off: {element}" for element in page.evaluate(CUT_OFF)]
        problems += [f"{at}: sideways: {element}" for element in page.evaluate(SIDEWAYS)]
        for violation in page.evaluate(RUN) if (window, scheme) in examined else []:
            nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            problems.append(f"{at}: {violation['id']}: {nodes}")
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return problems


@pytest.mark.parametrize("login", SCREENS)
def test_the_screens_of_a_role(someone, numbers, looks, login):
    editor, problems = someone(login, DESK), []
    for number, screen in enumerate(SCREENS[login], len(login)):
        page = editor.visit(screen.format_map(numbers))
        drawn = "".join(f"<p>{escape(said)}</p>" for said in page.evaluate(DRAWN))
        problems += [f"{screen}: English: {said}" for said in english_in(drawn)]
        problems += look_at(page, screen, looks(number))
    assert not problems, "\n".join(problems)


def open_by(page, button: str, awaited: str):
    """Click until the dialog is there: a click that falls while the form still moves under it opens nothing."""
    for _ in range(3):
        page.locator(f"button:has-text('{button}')").first.click()
        try:
            return page.locator(awaited).first.wait_for(timeout=10_000)
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError(f"{page.url}: “{button}” opens nothing: {page.locator('.modal').all_inner_texts()}")


def test_preview_and_choosers(someone, numbers, looks):
    page, problems = someone("mai", DESK).visit(f"/cms/pages/{numbers['xa-tay-giang']}/edit/"), []
    page.click("[data-side-panel-toggle=preview]")
    page.locator("iframe").first.wait_for()
    problems += look_at(page, "preview", looks(0))
    page.click("[data-side-panel-toggle=preview]")
    open_by(page, "Chọn ảnh", ".modal-body form")
    problems += look_at(page, "chooser of pictures", looks(1))
    page = someone("phuong", DESK).visit("/cms/redirects/add/")
    open_by(page, "Chọn trang", ".modal-body .listing")
    problems += look_at(page, "chooser of pages", looks(2))
    assert not problems, "\n".join(problems)


def test_a_page_is_read_and_may_go_back(someone, looks):
    """The province answers for the commune too. Nothing is decided here, so that others find the trial as it was."""
    page, problems = someone("phuong", DESK).visit("/cms/"), []
    page.click("#commune-reviews-content a:has-text('Trước khi cưới xa')")
    page.wait_for_url("**/edit/**")
    problems += look_at(page, "a page to be read", looks(3))
    page.click("footer .w-dropdown__toggle")
    page.click("[data-workflow-action-name=reject]")
    page.locator(".modal-body textarea").wait_for()
    problems += look_at(page, "why it goes back", looks(4))
    assert not problems, "\n".join(problems)
