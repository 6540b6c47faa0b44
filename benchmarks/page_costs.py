"""What pages cost: processor time against the floor, queries, and what goes over the line.

    python benchmarks/page_costs.py [--rounds N] [--json]

One gunicorn worker serves the floor and the pages in turns, so that both see the same machine; its processor time is
read from the kernel. Queries are counted in process, on the same data.
"""

import argparse
import gzip
import json
import os
import re
import statistics
import sys
import time

import trial
from trial import Visitor

BATCH = 40
# the kernel counts processor time in hundredths of a second, so cheap requests need a large batch
LARGE_BATCH = 1000
# whole attempts, each of fourteen requests
ATTEMPTS = 5
QUESTIONS = 10
# times the floor
MOST = {
    "lesson page, signed in": 3,
    "saving an answer": 1.3,
    f"whole attempt of {QUESTIONS} questions": 25,
    "home, anonymous, drawn": 5,
    "message, anonymous, drawn": 4,
    "message, anonymous, kept": 0.2,
}


def per_request(pid: int, work, rounds: int, batch: int = BATCH) -> tuple[list[float], list[float]]:
    """(processor seconds, wall seconds) a request, one entry a round of BATCH."""
    cpu, wall = [], []
    for _round in range(rounds):
        before, started = trial.processor_seconds(pid), time.perf_counter()
        for _request in range(batch):
            work()
        cpu.append((trial.processor_seconds(pid) - before) / batch)
        wall.append((time.perf_counter() - started) / batch)
    return cpu, wall


def compare(pid: int, floor, page, rounds: int, batch: int = BATCH) -> dict:
    """Measures both in turns, so that other load slows them alike."""
    page(), floor()
    seen: dict[str, list] = {"floor_cpu": [], "floor_wall": [], "cpu": [], "wall": []}
    for _round in range(rounds):
        for name, work, times in (("floor_", floor, BATCH), ("", page, batch)):
            cpu, wall = per_request(pid, work, 1, times)
            seen[f"{name}cpu"] += cpu
            seen[f"{name}wall"] += wall
    middle = {name: statistics.median(values) for name, values in seen.items()}
    return {
        "cpu_ms": round(middle["cpu"] * 1000, 2),
        "floor_cpu_ms": round(middle["floor_cpu"] * 1000, 2),
        "cpu_ratio": round(middle["cpu"] / middle["floor_cpu"], 2),
        "wall_ratio": round(middle["wall"] / middle["floor_wall"], 2),
    }


class Story:
    """The people and pages of the seeded demo that are measured."""

    def __init__(self, environment: dict[str, str]):
        os.environ.update(environment)
        sys.path[:0] = environment["PYTHONPATH"].split(os.pathsep)
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS += ["testserver"]
        from courses.content.lesson import LessonPage
        from courses.content.quiz import QuizPage
        from people.persons.user import User

        people = trial.accounts(environment)
        self.learner = next(one for one in people if one["role"] == "learner")
        self.trainer = next(one for one in people if one["role"] == "trainer")
        self.learner_user = User.objects.by_login(self.learner["login"])
        self.trainer_user = User.objects.by_login(self.trainer["login"])
        # the order of lessons may shut later ones: the first is open to everybody
        self.lesson = LessonPage.objects.live().filter(locale__language_code="vi").order_by("path").first()
        self.quiz = QuizPage.objects.live().filter(locale__language_code="vi").order_by("path").first()
        self.person = self._quiz_taker()

    def _quiz_taker(self):
        """A new user who may take the quiz."""
        from uuid import uuid4

        from people.persons.user import User

        return User.objects.create_user(f"DO-{uuid4().hex[:8]}", full_name="Người đo")

    def attempt(self):
        """A new open attempt; earlier ones of this person are deleted."""
        from django.utils import timezone

        from courses.attempts.attempt import Attempt
        from courses.content.structure import structure_around
        from courses.progress.lessons import LessonSeen
        from courses.quizzes.admission import start
        from pages.serving import version

        Attempt.objects.filter(person=self.person).delete()
        course = structure_around(self.quiz, version.current())
        assert course is not None
        if not LessonSeen.objects.filter(person=self.person).exists():
            from courses.content.lesson import LessonPage

            LessonSeen.objects.bulk_create(
                LessonSeen(person=self.person, lesson_key=page.translation_key, course_key=course.key)
                for page in LessonPage.objects.live().filter(locale__language_code="vi")
            )
        return start(self.person, self.quiz, timezone.now())

    def cookies(self, person) -> dict[str, str]:
        from django.test import Client

        client = Client()
        client.force_login(person)
        return {name: morsel.value for name, morsel in client.cookies.items()}


