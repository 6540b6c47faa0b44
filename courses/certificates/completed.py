"""`/hoc-tap/hoan-thanh/<course>/`: the course is complete. Both ways end here: passing last, and reading last."""

import json

from django.contrib.auth.decorators import login_required
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.certificates.certificate import Certificate
from courses.certificates.described import described
from courses.certificates.issuing import validity_of
from courses.completions.completion import Completion, Void
from courses.completions.unapproved import unapproved_on
from courses.content.blocks.concerning import words_in
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from people.persons.merges import one_person
from people.times import today


@require_safe
@never_cache
@login_required
def completed(request, key: str) -> HttpResponse:
    """About the person's latest completion that counts; 404 where there is none."""
    person, day = request.user, today()
    void = Void.objects.current().filter(on__lte=day).values("completion")
    done = Completion.objects.current().filter(person__in=one_person(person), course_key=key).exclude(pk__in=void)
    completion = done.select_related("attempt").order_by("-completed_on", "-pk").first()
    if completion is None:
        raise Http404
    papers = Certificate.objects.with_ending().not_replaced()
    papers = papers.filter(person=completion.person_id, course_key=key, completed_on=completion.completed_on)
    papers = papers.order_by("-pk")
    course = course_read_by(person, key)
    page = {
        "completion": completion,
        "course": course,
        "title": course.title if course else key,
        "trial": unapproved_on(day).filter(pk=completion.pk).exists(),
        "valid_until": validity_of(completion),
        "paper": next(iter(described(papers[:1], day)), None),
        "takeaways": takeaways_of(course) if course else [],
    }
    return render(request, "learning/completed.html", page)


def course_read_by(person, key: str) -> CoursePage | None:
    """The live course in the language that the person reads in, else in its original language."""
    pages = CoursePage.objects.live().filter(key=key).select_related("locale").order_by("locale_id")
    by_language = {page.locale.language_code: page for page in reversed(pages)}
    return by_language.get(person.reads_in) or next(iter(reversed(by_language.values())), None)


def takeaways_of(course: CoursePage) -> list[tuple[str, list[str]]]:
    """(lesson, what to take away from it) in the order of the course; one query."""
    lessons = LessonPage.objects.descendant_of(course).live().order_by("path").defer("body")
    rows = lessons.annotate(raw=Cast("body", TextField())).values_list("title", "raw")
    return [(title, found) for title, raw in rows if (found := takeaways_in(raw))]


def takeaways_in(raw: str) -> list[str]:
    """Of the JSON of a lesson's body."""
    blocks = json.loads(raw or "[]")
    words = (words_in(block["value"]).strip() for block in blocks if block["type"] == "takeaway")
    return [sentence for sentence in words if sentence]
