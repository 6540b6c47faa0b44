"""The two kinds without options: steps to be put into order, rows to be matched. Marked, cleaned and shown purely."""

from fractions import Fraction
from random import Random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.kinds.kind import BadAnswer, Frozen, Mark, Text, drawn_order, is_blank, kind
from courses.questions.kinds.matching import MOST_PAIRS, fault_of_pairs, target_of
from courses.questions.kinds.ordering import MOST_STEPS, fault_of_steps, moved
from courses.questions.kinds.showing import question_context

ordering, matching = kind("ordering"), kind("matching")
STEPS = ["a", "b", "c", "d"]
TO_ORDER = Frozen(
    "ordering",
    {"choices": [{"id": id} for id in STEPS]},
    {"right": STEPS},
    {**{id: Text(f"Việc {id}") for id in STEPS}, "explanation": Text("Vì thế."), "source": Text("Luật.")},
)
TO_MATCH = Frozen(
    "matching",
    {"rows": [{"id": "r1"}, {"id": "r2"}, {"id": "r3"}], "targets": [{"id": "t1"}, {"id": "t2"}, {"id": "t3"}]},
    {"right": ["r1=t1", "r2=t2", "r3=t3"]},
    {id: Text(f"Chữ {id}", "vi" if id == "r2" else "") for id in ("r1", "r2", "r3", "t1", "t2", "t3")},
)


# --- marking


@pytest.mark.parametrize(
    ("given_order", "points"),
    [
        ("abcd", 100),
        ("bacd", 50),
        ("acbd", 50),
        ("abdc", 50),
        ("badc", 0),  # two pairs swapped
        ("cbad", 0),  # a swapped pair that are no neighbours
        ("dbca", 0),
        ("bcda", 0),  # one step moved over three
        ("dcba", 0),
        ("", 0),
    ],
)
def test_an_order_earns_all_or_half_for_one_swapped_pair_of_neighbours_or_nothing(given_order, points):
    assert ordering.mark(TO_ORDER, {"choices": list(given_order)}, 100) == Mark(points, 100)


def test_half_of_an_odd_point_stays_a_half():
    assert ordering.mark(TO_ORDER, {"choices": list("bacd")}, 25).points == Fraction(25, 2)


@given(st.permutations(STEPS))
def test_half_is_earned_exactly_by_who_is_one_press_of_a_button_from_the_right_order(order):
    presses = [moved(list(order), f"{id}:len") for id in STEPS]
    points = ordering.mark(TO_ORDER, {"choices": list(order)}, 100).points
    assert points == (100 if order == STEPS else 50 if STEPS in presses else 0)


@pytest.mark.parametrize(
    ("pairs", "points"),
    [
        (["r1=t1", "r2=t2", "r3=t3"], 100),
        (["r1=t1", "r2=t3", "r3=t2"], Fraction(100, 3)),
        (["r1=t1", "r2=t2"], Fraction(200, 3)),
        (["r1=t1", "r2=t1", "r3=t1"], Fraction(100, 3)),
        (["r1=t2", "r2=t3", "r3=t1"], 0),
        ([], 0),
    ],
)
def test_matching_earns_the_share_of_right_rows(pairs, points):
    assert matching.mark(TO_MATCH, {"choices": pairs}, 100) == Mark(points, 100)


def test_two_thirds_of_a_point_and_a_half_are_a_whole_point():
    assert matching.mark(TO_MATCH, {"choices": ["r1=t1", "r2=t2"]}, 150).points == 100


# --- what is posted


