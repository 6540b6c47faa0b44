"""Small cells: what is left out, and that nobody works it out, by chance, by algebra, or by knowing the rule."""

from collections import defaultdict
from datetime import date
from itertools import permutations

import pytest
from attacker import Attacker, reads
from small_provinces import DUTY, PROVINCE, Year, everywhere, grouped, province

from courses.month_ends.suppression import Cell, Node, suppressed


def line(*cells, hidden=(), order=lambda key: f"{key[0]:03}") -> list[int] | None:
    """The communes that are only in the line of the province; None where nothing is told of the province."""
    told = suppressed(province(*cells), [PROVINCE], [(unit, False) for unit in hidden], order)
    return None if PROVINCE in told.closed else sorted(unit for unit, _direct in told.lines[PROVINCE])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # nobody is small: nothing is hidden; nobody at all is nobody to hide
        ([(5, 0), (9, 9)], []),
        ([(0, 0), (9, 3)], []),
        # two small ones with five people hide each other
        ([(2, 0), (3, 1), (30, 9)], [1, 2]),
        # one alone, and two with four people, take another along
        ([(2, 0), (30, 9), (40, 9)], [1, 2]),
        ([(2, 0), (2, 1), (30, 9), (40, 1)], [1, 2, 3]),
        # four each, or one each, would be known
        ([(4, 0), (4, 1), (30, 9), (40, 1)], [1, 2, 3]),
        ([(1, 0), (1, 1), (1, 0), (1, 0), (1, 0), (40, 1)], [1, 2, 3, 4, 5, 6]),
        # whom an excuse leaves is told of by nobody
        ([(0, 0, 2), (3, 1), (30, 9), (40, 1)], [1, 2, 3]),
        # only the total, or not even that
        ([(3, 0), (9, 1)], [1, 2]),
        ([(4, 0), (4, 1)], None),
        ([(3, 1), (1, 1)], None),
        ([(3, 1)], None),
    ],
)
def test_small_units_are_hidden_with_as_many_others_as_it_takes(cells, expected):
    assert line(*cells) == expected


def test_a_unit_that_was_small_this_year_stays_hidden():
    assert line((20, 3), (30, 9), (40, 1), hidden=[2]) == [1, 2]
    told = suppressed(province((3, 1), (30, 9), (40, 1)), [PROVINCE], (), str)
    assert {unit for unit, _direct in told.kept} == {1, 2}


def test_completed_are_not_told_where_nobody_or_everybody_has_completed():
    for completed in (0, 1):
        told = suppressed(province((3, 3 * completed), (4, 4 * completed), (30, 9)), [PROVINCE], ())
        assert told.blurred == {PROVINCE}
    assert suppressed(province((3, 1), (4, 0), (30, 9)), [PROVINCE], ()).blurred == frozenset()


def test_what_is_hidden_below_goes_up_until_it_hides():
    """A commune whose two schools have four each tells not even its total, and neither does who has one child."""
    nodes = {
        PROVINCE: Node(Cell(100, 20), ((1, False), (2, False), (3, False))),
        (1, False): Node(Cell(8, 3), ((11, False), (12, False))),
        (2, False): Node(Cell(42, 8)),
        (3, False): Node(Cell(50, 9)),
        (11, False): Node(Cell(4, 1)),
        (12, False): Node(Cell(4, 2)),
    }
    told = suppressed(nodes, [PROVINCE], (), str)
    assert told.closed == {(1, False), (2, False), (11, False), (12, False)}
    assert told.partial == {PROVINCE}


def test_people_posted_twice_do_not_let_the_total_bound_the_parts():
    """Four in one commune, all of them among the five of another: at most five in all would fix both."""
    nodes = province((4, 1), (5, 1), (5, 3)) | {}
    nodes[PROVINCE] = Node(Cell(5, 3), nodes[PROVINCE].children)
    assert line_of_province(nodes) == {1, 2, 3}


def line_of_province(nodes) -> set[int]:
    return {unit for unit, _direct in suppressed(nodes, [PROVINCE], (), str).lines[PROVINCE]}


# --- who knows the rule


def published(cells: tuple, order: tuple[int, ...]):
    told = suppressed(province(*cells), [PROVINCE], (), lambda key: f"{order[key[0] - 1]:03}")
    if PROVINCE in told.closed:
        return None
    hidden = frozenset(unit for unit, _direct in told.lines[PROVINCE])
    people, done = (sum(cell[n] for cell in cells) for n in (0, 1))
    shown = tuple(cell for unit, cell in enumerate(cells, 1) if unit not in hidden)
    return hidden, shown, people, None if PROVINCE in told.blurred else done


