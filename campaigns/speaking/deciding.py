"""What an approver decides of the sounds of a message, sentence by sentence."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.speaking.hearing import ask_to_join
from campaigns.speaking.rules import TakeState
from campaigns.speaking.script import JOINED, parts_of
from campaigns.speaking.settling import unsettled
from campaigns.speaking.takes import Take
from campaigns.speaking.whose import may_decide
from campaigns.translating.refusing import Refused


@transaction.atomic
def approve(by, page_key: UUID, language: str, chosen: Collection[int], now: datetime) -> int:
    """How many sounds; one that is approved already counts no second time. Once every sentence has one, the voice is
    joined and heard. Raises Refused, and approves none, where one is her own or says what stands there no more.
    """
    takes = _held(by, page_key, language, chosen)
    parts = parts_of(page_key, language)
    lines = {line.source.pk: line for those in parts.values() for line in those}
    waiting = [take for take in takes if take.state == TakeState.AWAITING]
    if any(take.state not in (TakeState.AWAITING, TakeState.APPROVED) for take in takes):
        raise Refused(_("Có câu vừa được thu lại hoặc gửi lại. Mở lại trang để nghe bản mới."))
    for take in waiting:
        line = lines.get(take.source_id)
        if line is None or not line.fits(take):
            raise Refused(_("Chữ của câu vừa sửa: câu này cần thu lại."))
        if not take.sound.speaker.is_in_force(now):
            raise Refused(_("Người đọc không còn đồng ý: câu này cần người khác đọc."))
    if doubtful := unsettled(lines[take.source_id].source for take in waiting):
        text = next(lines[take.source_id].source.text for take in waiting if take.source_id in doubtful)
        raise Refused(_("Câu “%s” còn điều cơ quan phải xác nhận (†): nghe được, chưa duyệt được.") % text)
    before = Take.objects.filter(
        source__in=[take.source_id for take in waiting], language=language, state=TakeState.APPROVED
    )
    before.update(state=TakeState.REPLACED)
    for take in waiting:
        take.state, take.approver, take.decided_at, take.word = TakeState.APPROVED, by, now, ""
        take.save()
    decided = {take.source_id for take in waiting}
    for part, those in parts.items():
        if part in JOINED and decided & {line.source.pk for line in those}:
            ask_to_join(page_key, language, part)
    return len(waiting)


@transaction.atomic
def send_back(by, page_key: UUID, language: str, words: Mapping[int, str], now: datetime) -> int:
    """With one sentence each for who recorded it. Raises Refused."""
    takes = _held(by, page_key, language, words)
    for take in takes:
        word = words[take.pk].strip()[:300]
        if not word:
            raise Refused(_("Hãy ghi cần sửa gì; người thu đọc câu này."))
        if take.state != TakeState.AWAITING:
            raise Refused(_("Có câu vừa được quyết định hoặc thu lại. Mở lại trang để nghe bản mới."))
        take.state, take.word, take.decided_at = TakeState.BACK, word, now
        take.save()
    return len(takes)


def _held(by, page_key: UUID, language: str, chosen: Collection[int]) -> list[Take]:
    """Held until the transaction ends; the guard stands here, whichever screen or script asks."""
    rows = Take.objects.filter(pk__in=chosen, source__page_key=page_key, language=language)
    takes = list(rows.select_for_update(of=("self",)).select_related("sound__speaker").order_by("pk"))
    if len(takes) < len(set(chosen)):
        raise Refused(_("Có câu không còn trong bài. Mở lại trang để xem."))
    may = may_decide(by, takes)
    if not all(may[take.pk] for take in takes):
        raise Refused(_("Câu do chính anh chị dịch hoặc thu thì một người bản ngữ khác nghe và duyệt."))
    return takes
