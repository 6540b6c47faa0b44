"""Keeps the communes' spaces in step with the units: one space for each existing unit of commune level.

A unit that continues under a new row (a new name, a new kind, one successor with one predecessor) keeps its space, its
address, which may be printed on posters, its files and its numbers. The space of a unit that was merged into another
is unpublished; nothing is deleted, and the old addresses redirect to the successor's space. By a reform its pages move
there first (`campaigns.spaces.moved_pages`); by an import alone they are unpublished with it.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.former import former_names
from campaigns.review.task import watch_over
from campaigns.spaces.moved_pages import hold, keep_closed, lead, move_page, pass_space_on, show_again
from media.holdings import UnitCollection, make_collections, make_shared_collection
from pages.cms import groups as rights
from pages.contacts.contact import Contact
from pages.home.page import HomePage
from pages.identity.slugs import neutral_slug
from pages.publishing import add_published
from pages.search.index import SearchEntry, put, row_of
from pages.serving import version
from people.changes.change import Journal
from people.reforms.moving import handing_over, is_being_reversed
from people.times import covering
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit

INTRO = "Tìm xã, phường của mình để xem tin và số điện thoại ở gần. Cần giúp ngay, gọi 111."
SUMMARY = "Tin của xã mình, chỗ hỏi và số điện thoại ở gần."


def create_communes(home: HomePage) -> CommunesPage:
    """Gets or creates the page above all spaces, below the Vietnamese home page."""
    communes = CommunesPage.objects.child_of(home).first()
    if communes is None:
        communes = CommunesPage(title="Xã, phường", slug="xa-phuong", intro=INTRO, summary=SUMMARY, show_in_menus=True)
        add_published(home, communes)
    watch_over(communes)
    return communes


def bring_in_step(
    day: date,
    progress: Callable[[str], None] = lambda line: None,
    *,
    now: datetime | None = None,
    beat: Callable[[], object] = lambda: None,
) -> int:
    """Creates, renames, passes on, closes and reopens spaces for the map of `day`; returns how many changed.

    `beat` is called for each space that is written. While a reform is being taken back it does nothing: whoever does
    that calls it afterwards.
    """
    communes = CommunesPage.objects.filter(locale__language_code="vi").first()
    if communes is None or is_being_reversed():
        return 0
    make_shared_collection()
    update = SpacesUpdate(communes, day, progress, now or timezone.now(), beat)
    changed = update.pass_on() + update.rename() + update.open_missing() + update.reopen()
    changed += update.carry() + update.close()
    changed += make_collections(update.units.values()) + update.index()
    if changed:
        rights.sync_all()
        version.raise_version()
    return changed


class SpacesUpdate:
    """One update of all spaces in all languages, for the units that exist on the day."""

    def __init__(
        self,
        communes: CommunesPage,
        day: date,
        progress: Callable[[str], None],
        now: datetime,
        beat: Callable[[], object],
    ):
        self.communes, self.day, self.progress, self.now, self.beat = communes, day, progress, now, beat
        # of reforms that are being carried out: by unit, where its things are kept account of
        self.journals: dict[int, Journal] = handing_over(day)
        existing = Unit.objects.on(day).filter(kind__in=COMMUNE_KINDS).order_by("name_order", "pk")
        self.units = {unit.pk: unit for unit in existing}
        # for every unit, past ones included: the unit in which it counts on the day; without divided units
        direct = Reach.objects.filter(covering(day), depth=0, undivided=False)
        self.counts_at = dict(direct.values_list("unit", "ancestor"))

    def spaces(self) -> list[CommuneSpacePage]:
        return list(CommuneSpacePage.objects.select_related("unit", "locale").order_by("path"))

    def successor(self, unit: Unit) -> Unit | None:
        return self.units.get(self.counts_at.get(unit.pk, 0))

    # --- a unit that continues under a new row

    def pass_on(self) -> int:
        spaces = self.spaces()
        units_with_space = {space.unit_id for space in spaces}
        heirs: dict[int, set[int]] = {}
        for space in spaces:
            after = self.successor(space.unit) if space.unit_id not in self.units else None
            if after is not None and after.pk not in units_with_space:
                heirs.setdefault(after.pk, set()).add(space.unit_id)
        alone = {olds.pop(): self.units[new] for new, olds in heirs.items() if len(olds) == 1}
        for old, new in alone.items():
            self._move(old, new)
        return len(alone)

    def _move(self, old: int, new: Unit) -> None:
        journal = self.journals.get(old)
        with transaction.atomic():
            pass_space_on(old, new.pk, journal, self.now)
            # those of a reform follow on their own (pages.contacts.following)
            if journal is None:
                # a number that the new unit has already is not moved
                known = Contact.objects.of(new).values("number")
                Contact.objects.of(old).exclude(number__in=known).update(unit=new)

    def rename(self) -> int:
        changed = 0
        for space in self.spaces():
            if space.title != space.unit.name or space.draft_title != space.unit.name:
                changed += 1
                space.title = space.draft_title = space.unit.name
                space.save(update_fields=["title", "draft_title"])
        for unit_collection in UnitCollection.objects.select_related("unit", "collection"):
            if unit_collection.collection.name != unit_collection.unit.name:
                unit_collection.collection.name = unit_collection.unit.name
                unit_collection.collection.save(update_fields=["name"])
        return changed

    # --- new units

    def open_missing(self) -> int:
        units_with_space = {space.unit_id for space in self.spaces()}
        missing = [unit for unit in self.units.values() if unit.pk not in units_with_space]
        if missing:
            self.progress(_("Mở trang cho %(count)d xã, phường…") % {"count": len(missing)})
        taken = set(CommuneSpacePage.objects.child_of(self.communes).values_list("slug", flat=True))
        for unit in missing:
            self.beat()
            slug = _free(neutral_slug(unit.name) or neutral_slug(unit.code), taken)
            space = CommuneSpacePage(unit=unit, title=unit.name, slug=slug)
            add_published(self.communes, space)
        return len(missing)

    def index(self) -> int:
        """Lets the search know the former names, which no saved page tells; returns how many entries changed."""
        names, changed = former_names(), 0
        entries = SearchEntry.objects.in_bulk(list(CommuneSpacePage.objects.live().values_list("pk", flat=True)))
        for space in self.spaces():
            if not space.live:
                continue
            space.formerly = names.get(space.unit_id, [])
            entry, row = entries.get(space.pk), row_of(space)
            if entry is None or any(getattr(entry, name) != value for name, value in row.items()):
                put(space)
                changed += 1
        return changed

    # --- units that ended

    def carry(self) -> int:
        """Moves the pages of units that a reform handed over into the spaces of their successors."""
        moved = 0
        for space in self.spaces():
            after = self.successor(space.unit) if space.unit_id in self.journals else None
            if after is None or after.pk == space.unit_id or not (pages := space.get_children()):
                continue
            there = self._own_space_in(after, space.locale)
            if there is None:
                continue
            for pk in list(pages.order_by("path").values_list("pk", flat=True)):
                self.beat()
                moved += move_page(pk, space, there, self.journals[space.unit_id], self.now)
        return moved

    def _own_space_in(self, unit: Unit, locale: Locale) -> CommuneSpacePage | None:
        """In the language of the pages to come; made, as an alias, where the space is not there yet in it."""
        spaces = CommuneSpacePage.objects.filter(unit=unit).order_by("path")
        here, source = spaces.filter(locale=locale).first(), spaces.filter(locale=self.communes.locale).first()
        if here is None and source is not None:
            here = source.copy_for_translation(locale, copy_parents=True, alias=True)
        return here

    def close(self) -> int:
        ended = [s for s in self.spaces() if s.unit_id not in self.units and s.closed_on is None]
        for space in ended:
            self.beat()
            with transaction.atomic():
                self._close(space)
        return len(ended)

    def _close(self, space: CommuneSpacePage) -> None:
        hold()
        after = self.successor(space.unit)
        target = self._space_in(after, space.locale) or self.communes.get_translation_or_none(space.locale)
        # of a reform that was taken back, and nobody wrote in it: as if it had never been
        was_never = not space.unit.believed and not space.get_children().exists()
        for page in space.get_descendants(inclusive=True).live().specific():
            # its address before it is unpublished
            address = (page.url or "").rstrip("/")
            if page.pk != space.pk and space.unit_id in self.journals:
                keep_closed(page, space, self.journals[space.unit_id], self.now)
            page.unpublish()
            if address and not was_never:
                lead(address, target or self.communes)
        CommuneSpacePage.objects.filter(pk=space.pk).update(closed_on=self.day)

    def _space_in(self, unit: Unit | None, locale: Locale) -> Page | None:
        spaces = CommuneSpacePage.objects.filter(unit=unit, live=True) if unit else CommuneSpacePage.objects.none()
        return spaces.filter(locale=locale).first() or spaces.first()

    def reopen(self) -> int:
        """Republishes the space of a unit that a corrected map restored; its pages stay unpublished."""
        again = [space for space in self.spaces() if space.unit_id in self.units and space.closed_on is not None]
        for space in again:
            self.beat()
            with transaction.atomic():
                CommuneSpacePage.objects.filter(pk=space.pk).update(closed_on=None)
                space.closed_on = None
                show_again(space)
                address = Redirect.normalise_path((CommuneSpacePage.objects.get(pk=space.pk).url or "").rstrip("/"))
                Redirect.objects.filter(old_path=address, site=None).delete()
        return len(again)


def _free(slug: str, taken: set[str]) -> str:
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free
