"""What somebody earns who reads no question: strategies, worked by hand and over the starter banks."""

from collections import Counter
from random import Random

import pytest
from banks import COURSES, FINAL_DRAWS, items

from courses.questions.bank_items import KINDS, choices_of
from courses.questions.draws import Candidate, draw
from courses.questions.guessing import (
    DRAWS,
    STRATEGIES,
    Options,
    Playable,
    Played,
    length_percent,
    never_chosen,
    numbers,
    option_ids,
    play,
    specific,
    tells_by_length,
)
from courses.questions.kinds.kind import Frozen, Text, kind


def choice(right, *texts, name="single_choice") -> Frozen:
    """Options "0", "1", …; `right` are the numbers of the right ones."""
    ids = [str(n) for n in range(len(texts))]
    words = {id: Text(text) for id, text in zip(ids, texts, strict=True)}
    return Frozen(name, {"choices": [{"id": id} for id in ids]}, {"right": [str(n) for n in right]}, words)


def statement(right) -> Frozen:
    texts = {"dung": Text("Đúng"), "sai": Text("Sai")}
    return Frozen("true_false", {"choices": [{"id": "dung"}, {"id": "sai"}]}, {"right": [right]}, texts)


def options(question, place=0, order=None) -> Options:
    return Options(Playable(question), order or option_ids(question), place, Random(0))


LENGTHS = choice([0], "dài dài dài", "ngắn", "vừa vừa", "số 5, ở Đà Nẵng")


# --- what an option looks like


@pytest.mark.parametrize(
    ("text", "count"),
    [("Gọi 111", 1), ("trong ba ngày", 1), ("Ba ngày, 72 giờ", 2), ("bao nhiêu", 0), ("25/11/2026", 1)],
)
def test_numbers_are_digits_and_words(text, count):
    assert numbers(text) == count


def test_an_option_is_specific_by_numbers_names_quotations_and_commas():
    assert specific("Hỏi thêm") == 0
    assert specific("Báo Công an, nói “tôi cần giúp” trong 24 giờ") == 4
    # the first word is no name
    assert specific("Công an") == 0


# --- what each strategy chooses


@pytest.mark.parametrize(
    ("strategy", "chosen"),
    [
        ("longest", "3"),
        ("second longest", "0"),
        ("first", "0"),
        ("has a number", "3"),
        ("most specific", "3"),
    ],
)
def test_a_strategy_chooses_by_what_an_option_looks_like(strategy, chosen):
    assert STRATEGIES[strategy](options(LENGTHS)) == chosen


def test_the_first_is_the_first_as_shown():
    assert STRATEGIES["first"](options(LENGTHS, order=["2", "1", "0", "3"])) == "2"


@pytest.mark.parametrize(("place", "chosen"), [(0, "2"), (1, "1"), (3, "3")])
def test_the_same_place_is_clicked_in_every_question(place, chosen):
    assert STRATEGIES["always the same place"](options(LENGTHS, place, ["2", "1", "0", "3"])) == chosen


def test_where_there_are_fewer_options_the_last_is_clicked():
    assert STRATEGIES["always the same place"](options(statement("dung"), 3)) == "sai"


def test_true_and_false_are_chosen_where_they_are_asked_and_elsewhere_anything():
    assert STRATEGIES["always Đúng"](options(statement("sai"))) == "dung"
    assert STRATEGIES["always Sai"](options(statement("dung"))) == "sai"
    picks = {STRATEGIES["always Đúng"](Options(Playable(LENGTHS), list("0123"), 0, Random(n))) for n in range(40)}
    assert picks == set("0123")


def test_equal_options_are_chosen_between_by_lot():
    same = choice([0], "một ba", "hai ba", "x")
    picks = {STRATEGIES["longest"](Options(Playable(same), list("012"), 0, Random(n))) for n in range(20)}
    assert picks == {"0", "1"}


# --- what it earns


def results(questions, draws=400, pass_percent=80, shuffled=True) -> dict[str, Played]:
    playable = [Playable(question, shuffled=shuffled) for question in questions]
    return {one.strategy: one for one in play([playable] * draws, pass_percent, Random(1))}


def test_a_quiz_whose_longest_option_is_right_is_passed_by_the_longest():
    played = results([LENGTHS.__class__("single_choice", LENGTHS.structure, {"right": ["3"]}, LENGTHS.texts)] * 5)
    longest = played["longest"]
    assert (longest.percent, longest.passed, longest.earns_too_much, longest.passes_too_often) == (100, 400, True, True)
    assert played["second longest"].earned == 0
    assert 20 < played["first"].percent < 30


def test_where_nothing_is_shuffled_the_place_of_the_key_is_found_in_a_quarter_of_attempts():
    played = results([choice([2], "aa", "bb", "cc", "dd")] * 5, shuffled=False)
    same = played["always the same place"]
    assert played["first"].earned == 0
    assert 20 < same.passed_percent < 30
    assert (same.earns_too_much, same.passes_too_often) == (False, True)


