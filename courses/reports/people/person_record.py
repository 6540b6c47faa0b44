"""What a trainer may see of a person: postings, standings with reasons, completions, scores of attempts, excuses.

No answers, no contact details, no reading language. The caller checks that the person is in the reader's reach.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from courses.attempts.attempt import Attempt, AttemptGrant
from courses.completions.completion import Completion, Void
from courses.completions.unapproved import Recognition
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage
from courses.requirements.relief import Relief, ReliefKind, ReliefRequest
from courses.requirements.requirement import Excuse
from courses.standing.facts import rules_by_requirement
from courses.standing.spans import CompletionFact, State, rule_in_force, valid_until
from courses.standing.standing import Standing
from courses.standing.state_tones import TONES
from people.persons.merges import one_person
from people.persons.user import User
from people.postings.coverage import written
from people.postings.posting import Posting


@dataclass(frozen=True)
class StandingRow:
    requirement: str
    state: str
    tone: str
    because: str


@dataclass(frozen=True)
class CompletionRow:
    """A completion in words; `void` and `recognised` are the current ones, if any."""

    pk: int
    course: str
    course_key: str
    completed_on: date
    source: str
    evidence: str
    reason: str
    void: Void | None
    unapproved: bool
    recognised: Recognition | None


def postings_of(person: User) -> list[Posting]:
    """The current postings, the latest first."""
    rows = Posting.objects.current().filter(person=person).select_related("unit").prefetch_related("duties")
    return list(rows.order_by("-start", "-pk"))


def completions_of(person: User) -> list[CompletionRow]:
    voids = Prefetch("voids", Void.objects.current(), to_attr="current_voids")
    recognitions = Prefetch("recognitions", Recognition.objects.current(), to_attr="current_recognitions")
    rows = Completion.objects.current().filter(person__in=one_person(person)).prefetch_related(voids, recognitions)
    titles = course_titles()
    return [
        CompletionRow(
            row.pk,
            titles.get(row.course_key, row.course_key),
            row.course_key,
            row.completed_on,
            str(row.get_source_display()),
            row.evidence,
            row.reason,
            next(iter(row.current_voids), None),
            row.source == Completion.Source.QUIZ and not row.approved,
            next(iter(row.current_recognitions), None),
        )
        for row in rows.order_by("-completed_on", "-pk")
    ]


def course_titles() -> dict[str, str]:
    return dict(CoursePage.objects.order_by("-locale_id").values_list("key", "title"))


def attempts_of(person: User) -> list[dict]:
    """With points like "17/20", and the title frozen in the attempt, else that of the quiz."""
    rows = Attempt.objects.at_quizzes().filter(person__in=one_person(person)).order_by("-started_at")
    titles = quiz_titles()
    return [
        {
            "title": row.rules.get("title") or titles.get(row.quiz_key, row.course_key),
            "number": row.number,
            "started_at": row.started_at,
            "submitted_at": row.submitted_at,
            "passed": row.passed,
            "too_fast": row.too_fast,
            "points": row.points,
        }
        for row in rows
    ]


def quiz_titles() -> dict:
    return dict(QuizPage.objects.order_by("-locale_id").values_list("translation_key", "title"))


def grantable() -> list[QuizPage]:
    """The quizzes that limit attempts, each once: those for which one more can be granted."""
    limited = QuizPage.objects.live().filter(attempt_limit__gt=0).order_by("locale_id", "path")
    return list({quiz.translation_key: quiz for quiz in reversed(limited)}.values())[::-1]


def grants_of(person: User) -> list[AttemptGrant]:
    return list(AttemptGrant.objects.filter(person=person).select_related("given_by").order_by("-given_at"))


def excuses_of(person: User) -> list[Excuse]:
    return list(Excuse.objects.current().filter(person=person).select_related("requirement").order_by("-start"))


def reliefs_of(person: User) -> list[ReliefRequest]:
    """What was asked for the person and what holds of it (`held`), the latest first; two queries."""
    held = Prefetch("reliefs", Relief.objects.current(), to_attr="held")
    rows = ReliefRequest.objects.filter(person__in=one_person(person)).select_related("requirement")
    rows = rows.prefetch_related(held)
    return list(rows.order_by("-asked_at", "-pk"))


def standings_of(
    person: User, completions: list[CompletionRow], reliefs: list[ReliefRequest], on: date
) -> list[StandingRow]:
    """The standing towards each requirement that applies to the person on the day."""
    extended: dict[int, date] = {}
    for held in (held for row in reliefs if row.kind == ReliefKind.EXTENSION for held in row.held):  # type: ignore[attr-defined]
        extended[held.requirement_id] = max(held.end, extended.get(held.requirement_id, held.end))
    rows = Standing.objects.filter(person=person, start__lte=on).select_related("requirement").order_by("requirement")
    now = {row.requirement: row for row in rows if row.end is None or row.end >= on}
    rules = rules_by_requirement()
    return [
        StandingRow(
            requirement.name,
            str(State(row.state).label),
            TONES[State(row.state)],
            _because(
                State(row.state),
                rule_in_force(rules.get(requirement.pk, ()), on),
                completions,
                on,
                extended.get(requirement.pk),
            ),
        )
        for requirement, row in now.items()
    ]


def _because(state: State, rule, completions: list[CompletionRow], on: date, extended: date | None) -> str:
    """The evidence for a state, or what is still missing; `extended` is a due day granted to the person."""
    if rule is None:
        return ""
    params: dict[str, object] = {"deadline": written(max(rule.deadline, extended or rule.deadline))}
    latest = _latest(rule.courses, completions, on)
    last = max(latest, key=lambda completion: completion.completed_on, default=None)
    if state in (State.COMPLETED, State.EXPIRED) and last:
        refreshed = bool(rule.law) and bool(_latest((rule.law.refresher,), completions, on))
        days = [valid_until(CompletionFact(one.course_key, one.completed_on), rule, refreshed) for one in latest]
        until = min((day for day in days if day), default=None)
        params |= {"day": written(last.completed_on), "until": written(until) if until else "", "how": last.source}
        if until is None:
            return _("Hoàn thành ngày %(day)s (%(how)s); không hết hiệu lực.") % params
        if state == State.COMPLETED:
            return _("Hoàn thành ngày %(day)s (%(how)s); hiệu lực đến hết ngày %(until)s.") % params
        said = _("Hoàn thành ngày %(day)s (%(how)s); hết hiệu lực sau ngày %(until)s.") % params
        if rule.law and not refreshed and any(one.completed_on < rule.law.begins for one in latest):
            said += " " + _("Luật thay đổi từ ngày %s.") % written(rule.law.begins)
        return said
    if last and len(latest) < len(rule.courses) and state in (State.IN_PROGRESS, State.OVERDUE):
        params |= {"n": len(latest), "all": len(rule.courses)}
        return _("Đã hoàn thành %(n)d/%(all)d khóa học của chương trình; hạn %(deadline)s.") % params
    if last and rule.rubrics and state in (State.IN_PROGRESS, State.OVERDUE):
        params["day"] = written(last.completed_on)
        return _("Hoàn thành khóa học ngày %(day)s; chưa đạt đủ thực hành có quan sát; hạn %(deadline)s.") % params
    if state == State.EXCUSED:
        return _("Được miễn, nên không tính vào mẫu số.")
    if state == State.IN_PROGRESS:
        return _("Đã học ít nhất một bài; hạn %(deadline)s.") % params
    if state == State.OVERDUE:
        return _("Chưa có lần hoàn thành nào; hạn là %(deadline)s.") % params
    return _("Chưa học bài nào; hạn %(deadline)s.") % params


def _latest(courses: Collection[str], completions: list[CompletionRow], on: date) -> list[CompletionRow]:
    """Of each of these courses the latest completion that counts on the day."""
    latest: dict[str, CompletionRow] = {}
    for one in sorted(completions, key=lambda one: one.completed_on):
        if one.course_key in courses and one.completed_on <= on and not (one.void and one.void.on <= on):
            latest[one.course_key] = one
    return list(latest.values())
