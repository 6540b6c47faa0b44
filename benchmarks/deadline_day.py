"""The deadline day: 500 learners sign in within ten seconds and then work, each thinking 10 to 20 seconds at a time.

    python benchmarks/deadline_day.py [--learners 500] [--seconds 90]

A whole installation (web, worker, clock) with two web processes on a PostgreSQL of its own. Printed: errors, what a
request took in the wave and after it, what the processes hold in memory (PSS: shared pages counted once), and the
processor time of site and generator apart; then what was asked, by kind of address. At the end everybody goes where
they stand: nobody hurries through the rest of a quiz. On a slower machine the limits grow with the loop of
tests/costs.py.
"""

import argparse
import contextlib
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "site"), str(ROOT)]

from costs import slower  # noqa: E402
from processes import children_of, descendants, proportional_megabytes  # noqa: E402
from resilience.installation import Installation  # noqa: E402
from resilience.learner import PASSWORD, TOKEN, Learner  # noqa: E402
from trial import processor_seconds  # noqa: E402

WAVE = 10
# seconds: nineteen of twenty requests, in the wave and after it
IN_WAVE, AFTERWARDS = 2.5, 1.0
MEMORY = 400

PEOPLE = f"""
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.units.unit import Unit
from courses.standing.standing import rebuild_all
from courses.content.quiz import QuizPage
now, password = timezone.now(), make_password({PASSWORD!r})
commune = Unit.objects.bearing("20458", timezone.localdate())
duty = Duty.objects.get(key="ho_tro_nan_nhan")
for number in range({{count}}):
    code, name = f"HAN-{{{{number:04}}}}", f"Cán bộ {{{{number}}}}"
    person = User.objects.create(staff_code=code, full_name=name, password=password)
    posting = Posting.objects.create(
        person=person, unit=commune, position="Công chức", start="2025-07-01", recorded_at=now
    )
    posting.duties.add(duty)
QuizPage.objects.update(wait_minutes=0, attempt_limit=0, open_after_lessons=False)
rebuild_all()
"""


@dataclass
class Times:
    """(when it began, seconds that it took, status, method and path without numbers) of every request."""

    rows: list[tuple[float, float, int, str]] = field(default_factory=list)

    def spent(self, begin: float, end: float) -> list[float]:
        return [took for at, took, _status, _kind in self.rows if begin <= at < end]

    @property
    def errors(self) -> int:
        return sum(status == 0 or status >= 400 for _at, _took, status, _kind in self.rows)

    def kinds(self) -> dict[str, list[float]]:
        """{method and path: what each request took}, the most asked first."""
        found: dict[str, list[float]] = {}
        for _at, took, _status, kind in self.rows:
            found.setdefault(kind, []).append(took)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


class Gone(Exception):
    """The end came; who worked goes where she stands."""


