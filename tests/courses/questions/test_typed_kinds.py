"""The kinds that are answered by typing: a few words, a number, missing words. Marked, cleaned and shown purely."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.kinds.kind import BadAnswer, Frozen, Mark, Text, drawn_order, is_blank, kind
from courses.questions.kinds.missing_words import fault_of_gaps
from courses.questions.kinds.numeric import fault_of_numbers, readings
from courses.questions.kinds.short_answer import fault_of_accepted
from courses.questions.kinds.showing import question_context
from courses.questions.kinds.typed import CASE, MARKS, SPACES, folded
from courses.questions.reading import syllables_to_answer

short, numeric, missing = kind("short_answer"), kind("numeric"), kind("missing_words")
ALL = [CASE, MARKS, SPACES]


def short_question(*accepted, folds=(CASE, SPACES), texts=None):
    rows = [{"id": f"a{place}", "text": text, "share": share} for place, (text, share) in enumerate(accepted)]
    words = {"explanation": Text("Vì thế."), "a0.feedback": Text("Đúng rồi."), **(texts or {})}
    key = {"right": [accepted[0][0]], "accepted": rows, "folds": list(folds)}
    return Frozen("short_answer", {}, key, {**{f"{row['id']}.accepted": Text(row["text"]) for row in rows}, **words})


def number_question(*accepted, unit="", asked=False):
    rows = [
        {"id": f"n{place}", "value": value, "tolerance": tolerance, "share": share}
        for place, (value, tolerance, share) in enumerate(accepted)
    ]
    key = {"right": [accepted[0][0]], "accepted": rows, "unit": unit if asked else ""}
    return Frozen("numeric", {"unit_asked": asked}, key, {"unit.accepted": Text(unit)} if unit else {})


GAPS = Frozen(
    "missing_words",
    {"gaps": [{"id": "g1", "options": []}, {"id": "g2", "options": ["w1", "w2", "w3"]}]},
    {
        "right": ["g1=111", "g2=w1"],
        "accepted": [
            {"gap": "g1", "words": [{"id": "r1", "text": "111"}, {"id": "r2", "text": "số 111"}]},
            {"gap": "g2", "words": [{"id": "w1", "text": "113"}]},
        ],
        "folds": [CASE, SPACES],
    },
    {
        "passage": Text("Tư vấn thì gọi [1]; nguy hiểm thì gọi [2]."),
        **{"r1.accepted": Text("111"), "r2.accepted": Text("số 111")},
        **{"w1": Text("113"), "w2": Text("114"), "w3": Text("115")},
    },
)


def points(module, question, *choices):
    return module.mark(question, {"choices": list(choices)}, 100).points


# --- what is alike


@pytest.mark.parametrize(
    ("one", "other", "folds", "alike"),
    [
        ("Lao động", "lao động", [CASE], True),
        ("Lao động", "lao động", [], False),
        ("lao động", "lao dong", [MARKS], True),
        ("lao động", "lao dong", [CASE], False),
        ("Đà Nẵng", "da nang", ALL, True),
        ("lao động", "laođộng", [SPACES], True),
        ("lao  động ", "lao động", [], True),
        ("hoà", "hòa", [CASE], True),
        ("hoà", "hòa", [CASE, SPACES], True),
        ("Hà", "Hạ", [CASE, SPACES], False),
        ("ba\u0301n", "b\u00e1n", [], True),
        ("111\u200b", "111", [], True),
        ("tạm–trú", "tạm-trú", [CASE], True),
    ],
)
def test_answers_are_alike_as_the_author_chose(one, other, folds, alike):
    assert (folded(one, folds) == folded(other, folds)) is alike


# --- a few words


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("111", 100), (" 111 ", 100), ("SỐ 111", 50), ("số111", 50), ("112", 0), ("", 0), ("111 nhé", 0)],
)
def test_a_typed_answer_earns_the_share_of_the_best_accepted_one(typed, earned):
    assert points(short, short_question(("111", 100), ("số 111", 50)), typed) == earned


def test_an_unanswered_one_earns_nothing_and_marks_alone_are_no_answer():
    question = short_question(("\u0301", 100), ("a", 100), folds=ALL)
    assert short.mark(question, None, 100) == Mark(0, 100)
    assert points(short, question, "") == 0


def test_a_third_stays_a_third():
    assert short.mark(short_question(("a", 100), ("b", 33)), {"choices": ["b"]}, 10).points == Fraction(33, 10)


def test_the_words_of_a_translation_are_accepted_beside_the_sources():
    question = short_question(("công an", 100), texts={"a0.accepted": Text("police")})
    assert points(short, question, "Police") == points(short, question, "Công an") == 100


def test_what_is_typed_is_kept_as_it_looks_and_not_too_long():
    assert short.clean({}, {"choice": ["  một\u200b  hai\r\n"]}) == {"choices": ["một hai"]}
    assert is_blank(short.clean({}, {"choice": [" \u200b "]}))
    assert is_blank(short.clean({}, {}))
    with pytest.raises(BadAnswer, match="viết ngắn lại"):
        short.clean({}, {"choice": ["x" * 301]})


def test_a_page_that_is_open_tells_no_accepted_answer():
    question = short_question(("bí mật", 100), ("điều kín", 50))
    for review in (False, True):
        shown = str(question_context(question, [], {"choices": ["gì đó"]}, review=review, reveal=False))
        assert "bí mật" not in shown
        assert "điều kín" not in shown
    assert "bí mật" in str(question_context(question, [], {"choices": ["gì đó"]}, review=True))


def test_who_earned_a_part_reads_the_remark_and_the_whole_answer():
    question = short_question(("111", 100), ("một một một", 50), texts={"a1.feedback": Text("Viết bằng số.")})
    field = short.reviewing(question, [], {"choices": ["một một một"]})["field"]
    assert (field.right, field.answer, field.feedback) == (False, "111", "Viết bằng số.")


@pytest.mark.parametrize(
    ("rows", "folds", "fault"),
    [
        ([("111", 100)], [], ""),
        ([], [], "ít nhất một câu trả lời"),
        ([("a", 50)], [], "cả điểm"),
        ([("A", 100), ("a", 50)], [CASE], "là một"),
        ([("A", 100), ("a", 50)], [], ""),
        ([(str(n), 100) for n in range(21)], [], "Nhiều nhất 20"),
    ],
)
def test_what_an_author_may_not_accept(rows, folds, fault):
    assert fault in fault_of_accepted(rows, folds) if fault else fault_of_accepted(rows, folds) == ""


# --- a number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3", {3}),
        ("3,5", {Fraction(7, 2)}),
        ("3.5", {Fraction(7, 2)}),
        ("1.500", {1500, Fraction(3, 2)}),
        ("1,500", {1500, Fraction(3, 2)}),
        ("1.500,25", {Fraction(150025, 100)}),
        ("1,500.25", {Fraction(150025, 100)}),
        ("1 500", {1500}),
        ("1.500.000", {1500000}),
        ("-0,25", {Fraction(-1, 4)}),
        ("12.", {12}),
        ("1.5.2", set()),
        ("ba", set()),
        ("", set()),
        ("--3", set()),
        ("1e5", set()),
    ],
)
def test_a_number_is_read_as_people_write_it(text, wanted):
    assert readings(text) == wanted


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("3", 100), ("3,1", 100), ("2,9", 100), ("3,11", 0), ("3,0", 100), ("4", 50), ("4.05", 0), ("", 0)],
)
def test_within_the_tolerance_its_edge_included_it_is_right(typed, earned):
    assert points(numeric, number_question(("3", "0,1", 100), ("4", "0", 50)), typed) == earned


def test_nothing_is_rounded_before_it_decides():
    question = number_question(("0,3", "0", 100))
    assert points(numeric, question, "0,3") == 100
    assert points(numeric, question, "0,30000000000000001") == 0


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("3 tháng", 100), ("3tháng", 100), ("3 THANG", 100), ("3", 50), ("3 năm", 50), ("4 tháng", 0)],
)
def test_a_unit_that_is_asked_for_is_half_of_it(typed, earned):
    assert points(numeric, number_question(("3", "0", 100), unit="tháng", asked=True), typed) == earned


def test_a_unit_that_is_shown_may_be_typed_too():
    question = number_question(("3", "0", 100), unit="tháng")
    assert points(numeric, question, "3 tháng") == points(numeric, question, "3") == 100
    assert numeric.answering(question, [], None)["field"].unit == "tháng"


def test_what_holds_no_number_is_asked_again():
    assert numeric.clean({}, {"choice": ["3,5 ngày"]}) == {"choices": ["3,5 ngày"]}
    with pytest.raises(BadAnswer, match="Cần một số"):
        numeric.clean({}, {"choice": ["ba ngày"]})
    with pytest.raises(BadAnswer, match="Cần một số"):
        numeric.clean({}, {"choice": ["1.5.2"]})


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("3", "0", 100), ""),
        (("1.500,5", "0", 100), "không phải một số"),
        (("3", "-1", 100), "từ 0 trở lên"),
        (("3", "0", 99), "cả điểm"),
    ],
)
def test_what_number_an_author_may_not_write(row, fault):
    assert fault in fault_of_numbers([row]) if fault else fault_of_numbers([row]) == ""


# --- missing words


@pytest.mark.parametrize(
    ("choices", "earned"),
    [
        (["g1=111", "g2=w1"], 100),
        (["g1=Số 111", "g2=w2"], 50),
        (["g2=w1"], 50),
        (["g1=113", "g2=w3"], 0),
        ([], 0),
    ],
)
def test_each_gap_earns_its_share(choices, earned):
    assert points(missing, GAPS, *choices) == earned


def test_a_picked_gap_is_posted_as_a_choice_and_a_typed_one_by_its_name():
    assert missing.clean(GAPS.structure, {"choice": ["g2=w3", ""], "w.g1": [" 111 "]}) == {
        "choices": ["g1=111", "g2=w3"]
    }
    assert missing.clean(GAPS.structure, {"choice": ["g1=a=b"]}) == {"choices": ["g1=a=b"]}
    assert is_blank(missing.clean(GAPS.structure, {"choice": [""], "w.g1": [""]}))


@pytest.mark.parametrize("value", ["g2=w9", "g9=w1", "g2=111"])
def test_a_word_that_is_not_in_the_list_is_refused(value):
    with pytest.raises(BadAnswer, match="không có trong câu này"):
        missing.clean(GAPS.structure, {"choice": [value]})


def test_the_key_earns_everything_in_each_kind():
    for module, question in (
        (short, short_question(("111", 100))),
        (numeric, number_question(("3", "0", 100), unit="tháng")),
        (missing, GAPS),
    ):
        assert module.mark(question, {"choices": list(question.key["right"])}, 100).right


def test_the_words_of_a_list_are_always_shuffled_each_list_by_itself():
    order = drawn_order("missing_words", GAPS.structure, Random(3), shuffled=False)
    assert sorted(order) == ["w1", "w2", "w3"]
    assert {tuple(drawn_order("missing_words", GAPS.structure, Random(n), shuffled=False)) for n in range(40)} > {
        ("w1", "w2", "w3")
    }


def test_a_passage_is_shown_with_its_gaps_in_place():
    pieces = missing.answering(GAPS, ["w2", "w1", "w3"], {"choices": ["g1=một", "g2=w2"]})["pieces"]
    assert [piece.words for piece in pieces] == ["Tư vấn thì gọi ", "; nguy hiểm thì gọi ", "."]
    assert [piece.gap.shown for piece in pieces if piece.gap] == ["một", "114"]
    assert [option.text for option in pieces[1].gap.options] == ["114", "113", "115"]


def test_a_translation_that_lost_a_gap_still_asks_it():
    texts = {**GAPS.texts, "passage": Text("Call [2] in danger.")}
    pieces = missing.answering(Frozen(GAPS.kind, GAPS.structure, GAPS.key, texts), ["w1", "w2", "w3"], None)["pieces"]
    assert [piece.gap.number for piece in pieces if piece.gap] == [2, 1]


def test_gaps_tell_nothing_before_their_key_may_be_known():
    for review in (False, True):
        shown = question_context(GAPS, ["w1", "w2", "w3"], {"choices": ["g1=x"]}, review=review, reveal=False)
        assert "số 111" not in str(shown)
        assert all(piece.gap.right is None and piece.gap.answer is None for piece in shown["pieces"] if piece.gap)


@pytest.mark.parametrize(
    ("passage", "gaps", "fault"),
    [
        ("a [1] b [2]", [(["x"], []), (["y"], ["z"])], ""),
        ("a [2] b [1]", [(["x"], []), (["y"], ["z"])], ""),
        ("a [1]", [(["x"], []), (["y"], [])], "[1], [2]"),
        ("a [1] [1]", [(["x"], [])], "đúng một lần"),
        ("a", [], "Cần từ một"),
        ("a [1]", [([], ["x"])], "chưa có chữ đúng"),
        ("a [1]", [(["X"], ["x"])], "hai chữ là một"),
    ],
)
def test_what_passage_an_author_may_not_write(passage, gaps, fault):
    found = fault_of_gaps(passage, gaps, [CASE])
    assert fault in found if fault else found == ""


# --- all of them


@given(st.text(max_size=80))
def test_anything_typed_is_answered_or_refused_in_a_sentence(text):
    questions = [(short, short_question(("a", 100))), (numeric, number_question(("3", "0,1", 100))), (missing, GAPS)]
    for module, question in questions:
        try:
            response = module.clean(question.structure, {"choice": [text], "w.g1": [text]})
        except BadAnswer:
            continue
        assert module.clean(question.structure, {"choice": response["choices"]}) == response
        assert 0 <= module.mark(question, response, 100).points <= 100


def test_accepted_answers_are_nothing_to_read_before_answering():
    assert syllables_to_answer({"text": "Gọi số nào?", "a0.accepted": "một hai ba bốn"}) == 3
