"""`--ended-if-missing`: postings that a complete roster no longer names end on the day before today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.order import text_order
from people.changes.change import ChangedRow, Deed, Journal
from people.imports import Report
from people.persons.merges import hold_against_merging
from people.postings.posting import POSTING, Posting, postings_changed
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit
from people.write_lock import make_way

POSTINGS_A_BATCH = 300


# above this share of a unit's open postings the number is asked before a file of the screen goes in
FIFTH = 5


@dataclass(frozen=True, slots=True)
class Ending:
    """A posting that the file ends."""

    pk: int
    code: str
    name: str
    position: str
    start: date
    # where it counts today
    unit: int


@dataclass
class UnitEnding:
    """How many of a unit's open postings the file ends."""

    unit: int
    name: str
    ending: int = 0
    open: int = 0

    @property
    def is_large(self) -> bool:
        return self.ending * FIFTH > self.open


@dataclass
class Missing:
    endings: list[Ending]
    units: list[UnitEnding]
    last_day: date

    @classmethod
    def from_file(
        cls, named: set[tuple], in_units: set[int], rejected: set[str], now: datetime, within: set[int] | None
    ) -> Self:
        """Postings held today or later that no good row names, in the units that good rows name and in those that count
        there today. People with a bad row are left out, since the file does name them.

        What a unit was split into without an heir is nobody's to end by a file until it is decided.
        """
        today = timezone.localdate(now)
        counts_at = dict(
            Reach.objects.filter(covering(today), depth=0, undivided=False, ancestor__in=in_units).values_list(
                "unit", "ancestor"
            )
        )
        reached = in_units | counts_at.keys()
        held = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today), unit__in=reached)
        rows = held.order_by("person__name_order", "person", "start").values_list(
            "pk", "person__staff_code", "person__full_name", "unit_id", "position", "start"
        )
        endings, units = [], dict[int, UnitEnding]()
        names = dict(Unit.objects.filter(pk__in=reached).values_list("pk", "name"))
        for pk, code, name, unit, position, start in rows.iterator():
            at = counts_at.get(unit, unit)
            counted = units.setdefault(at, UnitEnding(at, names[at]))
            counted.open += 1
            may_end = within is None or unit in within
            if may_end and code not in rejected and (code, unit, position, start) not in named:
                counted.ending += 1
                endings.append(Ending(pk, code, name, position, start, at))
        ended = sorted((unit for unit in units.values() if unit.ending), key=lambda unit: text_order(unit.name))
        return cls(endings, ended, today - timedelta(days=1))

    @property
    def is_large(self) -> bool:
        """Whether it ends more than a fifth of what is open in a unit."""
        return any(unit.is_large for unit in self.units)

    def tell(self, report: Report) -> None:
        for ending in self.endings:
            if ending.start <= self.last_day:
                reason = _("Không có trong tệp: kết thúc ngày %(day)s.") % {"day": f"{self.last_day:%d/%m/%Y}"}
            else:
                reason = _("Không có trong tệp: bỏ vị trí dự kiến từ ngày %(day)s.") % {
                    "day": f"{ending.start:%d/%m/%Y}"
                }
            report.note(ending.code, None, reason)

    def in_words(self) -> list[str]:
        """How many end, in all and of what is open in each unit."""
        units = [
            _("  %(unit)s: %(ending)d trên %(open)d công tác đang có")
            % {"unit": unit.name, "ending": unit.ending, "open": unit.open}
            for unit in self.units
        ]
        return [_("Kết thúc %(count)d công tác không có trong tệp.") % {"count": len(self.endings)}, *units]

    def end(self, now: datetime, journal: Journal) -> None:
        pks = [ending.pk for ending in self.endings]
        for place in range(0, len(pks), POSTINGS_A_BATCH):
            with transaction.atomic():
                written = self._end(pks[place : place + POSTINGS_A_BATCH], now)
                if people := {row.person_id for row in written}:
                    postings_changed.send(sender=Posting, person_ids=people, now=now)
                    journal.keep(written, now)
            make_way()

    def _end(self, pks: Iterable[int], now: datetime) -> list[ChangedRow]:
        hold_against_merging(Posting.objects.filter(pk__in=pks).values_list("person", flat=True))
        # read again: another import, or a merge, may have superseded some since
        old = list(Posting.objects.current().filter(pk__in=pks).prefetch_related("duties"))
        Posting.objects.filter(pk__in=[posting.pk for posting in old]).supersede(now)
        kept = [posting for posting in old if posting.start <= self.last_day]
        ended = Posting.objects.bulk_create(
            Posting(
                person_id=posting.person_id,
                unit_id=posting.unit_id,
                position=posting.position,
                start=posting.start,
                end=self.last_day,
                recorded_at=now,
            )
            for posting in kept
        )
        through = Posting.duties.through
        through.objects.bulk_create(
            through(posting_id=new.pk, duty_id=duty.pk)
            for new, posting in zip(ended, kept, strict=True)
            for duty in posting.duties.all()
        )
        news = {posting.pk: new.pk for new, posting in zip(ended, kept, strict=True)}
        return [
            ChangedRow(
                kind=POSTING,
                what=Deed.ENDED if posting.pk in news else Deed.REMOVED,
                person_id=posting.person_id,
                unit_id=posting.unit_id,
                new=news.get(posting.pk),
                old=posting.pk,
            )
            for posting in old
        ]