@pytest.mark.parametrize(
    ("posted", "response"),
    [
        ({}, []),
        ({"shown": ["d", "c", "b", "a"]}, []),  # looked at, never touched
        ({"shown": ["d", "c", "b", "a"], "move": ["giu"]}, ["d", "c", "b", "a"]),
        ({"shown": ["d", "c", "b", "a"], "move": ["c:len"]}, ["c", "d", "b", "a"]),
        ({"choice": ["d", "c", "b", "a"]}, ["d", "c", "b", "a"]),
        ({"choice": ["d", "c", "b", "a"], "move": ["c:xuong"]}, ["d", "b", "c", "a"]),
        ({"choice": ["d", "c", "b", "a"], "move": ["d:len"]}, ["d", "c", "b", "a"]),
        ({"choice": ["d", "c", "b", "a"], "move": ["a:xuong"]}, ["d", "c", "b", "a"]),
        ({"choice": ["d", "c", "b", "a"], "move": ["z:len"]}, ["d", "c", "b", "a"]),
        ({"choice": ["d", "c", "b", "a"], "move": ["c:khac"]}, ["d", "c", "b", "a"]),
    ],
)
def test_an_order_is_an_answer_from_the_first_press_of_a_button_on(posted, response):
    cleaned = ordering.clean(TO_ORDER.structure, posted)
    assert cleaned == {"choices": response}
    assert is_blank(cleaned) is not bool(response)


@pytest.mark.parametrize("order", [["a"], ["a", "b", "c"], ["a", "b", "c", "c"], ["a", "b", "c", "z"], [*STEPS, "a"]])
def test_an_order_of_other_steps_is_refused(order):
    with pytest.raises(BadAnswer, match=r"không khớp.*\.$"):
        ordering.clean(TO_ORDER.structure, {"choice": order})


def test_pairs_are_kept_in_the_order_of_the_rows_and_an_open_row_is_missing():
    assert matching.clean(TO_MATCH.structure, {"choice": ["r3=t1", "", "r1=t1"]}) == {"choices": ["r1=t1", "r3=t1"]}
    assert matching.clean(TO_MATCH.structure, {}) == {"choices": []}


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        (["r9=t1"], "không có trong câu này"),
        (["r1=t9"], "không có trong câu này"),
        (["r1"], "không có trong câu này"),
        (["t1=r1"], "không có trong câu này"),
        (["r1=t1", "r1=t2"], "chỉ ghép với một"),
    ],
)
def test_a_pair_that_is_not_in_the_question_is_refused(pairs, fault):
    with pytest.raises(BadAnswer, match=fault):
        matching.clean(TO_MATCH.structure, {"choice": pairs})


def test_a_pair_sent_twice_is_one():
    assert matching.clean(TO_MATCH.structure, {"choice": ["r1=t2", "r1=t2"]}) == {"choices": ["r1=t2"]}


# --- what is drawn and guessed


@pytest.mark.parametrize("count", [3, 4, 6])
def test_a_drawn_order_is_never_the_right_one_even_where_the_quiz_shuffles_nothing(count):
    structure = {"choices": [{"id": id} for id in "abcdef"[:count]]}
    right = list("abcdef"[:count])
    drawn = [drawn_order("ordering", structure, Random(seed), shuffled=False) for seed in range(200)]
    assert all(order != right and sorted(order) == right for order in drawn)
    assert ordering.choice_order(structure, None) == right


def test_right_hand_sides_are_shuffled_and_rows_are_not():
    orders = {tuple(drawn_order("matching", TO_MATCH.structure, Random(n), shuffled=False)) for n in range(60)}
    assert len(orders) == 6
    shown = matching.answering(TO_MATCH, ["t3", "t1", "t2"], None)["rows"]
    assert [row.id for row in shown] == ["r1", "r2", "r3"]
    assert [target.value for target in shown[1].targets] == ["r2=t3", "r2=t1", "r2=t2"]


def test_choices_are_shuffled_only_where_the_quiz_says_so():
    structure = TO_ORDER.structure
    assert drawn_order("single_choice", structure, Random(1), shuffled=False) == STEPS
    assert len({tuple(drawn_order("single_choice", structure, Random(n), shuffled=True)) for n in range(20)}) > 1


