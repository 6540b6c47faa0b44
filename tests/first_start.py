"""A first start with the demo, as `make serve` begins, killed on the way and started again."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# that a first start says, and the seconds that one of its parts takes at most on a quick machine
LINES, LONGEST_PART = 27, 1.5
STATE = """
import json
from django.conf import settings
from people.persons.user import User
from courses.content.course import CoursePage
from courses.questions.bank import Question
from campaigns.communes.notices import NoticePage
from people.rights.roles import Role
accounts = json.loads((settings.DATA_DIR / "demo.json").read_text())
print(json.dumps({
    "accounts": len(accounts),
    "signing in": sum(User.objects.by_login(a["login"]).check_password(a["password"]) for a in accounts),
    "roles": Role.objects.filter(ended_at=None).count(),
    "people": User.objects.count(),
    "courses": CoursePage.objects.live().count(),
    "questions": Question.objects.filter(live=True).count(),
    "notices": NoticePage.objects.count(),
}))
"""


def begin(environment: dict[str, str], log) -> subprocess.Popen:
    command = [sys.executable, "-u", "manage.py", "prepare", "--demo"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
    )


def killed_after(process: subprocess.Popen, lines: int, seconds: float) -> bool:
    """Whether it was killed so many seconds after it had said so many lines; false where it was through before."""
    said = itertools.islice(process.stdout, lines)
    if len(list(said)) == lines:
        time.sleep(seconds)
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return running


def places(kills: int) -> list[tuple[int, float]]:
    """(lines, seconds after them) of so many kills, in one part after the other: the database, the files, the content,
    and the people of the trial."""
    chance = random.Random(kills)
    parts = [(LINES * number // kills, LINES * (number + 1) // kills) for number in range(kills)]
    return [(chance.randint(*part), chance.uniform(0, LONGEST_PART)) for part in parts]


def start(environment: dict[str, str], log, kills: list[tuple[int, float]]) -> list[int]:
    """Starts until it is through, after kills at these places; returns after how many lines each of them met it.

    Raises AssertionError where the last start fails."""
    met = [lines for lines, seconds in kills if killed_after(begin(environment, log), lines, seconds)]
    last = begin(environment, log)
    last.communicate(timeout=300)
    assert last.returncode == 0, f"a first start after kills at {met} ended with {last.returncode}; its log says why"
    return met


def check(killed_at: list[int], state: dict) -> None:
    """That it is in a good state, whatever met it on the way."""
    assert killed_at
    assert state["signing in"] == state["accounts"] == 13
    assert state["roles"] == 13
    assert state["people"] > 300
    assert (state["courses"], state["notices"]) == (4, 2)
    assert state["questions"] == 246


def state_of(said: str) -> dict:
    """What `STATE`, run in a shell of the installation, said."""
    return json.loads(said)
