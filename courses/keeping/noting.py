"""A learner's own notes: written beside a lesson, listed on a page of her own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.content.lesson import LessonPage
from courses.keeping.views import courses_of
from courses.learning.outline import LearnerStep, Outline, outlines
from courses.learning.views import from_lesson, refused
from courses.progress.notes import MOST_LETTERS, LessonNote, keep_note
from people.guarding.wording import writes


class NoteForm(forms.Form):
    text = forms.CharField(
        required=False,
        max_length=MOST_LETTERS,
        error_messages={
            "max_length": _("Ghi chú dài quá 4000 chữ cái, nên chưa được lưu. Rút ngắn lại rồi lưu."),
        },
    )
    marked = forms.BooleanField(required=False)


@from_lesson
@writes("note", _("Ghi chú bên bài học"), "text")
def lesson_note(request, page: LessonPage, outline: Outline, step: LearnerStep) -> HttpResponse:
    """Keeps what she wrote; an emptied note is deleted."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return refused(request, step, str(next(iter(form.errors.values()))[0]))
    keep_note(request.user, step.key, form.cleaned_data["text"], form.cleaned_data["marked"], timezone.now())
    return redirect(f"{step.url}#ghi-chu")


@dataclass(frozen=True)
class Noted:
    """`step` is None where the lesson is no longer published; `title` is then what it was called last, or ""."""

    note: LessonNote
    step: LearnerStep | None
    title: str
    course_title: str


@require_safe
@never_cache
@login_required
def my_notes(request) -> HttpResponse:
    listed = noted(request.user, outlines(courses_of(request), request.user))
    return render(request, "learning/keeping/notes.html", {"notes": listed})


def noted(person, courses: Sequence[Outline]) -> list[Noted]:
    """Marked ones first, then in the order of the courses, those of withdrawn lessons last. Two queries."""
    steps = {step.key: (place, step, one) for one in courses for place, step in enumerate(one.steps)}
    notes = list(LessonNote.objects.filter(person_id=person.pk))
    gone = [note.lesson_key for note in notes if note.lesson_key not in steps]
    pages = LessonPage.objects.filter(translation_key__in=gone).order_by("-locale_id")
    titles = dict(pages.values_list("translation_key", "title"))
    orders = {one.course.key: place for place, one in enumerate(courses)}

    def place_of(note: LessonNote):
        place, _step, one = steps.get(note.lesson_key, (0, None, None))
        return not note.marked, orders[one.course.key] if one else len(orders), place, note.at

    rows = []
    for note in sorted(notes, key=place_of):
        _place, step, one = steps.get(note.lesson_key, (0, None, None))
        title = step.title if step else titles.get(note.lesson_key, "")
        rows.append(Noted(note, step, title, one.course.title if one else ""))
    return rows
