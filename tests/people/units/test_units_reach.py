"""The path rule on maps small enough to see at a glance: units are numbers, 1 is the province."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.units.reach import Handover, Map, ReachCycle, Span

START = date(2020, 1, 1)
FIRST, SECOND = date(2025, 1, 1), date(2025, 7, 1)
DAY = timedelta(days=1)


def unit(number, parent=None, start=START, end=None, code=None, name=None):
    return Span(number, code or str(number), name or f"đơn vị {number}", parent, start, end)


def old(number, parent=None, until=FIRST, **rest):
    return unit(number, parent, end=until - DAY, **rest)


def counts(drawn, number, day):
    return drawn.path(number, day).path


def test_a_unit_counts_at_itself_and_under_all_above_it():
    drawn = Map([unit(1), unit(2, 1), unit(3, 2)], [])
    assert counts(drawn, 3, FIRST) == (3, 2, 1)


def test_a_unit_does_not_count_before_its_first_day():
    drawn = Map([unit(1), unit(2, 1, start=FIRST)], [])
    assert counts(drawn, 2, FIRST - DAY) == ()
    assert counts(drawn, 2, FIRST) == (2, 1)


def test_a_merged_unit_counts_at_its_successor_from_that_day_on():
    drawn = Map([unit(1), old(2, 1), unit(3, 1)], [Handover(2, 3, FIRST)])
    assert counts(drawn, 2, FIRST - DAY) == (2, 1)
    assert counts(drawn, 2, FIRST) == (3, 1)


def test_two_reforms_are_composed():
    units = [unit(1), old(2, 1), old(3, 1, until=SECOND), unit(4, 1, start=SECOND)]
    drawn = Map(units, [Handover(2, 3, FIRST), Handover(3, 4, SECOND)])
    assert [counts(drawn, 2, day) for day in (START, FIRST, SECOND)] == [(2, 1), (3, 1), (4, 1)]


def test_the_heir_of_a_split_takes_everything():
    drawn = Map([unit(1), old(2, 1), unit(3, 1), unit(4, 1)], [Handover(2, 3, FIRST), Handover(2, 4, FIRST, heir=True)])
    assert drawn.path(2, FIRST).path == (4, 1)
    assert not drawn.path(2, FIRST).undivided


def test_a_split_without_heir_counts_at_the_nearest_common_ancestor_as_undivided():
    units = [unit(1), unit(5, 1), old(2, 5), unit(3, 5), unit(4, 5)]
    drawn = Map(units, [Handover(2, 3, FIRST), Handover(2, 4, FIRST)])
    assert drawn.path(2, FIRST).path == (5, 1)
    assert drawn.path(2, FIRST).undivided
    assert not drawn.path(2, FIRST - DAY).undivided


def test_parts_in_two_districts_meet_at_the_province():
    units = [unit(1), unit(5, 1), unit(6, 1), old(2, 5), unit(3, 5), unit(4, 6)]
    drawn = Map(units, [Handover(2, 3, FIRST), Handover(2, 4, FIRST)])
    assert drawn.path(2, FIRST).path == (1,)


def test_parts_without_a_common_ancestor_leave_it_with_the_parent():
    units = [unit(1), unit(9), old(2, 1), unit(3, 1), unit(4, 9)]
    drawn = Map(units, [Handover(2, 3, FIRST), Handover(2, 4, FIRST)])
    assert drawn.path(2, FIRST).path == (1,)
    assert drawn.path(2, FIRST).undivided


def test_a_split_is_over_when_its_parts_become_one_unit():
    units = [unit(1), old(2, 1), old(3, 1, until=SECOND), old(4, 1, until=SECOND), unit(5, 1, start=SECOND)]
    halves = [Handover(2, 3, FIRST), Handover(2, 4, FIRST)]
    drawn = Map(units, [*halves, Handover(3, 5, SECOND), Handover(4, 5, SECOND)])
    assert drawn.path(2, FIRST).path == (1,)
    assert drawn.path(2, SECOND).path == (5, 1)
    assert not drawn.path(2, SECOND).undivided


def test_an_abolished_unit_without_successor_counts_at_its_parents_successor():
    units = [old(1, until=SECOND), old(2, 1, until=FIRST), unit(7, start=SECOND)]
    drawn = Map(units, [Handover(1, 7, SECOND)])
    assert counts(drawn, 2, FIRST) == (1,)
    assert counts(drawn, 2, SECOND) == (7,)


def test_a_commune_follows_its_district_into_another():
    drawn = Map([unit(1), old(5, 1), unit(6, 1), unit(2, 5)], [Handover(5, 6, FIRST)])
    assert counts(drawn, 2, FIRST - DAY) == (2, 5, 1)
    assert counts(drawn, 2, FIRST) == (2, 6, 1)


def test_a_commune_under_an_undivided_district_is_itself_not_undivided():
    drawn = Map(
        [unit(1), old(5, 1), unit(6, 1), unit(7, 1), unit(2, 5)], [Handover(5, 6, FIRST), Handover(5, 7, FIRST)]
    )
    assert drawn.path(2, FIRST).path == (2, 1)
    assert not drawn.path(2, FIRST).undivided


def test_touching_spans_of_one_code_and_name_are_one_unit_that_changed_its_parent():
    units = [unit(1), unit(5, 1), unit(6, 1)]
    units += [old(2, 5, code="A", name="Xã Lăng"), unit(3, 6, start=FIRST, code="A", name="Xã Lăng")]
    drawn = Map(units, [])
    assert drawn.goes_on(2) == 3
    assert counts(drawn, 2, FIRST) == (3, 6, 1)


@pytest.mark.parametrize(("name", "start"), [("Xã Khác", FIRST), ("Xã Lăng", FIRST + DAY)])
def test_a_code_passed_to_another_unit_takes_nobody_along(name, start):
    units = [unit(1), old(2, 1, code="A", name="Xã Lăng"), unit(3, 1, start=start, code="A", name=name)]
    assert counts(Map(units, []), 2, FIRST + DAY) == (1,)


def test_a_piece_given_away_in_life_says_nothing_about_the_end():
    units = [unit(1), old(2, 1, until=SECOND), unit(3, 1)]
    drawn = Map(units, [Handover(2, 3, FIRST)])
    assert counts(drawn, 2, FIRST) == (2, 1)
    assert counts(drawn, 2, SECOND) == (1,)


def test_stretches_follow_each_other_without_gap_and_only_break_where_something_changes():
    units = [unit(1), old(2, 1), unit(3, 1), old(4, 1, until=SECOND), unit(5, 1)]
    drawn = Map(units, [Handover(2, 3, FIRST), Handover(4, 5, SECOND)])
    assert [(s.start, s.end, s.path) for s in drawn.stretches(2)] == [
        (START, FIRST - DAY, (2, 1)),
        (FIRST, None, (3, 1)),
    ]


def test_a_ring_of_parents_is_refused_by_name():
    drawn = Map([unit(1, 2, code="A"), unit(2, 3, code="B"), unit(3, 1, code="C")], [])
    with pytest.raises(ReachCycle, match="A → B → C → A"):
        drawn.path(1, FIRST)


def test_a_ring_of_successors_is_refused():
    with pytest.raises(ReachCycle):
        Map([old(1), old(2)], [Handover(1, 2, FIRST), Handover(2, 1, FIRST)]).path(1, FIRST)


def test_a_ring_is_a_ring_only_on_the_days_on_which_it_closes():
    units = [unit(1), old(2, 1), unit(3, 2, start=START), unit(4, 3, start=FIRST)]
    drawn = Map(units, [Handover(2, 4, FIRST)])
    with pytest.raises(ReachCycle):
        drawn.path(3, FIRST)  # 3 stands under 2, which became 4, which stands under 3
    assert counts(drawn, 3, FIRST - DAY) == (3, 2, 1)


@st.composite
def maps(draw):
    """Parents are earlier units, successors later ones that exist: what an import lets in."""
    days = [START + timedelta(days=30 * step) for step in range(8)]
    spans = [Span(0, "0", "gốc", None, START, None)]
    for number in range(1, draw(st.integers(2, 12))):
        start = draw(st.sampled_from(days))
        parents = [s.id for s in spans if s.start <= start and (s.end is None or start <= s.end)]
        end = draw(st.none() | st.sampled_from([day - DAY for day in days if day > start] or [None]))
        spans.append(Span(number, str(number), str(number), draw(st.sampled_from(parents)), start, end))
    handovers = []
    for span in spans:
        on = span.end + DAY if span.end else None
        later = [s.id for s in spans if on and s.id > span.id and s.start <= on and (s.end is None or on <= s.end)]
        chosen = draw(st.lists(st.sampled_from(later), unique=True, max_size=3)) if later else []
        heir = draw(st.sampled_from([None, *chosen]))
        handovers += [Handover(span.id, new, on, new == heir) for new in chosen]
    return spans, handovers


@given(maps(), st.integers(0, 300))
def test_on_any_day_a_living_unit_has_one_path_to_a_root_and_rows_never_overlap(map_history, days):
    spans, handovers = map_history
    drawn, day = Map(spans, handovers), START + timedelta(days=days)
    try:
        rows = list(drawn.rows())
    except ReachCycle:
        return  # a successor below what it succeeds; an import refuses it
    on_the_day = [row for row in rows if row.start <= day and (row.end is None or day <= row.end)]
    for span in spans:
        path = [row.ancestor for row in sorted(on_the_day, key=lambda row: row.depth) if row.unit == span.id]
        if span.start <= day:
            assert path, "everybody counts somewhere, since the root never ends"
            assert path[-1] == 0
            assert len(path) == len(set(path))
        else:
            assert not path
        if span.start <= day and (span.end is None or day <= span.end):
            assert path[0] == span.id
    assert len({(row.unit, row.depth) for row in on_the_day}) == len(on_the_day)


@given(maps(), st.integers(0, 300))
def test_the_answer_does_not_depend_on_what_was_asked_before(map_history, days):
    spans, handovers = map_history
    day = START + timedelta(days=days)
    warm, cold = Map(spans, handovers), Map(spans, handovers)
    try:
        list(warm.rows())
    except ReachCycle:
        return
    for span in spans:
        assert warm.path(span.id, day)[2:] == cold.path(span.id, day)[2:]
