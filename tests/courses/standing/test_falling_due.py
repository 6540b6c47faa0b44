"""Who is late and who falls due: whoever was late already does not fall due once more where she went."""

from datetime import date

import pytest
from factories import make_person

from courses.standing.falling_due import due_on, falling_due
from courses.standing.rules import seed_requirements
from courses.standing.standing import Standing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def stands(units):
    requirement = seed_requirements()[0]

    def add(person, start, end=None, state="overdue", unit=units.tay_giang):
        return Standing.objects.create(
            person=person, requirement=requirement, unit=unit, start=start, end=end, state=state
        )

    return add


def due(days):
    return set(falling_due(TODAY, days).values_list("person", flat=True))


def late():
    return set(due_on(TODAY).values_list("person", flat=True))


def test_by_the_day(stands):
    soon, later = make_person("Sắp", "FD-1"), make_person("Sau", "FD-2")
    stands(soon, date(2026, 11, 25)), stands(later, date(2026, 12, 10), state="expired")
    stands(make_person("Xong", "FD-3"), date(2026, 11, 1), state="completed")
    assert (due(0), due(1), due(15), due(16)) == (set(), {soon.pk}, {soon.pk}, {soon.pk, later.pk})
    assert late() == set()


def test_somebody_elses_being_late_hides_nobody(stands):
    soon, other = make_person("Sắp", "FD-1"), make_person("Quá hạn", "FD-2")
    stands(soon, date(2026, 11, 25)), stands(other, date(2026, 11, 1))
    assert (due(7), late()) == ({soon.pk}, {other.pk})


def test_who_is_late_and_moves_does_not_fall_due_where_she_goes(stands, units):
    moved = make_person("Chuyển", "FD-1")
    stands(moved, date(2026, 11, 1), date(2026, 11, 27))
    stands(moved, date(2026, 11, 28), unit=units.avuong)
    assert (due(30), late()) == (set(), {moved.pk})


def test_who_was_late_until_yesterday_falls_due_again(stands):
    again, last = make_person("Lại", "FD-1"), make_person("Hôm nay", "FD-2")
    stands(again, date(2026, 11, 1), date(2026, 11, 23)), stands(again, date(2026, 12, 1), state="expired")
    stands(last, date(2026, 11, 1), TODAY)
    assert (due(30), late()) == ({again.pk}, {last.pk})