def test_who_knows_nothing_ticks_one_option_leaves_the_order_and_matches_by_lot():
    assert kind("multiple_choice").guesses(TO_ORDER.structure, ["b", "a"], Random(1)) == [["b"], ["a"]]
    assert ordering.guesses(TO_ORDER.structure, ["b", "a", "d", "c"], Random(1)) == [["b", "a", "d", "c"]]
    lots = [matching.guesses(TO_MATCH.structure, ["t1", "t2", "t3"], Random(n)) for n in range(60)]
    assert {len(lot) for lot in lots} == {1}
    assert len({tuple(lot[0]) for lot in lots}) == 6
    for lot in lots:
        assert len(matching.clean(TO_MATCH.structure, {"choice": lot[0]})["choices"]) == 3


# --- what is shown


def test_before_the_first_press_the_drawn_order_is_shown_and_nothing_is_given():
    shown = question_context(TO_ORDER, ["c", "a", "b", "d"], None)
    assert [step.id for step in shown["steps"]] == ["c", "a", "b", "d"]
    assert (shown["answered"], shown["given"]) == (False, [])
    assert all(step.right is None and step.place is None for step in shown["steps"])


def test_afterwards_the_given_order_is_shown():
    shown = question_context(TO_ORDER, ["c", "a", "b", "d"], {"choices": ["d", "a", "b", "c"]})
    assert [step.id for step in shown["steps"]] == ["d", "a", "b", "c"]
    assert (shown["answered"], shown["given"]) == (True, ["Việc d", "Việc a", "Việc b", "Việc c"])


def test_a_review_says_where_each_step_belongs_only_when_the_key_may_be_known():
    answer = {"choices": ["a", "c", "b", "d"]}
    told = question_context(TO_ORDER, STEPS, answer, review=True)
    kept = question_context(TO_ORDER, STEPS, answer, review=True, reveal=False)
    assert [(step.right, step.place) for step in told["steps"]] == [(True, 1), (False, 3), (False, 2), (True, 4)]
    assert told["in_order"] == ["Việc a", "Việc b", "Việc c", "Việc d"]
    assert [(step.right, step.place) for step in kept["steps"]] == [(None, None)] * 4
    assert kept["in_order"] == []
    assert (told["explanation"], told["source"]) == ("Vì thế.", "Luật.")
    assert (kept["explanation"], kept["source"]) == ("", "")


def test_a_matched_row_says_what_was_chosen_and_its_answer_only_when_the_key_may_be_known():
    answer = {"choices": ["r1=t1", "r2=t3"]}
    told = matching.reviewing(TO_MATCH, ["t1", "t2", "t3"], answer)["rows"]
    kept = matching.reviewing(TO_MATCH, ["t1", "t2", "t3"], answer, reveal=False)["rows"]
    assert [(row.right, row.answer) for row in told] == [(True, "Chữ t1"), (False, "Chữ t2"), (False, "Chữ t3")]
    assert [(row.right, row.answer) for row in kept] == [(None, None)] * 3
    assert [row.chosen and row.chosen.text for row in kept] == ["Chữ t1", "Chữ t3", None]


def test_what_was_matched_is_said_in_words_for_who_has_two_windows():
    given_pairs = matching.answering(TO_MATCH, ["t1", "t2", "t3"], {"choices": ["r2=t3"]})["given"]
    assert [(text, text.lang) for text in given_pairs] == [("Chữ r2 → Chữ t3", "vi")]


@pytest.mark.parametrize("reveal", [True, False])
def test_a_choice_tells_its_remark_where_it_was_chosen_and_the_others_only_with_the_key(reveal):
    texts = {"a.feedback": Text("Của a"), "b.feedback": Text("Của b")}
    asked = Frozen("single_choice", {"choices": [{"id": "a"}, {"id": "b"}]}, {"right": ["a"]}, texts)
    shown = kind("single_choice").reviewing(asked, ["a", "b"], {"choices": ["b"]}, reveal=reveal)
    first, second = shown["choices"]
    assert (first.right, second.right) == ((True, False) if reveal else (None, None))
    assert (first.feedback, second.feedback) == ("Của a" if reveal else None, "Của b")
    assert shown["right_total"] == (1 if reveal else 0)


