"""What learners keep: the search within courses, the glossary, cards, the handbook."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.content.structure import Course, all_structures, course_by_key
from courses.keeping.cards import ModuleCards, cards_of, sheets_pdf
from courses.keeping.glossary import by_letter, entries, terms_of
from courses.keeping.handbook import handbook_pdf
from courses.keeping.searching import find_lessons
from courses.learning.outline import Outline, outlines
from pages.search.finding import read
from pages.search.views import LONGEST, number_of
from pages.serving import version
from people.times import today
from printing import MissingLetter


def courses_of(request) -> list[Course]:
    """Every course that is published, in the language in which the person reads."""
    return all_structures(version.of(request), request.user.reads_in)


def outline_of(request, key: str) -> Outline:
    """404 where no such course is published."""
    course = course_by_key(version.of(request), request.user.reads_in, key)
    if course is None:
        raise Http404
    return outlines([course], request.user)[0]


class LessonSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Tìm trong khóa học"),
        max_length=LONGEST,
        error_messages={
            "required": _("Gõ tên mục hoặc vài từ trong mục."),
            "max_length": _("Lời tìm dài quá. Gõ vài từ thôi, không quá 100 chữ cái."),
        },
    )
    khoa = forms.ChoiceField(
        label=_("Trong khóa"), required=False, error_messages={"invalid_choice": _("Chọn khóa học trong danh sách.")}
    )

    def __init__(self, data, courses: list[Course]):
        super().__init__(data)
        known = [("", _("Mọi khóa học")), *((course.key, course.title) for course in courses)]
        self.fields["khoa"].choices = known  # type: ignore[attr-defined]

    def clean_q(self):
        self.query = read(self.cleaned_data["q"])
        if len("".join(self.query.words)) < 2:
            raise forms.ValidationError(_("Gõ ít nhất hai chữ cái hoặc chữ số."))
        return self.cleaned_data["q"]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def search_lessons(request) -> HttpResponse:
    """Also by POST, so that what was searched for need not stay in the history of a shared machine."""
    sent = request.POST if request.method == "POST" else request.GET
    courses = courses_of(request)
    form = LessonSearchForm(sent if "q" in sent else None, courses)
    results = None
    if form.is_bound and form.is_valid():
        wanted = [course for course in courses if form.cleaned_data["khoa"] in ("", course.key)]
        results = find_lessons(form.query, outlines(wanted, request.user), number_of(sent.get("trang", "")))
    context = {
        "form": form,
        "typed": (form["q"].value() or "")[:LONGEST],
        "chosen": sent.get("khoa", ""),
        "error": next((message for messages in form.errors.values() for message in messages), ""),
        "results": results,
    }
    return render(request, "learning/keeping/search.html", context)


@require_safe
@never_cache
@login_required
def glossary(request, key: str = "") -> HttpResponse:
    """Of one course, or of all."""
    found = [outline_of(request, key)] if key else outlines(courses_of(request), request.user)
    content = version.of(request)
    terms = [term for one in found for term in terms_of(one, content)]
    context = {"letters": by_letter(entries(terms)), "course": found[0].course if key else None}
    return render(request, "learning/keeping/glossary.html", context)


@require_safe
@never_cache
@login_required
def cards(request, key: str) -> HttpResponse:
    """All cards of a course, one below the other."""
    course = outline_of(request, key).course
    return render(request, "learning/keeping/cards.html", {"course": course, "parts": _cards(request, course)})


@require_safe
@never_cache
@login_required
def card(request, key: str, card_id: UUID) -> HttpResponse:
    course = outline_of(request, key).course
    listed = [card for part in _cards(request, course) for card in part.cards]
    place = next((place for place, card in enumerate(listed) if card.id == str(card_id)), None)
    if place is None:
        raise Http404
    context = {
        "course": course,
        "card": listed[place],
        "previous": listed[place - 1] if place else None,
        "following": next(iter(listed[place + 1 :]), None),
    }
    return render(request, "learning/keeping/card.html", context)


@require_safe
@never_cache
@login_required
def card_sheets(request, key: str) -> HttpResponse:
    course = outline_of(request, key).course
    listed = [card for part in _cards(request, course) for card in part.cards]
    if not listed:
        raise Http404
    return pdf(request, lambda: sheets_pdf(course, listed), f"the-viec-{course.key}")


@require_safe
@never_cache
@login_required
def handbook(request, key: str) -> HttpResponse:
    """The whole course on paper."""
    one, content = outline_of(request, key), version.of(request)
    if not one.course.has_lessons:
        raise Http404
    return pdf(request, lambda: handbook_pdf(one, content, today()), f"so-tay-{one.course.key}")


def _cards(request, course: Course) -> tuple[ModuleCards, ...]:
    return cards_of(course, version.of(request))


def pdf(request, make: Callable[[], bytes], name: str) -> HttpResponse:
    """The file, to be seen and saved; a page that names the letter where the fonts lack one."""
    try:
        content = make()
    except MissingLetter as missing:
        return render(request, "learning/keeping/not_printed.html", {"reason": str(missing)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
