"""What an approver decides sentence by sentence, and what whoever corrected the Vietnamese says of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from campaigns.translating.feeding import feed, feed_all
from campaigns.translating.orthography import Orthography
from campaigns.translating.refusing import Refused
from campaigns.translating.rules import State, after_wrong, may_approve
from campaigns.translating.sentences import Change, Did, SentenceStep, SentenceTranslation, SourceSentence
from campaigns.translating.whose import approvers, hands_of, voices_of
from campaigns.translating.working import held, seal

# sent within the transaction, with `sources` (sentences whose Vietnamese was wrong), `by` and `at`
said_wrong = Signal()


@transaction.atomic
def approve(by, orthography: Orthography, page_key: UUID, seen: Mapping[int, str], now: datetime) -> int:
    """How many sentences; `seen` has the seal of each as she read it. They are public at once, if the orthography is.

    Raises Refused, and approves none, where one was changed meanwhile, is her own, or does not fit into the page.
    """
    rows = _awaiting(by, orthography, page_key, seen)
    steps = []
    for row in rows:
        row.live_text, row.live_of, row.live_translator = row.text, row.of_text, row.translator
        row.approver, row.approved_at, row.withdrawn_at = by, now, None
        row.state, row.stamp, row.word, row.is_whole = State.APPROVED, row.stamp + 1, "", False
        row.save()
        steps.append(SentenceStep(translation=row, did=Did.APPROVED, by=by, at=now, text=row.text))
    SentenceStep.objects.bulk_create(steps)
    _divide(rows, orthography)
    if orthography.is_live:
        try:
            feed(page_key, orthography.language, by)
        except ValidationError as wrong:
            raise Refused(_("Trang chưa nhận được câu này: %s") % " ".join(wrong.messages)) from wrong
    return len(rows)


@transaction.atomic
def send_back(
    by, orthography: Orthography, page_key: UUID, seen: Mapping[int, str], words: Mapping[int, str], now
) -> int:
    """With one sentence each for who wrote it. Raises Refused."""
    rows = _awaiting(by, orthography, page_key, seen)
    steps = []
    for row in rows:
        row.word = words.get(row.source_id, "").strip()[:300]
        if not row.word:
            raise Refused(_("Hãy ghi cần sửa gì; người dịch đọc câu này."))
        row.state, row.stamp = State.DRAFT, row.stamp + 1
        row.save()
        steps.append(SentenceStep(translation=row, did=Did.SENT_BACK, by=by, at=now, text=row.text))
    SentenceStep.objects.bulk_create(steps)
    return len(rows)


def _awaiting(by, orthography: Orthography, page_key: UUID, seen: Mapping[int, str]) -> list[SentenceTranslation]:
    sources, rows = held(page_key, orthography, seen)
    there = list(rows.values())
    hands, voices, them = hands_of(there), voices_of(there), approvers(orthography.language)
    for row in there:
        if not may_approve(by.pk, them, hands[row.pk], voices[row.pk]):
            raise Refused(_("Câu do chính anh chị dịch hoặc đọc thì một người bản ngữ khác duyệt."))
        if row.state != State.AWAITING or seal(sources[row.source_id], row) != seen[row.source_id]:
            raise Refused(_("Có câu vừa được sửa hoặc quyết định. Mở lại trang để đọc câu mới."))
    if len(there) < len(seen):
        raise Refused(_("Có câu không còn trong trang. Mở lại trang để xem."))
    return there


def _divide(rows: Iterable[SentenceTranslation], orthography: Orthography) -> None:
    """What stood whole at a field gives way to the first sentence of it that somebody approved."""
    paths = {(row.source.page_key, row.source.path) for row in rows}
    for key, path in paths:
        wholes = SentenceTranslation.objects.filter(
            orthography=orthography, source__page_key=key, source__path=path, is_whole=True
        )
        wholes.update(is_whole=False, live_text="", live_of="")


# --- of the Vietnamese


@transaction.atomic
def say_same(by, sources: Iterable[int], now: datetime) -> int:
    """The meaning is the same: translations stay, flagged until somebody looks at them."""
    rows = SourceSentence.objects.present().filter(pk__in=list(sources), change=Change.UNSAID)
    return rows.update(change=Change.SAME, change_said_by=by)


@transaction.atomic
def say_wrong(by, sources: Iterable[int], now: datetime) -> int:
    """What was said before was wrong: its translations are withdrawn in every language at once, until approved anew."""
    found = list(SourceSentence.objects.select_for_update().filter(pk__in=list(sources)))
    for source in found:
        source.change, source.change_said_by = Change.WRONG, by
    SourceSentence.objects.bulk_update(found, ["change", "change_said_by"])
    rows = list(SentenceTranslation.objects.select_for_update().filter(source__in=found))
    steps = []
    for row in rows:
        if row.live_text:
            steps.append(SentenceStep(translation=row, did=Did.WITHDRAWN, by=by, at=now, text=row.live_text))
            row.withdrawn_at = now
        row.state = after_wrong(row.state, bool(row.live_text))
        row.live_text, row.live_of, row.is_whole, row.stamp = "", "", False, row.stamp + 1
    SentenceTranslation.objects.bulk_update(
        rows, ["state", "live_text", "live_of", "is_whole", "stamp", "withdrawn_at"]
    )
    SentenceStep.objects.bulk_create(steps)
    said_wrong.send(SourceSentence, sources=found, by=by, at=now)
    for key in {source.page_key for source in found}:
        feed_all(key, by)
    return len(found)
