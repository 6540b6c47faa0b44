"""Citing kinds of pages that everybody may read, and of the drafts of those who may change them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from html import unescape

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.permission_policies.pages import PagePermissionPolicy

from pages.laws.kinds import CitingKind, Passage, Reading, Shown, Where

TAGS = re.compile(r"<[^>]+>")


def page_kind(key: str, label: str | Promise, order: int, model: type[Page], *fields: str) -> CitingKind:
    """`fields` are of text or streams."""

    def read(targets: Collection[str] | None) -> Iterator[Passage]:
        return passages_of(sources(model, targets), lambda page: texts_of(page, fields))

    def show(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
        open_pages = _open_pages(model, reading.language, {target for target, _place, draft in rows if not draft})
        found = {row: open_pages[row[0]] for row in rows if not row[2] and row[0] in open_pages}
        return {**found, **drafts(model, reading, rows)}

    return CitingKind(key, label, order, model, read, show, key_of)


def key_of(page: Model) -> str:
    return str(page.translation_key)  # type: ignore[attr-defined]


def sources(model: type[Page], targets: Collection[str] | None) -> Iterable[Page]:
    """The pages in their original language, aliases left out."""
    pages = model.objects.filter(locale=Locale.get_default(), alias_of=None)
    return pages if targets is None else pages.filter(translation_key__in=list(targets))


def passages_of(pages: Iterable[Page], texts: Callable[[Page], Iterable[tuple[str, str]]]) -> Iterator[Passage]:
    """What is live, and what a newer revision says."""
    for page in pages:
        key = key_of(page)
        if page.live:
            yield from (Passage(key, place, text) for place, text in texts(page))
        if page.has_unpublished_changes or not page.live:
            latest = page.get_latest_revision_as_object() if page.latest_revision_id else page
            yield from (Passage(key, place, text, is_draft=True) for place, text in texts(latest))


def texts_of(page: Page, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id of the block or "", its text) of each field; of a stream a pair a block."""
    for name in fields:
        value = getattr(page, name)
        if isinstance(value, str):
            yield "", plain(value)
            continue
        for block in value.get_prep_value():
            yield block.get("id") or "", "\n".join(strings_in(block["value"]))


def strings_in(value) -> Iterator[str]:
    """All texts of a block's value, whatever its shape, without marks of HTML."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings_in(one)


def plain(text: str) -> str:
    return unescape(TAGS.sub(" ", text))


def _open_pages(model: type[Page], language: str, keys: set[str]) -> dict[str, Shown]:
    """By key, live pages under no restricted one: in the reader's language, else the original; two queries."""
    if not keys:
        return {}
    shut = Q(pk__in=[])
    for restriction in PageViewRestriction.objects.select_related("page"):
        shut |= Q(path__startswith=restriction.page.path)
    pages = model.objects.live().filter(translation_key__in=keys).exclude(shut).select_related("locale")
    found: dict[str, Shown] = {}
    for page in sorted(pages, key=lambda one: (one.locale.language_code == language, -one.locale_id)):
        found[key_of(page)] = Shown(page.title, page.get_url() or "")
    return found


def drafts(model: type[Page], reading: Reading, rows: Collection[Where]) -> dict[Where, Shown]:
    """Those of the rows that are drafts of pages which the reader may change; at most a few queries, none without."""
    wanted = [row for row in rows if row[2]]
    if not wanted or not reading.user.has_perm("wagtailadmin.access_admin"):  # type: ignore[attr-defined]
        return {}
    hers = PagePermissionPolicy().instances_user_has_permission_for(reading.user, "change")
    keys = {target for target, _place, _draft in wanted}
    pages = hers.filter(locale=Locale.get_default(), alias_of=None, translation_key__in=keys)
    titles = {str(key): (pk, title) for pk, key, title in pages.values_list("pk", "translation_key", "draft_title")}
    return {row: _as_draft(*titles[row[0]]) for row in wanted if row[0] in titles}


def _as_draft(pk: int, title: str) -> Shown:
    return Shown(title, reverse("wagtailadmin_pages:edit", args=[pk]), _("bản nháp"))
