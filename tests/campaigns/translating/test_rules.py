"""What becomes of a translated sentence."""

import pytest

from campaigns.translating.rules import (
    MISSING,
    Sentence,
    State,
    after_change,
    after_wrong,
    composed,
    may_approve,
    state_of,
)


@pytest.mark.parametrize(
    ("state", "as_before", "then"),
    [
        ("approved", False, "outdated"),
        ("approved", True, "approved"),
        ("outdated", True, "approved"),
        ("outdated", False, "outdated"),
        ("awaiting", False, "draft"),
        ("draft", False, "draft"),
        ("withdrawn", True, "withdrawn"),
    ],
)
def test_a_changed_vietnamese_sentence(state, as_before, then):
    assert after_change(state, as_before) == then


@pytest.mark.parametrize(
    ("state", "was_live", "then"),
    [
        ("approved", True, "withdrawn"),
        ("outdated", True, "withdrawn"),
        ("draft", True, "withdrawn"),
        ("withdrawn", False, "withdrawn"),
        ("draft", False, "draft"),
        ("awaiting", False, "draft"),
    ],
)
def test_a_vietnamese_sentence_that_was_wrong(state, was_live, then):
    assert after_wrong(state, was_live) == then


def test_the_approver_is_neither_translator_nor_voice():
    assert may_approve(2, {2, 3}, [1])
    assert not may_approve(2, {2, 3}, [1, 2])
    assert not may_approve(2, {2, 3}, [1], [2])
    assert not may_approve(4, {2, 3}, [1])
    assert not may_approve(2, set(), [])


def test_readers_see_what_is_approved_and_vietnamese_for_the_rest():
    sentences = [Sentence("Một.", " ", "Zu."), Sentence("Hai.", "\n"), Sentence("Ba.", "", "Za.")]
    assert composed(sentences) == "Zu. Hai.\nZa."
    assert composed([]) == ""


@pytest.mark.parametrize(
    ("states", "sentences", "state"),
    [
        ([], 3, MISSING),
        (["approved"] * 3, 3, "approved"),
        (["approved"] * 2, 3, MISSING),
        (["approved", "outdated", "approved"], 3, "outdated"),
        (["approved", "draft"], 3, "draft"),
        (["awaiting", "approved"], 2, "awaiting"),
        (["withdrawn", "outdated", "draft"], 3, "withdrawn"),
    ],
)
def test_the_state_of_a_message(states, sentences, state):
    assert state_of(states, sentences) == state
    assert state in (MISSING, *State.values)