def unhidden(units: int, most: int) -> list:
    """What is published of any province of so many communes that would fix a hidden count, for somebody who knows the
    rule and has gone through all provinces, but does not know the secret order."""
    possible: dict = defaultdict(lambda: [(set(), set()) for _unit in range(units)])
    for cells in everywhere(units, most):
        for order in permutations(range(units)):
            for (required, completed), (people, done) in zip(possible[published(cells, order)], cells, strict=True):
                required.add(people)
                completed.add(done)
    return [
        what
        for what, of_units in possible.items()
        if what is not None and any(len(counts) < 2 for unit in what[0] for counts in of_units[unit - 1])
    ]


def test_who_knows_the_rule_knows_no_hidden_count():
    """Exhaustive: whatever is published of three communes fits another number of required, and of completed, too."""
    assert unhidden(3, 11) == []


@pytest.mark.soak
@pytest.mark.parametrize(("units", "most"), [(3, 18), (4, 12)])
def test_who_knows_the_rule_knows_no_hidden_count_of_larger_provinces(units, most):
    assert unhidden(units, most) == []


# --- who solves equations


def as_published(row) -> dict:
    return {
        "requirement": row.requirement_id,
        "day": row.day,
        "unit": row.unit_id,
        "direct": row.direct,
        "parent": row.parent_id,
        "figures": row.figures,
        "line": row.line,
    }


def worked_out(rows: list[dict], small=None) -> list:
    """The counts of closed units that somebody found who reads everything published, and who believes of the lowest
    ones, where it is so (`small`), that they are of one to four people."""
    closed = {(row["requirement"], row["day"], row["unit"], row["direct"]) for row in rows if row["figures"] is None}
    hidden = {("completed", *name) for name in closed}
    hidden |= {("required", DUTY[requirement], *name) for requirement, *name in closed}
    # no equation holds across days or across duties
    found: set = set()
    for of_a_day in grouped(rows, lambda row: (row["day"], DUTY[row["requirement"]])):
        found |= set(reads(of_a_day, duty_of=DUTY.get).found())
    for of_a_day in grouped(rows, lambda row: (row["day"], row["requirement"])):
        parents = {row["parent"] for row in of_a_day if not row["direct"]}
        lowest = [row for row in of_a_day if row["figures"] is None and (row["direct"] or row["unit"] not in parents)]
        if small and all(small[row["requirement"], row["day"], row["unit"], row["direct"]] for row in lowest):
            found |= set(reads(of_a_day, all_are_small=True, duty_of=DUTY.get).found())
    return sorted(found & hidden)


def test_the_attacker_works_out_what_stands_unhidden():
    """So that her finding nothing means something: 4 + 4, one hidden alone, nobody of a sum, and elimination."""
    attacker = Attacker()
    attacker.learns(["a", "b"], 8)
    attacker.low["a"] = attacker.low["b"] = 1
    attacker.high["a"] = attacker.high["b"] = 4
    attacker.learns(["c", "d", "e"], 9)
    attacker.learns(["d", "e"], 7)
    attacker.learns(["f", "g"], 0)
    attacker.learns(["h", "i"], 5)
    attacker.learns(["h"], 1, minus=["i"])
    attacker.learns(["j", "k"], 5)
    assert attacker.found() == {"a": 4, "b": 4, "c": 2, "f": 0, "g": 0, "h": 3, "i": 2}


def test_the_attacker_reads_what_is_published_without_a_rule():
    told = {"required": 9, "completed": 3, "unconfirmed_units": 0}
    row = {"requirement": 1, "day": date(2026, 1, 31), "direct": False, "line": None}
    rows = [
        {**row, "unit": 0, "parent": None, "figures": told},
        {**row, "unit": 1, "parent": 0, "figures": {**told, "required": 7, "completed": 2}},
        {**row, "unit": 2, "parent": 0, "figures": None},
    ]
    assert len(worked_out(rows)) == 2


def attack(seeds) -> dict[int, list]:
    """By seed the hidden counts that she found."""
    found = {}
    for seed in seeds:
        year = Year(seed)
        if worked := worked_out([as_published(row) for row in year.rows()], year.small):
            found[seed] = worked
    return found


def test_nobody_works_out_a_hidden_count_from_all_that_is_published():
    assert attack(range(60)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("thousand", range(10))
def test_nobody_works_out_a_hidden_count_in_ten_thousand_tries(thousand):
    assert attack(range(1000 * thousand, 1000 * (thousand + 1))) == {}
