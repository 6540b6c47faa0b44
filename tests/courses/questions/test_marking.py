"""Marking and checking answers: pure, one frozen question in, one mark out."""

import re
import sys
from fractions import Fraction
from random import Random
from types import ModuleType

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks

from courses.attempts.attempt import points_in_words
from courses.questions.kinds.choices import MOST_CHOICES, ChoiceBlock, fault_of_choices
from courses.questions.kinds.kind import KINDS, BadAnswer, Frozen, Mark, Text, body_block, is_blank, kind, stable_id
from courses.questions.kinds.showing import question_context

IDS = ["a", "b", "c", "d"]
CHOICES = {"choices": [{"id": id} for id in IDS]}


def question(name, right, structure=CHOICES):
    return Frozen(name, structure, {"right": right})


def marked(name, right, chosen, out_of=100):
    return kind(name).mark(question(name, right), {"choices": chosen}, out_of)


@pytest.mark.parametrize(("chosen", "points"), [(["b"], 100), (["a"], 0), ([], 0)])
def test_a_single_choice_is_all_or_nothing(chosen, points):
    assert marked("single_choice", ["b"], chosen) == Mark(points, 100)


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        (["a", "b"], 100),
        (["a"], 50),
        (["a", "c"], 0),
        (["a", "b", "c"], 50),
        (["a", "b", "c", "d"], 0),
        (["c"], 0),
        ([], 0),
    ],
)
def test_multiple_choice_gives_a_part_for_a_part_and_takes_it_back_for_a_wrong_one(chosen, points):
    assert marked("multiple_choice", ["a", "b"], chosen).points == points


def test_thirds_stay_thirds_until_they_are_shown():
    two_thirds = marked("multiple_choice", ["a", "b", "c"], ["a", "b"], 100)
    assert two_thirds.points == Fraction(200, 3)
    assert 2 * 100 + 3 * two_thirds.points == 400
    assert points_in_words(two_thirds.points) == "0,66"


def test_a_true_statement_is_true():
    module = kind("true_false")
    statement = Frozen("true_false", {"choices": [{"id": "dung"}, {"id": "sai"}]}, {"right": ["dung"]})
    assert module.mark(statement, {"choices": ["dung"]}, 100).right
    assert not module.mark(statement, {"choices": ["sai"]}, 100).right
    assert module.choice_order(statement.structure, None) == ["dung", "sai"]


@pytest.mark.parametrize("name", list(KINDS))
def test_no_answer_earns_nothing_and_the_key_earns_everything(name):
    block = kind(name).Block()
    structure, key, texts = kind(name).freeze(block.get_preview_value())
    example = Frozen(name, structure, key, {id: Text(text) for id, text in texts.items()})
    assert kind(name).mark(example, None, 100) == Mark(0, 100)
    assert kind(name).mark(example, {"choices": list(key["right"])}, 100).right


answers = st.lists(st.sampled_from(IDS), unique=True)
keys = st.lists(st.sampled_from(IDS), unique=True, min_size=1)


@given(right=keys, chosen=answers, out_of=st.integers(1, 1000))
def test_a_mark_is_never_below_nothing_nor_above_everything(right, chosen, out_of):
    mark = marked("multiple_choice", right, chosen, out_of)
    assert 0 <= mark.points <= out_of
    assert mark.right == (set(chosen) == set(right))


@given(right=keys, chosen=answers)
def test_one_more_right_choice_never_costs_points(right, chosen):
    for extra in set(right) - set(chosen):
        before = marked("multiple_choice", right, chosen).points
        assert marked("multiple_choice", right, [*chosen, extra]).points >= before


@given(chosen=answers)
def test_what_is_cleaned_stands_in_the_order_of_the_question(chosen):
    response = kind("multiple_choice").clean(CHOICES, {"choice": chosen})
    assert response["choices"] == sorted(chosen)
    assert is_blank(response) == (not chosen)


@given(posted=st.lists(st.text(max_size=5), max_size=6))
def test_whatever_is_posted_is_cleaned_or_refused(posted):
    known = set(posted) - {""} <= set(IDS)
    if known:
        assert set(kind("multiple_choice").clean(CHOICES, {"choice": posted})["choices"]) == set(posted) - {""}
    else:
        with pytest.raises(BadAnswer, match=r"\.$"):
            kind("multiple_choice").clean(CHOICES, {"choice": posted})


