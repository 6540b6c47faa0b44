"""What is most forgotten: the answers of the re-tests behind *still knows* and *to review*, by objective."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.content.lesson import LessonPage
from courses.content.structure import course_by_key
from courses.questions.draws import natural
from courses.questions.versions import SOURCE_LANGUAGE
from courses.reports.figures.views import coverage_for, frame_context
from courses.reports.query.gate import reading_people
from courses.reports.query.lookup import read_query
from courses.reports.query.query import ReportQuery
from courses.retests.retest import RetestAnswer, latest_results
from courses.standing.coverage import Coverage
from courses.standing.standing import Standing
from pages.serving import version
from people.log.audit import Act, record
from people.postings.coverage import under
from people.times import covering

# fewer answers say little, and of whom they are
FEWEST_ANSWERS = 10


@dataclass
class Objective:
    """`rows` are (person, day, right); `words` are "" where no module says them."""

    name: str
    words: str = ""
    answers: int = 0
    right: int = 0
    lessons: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return self.answers - self.right

    @property
    def percent(self) -> int:
        return self.right * 100 // self.answers


def objectives(query: ReportQuery, answer: Coverage) -> list[Objective]:
    """From FEWEST_ANSWERS on, the most forgotten first; two queries. As known now."""
    day = query.days.as_of
    if query.rule is None:
        return []
    where = answer.places
    here = Standing.objects.filter(covering(day), under(where.unit.pk, where.geography), requirement=query.requirement)
    told = latest_results(query.rule.course_key, day)
    told = told.filter(retest__completion__person__in=here.exclude(knowledge="").values("person"))
    rows = RetestAnswer.objects.filter(result__in=told).select_related("result__retest__completion__person")
    found: dict[str, Objective] = {}
    lessons = defaultdict(set)
    for row in rows.order_by("result__retest__completion__person__name_order", "pk"):
        one = found.setdefault(row.objective, Objective(row.objective))
        one.answers += 1
        one.right += row.right
        one.rows.append((row.result.retest.completion.person, row.result.on, row.right))
        if row.lesson_key:
            lessons[row.objective].add(row.lesson_key)
    keys = set().union(*lessons.values())
    pages = LessonPage.objects.live().filter(translation_key__in=keys).defer("body").order_by("-locale_id")
    by_key = {page.translation_key: page for page in pages}
    for name, one in found.items():
        one.lessons = {key: by_key[key] for key in lessons[name] if key in by_key}
    enough = [one for one in found.values() if one.answers >= FEWEST_ANSWERS]
    return sorted(enough, key=lambda one: (Fraction(one.right, one.answers), natural(one.name)))


@require_safe
@reading_people
def forgotten(request, requirement, code) -> HttpResponse:
    """For who may see the names: answers counted day by day and unit by unit would tell of one person."""
    query = read_query(request.reader, requirement, code, request.GET)
    answer = coverage_for(query, request.reader)
    listed = objectives(query, answer)
    course = course_by_key(version.of(request), SOURCE_LANGUAGE, query.rule.course_key) if query.rule else None
    for one in listed:
        one.words = course.objective_in_words(one.name) if course else ""
    if listed:
        people = {person.pk for one in listed for person, _on, _right in one.rows}
        record(Act.SAW_PEOPLE, request.user, unit=answer.places.unit.pk, on=answer.as_of, count=len(people))
    frame = frame_context(query, answer.places.unit, request.reader)
    context = {
        **frame,
        "trail": [*frame["trail"], (frame["unit"].name, query.address())],
        "objectives": listed,
        "fewest": FEWEST_ANSWERS,
    }
    return render(request, "reports/forgotten.html", context)
