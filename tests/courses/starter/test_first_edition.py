"""Was it changed by hand? What the program wrote has one creation and one publication by nobody, and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.starter.first_edition import Act, last_by_hand

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def acts(*rows: tuple[str, str]) -> list[Act]:
    return [Act(f"wagtail.{action}", by, START + timedelta(hours=n)) for n, (action, by) in enumerate(rows)]


@pytest.mark.parametrize(
    "history", [[], [("create", ""), ("publish", "")], [("publish", "")]], ids=["purged", "a page", "a question"]
)
def test_what_the_program_wrote_was_not_changed(history):
    assert last_by_hand(acts(*history)) is None


@pytest.mark.parametrize(
    ("history", "at", "by"),
    [
        ([("create", ""), ("publish", ""), ("edit", "Mơ")], 2, "Mơ"),
        ([("create", ""), ("publish", ""), ("edit", "Mơ"), ("publish", "Bình")], 3, "Bình"),
        # published again by an import
        ([("create", ""), ("publish", ""), ("publish", "")], 2, ""),
        # withdrawn by the clock
        ([("create", ""), ("publish", ""), ("unpublish", "")], 2, ""),
        ([("create", "Mơ"), ("publish", "")], 0, "Mơ"),
    ],
    ids=["a draft", "published by another", "published again", "withdrawn", "made by hand"],
)
def test_whatever_else_stands_in_the_history_was_done_by_hand(history, at, by):
    found = last_by_hand(acts(*history))
    assert (found.at, found.by) == (START + timedelta(hours=at), by)


def test_the_order_in_which_the_lines_are_read_does_not_matter():
    history = acts(("create", ""), ("publish", ""), ("edit", "Mơ"))
    assert last_by_hand(history[::-1]).by == "Mơ"
