"""Which questions of a bank an attempt asks: so many an objective, little shared, the bank's mix of difficulty."""

from collections import Counter
from itertools import combinations, product
from random import Random

import pytest
from banks import COURSES, FINAL_DRAWS, items
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.questions.draws import (
    Candidate,
    distance,
    draw,
    draw_size,
    mix_of,
    natural,
    quotas,
    shared_out,
)


def bank_of(text: str) -> list[Candidate]:
    """ "A1 A2 B3": two questions of objective A, of the levels 1 and 2, and one of B."""
    return [Candidate(place, word[0], int(word[1])) for place, word in enumerate(text.split())]


def keys(drawn) -> set:
    return {one.key for one in drawn}


# --- worked by hand


def test_an_objective_gives_its_number_and_all_where_it_has_fewer():
    drawn = draw(bank_of("A1 A1 A1 B1 C1 C1"), 2, 0, [], Random(1))
    assert Counter(one.objective for one in drawn) == {"A": 2, "B": 1, "C": 2}


def test_the_questions_stand_in_the_order_of_their_objectives():
    bank = [Candidate(n, objective, 1) for n, objective in enumerate(["1.10/1", "1.9/2", "1.9/1", "x", "1.9/10"])]
    assert [one.objective for one in draw(bank, 1, 0, [], Random(1))] == ["x", "1.9/1", "1.9/2", "1.9/10", "1.10/1"]
    assert natural("1.2/3") == [(1, ""), (2, ""), (3, "")]


def test_more_and_fewer_than_the_objectives_make_are_spread_evenly():
    available = Counter({"A": 5, "B": 5, "C": 1})
    more = [quotas(available, 1, 5, Random(seed)) for seed in range(30)]
    fewer = [quotas(available, 2, 3, Random(seed)) for seed in range(30)]
    assert all(counts == {"A": 2, "B": 2, "C": 1} for counts in more)
    assert all(sorted(counts.values()) == [1, 1, 1] for counts in fewer)
    two = {tuple(quotas(available, 1, 2, Random(seed)).values()) for seed in range(30)}
    assert two == {(1, 1, 0), (1, 0, 1), (0, 1, 1)}
    assert quotas(available, 1, 99, Random(1)) == {"A": 5, "B": 5, "C": 1}


@pytest.mark.parametrize(
    ("each", "total", "size"), [(1, 0, 3), (2, 0, 5), (9, 0, 11), (1, 5, 5), (3, 2, 2), (1, 99, 11)]
)
def test_how_many_a_draw_has(each, total, size):
    assert draw_size(Counter({"A": 5, "B": 5, "C": 1}), each, total) == size


def test_a_draw_keeps_off_the_last_attempt_as_far_as_the_rule_asks():
    # three objectives of two questions; a third of three is one
    bank = bank_of("A1 A1 B1 B1 C1 C1")
    for seed in range(50):
        assert len(keys(draw(bank, 1, 0, [{0, 2, 4}], Random(seed))) & {0, 2, 4}) <= 1


def test_where_no_draw_shares_so_little_the_least_is_shared():
    # A and B have one question each, so two of three are shared whatever is drawn; C can keep off
    bank = bank_of("A1 B1 C1 C1")
    for seed in range(20):
        assert keys(draw(bank, 1, 0, [{0, 1, 2}], Random(seed))) == {0, 1, 3}
    # C's questions were both asked: the least is two with each attempt, in neither three
    assert keys(draw(bank, 1, 0, [{0, 1, 2}, {0, 1, 3}], Random(1))) in ({0, 1, 2}, {0, 1, 3})


def test_little_shared_goes_before_the_mix_of_difficulty():
    # the bank is half easy, half hard; the hard ones were asked: one of three may be shared
    bank = bank_of("A1 A3 B1 B3 C1 C3")
    for seed in range(20):
        drawn = draw(bank, 1, 0, [{1, 3, 5}], Random(seed))
        assert mix_of(drawn) == (2, 0, 1)


def test_the_mix_of_difficulty_is_the_banks_as_near_as_possible():
    # 6 easy, 3 middle, 3 hard: of four two are easy, one middle, one hard
    bank = bank_of("A1 A1 A3 B1 B1 B2 C1 C2 C3 D1 D2 D3")
    for seed in range(30):
        assert mix_of(draw(bank, 1, 0, [], Random(seed))) == (2, 1, 1)


