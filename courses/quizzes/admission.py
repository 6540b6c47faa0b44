"""Decides whether a person may start an attempt at a quiz now, and starts it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.attempts.attempt import Attempt, AttemptGrant, AttemptItem
from courses.completions.completion import courses_to_complete_first, lessons_that_shut
from courses.completions.periods import period_of
from courses.quizzes.drawing import met_before, new_attempt, new_items
from courses.quizzes.known import KnownQuiz, known
from pages.serving import version
from people.log.audit import Act, record


class Refused(Exception):
    """The attempt may not start now; the message says in one sentence why and what to do."""


@dataclass(frozen=True)
class Admission:
    """`refusal` is "" when a new attempt may start; `open` is the one to resume; `left` None means no limit, or
    practice."""

    open: Attempt | None = None
    refusal: str = ""
    opens_at: datetime | None = None
    left: int | None = None
    past: list[Attempt] = field(default_factory=list)

    @property
    def best(self) -> Attempt | None:
        """The highest score counts."""
        return max(self.past, key=lambda attempt: (attempt.passed, attempt.share), default=None)


def admission(person, quiz, now: datetime, content: str | None = None) -> Admission:
    """`content` is the content version of the request."""
    facts = known(quiz, content or version.current())
    attempts = list(Attempt.objects.filter(person=person, quiz_key=quiz.translation_key).order_by("-number"))
    past = [attempt for attempt in attempts if attempt.submitted_at]
    if len(past) < len(attempts):
        return Admission(open=next(attempt for attempt in attempts if not attempt.submitted_at), past=past)
    if shut := _shut(quiz, now):
        return Admission(refusal=shut, past=past)
    left = _left(person, quiz, facts.course.key, past, now)
    opens_at = _opens_at(quiz, past, now)
    if left == 0:
        refusal = _("Anh chị đã dùng hết số lần làm. Hãy hỏi người phụ trách tập huấn để được thêm một lần.")
    elif opens_at:
        refusal = _("Lần làm tiếp theo mở lúc %(when)s. Trong lúc chờ, hãy ôn các mục đã trả lời sai.") % {
            "when": _moment(opens_at, now)
        }
    else:
        refusal = _missing_before(person, quiz, facts)
    return Admission(refusal=refusal, opens_at=opens_at, left=left, past=past)


def _shut(quiz, now: datetime) -> str:
    """One sentence where the quiz is not open on this day, else ""."""
    if quiz.opens_at and now < quiz.opens_at:
        return _("Bài này mở lúc %(when)s.") % {"when": _moment(quiz.opens_at, now)}
    if quiz.closes_at and now >= quiz.closes_at:
        said = _("Bài này đã đóng lúc %(when)s. Cần làm sau ngày ấy thì hỏi người phụ trách tập huấn.")
        return said % {"when": _moment(quiz.closes_at, now)}
    return ""


def _since_pass(past: list[Attempt]) -> list[Attempt]:
    """Attempts since the last passed one, newest first. A pass resets the count."""
    passed = next((place for place, attempt in enumerate(past) if attempt.passed), len(past))
    return past[:passed]


def _left(person, quiz, course_key: str, past: list[Attempt], now: datetime) -> int | None:
    """None for who practises, since what she holds is valid: a limit is for who has to pass."""
    if not quiz.attempt_limit:
        return None
    period = period_of(person, course_key, now)
    if period.practising:
        return None
    since_pass = _since_pass(past)
    grants = AttemptGrant.objects.filter(person=person, quiz_key=quiz.translation_key)
    if len(since_pass) < len(past):
        grants = grants.filter(given_at__gt=past[len(since_pass)].submitted_at)
    if period.since:
        grants = grants.filter(given_at__gte=period.since)
    failed = sum(period.holds(attempt.submitted_at) for attempt in since_pass if attempt.submitted_at)
    return max(quiz.attempt_limit + grants.count() - failed, 0)


def _opens_at(quiz, past: list[Attempt], now: datetime) -> datetime | None:
    """When the wait after a failed attempt ends; None when there is nothing to wait for."""
    failed_at = past[0].submitted_at if past and not past[0].passed else None
    if failed_at is None:
        return None
    opens = failed_at + timedelta(minutes=quiz.wait_minutes)
    return opens if opens > now else None


def _moment(at: datetime, now: datetime) -> str:
    local = timezone.localtime(at)
    same_day = local.date() == timezone.localtime(now).date()
    return date_format(local, "H:i" if same_day else "H:i d/m/Y")


def _missing_before(person, quiz, facts: KnownQuiz) -> str:
    """One sentence on what must be done before this quiz: courses, then lessons; else ""."""
    if titles := courses_to_complete_first(person, facts.prerequisites):
        return _("Hãy hoàn thành khóa “%(course)s” trước khi làm bài này.") % {"course": "”, “".join(titles)}
    if count := lessons_that_shut(person, facts.course, quiz):
        return ngettext(
            "Còn %(count)d mục chưa học xong trước bài này. Hãy học xong rồi quay lại làm bài.",
            "Còn %(count)d mục chưa học xong trước bài này. Hãy học xong rồi quay lại làm bài.",
            count,
        ) % {"count": count}
    if not quiz.live or not facts.asks_anything:
        return _("Bài này chưa có câu hỏi nào được xuất bản. Hãy quay lại sau.")
    return ""


def start(
    person, quiz, now: datetime, rng: Random | None = None, content: str | None = None, *, more_time: bool = False
) -> Attempt:
    """Returns the open attempt, or a new one with versions, order and rules frozen. Raises Refused. `more_time`: she
    wants half as many minutes again.

    Two simultaneous starts give one attempt: the person's row is locked (on SQLite the whole database), and a
    constraint allows one open attempt per person and quiz.
    """
    content = content or version.current()
    facts = known(quiz, content)
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
        state = admission(person, quiz, now, content)
        if state.open:
            return state.open
        if state.refusal:
            raise Refused(state.refusal)
        attempt = new_attempt(person, quiz, facts.course.key, len(state.past) + 1, now, more_time=more_time)
        earlier = met_before(person, quiz.translation_key) if quiz.draw_from and state.past else ()
        items = new_items(attempt, quiz, facts.questions, rng or SystemRandom(), earlier)
        attempt.save(force_insert=True)
        AttemptItem.objects.bulk_create(items)
    return attempt


def granted(person, quiz) -> int:
    """The number of attempts granted so far."""
    return AttemptGrant.objects.filter(person=person, quiz_key=quiz.translation_key).count()


def grant(person, quiz, by, reason: str, now: datetime, seen: int | None = None) -> AttemptGrant | None:
    """Grants one more attempt beyond the limit. The caller checks whether `by` may do this.

    `seen` is the number of grants when the form was opened. If it has changed, as after a double click, nothing is
    granted and the result is None.
    """
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
        if seen is not None and granted(person, quiz) != seen:
            return None
        record(Act.GRANTED, by, person=person, detail=quiz.title, at=now)
        return AttemptGrant.objects.create(
            person=person, quiz_key=quiz.translation_key, given_by=by, reason=reason.strip(), given_at=now
        )
