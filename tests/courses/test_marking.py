"""Marking and checking answers: pure, one frozen question in, one mark out."""

import sys
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks

from courses.questions.kinds.kind import KINDS, BadAnswer, Frozen, Mark, Text, body_block, is_blank, kind
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


def test_a_third_of_a_point_is_rounded_down():
    assert marked("multiple_choice", ["a", "b", "c"], ["a"], 100).points == 33


def test_a_true_statement_is_true():
    module = kind("true_false")
    statement = Frozen("true_false", {"choices": [{"id": "dung"}, {"id": "sai"}]}, {"right": ["dung"]})
    assert module.mark(statement, {"choices": ["dung"]}, 100).right
    assert not module.mark(statement, {"choices": ["sai"]}, 100).right
    assert module.choice_order(statement.structure, None) == ["dung", "sai"]


@pytest.mark.parametrize("name", list(KINDS))
def test_no_answer_earns_nothing(name):
    assert kind(name).mark(question(name, ["a"]), None, 100) == Mark(0, 100)


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
    toy.reviewing = lambda question, order, response: {}
    toy.answer_template = toy.review_template = "quiz/kinds/number.html"
    return toy
