"""Telephone numbers that were typed as text, where a number should be chosen from the confirmed contacts.

Finding is pure: what people write as a number to call is told from days, years, sums of money, laws and measures. A
form refuses to publish a number that no confirmed contact has, and that the published text does not have already; what
is live stays, and the readiness of a course names it.
"""

import re
from collections.abc import Container, Iterable, Iterator
from html import unescape
from typing import Any
from unicodedata import normalize

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from letters.identifying import Sign, certain_in
from pages.contacts.contact import Contact
from pages.contacts.dialling import NATIONAL_NUMBERS, bare, home

# what has no shape between two signs
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
DASH = r"\u2010-\u2015\u2212-"
# digits with what people and Word set between them; a slash or a comma begins another figure
DIGITS = re.compile(
    r"(?:(?<![\w/.,+-])|(?<=đt)|(?<=tel)|(?<=zalo)|(?<=gọi)|(?<=số))"
    rf"(?:\+|\(\+?)?\d(?:[ .()_\u00b7\u2022\u00a0\u2000-\u200a\u202f{DASH}]{{0,3}}\d){{7,14}}(?![\w/])",
    re.IGNORECASE,
)
# a short number, or several, is one only after a word that says so, and before no noun that it counts
SHORT = r"1\d{2,3}(?!\d)"
CALLED = re.compile(
    r"(?:gọi|tổng đài|đường dây nóng|hotline|điện thoại|số máy|đt|sđt)"
    r"(?:\s{1,3}(?:số|đến|tới|cho|ngay|vào))*\s{0,3}:?\s{0,3}"
    rf"(?P<numbers>(?>1[89]00/\d{{4,6}}|{SHORT}(?:(?:\s?[/,;]\s?|\s(?:và|hoặc|hay)\s){SHORT})*))"
    r"(?!\w|/(?!0[235789]\d{2})|[ .,-]{0,2}\d)"
    r"(?!\s*(?:người|lần|cuộc|em|hộ|nạn nhân|học sinh|cán bộ|%|nghìn|triệu|phút|giờ|ngày|xã|đồng|máy|gia đình))",
    re.IGNORECASE,
)
ONE_CALLED = re.compile(r"1[89]00/\d{4,6}|\d{3,4}")
DIALLED = re.compile(
    r"\+\d{8,14}|0084[2-9]\d{8,9}|0[35789]\d{8}|01\d{9}|02\d{9}|02\d{8}|1[89]00\d{4,6}|84[35789]\d{8}|842\d{9}",
)
# 30.07.2026 8.30; 1.900.000; 1900-1945
DAY = re.compile(rf"\(?\d{{1,2}}\s?[.\s{DASH}]\s?\d{{1,2}}\s?[.\s{DASH}]\s?(?:19|20)\d\d")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
YEARS = re.compile(rf"(?:1[89]|20)\d\d(?:\s?[{DASH}]\s?(?:1[89]|20)?\d\d)+")
# of a number whose groups a slash parts: law, file, receipt, plot, house
OF_A_PAPER = re.compile(
    r"(?:công văn|quyết định|nghị quyết|nghị định|thông tư|luật|văn bản|tờ trình|hồ sơ|biên bản|bản án|vụ án|giấy phép"
    r"|hóa đơn|hoá đơn|biên lai|phiếu|mã|quyển|số hiệu|thửa|số nhà|nhà số|kiệt|ngõ|hẻm|ngách|đường|tài khoản|stk)"
    r"(?:\s{1,3}số)?\s{0,3}:?\s{0,3}$",
    re.IGNORECASE,
)
NAMED_AFTER = re.compile(r"[-/][A-ZĐ]{2}|\s{1,3}(?:đường|phố|ngõ|hẻm|kiệt|ngách)(?!\w)")
# no number begins like a day or an hour; but digit by digit, in words and with letters it may
OTHERWISE = re.compile(r"\+|\(?(?:0|84)\d{2}|84\W|\d(?:\D{1,3}\d(?!\d)){8}|(?:\d\W{0,3}){0,4}[^\W\d]")
SLASHES = "/\\|\u2044\u2215\uff0f"
YEAR = re.compile(r"(?:19|20)\d\d")
ASKS_TO_CALL = re.compile(
    r"(?:điện\s?thoại|di động|đt|dđ|gọi|liên hệ|liên lạc|zalo|hotline|đường dây nóng|tổng đài|tel|số máy|trực)"
    r"[^.;!?\n]{0,15}$",
    re.IGNORECASE,
)
# an address of the web, unless it is that of a messenger, which rings
ADDRESS = re.compile(r"(?:^/|://|^www\.|\w\.[a-z]{2,6}/)\S*$", re.IGNORECASE)
MESSENGER = re.compile(r"(?:zalo\.me|wa\.me|viber\S*)/\S*$", re.IGNORECASE)
LOOK_BACK, LOOK_AHEAD = 60, 30
# with which the number stands in one run
_SHORTS = r"(?:11\d|10\d\d|1[89]00.?\d{4,6})"
SHORTS_BEFORE = re.compile(rf"(?:(?<!\d){_SHORTS}\W)+$")
SHORTS_AFTER = re.compile(rf"^(?:\W{_SHORTS}(?!\d))+")
TELEPHONE_LINK = re.compile(r"""href=["']tel:([^"']+)["']""")
# no sign of a tag within it, or a row of "<" costs its square
TAG = re.compile(r"<[^<>]*>")
# of every page: where it stands, its address; none of it is read by people
OF_PAGES = {"title", "seo_title", "search_description"}
NOT_READ = (models.SlugField, models.URLField, models.EmailField, models.UUIDField, models.FilePathField)


