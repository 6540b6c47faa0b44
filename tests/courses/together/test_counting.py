"""Several requirements in one figure: a person counts once, whatever asks her. Without a database."""

from hypothesis import given
from hypothesis import strategies as some

from courses.standing.spans import State
from courses.together.counting import Asked, Counts, Outcome, counted, outcomes

ONE, OTHER, HERE, THERE = 1, 2, 7, 8


def told(*rows):
    return counted(outcomes([Asked(*row) for row in rows], lambda row: ["all"])["all"].values())


def test_who_completed_all_some_or_none_of_what_is_asked_of_her():
    assert told((ONE, 1, HERE, "completed"), (OTHER, 1, HERE, "completed")) == Counts(all=1)
    assert told((ONE, 1, HERE, "completed"), (OTHER, 1, HERE, "overdue")) == Counts(some=1)
    assert told((ONE, 1, HERE, "expired"), (OTHER, 1, HERE, "in_progress")) == Counts(none=1)
    assert told((ONE, 1, HERE, "completed")) == Counts(all=1)


def test_who_is_excused_of_one_is_asked_the_other_and_who_is_excused_of_all_stands_outside():
    assert told((ONE, 1, HERE, "excused"), (OTHER, 1, HERE, "completed")) == Counts(all=1)
    assert told((ONE, 1, HERE, "excused"), (OTHER, 1, HERE, "not_started")) == Counts(none=1)
    assert told((ONE, 1, HERE, "excused"), (OTHER, 1, HERE, "excused")) == Counts(excused=1)


def test_two_postings_count_once_and_a_group_knows_only_what_is_asked_in_it():
    rows = [Asked(ONE, 1, HERE, "completed"), Asked(ONE, 1, THERE, "completed"), Asked(OTHER, 1, THERE, "overdue")]
    by_unit = outcomes(rows, lambda row: [row.unit, "all"])
    assert by_unit == {HERE: {1: Outcome.ALL}, THERE: {1: Outcome.SOME}, "all": {1: Outcome.SOME}}


STATES = some.sampled_from([state.value for state in State])


@given(some.dictionaries(some.tuples(some.integers(1, 3), some.integers(1, 6)), STATES, max_size=18))
def test_the_parts_add_up_to_whoever_is_asked_anything(standings):
    rows = [Asked(requirement, person, HERE, state) for (requirement, person), state in standings.items()]
    counts = counted(outcomes(rows, lambda row: ["all"]).get("all", {}).values())
    asked = {row.person for row in rows if row.state != State.EXCUSED}
    assert counts.required == len(asked)
    assert counts.required + counts.excused == len({row.person for row in rows})
    lacking = {row.person for row in rows if row.state not in (State.EXCUSED, State.COMPLETED)}
    assert counts.all == len(asked - lacking)
