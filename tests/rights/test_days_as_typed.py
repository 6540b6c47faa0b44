"""Every field for a day or an hour, of every form and filter that the table of rights leads to: what was typed and not
understood stays where it was typed, with a sentence beside it; what was understood is that day and no other.

The fields are found in the pages themselves, so a new one is tried as soon as its address has a row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import addresses
import pytest
from bs4 import BeautifulSoup, Tag
from django.db import transaction
from factories import make_person
from rows import create_rows
from sharing import shared
from table import TABLE, methods_of

from people.rights.roles import RoleKind, give

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# what is no day and no hour in any field is tried in tests/people/test_typed_times.py; here how each field keeps it
NOT_UNDERSTOOD = {"day": ["31/2/2026", "19 giờ"], "time": ["5/12"], "moment": ["abc"]}
UNDERSTOOD = {"ngày 12/12/2026": "12/12/2026"}
A_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}")
AN_HOUR = re.compile(r"\d{1,2}:\d{2}")
PLACEHOLDERS = {"ngày/tháng/năm", "Từ ngày", "Đến ngày"}
PICKERS = {"w-date": "day", "w-time": "time", "w-datetime": "moment"}
TYPED = ("text", "search", "date", "time", "datetime-local", "month", "week")
# is sent by its script alone, as a telephone keeps it; the log's own form stands beside it
SENT_BY_SCRIPT = {"/truong-hoc/ghi-sau/"}
# forms whose streams a script builds; their fields are tried in tests/pages/cms/test_typed_times.py
BUILT_BY_SCRIPT = re.compile(r"^/cms/(?:pages/|snippets/|localize/)")
LEAST_FIELDS = 90


@dataclass(frozen=True)
class Field:
    """`number` is that of the form in its page; `kind` is day, time or moment."""

    path: str
    number: int
    name: str
    kind: str

    def __str__(self) -> str:
        return f"{self.path} {self.name}"


@shared
def everything(cast):
    it = create_rows(SimpleNamespace(**vars(cast)))
    it.everywhere = make_person("Trịnh Thị Khắp", "VT-khap", email="khap@example.vn")
    for kind in (RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR, RoleKind.TRAINER):
        give(it.everywhere, kind, cast.units.da_nang)
    return it


@pytest.fixture
def it(everything, settings):
    settings.SECOND_STEP_REQUIRED = False
    everything.client = addresses.signed_in(everything.everywhere)
    return everything


def kind_of(field: Tag) -> str | None:
    """None for what asks for no day and no hour."""
    if field.get("type", "text") not in TYPED:
        return None
    if "data-typed" in field.attrs:
        return field["data-typed"]
    picker = next((kind for name, kind in PICKERS.items() if name in field.get("data-controller", "").split()), None)
    if picker or field.get("placeholder") in PLACEHOLDERS or A_DAY.fullmatch(field.get("value", "")):
        return picker or "day"
    return "time" if AN_HOUR.fullmatch(field.get("value", "")) else None


def forms_of(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").find_all("form")


def fields_of(path: str, html: str) -> Iterator[Field]:
    for number, form in enumerate(forms_of(html)):
        if form.get("method", "get").lower() != "get" and BUILT_BY_SCRIPT.match(path):
            continue
        for field in form.find_all("input", attrs={"name": True}):
            if kind := kind_of(field):
                yield Field(path, number, field["name"], kind)


def sent_by(form: Tag) -> dict[str, list[str]]:
    """What a browser without scripts sends by the first button."""
    data: dict[str, list[str]] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or "disabled" in field.attrs or kind in ("submit", "button", "file", "image"):
            continue
        if kind in ("checkbox", "radio") and "checked" not in field.attrs:
            continue
        if field.name == "select":
            options = field.find_all("option")
            chosen = [one for one in options if "selected" in one.attrs] or options[:1]
            data.setdefault(name, []).extend(one.get("value", one.text) for one in chosen)
        else:
            unsaid = "on" if kind in ("checkbox", "radio") else ""
            data.setdefault(name, []).append(field.text if field.name == "textarea" else field.get("value", unsaid))
    button = button_of(form)
    if button.get("name"):
        data[button["name"]] = [button.get("value", "")]
    return data


def button_of(form: Tag) -> dict:
    """The first that sends, one with a name before one without; {} of a form that is sent by its script."""
    sending = [one.attrs for one in form.find_all("button") if one.get("type", "submit") == "submit"]
    return next((one for one in sending if one.get("name")), sending[0] if sending else {})


def after(it, field: Field, html: str, typed: str) -> tuple[int, str]:
    """Status and page once the form was sent with this in the field; whatever it did is undone."""
    form = forms_of(html)[field.number]
    data = sent_by(form) | {field.name: [typed]}
    # to the page itself: a list under /cms/ sends its filters to the part that its script draws anew
    target = (form.get("action") or button_of(form).get("formaction") or field.path).split("#")[0]
    target = target.removesuffix("results/").replace("/history-results/", "/history/")
    send = it.client.post if form.get("method", "get").lower() == "post" else it.client.get
    with transaction.atomic():
        answer = send(target.split("?")[0] if send == it.client.get else target, data, follow=True)
        page = answer.content.decode() if not answer.streaming else ""
        transaction.set_rollback(True)
    return answer.status_code, page


def shown(field: Field, html: str) -> list[tuple[str, str]]:
    """(what stands in the field, the sentences that it is described by)."""
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for one in soup.find_all("input", attrs={"name": field.name}):
        if one.get("type", "text") in TYPED:
            ids = one.get("aria-describedby", "").split()
            places = [soup.find(id=id) for id in ids]
            # under /cms/ errors stand in the field's own frame
            frame = one.find_parent(class_="w-field__wrapper") or one.find_parent(class_="w-field")
            places += frame.find_all(class_="error-message") if frame else []
            beside = " ".join(place.get_text(" ", strip=True) for place in places if place)
            found.append((one.get("value", ""), beside))
    return found


def pages(it) -> Iterator[tuple[str, str]]:
    for pattern in TABLE:
        if "GET" not in methods_of(pattern):
            continue
        path = addresses.filled(pattern, it, "own")
        with transaction.atomic():
            answer = it.client.get(path)
            is_page = answer.status_code == 200 and "html" in answer.headers.get("Content-Type", "")
            html = answer.content.decode() if is_page and not answer.streaming else ""
            transaction.set_rollback(True)
        if html and path not in SENT_BY_SCRIPT:
            yield path, html


def wrong_with(it, field: Field, html: str) -> Iterator[str]:
    for typed in NOT_UNDERSTOOD[field.kind]:
        status, page = after(it, field, html, typed)
        kept = [beside for value, beside in shown(field, page) if value == typed]
        if status >= 500 or not kept:
            yield f"{field} “{typed}”: {status}, {shown(field, page)}"
        elif not any(kept):
            yield f"{field} “{typed}”: no sentence beside it"
    if field.kind == "day":
        for typed, meant in UNDERSTOOD.items():
            status, page = after(it, field, html, typed)
            values = {value for value, _beside in shown(field, page)}
            if status >= 500 or not (values <= {typed, meant} or meant in values):
                yield f"{field} “{typed}”: {status}, {values}"


def test_what_was_typed_stays_with_a_sentence_in_every_field_for_a_day_or_an_hour(it):
    tried, wrong = set(), []
    for path, html in pages(it):
        for field in fields_of(path, html):
            if (field.path, field.name) not in tried:
                tried.add((field.path, field.name))
                wrong += wrong_with(it, field, html)
    assert wrong == []
    assert len(tried) >= LEAST_FIELDS, sorted(tried)
