"""The trial as the browser tests see it, and the person at the browser."""

import shutil
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from resilience.commands import Commands

ROOT = Path(__file__).resolve().parents[2]
# the first one draws pages as the others do, for a third of the processor time: it has no window of its own
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)


PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
# the windows and colours in which a page is looked at
LOOKS = [*product([NARROW, PHONE, DESK], ["light", "dark"])]


@dataclass(frozen=True)
class Trial:
    url: str
    accounts: list[dict]
    environment: dict
    commands: Commands
    # after how many lines it was killed while it was made, and what it held when it was made
    killed_at: list[int]
    first_state: dict

    def account(self, login: str) -> dict:
        return next(one for one in self.accounts if one["login"] == login)

    def of_role(self, role: str) -> dict:
        return next(one for one in self.accounts if one["role"] == role)

    def manage(self, *arguments: str) -> str:
        status, out, err = self.commands.run(arguments, self.environment)
        assert status == 0, f"{arguments[0]}: {err[-2000:]}"
        return out


class Visitor:
    """A person at a browser: `visit`, `press`, and what every page must hold on the way."""

    def __init__(self, context, trial: Trial):
        self.context, self.trial = context, trial
        # ends what would wait for ever, however busy the machine is
        context.set_default_timeout(30_000)
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._listen(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message) -> None:
        # a refused address, or a line that a test cut, is a message of the browser's own, not of the page
        own = ("status of 4", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(sign in message.text for sign in own):
            self.complaints.append(message.text)

    def visit(self, path: str, status: int = 200):
        response = self.page.goto(self.trial.url + path)
        assert response.status == status, f"{path}: {response.status}"
        return self.page

    def sign_in(self, login: str):
        account = self.trial.account(login)
        self.visit("/tai-khoan/login/")
        self.page.fill("[name=login]", account["login"])
        self.page.fill("[name=password]", account["password"])
        self.page.click("main button:has-text('Đăng nhập')")
        # a visit before the answer is there would take its place
        self.page.wait_for_url(lambda address: "/tai-khoan/login/" not in address)
        return self

    def no_sideways_scrolling(self) -> None:
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window + 1, f"{self.page.url} is {wide} px wide in a window of {window}"