def test_of_several_right_options_one_is_ticked():
    played = results([choice([0, 1], "dài dài", "ngắn", "xa", name="multiple_choice")] * 5)
    assert played["longest"].percent == 50


def test_steps_are_left_as_shown_and_rows_matched_by_lot_whatever_the_strategy():
    steps = Frozen("ordering", {"choices": [{"id": id} for id in "abc"]}, {"right": list("abc")})
    rows = Frozen(
        "matching",
        {"rows": [{"id": "r"}, {"id": "s"}], "targets": [{"id": "t"}, {"id": "u"}]},
        {"right": ["r=t", "s=u"]},
    )
    ordered, matched = results([steps]), results([rows])
    # of the five wrong orders of three steps two are one swap of neighbours away; a drawn right one becomes "bca"
    assert {round(one.percent) for one in ordered.values()} == {round(ordered["first"].percent)}
    assert 12 < ordered["first"].percent < 22
    assert all(40 < one.percent < 60 for one in matched.values())


@pytest.mark.parametrize(("earned", "too_much"), [(4500, False), (4501, True)])
def test_over_45_percent_is_too_much(earned, too_much):
    assert Played("first", earned, 10_000, 0, 1000).earns_too_much is too_much


@pytest.mark.parametrize(("passed", "too_often"), [(50, False), (51, True)])
def test_more_than_5_percent_of_draws_is_too_often(passed, too_often):
    assert Played("first", 0, 10_000, passed, 1000).passes_too_often is too_often


@pytest.mark.parametrize(("score", "passed"), [(["0", "0"], 1), (["0", "1"], 0)])
def test_a_draw_is_passed_at_the_pass_mark(score, passed):
    questions = [Playable(choice([int(right)], "dài hơn", "x"), shuffled=False) for right in score]
    first = next(one for one in play([questions], 100, Random(1)) if one.strategy == "first")
    assert first.passed == passed
    assert next(one for one in play([questions], 50, Random(1)) if one.strategy == "first").passed == 1


def test_weights_count():
    heavy, light = Playable(choice([0], "dài hơn", "x"), 300), Playable(choice([1], "dài hơn", "x"), 100)
    longest = next(one for one in play([[heavy, light]], 75, Random(1)) if one.strategy == "longest")
    assert (longest.earned, longest.out_of, longest.passed) == (300, 400, 1)


# --- questions that give themselves away


@pytest.mark.parametrize(
    ("right", "wrong", "percent", "tells"),
    [(13, 10, 130, False), (14, 10, 140, True), (4, 3, 134, True), (131, 100, 131, True), (130, 100, 130, False)],
)
def test_a_right_option_over_1_3_times_the_longest_wrong_one_tells(right, wrong, percent, tells):
    question = choice([0], " ".join(["a"] * right), " ".join(["b"] * wrong), "c")
    assert (length_percent(question), tells_by_length(question)) == (percent, tells)


def test_a_short_right_option_and_a_question_without_options_tell_nothing():
    assert not tells_by_length(choice([0], "a", "b b b"))
    assert length_percent(Frozen("ordering", {"choices": [{"id": "a"}, {"id": "b"}]}, {"right": ["a", "b"]})) == 0
    assert length_percent(choice([0, 1], "a", "b b", name="multiple_choice")) == 0
    assert not tells_by_length(statement("dung"))


def test_an_option_that_nobody_chose_says_something_from_30_answers_on():
    question = choice([0], "a", "b", "c")
    answers = [{"choices": ["0"]}] * 28 + [{"choices": ["1"]}]
    assert never_chosen(question, answers) == []
    assert never_chosen(question, [*answers, {"choices": ["0"]}]) == ["2"]
    assert never_chosen(question, [*answers, {"choices": ["2"]}]) == []


# --- the starter banks


def frozen(course, code, item) -> Frozen:
    name = KINDS[item["kind"]]
    composed = kind(name).compose(f"{course}/{code}/{item['id']}", item["text"], choices_of(item))
    structure, key, texts = kind(name).freeze(kind(name).Block().to_python(composed))
    return Frozen(name, structure, key, {id: Text(text) for id, text in texts.items()})


@pytest.mark.parametrize("course", COURSES)
def test_no_strategy_gets_far_in_a_starter_quiz(course, figure):
    each, _size = FINAL_DRAWS[course]
    bank = [Candidate(item["id"], f"{code}/{item['objective']}", item["difficulty"]) for code, item in items(course)]
    questions = {item["id"]: Playable(frozen(course, code, item)) for code, item in items(course)}
    rng = Random(1)
    attempts = ([questions[one.key] for one in draw(bank, each, 0, [], rng)] for _draw in range(DRAWS))
    played = play(attempts, 80, rng)
    figure(f"{course}: " + ", ".join(f"{one.strategy} {one.percent} % ({one.passed_percent} %)" for one in played))
    assert [one.strategy for one in played if one.earns_too_much or one.passes_too_often] == []
    assert [id for id, one in questions.items() if tells_by_length(one.question)] == []
    assert Counter(one.draws for one in played) == {DRAWS: len(STRATEGIES)}
