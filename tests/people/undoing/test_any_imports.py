"""Whatever files came, and however they are undone: each earlier day knows what it knew, today is as before."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from people.changes.change import BulkChange, ChangedRow
from people.persons.user import User
from people.postings.posting import POSTING, Posting
from people.roster.importing import prepare_roster
from people.undoing.carrying_out import undo
from tabular.sheets import TableError

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
MONDAY = timezone.make_aware(datetime(2026, 3, 2, 9))
PEOPLE = {"A": "Alăng Thị Hà", "B": "Bríu Văn Bình", "C": "Zơrâm Thị Cúc"}

rows = some.tuples(
    some.sampled_from(sorted(PEOPLE)),
    some.sampled_from(["", "a@example.vn", "b@example.vn"]),
    some.sampled_from(["20455", "20695"]),
    some.sampled_from(["xac_minh", "ho_tro_nan_nhan", ""]),
    some.sampled_from(["2025-07-01", "2026-01-01"]),
    some.sampled_from(["", "2026-02-01", "2026-12-31"]),
)
files = some.tuples(some.lists(rows, max_size=4), some.booleans())

pytestmark = pytest.mark.django_db


def believed(known_on: date | None = None) -> Counter:
    """What is believed of postings, or was at the end of a day."""
    postings = Posting.objects.known_on(known_on).filter(person__staff_code__in=PEOPLE)
    return Counter(
        (one.person.staff_code, one.unit.code, one.start, one.end, frozenset(duty.key for duty in one.duties.all()))
        for one in postings.select_related("person", "unit").prefetch_related("duties")
    )


def addresses() -> dict:
    known = User.objects.filter(staff_code__in=PEOPLE, is_active=True)
    return {code: values for code, *values in known.values_list("staff_code", "full_name", "email")}


def brought(path, lines, complete) -> BulkChange | None:
    written = [
        f"{code},{PEOPLE[code]},{email},,{unit},,{duty},{start},{end}" for code, email, unit, duty, start, end in lines
    ]
    path.write_text("\n".join([HEADER, *written]) + "\n", encoding="utf-8")
    last = BulkChange.objects.order_by("pk").last()
    prepared = prepare_roster(path, timezone.now(), ended_if_missing=complete and bool(lines))
    prepared.carry_out()
    latest = BulkChange.objects.order_by("pk").last()
    return latest if latest != last else None


def _went_with_another(row: ChangedRow) -> bool:
    """A later file had put the posting back as an earlier one wrote it, so the undo of the earlier one took it away;
    then nothing of the rows between is left to take back.
    """
    one = Posting.objects.get(pk=row.new or row.old)
    same = Posting.objects.filter(person=one.person, unit=one.unit, position=one.position, start=one.start)
    taken = ChangedRow.objects.filter(kind=row.kind, new__in=same.values("pk"), undone_by__isnull=False)
    return row.kind == POSTING and not same.current().exists() and taken.exists()


HERE, THERE = ("A", "", "20455", "xac_minh", "2025-07-01", ""), ("A", "", "20695", "", "2025-07-01", "")
PUT_BACK = [([THERE, HERE], False), ([HERE, (*THERE[:3], "xac_minh", *THERE[4:])], False), ([HERE, THERE], False)]


@example(PUT_BACK, Random(0))
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some.lists(files, min_size=1, max_size=3), some.randoms(use_true_random=False))
def test_the_past_stays_and_the_last_undo_brings_back_the_beginning(units, tmp_path_factory, tables, chance):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with transaction.atomic(), time_machine.travel(MONDAY, tick=False) as clock:
        before, changes, days = (believed(), addresses()), [], [MONDAY.date()]
        for lines, complete in tables:
            clock.shift(timedelta(days=1))
            days.append(timezone.localdate())
            try:
                changes.append(brought(path, lines, complete))
            except TableError:
                continue
        known = {day: believed(day) for day in days}
        # in any order: what a later file changed stays until that is undone
        order = [change for change in changes if change]
        chance.shuffle(order)
        for change in [*order, *reversed([change for change in changes if change])]:
            clock.shift(timedelta(days=1))
            undo(change, change.rows.all(), None)
            assert {day: believed(day) for day in days} == known
        assert (believed(), addresses()) == before
        left = ChangedRow.objects.filter(change__undoes=None, undone_by=None)
        assert all(_went_with_another(row) for row in left)
        transaction.set_rollback(True)
