"""How figures are put in order and in words: by what they are, not by what is shown of them."""

from courses.reports.query.wording import SORTS, UnitRow


def row(completed, required):
    return UnitRow({"completed": completed, "required": required})


def test_units_are_sorted_by_their_exact_share_and_those_of_whom_nobody_is_required_come_last():
    """Both show 66.6 %."""
    more, less, nobody = row(20_001, 30_000), row(20_000, 30_000), row(0, 0)
    assert sorted([less, nobody, more], key=SORTS["xong"], reverse=True) == [more, less, nobody]
