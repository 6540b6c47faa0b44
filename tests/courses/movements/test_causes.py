"""Each person who counts otherwise on a second day has one cause, and the causes add up. Without a database."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from courses.movements.bridge import WHAT, bridge
from courses.movements.causes import Cause, Change, Frame, Side, cause_of
from courses.standing.spans import State

HERE, THERE, DUTY, OTHER_DUTY = 1, 2, 7, 8
STAYS = Frame((DUTY, DUTY), (frozenset([HERE]), frozenset([HERE])))
REFORM = Frame((DUTY, DUTY), (frozenset([HERE]), frozenset([HERE, THERE])))
LOSES = Frame((DUTY, DUTY), (frozenset([HERE, THERE]), frozenset([HERE])))
RULED = Frame((DUTY, OTHER_DUTY), STAYS.here, ruled_anew=True)

HELD, ELSEWHERE = Side("not_started", frozenset([(HERE, DUTY)])), Side(None, frozenset([(THERE, DUTY)]))
IDLE, NOBODY = Side(None, frozenset([(HERE, 0)])), Side()
RENAMED = Side("overdue", frozenset([(HERE, DUTY), (HERE, OTHER_DUTY)]))


@pytest.mark.parametrize(
    ("before", "after", "frame", "cause"),
    [
        (NOBODY, HELD, STAYS, Cause.CAME),
        (ELSEWHERE, HELD, STAYS, Cause.CAME),
        (IDLE, HELD, STAYS, Cause.GIVEN),
        (ELSEWHERE, HELD, REFORM, Cause.REFORMED),
        (Side(None, RENAMED.posts), RENAMED, RULED, Cause.RULE),
        (HELD, NOBODY, STAYS, Cause.LEFT),
        (HELD, ELSEWHERE, STAYS, Cause.LEFT),
        (HELD, IDLE, STAYS, Cause.TAKEN),
        (Side("expired", frozenset([(THERE, DUTY)])), ELSEWHERE, LOSES, Cause.REFORMED),
        (HELD, Side(None, HELD.posts), RULED, Cause.RULE),
    ],
)
def test_who_begins_or_ceases_to_count(before, after, frame, cause):
    assert cause_of(Change(before, after), frame) == cause


@pytest.mark.parametrize(
    ("before", "after", "change", "cause"),
    [
        ("overdue", "excused", {}, Cause.EXCUSED),
        ("excused", "completed", {}, Cause.BACK),
        ("not_started", "completed", {}, Cause.COMPLETED),
        ("expired", "completed", {"voided": True}, Cause.COMPLETED),
        ("completed", "expired", {}, Cause.LAPSED),
        ("completed", "expired", {"voided": True, "lapsed_anyway": True}, Cause.LAPSED),
        ("completed", "expired", {"voided": True}, Cause.VOIDED),
        ("completed", "overdue", {"voided": True, "lapsed_anyway": True}, Cause.VOIDED),
        ("expired", "not_started", {"voided": True, "lapsed_anyway": True}, Cause.VOIDED),
        ("in_progress", "overdue", {"voided": True}, Cause.LATE),
        ("in_progress", "not_started", {"voided": True}, Cause.VOIDED),
        ("overdue", "in_progress", {}, Cause.MOVED),
        ("not_started", "in_progress", {}, Cause.STARTED),
        # made and lapsed between the days
        ("not_started", "expired", {}, Cause.LAPSED),
        ("overdue", "expired", {"voided": True}, Cause.LAPSED),
        ("not_started", "not_started", {}, None),
    ],
)
def test_who_counts_on_both_days_in_another_state(before, after, change, cause):
    posts = HELD.posts
    assert cause_of(Change(Side(before, posts), Side(after, posts), **change), STAYS) == cause


@pytest.mark.parametrize(("kept", "cause"), [("completed", Cause.RULE), (None, Cause.RULE), ("expired", Cause.LAPSED)])
def test_a_new_rule_is_the_cause_where_by_the_old_one_nothing_had_changed(kept, cause):
    change = Change(Side("completed", HELD.posts), Side("expired", HELD.posts), kept=kept)
    assert cause_of(change, RULED) == cause


@pytest.mark.parametrize(
    ("before", "kept", "after"),
    [
        # completed between the days, by the old law
        ("not_started", "completed", "expired"),
        # the new rule asks for another course
        ("expired", "completed", "overdue"),
    ],
)
def test_a_new_rule_is_the_cause_where_only_by_it_what_was_completed_between_counts_no_more(before, kept, after):
    change = Change(Side(before, HELD.posts), Side(after, HELD.posts), kept=kept)
    assert cause_of(change, RULED) == Cause.RULE


STATES = some.none() | some.sampled_from([state.value for state in State])
POSTS = some.frozensets(some.tuples(some.integers(1, 3), some.sampled_from([0, DUTY, OTHER_DUTY])), max_size=3)
SIDES = some.builds(Side, STATES, POSTS)
UNITS = some.frozensets(some.integers(1, 3))
DUTIES = some.none() | some.sampled_from([DUTY, OTHER_DUTY])
FRAMES = some.builds(Frame, some.tuples(DUTIES, DUTIES), some.tuples(UNITS, UNITS), some.booleans())
CHANGES = some.builds(Change, SIDES, SIDES, STATES, some.booleans(), some.booleans())


@given(frame=FRAMES, changes=some.lists(CHANGES, max_size=30))
def test_whatever_happened_everybody_has_one_cause_and_every_sum_closes(frame, changes):
    turns = [(cause_of(one, frame), (one.before.state, one.after.state)) for one in changes]
    assert all((cause is None) == (turn[0] == turn[1]) for cause, turn in turns)
    first, last = (Counter(turn[which] for _cause, turn in turns if turn[which]) for which in (0, 1))
    told = bridge(first, last, Counter((cause, turn) for cause, turn in turns if cause))
    assert told.closes()
    assert told.people == sum(turn[0] != turn[1] for _cause, turn in turns)
    for what, states in WHAT.items():
        brought = sum(line.brought(states) for line in told.lines)
        took = sum(line.took(states) for line in told.lines)
        assert told.start(states) + brought - took == told.end(states), what


def test_a_person_too_many_is_noticed():
    assert not bridge({"overdue": 1}, {"overdue": 2}, {}).closes()