def answers_of(attempt) -> list[tuple[int, list[str]]]:
    """The questions of which one option is chosen: (position, options)."""
    items = attempt.items.filter(version__kind="single_choice").order_by("position")
    return [(item.position, item.choice_order) for item in items]


def speed(story: Story, environment: dict[str, str], rounds: int) -> dict:
    from uuid import uuid4

    attempt = story.attempt()
    [(position, choices), *_others] = answers_of(attempt)
    with trial.server(environment) as pid:
        learner = Visitor(int(environment["PORT"]))
        learner.cookies = story.cookies(story.learner_user)
        taker = Visitor(int(environment["PORT"]))
        taker.cookies = story.cookies(story.person)
        assert taker.ask("GET", f"/hoc-tap/bai-lam/{attempt.pk}/") == 200
        token, turn = taker.token(), 0
        based_on = 0

        def save():
            nonlocal turn, based_on
            turn += 1
            fields = {
                f"{position}-choice": choices[turn % len(choices)],
                f"{position}-based_on": based_on,
                f"{position}-token": uuid4(),
            }
            status = taker.ask(
                *("POST", f"/hoc-tap/bai-lam/{attempt.pk}/cau/{position}/", fields),
                **{"Accept": "application/json", "X-CSRFToken": token},
            )
            assert status == 200, taker.body
            based_on = json.loads(taker.body)["sequence"]

        def plain_save():
            assert taker.ask("POST", "/floor/save/", {}, **{"X-CSRFToken": token}) == 200

        def page_request(visitor, path):
            def work():
                assert visitor.ask("GET", path) == 200, path

            return work

        floor, lesson = page_request(learner, "/floor/"), page_request(learner, story.lesson.url)
        results = {
            "lesson page, signed in": compare(pid, floor, lesson, rounds),
            "saving an answer": compare(pid, plain_save, save, rounds),
            f"whole attempt of {QUESTIONS} questions": whole_attempt(story, pid, taker, plain_save, rounds),
            **public(pid, int(environment["PORT"]), floor, page_request, rounds),
        }
    return results


def whole_attempt(story: Story, pid: int, taker: Visitor, plain_save, rounds: int) -> dict:
    """Fourteen requests of a test of ten questions: its page, start, one page, ten saves, hand-in, result."""
    from uuid import uuid4

    from courses.attempts.attempt import Attempt
    from courses.content.quiz import QuizPage
    from pages.serving import version

    quiz = QuizPage.objects.filter(pk=story.quiz.pk)
    quiz.update(draw_each=0, draw_total=QUESTIONS, wait_minutes=0, attempt_limit=0, open_after_lessons=False)
    version.raise_version()
    token = taker.token()
    start = f"/hoc-tap/bai-kiem-tra/{story.quiz.translation_key}/bat-dau/"

    def send(path: str, fields: dict, *statuses: int, **headers):
        status = taker.ask("POST", path, fields, **{"X-CSRFToken": token, **headers})
        assert status in statuses, (path, status)

    def attempt():
        assert taker.ask("GET", story.quiz.url) == 200
        send(start, {"quiz": story.quiz.pk}, 302)
        pk, address = taker.location.rstrip("/").rpartition("/")[2], taker.location
        assert taker.ask("GET", address) == 200
        items = Attempt.objects.get(pk=pk).items.select_related("version")
        for item in items:
            fields = {f"{item.position}-choice": (item.choice_order or [""])[0]}
            fields |= {f"{item.position}-based_on": 0, f"{item.position}-token": uuid4()}
            send(f"{address}cau/{item.position}/", fields, 200, 400, Accept="application/json")
        send(f"{address}nop/", {}, 302)
        assert taker.ask("GET", f"{address}ket-qua/") == 200

    Attempt.objects.filter(person=story.person, submitted_at=None).delete()
    return compare(pid, plain_save, attempt, rounds, ATTEMPTS)


