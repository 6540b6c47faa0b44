"""A lesson that came from another course begins this one for whoever read it there, as the course's page shows it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.completions.signals import course_begun
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from people.write_lock import make_way

# people a transaction
BATCH = 1000
TITLE = 200


def begin(course: CoursePage, lessons: Collection[str], now: datetime) -> int:
    """The number of people who have begun the course by these of its lessons. A second run changes nothing."""
    read, ids = _read_elsewhere(course.key, lessons), [UUID(key) for key in lessons]
    pages = LessonPage.objects.descendant_of(course).filter(translation_key__in=ids)
    titles = dict(pages.values_list("translation_key", "title"))
    people, begun = sorted(read), 0
    for place in range(0, len(people), BATCH):
        begun += _begin(course.key, {person: read[person] for person in people[place : place + BATCH]}, titles, now)
        make_way()
    return begun


def _read_elsewhere(key: str, lessons: Iterable[str]) -> dict[int, tuple[datetime, UUID]]:
    """The lesson that each person read last of those which she read in another course."""
    rows = LessonSeen.objects.filter(lesson_key__in=[UUID(lesson) for lesson in lessons]).exclude(course_key=key)
    latest: dict[int, tuple[datetime, UUID]] = {}
    for person, at, lesson in rows.order_by().values_list("person", "seen_at", "lesson_key").iterator():
        latest[person] = max((at, lesson), latest.get(person, (at, lesson)))
    return latest


def _begin(key: str, read: dict[int, tuple[datetime, UUID]], titles: dict[UUID, str], now: datetime) -> int:
    """Who reads in the course meanwhile has begun it by that; her standings follow all the same, since the page that
    she read on took the course for begun."""
    with transaction.atomic():
        here = LessonSeen.objects.filter(course_key=key, person__in=read)
        before = CourseBegun.objects.filter(course_key=key, person__in=read)
        known = {*here.values_list("person", flat=True), *before.values_list("person", flat=True)}
        new = [person for person in read if person not in known]
        CourseBegun.objects.bulk_create(
            [
                CourseBegun(
                    person_id=person,
                    course_key=key,
                    at=now,
                    read_at=read[person][0],
                    reason=_("Đã đọc “%s” ở khóa học khác trước khi mục này chuyển sang.")
                    % titles.get(read[person][1], "")[:TITLE],
                )
                for person in new
            ],
            ignore_conflicts=True,
        )
        course_begun.send(sender=CourseBegun, person_ids=list(read), now=now)
    return len(new)
