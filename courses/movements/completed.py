"""The completion, the void or the first lesson behind a cause, and who recorded it."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.completions.completion import Completion, Void
from courses.completions.filed import COMPLETION
from courses.movements.ends import End
from courses.movements.facts import Fact, unknown, writers
from courses.progress.attended import CourseAttended
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import RequirementRule
from people.persons.merges import merged_as_known
from people.postings.coverage import written
from people.statements.plain_rows import among
from people.times import end_of_day


def completed_facts(end: End, people: Collection[int]) -> dict[int, Fact]:
    """By person the latest completion that the rule of the end asks for, made by its day."""
    if not people or end.rule is None:
        return {}
    records, into = _records(end, people)
    made = Completion.objects.known_on(end.asked.known_on).filter(
        person__in=among(records), course_key__in=_keys(end.rule), completed_on__lte=end.day
    )
    void = Void.objects.known_on(end.asked.known_on).filter(on__lte=end.day)
    rows = made.exclude(pk__in=void.values("completion")).order_by("completed_on", "pk")
    latest = {into.get(row.person_id, row.person_id): row for row in rows}
    by = writers(COMPLETION, records, (row.pk for row in latest.values()))
    return {
        person: Fact(_made(row, end.rule), by.get(row.pk) or _source(row), row.recorded_at)
        for person, row in latest.items()
    }


def _made(row: Completion, rule: RequirementRule) -> str:
    until = rule.validity.last_day(row.completed_on)
    how = {"day": written(row.completed_on), "source": row.get_source_display()}
    if until is None:
        return _("Hoàn thành ngày %(day)s, %(source)s") % how
    return _("Hoàn thành ngày %(day)s, %(source)s; hiệu lực đến hết %(until)s") % {**how, "until": written(until)}


def _source(row: Completion) -> str:
    return _("chính người học") if row.source == Completion.Source.QUIZ else unknown()


def voided_facts(first: End, last: End, people: Collection[int]) -> dict[int, Fact]:
    """By person the latest void between the days of a completion that either rule asks for."""
    if not people:
        return {}
    records, into = _records(last, people)
    keys = {key for rule in (first.rule, last.rule) if rule for key in _keys(rule)}
    voids = Void.objects.known_on(last.asked.known_on).filter(
        on__gt=first.day, on__lte=last.day, completion__person__in=among(records), completion__course_key__in=keys
    )
    found = {}
    for row in voids.select_related("completion", "by").order_by("on", "pk"):
        person = row.completion.person_id
        words = _("Lần hoàn thành ngày %(made)s bị hủy từ ngày %(on)s") % {
            "made": written(row.completion.completed_on),
            "on": written(row.on),
        }
        by = row.by.full_name if row.by else unknown()
        found[into.get(person, person)] = Fact(words, by, row.recorded_at)
    return found


def lesson_facts(end: End, people: Collection[int]) -> dict[int, Fact]:
    """By person what began the course: a lesson read, here or before it was moved here, or a class attended."""
    if not people or end.rule is None:
        return {}
    records, into = _records(end, people)
    about = {"person__in": among(records), "course_key__in": end.rule.course_keys}
    until = end_of_day(end.day)
    read = LessonSeen.objects.filter(**about, seen_by_class=False, seen_at__lt=until).values_list("person", "seen_at")
    moved = CourseBegun.objects.filter(**about, at__lt=until).values_list("person", "at")
    began: dict[int, datetime] = {}
    for person, at in (*read, *moved):
        who = into.get(person, person)
        began[who] = min(at, began.get(who, at))
    found = {who: Fact(_("Đọc bài đầu tiên ngày %s") % _day(at), _("chính người học"), at) for who, at in began.items()}
    attended = CourseAttended.objects.known_on(end.asked.known_on).filter(**about, on__lte=end.day)
    for person, on, at in attended.values_list("person", "on", "recorded_at"):
        words = _("Dự lớp tập huấn, tính từ ngày %s") % written(on)
        found.setdefault(into.get(person, person), Fact(words, _("người xác nhận điểm danh của lớp"), at))
    return found


def _day(at: datetime) -> str:
    return written(timezone.localdate(at))


def _keys(rule: RequirementRule) -> list[str]:
    return [*rule.course_keys, *filter(None, [rule.refresher_key])]


def _records(end: End, people: Collection[int]) -> tuple[list[int], dict[int, int]]:
    """These people and the records that are merged into them, and {record: who she is}."""
    into = merged_as_known(end.asked.known_on)
    wanted = {*people}
    return [*people, *(gone for gone, stays in into.items() if stays in wanted)], into
