"""A roster goes in while people answer: on SQLite both want the one write lock there is."""

import csv
import time

import pytest
from costs import slower
from processes import wait_for

# ten thousand show how long an answer waits; few show already that none is lost
FEW, ROWS, PEOPLE = 500, 10_000, 8
# seconds that somebody may wait for an answer to be saved, on a quick machine
LIMIT = 1.0


@pytest.fixture(params=[FEW, pytest.param(ROWS, marks=pytest.mark.soak)])
def rows(request) -> int:
    return request.param


@pytest.fixture
def roster(installation, rows, tmp_path):
    """Everybody holds the duty that a requirement asks for, so standings and counts are made for each."""
    path = tmp_path / "roster.csv"
    today = "SELECT code FROM people_unit WHERE kind IN ('xa', 'phuong') AND valid_to IS NULL ORDER BY code"
    communes = [row[0] for row in installation.rows(today)]
    assert len(communes) > 50
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow("ma_can_bo ho_ten email dien_thoai ma_don_vi chuc_danh nhiem_vu tu_ngay den_ngay".split())
        for number in range(rows):
            unit = communes[number % len(communes)]
            duties = "ho_tro_nan_nhan|tuyen_truyen" if number % 3 else "ho_tro_nan_nhan"
            code = f"NHAP-{rows}-{number:05}"
            row = [code, f"Cán bộ nhập {number}", "", "", unit, "Công chức", duties, "2025-07-01", ""]
            writer.writerow(row)
    return path


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


def test_an_import_of_ten_thousand_rows_holds_up_nobody_s_answer(installation, roster, rows, learners, figure):
    people = learners(PEOPLE, first=20, pause=0.1 if rows == ROWS else 0.4)
    for person in people:
        person.start()
    # how long a save takes without an import is measured only where it is judged
    wait_for(lambda: all(person.ledger.seconds for person in people), "everybody saved an answer", 90)
    time.sleep(10 if rows == ROWS else 0)
    until = {person: len(person.ledger.seconds) for person in people}
    quiet = [second for person in people for second in person.ledger.seconds[: until[person]]]
    started = time.monotonic()
    importing = installation.begin("import_roster", str(roster))
    while importing.poll() is None:
        time.sleep(0.2)
    took = time.monotonic() - started
    # the days gone by are counted for the new people too, as the clock does within minutes
    installation.shell("from courses.standing.daily_counts import daily_counts; daily_counts()")
    busy = [second for person in people for second in person.ledger.seconds[until[person] :]]
    for person in people:
        person.leave.set()
    for person in people:
        person.join(120)
    before, during = percentile(quiet, 0.95), percentile(busy, 0.95)
    figure(
        f"import of {rows} rows in {took:.0f} s beside {PEOPLE} learners: {len(busy)} saves, "
        f"p50 {percentile(busy, 0.5):.3f} s, p95 {during:.3f} s, worst {max(busy):.2f} s; before it p95 {before:.3f} s"
    )
    assert importing.returncode == 0
    assert installation.rows(f"SELECT COUNT(*) FROM people_user WHERE staff_code LIKE 'NHAP-{rows}-%'")[0][0] == rows
    assert sum(person.ledger.failures for person in people) == 0
    assert [odd for person in people for odd in person.ledger.oddities] == []
    assert busy
    if rows == ROWS:
        assert len(busy) > 10 * PEOPLE
        # machines differ: one that needs long for a save without any import is measured by itself
        assert during < max(LIMIT * slower(), 4 * before)