def test_a_choice_that_is_not_in_the_question_is_refused():
    with pytest.raises(BadAnswer, match="không có trong câu này"):
        kind("single_choice").clean(CHOICES, {"choice": ["z"]})


def test_the_key_stays_hidden_while_answering():
    answering = question_context(question("single_choice", ["b"]), IDS, {"choices": ["a"]})
    assert all(choice.right is None and choice.feedback is None for choice in answering["choices"])
    assert [choice.id for choice in answering["choices"] if choice.chosen] == ["a"]


# --- what was answered


@pytest.mark.parametrize(
    ("response", "blank"), [(None, True), ({}, True), ({"choices": []}, True), ({"choices": ["a"]}, False)]
)
def test_a_response_without_any_value_is_no_answer(response, blank):
    assert is_blank(response) is blank


def test_one_choice_is_taken_where_one_is_asked_for_and_several_where_several_are():
    assert kind("single_choice").clean(CHOICES, {"choice": ["c"]}) == {"choices": ["c"]}
    assert kind("single_choice").clean(CHOICES, {}) == {"choices": []}
    with pytest.raises(BadAnswer, match="chỉ được chọn một"):
        kind("single_choice").clean(CHOICES, {"choice": ["a", "c"]})
    assert kind("multiple_choice").clean(CHOICES, {"choice": ["c", "a"]}) == {"choices": ["a", "c"]}


def test_a_mark_is_right_only_when_all_of_it_was_earned():
    assert Mark(100, 100).right
    assert not Mark(99, 100).right
    assert Mark(0, 0).right


# --- what is shown

TEXTS = {"text": Text("Hỏi?"), "a": Text("Một"), "b": Text("Hai", "vi"), "b.feedback": Text("Không phải")}
ASKED = Frozen("multiple_choice", CHOICES, {"right": ["a", "c"]}, TEXTS)


def test_a_text_knows_its_language_where_it_is_not_the_one_asked_for():
    assert (ASKED.text("a"), ASKED.text("a").lang) == ("Một", "")
    assert (ASKED.text("b"), ASKED.text("b").lang) == ("Hai", "vi")
    assert (ASKED.text("z"), ASKED.text("z").lang) == ("", "")


@pytest.mark.parametrize(
    ("name", "input_type", "instruction"),
    [("single_choice", "radio", "Chọn một"), ("multiple_choice", "checkbox", "Chọn tất cả ý đúng")],
)
def test_while_answering_the_choices_stand_in_the_order_of_the_attempt(name, input_type, instruction):
    answering = kind(name).answering(ASKED, ["b", "a", "c"], {"choices": ["a"]})
    assert (answering["input_type"], answering["instruction"]) == (input_type, instruction)
    assert [(choice.id, choice.text, choice.chosen) for choice in answering["choices"]] == [
        ("b", "Hai", False),
        ("a", "Một", True),
        ("c", "", False),
    ]
    assert answering["given"] == ["Một"]


def test_a_review_says_of_each_choice_whether_it_is_right_and_counts_those_found():
    reviewing = kind("multiple_choice").reviewing(ASKED, ["b", "a", "c"], {"choices": ["a", "b"]})
    assert [(choice.id, choice.chosen, choice.right, choice.feedback) for choice in reviewing["choices"]] == [
        ("b", True, False, "Không phải"),
        ("a", True, True, ""),
        ("c", False, True, ""),
    ]
    assert (reviewing["right_chosen"], reviewing["right_total"]) == (1, 2)


def test_a_review_has_its_own_template_and_shows_what_the_editor_wrote_where_no_order_was_frozen():
    answered = question_context(ASKED, None, {"choices": ["a"]}, review=True)
    asked = question_context(ASKED, None, None)
    assert answered["template"] != asked["template"]
    assert "right_total" in answered
    assert "right_total" not in asked
    assert [choice.id for choice in asked["choices"]] == IDS
    assert asked["text"] == "Hỏi?"


def test_the_order_is_drawn_where_there_is_somebody_to_draw_it():
    module = kind("single_choice")
    assert module.choice_order(CHOICES, None) == IDS
    orders = {tuple(module.choice_order(CHOICES, Random(seed))) for seed in range(20)}
    assert len(orders) > 1
    assert all(sorted(order) == IDS for order in orders)
    assert kind("true_false").choice_order({}, Random(3)) == ["dung", "sai"]


