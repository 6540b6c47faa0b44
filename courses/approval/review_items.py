"""What reviewers must check in a course before it is approved. Shown under /cms/ only.

Loaders register the items with the texts that they bring; editors and reviewers settle them.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from pages.marks.source_marks import Mark
from people.free_text import FreeLine
from people.times import Record


class ReviewKind(models.TextChoices):
    FOR_REVIEWER = "for_reviewer", _("Cần người duyệt quyết định")
    UNVERIFIED = "unverified", _("Chưa đối chiếu với bản gốc")
    READ_AT = "read_at", _("Nơi đã đọc nguồn")


# what an item may be given to; any other body may be typed
BODIES = (
    _("Công an thành phố"),
    _("Bộ đội Biên phòng"),
    _("Sở Nội vụ"),
    _("Sở Tư pháp"),
    _("Sở Y tế"),
    _("Sở Giáo dục và Đào tạo"),
    _("Hội Liên hiệp Phụ nữ"),
    _("Chuyên gia tâm lý"),
)


class ReviewItemQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(settlements__superseded_at=None, settlements__isnull=False)

    def with_settlement(self):
        """Each with `settled`: a list of its current settlement, or empty."""
        current = Settlement.objects.current().select_related("entered_by")
        return self.prefetch_related(Prefetch("settlements", current, to_attr="settled"))


class ReviewItem(models.Model):
    # the key of a course, or a name of other content (`pages.marks.source_marks`)
    subject = models.SlugField(max_length=80)
    # of other content; "" for a course, whose page has it
    subject_title = models.CharField(max_length=200, blank=True)
    # in words: module, lesson, source
    where = models.CharField(_("ở đâu"), max_length=300)
    kind = models.CharField(_("việc"), max_length=12, choices=ReviewKind)
    text = models.TextField(_("điều cần kiểm"), blank=True)
    # where it was read: addresses as they were noted, never shown to the public
    url = models.TextField(_("nơi đã đọc"), blank=True)
    # by which a second registration finds it
    identity = models.CharField(max_length=32, editable=False)
    # the body that it was given to; free text, "" for none yet
    body = models.CharField(_("giao cho"), max_length=120, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("điều cần kiểm")
        verbose_name_plural = _("điều cần kiểm")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "identity"], name="review_item_once")]

    def __str__(self):
        return f"{self.where}: {self.text or self.get_kind_display()}"


class Settlement(Record):
    """Somebody settled the item on a day, with a word. Opened again, it is superseded."""

    item = models.ForeignKey(ReviewItem, models.CASCADE, related_name="settlements")
    # who settled it, as written: a reviewer need not have an account
    by_name = models.CharField(_("người kết luận"), max_length=150)
    on = models.DateField(_("ngày"))
    word = FreeLine(_("kết luận"), max_length=500)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(superseded_at=None), name="settlement_once"),
            models.CheckConstraint(condition=~Q(by_name="") & ~Q(word=""), name="settlement_says_who_and_what"),
        ]


def register_review_items(subject: str, items: Iterable[tuple[str, str, str, str]], title: str = "") -> int:
    """Adds those of the (where, kind, text, url) that are not there yet, and returns how many those are.

    An item is known by all four, so registering the same again changes nothing, whoever it was given to. `subject` is
    the key of a course; other content says its `title`.
    """
    rows = {}
    for where, kind, text, url in items:
        identity = _identity(where, kind, text, url)
        said = {"where": where[:300], "kind": ReviewKind(kind), "text": text, "url": url}
        rows[identity] = ReviewItem(subject=subject, subject_title=title, identity=identity, **said)
    known = set(ReviewItem.objects.filter(subject=subject, identity__in=rows).values_list("identity", flat=True))
    new = [row for identity, row in rows.items() if identity not in known]
    ReviewItem.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def hand_on(subject: str, to: str) -> None:
    """What is still open in a course has to be checked in a copy of it as well."""
    kept = ("where", "kind", "text", "url", "identity", "body")
    rows = ReviewItem.objects.filter(subject=subject).open().values(*kept)
    ReviewItem.objects.bulk_create([ReviewItem(subject=to, **row) for row in rows], ignore_conflicts=True)


def _identity(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def follow_marks(sender, subject: str, title: str, items, **kwargs) -> None:
    """Keeps what a loader of another app took from its texts (`pages.marks.source_marks.marks_found`)."""
    register_review_items(
        subject, [row for where, text, mark in items for row in items_of_marks(where, text, mark)], title
    )


def settle(items: Iterable[ReviewItem], by_name: str, on: date, word: str, by, now: datetime) -> int:
    """Settles those that are open; returns how many."""
    ids = [item.pk for item in items]
    rows = ReviewItem.objects.select_for_update().filter(pk__in=ids)
    with transaction.atomic():
        held = {row.pk for row in rows} - set(
            Settlement.objects.current().filter(item__in=ids).values_list("item", flat=True)
        )
        said = {"by_name": by_name, "on": on, "word": word, "entered_by": by, "recorded_at": now}
        Settlement.objects.bulk_create(Settlement(item_id=pk, **said) for pk in sorted(held))
    return len(held)


def reopen(items: Iterable[ReviewItem], now: datetime) -> int:
    return Settlement.objects.filter(item__in=[item.pk for item in items]).supersede(now)


def items_of_source(where: str, source: dict) -> list[tuple[str, str, str, str]]:
    """The items of one source of a content file: {cite, read_at, unverified, for_reviewer}, all but `cite` optional."""
    cite, url = source.get("cite", ""), source.get("read_at") or ""
    if note := source.get("for_reviewer"):
        return [(where, ReviewKind.FOR_REVIEWER, f"{cite}: {note}" if cite else note, url)]
    if source.get("unverified"):
        return [(where, ReviewKind.UNVERIFIED, cite, url)]
    return [(where, ReviewKind.READ_AT, cite, url)] if url else []


def items_of_marks(where: str, text: str, mark: Mark) -> list[tuple[str, str, str, str]]:
    """The items of a text from which `pages.marks.source_marks.cleaned` took its marks."""
    if not (mark.unverified or mark.addresses):
        return []
    kind = ReviewKind.UNVERIFIED if mark.unverified else ReviewKind.READ_AT
    return [(where, kind, text, "; ".join(mark.addresses))]


def counts(subjects: Iterable[str]) -> dict[str, tuple[int, int]]:
    """By subject: (items, open ones); one query."""
    settled = Count("settlements", filter=Q(settlements__superseded_at=None), distinct=True)
    rows = ReviewItem.objects.filter(subject__in=list(subjects)).order_by().values("subject")
    rows = rows.annotate(all=Count("pk", distinct=True), settled=settled)
    return {row["subject"]: (row["all"], row["all"] - row["settled"]) for row in rows}
