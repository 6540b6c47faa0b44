"""Who records, who hears, who decides about a sound."""

from collections import defaultdict
from collections.abc import Iterable

from campaigns.speaking.rules import TakeState
from campaigns.speaking.takes import Take
from campaigns.translating import whose as desk
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import may_approve
from campaigns.translating.sentences import SentenceTranslation
from people.rights.languages import Does


def speaks(user, language: str) -> bool:
    return desk.does(user, language, Does.SPEAKS)


def hears(user, language: str) -> bool:
    return desk.reads(user, language)


def hands_of(takes: Iterable[Take]) -> dict[int, set[int]]:
    """By sound: who wrote the words that it says; two queries."""
    by_source: dict[int, list[Take]] = defaultdict(list)
    for take in takes:
        if take.text:
            by_source[take.source_id].append(take)
    rows = SentenceTranslation.objects.filter(source__in=by_source, orthography__is_live=True).select_related(
        "orthography"
    )
    writing = desk.hands_of(rows)
    hands: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        for take in by_source[row.source_id]:
            if take.language == row.orthography.language:
                hands[take.pk] |= writing[row.pk] | ({row.live_translator_id} - {None})
    return hands


def voices_of(take: Take) -> set[int]:
    """Who spoke it, and whose telephone it was."""
    return {one for one in (take.brought_by_id, take.sound.speaker.person_id) if one is not None}


def spoken(rows: list[SentenceTranslation]) -> dict[int, set[int]]:
    """By translation: the voices of just these words; two queries, however many there are."""
    languages = dict(
        Orthography.objects.filter(pk__in={row.orthography_id for row in rows}).values_list("pk", "language")
    )
    by_place = {(row.source_id, languages[row.orthography_id], row.text): row.pk for row in rows}
    takes = Take.objects.filter(
        source__in=[row.source_id for row in rows], state__in=(TakeState.AWAITING, TakeState.APPROVED)
    )
    found: dict[int, set[int]] = {}
    for take in takes.exclude(text="").select_related("sound__speaker"):
        if (pk := by_place.get((take.source_id, take.language, take.text))) is not None:
            found.setdefault(pk, set()).update(voices_of(take))
    return found


def may_decide(user, takes: Iterable[Take]) -> dict[int, bool]:
    """By sound: whether she approves the language and is neither translator nor voice of it. Three queries."""
    those = list(takes)
    approvers = {language: desk.approvers(language) for language in {take.language for take in those}}
    hands = hands_of(those)
    return {
        take.pk: may_approve(user.pk, approvers[take.language], hands.get(take.pk, set()), voices_of(take))
        for take in those
    }