# --- what is written

TWO = ["Một", "Hai"]


@pytest.mark.parametrize(
    ("texts", "right", "exactly_one", "fault"),
    [
        ([], 0, True, "ít nhất hai"),
        (["Một"], 1, True, "ít nhất hai"),
        (TWO, 1, True, ""),
        (TWO, 0, True, "Chưa có phương án đúng"),
        (TWO, 0, False, "Chưa có phương án đúng"),
        (TWO, 2, True, "Chỉ được một phương án đúng"),
        (TWO, 2, False, ""),
        (["Một", " mỘT  "], 1, True, "chữ giống nhau"),
        (["Một hai", "Một  hai"], 1, True, "chữ giống nhau"),
        ([str(n) for n in range(MOST_CHOICES)], 1, True, ""),
        ([str(n) for n in range(MOST_CHOICES + 1)], 1, True, "Nhiều nhất 12 phương án"),
    ],
)
def test_what_is_wrong_with_the_choices_is_said_in_one_sentence(texts, right, exactly_one, fault):
    found = fault_of_choices(texts, right, exactly_one=exactly_one)
    assert fault in found
    assert bool(found) == bool(fault)


def written(name, choices=None, **more):
    """The value of the kind's block as an import writes it."""
    choices = choices or [{"text": " Một ", "right": True, "feedback": " Phải "}, {"text": "Hai", "feedback": None}]
    return kind(name).Block().to_python(kind(name).compose("bài", " Hỏi? ", choices, **more))


@pytest.mark.parametrize("name", ["single_choice", "multiple_choice"])
def test_a_written_question_is_frozen_without_its_spaces_and_empty_texts(name):
    value = written(name, explanation=" Vì thế ", source=None, hint="  ")
    structure, key, texts = kind(name).freeze(value)
    first, second = (choice["id"] for choice in structure["choices"])
    assert key == {"right": [first]}
    assert texts == {
        "text": "Hỏi?",
        "explanation": "Vì thế",
        first: "Một",
        f"{first}.feedback": "Phải",
        second: "Hai",
    }
    assert (value["source"], value["hint"]) == ("", "")


def test_a_choice_is_known_again_by_its_question_and_its_text():
    def ids(identity, *texts):
        composed = kind("single_choice").compose(identity, "Hỏi?", [{"text": text} for text in texts])
        return [item["id"] for item in composed["choices"]]

    assert ids("x", "Một", "Hai") == ids("x", " Hai ", "Một")[::-1]
    assert not set(ids("x", "Một", "Hai")) & set(ids("y", "Một", "Hai"))
    assert stable_id("x", "choice", "Một") == ids("x", "Một")[0]
    # what was imported by an earlier version is found again
    assert stable_id("x", "choice", "Một") == "9ca358be-e55f-51bb-a18d-d207daa5541b"


def test_a_statement_is_written_by_what_is_said_of_it():
    true = written("true_false")
    false = written("true_false", [{"text": "Đúng"}, {"text": "Sai", "right": True, "feedback": " Vì "}])
    assert kind("true_false").freeze(true) == (
        {"choices": [{"id": "dung"}, {"id": "sai"}]},
        {"right": ["dung"]},
        {"text": "Hỏi?", "dung": "Một", "dung.feedback": "Phải", "sai": "Hai"},
    )
    structure, key, texts = kind("true_false").freeze(false)
    assert key == {"right": ["sai"]}
    assert (texts["sai.feedback"], "dung.feedback" in texts) == ("Vì", False)
    told = kind("true_false").compose("x", "Hỏi?", [{"text": "Đ", "right": True}, {"text": "S"}], hint=" Gợi ý ")
    assert (told["hint"], told["explanation"], told["source"]) == ("Gợi ý", "", "")


@pytest.mark.parametrize(
    "choices",
    [
        [{"text": "Đúng", "right": True}],
        [{"text": "Đúng"}, {"text": "Sai"}],
        [{"text": "Đúng", "right": True}, {"text": "Sai", "right": True}],
        [{"text": "Đúng", "right": True}, {"text": "Sai"}, {"text": "Không rõ"}],
    ],
)
def test_a_statement_has_two_answers_of_which_one_is_right(choices):
    with pytest.raises(ValueError, match="đúng hai phương án"):
        kind("true_false").compose("x", "Hỏi?", choices)


