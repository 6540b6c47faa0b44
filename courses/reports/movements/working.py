"""The movement that a page or a file asks for: at once, or as a work in the background whose progress is shown."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.movements.reading import Told
from courses.reports.movements import kept
from courses.reports.movements.asked import Between
from outbox.effects import Effect, EffectState


@dataclass(frozen=True)
class Answer:
    """`at` is when a kept answer was counted, by `work`; None: just now."""

    made: Told
    work: Effect | None = None
    at: datetime | None = None


def answer_of(between: Between, again: str = "") -> Answer | Effect:
    """The work by which it is worked out, while that goes on. Raises CoverageError. `again` is the number of the work
    whose answer is not wanted any more.
    """
    row = kept.latest(between.asked)
    if row is None or again == str(row.pk) or not kept.serves(row, between.asked):
        if not kept.is_large(between.asked):
            return Answer(between.movement())
        row = kept.ask(between.asked, row)
    if row.state != EffectState.DONE:
        return row
    answer = kept.read_kept(row, between.asked)
    between.check(answer)
    return Answer(answer, row, kept.counted_at(row))


def being_worked_out(request, between: Between, work: Effect, frame: dict) -> HttpResponse:
    """The page that shows how far it is; it asks for itself again."""
    context = {
        **frame,
        "between": between,
        "work": work,
        "again": between.address(lai=work.pk),
        "trail": [*frame["trail"], (_("Vì sao con số đổi"), between.address())],
    }
    return render(request, "reports/movement_work.html", context)


def to_the_page(between: Between) -> HttpResponse:
    """From a file or a list that waits for the answer."""
    return redirect(between.address())
