"""A moment from the database is in UTC: the day written of it is Vietnam's, also before seven in the morning."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from people.merging import merging

ROOT = Path(__file__).resolve().parents[2]
# a field that holds a moment is called `at` or ends in `_at`
MOMENT = r"(?:\w+\.)*(?:\w+_)?at"
IN_UTC = re.compile(rf"\{{{MOMENT}:%d/|\b{MOMENT}\.date\(\)|date_format\({MOMENT}\b|strftime\({MOMENT}\b")
# moments of a demo, of a snapshot, and naive ones that somebody typed, are local already
LOCAL = ("courses/demo", "courses/annual/paper/document.py", "site/people/typed_times.py")


def test_no_day_is_written_of_a_moment_in_utc():
    found = []
    for folder in ("site", "courses", "campaigns", "media"):
        for path in (ROOT / folder).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(LOCAL) and (match := IN_UTC.search(path.read_text())):
                found.append(f"{name}: {match[0]}")
    assert found == []


def test_a_merge_of_one_in_the_morning_is_of_that_day():
    gone, stays = SimpleNamespace(staff_code="TG-1b"), SimpleNamespace(staff_code="TG-1")
    one = SimpleNamespace(gone=gone, stays=stays, recorded_at=datetime(2026, 11, 30, 18, 4, tzinfo=UTC))
    assert merging._written(one) == "TG-1b → TG-1, 01/12/2026"