BOTH_RIGHT = [{"text": "Một", "right": True}, {"text": "Hai", "right": True}]
NONE_RIGHT = [{"text": "Một"}, {"text": "Hai"}]
SAME_WORDS = [{"text": "Một", "right": True}, {"text": "một "}]


@pytest.mark.parametrize(
    ("name", "choices", "fault"),
    [
        ("single_choice", None, ""),
        ("single_choice", BOTH_RIGHT, "Chỉ được một phương án đúng"),
        ("single_choice", NONE_RIGHT, "Chưa có phương án đúng"),
        ("multiple_choice", BOTH_RIGHT, ""),
        ("multiple_choice", NONE_RIGHT, "Chưa có phương án đúng"),
        ("true_false", None, ""),
        ("true_false", SAME_WORDS, "chữ giống nhau"),
    ],
)
def test_a_question_with_a_fault_is_not_published_but_may_be_kept_as_a_draft(name, choices, fault):
    block, value = kind(name).Block(), written(name, choices)
    if fault:
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        assert fault in str(refused.value.as_json_data())
    else:
        assert block.clean(value)["text"] == "Hỏi?"
    block.defer_required_validation()
    try:
        assert block.clean(value)["text"] == "Hỏi?"
    finally:
        block.restore_deferred_validation()


def test_a_choice_needs_its_words_and_nothing_else():
    fields = ChoiceBlock().child_blocks
    assert [name for name, field in fields.items() if field.required] == ["text"]


@pytest.mark.parametrize("name", list(KINDS))
def test_the_texts_that_every_kind_has_are_asked_for_but_not_required(name):
    fields = kind(name).Block().child_blocks
    assert [fields[text].required for text in ("text", "explanation", "source", "hint")] == [True, False, False, False]


@pytest.mark.parametrize("name", list(KINDS))
def test_a_kind_shows_editors_an_example_of_itself(name):
    block = kind(name).Block()
    context = block.get_preview_context(block.get_preview_value())
    shown = context["question"]
    assert shown["text"]
    page = render_to_string(shown["template"], {"question": shown, "position": 1})
    fields = re.findall(r'name="1-[a-z]+', page)
    assert fields
    assert all(part.text for part in shown.get("choices") or shown.get("steps") or shown.get("rows") or [])


def test_a_question_has_one_body():
    assert body_block().meta.max_num == 1
    assert list(body_block().child_blocks) == list(KINDS)


def test_a_new_kind_is_one_module_and_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "toy_number", toy_kind())
    monkeypatch.setitem(KINDS, "number", "toy_number")
    toy = kind("number")
    block = body_block()
    value = block.to_python([{"type": "number", "id": "x", "value": {"text": "Số gọi?", "answer": 111}}])
    frozen = Frozen("number", *toy.freeze(value[0].value)[:2])
    assert "number" in block.child_blocks
    assert toy.mark(frozen, toy.clean(frozen.structure, {"value": ["111"]}), 100).right
    assert question_context(frozen, None, {"value": 111})["template"] == "quiz/kinds/number.html"


def toy_kind() -> ModuleType:
    """A question that asks for a whole number."""
    toy = ModuleType("toy_number")

    class Block(blocks.StructBlock):
        text = blocks.TextBlock()
        answer = blocks.IntegerBlock()

    def clean(structure, posted):
        if not posted.get("value", [""])[0].isdecimal():
            raise BadAnswer("Hãy ghi một số.")
        return {"value": int(posted["value"][0])}

    toy.Block = Block
    toy.freeze = lambda value: ({}, {"answer": value["answer"]}, {"text": value["text"]})
    toy.choice_order = lambda structure, rng: []
    toy.clean = clean
    toy.mark = lambda question, response, out_of: Mark(
        out_of if response and response["value"] == question.key["answer"] else 0, out_of
    )
    toy.answering = lambda question, order, response: {"instruction": "Ghi một số", "given": [Text("")]}
    toy.reviewing = lambda question, order, response, reveal=True: {}
    toy.answer_template = toy.review_template = "quiz/kinds/number.html"
    return toy
