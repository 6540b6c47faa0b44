"""The completions of the year: each made between the report's days by somebody posted in the unit that day."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.completions.completion import MADE_ELSEWHERE, Completion, Void
from people.annual_sections import Annex, Asked, Counted
from people.persons.merges import merged_as_known
from people.postings.coverage import under
from people.postings.posting import Posting

MADE = "hoan-thanh"
COLUMNS = ("khoa_hoc", "luot", "so", "ngay", "nguon", "da_duyet")
SOURCES = {
    Completion.Source.QUIZ: "bai_kiem_tra",
    Completion.Source.IMPORT: "ho_so",
    Completion.Source.ELSEWHERE: "noi_khac",
}


def made_by(key: str, label: str, course_key: str) -> Counted:
    return Counted(key, label, MADE, "luot", {"khoa_hoc": course_key})


def completions_annex(asked: Asked) -> Annex:
    """A row for each completion that no void had taken away; `luot` is its place in the table."""
    where = asked.places
    here = under(where.unit.pk, where.geography) if where.in_table else Q(unit__in=list(where.child_of))
    spans = defaultdict(list)
    postings = Posting.objects.known_on(asked.at).filter(here, start__lte=asked.as_of)
    for person, start, end in postings.values_list("person_id", "start", "end"):
        spans[person].append((start, end))
    voided = Void.objects.known_on(asked.at).filter(on__lte=asked.as_of)
    made = Completion.objects.known_on(asked.at).exclude(pk__in=voided.values("completion"))
    made = made.filter(completed_on__gte=asked.first, completed_on__lte=asked.as_of)
    columns = ("person_id", "course_key", "completed_on", "source", "approved")
    # what a record has that was merged into another is of whom it is
    into = merged_as_known(asked.at)
    listed = ((into.get(person, person), *rest) for person, *rest in made.values_list(*columns))
    rows = sorted(
        (course, asked.number(person), on.isoformat(), SOURCES[Completion.Source(source)], _approved(source, approved))
        for person, course, on, source, approved in listed
        if any(start <= on and (end is None or on <= end) for start, end in spans.get(person, ()))
    )
    numbered = tuple((course, str(place), *rest) for place, (course, *rest) in enumerate(rows, start=1))
    return Annex(MADE, _("Lượt hoàn thành trong kỳ"), COLUMNS, numbered)


def _approved(source: str, approved: bool) -> str:
    """Training elsewhere rests on no content of ours: ""."""
    return "" if source in MADE_ELSEWHERE else "1" if approved else "0"