class Official(Learner):
    """Signs in at a moment of the wave, looks at her courses, then takes the quiz."""

    def __init__(self, port: int, number: int, times: Times, begin: float):
        super().__init__(port, f"HAN-{number:04}", PASSWORD)
        self.times, self.begin = times, begin
        whole = self.line.ask

        def timed(method, path, form=None, **headers):
            at = time.monotonic()
            answer = whole(method, path, form, **headers)
            kind = f"{method} {re.sub(r'[0-9]+', 'n', path)}"
            self.times.rows.append((at - self.begin, time.monotonic() - at, answer.status, kind))
            return answer

        self.line.ask = timed

    def think(self) -> None:
        if self.leave.wait(self.random.uniform(10, 20)):
            raise Gone

    def work(self) -> None:
        with contextlib.suppress(Gone):
            self.sign_in()
            self.look_round()
            super().work()

    def sign_in(self) -> None:
        self.leave.wait(self.random.uniform(0, WAVE))
        page = self.line.ask("GET", "/tai-khoan/login/")
        form = {"login": self.login, "password": PASSWORD, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
        answer = self.line.ask("POST", "/tai-khoan/login/", form)
        if answer.status != 302:
            self.ledger.oddities.append(f"{self.login}: signing in answered {answer.status}")
            raise Gone
        self.line.ask("GET", answer.headers["Location"])

    def look_round(self) -> None:
        for path in ("/hoc-tap/", "/khoa-hoc/nhan-dien-nan-nhan/"):
            self.think()
            self.line.ask("GET", path)
        self.think()

    def take_quiz(self) -> None:
        super().take_quiz()
        self.think()

    def answer(self, attempt: int, question: str, csrf: str) -> None:
        super().answer(attempt, question, csrf)
        self.think()


def held(pid: int) -> float:
    """MB that the process and all below it hold, a page shared by n of them counted n times a n-th (PSS)."""
    return sum(proportional_megabytes(one) for one in (pid, *descendants(pid)))


def processor(pid: int) -> float:
    """Seconds of the process and of all below it, those that ended too."""
    return sum(processor_seconds(one, waited_for=True) for one in (pid, *descendants(pid)))


@dataclass(frozen=True)
class Part:
    """A child of the supervisor with all below it: web, clock or worker."""

    seconds: float
    megabytes: float


def parts(place: Installation) -> dict[str, Part]:
    """{name: what it used until now and holds}."""
    names = {"gunicorn": "web", "clock": "clock", "worker": "worker"}
    found = {
        next((names[word] for word in names if word in line), line): Part(processor(pid), held(pid))
        for pid, line in children_of(place.process.pid).items()
    }
    return found | {"supervisor": Part(processor_seconds(place.process.pid), proportional_megabytes(place.process.pid))}


def settle(place: Installation) -> None:
    """Waits until worker and clock rest, two minutes at most: the deadline is not the day of the installation, on which
    they draw, count and index what was seeded.
    """
    end = time.monotonic() + 120
    rested = 0
    # long enough for a process that has grown to give way to a young one
    while rested < 9 and time.monotonic() < end:
        before = parts(place)
        time.sleep(2)
        spent = {name: part.seconds - before[name].seconds for name, part in parts(place).items()}
        rested = rested + 1 if spent["worker"] + spent["clock"] < 0.2 else 0


def verdict(name: str, value: float, limit: float, unit: str) -> bool:
    print(f"{name:48} {value:8.2f} {unit}  (at most {limit:.2f}{'' if value <= limit else ': OVER'})")
    return value <= limit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=90, help="of work after the wave")
    options = parser.parse_args()
    threading.stack_size(512 * 1024)
    random.seed(1)
    place = Installation(Path(tempfile.mkdtemp(prefix="la-chan-deadline-")), "", postgres=True, EMAIL_URL="")
    try:
        place.manage("prepare")
        place.manage("seed")
        place.shell(PEOPLE.format(count=options.learners))
        place.serve()
        settle(place)
        assert place.process
        before, began = parts(place), time.process_time()
        times, start = Times(), time.monotonic()
        people = [Official(place.port, number, times, start) for number in range(options.learners)]
        for person in people:
            person.start()
        time.sleep(WAVE * 2)
        wave = parts(place)
        time.sleep(options.seconds)
        after = parts(place)
        end = time.monotonic() - start
        for person in people:
            person.leave.set()
        generator = time.process_time() - began
        for person in people:
            person.join(60)
        oddities = [odd for person in people for odd in person.ledger.oddities]
    finally:
        place.close()
    waves, later = times.spent(0, WAVE * 2), times.spent(WAVE * 2, end)
    scale = slower()
    print(f"{options.learners} learners, {len(times.rows)} requests, errors {times.errors}, oddities {oddities[:3]}")
    print(f"processor: generator {generator:.0f} s; {scale:.1f} times as long as a quick machine")
    for name, part in after.items():
        in_wave, in_all = wave[name].seconds - before[name].seconds, part.seconds - before[name].seconds
        print(f"{name:12} {in_wave:6.1f} s in the wave, {in_all:6.1f} s in all; {part.megabytes:6.1f} MB")
    memory = max(sum(part.megabytes for part in moment.values()) for moment in (wave, after))
    for kind, took in times.kinds().items():
        print(f"{len(took):7}  {statistics.median(took):6.2f} s at the median  {kind}")
    good = [
        times.errors == 0 and not oddities,
        verdict("p95 of a request in the wave", statistics.quantiles(waves, n=20)[-1], IN_WAVE * scale, "s"),
        verdict("p95 of a request afterwards", statistics.quantiles(later, n=20)[-1], AFTERWARDS * scale, "s"),
        verdict("memory of all processes", memory, MEMORY, "MB"),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
