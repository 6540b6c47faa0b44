"""Changing a passage, settling what is open in it, approving it. Whoever leads the province does; nobody approves what
she wrote, or what stands beside a scene that she chose, also where nobody else is there: then it stays unapproved.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.messages.message import MessagePage
from campaigns.renderings.formats import BESIDE_SCENE
from campaigns.renderings.texts.passages import MessageKit, OpenPoint, Passage, Settlement
from campaigns.renderings.texts.sentences import sentences
from campaigns.renderings.texts.unsettled import opened
from campaigns.translating.keeping import words_beside_changed
from pages.contacts.typed_numbers import sentence as number_sentence
from pages.contacts.typed_numbers import unconfirmed
from people.log.audit import Act, record


class Refused(ValueError):
    """One Vietnamese sentence for who asked."""


def _check(message: MessagePage, *words: str) -> None:
    """Raises Refused for the texts of an alert, and for a number that no contact has."""
    if message.is_alert:
        raise Refused(_("Lời của cảnh báo do hai người viết và duyệt ở trang cảnh báo, không sửa ở đây."))
    if numbers := unconfirmed(words):
        raise Refused(number_sentence(numbers[0]))


@transaction.atomic
def choose_scene(message: MessagePage, scene: str, user) -> bool:
    """Whether this begins the kit. Texts beside which another scene stands now are looked at again by somebody else."""
    kit, is_new = MessageKit.objects.select_for_update().get_or_create(
        message=message, defaults={"scene": scene, "scene_by": user}
    )
    if kit.scene != scene:
        kit.scene, kit.scene_by = scene, user
        kit.save(update_fields=["scene", "scene_by"])
        beside = Q(slot__in=BESIDE_SCENE) | Q(slot__startswith="audience.")
        message.passages.filter(beside).update(approved_by=None, approved_at=None)
    return is_new


@transaction.atomic
def write(message: MessagePage, slot: str, title: str, text: str, user, now: datetime) -> Passage:
    """A text where the message had none. Raises Refused, also where somebody wrote it meanwhile."""
    _check(message, title, text)
    MessageKit.objects.get_or_create(message=message)
    row, is_new = Passage.objects.get_or_create(
        message=message, slot=slot, defaults={"title": title, "text": text, "written_by": user, "written_at": now}
    )
    if not is_new:
        raise Refused(_("Vừa có người viết lời này. Mở lời ấy ra để sửa."))
    return row


@transaction.atomic
def rewrite(passage: Passage, title: str, text: str, user, now: datetime) -> bool:
    """Whether anything changed. Raises Refused for a number that no contact has."""
    _check(passage.message, title, text)
    row = Passage.objects.select_for_update().get(pk=passage.pk)
    if (row.title, row.text) == (title, text):
        return False
    kept = set(sentences(text))
    for point in row.points.prefetch_related("settlements"):
        if point.sentence not in kept:
            point.settlements.filter(reopened_at=None).update(reopened_at=now, reopened_by=user)
            point.sentence = ""
            point.save(update_fields=["sentence"])
    row.title, row.text, row.written_by, row.written_at = title, text, user, now
    row.approved_by = row.approved_at = None
    row.save()
    opened.send(OpenPoint, page_key=passage.message.translation_key, at=now)
    return True


@transaction.atomic
def leave_open(passage: Passage, sentence: str, what: str, office: str) -> OpenPoint:
    """What an office has to settle about a sentence, or about the whole for "". The text is no longer approved. Raises
    Refused for a sentence that it does not have any more, and for an alert.
    """
    _check(passage.message)
    row = Passage.objects.select_for_update().get(pk=passage.pk)
    if sentence and sentence not in sentences(row.text):
        raise Refused(_("Lời vừa đổi, không còn câu này. Chọn lại câu."))
    Passage.objects.filter(pk=row.pk).update(approved_by=None, approved_at=None)
    point = OpenPoint.objects.create(passage=row, sentence=sentence, what=what, office=office)
    opened.send(OpenPoint, page_key=passage.message.translation_key, at=timezone.now())
    return point


@transaction.atomic
def settle(point: OpenPoint, answered_by: str, answered_on: date, paper: str, user, now: datetime) -> None:
    OpenPoint.objects.select_for_update().get(pk=point.pk)
    if point.settlements.filter(reopened_at=None).exists():
        raise Refused(_("Điều này đã có người ghi là xác nhận xong."))
    Settlement.objects.create(
        point=point, answered_by=answered_by, answered_on=answered_on, paper=paper, recorded_by=user, recorded_at=now
    )


@transaction.atomic
def reopen(point: OpenPoint, user, now: datetime) -> None:
    """The passage is no longer approved."""
    point.settlements.filter(reopened_at=None).update(reopened_at=now, reopened_by=user)
    Passage.objects.filter(pk=point.passage_id).update(approved_by=None, approved_at=None)
    opened.send(OpenPoint, page_key=point.passage.message.translation_key, at=now)


def hindrance(passage: Passage, user) -> str:
    """Why she may not approve it, in one sentence; "" where she may. No query where points are prefetched."""
    if open_points := passage.open_points:
        return _("Còn phải hỏi %(office)s: %(what)s.") % {"office": open_points[0].office, "what": open_points[0].what}
    if passage.written_by_id == user.pk:
        return _("Anh chị đã viết lời này, nên người khác duyệt.")
    kit = getattr(passage.message, "kit", None)
    if kit is not None and kit.scene_by_id == user.pk and passage.stands_beside_scene:
        return _("Anh chị đã chọn hình vẽ bên lời này, nên người khác duyệt.")
    return ""


@transaction.atomic
def approve(passages: Iterable[Passage], user, now: datetime) -> int:
    """Approves those that can be; returns how many. What was changed since it was shown is left out."""
    shown = {passage.pk: (passage.title, passage.text) for passage in passages}
    waiting = Passage.objects.select_for_update(of=("self",)).filter(pk__in=shown, approved_at=None)
    rows, count = list(waiting.select_related("message__kit").prefetch_related("points__settlements")), 0
    for row in rows:
        if (row.title, row.text) == shown[row.pk] and not hindrance(row, user):
            row.approved_by, row.approved_at = user, now
            row.save(update_fields=["approved_by", "approved_at"])
            count += 1
    if count:
        record(Act.APPROVED_TEXTS, user, count=count, at=now)
        for message in MessagePage.objects.filter(passages__in=rows).select_related("locale").distinct():
            words_beside_changed(message)
    return count