def numbers_in(text: str) -> Iterator[str]:
    """As they were typed, each once in its place; `text` may be rich text, whose links to telephones count too."""
    yield from (match[1].strip() for match in TELEPHONE_LINK.finditer(text))
    said = normalize("NFC", UNSEEN.sub("", unescape(TAG.sub(" ", text))))
    judged: set[int] = set()
    for match in DIGITS.finditer(said):
        typed = match[0].strip(" (.-")
        if is_figure := _is_another_figure(typed) or bool(DIALLED.fullmatch(bare(typed))):
            judged.update(range(*match.span()))
        if is_figure and not _is_another_figure(typed):
            yield typed
    yield from _written_otherwise(said, judged)
    for match in CALLED.finditer(said):
        yield from ONE_CALLED.findall(match["numbers"])


def _is_another_figure(typed: str) -> bool:
    if DAY.match(typed) or THOUSANDS.fullmatch(typed) or YEARS.fullmatch(typed):
        return True
    # an hour or a day beside another figure; but 09 05 12 34 56 and 09 0512 3456
    groups, between = re.findall(r"\d+", typed), set(re.findall(r"\D+", typed))
    if len(groups[0]) != 2 or groups[0] == "84" or typed[0] == "+":
        return False
    lengths = {len(group) for group in groups[1:]}
    return any(map(YEAR.fullmatch, groups)) or (len(between) > 1 if lengths == {2} else 2 in lengths or 1 in lengths)


def _written_otherwise(said: str, judged: Container[int]) -> Iterator[str]:
    """With slashes, in words, with letters for digits; none at the places `judged`."""
    for found in certain_in(said):
        if found.sign is not Sign.TELEPHONE or found.start in judged:
            continue
        typed, before = said[found.start : found.end], said[max(0, found.start - LOOK_BACK) : found.start]
        if (
            OTHERWISE.match(typed)
            and not _is_an_address(before)
            and not _is_of_a_paper(typed, before, said[found.end : found.end + LOOK_AHEAD])
        ):
            yield typed if home(typed) == found.said else found.said


