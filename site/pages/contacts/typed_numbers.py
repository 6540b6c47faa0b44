"""Telephone numbers that were typed as text, where a number should be chosen from the confirmed contacts.

Finding is pure: what people write as a number to call is told from days, years, sums of money, laws and measures. A
form refuses to publish a number that no confirmed contact has, and that the published text does not have already; what
is live stays, and the readiness of a course names it.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.contacts.contact import Contact
from pages.contacts.dialling import NATIONAL_NUMBERS, bare, home

# digits with what people set between them; a slash or a comma begins another figure
DIGITS = re.compile(r"(?<![\w/.,+-])(?:\+|\(\+?)?\d(?:[ .()\u00a0\u2009\u2011-]{0,2}\d){7,14}(?![\w/])")
# a short number is one only after a word that says so, and before no noun that it counts
CALLED = re.compile(
    r"(?:gọi|tổng đài|đường dây nóng|hotline|điện thoại|số máy|đt|sđt)"
    r"(?:\s{1,3}(?:số|đến|tới|cho|ngay|vào))*\s{0,3}:?\s{0,3}(?P<number>1\d{2,3})(?![\w/]|[ .,-]{0,2}\d)"
    r"(?!\s*(?:người|lần|cuộc|em|hộ|nạn nhân|học sinh|cán bộ|%|nghìn|triệu|phút|giờ|ngày|xã))",
    re.IGNORECASE,
)
DIALLED = re.compile(
    r"\+\d{8,14}|0[35789]\d{8}|01\d{9}|02\d{9}|02\d{8}|1[89]00\d{4,6}|84[35789]\d{8}|842\d{9}",
)
# 30.07.2026 8.30; 1.900.000; 1900-1945
DAY = re.compile(r"\(?\d{1,2}[.\-\s]\d{1,2}[.\-\s](?:19|20)\d\d")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
YEARS = re.compile(r"(?:1[89]|20)\d\d\s?[-\u2011]\s?(?:1[89]|20)\d\d")
TELEPHONE_LINK = re.compile(r"""href=["']tel:([^"']+)["']""")
# no sign of a tag within it, or a row of "<" costs its square
TAG = re.compile(r"<[^<>]*>")
# of every page: where it stands, its address; none of it is read by people
OF_PAGES = {"title", "seo_title", "search_description"}
NOT_READ = (models.SlugField, models.URLField, models.EmailField, models.UUIDField, models.FilePathField)


def numbers_in(text: str) -> Iterator[str]:
    """As they were typed, each once in its place; `text` may be rich text, whose links to telephones count too."""
    yield from (match[1].strip() for match in TELEPHONE_LINK.finditer(text))
    said = unescape(TAG.sub(" ", text))
    for match in DIGITS.finditer(said):
        typed = match[0].strip(" (.-")
        another_figure = DAY.match(typed) or THOUSANDS.fullmatch(typed) or YEARS.fullmatch(typed)
        if not another_figure and DIALLED.fullmatch(bare(typed)):
            yield typed
    yield from (match["number"] for match in CALLED.finditer(said))


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
