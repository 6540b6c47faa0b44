"""What a translator does: writes sentences as drafts and hands them to an approver. Nothing she does is public.

Of two who write the same sentence at once the second loses nothing and overwrites nothing: she is shown both.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.translating.checking import refusals
from campaigns.translating.kinds import source_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.refusing import Refused
from campaigns.translating.rules import Sentence, State, composed
from campaigns.translating.sentences import Did, SentenceStep, SentenceTranslation, SourceSentence

LONGEST = 5_000


@dataclass(frozen=True)
class Typed:
    """`seen` is the seal of the sentence as its form showed it."""

    source: int
    text: str
    seen: str


@dataclass
class Outcome:
    """`conflicts`: what somebody else wrote meanwhile, by sentence; `refused`: why a sentence was not handed over."""

    saved: int = 0
    submitted: int = 0
    conflicts: dict[int, str] = field(default_factory=dict)
    refused: dict[int, list[str]] = field(default_factory=dict)


def cleaned(text: str) -> str:
    """As it is stored: NFC, one kind of line end, no space around."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def seal(source: SourceSentence, row: SentenceTranslation | None) -> str:
    """Changes with the Vietnamese sentence and with whatever is done to its translation."""
    said = sha256(source.text.encode()).hexdigest()[:8]
    return f"{row.stamp if row else 0}.{said}"


def held(page_key: UUID, orthography: Orthography, wanted: Iterable[int]):
    """({id: source sentence}, {id: its translation, locked}) of those that the page has; two queries."""
    rows = SourceSentence.objects.of(page_key).filter(pk__in=list(wanted))
    # the sentences are locked, since a translation may not be there yet
    sources = {one.pk: one for one in rows.select_for_update()}
    theirs = SentenceTranslation.objects.select_for_update().filter(orthography=orthography, source__in=sources)
    return sources, {one.source_id: one for one in theirs}


@transaction.atomic
def write(
    by, orthography: Orthography, page_key: UUID, typed: list[Typed], now: datetime, *, hand_over: Iterable[int] = ()
) -> Outcome:
    """Saves what differs as drafts, then hands the sentences in `hand_over` to an approver. Raises Refused where the
    page is gone.
    """
    page = source_of(page_key)
    if page is None:
        raise Refused(_("Trang gốc không còn; chữ anh chị gõ vẫn ở trên màn hình này."))
    sources, rows = held(page_key, orthography, [one.source for one in typed])
    outcome, steps, handed = Outcome(), [], set(hand_over)
    for one in typed:
        source, row = sources.get(one.source), rows.get(one.source)
        if source is None:
            continue
        text = cleaned(one.text)[:LONGEST]
        before = row.text if row else ""
        if text != before and one.seen != seal(source, row):
            outcome.conflicts[source.pk] = before
            continue
        if row is None:
            if not text:
                continue
            row = rows[source.pk] = SentenceTranslation(source=source, orthography=orthography)
        if text != before:
            _draft(row, source, text, by, now)
            row.save()
            steps.append(SentenceStep(translation=row, did=Did.WROTE, by=by, at=now, text=text))
            outcome.saved += 1
        if source.pk in handed and one.seen.partition(".")[2] != seal(source, row).partition(".")[2]:
            outcome.refused[source.pk] = [_("Câu tiếng Việt vừa được sửa: hãy đọc câu mới rồi gửi.")]
            handed.discard(source.pk)
    _hand_over(page, sources, rows, handed - outcome.conflicts.keys(), by, now, outcome, steps)
    SentenceStep.objects.bulk_create(steps)
    return outcome


def _draft(row: SentenceTranslation, source: SourceSentence, text: str, by, now: datetime) -> None:
    row.text, row.of_text, row.translator, row.written_at = text, source.text, by, now
    row.state, row.stamp, row.submitted_at = State.DRAFT, row.stamp + 1, None
    if text and text == row.live_text and source.text == row.live_of and row.approved_at:
        # back to what is public
        row.state, row.translator = State.APPROVED, row.live_translator


def _hand_over(page, sources, rows, handed: set[int], by, now: datetime, outcome: Outcome, steps) -> None:
    whole = _fields_with_drafts(page, rows, handed) if handed else {}
    for pk in sorted(handed & sources.keys()):
        source, row = sources[pk], rows.get(pk)
        if row is None or not row.text:
            outcome.refused[pk] = [_("Chưa có chữ để gửi duyệt.")]
            continue
        if row.state in (State.AWAITING, State.APPROVED):
            continue
        if wrong := refusals(page, source.path, whole[source.path], row.text, source.text):
            outcome.refused[pk] = wrong
            continue
        row.state, row.submitted_at, row.of_text, row.word = State.AWAITING, now, source.text, ""
        # who hands over what stood there answers for it
        row.translator = row.translator or by
        row.stamp += 1
        row.save()
        steps.append(SentenceStep(translation=row, did=Did.SUBMITTED, by=by, at=now, text=row.text))
        outcome.submitted += 1


def _fields_with_drafts(page, rows, handed: set[int]) -> dict[str, str]:
    """{path: how the field would read with what is written of the sentences handed over}; two queries."""
    orthography = next((row.orthography for row in rows.values()), None)
    sentences = list(SourceSentence.objects.of(page.translation_key))
    there = {
        row.source_id: row for row in SentenceTranslation.objects.filter(orthography=orthography, source__in=sentences)
    }
    parts: dict[str, list[Sentence]] = {}
    for one in sentences:
        row = there.get(one.pk)
        words = (row.text if one.pk in handed or row.state == State.AWAITING else row.live_text) if row else ""
        parts.setdefault(one.path, []).append(Sentence(one.text, one.after, words))
    return {path: composed(those) for path, those in parts.items()}
