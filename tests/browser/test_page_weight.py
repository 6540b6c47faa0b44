"""What pages weigh: every public page, and a learner's whole first journey on a slow line. Both print their figures."""

import gzip
import html
import json
import re
import time
import urllib.request
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from browser.lessons_and_quizzes import answer_anyhow, try_everything
from browser.trial import PHONE
from costs import slower

# HTML + CSS, gzip; requests of a first visit, pictures that wait aside
BUDGET, REQUESTS = 14 * 1024, 6
# of the whole journey apart from its lessons, whose text is what the learner came for: those have a limit each
JOURNEY_BUDGET, LESSON_BUDGET, SLOWEST_CLICK = 80 * 1024, 30 * 1024, 1.5
# of the whole journey apart from what is tried in its lessons, each of which is saved
JOURNEY_REQUESTS = 26
LESSONS_OPENED = 3
# 400 kbit/s both ways, 300 ms there and back
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
OWN_PAGES = [
    "/tien-do/",
    "/tim-kiem/?q=mua+ban+nguoi",
    "/xem-an-toan/",
    "/tro-nang/",
    "/du-lieu-ca-nhan/",
    "/lo/",
    "/khong-co/",
]
COMMUNES_READ = 3

ALL_SAVED = "() => [...document.querySelectorAll('[data-choice]:checked')].every(one => 'saved' in one.dataset)"

LEARNER = """
import json
from django.utils import timezone
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage
from courses.progress.lessons import LessonSeen
from people.persons.user import User
course = CoursePage.objects.get(slug="ho-tro-tam-ly-ban-dau", locale__language_code="vi")
quiz = QuizPage.objects.descendant_of(course).live().order_by("path").last()
quiz.draw_total = 10
quiz.save_revision().publish()
person = User.objects.create_user("%(code)s", password="mat-khau-rat-dai", full_name="Người Đi Lần Đầu")
lessons = list(LessonPage.objects.descendant_of(course).live().order_by("path"))
for lesson in lessons[2:]:
    LessonSeen.objects.create(person=person, lesson_key=lesson.translation_key, course_key=course.key,
                              seen_at=timezone.now())
print("JSON" + json.dumps({"course": course.url, "lesson": lessons[0].url, "quiz": quiz.url}))
"""


class Plain:
    """A client that keeps nothing: what an answer weighs, and whether it asks to keep something."""

    def __init__(self, url: str):
        self.url, self.weighed = url, {}

    def get(self, path: str):
        request = urllib.request.Request(self.url + path, headers={"Accept-Encoding": "gzip"})
        try:
            response = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        body = response.read()
        response.weight = len(body)
        packed = response.headers.get("Content-Encoding") == "gzip"
        response.text = (gzip.decompress(body) if packed else body).decode()
        if not packed:
            response.weight = len(gzip.compress(body, 6))
        return response

    def weight_of(self, path: str) -> int:
        if path not in self.weighed:
            self.weighed[path] = self.get(path).weight
        return self.weighed[path]


def public_paths(plain: Plain) -> list[str]:
    """All of the sitemap, of the 94 spaces of communes the first ones."""
    root = ElementTree.fromstring(plain.get("/sitemap.xml").text)
    paths = [place.text.removeprefix(plain.url) for place in root.iter() if place.tag.endswith("loc")]
    communes = [path for path in paths if re.fullmatch(r"/xa-phuong/[^/]+/", path)]
    return [path for path in paths if path not in communes[COMMUNES_READ:]] + OWN_PAGES


def faults_of(plain: Plain, path: str) -> tuple[str, list[str]]:
    """(line of figures, what is wrong) of one public page."""
    answer = plain.get(path)
    text, wrong = answer.text, []
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    scripts = re.findall(r'<script[^>]*\bsrc="([^"]+)"', text)
    pictures = [tag for tag in re.findall(r"<img[^>]+>", text) if "loading=" not in tag]
    fetched = [*styles, *scripts, *re.findall(r'<(?:img|source|audio|video)[^>]*\bsrc="([^"]+)"', text)]
    weight = answer.weight + sum(plain.weight_of(style) for style in styles)
    # scripts of a page import nothing here that the page does not name
    requests = 1 + len(styles) + len(scripts) + len(pictures)
    line = f"{weight / 1024:5.1f} KB {requests} requests  {path}"
    if weight > BUDGET or requests > REQUESTS:
        wrong.append(f"heavy: {line}")
    if answer.headers.get_all("Set-Cookie"):
        wrong.append(f"{path}: sets a cookie")
    if not all(html.unescape(address).startswith("/") for address in fetched):
        wrong.append(f"{path}: asks somebody else: {fetched}")
    if re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", text):
        wrong.append(f"{path}: inline code")
    parser = html5lib.HTMLParser()
    parser.parse(text)
    wrong += [f"{path}: line {where[0]}: {error} {arguments}" for where, error, arguments in parser.errors]
    return line, wrong


