"""Writing down a lesson: once, however often it is sent, together with the school's activity."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.activities.made import writing as activities
from campaigns.activities.made.activity import Activity, Audience
from campaigns.activities.made.kind import ActivityKind, seed_kinds
from campaigns.activities.made.whose import commune_of
from campaigns.schools.approvals import was_approved
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.lesson_log import LessonLog
from people.persons.user import User
from people.times import end_of_day
from people.units.unit import Unit

KIND = "ngoai-khoa"
# grades in which everybody is under 18
MINORS = range(1, 10)


class Refused(Exception):
    """str() is one Vietnamese sentence."""


class OtherText(Refused):
    """The number stands already, with other words or another writer."""


@dataclass(frozen=True)
class Said:
    """As typed; `girls` and `boys` None: not said."""

    school: Unit
    pack: SchoolLessonPage
    on: date
    grade: int | None
    class_name: str
    girls: int | None
    boys: int | None
    languages: tuple[str, ...]
    went: str
    improve: str = ""
    taught_by: User | None = None


def digest_of(fields: Iterable[tuple[str, str]]) -> str:
    """Of what was sent, whatever the order of its fields."""
    return hashlib.sha256(repr(sorted(fields)).encode()).hexdigest()


@transaction.atomic
def keep(by, number: UUID, digest: str, said: Said, now: datetime, corrects: LessonLog | None = None) -> LessonLog:
    """The entry of this number; the one that stands where it was sent before. Raises Refused, OtherText."""
    # of two that come at once, the second finds what the first wrote
    Unit.objects.select_for_update(of=("self",)).get(pk=said.school.pk)
    if known := LessonLog.objects.filter(number=number).first():
        if known.digest != digest or known.written_by_id != by.pk:
            raise OtherText(_("Mã của bản ghi này đã dùng cho một bản ghi khác. Mở lại trang ghi và ghi lại."))
        return known
    if corrects is not None and not LessonLog.objects.standing().filter(pk=corrects.pk).exists():
        raise Refused(_("Bản ghi này vừa được sửa ở nơi khác; tải lại trang để xem bản mới."))
    key = corrects.activity_key if corrects else uuid4()
    _write_activity(by, key, said, now)
    if corrects is not None:
        LessonLog.objects.filter(pk=corrects.pk).update(superseded_at=now)
    return LessonLog.objects.create(
        number=number,
        digest=digest,
        activity_key=key,
        corrects=corrects,
        school=said.school,
        pack=said.pack.translation_key,
        title=said.pack.title,
        approved=was_approved(said.pack.translation_key, min(end_of_day(said.on), now)),
        on=said.on,
        grade=said.grade,
        class_name=said.class_name,
        held_in=" ".join(sorted(set(said.languages))),
        went=said.went,
        improve=said.improve,
        taught_by=said.taught_by,
        written_by=by,
        recorded_at=now,
    )


@transaction.atomic
def withdraw(by, row: LessonLog, reason: str, now: datetime) -> None:
    """It was not taught; the entry stays, superseded by nothing. Raises Refused."""
    if not LessonLog.objects.standing().filter(pk=row.pk).update(withdrawn=True, superseded_at=now):
        raise Refused(_("Bản ghi này vừa được sửa ở nơi khác; tải lại trang để xem bản mới."))
    try:
        activities.withdraw(by, row.activity_key, reason, now)
    except activities.Refused as sentence:
        raise Refused(str(sentence)) from None


def _write_activity(by, key: UUID, said: Said, now: datetime) -> Activity:
    commune = commune_of(said.school)
    if commune is None:
        raise Refused(_("Trường chưa được gắn với xã, phường nào; nhờ quản lý cấp tỉnh sửa trong danh sách đơn vị."))
    known = said.girls is not None and said.boys is not None
    people = (said.girls or 0) + (said.boys or 0) if known else None
    counts = {"people": people, "women": said.girls if known else None}
    if said.grade in MINORS:
        counts["minors"] = people
    try:
        return activities.write(
            by,
            key,
            activities.Said(
                kind=_kind(),
                unit=said.school,
                commune=commune,
                hamlet=None,
                on=said.on,
                counts=counts,
                details={"audience": Audience.PUPILS},
                languages=said.languages,
            ),
            now,
            send=True,
        )
    except activities.Refused as sentence:
        raise Refused(str(sentence)) from None


def _kind() -> ActivityKind:
    kind = ActivityKind.objects.filter(key=KIND).first()
    if kind is None:
        seed_kinds()
        kind = ActivityKind.objects.get(key=KIND)
    return kind
