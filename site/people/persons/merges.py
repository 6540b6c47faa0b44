"""Two records that are one person: a fact with two times. The one that goes counts as the one that stays for as long
as the merge is believed.

Postings and excuses are recorded again under who stays (`people.merging`); what somebody learnt stays with the record
under which she learnt it, and is read for both:

    LessonSeen.objects.filter(person__in=one_person(request.user))
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Manager, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine
from people.persons.user import User
from people.statements.plain_rows import among
from people.times import Record, RecordQuerySet

# the kind of the row by which a merge is undone
MERGED = "merge"


class Chained(ValueError):
    """Who goes or stays is part of another merge; str() is one sentence that says what to do instead."""

    def __str__(self):
        return gettext(
            "Một trong hai hồ sơ đã gộp với hồ sơ khác: hãy giữ chính hồ sơ ấy, hoặc hoàn tác lần gộp trước."
        )


class MergeQuerySet(RecordQuerySet):
    def into(self, people: Iterable[int] | None = None) -> dict[int, int]:
        """{who goes: who stays}, of these people alone if given; one query."""
        rows = self if people is None else self.filter(gone__in=list(people))
        return dict(rows.values_list("gone", "stays"))


class Merge(Record):
    gone = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges_away")
    stays = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges_here")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = FreeLine(_("lý do"), max_length=300)
    # the rows by which it is undone; NULL: of an undo that was undone
    change = models.ForeignKey("people.BulkChange", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Manager] = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần gộp hồ sơ")
        verbose_name_plural = _("các lần gộp hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(superseded_at=None), name="merge_goes_once"),
            models.CheckConstraint(condition=~Q(gone=F("stays")), name="merge_of_two"),
        ]

    def save(self, *args, **kwargs):
        if self.superseded_at is None and chained(self.gone_id, self.stays_id):
            raise Chained
        super().save(*args, **kwargs)


class NotSame(Record):
    """Somebody looked: these two, `one` with the lower key, are different people, whatever looks alike."""

    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("cặp không phải một người")
        verbose_name_plural = _("các cặp không phải một người")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], condition=Q(superseded_at=None), name="not_same_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_same_in_order"),
        ]


def chained(gone: int, stays: int) -> bool:
    """Whether a merge of these would hang on another: who goes must neither have gone nor be whom others went into,
    who stays must not have gone. Several may go into one.
    """
    held = Merge.objects.current()
    return held.filter(Q(gone__in=[gone, stays]) | Q(stays=gone)).exists()


def one_person(person: User) -> QuerySet:
    """Ids of this record and of those that are merged into it, for use as a subquery."""
    return with_merged([person.pk])


def own_or_over(person: User, ended: str) -> Q:
    """Her own rows, and of records that were merged into hers what is over: nobody goes on with what is open there."""
    return Q(Q(person=person.pk) | ~Q(**{ended: None}), person__in=one_person(person))


def hers(path: str) -> Q:
    """For a subquery of rows with a `person`: those of the person at `path` outside, be they of a record that was
    merged into hers.
    """
    merged = Merge.objects.current().filter(stays=OuterRef(OuterRef(path)))
    return Q(person=OuterRef(path)) | Q(person__in=merged.values("gone"))


def who_is(person: User) -> User:
    """The person whose record this is: whom it was merged into, if it was; one query."""
    merge = Merge.objects.current().filter(gone=person).select_related("stays").first()
    return merge.stays if merge else person


def with_merged(people: list[int]) -> QuerySet:
    """Ids of these people and of the records that are merged into them, for use as a subquery."""
    return _these(people).union(Merge.objects.current().filter(stays__in=among(people)).values("gone"), all=True)


def with_whom_they_went_into(people: list[int]) -> QuerySet:
    """Ids of these records and of those that they are merged into, for use as a subquery."""
    return _these(people).union(Merge.objects.current().filter(gone__in=among(people)).values("stays"), all=True)


def _these(people: list[int]) -> QuerySet:
    return User.objects.filter(pk__in=among(people)).order_by().values("pk")


def hold_against_merging(people: Iterable[int]) -> None:
    """Whoever writes facts of these people calls it first in her transaction, then asks whether one was merged: a merge
    at the same moment waits, and moves what she wrote. SQLite has one writer, so that there is nothing to hold.
    """
    if connection.features.has_select_for_update:
        held = User.objects.filter(pk__in=list(people)).order_by("pk")
        list(held.select_for_update(no_key=True).values_list("pk"))


def merged_into(people: Iterable[int]) -> dict[int, int]:
    """{record that is gone: who it is} of those that are merged into these people."""
    return dict(Merge.objects.current().filter(stays__in=list(people)).values_list("gone", "stays"))


def merged_as_known(day: date | None) -> dict[int, int]:
    """{who goes: who stays} as believed at the end of `day`, or at that moment; None: now."""
    return Merge.objects.known_on(day).into()
