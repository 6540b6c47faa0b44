"""That the education side approved a lesson: a dated fact about the words that stood on that day.

A lesson is known by its `translation_key`, so its copies in other languages share the approval. When other words are
published the approval is superseded, never edited: a log says of its day whether the lesson was approved. What a school
made of a lesson is another lesson here, approved by itself.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext

from pages.base import BasePermissionTester
from pages.serving.version import raise_version
from people.log.audit import Act, record
from people.times import Record


class PackApproval(Record):
    pack = models.UUIDField(editable=False)
    # of the words, as `lesson.digest_of` makes it; "": what an earlier version called approved
    digest = models.CharField(max_length=64, blank=True, editable=False)
    # NULL: carried over from an earlier version, which did not say who
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack"], condition=Q(superseded_at=None), name="pack_approved_once")
        ]


def approval_of(pack: UUID) -> PackApproval | None:
    return PackApproval.objects.filter(pack=pack, superseded_at=None).select_related("by").first()


def was_approved(pack: UUID, at: datetime) -> bool:
    """Whether the lesson was approved at the moment, as is believed now."""
    spans = Q(superseded_at=None) | Q(superseded_at__gt=at)
    return PackApproval.objects.filter(spans, pack=pack, recorded_at__lte=at).exists()


@transaction.atomic
def approve(pack: UUID, digest: str, by, now: datetime) -> PackApproval:
    PackApproval.objects.filter(pack=pack).supersede(now)
    record(Act.APPROVED_PACK, by, detail=str(pack), at=now)
    raise_version()
    return PackApproval.objects.create(pack=pack, digest=digest, by=by, recorded_at=now)


@transaction.atomic
def end_approval(pack: UUID, by, now: datetime) -> None:
    if PackApproval.objects.filter(pack=pack).supersede(now):
        record(Act.ENDED_PACK_APPROVAL, by, detail=str(pack), at=now)
        raise_version()


def supersede_where_changed(pack: UUID, digest: str, now: datetime) -> None:
    """Other words went live: what was approved is not what is read now."""
    PackApproval.objects.filter(pack=pack, superseded_at=None).exclude(digest=digest).update(superseded_at=now)


# --- versions that schools made


class LessonTester(BasePermissionTester):
    """What a school made of a lesson is written and approved at the school; under /cms/ it can only be taken down."""

    @cached_property
    def is_copy(self) -> bool:
        # asked for each row of a list; kept on the user, who is read anew with each request
        known = self.user.__dict__.setdefault("_school_copies", {})
        if "pages" not in known:
            copies = type(self.page).objects.exclude(school_copy=None)
            known["pages"] = set(copies.values_list("pk", flat=True))
        return self.page.pk in known["pages"]

    def can_edit(self):
        return super().can_edit() and not self.is_copy

    def can_publish(self):
        return super().can_publish() and not self.is_copy

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self.is_copy

    def can_copy(self):
        return super().can_copy() and not self.is_copy

    def why_not(self, act, destination=None) -> str:
        if not self.is_copy:
            return ""
        return gettext("Đây là bản của một trường: trường sửa, người phụ trách trường duyệt. Ở đây chỉ gỡ xuống được.")


def origin_note(copy) -> str:
    """Whose version it is and of which lesson of which day; "" for None, a lesson of the province."""
    if copy is None:
        return ""
    said = {"school": copy.school.name, "title": copy.origin_title}
    said["on"] = date_format(timezone.localtime(copy.taken_from), "d/m/Y")
    return gettext("Bản của %(school)s, sửa từ bài “%(title)s” bản ngày %(on)s.") % said