def test_every_public_page_is_light_valid_and_asks_and_keeps_nothing(trial, figure):
    plain, lines, wrong = Plain(trial.url), [], []
    for path in public_paths(plain):
        line, faults = faults_of(plain, path)
        lines.append(line)
        wrong += faults
    figure("\n".join([f"the heaviest of {len(lines)} public pages:", *sorted(lines, reverse=True)[:12]]))
    assert not wrong, "\n".join(wrong)


class Journey:
    """Clicks on a slow line: bytes over the line, requests, and seconds until a page is there."""

    def __init__(self, visitor, *, slow: bool):
        self.visitor, self.page = visitor, visitor.page
        self.bytes = self.requests = self.lesson_bytes = self.tries = 0
        self.lessons: set[str] = set()
        self.clicks: list[tuple[float, str]] = []
        line = visitor.context.new_cdp_session(self.page)
        line.send("Network.enable")
        if slow:
            line.send("Network.emulateNetworkConditions", SLOW)
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.loadingFinished", self._arrived)

    def _asked(self, event) -> None:
        """A lesson is a page two steps below its course; what is tried in it is a part of it."""
        path = urlsplit(event["request"]["url"]).path
        if re.fullmatch(r"/khoa-hoc/[^/]+/[^/]+/[^/]+/|/hoc-tap/muc/\d+/chon/", path):
            self.lessons.add(event["requestId"])
            self.tries += path.endswith("/chon/")

    def _arrived(self, event) -> None:
        if event["requestId"] in self.lessons:
            self.lesson_bytes += int(event["encodedDataLength"])
        else:
            self.bytes += int(event["encodedDataLength"])
        self.requests += event["encodedDataLength"] > 0

    def timed(self, name: str, act) -> None:
        started = time.monotonic()
        act()
        self.page.wait_for_load_state("load")
        self.clicks.append((time.monotonic() - started, name))

    def press(self, selector: str, name: str) -> None:
        with self.page.expect_navigation():
            started = time.monotonic()
            self.page.locator(selector).first.click(no_wait_after=True)
        self.page.wait_for_load_state("load")
        self.clicks.append((time.monotonic() - started, name))


@pytest.mark.parametrize("slow", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_a_learners_whole_first_journey_is_light_and_quick_on_a_slow_line(someone, trial, figure, slow):
    code = f"CB-NHE-{slow:d}"
    places = json.loads(trial.manage("shell", "-c", LEARNER % {"code": code}).split("JSON")[1])
    visitor = someone(None, PHONE)
    journey, page = Journey(visitor, slow=slow), visitor.page
    journey.timed("sign-in page", lambda: page.goto(f"{trial.url}/tai-khoan/login/"))
    page.fill("[name=login]", code)
    page.fill("[name=password]", "mat-khau-rat-dai")
    journey.press("main button:has-text('Đăng nhập')", "signing in")
    journey.timed("course", lambda: page.goto(trial.url + places["course"]))
    journey.timed("first lesson", lambda: page.goto(trial.url + places["lesson"]))
    for which in ("first", "second"):
        try_everything(page)
        journey.press("main form[action$='/xong/'] button", f"{which} lesson read")
    journey.timed("quiz", lambda: page.goto(trial.url + places["quiz"]))
    journey.press("main .btn:has-text('làm')", "quiz begun")
    for part in range(1, 12):
        for field in page.locator("fieldset[data-question]").all():
            answer_anyhow(field)
        # nobody answers as fast as a test: each answer is saved by itself meanwhile
        page.wait_for_function(ALL_SAVED)
        if not page.locator("fieldset[data-question]").count():
            break
        onward = "main button:has-text('Lưu và sang'), main button:has-text('xem lại trước khi nộp')"
        journey.press(onward, f"part {part} saved")
    journey.press("main button:has-text('Nộp')", "handed in")
    assert "10" in page.inner_text("main")
    slowest = max(journey.clicks)
    figure(
        f"a learner's whole first journey: {journey.bytes / 1024:.1f} KB and "
        f"{journey.lesson_bytes / 1024:.1f} KB of lessons in {journey.requests} requests "
        f"({journey.tries} of them tries), {len(journey.clicks)} clicks; slowest {slowest[0]:.2f} s: {slowest[1]}"
    )
    assert journey.bytes <= JOURNEY_BUDGET, journey.clicks
    assert journey.requests - journey.tries <= JOURNEY_REQUESTS
    assert 0 < journey.lesson_bytes <= LESSONS_OPENED * LESSON_BUDGET
    if slow:
        assert slowest[0] <= SLOWEST_CLICK * slower(), journey.clicks


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_every_kind_of_public_page_opens_leads_to_111_and_out(someone, trial, script):
    visitor = someone(None, PHONE, script=script)
    paths = [path for path in public_paths(Plain(trial.url)) if path.count("/") < 4 and "khong-co" not in path]
    for path in paths[:: 1 if not script else 4]:
        page = visitor.visit(path)
        assert page.locator("a[href='tel:111']").first.is_visible(), path
        assert page.locator("a.exit").first.is_visible(), path
        assert page.locator("h1").count() == 1, path
    assert not visitor.context.cookies()
