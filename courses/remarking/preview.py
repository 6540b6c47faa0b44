"""What marking again would do, before it is decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from courses.questions.kinds.kind import kind
from courses.questions.versions import QuestionVersion
from courses.remarking.consequences import LostPass, Unearned, unearned
from courses.remarking.marked_by import Keys, Outcome, attempts_marked_by, keys_of, outcomes
from people.persons.merges import one_person
from people.persons.user import User

# people that the page names of each kind
NAMED = 100


@dataclass(frozen=True)
class Waiting:
    """A question whose key was changed after people had answered it. `out_of_reach`: attempts at options that are no
    more, which no key in force can mark.
    """

    keys: Keys
    version: QuestionVersion
    attempts: int
    out_of_reach: int = 0

    @property
    def words(self) -> str:
        return str(self.version.frozen().text("text"))


def key_in_words(version: QuestionVersion) -> str:
    """What its key says is right."""
    question = version.frozen()
    module = kind(question.kind)
    order = module.choice_order(question.structure, None)
    given = module.answering(question, order, {"choices": list(question.key["right"])})["given"]
    return " · ".join(given)


def key_before(keys: Keys) -> str:
    """What the latest other key said is right, as far as answers by it can be marked again; one query."""
    rows = QuestionVersion.objects.filter(pk__in=keys.alike).order_by("-current_since", "-pk")
    before = rows.first()
    return key_in_words(before) if before else ""


def waiting(keys: Iterable[Keys] | None = None) -> list[Waiting]:
    """Of these questions (None: of all) those with the most attempts first; four queries for any number of them."""
    keys = list(keys_of() if keys is None else keys)
    counts, lost = attempts_marked_by(keys, alike=True), attempts_marked_by(keys, alike=False)
    wanted = [one for one in keys if counts.get(one.question_key) or lost.get(one.question_key)]
    versions = QuestionVersion.objects.in_bulk([one.in_force.pk for one in wanted])
    found = [
        Waiting(one, versions[one.in_force.pk], counts.get(one.question_key, 0), lost.get(one.question_key, 0))
        for one in wanted
    ]
    return sorted(found, key=lambda one: (-one.attempts, one.keys.in_force.pk))


def waiting_for(question_key: UUID) -> Waiting | None:
    """None where every answer stands marked by the key in force, or none was given."""
    [*keys] = keys_of([question_key])
    if not keys:
        return None
    counts, lost = (attempts_marked_by(keys, alike=alike).get(question_key, 0) for alike in (True, False))
    version = QuestionVersion.objects.get(pk=keys[0].in_force.pk)
    return Waiting(keys[0], version, counts, lost) if counts or lost else None


@dataclass
class Preview:
    """Attempts by what becomes of them; a re-test has no pass, and counts as one whose number of right ones changes."""

    attempts: int = 0
    same: int = 0
    up: int = 0
    down: int = 0
    retests: int = 0
    passing: list[Outcome] = field(default_factory=list)
    failing: list[Outcome] = field(default_factory=list)
    unearned: list[Unearned] = field(default_factory=list)
    # ids of everybody whose points change
    concerned: set[int] = field(default_factory=set)

    @property
    def changed(self) -> int:
        return self.up + self.down

    @property
    def certificates(self) -> int:
        return sum(one.has_certificate for one in self.unearned)


def preview(keys: Keys) -> Preview:
    """Six queries for any number of attempts."""
    found = Preview()
    for one in outcomes(keys):
        found.attempts += 1
        if not one.changes:
            found.same += 1
            continue
        found.concerned.add(one.person)
        found.up, found.down = found.up + (one.after > one.before), found.down + (one.after < one.before)
        if one.is_retest:
            found.retests += one.turns
        elif one.passed != one.passed_before:
            (found.passing if one.passed else found.failing).append(one)
    found.unearned = unearned(lost_pass(one) for one in found.failing)
    return found


def lost_pass(one: Outcome) -> LostPass:
    return LostPass(one.attempt, one.person, one.course_key, one.quiz_key, one.submitted_at)


def is_concerned(user: User, seen: Preview) -> bool:
    """Whether the points of the user's own attempts would change: then somebody else decides."""
    own = User.objects.filter(pk__in=one_person(user)).values_list("pk", flat=True)
    return bool(seen.concerned.intersection(own))


def named(outcomes: list[Outcome]) -> list[tuple[User, Outcome]]:
    """The first of them with their people, in the order of names; one query."""
    people = User.objects.in_bulk({one.person for one in outcomes})
    listed = [(people[one.person], one) for one in outcomes]
    return sorted(listed, key=lambda row: (row[0].name_order, row[1].attempt))[:NAMED]
