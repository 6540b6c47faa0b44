"""Every number of `coverage` for generated provinces against the naive oracle: many days, maps, states of knowledge."""

import csv
import random
import re
from datetime import date, timedelta

import pytest
from installations import ROOT, SEEDED_ON
from oracle import World
from scenarios import REQUIREMENTS, scenario

TODAY = date(2026, 3, 4)
DAY = timedelta(days=1)
DATA = ROOT / "site" / "people" / "units" / "data"


def rows_of(name):
    with open(DATA / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def world_of_the_seed():
    world = World()
    world.run_units(date.fromisoformat(SEEDED_ON), rows_of("units.csv"), rows_of("successions.csv"))
    return world


def play(installation, story):
    """The scenario's files go to the product and, as rows, to the oracle; nothing of them may be refused."""
    world = world_of_the_seed()
    doubles = 0
    for number, (on, kind, rows, options) in enumerate(story.runs):
        due = {}
        arguments = [f"import_{kind}", installation.file(f"{number}-{kind}.csv", rows)]
        if kind == "units":
            ties = options.get("successions") or []
            if ties:
                arguments += ["--successions", installation.file(f"{number}-successions.csv", ties)]
            world.run_units(on, rows, ties)
        elif kind == "roster":
            due = world.doubles(on, rows, **options)
            world.run_roster(on, rows, **options)
            if options.get("codes_as_of"):
                arguments += ["--codes-as-of", options["codes_as_of"]]
        else:
            getattr(world, f"run_{kind}")(on, rows)
        result, report = installation.report(*arguments, "--strict", on=str(on))
        assert result.status == 0, (story.seed, number, kind, result, report)
        assert report["rejected"] == []
        assert_doubles(report, due, (story.seed, number))
        doubles += len(due)
    assert doubles, story.seed
    return world


def assert_doubles(report, due, where):
    """Each is told in its line, with the code of one whom the oracle knows there."""
    told = {}
    for note in report["notes"]:
        if note["reason"].startswith("Cùng tên, cùng đơn vị"):
            told.setdefault(note["line"], set()).update(re.findall(r"\((CB\d+)\)", note["reason"]))
    assert told.keys() == due.keys(), (where, told, due)
    assert all(told[line] and told[line] <= codes for line, codes in due.items()), (where, told, due)


def questions(story, world, count):
    """(as of, geography, known on) on the days around which something happens, some of them in the future."""
    pick = random.Random(story.seed)
    turning = sorted(story.days)
    for _ in range(count):
        as_of = pick.choice([pick.choice(turning), pick.choice(turning) + DAY, pick.choice(turning) - DAY])
        geography = pick.choice([None, None, None, as_of + DAY * pick.randrange(900), max(as_of, TODAY)])
        known = pick.choice([None, None, pick.choice(story.runs)[0], pick.choice(story.runs)[0] - DAY])
        yield as_of, geography, known


def asked_units(belief, geography, codes, pick):
    """The root, every own unit with something below it, and some of the leaves."""
    root = belief.map.root(geography)
    own = [u for u in belief.map.alive(geography) if u.code in codes and belief.map.path(u, geography)]
    inner = [u for u in own if belief.map.children(u, geography)]
    leaves = [u for u in own if u not in inner]
    return [None, root.code, *(u.code for u in inner), *(u.code for u in pick.sample(leaves, min(2, len(leaves))))]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 5))])
def test_every_number_is_what_the_contract_says(installation, seed):
    story = scenario(seed)
    world = play(installation, story)
    pick, compared = random.Random(seed), 0
    for as_of, geography, known in questions(story, world, 12):
        belief = world.known_on(known)
        for code in asked_units(belief, geography or as_of, story.codes, pick):
            requirement = pick.choice(REQUIREMENTS)
            arguments = ["--as-of", as_of]
            arguments += ["--geography", geography] if geography else []
            arguments += ["--known-on", known] if known else []
            arguments += ["--unit", code] if code else []
            got = installation.coverage(*arguments, requirement=requirement, on=str(TODAY))
            expected = belief.coverage(requirement, code, as_of, geography or as_of, known or TODAY)
            assert_same(got, expected, (seed, requirement, code, arguments))
            compared += 1
    assert compared > 40


def assert_same(got, expected, where):
    """Children are compared by code, since the contract leaves their order open but for the last."""
    assert {k: v for k, v in got.items() if k != "children"} == {
        k: v for k, v in expected.items() if k != "children"
    }, where
    assert got["children"][-1] == expected["children"][-1], where
    figures = {child["unit"]["code"]: child for child in got["children"]}
    due = {child["unit"]["code"]: child for child in expected["children"]}
    assert len(figures) == len(got["children"]), where
    assert figures == due, where


def test_the_states_behind_each_other_agree_after_all_of_it(installation):
    play(installation, scenario(9))
    checked = installation.manage("recompute", "--check", on=str(TODAY))
    assert checked.status == 0, checked
