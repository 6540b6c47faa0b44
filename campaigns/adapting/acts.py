"""What becomes of a copy: made, written, handed in, decided, brought up to date with its origin, taken down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.signals import page_unpublished

from campaigns.adapting.whose import may_decide
from campaigns.schools.blocks.timeline import minutes_of
from campaigns.schools.copies.copy import CopyWording, PackCopy, WordingState
from campaigns.schools.copies.words import Words, differences, put_into, taken_over, words_of
from campaigns.schools.lesson import SchoolLessonPage
from people.units.unit import Unit

# of one lesson at one school: more is a mistake
MOST = 5
OPEN = (WordingState.DRAFT, WordingState.SENT_BACK)


class Refused(Exception):
    """str() is one Vietnamese sentence."""


def origin_of(copy: PackCopy) -> SchoolLessonPage | None:
    """None where it was withdrawn."""
    live = SchoolLessonPage.objects.live().public().filter(translation_key=copy.origin, locale__language_code="vi")
    return live.filter(alias_of=None).first()


def latest(copy: PackCopy) -> CopyWording:
    return copy.wordings.first()  # type: ignore[return-value]


def _held(copy: PackCopy) -> PackCopy:
    return PackCopy.objects.select_for_update(of=("self",)).select_related("school").get(pk=copy.pk)


@transaction.atomic
def make(by, school: Unit, page: SchoolLessonPage, now: datetime) -> PackCopy:
    """A copy of a live lesson, known by a key of its own."""
    Unit.objects.select_for_update(of=("self",)).get(pk=school.pk)
    if PackCopy.objects.filter(school=school, origin=page.translation_key).count() >= MOST:
        raise Refused(_("Trường đã có %d bản của bài này. Sửa một bản đang có.") % MOST)
    words = words_of(page)
    since = page.last_published_at or now
    known = {"origin": page.translation_key, "origin_title": page.title, "taken": words, "taken_from": since}
    copy = PackCopy.objects.create(school=school, at=now, **known)
    CopyWording.objects.create(copy=copy, words=words, by=by, at=now)
    return copy


@transaction.atomic
def write(by, copy: PackCopy, words: Words, now: datetime) -> CopyWording:
    """A wording of its own. What waits is called back first."""
    last = latest(_held(copy))
    if last.state == WordingState.WAITING:
        raise Refused(_("Bản này đang chờ duyệt. Gọi về rồi sửa."))
    if last.state in OPEN:
        CopyWording.objects.filter(pk=last.pk).update(state=WordingState.PAST)
    return CopyWording.objects.create(copy=copy, words=words, by=by, at=now)


@transaction.atomic
def hand_in(by, copy: PackCopy, now: datetime) -> None:
    held = _held(copy)
    last = latest(held)
    if last.state not in OPEN:
        raise Refused(_("Không có bản nháp nào để gửi duyệt."))
    _check(last.words)
    if origin_of(held) is None:
        raise Refused(_("Bài gốc đã được thu hồi, nên bản này không gửi duyệt được."))
    if not differences(held.taken, last.words):
        raise Refused(_("Bản này chưa khác bài gốc. Sửa rồi gửi, hoặc dạy bài gốc."))
    _set(last, state=WordingState.WAITING, sent_by=by, sent_at=now)


@transaction.atomic
def call_back(copy: PackCopy) -> None:
    last = latest(_held(copy))
    if last.state != WordingState.WAITING:
        raise Refused(_("Bản này không còn chờ duyệt; tải lại trang."))
    _set(last, state=WordingState.DRAFT)


def _set(wording: CopyWording, **changed) -> None:
    CopyWording.objects.filter(pk=wording.pk).update(**changed)


def _check(words: Words) -> None:
    if not words["title"].strip() or words["minutes"] < 1:
        raise Refused(_("Bài phải có tên và có ít nhất một hoạt động."))
    body = SchoolLessonPage._meta.get_field("body").stream_block.to_python(words["body"])
    planned = [minutes_of(part.value) for part in body if part.block_type == "timeline"]
    if any(length != words["minutes"] for length in planned):
        raise Refused(_("Số phút của các hoạt động không khớp với cả bài; mở phần sửa rồi lưu lại."))


# --- deciding


@transaction.atomic
def approve(by, copy: PackCopy, wording: int, now: datetime) -> SchoolLessonPage:
    """What she read goes live. Raises Refused where that is not what waits now, or where she worked on it."""
    held = _held(copy)
    waits = _waiting(by, held, wording)
    origin = origin_of(held)
    if origin is None:
        raise Refused(_("Bài gốc đã được thu hồi, nên bản này không đăng được."))
    page = held.page or _new_page(held, origin, by)
    put_into(page, waits.words)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    held.wordings.filter(state=WordingState.LIVE).update(state=WordingState.PAST)
    _set(waits, state=WordingState.LIVE, decided_by=by, decided_at=now)
    return page


def _waiting(by, copy: PackCopy, wording: int) -> CopyWording:
    waits = copy.wordings.filter(pk=wording, state=WordingState.WAITING).select_related("copy").first()
    if waits is None:
        raise Refused(_("Bản này vừa được gọi về, sửa hoặc duyệt ở nơi khác; tải lại trang rồi đọc lại."))
    if not may_decide(by, waits):
        raise Refused(_("Người khác duyệt bản này: người đã viết hoặc đã gửi không tự duyệt."))
    return waits


def _new_page(copy: PackCopy, origin: SchoolLessonPage, by) -> SchoolLessonPage:
    """A page with a key and an address of its own; not live yet."""
    number = f"{origin.slug}-truong-{copy.pk}"
    page = origin.copy(update_attrs={"slug": number}, copy_revisions=False, keep_live=False, user=by)
    copy.page = page
    copy.save(update_fields=["page"])
    return page


@transaction.atomic
def send_back(by, copy: PackCopy, wording: int, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise Refused(_("Hãy nêu lý do gửi lại, để người viết biết cần sửa gì."))
    waits = _waiting(by, _held(copy), wording)
    _set(waits, state=WordingState.SENT_BACK, decided_by=by, decided_at=now, reason=reason.strip())


# --- the origin


def news_of(copy: PackCopy, origin: SchoolLessonPage | None) -> list[tuple[str, str, str]]:
    """What changed in the origin since the version that the copy follows; see `differences`."""
    return differences(copy.taken, words_of(origin)) if origin is not None else []


@transaction.atomic
def take_over(by, copy: PackCopy, now: datetime) -> CopyWording:
    """The new version with what the school changed, as a draft to be read and handed in."""
    held = _held(copy)
    origin = _new_origin(held)
    words = taken_over(held.taken, words_of(origin), latest(held).words)
    made = write(by, held, words, now)
    _follow(held, origin, now)
    return made


@transaction.atomic
def keep(copy: PackCopy, now: datetime) -> None:
    """The school saw the new version and stays with its own."""
    held = _held(copy)
    _follow(held, _new_origin(held), now)


def _new_origin(copy: PackCopy) -> SchoolLessonPage:
    origin = origin_of(copy)
    if origin is None or not news_of(copy, origin):
        raise Refused(_("Bài gốc không có gì mới; tải lại trang."))
    return origin


def _follow(copy: PackCopy, origin: SchoolLessonPage, now: datetime) -> None:
    copy.taken, copy.taken_from = words_of(origin), origin.last_published_at or now
    copy.save(update_fields=["taken", "taken_from"])


# --- taking down


@transaction.atomic
def take_down(by, copy: PackCopy) -> None:
    """What was approved is the school's no more; its wordings stay, to be handed in again."""
    held = _held(copy)
    if held.page is None or not held.page.live:
        raise Refused(_("Bản này không còn đăng; tải lại trang."))
    UnpublishPageAction(held.page, user=by).execute(skip_permission_checks=True)


def connect() -> None:
    page_unpublished.connect(_withdrawn, sender=SchoolLessonPage, dispatch_uid="campaigns.adapting")


def _withdrawn(sender, instance: SchoolLessonPage, **kwargs) -> None:
    """What may not be taught any more is not taught in a school's words either; a copy that came down is no wording
    that stands.
    """
    CopyWording.objects.filter(copy__page=instance, state=WordingState.LIVE).update(state=WordingState.PAST)
    if instance.locale.language_code == "vi":
        copies = PackCopy.objects.filter(origin=instance.translation_key, page__live=True).select_related("page")
        for copy in copies:
            copy.page.unpublish()