def public(pid: int, port: int, floor, page_request, rounds: int) -> dict:
    """The first page and a message: rendered for each request (an unknown query string is not cached); the message from
    the cache too, and answered 304.
    """
    message, reader, again = "/ngay-30-7/di-lam-xa/", Visitor(port), Visitor(port)
    assert reader.ask("GET", message) == 200
    etag = reader.etag

    def known():
        assert again.ask("GET", message, **{"If-None-Match": etag}) == 304

    home = compare(pid, floor, page_request(Visitor(port), "/?do=1"), rounds)
    drawn = compare(pid, floor, page_request(Visitor(port), f"{message}?do=1"), rounds)
    kept = compare(pid, floor, page_request(reader, message), rounds, LARGE_BATCH)
    results = {"home, anonymous, drawn": home, "message, anonymous, drawn": drawn, "message, anonymous, kept": kept}
    results["message, anonymous, 304"] = compare(pid, floor, known, rounds, LARGE_BATCH)
    kept["times_cheaper"] = round(drawn["cpu_ms"] / kept["cpu_ms"], 1) if kept["cpu_ms"] else None
    return results


def queries(story: Story) -> dict:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    def count(work) -> int:
        with CaptureQueriesContext(connection) as seen:
            response = work()
        assert response.status_code in (200, 302), response
        return len(seen)

    learner, taker, trainer = Client(), Client(), Client()
    learner.force_login(story.learner_user)
    taker.force_login(story.person)
    trainer.force_login(story.trainer_user)
    attempt = story.attempt()
    answers = answers_of(attempt)

    def save(position, choices):
        return taker.post(
            f"/hoc-tap/bai-lam/{attempt.pk}/cau/{position}/",
            {f"{position}-choice": choices[0], f"{position}-based_on": 0},
            headers={"Accept": "application/json"},
        )

    results = {}
    results["lesson page, first of a process"] = (count(lambda: learner.get(story.lesson.url)), 15)
    results["lesson page"] = (count(lambda: learner.get(story.lesson.url)), 15)
    saves = [count(lambda answer=answer: save(*answer)) for answer in answers]
    results["saving an answer"] = (max(saves), 6)
    submit = f"/hoc-tap/bai-lam/{attempt.pk}/nop/"
    results[f"submitting {attempt.items.count()} questions"] = (count(lambda: taker.post(submit)), 20)
    trainer.get("/bao-cao/")
    results["/bao-cao/"] = (count(lambda: trainer.get("/bao-cao/")), 18)
    return {name: {"queries": count, "at_most": limit} for name, (count, limit) in results.items()}


def weights(story: Story) -> dict:
    """Kilobytes of HTML, styles and scripts after gzip, and requests, of the learner's and the trainer's pages."""
    from django.conf import settings
    from django.test import Client

    results = {}
    for name, person, path in (
        ("home, anonymous", None, "/"),
        ("my learning", story.learner_user, "/hoc-tap/"),
        ("lesson", story.learner_user, story.lesson.url),
        ("/bao-cao/", story.trainer_user, "/bao-cao/"),
    ):
        client = Client()
        if person is not None:
            client.force_login(person)
        html = client.get(path).content
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html.decode()))
        pending = [settings.STATIC_ROOT / file.removeprefix("/static/") for file in files]
        size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in pending)
        modules = set()
        for script in [path for path in pending if path.suffix == ".js"]:
            modules |= {script.parent / m for m in re.findall(r'from\s*"(\./[^"]+)"', script.read_text())}
        modules = {path.resolve() for path in modules} - {path.resolve() for path in pending}
        size += sum(len(gzip.compress(path.read_bytes(), 9)) for path in modules)
        results[name] = {
            "kilobytes": round((len(gzip.compress(html, 9)) + size) / 1000, 1),
            "requests": 1 + len(files) + len(modules),
        }
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    environment = trial.prepare()
    story = Story(environment)
    results = {
        "queries": queries(story),
        "weights": weights(story),
        "speed": speed(story, environment, options.rounds),
    }
    if options.json:
        print(json.dumps(results, indent=2, ensure_ascii=False))
        return
    for name, figure in results["speed"].items():
        limit = f"at most {MOST[name]}; " if name in MOST else ""
        print(
            f"{name:40} {figure['cpu_ms']:>8.2f} ms CPU {figure['cpu_ratio']:>6.2f} × floor"
            f"  ({limit}{figure['wall_ratio']:.2f} × in wall time; floor {figure['floor_cpu_ms']:.2f} ms)"
        )
    kept = results["speed"]["message, anonymous, kept"]
    print(f"{'message, kept against drawn':40} {kept['times_cheaper']:>8} times cheaper  (at least 25)")
    for name, figure in results["queries"].items():
        print(f"{name:40} {figure['queries']:>8} queries   (at most {figure['at_most']})")
    for name, figure in results["weights"].items():
        print(f"{name:40} {figure['kilobytes']:>8.1f} KB in {figure['requests']} requests")


if __name__ == "__main__":
    main()
