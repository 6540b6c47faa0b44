"""An approver recognises earlier completions of the same text: a decision for many people at once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from courses.approval.approval import Approval
from courses.completions.completion import Completion, Void
from courses.completions.signals import completions_recognised
from courses.completions.unapproved import Recognition
from courses.content.texts import CourseTexts
from people.changes.change import ChangedRow, Deed, Journal, Origin, change_kind
from people.log.audit import Act, record
from people.rights.roles import RoleKind

# completions in one transaction: their standings follow in it (`courses.standing.standing.BATCH`)
BATCH = 500
RECOGNISED = change_kind("recognised", gettext_lazy("Công nhận các lần học thử"), {RoleKind.PROVINCE_MANAGER})
RECOGNITION = "recognition"


def recognisable(approval: Approval, now: CourseTexts) -> QuerySet[Completion]:
    """Completions of the course by the very text that was approved, made before it was, that are not recognised yet.

    A completion keeps a digest of its text. One from before digests were kept counts where nothing of the course was
    published after it, as far as the approved text is still the one that is live.
    """
    same = Q(text=approval.digest) if approval.digest else Q(pk__in=[])
    if approval.digest == now.digest and (last := now.last_change()):
        same |= Q(text="", recorded_at__gte=last)
    void = Void.objects.current().filter(completion=OuterRef("pk"))
    done = Completion.objects.current().filter(same, course_key=approval.course_key, source=Completion.Source.QUIZ)
    known = Recognition.objects.current().filter(completion=OuterRef("pk"))
    return done.filter(approved=False).exclude(Exists(void)).exclude(Exists(known))


def recognise(completions: Iterable[Completion], on: date, reason: str, by, now: datetime) -> int:
    """Each counts as one by approved content from `on`, or from its own day where that is later; returns how many.

    Certificates are issued in the background. A second call with the same completions finds them recognised.
    """
    rows, count = sorted(completions, key=lambda row: row.pk), 0
    journal = Journal.begin(RECOGNISED, now, Origin(rows[0].course_key if rows else "", by))
    for place in range(0, len(rows), BATCH):
        count += _recognise(rows[place : place + BATCH], on, reason.strip(), by, now, journal)
    journal.finish(now)
    return count


@transaction.atomic
def _recognise(rows: list[Completion], on: date, reason: str, by, now: datetime, journal: Journal) -> int:
    ids = [row.pk for row in rows]
    list(Completion.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    known = set(Recognition.objects.current().filter(completion__in=ids).values_list("completion", flat=True))
    new = [row for row in rows if row.pk not in known]
    written = Recognition.objects.bulk_create(
        Recognition(completion=row, on=max(on, row.completed_on), reason=reason, by=by, recorded_at=now) for row in new
    )
    if new:
        people = {row.person_id for row in new}
        record(Act.RECOGNISED, by, on=on, count=len(new), detail=new[0].course_key, at=now)
        completions_recognised.send(Completion, person_ids=people, now=now, completions=new)
        kept = zip(new, written, strict=True)
        journal.keep(
            (ChangedRow(kind=RECOGNITION, what=Deed.CREATED, person_id=row.person_id, new=one.pk) for row, one in kept),
            now,
        )
    return len(new)
