"""On which day somebody had done all that a course asks for, where that is worked out afterwards."""

from datetime import date

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.runs import ConversationRun
from courses.progress.lessons import LessonSeen
from people.persons.merges import one_person


def last_step_on(person, course: CoursePage) -> date | None:
    """The day on which the last of what the course requires was done for the first time since the last completion here;
    None where nothing was done. Four queries.
    """
    ids = one_person(person)
    rows = Completion.objects.current().filter(person__in=ids, course_key=course.key, source=Completion.Source.QUIZ)
    since = rows.aggregate(last=Max("recorded_at"))["last"]
    below: dict[type, QuerySet] = {
        kind: kind.objects.descendant_of(course).live().filter(required=True).values("translation_key")
        for kind in (LessonPage, ConversationPage, QuizPage)
    }
    seen = LessonSeen.objects.filter(person__in=ids, lesson_key__in=below[LessonPage]).exclude(done_at=None)
    runs = ConversationRun.objects.filter(person__in=ids, conversation_key__in=below[ConversationPage], done=True)
    passed = Attempt.objects.filter(person__in=ids, quiz_key__in=below[QuizPage], passed=True)
    if since:
        passed = passed.filter(submitted_at__gt=since)
    firsts = [
        *seen.order_by().values("lesson_key").annotate(at=Min("done_at")).values_list("at", flat=True),
        *runs.order_by().values("conversation_key").annotate(at=Min("ended_at")).values_list("at", flat=True),
        *passed.order_by().values("quiz_key").annotate(at=Min("submitted_at")).values_list("at", flat=True),
    ]
    return timezone.localdate(max(firsts)) if firsts else None
