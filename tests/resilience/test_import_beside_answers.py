"""A roster of ten thousand goes in while people answer: on SQLite both want the one write lock there is."""

import csv
import time

import pytest

ROWS, PEOPLE = 10_000, 8
# what somebody may wait for an answer to be saved
LIMIT = 1.0


@pytest.fixture(scope="module")
def roster(house, tmp_path_factory):
    """Everybody holds the duty that a requirement asks for, so standings and counts are made for each."""
    path = tmp_path_factory.mktemp("roster") / "ten-thousand.csv"
    today = "SELECT code FROM people_unit WHERE kind IN ('xa', 'phuong') AND valid_to IS NULL ORDER BY code"
    communes = [row[0] for row in house.rows(today)]
    assert len(communes) > 50
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow("ma_can_bo ho_ten email dien_thoai ma_don_vi chuc_danh nhiem_vu tu_ngay den_ngay".split())
        for number in range(ROWS):
            unit = communes[number % len(communes)]
            duties = "ho_tro_nan_nhan|tuyen_truyen" if number % 3 else "ho_tro_nan_nhan"
            row = [f"NHAP-{number:05}", f"Cán bộ nhập {number}", "", "", unit, "Công chức", duties, "2025-07-01", ""]
            writer.writerow(row)
    return path


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


@pytest.mark.alone
def test_an_import_of_ten_thousand_rows_holds_up_nobody_s_answer(house, roster, learners, figure):
    people = learners(PEOPLE, first=20, pause=0.1)
    for person in people:
        person.start()
    time.sleep(10)
    until = {person: len(person.ledger.seconds) for person in people}
    quiet = [second for person in people for second in person.ledger.seconds[: until[person]]]
    started = time.monotonic()
    importing = house.begin("import_roster", str(roster))
    while importing.poll() is None:
        time.sleep(0.2)
    took = time.monotonic() - started
    # the days gone by are counted for the new people too, as the clock does within minutes
    house.shell("from courses.standing.daily_counts import daily_counts; daily_counts()")
    busy = [second for person in people for second in person.ledger.seconds[until[person] :]]
    for person in people:
        person.leave.set()
    for person in people:
        person.join(120)
    before, during = percentile(quiet, 0.95), percentile(busy, 0.95)
    figure(
        f"import of {ROWS} rows in {took:.0f} s beside {PEOPLE} learners: {len(busy)} saves, "
        f"p50 {percentile(busy, 0.5):.3f} s, p95 {during:.3f} s, worst {max(busy):.2f} s; before it p95 {before:.3f} s"
    )
    assert importing.returncode == 0
    assert house.rows("SELECT COUNT(*) FROM people_user WHERE staff_code LIKE 'NHAP-%'")[0][0] == ROWS
    assert sum(person.ledger.failures for person in people) == 0
    assert [odd for person in people for odd in person.ledger.oddities] == []
    assert len(busy) > 10 * PEOPLE
    # machines differ: one that needs long for a save without any import is measured by itself
    assert during < max(LIMIT, 4 * before)
