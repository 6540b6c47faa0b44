"""`--ended-if-missing`: postings that a complete roster no longer names end on the day before today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.imports import Report
from people.postings.posting import Posting, postings_changed
from people.write_lock import make_way

POSTINGS_A_BATCH = 300


@dataclass
class Missing:
    # pk → (staff code, start)
    postings: dict[int, tuple[str, date]]
    last_day: date

    @classmethod
    def from_file(cls, named: set[tuple], rejected: set[str], now: datetime, within: set[int] | None) -> Self:
        """Postings held today or later that no good row names. People with a bad row are left out, since the file does
        name them.
        """
        today = timezone.localdate(now)
        current = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today))
        if within is not None:
            current = current.filter(unit__in=within)
        missing = {}
        rows = current.order_by("person__staff_code", "start").values_list(
            "pk", "person__staff_code", "unit_id", "position", "start"
        )
        for pk, code, unit, position, start in rows.iterator():
            if code not in rejected and (code, unit, position, start) not in named:
                missing[pk] = (code, start)
        return cls(missing, today - timedelta(days=1))

    def tell(self, report: Report) -> None:
        for code, start in self.postings.values():
            if start <= self.last_day:
                reason = _("Không có trong tệp: kết thúc ngày %(day)s.") % {"day": f"{self.last_day:%d/%m/%Y}"}
            else:
                reason = _("Không có trong tệp: bỏ vị trí dự kiến từ ngày %(day)s.") % {"day": f"{start:%d/%m/%Y}"}
            report.note(code, None, reason)

    def end(self, now: datetime) -> None:
        pks = list(self.postings)
        for place in range(0, len(pks), POSTINGS_A_BATCH):
            with transaction.atomic():
                people = self._end(pks[place : place + POSTINGS_A_BATCH], now)
                if people:
                    postings_changed.send(sender=Posting, person_ids=people, now=now)
            make_way()

    def _end(self, pks: Iterable[int], now: datetime) -> set[int]:
        # read again: another import may have superseded some since
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
        return {posting.person_id for posting in old}