def _is_an_address(before: str) -> bool:
    """`before` ends with an address of the web that goes on with the number."""
    beside = re.search(r"\S*$", before)
    return bool(beside and ADDRESS.search(beside[0]) and not MESSENGER.search(beside[0]))


def _is_of_a_paper(typed: str, before: str, after: str) -> bool:
    """A law, a file, a house, a list of codes, a day with its hour."""
    groups = re.findall(r"\d+", typed)
    if not any(sign in SLASHES for sign in typed):
        return False
    before, after = SHORTS_BEFORE.sub("", before), SHORTS_AFTER.sub("", after)
    if OF_A_PAPER.search(before):
        return True
    a_day = any(
        YEAR.fullmatch(year) and (place == 1 or len(groups[place - 1]) < 3) for place, year in enumerate(groups)
    )
    codes = "." not in typed and " " not in typed and all(group[0] == "0" and len(group) < 5 for group in groups)
    return bool(a_day or codes or NAMED_AFTER.match(after)) and not ASKS_TO_CALL.search(before)


def confirmed() -> set[str]:
    """As they are dialled within the country; a national number needs nobody's confirmation."""
    public = Contact.objects.public().values_list("number", flat=True)
    return {*NATIONAL_NUMBERS, *map(home, public)}


def unconfirmed(texts: Iterable[str], known: set[str] | None = None) -> list[str]:
    """As typed, each once; where `known` is not given, one query if there is a number at all."""
    typed: dict[str, str] = {}
    for text in texts:
        for number in numbers_in(text):
            typed.setdefault(home(number), number)
    if typed and known is None:
        known = confirmed()
    return [number for dialled, number in typed.items() if dialled not in (known or ())]


# --- the texts of what is edited


def texts_of(value: Any) -> Iterator[str]:
    """Every text within the raw value of a stream; ids are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for name, inner in value.items() if name not in ("id", "type") for text in texts_of(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in texts_of(inner))


def texts_of_row(row: models.Model, *, alone: bool = False) -> Iterator[str]:
    """Of a page or another row, as it is stored; with the rows that belong to it, unless `alone`."""
    for field in _read_fields(type(row)):
        value = getattr(row, field.attname)
        yield from _texts(value)
    for relation in () if alone else get_all_child_relations(type(row)):
        for child in getattr(row, relation.get_accessor_name()).all():
            yield from texts_of_row(child)


def _texts(value) -> Iterator[str]:
    yield from texts_of(list(value.raw_data) if isinstance(value, StreamValue) else value)


def _read_fields(model: type[models.Model]) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        readable = isinstance(field, models.CharField | models.TextField | StreamField)
        of_page = field.model is Page and field.name not in OF_PAGES
        if readable and not of_page and not field.choices and not isinstance(field, NOT_READ):
            yield field


def texts_of_form(form, data: dict) -> Iterator[str]:
    read = {field.name for field in _read_fields(form._meta.model)}
    for name in read & data.keys():
        value = data[name]
        yield from texts_of(value.get_prep_value() if isinstance(value, StreamValue) else value)
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            if child.is_valid() and not child.cleaned_data.get("DELETE"):
                yield from texts_of_form(child, child.cleaned_data)


def refused(form, data: dict) -> Iterator[str]:
    """A sentence for each number that would be published and was not before."""
    found = unconfirmed(texts_of_form(form, data))
    if not found:
        return
    stored = type(form.instance)._base_manager.filter(pk=form.instance.pk).first()
    live = stored is not None and getattr(stored, "live", True)
    before = {home(number) for text in texts_of_row(stored) for number in numbers_in(text)} if live else set()
    yield from (sentence(number) for number in found if home(number) not in before)


def sentence(number: str) -> str:
    return _(
        "Số “%(number)s” ghi trong chữ chưa có trong các số liên hệ đã gọi thử. Ghi số vào “Số liên hệ”, gọi thử, "
        "rồi chọn số ở chỗ “Gọi cho ai”; hoặc bỏ số này."
    ) % {"number": number}
