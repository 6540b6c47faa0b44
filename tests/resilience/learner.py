"""An official at a quiz, over real HTTP with session and CSRF, who writes down what the server promised."""

import http.client
import json
import random
import re
import threading
import time
import traceback
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "mot-mat-khau-dai"
QUIZ = "/khoa-hoc/nhan-dien-nan-nhan/bai-kiem-tra/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FIELDSET = re.compile(r'<fieldset class="q".*?</fieldset>', re.S)


def possible(question: str) -> list[tuple[str, ...]]:
    """Two answers or more to the question of this HTML, whatever its kind."""
    if "data-order" in question:
        order = tuple(re.findall(r'<input type="hidden"[^>]* data-choice="([^"]+)"', question))
        return [order, order[::-1]]
    if rows := re.findall(r"<select.*?</select>", question, re.S):
        targets = [re.findall(r'<option value="([^"]+)"', row) for row in rows]
        return [tuple(values[place] for values in targets) for place in (0, 1)]
    inputs = re.findall(r'<input[^>]*name="\d+-choice"[^>]*>', question)
    return [(re.search(r'value="([^"]+)"', one)[1],) for one in inputs]


@dataclass
class Answer:
    """A reply. `status` 0: none came, or half of one."""

    status: int
    headers: dict
    text: str


class Line:
    """One person's connection and cookies. Never raises: a broken line is an answer with status 0."""

    def __init__(self, port: int):
        self.port, self.cookies = port, {}
        self.connection = None

    def ask(self, method: str, path: str, form: dict | None = None, **headers) -> Answer:
        """A kept connection that the server has closed meanwhile is opened again, as every browser does."""
        kept = self.connection is not None
        reply = self._ask(method, path, form, dict(headers))
        return self._ask(method, path, form, dict(headers)) if kept and reply.status == 0 else reply

    def send(self, path: str, body: bytes, headers: dict) -> Answer:
        """A POST of anything else than a form's fields."""
        return self._ask("POST", path, None, dict(headers), body)

    def _ask(self, method: str, path: str, form: dict | None, headers: dict, body: bytes | None = None) -> Answer:
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            if form is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
            self.connection.request(method, path, urlencode(form, doseq=True) if form is not None else body, headers)
            reply = self.connection.getresponse()
            text = reply.read().decode()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return Answer(0, {}, "")
        for cookie in reply.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return Answer(reply.status, dict(reply.headers), text)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


@dataclass
class Ledger:
    """What one learner was told."""

    # (attempt, position, sequence, token, choices) of each save that the server acknowledged, in order
    saves: list[tuple[int, int, int, str, tuple[str, ...]]] = field(default_factory=list)
    # tokens of everything that was ever sent
    sent: set[str] = field(default_factory=set)
    submitted: list[int] = field(default_factory=list)
    # seconds that each acknowledged save took, from the first try
    seconds: list[float] = field(default_factory=list)
    failures: int = 0
    signed_out: int = 0
    # what should never be: a success that is none, a refusal without a reason
    oddities: list[str] = field(default_factory=list)