# --- what is written


def written(name, choices, **more):
    return kind(name).Block().to_python(kind(name).compose("bài", " Hỏi? ", choices, **more))


PAIRS = [{"left": " Một ", "right": "1"}, {"left": "Hai", "right": " 2 "}]


def test_written_steps_are_frozen_in_their_order_with_ids_by_their_words():
    value = written("ordering", [{"text": " Đầu "}, {"text": "Giữa"}, {"text": "Cuối"}], explanation=" Vì ")
    structure, key, texts = ordering.freeze(value)
    ids = [choice["id"] for choice in structure["choices"]]
    assert key == {"right": ids}
    assert texts == {"text": "Hỏi?", "explanation": "Vì", **dict(zip(ids, ["Đầu", "Giữa", "Cuối"], strict=True))}
    again = written("ordering", [{"text": "Cuối"}, {"text": "Giữa"}, {"text": "Đầu"}])
    assert ordering.freeze(again)[1]["right"] == ids[::-1]


def test_written_pairs_are_frozen_and_a_right_hand_side_does_not_say_whose_it_is():
    structure, key, texts = matching.freeze(written("matching", PAIRS))
    rows, targets = [[one["id"] for one in structure[name]] for name in ("rows", "targets")]
    assert key == {"right": [f"{rows[0]}={targets[0]}", f"{rows[1]}={targets[1]}"]}
    assert [texts[id] for id in (*rows, *targets)] == ["Một", "Hai", "1", "2"]
    assert targets == [target_of(row) for row in rows]
    assert len({*rows, *targets}) == 4
    assert not any(row in target for row in rows for target in targets)


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (["a", "b"], "ít nhất ba"),
        (["a", "b", "c"], ""),
        ([str(n) for n in range(MOST_STEPS)], ""),
        ([str(n) for n in range(MOST_STEPS + 1)], "Nhiều nhất 8 việc"),
        (["a", "b", " A "], "chữ giống nhau"),
    ],
)
def test_what_is_wrong_with_the_steps_is_said_in_one_sentence(texts, fault):
    assert fault in fault_of_steps(texts)
    assert bool(fault_of_steps(texts)) == bool(fault)


@pytest.mark.parametrize(
    ("left", "right", "fault"),
    [
        (["a"], ["1"], "ít nhất hai"),
        (["a", "b"], ["1", "2"], ""),
        ([str(n) for n in range(MOST_PAIRS)], [str(n) for n in range(MOST_PAIRS)], ""),
        ([str(n) for n in range(MOST_PAIRS + 1)], [str(n) for n in range(MOST_PAIRS + 1)], "Nhiều nhất 8 cặp"),
        (["a", "a"], ["1", "2"], "chữ giống nhau"),
        (["a", "b"], ["1", "1 "], "chữ giống nhau"),
    ],
)
def test_what_is_wrong_with_the_pairs_is_said_in_one_sentence(left, right, fault):
    assert fault in fault_of_pairs(left, right)
    assert bool(fault_of_pairs(left, right)) == bool(fault)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("ordering", [{"text": "a"}, {"text": "b"}]),
        ("matching", [{"left": "a", "right": "1"}]),
    ],
)
def test_a_question_with_a_fault_is_not_published_but_may_be_kept_as_a_draft(name, choices):
    block, value = kind(name).Block(), written(name, choices)
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "Cần ít nhất" in str(refused.value.as_json_data())
    block.defer_required_validation()
    try:
        assert block.clean(value)["text"] == "Hỏi?"
    finally:
        block.restore_deferred_validation()
