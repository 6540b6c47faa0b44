"""A first start that is killed, at whatever point, comes to a good state when it is started again."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from resilience.installation import ROOT, Installation

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
    command = [sys.executable, "manage.py", "prepare", "--demo"]
    return subprocess.Popen(
        command, cwd=ROOT, env=place.environment, stdout=place.log, stderr=place.log, start_new_session=True
    )


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
            process = start(place)
            # spread over what a start takes, the later ones later; a quick machine is through with the last ones
            time.sleep(chance.uniform(0.3, 2.5 + 9 * number / kills))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                killed_at.append(number)
            process.wait()
        last = start(place)
        assert last.wait(300) == 0, (tmp_path / "run.log").read_text()[-3000:]
        after = state(place)
    finally:
        place.close()
    figure(f"first start: killed {len(killed_at)} of {kills} times, then {after}")
    assert killed_at
    assert after["signing in"] == after["accounts"] == 13
    assert after["roles"] == 13
    assert after["people"] > 300
    assert (after["courses"], after["notices"]) == (4, 2)
    assert after["questions"] == 246
