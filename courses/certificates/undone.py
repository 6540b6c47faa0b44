"""How completions that a file brought, and the recognition of earlier ones, are undone: their certificates are revoked
with that reason.

A certificate of a completion that is brought again by a later file stays revoked; it can be issued again by hand.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.certificates.certificate import Certificate, Revocation
from courses.completions.completion import Completion, Void
from courses.completions.filed import COMPLETION, COMPLETIONS
from courses.completions.recognising import RECOGNITION
from courses.completions.signals import completion_voided
from courses.completions.unapproved import Recognition
from courses.standing import standing
from people.changes.change import ChangedRow, Deed
from people.log.audit import Act, record_each
from people.undoing.kinds import Doing, RecordRows, undoes

REVOCATION = "revocation"


def _written(completion: Completion) -> str:
    return f"{completion.course_key}, {date_format(completion.completed_on, 'd/m/Y')}"


def _voided(completions: Iterable[Completion]) -> dict[int, str]:
    voids = Void.objects.current().filter(completion__in=[one.pk for one in completions])
    why = _("Sau đó đã bị hủy, có lý do riêng, nên giữ như hiện nay.")
    return dict.fromkeys(voids.values_list("completion", flat=True), why)


def _certificates_of(completions: Iterable[Completion]) -> list[Certificate]:
    """Those that are not revoked today, also where they were issued again; one query."""
    keys = {(one.person_id, one.course_key, one.completed_on) for one in completions}
    revoked = Revocation.objects.current().filter(certificate=OuterRef("pk"), on__lte=timezone.localdate())
    of_people = Certificate.objects.filter(person__in={person for person, *_rest in keys}).exclude(Exists(revoked))
    found = of_people.select_related("person").order_by("pk")
    return [one for one in found if (one.person_id, one.course_key, one.completed_on) in keys]


def _of_completions(rows: Iterable[ChangedRow]) -> list[str]:
    brought = Completion.objects.filter(pk__in=[row.new for row in rows if row.new and not row.old])
    return _in_words(_certificates_of(brought))


def _in_words(certificates: Iterable[Certificate]) -> list[str]:
    return [
        _("Thu hồi %(paper)s số %(number)s.") % {"paper": one.paper, "number": one.full_number} for one in certificates
    ]


def _follow(done, doing: Doing) -> list[ChangedRow]:
    gone = [believed for _row, believed, again in done if believed and not again]
    rows = _revoke(_certificates_of(gone), doing) if gone else []
    completion_voided.send(Completion, person_ids={row.person_id for row, *_records in done}, now=doing.now)
    return rows


def _revoke(certificates: list[Certificate], doing: Doing) -> list[ChangedRow]:
    on = timezone.localdate(doing.now)
    # one that was to come
    Revocation.objects.filter(certificate__in=certificates).supersede(doing.now)
    revocations = Revocation.objects.bulk_create(
        Revocation(certificate=one, on=on, reason=doing.reason[:300], by=doing.by, recorded_at=doing.now)
        for one in certificates
    )
    record_each(Act.REVOKED, doing.by, [one.person for one in certificates], doing.now)
    return [
        ChangedRow(kind=REVOCATION, what=Deed.CREATED, person_id=certificate.person_id, new=revocation.pk)
        for certificate, revocation in zip(certificates, revocations, strict=True)
    ]


undoes(
    RecordRows(
        COMPLETION,
        gettext_lazy("Hoàn thành"),
        order=12,
        model=Completion,
        known_by=COMPLETIONS.known_by,
        says=("evidence", "source"),
        written=_written,
        after=_follow,
        kept=_voided,
        also_changes=_of_completions,
    )
)


def _recognised(rows: Iterable[ChangedRow]) -> list[Certificate]:
    """The certificates that followed trial papers."""
    completions = Completion.objects.filter(recognitions__in=[row.new for row in rows if row.new and not row.old])
    return [one for one in _certificates_of(completions) if not one.trial]


def _of_recognition(rows: Iterable[ChangedRow]) -> list[str]:
    return _in_words(_recognised(rows))


def _follow_recognition(done, doing: Doing) -> list[ChangedRow]:
    rows = _revoke(_recognised(row for row, _believed, again in done if not again), doing)
    standing.refresh({row.person_id for row, *_records in done}, doing.now)
    return rows


undoes(
    RecordRows(
        RECOGNITION,
        gettext_lazy("Công nhận"),
        order=11,
        model=Recognition,
        known_by=("completion_id",),
        says=("on", "reason"),
        written=lambda recognition: _written(recognition.completion),
        after=_follow_recognition,
        related=("completion",),
        also_changes=_of_recognition,
    )
)
undoes(
    RecordRows(
        REVOCATION,
        gettext_lazy("Thu hồi chứng nhận"),
        order=14,
        model=Revocation,
        known_by=("certificate_id",),
        says=("on", "reason"),
        written=lambda revocation: revocation.certificate.full_number,
        after=lambda done, doing: None,
        related=("certificate",),
    )
)
