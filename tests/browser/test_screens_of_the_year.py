"""Every screen of the trainer's year that a link leads to, each kind once: axe on a phone and on a desk, no sideways
scrolling, no dead end, and what stands above it.

Part by part, so that a part is looked at within two minutes. What only the answer to a form leads to is walked where
that form is tried.
"""

import re

import pytest
from browser.test_every_page import FIRST, LEARNER, TRAINER, amiss
from browser.trial import DESK, PHONE
from rights.addresses import patterns

FILE = re.compile(r"\.(csv|xlsx|pdf|docx|ics|png|zip)\b|/tep/|giay/|minh-chung/")
EXAMINED = [(PHONE, "light"), (DESK, "dark")]
# by part: the patterns that belong to it begin so; who walks it; where she begins, beside the addresses of every page
PARTS = {
    "figures": (
        ("bao-cao/<slug:requirement>", "bao-cao/dinh-ky", "bao-cao/cong-khai", "bao-cao/viec", "bao-cao/chua-co"),
        {"phuong": ["/bao-cao/"]},
    ),
    "why figures change": (
        ("bao-cao/<slug:requirement>/<str:code>/bien-dong", "bao-cao/<slug:requirement>/<str:code>/gop"),
        {"phuong": []},
    ),
    "people": (
        ("bao-cao/can-bo", "bao-cao/danh-sach", "bao-cao/xac-nhan", "bao-cao/hoc-them", "bao-cao/kem"),
        {"phuong": ["/bao-cao/can-bo/"], "son": ["/bao-cao/"]},
    ),
    "excuses and papers": (
        ("bao-cao/mien-hoan", "bao-cao/chung-nhan", "bao-cao/nam", "bao-cao/them-luot"),
        {"phuong": ["/bao-cao/mien-hoan/", "/bao-cao/chung-nhan/", "/bao-cao/nam/"]},
    ),
    "files and reforms": (
        ("bao-cao/nhap", "tai-khoan/thay-doi", "tai-khoan/gop-ho-so", "tai-khoan/sap-xep", "tai-khoan/phieu"),
        {"phuong": ["/bao-cao/danh-sach/"]},
    ),
    "reminders": (("bao-cao/nhac", "tai-khoan/tin-nhac", "lich"), {"phuong": ["/bao-cao/nhac/", "/lich/"]}),
    "classes": (("lop-tap-huan",), {"phuong": ["/lop-tap-huan/"], "ha": ["/lop-tap-huan/"]}),
    "plans": (("ke-hoach",), {"phuong": ["/ke-hoach/"], "son": ["/ke-hoach/"]}),
    "talk and law": (
        ("hoi-dap", "mo-hinh-hay", "tra-luat"),
        {"phuong": ["/hoi-dap/phu-trach/", "/mo-hinh-hay/phu-trach/"], "ha": ["/hoi-dap/", "/tra-luat/"]},
    ),
}
CHOSEN = {
    "Nhắc ngay": "bao-cao/nhac/chon/<int:pk>/",
    "In danh sách gọi": "bao-cao/nhac/chon/<int:pk>/in/",
    "In phiếu kích hoạt": "bao-cao/chon/<int:pk>/phieu/",
    "Mời vào lớp": "bao-cao/chon/<int:pk>/lop/",
    "Giao khóa học thêm": "bao-cao/chon/<int:pk>/khoa/",
    "Chọn người kèm": "bao-cao/chon/<int:pk>/kem/",
    "Đề nghị miễn, hoãn": "bao-cao/chon/<int:pk>/mien/",
    "Đề nghị gia hạn": "bao-cao/chon/<int:pk>/gia-han/",
}


def part_of(name: str) -> str:
    """The part whose beginning of a pattern fits best; "" for what is no part of the year."""
    fitting = [(prefix, part) for part, (prefixes, _who) in PARTS.items() for prefix in prefixes]
    return max(((prefix, part) for prefix, part in fitting if name.startswith(prefix)), default=("", ""))[1]


def pattern_of(path: str, known: list[tuple[re.Pattern, str]]) -> str:
    place = path.partition("?")[0].partition("#")[0].strip("/")
    return next((name for shape, name in known if shape.fullmatch(place)), "")


@pytest.fixture(scope="module")
def known() -> list[tuple[re.Pattern, str]]:
    """(shape of an address, its pattern), fixed ones first."""

    def shape(pattern: str) -> re.Pattern:
        parts = re.split(r"<(\w+):\w+>", pattern.strip("/"))
        kinds = {"int": r"\d+", "path": r".+"}
        return re.compile(
            "".join(re.escape(one) if n % 2 == 0 else kinds.get(one, "[^/]+") for n, one in enumerate(parts))
        )

    return [(shape(one), one) for one in sorted(patterns(), key=lambda one: "<" in one)]


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_each_kind_of_screen_that_a_link_leads_to_is_clean(someone, trial, known, part, figure):
    seen, problems = set(), []
    for login, starts in PARTS[part][1].items():
        page = someone(login).page
        waiting = [*starts, *(LEARNER if login == "ha" else TRAINER if login == "phuong" else [])]
        led_from = dict.fromkeys(waiting, login)
        while waiting:
            path = waiting.pop(0)
            name = pattern_of(path, known)
            if (login, name) in seen or not (path in starts or part_of(name) == part):
                continue
            seen.add((login, name))
            response = page.goto(trial.url + path)
            if response.status != 200:
                problems.append(f"{login} {path}: {response.status}, from {led_from[path]}")
                continue
            problems += amiss(page, EXAMINED)
            links = page.eval_on_selector_all("main a[href^='/']", "all => all.map(one => one.getAttribute('href'))")
            fresh = [link for link in links if not FILE.search(link)]
            led_from |= {link: path for link in fresh if link not in led_from}
            waiting += fresh
    figure(f"{part}: {len(seen)} screens\n" + "\n".join(f"{login} {name}" for login, name in sorted(seen)))
    assert not problems, "\n".join(problems)


@pytest.mark.soak
@pytest.mark.parametrize("act", CHOSEN)
def test_an_act_on_chosen_people_is_reached_by_the_keyboard(someone, trial, known, act):
    page = someone("phuong").visit(f"/bao-cao/{FIRST}/48/can-bo/?trang_thai=thieu")
    for number in range(2):
        page.locator("input[name=nguoi]").nth(number).focus()
        page.keyboard.press("Space")
    page.locator(f"main button:has-text('{act}')").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/can-bo/" not in address)
    assert pattern_of(page.url.removeprefix(trial.url), known) == CHOSEN[act]
    assert amiss(page, EXAMINED) == []
