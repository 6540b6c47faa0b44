"""What everybody may read of: nothing that is hidden, not even from who knows any one of the hidden units."""

from collections import defaultdict
from itertools import permutations, product
from random import Random

import pytest
from attacker import Attacker
from small_provinces import DUTY, PROVINCE, Year, grouped, province

from courses.month_ends.public_cells import public_of
from courses.month_ends.suppression import FEWEST, suppressed


def public(*cells, before=(), order=lambda key: f"{key[0]:03}"):
    """(communes that are shown, those that are withheld, whether the total is)."""
    nodes = province(*cells)
    communes = [key for key in nodes if key != PROVINCE]
    told = suppressed(nodes, [PROVINCE], (), order)
    found = public_of(nodes, told, PROVINCE, communes, [(unit, False) for unit in before], order)
    return sorted(unit for unit, _ in found.shown), sorted(unit for unit, _ in found.withheld), found.total


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # nobody is small
        ([(5, 0), (9, 9)], ([1, 2], [], True)),
        # who knows one of two small ones would know the other: a third is withheld
        ([(2, 0), (3, 1), (30, 9), (40, 1)], ([], [1, 2, 3, 4], True)),
        ([(4, 1), (4, 1), (3, 1), (30, 9), (40, 1)], ([5], [1, 2, 3, 4], True)),
        # four of which any three are ten
        ([(3, 1), (3, 1), (4, 2), (4, 2), (30, 9)], ([5], [1, 2, 3, 4], True)),
        # without the fourth the others are four each
        ([(4, 1), (4, 1), (4, 1), (30, 9), (40, 1)], ([], [1, 2, 3, 4, 5], True)),
        # whoever knows the third knows that of the others nobody has completed
        ([(3, 0), (3, 0), (4, 0), (4, 1), (30, 9)], ([5], [1, 2, 3, 4], False)),
        # nobody is left to hide them
        ([(3, 1), (30, 9)], ([], [1, 2], False)),
        ([(3, 1)], ([], [], False)),
    ],
)
def test_further_communes_are_withheld_until_nobody_who_knows_one_knows_another(cells, expected):
    assert public(*cells) == expected


def test_what_was_withheld_this_year_stays_withheld():
    assert public((20, 3), (30, 9), (40, 1), (50, 2), before=[2]) == ([4], [1, 2, 3], True)


# --- who knows one unit


def known_from_inside(cells, found, withheld) -> list:
    """The hidden cells that the head of one withheld commune works out from the public page, by algebra."""
    shown, hidden, total = found
    worked_out = []
    for own in [*hidden, None]:
        attacker = Attacker()
        for which in (0, 1):
            if total:
                attacker.learns([(which, unit) for unit in range(1, len(cells) + 1)], sum(c[which] for c in cells))
            for unit in [*shown, *([own] if own else [])]:
                attacker.learns([(which, unit)], cells[unit - 1][which])
        attacker.within += [((1, unit), (0, unit)) for unit in range(1, len(cells) + 1)]
        known = attacker.found()
        worked_out += [(own, name) for name in known if name[1] in withheld and name[1] != own]
    return worked_out


def test_no_head_of_one_commune_works_out_another_one():
    """Of some hundred provinces of three to eight communes, most of them small."""
    random, tried = Random(7), 0
    for _province in range(400):
        required = [random.choice([random.randint(0, 6), random.randint(5, 30)]) for _ in range(random.randint(3, 8))]
        cells = [(people, random.randint(0, people)) for people in required]
        found = public(*cells)
        tried += bool(found[1] and found[2])
        assert known_from_inside(cells, found, found[1]) == [], (cells, found)
    assert tried > 100


