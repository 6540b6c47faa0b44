"""Nine o'clock at a real server, behind nginx with the file that we ship: a whole province behind one address gets in,
and a guesser does not.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from nginx import in_front_of, with_nginx
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


class Browser(Line):
    """Comes in by the proxy, which passes on the name of the site, as which its public address counts."""

    def __init__(self, port: int, origin: str):
        super().__init__(port)
        self.site = origin

    @property
    def origin(self) -> str:
        return self.site


@pytest.fixture(scope="module")
def front(installation):
    """(port, origin) of the site as its visitors know it."""
    with in_front_of(installation.port, installation.folder / "var") as port:
        yield port, f"http://127.0.0.1:{installation.port}"


def sign_in(front: tuple[int, str], login: str, password: str):
    """The server's answer to the form, from a browser that was never here; the page after it where it let in."""
    line = Browser(*front)
    page = line.ask("GET", PAGE)
    if page.status != 200:
        return page, False
    form = {"login": login, "password": password, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
    answer = line.ask("POST", PAGE, form)
    inside = line.ask("GET", "/hoc-tap/").status == 200 if answer.status == 302 else False
    line.hang_up()
    return answer, inside


@with_nginx
@pytest.mark.parametrize("count", [20, pytest.param(CROWD, marks=pytest.mark.soak)])
def test_all_people_sign_in_at_once_from_one_address(front, crowd, figure, count):
    began = time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        ended = list(pool.map(lambda login: sign_in(front, login, PASSWORD), crowd[:count]))
    took, errors = time.monotonic() - began, sum(not inside for _answer, inside in ended)
    cores = os.cpu_count()
    figure(f"{count} sign-ins from one address through nginx: {took:.0f} s on {cores} cores, refused {errors}")
    assert errors == 0, {answer.status for answer, inside in ended if not inside}


@with_nginx
def test_40_wrong_tries_on_one_account_are_stopped(front, crowd, figure):
    victim = crowd[CROWD]
    stopped = ["tạm dừng đến" in sign_in(front, victim, f"sai-{n}")[0].text for n in range(WRONG)]
    figure(f"{WRONG} wrong tries on one account through nginx: {stopped.count(False)} looked at, then stopped")
    assert stopped == [False] * 10 + [True] * 30
    answer, inside = sign_in(front, victim, PASSWORD)
    assert not inside
    assert "tạm dừng đến" in answer.text
