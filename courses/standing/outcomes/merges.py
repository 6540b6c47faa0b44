"""What is told of courses when two records are compared, and what merging them does to the figures of today."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.completions.completion import Completion
from courses.content.course import CoursePage
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse, Requirement
from courses.standing.facts import PersonFacts, facts_of_people, rules_by_requirement
from courses.standing.spans import State, covers, spans
from people.merging.comparing import Said, compares, foresees
from people.persons.user import User
from people.times import today


@compares
def completed(people: Sequence[User]) -> dict[int, Said]:
    told: dict[int, list[str]] = defaultdict(list)
    titles = dict(CoursePage.objects.order_by("-locale_id").values_list("key", "title"))
    rows = Completion.objects.current().filter(person__in=people).order_by("-completed_on", "pk")
    for person, key, day in rows.values_list("person", "course_key", "completed_on"):
        told[person].append(f"{titles.get(key, key)}, {date_format(day, 'd/m/Y')}")
    return {person: Said(_("Hoàn thành"), tuple(facts)) for person, facts in told.items()}


@compares
def lessons(people: Sequence[User]) -> dict[int, Said]:
    rows = LessonSeen.objects.filter(person__in=people).order_by().values("person").annotate(n=Count("pk"))
    return {
        person: Said(_("Mục đã đọc"), (_("%(n)d mục") % {"n": n},)) for person, n in rows.values_list("person", "n")
    }


@compares
def excused(people: Sequence[User]) -> dict[int, Said]:
    told: dict[int, list[str]] = defaultdict(list)
    rows = Excuse.objects.current().filter(person__in=people).select_related("requirement").order_by("start", "pk")
    for one in rows:
        told[one.person_id].append(f"{one.requirement}, {_('từ %(day)s') % {'day': date_format(one.start, 'd/m/Y')}}")
    return {person: Said(_("Được miễn"), tuple(facts)) for person, facts in told.items()}


@foresees
def figures(gone: User, stays: User) -> list[str]:
    """By requirement that counts at least one of them today."""
    facts = facts_of_people([gone.pk, stays.pk])
    apart = [facts.get(person.pk, PersonFacts()) for person in (gone, stays)]
    names = dict(Requirement.objects.order_by("key").values_list("pk", "name"))
    rules = rules_by_requirement()
    said = []
    for key, name in names.items():
        before = [state for one in apart if (state := _state(rules.get(key, []), one, key))]
        after = _state(rules.get(key, []), _together(*apart), key)
        if before and after:
            words = _("%(requirement)s, hôm nay: đang tính %(n)d người (%(before)s); sau khi gộp 1 người (%(after)s).")
            states = ", ".join(str(State(state).label) for state in before)
            params = {"requirement": name, "n": len(before), "before": states, "after": State(after).label}
            said.append(words % params)
    return said


def _state(rules, facts: PersonFacts, requirement: int) -> str:
    """Of today; "" where she is not asked."""
    found = [span for span in spans(rules, facts.facts_towards(requirement)) if covers(span, today())]  # type: ignore[arg-type]
    return found[0].state if found else ""


def _together(one: PersonFacts, other: PersonFacts) -> PersonFacts:
    both = PersonFacts([*one.postings, *other.postings], completions=[*one.completions, *other.completions])
    for facts in (one, other):
        for key, excuses in facts.excuses.items():
            both.excuses.setdefault(key, []).extend(excuses)
        for key, days in facts.extensions.items():
            both.extensions.setdefault(key, []).extend(days)
        for which, retests in facts.retests.items():
            both.retests.setdefault(which, []).extend(retests)
        for mine, theirs in ((both.first_seen, facts.first_seen), (both.first_passed, facts.first_passed)):
            for course, day in theirs.items():
                mine[course] = min(day, mine.get(course, day))
    return both