class Learner(threading.Thread):
    """Answers and submits attempt after attempt until told to stop; then ends the one in hand and goes."""

    def __init__(self, port: int, login: str, password: str, *, pause: float = 0.2, patience: float = 90):
        super().__init__(daemon=True, name=login)
        self.line, self.login, self.password = Line(port), login, password
        self.pause, self.patience = pause, patience
        self.random = random.Random(login)
        self.ledger = Ledger()
        self.leave = threading.Event()
        self.finished = False
        self.last = ""

    def sign_in(self) -> None:
        page = self.line.ask("GET", "/tai-khoan/login/")
        form = {"login": self.login, "password": self.password, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
        reply = self.line.ask("POST", "/tai-khoan/login/", form)
        assert reply.status == 302, (self.login, reply.status)

    def run(self):
        try:
            self.work()
            self.finished = True
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1].line
            self.ledger.oddities.append(f"{self.login}: {type(error).__name__} {error} at {where}; last {self.last}")

    def work(self) -> None:
        while not self.leave.is_set():
            self.take_quiz()

    def take_quiz(self) -> None:
        start = self.insist("GET", QUIZ, good={200})
        action = re.search(r'action="(/hoc-tap/bai-kiem-tra/[^"]+)"', start.text)
        if action:
            quiz = re.search(r'name="quiz" value="(\d+)"', start.text)[1]
            form = {"quiz": quiz, "csrfmiddlewaretoken": TOKEN.search(start.text)[1]}
            address = self.insist("POST", action[1], form, good={302}).headers["Location"]
        else:
            address = re.search(r'href="(/hoc-tap/bai-lam/\d+/)"', start.text)[1]
        attempt = int(re.search(r"/bai-lam/(\d+)/", address)[1])
        for part in range(1, 5):
            page = self.insist("GET", f"{address}?phan={part}", good={200}).text
            for question in FIELDSET.findall(page):
                self.answer(attempt, question, TOKEN.search(page)[1])
        page = self.insist("GET", f"{address}nop/", good={200, 302})
        if page.status == 200:
            form = {"csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
            reply = self.insist("POST", f"{address}nop/", form, good={302})
            if not reply.headers["Location"].endswith("/ket-qua/"):
                self.ledger.oddities.append(f"submission led to {reply.headers['Location']}")
        self.insist("GET", f"{address}ket-qua/", good={200})
        self.ledger.submitted.append(attempt)

    def answer(self, attempt: int, question: str, csrf: str) -> None:
        """Picks, and now and then changes, an answer; each until the server says that it has it."""
        position = int(re.search(r'data-position="(\d+)"', question)[1])
        url = re.search(r'data-url="([^"]+)"', question)[1]
        sequence = int((re.search(r'<fieldset[^>]*data-saved="(\d+)"', question) or [0, 0])[1])
        picked = self.random.sample(possible(question), 2 if self.random.random() < 0.25 else 1)
        for choice in picked:
            form = {f"{position}-choice": choice, f"{position}-based_on": sequence, f"{position}-token": uuid4().hex}
            sequence = self.save(attempt, position, url, form, choice, csrf)
            # who is told to leave hurries
            self.leave.wait(self.pause * self.random.uniform(0.5, 1.5))

    def save(self, attempt: int, position: int, url: str, form: dict, choice: tuple[str, ...], csrf: str) -> int:
        token = form[f"{position}-token"]
        self.ledger.sent.add(token)
        started = time.monotonic()
        while True:
            headers = {"X-CSRFToken": csrf, "Accept": "application/json"}
            reply = self.insist("POST", url, form, good={200}, **headers)
            try:
                reply_data = json.loads(reply.text)
                sequence, kept = reply_data["sequence"], tuple(reply_data["saved"]["choices"])
            except (ValueError, KeyError, TypeError):
                self.ledger.oddities.append(f"a success that is none: {reply.text[:80]}")
                continue
            if kept != choice:
                self.ledger.oddities.append(f"saved {kept} for {choice}")
            self.ledger.seconds.append(time.monotonic() - started)
            self.ledger.saves.append((attempt, position, sequence, token, kept))
            return sequence

    def insist(self, method: str, path: str, form: dict | None = None, *, good: set[int], **headers) -> Answer:
        """Asks the same again until the answer is a good one, as the page's script and a person's thumb do."""
        end = time.monotonic() + self.patience
        while True:
            reply = self.line.ask(method, path, form, **headers)
            location = reply.headers.get("Location", "")
            if reply.status == 401 or "/tai-khoan/login" in location:
                self.ledger.signed_out += 1
            elif reply.status in good:
                self.last = f"{method} {path}: {reply.status}, {len(reply.text)} characters, {location}"
                return reply
            elif 0 < reply.status < 500:
                self.ledger.oddities.append(f"{method} {path}: {reply.status} {location} {reply.text[:120]}")
            self.ledger.failures += 1
            if time.monotonic() > end:
                raise TimeoutError(f"{method} {path}: {reply.status}")
            time.sleep(0.3)
