"""How many people first chose each option of a lesson's decisions and checks, to talk it over in class; never who."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.content.blocks.deciding import Option
from courses.content.bodies import Choice, choices_of
from courses.content.lesson import LessonPage
from courses.progress.tries import FEWEST_PEOPLE
from courses.progress.tries import first_choices as counts_of
from courses.reports.query.gate import training


@dataclass(frozen=True)
class Tally:
    """`people` is 0 where fewer than five people tried; `gone` first chose an option that was taken out since."""

    choice: Choice
    people: int
    rows: tuple[tuple[Option, int], ...]
    gone: int


def tallies(lesson: LessonPage) -> list[Tally]:
    """One query for any number of blocks and people."""
    counts = counts_of(lesson.translation_key)
    listed = []
    for choice in choices_of(lesson):
        count = counts.get(choice.block_id)
        rows = tuple((option, count[option.id]) for option in choice.options) if count else ()
        people = count.total() if count else 0
        listed.append(Tally(choice, people, rows, people - sum(number for _option, number in rows)))
    return listed


@require_safe
@training
def first_choices(request, pk: int) -> HttpResponse:
    lesson = get_object_or_404(LessonPage.objects.live().select_related("locale"), pk=pk)
    context = {"lesson": lesson, "tallies": tallies(lesson), "fewest": FEWEST_PEOPLE}
    return render(request, "reports/first_choices.html", context)
