"""How numbers of people are kept: none under five is stored, and none follows from what is."""

import pytest

from campaigns.activities.made.rules import REST, SMALL, UNKNOWN, Mark, People, in_words, kept, too_large


def told(number):
    return People(number, Mark.TOLD)


@pytest.mark.parametrize(
    ("people", "women", "minors", "expected"),
    [
        (30, 12, 6, (told(30), told(12), told(6))),
        (30, 0, 30, (told(30), told(0), told(30))),
        (None, None, None, (UNKNOWN, UNKNOWN, UNKNOWN)),
        (0, 0, 0, (told(0), told(0), told(0))),
        (4, 4, 0, (SMALL, UNKNOWN, UNKNOWN)),
        (SMALL, 5, 2, (SMALL, UNKNOWN, UNKNOWN)),
        (20, 3, 17, (told(20), SMALL, REST)),
        (20, SMALL, REST, (told(20), SMALL, REST)),
        (20, 16, 15, (told(20), REST, told(15))),
        (6, 5, 2, (told(6), REST, REST)),
        (8, 8, 0, (told(8), told(8), told(0))),
    ],
)
def test_what_is_kept(people, women, minors, expected):
    found = kept({"people": people, "women": women, "minors": minors})
    assert (found["people"], found["women"], found["minors"]) == expected


@pytest.mark.parametrize("whole", range(0, 26))
def test_nobody_finds_a_number_under_five_by_subtracting(whole):
    """Of each way to split a whole, nothing that is kept tells a group of one to four."""
    for women in range(whole + 1):
        found = kept({"people": whole, "women": women})
        shown = found["people"].number, found["women"].number
        groups = {women, whole - women, whole} & {1, 2, 3, 4}
        if groups:
            worlds = [
                (all_, some)
                for all_ in range(26)
                for some in range(all_ + 1)
                if tuple(one for one in (kept({"people": all_, "women": some})[n] for n in ("people", "women")))
                == (found["people"], found["women"])
            ]
            hidden = {some for all_, some in worlds} if whole >= 5 else {all_ for all_, some in worlds}
            assert len(hidden) >= 4, (whole, women, shown)


def test_words():
    assert in_words(1200, Mark.TOLD) == "1.200"
    assert in_words(None, Mark.SMALL) == "dưới 5"
    assert "dưới 5" in in_words(None, Mark.REST)
    assert in_words(None, Mark.UNKNOWN) == "chưa có số liệu"


def test_a_part_is_no_larger_than_its_whole():
    assert too_large(31, 30)
    assert not too_large(30, 30)
    assert not too_large(SMALL, 30)
    assert not too_large(5, None)
