"""Inquiries in a person's message of the day: that she was answered, and that people wait for her answer.

Somebody is told on the day after: what is replied at once while both sit there is nobody's mail.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.inquiries.inquiry import UNREAD, Inquiry, InquiryState
from people.messages.day_before import before_one_of
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window
from people.postings.posting import Posting
from people.rights.roles import RoleKind
from people.rights.scope import at_the_top, holders
from people.times import covering
from people.units.successions import Reach

ANSWERED, WAITING = "hoi-dap", "cho-tra-loi"


def answers_falling(window: Window) -> Falling:
    rows = Inquiry.objects.filter(UNREAD, before_one_of(window, "replied_at"))
    return {person: {ANSWERED} for person in rows.values_list("asked_by", flat=True)}


def answers_standing(people: Collection[int], day: date) -> Told:
    """One query."""
    counts: dict[int, int] = defaultdict(int)
    for person in Inquiry.objects.filter(UNREAD, asked_by__in=people).values_list("asked_by", flat=True):
        counts[person] += 1
    said = _("Có trả lời mới cho %(n)d câu hỏi của anh chị.")
    return {person: {ANSWERED: Line(said % {"n": n}, reverse("talk:mine"))} for person, n in counts.items()}


def waiting_falling(window: Window) -> Falling:
    rows = Inquiry.objects.filter(before_one_of(window, "waits_since"), state=InquiryState.WAITING)
    found = answerers(rows.values_list("pk", "asked_by"), window.last)
    return {person: {WAITING} for people in found.values() for person in people}


def waiting_standing(people: Collection[int], day: date) -> Told:
    """A constant number of queries."""
    counts: dict[int, int] = defaultdict(int)
    rows = Inquiry.objects.filter(state=InquiryState.WAITING).values_list("pk", "asked_by")
    for who in answerers(rows, day).values():
        for person in who & set(people):
            counts[person] += 1
    said = _("%(n)d câu hỏi của người học chờ anh chị trả lời.")
    return {person: {WAITING: Line(said % {"n": n}, reverse("talk:to_answer"))} for person, n in counts.items()}


def answerers(rows: Iterable[tuple], day: date) -> dict[Any, set[int]]:
    """{inquiry: whom it waits for} of rows (inquiry, who asked, who else must not answer …): the trainers above who
    asked, where there is none the managers. Who is NULL counts at the province. `whose.answered_by` is the rule of one
    reader; a test compares.
    """
    rows = list(rows)
    if not rows:
        return {}
    trainers, managers = (holders([kind], day) for kind in (RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER))
    top = at_the_top({*trainers, *managers}, day)
    above: dict[int, set[int]] = defaultdict(set)
    postings = Posting.objects.current().filter(covering(day), person__in={person for _key, person, *_others in rows})
    posted = list(postings.values_list("person", "unit"))
    ancestors: dict[int, set[int]] = defaultdict(set)
    reach = Reach.objects.filter(covering(day), unit__in={unit for _person, unit in posted})
    for unit, ancestor in reach.values_list("unit", "ancestor"):
        ancestors[unit].add(ancestor)
    for person, unit in posted:
        above[person] |= ancestors[unit]

    def of(kind: dict[int, set[int]], person: int | None, *others: int | None) -> set[int]:
        # who is posted nowhere is the province's
        units = top if person is None else above.get(person, top)
        return {one for unit in units for one in kind.get(unit, ())} - {person, *others}

    return {key: of(trainers, *who) or of(managers, *who) for key, *who in rows}


def connect() -> None:
    topic(Topic(ANSWERED, gettext_lazy("Trả lời cho câu hỏi của mình"), False, answers_falling, answers_standing))
    topic(Topic(WAITING, gettext_lazy("Câu hỏi chờ mình trả lời"), False, waiting_falling, waiting_standing))
