"""A first start that is killed, at whatever point, comes to a good state when it is started again."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from resilience.installation import ROOT, Installation

# that a first start says, and the seconds that one of its parts takes at most on a quick machine
LINES, LONGEST_PART = 27, 1.5
CHECK = """
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
    "roles": Role.objects.count(),
    "people": User.objects.count(),
    "courses": CoursePage.objects.live().count(),
    "questions": Question.objects.filter(live=True).count(),
    "notices": NoticePage.objects.count(),
}))
"""


def start(place: Installation) -> subprocess.Popen:
    command = [sys.executable, "-u", "manage.py", "prepare", "--demo"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.PIPE,
        stderr=place.log,
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


def state(place: Installation) -> dict:
    return json.loads(place.shell(CHECK))


@pytest.mark.slow
@pytest.mark.own_database
@pytest.mark.xdist_group("resilience")
@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.soak("twenty kills of a first start"))])
def test_a_first_start_that_is_killed_comes_to_a_good_state(tmp_path, kills, figure):
    """On SQLite, as `make serve` begins."""
    place = Installation(tmp_path, "", postgres=False)
    chance, killed_at = random.Random(kills), []
    try:
        for number in range(kills):
            # one part after the other: the database, the files, the content, and the people of the trial
            lines = chance.randint(LINES * number // kills, LINES * (number + 1) // kills)
            if killed_after(start(place), lines, chance.uniform(0, LONGEST_PART)):
                killed_at.append(lines)
        last = start(place)
        last.communicate(timeout=300)
        assert last.returncode == 0, (tmp_path / "run.log").read_text()[-3000:]
        after = state(place)
    finally:
        place.close()
    figure(f"first start: killed after {killed_at} lines, then {after}")
    assert killed_at
    assert after["signing in"] == after["accounts"] == 13
    assert after["roles"] == 13
    assert after["people"] > 300
    assert (after["courses"], after["notices"]) == (4, 2)
    assert after["questions"] == 246