def test_who_knows_the_rule_and_one_commune_knows_no_other():
    """Exhaustive, of how many are required: whatever is shown of four communes with up to eighteen people, and whatever
    the own one has, each other one that is withheld fits several numbers; she does not know the secret order."""
    possible: dict = defaultdict(lambda: defaultdict(set))
    orders = [dict(enumerate(order, 1)) for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2))]
    for required in product(range(17), repeat=4):
        if sum(required) > 18:
            continue
        cells = [(people, people // 2) for people in required]
        for order in orders:
            shown, withheld, total = public(*cells, order=lambda key, order=order: str(order[key[0]]))
            what = tuple(withheld), tuple(required[unit - 1] for unit in shown), sum(required) if total else None
            for own, other in permutations(withheld, 2):
                possible[what, own, required[own - 1]][other].add(required[other - 1])
    # without a total no province is too large, so these are not all that fit
    told = {key: of_units for key, of_units in possible.items() if key[0][2] is not None}
    assert len(told) > 50
    fixed = [(key, counts) for key, of_units in told.items() for counts in of_units.values() if len(counts) < 2]
    assert [one for one in fixed if min(one[1]) < FEWEST] == []


# --- a province over months, with schools, mergers and several requirements


def worked_out_inside(rows) -> list:
    """What the head of any one closed unit works out of another one, from all that is public on a day."""
    found = []
    for of_a_day in grouped(rows, lambda row: (row.day, DUTY[row.requirement_id])):
        closed = [row for row in of_a_day if row.figures is None or row.public is False]
        below = defaultdict(list)
        for row in of_a_day:
            if row.parent_id is not None:
                below[row.requirement_id, row.parent_id].append(row)
        for own in {(row.unit_id, row.direct) for row in closed} or {None}:
            attacker = Attacker()
            for row in of_a_day:
                children = [] if row.direct else below[row.requirement_id, row.unit_id]
                for what, name in names(row):
                    if children:
                        attacker.learns([name], 0, minus=[dict(names(child))[what] for child in children])
                    if row.public:
                        attacker.learns([name], row.figures[what])
                    if (row.unit_id, row.direct) == own and row.figures_before is not None:
                        attacker.learns([name], row.figures_before[what])
                (_, required), (_, completed) = names(row)
                attacker.within.append((completed, required))
            known = set(attacker.found())
            hidden = {name for row in closed if (row.unit_id, row.direct) != own for _what, name in names(row)}
            found += [(own, name) for name in known & hidden if not is_of_own(name, own, of_a_day)]
    return found


def names(row) -> list:
    place = row.day, row.unit_id, row.direct
    return [
        ("required", ("required", DUTY[row.requirement_id], *place)),
        ("completed", ("completed", row.requirement_id, *place)),
    ]


def is_of_own(name, own, rows) -> bool:
    """Whoever answers for a unit sees all below it too, schools of a commune as the province does, and a sum of nobody
    else.
    """
    *_rest, unit, direct = name
    above = {(row.unit_id, row.direct): row.parent_id for row in rows}
    place = above.get((unit, direct))
    while own is not None and place is not None:
        if place == own[0]:
            return True
        place = above.get((place, False))
    return False


class Remembered(Year):
    """The year's rows with the counts that they do not tell, as `figures_before`: what a head knows of her own unit."""

    def rows(self) -> list:
        self.counted: dict = {}
        made = super().rows()
        for row in made:
            figure = self.counted[row.requirement_id, row.day][row.unit_id, row.direct]
            row.figures_before = {"required": figure.required, "completed": figure.completed}
        return made

    def figures(self, duty, requirement, day):
        return self.counted.setdefault((requirement, day), super().figures(duty, requirement, day))


def attack(seeds) -> dict:
    return {seed: found for seed in seeds if (found := worked_out_inside(Remembered(seed).rows()))}


def test_nobody_who_knows_one_unit_works_out_another_from_all_that_is_public():
    assert attack(range(20)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("thousand", range(3))
def test_nobody_who_knows_one_unit_does_in_three_thousand_tries(thousand):
    assert attack(range(1000 * thousand, 1000 * (thousand + 1))) == {}


def test_the_public_reads_less_than_observers_and_never_of_a_small_unit():
    shown = 0
    for seed in range(20):
        for row in Remembered(seed).rows():
            if row.public:
                shown += 1
                assert row.figures["required"] >= FEWEST
                assert row.figures["completed"] is not None
                assert not row.closed
    assert shown > 200


def test_a_commune_that_was_withheld_is_not_shown_again_in_its_year():
    for seed in range(20):
        withheld = set()
        for row in sorted(Remembered(seed).rows(), key=lambda row: row.day):
            key = (row.requirement_id, row.unit_id, row.day.year)
            assert not (row.public and key in withheld)
            if row.public is False:
                withheld.add(key)
