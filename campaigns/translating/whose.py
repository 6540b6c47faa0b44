"""Who may do what at the desk: by the works of her translator's roles; the province's managers read, and answer for the
Vietnamese.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from campaigns.translating.kinds import PRINTED
from campaigns.translating.orthography import Orthography
from campaigns.translating.sentences import Did, NamedApprover, SentenceStep, SentenceTranslation
from config.languages import NAMES
from letters.order import name_order
from people.rights.admin_policy import MANAGERS
from people.rights.languages import SOURCE, Does, who_does, works_of
from people.rights.roles import RoleKind, role_kinds
from people.rights.scope import kinds_at_the_top, reaches_everything

# who spoke a translated sentence, as the rooms that record voices say: {translation: people}
Told = Callable[[list[SentenceTranslation]], Mapping[int, set[int]]]
_VOICES: list[Told] = []


def leads(user) -> bool:
    """Of the province: writes messages, says what a change was, names orthographies."""
    return reaches_everything(user) or (user.is_active and bool(kinds_at_the_top(user) & MANAGERS))


def may_enter(user) -> bool:
    return user.is_active and (RoleKind.TRANSLATOR in role_kinds(user) or leads(user))


def reads(user, language: str) -> bool:
    return language in NAMES and (language in works_of(user) or leads(user))


def does(user, language: str, what: str) -> bool:
    return what in works_of(user).get(language, ())


def orthographies_of(user) -> QuerySet[Orthography]:
    rows = Orthography.objects.filter(language__in=NAMES)
    return rows if leads(user) else rows.filter(language__in=works_of(user))


def approvers(language: str) -> set[int]:
    return who_does(Does.APPROVES).get(language, set())


def hands_of(rows: Iterable[SentenceTranslation]) -> dict[int, set[int]]:
    """By translation: who wrote at its text since it was approved last; one query."""
    by_pk = {row.pk: row for row in rows}
    hands: dict[int, set[int]] = defaultdict(set)
    for row in by_pk.values():
        if row.translator_id is not None:
            hands[row.pk].add(row.translator_id)
    steps = SentenceStep.objects.filter(translation__in=by_pk, did=Did.WROTE).exclude(by=None)
    for pk, person, at in steps.values_list("translation", "by", "at"):
        since = by_pk[pk].approved_at
        if since is None or at > since:
            hands[pk].add(person)
    return hands


def knows_voices(told: Told) -> None:
    """Registers who says whose voice a sentence has."""
    if told not in _VOICES:
        _VOICES.append(told)


def voices_of(rows: Iterable[SentenceTranslation]) -> dict[int, set[int]]:
    """By translation: who spoke its words, which they then do not approve."""
    those = list(rows)
    found: dict[int, set[int]] = {row.pk: set() for row in those}
    for told in _VOICES:
        for pk, people in told(those).items():
            found[pk] |= people
    return found


def approved_context(request, page) -> dict:
    """Of a page in another language: who approved its words; no query for a Vietnamese one."""
    language = page.locale.language_code
    return {"approved_by": [] if language == SOURCE else named_for(page.translation_key, language)}


def named_for(page_key: UUID, language: str) -> list[tuple[str, str]]:
    """(name, last day) of the approvers of all that is public of a page; [] unless each sentence has one and all agree
    to be named. Two queries.
    """
    rows = SentenceTranslation.objects.filter(
        source__page_key=page_key, source__gone_at=None, orthography__language=language, orthography__is_live=True
    ).exclude(live_text="")
    rows = rows.exclude(source__path__startswith=f"{PRINTED}/")
    days: dict[int | None, tuple] = {}
    for person, name, at in rows.values_list("approver", "approver__full_name", "approved_at"):
        if person is None:
            return []
        days[person] = max(days.get(person, (at, name)), (at, name))
    if not days or NamedApprover.objects.filter(person__in=days).count() != len(days):
        return []
    return sorted(((name, at) for at, name in days.values()), key=lambda one: name_order(one[0]))