@pytest.mark.parametrize(
    ("mix", "size", "shared"),
    [
        ((25, 49, 22), 20, (5, 10, 5)),  # 5.2, 10.2, 4.6
        ((1, 1, 1), 4, (2, 1, 1)),
        ((1, 1, 1), 2, (1, 1, 0)),
        ((0, 5, 0), 3, (0, 3, 0)),
        ((1, 2, 0), 2, (1, 1, 0)),  # 0.7, 1.3
        ((0, 0, 0), 0, (0, 0, 0)),
    ],
)
def test_a_mix_is_shared_out_in_whole_questions(mix, size, shared):
    assert shared_out(mix, size) == shared


def test_an_empty_bank_gives_an_empty_draw():
    assert draw([], 1, 5, [], Random(1)) == []


def test_the_same_chance_gives_the_same_draw_and_another_another():
    bank = bank_of("A1 A1 A1 B1 B1 B1 C1 C1 C1")
    assert draw(bank, 1, 0, [], Random(7)) == draw(bank, 1, 0, [], Random(7))
    assert len({frozenset(keys(draw(bank, 1, 0, [], Random(seed)))) for seed in range(200)}) == 27


# --- against every possible draw

levels = st.lists(st.integers(1, 3), min_size=1, max_size=4)
banks_drawn = st.lists(levels, min_size=1, max_size=4).map(
    lambda groups: [
        Candidate(f"{group}-{n}", str(group), level) for group, all in enumerate(groups) for n, level in enumerate(all)
    ]
)


def every_draw(bank, each):
    groups = {}
    for one in bank:
        groups.setdefault(one.objective, []).append(one)
    ways = [combinations(group, min(each, len(group))) for group in groups.values()]
    return [[one for part in parts for one in part] for parts in product(*ways)]


@settings(max_examples=150)
@given(bank=banks_drawn, each=st.integers(1, 3), data=st.data(), seed=st.integers(0, 99))
def test_no_other_draw_is_better_by_the_rules_in_their_order(bank, each, data, seed):
    possible = every_draw(bank, each)
    earlier = [keys(one) for one in data.draw(st.lists(st.sampled_from(possible), max_size=3))]
    size = len(possible[0])
    target = shared_out(mix_of(bank), size)

    def merit(drawn):
        most = max((len(keys(drawn) & one) for one in earlier), default=0)
        return max(most, size // 3), distance(mix_of(drawn), target)

    drawn = draw(bank, each, 0, earlier, Random(seed))
    assert keys(drawn) in [keys(one) for one in possible]
    assert merit(drawn) == min(map(merit, possible))


# --- the banks of the starter courses


def starter_bank(course) -> list[Candidate]:
    return [Candidate(item["id"], f"{code}/{item['objective']}", item["difficulty"]) for code, item in items(course)]


@pytest.mark.parametrize("course", COURSES)
def test_a_starter_bank_is_three_times_its_draw(course):
    each, size = FINAL_DRAWS[course]
    bank = starter_bank(course)
    assert draw_size(Counter(one.objective for one in bank), each, 0) == size
    assert len(bank) >= 3 * size


@pytest.mark.parametrize("course", COURSES)
def test_five_attempts_at_a_starter_quiz_share_at_most_a_third_two_by_two_and_are_equally_hard(course, figure):
    each, size = FINAL_DRAWS[course]
    bank, most, mixes = starter_bank(course), 0, Counter()
    for seed in range(40):
        rng, drawn = Random(seed), []
        for _attempt in range(3 if size < 20 else 5):
            one = draw(bank, each, 0, [keys(other) for other in drawn], rng)
            assert set(Counter(each.objective for each in one).values()) == {each}
            mixes[mix_of(one)] += 1
            drawn.append(one)
        most = max(most, *(len(keys(a) & keys(b)) for a, b in combinations(drawn, 2)))
    assert most <= size // 3
    target = shared_out(mix_of(bank), size)
    figure(f"{course}: {size} of {len(bank)}, at most {most} shared, mixes {dict(mixes)} for {target}")
    assert mixes[target] >= 0.95 * mixes.total()
