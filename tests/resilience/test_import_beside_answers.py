"""A roster goes in while people answer: on SQLite both want the one write lock there is."""

import csv
import os
import re
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from costs import slower
from processes import wait_for
from resilience.learner import PASSWORD, Line

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


class Waiting(threading.Thread):
    """Asks for SQLite's write lock again and again and gives it back at once. How long it waited is told, not judged:
    it stands behind all who wait too, whom SQLite wakes in no order (test_roster.py judges how long a slice holds it).
    """

    def __init__(self, path: Path):
        super().__init__(daemon=True)
        self.path, self.seconds, self.leave = path, [], threading.Event()

    def run(self):
        with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as connection:
            while not self.leave.wait(0.05):
                began = time.monotonic()
                connection.execute("BEGIN IMMEDIATE")
                self.seconds.append(time.monotonic() - began)
                connection.execute("ROLLBACK")


def beside_learners(installation, rows, learners, figure, work, what: str) -> None:
    """`work` brings the roster in and returns once it is in; meanwhile eight people answer."""
    people = learners(PEOPLE, first=20, pause=0.1 if rows > FEW else 0.4)
    for person in people:
        person.start()
    # how long a save takes without an import is measured only where it is judged
    wait_for(lambda: all(person.ledger.seconds for person in people), "everybody saved an answer", 90)
    time.sleep(10 if rows > FEW else 0)
    until = {person: len(person.ledger.seconds) for person in people}
    quiet = [second for person in people for second in person.ledger.seconds[: until[person]]]
    database = Path(installation.environment["DATA_DIR"]) / "db.sqlite3"
    waiting = Waiting(database) if rows > FEW and database.exists() else None
    if waiting:
        waiting.start()
    started = time.monotonic()
    work()
    took = time.monotonic() - started
    if waiting:
        waiting.leave.set()
        waiting.join(90)
    # the days gone by are counted for the new people too, as the clock does within minutes
    installation.shell("from courses.standing.daily_counts import daily_counts; daily_counts()")
    busy = [second for person in people for second in person.ledger.seconds[until[person] :]]
    for person in people:
        person.leave.set()
    for person in people:
        person.join(120)
    before, during = percentile(quiet, 0.95), percentile(busy, 0.95)
    lock = f", longest wait for the write lock {max(waiting.seconds):.2f} s" if waiting and waiting.seconds else ""
    figure(
        f"{what} of {rows} rows in {took:.0f} s beside {PEOPLE} learners: {len(busy)} saves, "
        f"p50 {percentile(busy, 0.5):.3f} s, p95 {during:.3f} s, worst {max(busy):.2f} s; before it p95 {before:.3f} s"
        f"{lock}; a second of a quick machine is {slower():.1f} s here"
    )
    assert installation.rows(f"SELECT COUNT(*) FROM people_user WHERE staff_code LIKE 'NHAP-{rows}-%'")[0][0] == rows
    assert sum(person.ledger.failures for person in people) == 0
    assert [odd for person in people for odd in person.ledger.oddities] == []
    assert busy
    if rows > FEW:
        assert len(busy) > rows / 1000 * PEOPLE
        # machines differ: one that needs long for a save without any import is measured by itself
        assert during < max(LIMIT * slower(), 4 * before)


def test_an_import_of_ten_thousand_rows_holds_up_nobody_s_answer(installation, roster, rows, learners, figure):
    def by_the_command() -> None:
        importing = installation.begin("import_roster", str(roster))
        while importing.poll() is None:
            time.sleep(0.2)
        assert importing.returncode == 0

    beside_learners(installation, rows, learners, figure, by_the_command, "import")


# --- the same by the screens: chosen, looked at, confirmed, in the background with progress

MANAGER = f"""
from django.contrib.auth.hashers import make_password
from people.persons.user import User
from people.rights.roles import RoleKind, give
from people.units.unit import Unit
from django.utils import timezone
person, _made = User.objects.get_or_create(staff_code="QUAN-LY", full_name="Quản lý")
person.password, person.welcomed_at = make_password({PASSWORD!r}), timezone.now()
person.save()
give(person, RoleKind.PROVINCE_MANAGER, Unit.objects.bearing("48", timezone.localdate()))
"""
REFRESH, TOKEN = 'data-seconds="', re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Manager:
    """Brings a file in by the screens; `seen` are the numbers of rows that the pages of progress showed."""

    def __init__(self, port: int):
        self.line, self.seen = Line(port), []
        page = self.line.ask("GET", "/tai-khoan/login/")
        form = {"login": "QUAN-LY", "password": PASSWORD, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
        assert self.line.ask("POST", "/tai-khoan/login/", form).status == 302

    def send(self, path: Path) -> str:
        """The address of the check."""
        page = self.line.ask("GET", "/bao-cao/danh-sach/")
        return self._posted("/bao-cao/danh-sach/", page, path.read_bytes())

    def confirm(self, address: str) -> str:
        return self._posted(address, self.line.ask("GET", address))

    def _posted(self, address: str, page, content: bytes | None = None) -> str:
        token, edge = TOKEN.search(page.text)[1], "ranh-gioi"
        part = f'--{edge}\r\nContent-Disposition: form-data; name="'
        body = f'{part}csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode()
        if content is not None:
            body += f'{part}file"; filename="ds.csv"\r\nContent-Type: text/csv\r\n\r\n'.encode() + content + b"\r\n"
        body += f"--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}", "Origin": self.line.origin}
        reply = self.line.send(address, body, kind)
        assert reply.status == 302, (reply.status, reply.text[:400])
        return reply.headers["Location"]

    def done(self, address: str, within: float) -> str:
        """The page once the work is finished."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            page = self.line.ask("GET", address)
            assert page.status == 200, page.status
            if REFRESH not in page.text:
                return page.text
            self.seen += [int(found) for found in re.findall(r'<progress[^>]* value="(\d+)"', page.text)]
            time.sleep(0.5)
        raise AssertionError(f"{address} is not done after {within} s")


@pytest.mark.soak
@pytest.mark.parametrize("rows", [int(os.environ.get("IMPORT_ROWS", ROWS))])
def test_a_file_brought_in_by_the_screens_holds_up_nobody_s_answer(installation, roster, rows, learners, figure):
    installation.shell(MANAGER)
    manager = Manager(installation.port)

    def by_the_screens() -> None:
        check = manager.send(roster)
        page = manager.done(check, 300)
        assert "Chưa có gì được lưu" in page
        assert f"<dt>Mới</dt><dd>{rows}</dd>" in page, re.findall(r"<dd.*?</dd>", page)
        assert installation.rows("SELECT COUNT(*) FROM people_user WHERE staff_code LIKE 'NHAP-%'")[0][0] == 0
        page = manager.done(manager.confirm(check), 600)
        assert "Đã ghi xong" in page
        # it was seen how far it was
        assert len({*manager.seen}) > 1

    beside_learners(installation, rows, learners, figure, by_the_screens, "import by the screens")
