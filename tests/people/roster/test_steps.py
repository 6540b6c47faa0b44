"""What an act makes of a posting, without database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster.steps import DAY, CannotAct, Held, Kind, Order, steps_of

ON = date(2026, 3, 1)
HELD = Held(1, 10, "Công chức", date(2025, 7, 1), None, frozenset({5}), pk=7)


def said(steps):
    return [(one.new.unit, one.new.position, one.new.start, one.new.end, sorted(one.new.duties)) for one in steps]


def test_a_move_ends_one_and_begins_another_the_day_after():
    steps = steps_of(Order(Kind.MOVE, ON, unit=11), HELD)
    assert said(steps) == [
        (10, "Công chức", date(2025, 7, 1), date(2026, 2, 28), [5]),
        (11, "Công chức", ON, None, [5]),
    ]
    assert [step.old and step.old.pk for step in steps] == [7, None]


def test_a_duty_holds_from_its_day_and_before_all_stays():
    given_one, taken = (steps_of(Order(kind, ON, duty=duty), HELD) for kind, duty in [(Kind.GIVE, 6), (Kind.TAKE, 5)])
    assert [one[4] for one in said(given_one)] == [[5], [5, 6]]
    assert [one[4] for one in said(taken)] == [[5], []]
    assert said(steps_of(Order(Kind.GIVE, date(2025, 1, 1), duty=6), HELD)) == [
        (10, "Công chức", date(2025, 7, 1), None, [5, 6])
    ]


@pytest.mark.parametrize(
    "order",
    [
        Order(Kind.MOVE, date(2025, 7, 1), unit=11),
        Order(Kind.MOVE, ON, unit=10),
        Order(Kind.END, date(2025, 6, 30)),
        Order(Kind.GIVE, ON, duty=5),
        Order(Kind.TAKE, ON, duty=6),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(order):
    with pytest.raises(CannotAct) as refusal:
        steps_of(order, HELD)
    assert str(refusal.value).endswith(".")


days = st.dates(date(2025, 1, 1), date(2027, 1, 1))


@given(st.sampled_from(Kind.values), days, days, st.none() | days, st.sampled_from([10, 11]), st.sampled_from([5, 6]))
def test_on_every_day_somebody_is_in_one_place_and_days_before_the_act_stay(kind, on, start, end, unit, duty):
    if end is not None and end < start:
        start, end = end, start
    held = Held(1, 10, "", start, end, frozenset({5}), pk=7)
    try:
        steps = steps_of(Order(kind, on, unit=unit, duty=duty), held)
    except CannotAct:
        return
    made = [step.new for step in steps]
    spans = sorted((one.start, one.end or date.max) for one in made)
    assert all(first <= last for first, last in spans)
    assert all(last < later for (_start, last), (later, _end) in zip(spans, spans[1:], strict=False))
    assert min(one.start for one in made) == start
    if kind == Kind.END:
        assert made[-1].end == on
    else:
        assert spans[-1][1] == (end or date.max)
        before = [one for one in made if one.start < on]
        assert all((one.unit, one.duties) == (10, frozenset({5})) for one in before)
    assert all(later - last == DAY for (_s, last), (later, _e) in zip(spans, spans[1:], strict=False))
