"""The clinic in a person's message of the day: that there is news of her case or of what she contributed, and that
cases and contributions wait for her as a moderator. It names nobody and says nothing of the case.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk import news
from courses.talk.clinic.case import CaseState, ClinicCase, Contribution, ContributionState
from courses.talk.inquiries.telling import answerers
from courses.talk.news import NewsKind
from people.messages.day_before import before_one_of
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window

HERS, WAITING = "goc-ban-ca", "duyet-ca"
KINDS = (NewsKind.CASE, NewsKind.CONTRIBUTION)


def hers_falling(window: Window) -> Falling:
    return {person: {f"{HERS}:{kind}" for kind in kinds} for person, kinds in news.falling(window, KINDS).items()}


def hers_standing(people: Collection[int], day: date) -> Told:
    """One query."""
    told: Told = defaultdict(dict)
    said = {
        NewsKind.CASE: _("%(n)d ca anh chị nêu trong góc bàn ca có tin mới."),
        NewsKind.CONTRIBUTION: _("Lời anh chị góp ở %(n)d ca của góc bàn ca có tin mới."),
    }
    for (person, kind), cases in news.unopened(people, KINDS).items():
        address = reverse("talk:case", args=[cases[-1]])
        told[person][f"{HERS}:{kind}"] = Line(said[NewsKind(kind)] % {"n": len(cases)}, address)
    return told


# --- moderators


def waiting_falling(window: Window) -> Falling:
    """Of what came on the day before, whom it waits for."""
    cases = ClinicCase.objects.filter(before_one_of(window, "worded_at"), state=CaseState.WAITING)
    said = _contributions().filter(before_one_of(window, "at"))
    return {person: {WAITING} for who in _moderators(cases, said, window.last).values() for person in who}


def waiting_standing(people: Collection[int], day: date) -> Told:
    """A constant number of queries."""
    counts: dict[int, int] = defaultdict(int)
    cases = ClinicCase.objects.filter(state=CaseState.WAITING)
    for who in _moderators(cases, _contributions(), day).values():
        for person in who & set(people):
            counts[person] += 1
    said, address = _("%(n)d ca hoặc lời góp trong góc bàn ca chờ anh chị duyệt."), reverse("talk:to_moderate")
    return {person: {WAITING: Line(said % {"n": n}, address)} for person, n in counts.items()}


def _contributions():
    return Contribution.objects.filter(state=ContributionState.WAITING, case__state=CaseState.OPEN)


def _moderators(cases, contributions, day: date) -> dict[tuple[str, int], set[int]]:
    """Whom each waits for: who leads training where the author of the case is posted, and never who wrote it.
    `whose.moderated_by` is the rule of one reader; a test compares.
    """
    told = [(("ca", pk), author, None) for pk, author in cases.values_list("pk", "author")]
    said = contributions.values_list("pk", "case__author", "by")
    told += [(("gop", pk), author, by) for pk, author, by in said]
    return answerers(told, day)


def connect() -> None:
    topic(Topic(HERS, gettext_lazy("Tin về ca và lời góp của mình"), False, hers_falling, hers_standing))
    topic(Topic(WAITING, gettext_lazy("Ca và lời góp chờ mình duyệt"), False, waiting_falling, waiting_standing))
