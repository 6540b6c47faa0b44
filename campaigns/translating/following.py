"""Brings the sentences of a published Vietnamese page in step with it. A changed sentence stays itself: its
translations are flagged, and stay public until whoever corrected it says that it was wrong.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from campaigns.translating.kinds import beside, segments, targets_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import State, after_change
from campaigns.translating.sentences import Change, Did, SentenceStep, SentenceTranslation, SourceSentence
from letters.sentences import Piece, aligned, cut

# what stands between two sentences is a space or a few ends of a line
LONGEST_AFTER = 40
# in which languages a sentence can be heard, whether or not somebody wrote it there, as the rooms that record voices
# say: {sentence: languages}; a constant number of queries
Heard = Callable[[Collection[SourceSentence]], Mapping[int, set[str]]]
_HEARD: list[Heard] = []


def knows_heard(told: Heard) -> None:
    """Registers who says where sentences are heard."""
    if told not in _HEARD:
        _HEARD.append(told)


def heard_in(sources: Collection[SourceSentence]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {source.pk: set() for source in sources}
    for told in _HEARD if found else ():
        for pk, languages in told(sources).items():
            found[pk] |= languages
    return found


@transaction.atomic
def follow(page: Page, now: datetime) -> list[SourceSentence]:
    """The sentences that changed; a constant number of queries, and some for each that did. The same page twice changes
    nothing.
    """
    rows = list(
        SourceSentence.objects.select_for_update().filter(page_key=page.translation_key).order_by("place", "pk")
    )
    by_path: dict[str, list[SourceSentence]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    standing: list[SourceSentence] = []
    changed: list[SourceSentence] = []
    apart = beside(page)
    kept = [path for path, text in apart.items() if text is None]
    said = [(path, text) for path, text in apart.items() if text is not None]
    for path, text in [*segments(page), *said]:
        here, those = _sentences(page.translation_key, path, cut(text), by_path.get(path, []), now)
        standing += here
        changed += those
    standing += [row for path in kept for row in by_path.get(path, []) if row.gone_at is None]
    _place(standing, rows, now)
    _flag(changed, now)
    adopt(page, now)
    return changed


def _sentences(key: UUID, path: str, pieces: list[Piece], rows: list[SourceSentence], now: datetime):
    """Those that stand in this path now, in their order, saved where new; and those among them that changed."""
    present = [row for row in rows if row.gone_at is None]
    gone = {row.text: row for row in rows if row.gone_at is not None}
    found = aligned([row.text for row in present], [piece.text for piece in pieces])
    here, changed = [], []
    for piece, place in zip(pieces, found, strict=True):
        row = present[place] if place is not None else gone.pop(piece.text, None)
        if row is None:
            row = SourceSentence(page_key=key, path=path, text=piece.text, place=0)
        elif row.text != piece.text:
            row.was, row.text, row.changed_at = row.text, piece.text, now
            changed.append(row)
        row.gone_at, row.after = None, piece.after[:LONGEST_AFTER]
        here.append(row)
    return here, changed


def _place(standing: list[SourceSentence], rows: list[SourceSentence], now: datetime) -> None:
    for place, row in enumerate(standing):
        row.place = place
    kept = {row.pk for row in standing if row.pk}
    left = [row for row in rows if row.pk not in kept and row.gone_at is None]
    for row in left:
        row.gone_at = now
    SourceSentence.objects.bulk_create([row for row in standing if row.pk is None])
    names = ["text", "was", "after", "place", "changed_at", "gone_at"]
    SourceSentence.objects.bulk_update([row for row in standing if row.pk in kept] + left, names)


def _flag(changed: list[SourceSentence], now: datetime) -> None:
    """What was translated of them is outdated, and whoever corrected them is asked what the change was; also of what is
    only heard, in a language that nobody writes.
    """
    texts = {row.pk: row.text for row in changed}
    rows = list(SentenceTranslation.objects.select_for_update().filter(source__in=texts))
    steps = []
    for row in rows:
        before, row.state = row.state, after_change(row.state, row.live_of == texts[row.source_id])
        row.stamp += 1
        if row.state == State.OUTDATED != before:
            steps.append(SentenceStep(translation=row, did=Did.OUTDATED, at=now, text=row.live_text))
    SentenceTranslation.objects.bulk_update(rows, ["state", "stamp"])
    SentenceStep.objects.bulk_create(steps)
    asked = {row.source_id for row in rows if row.text or row.live_text}
    asked |= {pk for pk, languages in heard_in(changed).items() if languages}
    for source in changed:
        source.change = Change.UNSAID if source.pk in asked else Change.NONE
    SourceSentence.objects.bulk_update(changed, ["change"])


# --- what was translated before there were sentences


def adopt(page: Page, now: datetime) -> int:
    """Live pages in other languages of which no sentence is known: their words stay public and wait for an approver.
    Words that cannot be divided like the Vietnamese ones stand whole at the first sentence of their field.
    """
    taken = 0
    live = {row.language: row for row in Orthography.objects.live()}
    for target in targets_of(page.translation_key):
        orthography = live.get(target.locale.language_code)
        if not target.live or target.alias_of_id or orthography is None:
            continue
        key = page.translation_key
        # also of sentences that went out of the page
        if SentenceTranslation.objects.filter(orthography=orthography, source__page_key=key).exists():
            continue
        sentences = SourceSentence.objects.of(key)
        taken += _adopt(dict(segments(page)), dict(segments(target)), list(sentences), orthography, now)
    return taken


def _adopt(vietnamese: dict[str, str], theirs: dict[str, str], sentences, orthography: Orthography, now) -> int:
    rows: list[SentenceTranslation] = []
    for path, text in theirs.items():
        here = [one for one in sentences if one.path == path]
        if not here or text.strip() == vietnamese.get(path, "").strip():
            continue
        pieces = [piece.text for piece in cut(text)]
        is_whole = len(pieces) != len(here)
        for source, words in [(here[0], text.strip())] if is_whole else zip(here, pieces, strict=True):
            if words != source.text:
                said = {"text": words, "of_text": source.text, "live_text": words, "live_of": source.text}
                row = SentenceTranslation(source=source, orthography=orthography, state=State.AWAITING, **said)
                row.is_whole, row.written_at = is_whole, now
                rows.append(row)
    SentenceTranslation.objects.bulk_create(rows)
    SentenceStep.objects.bulk_create(
        SentenceStep(translation=row, did=Did.ADOPTED, at=now, text=row.live_text) for row in rows
    )
    return len(rows)
