"""Nine o'clock at a real server: a whole province behind one address gets in, and a guesser does not."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from resilience.learner import PASSWORD, TOKEN, Line

CROWD, WRONG = 300, 40
PAGE = "/tai-khoan/login/"

PEOPLE = f"""
from django.contrib.auth.hashers import make_password
from people.persons.user import User
password = make_password({PASSWORD!r})
User.objects.bulk_create(
    User(staff_code=f"SANG-{{n:03}}", full_name=f"Cán bộ sáng {{n}}", password=password) for n in range({CROWD} + 1)
)
"""


@pytest.fixture(scope="module")
def crowd(installation):
    """Their codes; the last one is nobody's who signs in with the others."""
    installation.shell(PEOPLE)
    return [f"SANG-{number:03}" for number in range(CROWD + 1)]


def sign_in(port: int, login: str, password: str):
    """The server's answer to the form, from a browser that was never here; the page after it where it let in."""
    line = Line(port)
    form = {"login": login, "password": password, "csrfmiddlewaretoken": TOKEN.search(line.ask("GET", PAGE).text)[1]}
    answer = line.ask("POST", PAGE, form)
    inside = line.ask("GET", "/hoc-tap/").status == 200 if answer.status == 302 else False
    line.hang_up()
    return answer, inside


@pytest.mark.parametrize("count", [20, pytest.param(CROWD, marks=pytest.mark.soak)])
def test_all_people_sign_in_at_once_from_one_address(installation, crowd, figure, count):
    began = time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        ended = list(pool.map(lambda login: sign_in(installation.port, login, PASSWORD), crowd[:count]))
    took, errors = time.monotonic() - began, sum(not inside for _answer, inside in ended)
    cores = os.cpu_count()
    figure(f"{count} sign-ins from one address, real server: {took:.0f} s on {cores} cores, errors {errors}")
    assert errors == 0


def test_40_wrong_tries_on_one_account_are_stopped(installation, crowd, figure):
    victim = crowd[CROWD]
    stopped = ["tạm dừng đến" in sign_in(installation.port, victim, f"sai-{n}")[0].text for n in range(WRONG)]
    figure(f"{WRONG} wrong tries on one account, real server: {stopped.count(False)} looked at, then stopped")
    assert stopped == [False] * 10 + [True] * 30
    answer, inside = sign_in(installation.port, victim, PASSWORD)
    assert not inside
    assert "tạm dừng đến" in answer.text
