"""Writes tests/upgrade/<version>.zip: the data of a small made-up province as this version keeps it.

    .venv/bin/python tests/upgrade/remake.py

Run it at each release, before its tag, and commit the archive; `test_upgrade.py` then brings it to every later version.
It holds the starter content, a question of every kind, three invented people, and one of each thing that may happen to
them, and it comes through the site's own functions, so it is what that version really wrote.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

LIFE = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from wagtail.models import Page
from courses.attempts.answering import save_answer
from courses.quizzes.admission import grant, start
from courses.quizzes.submitting import submit
from courses.completions.completion import Completion, complete_if_done, void
from courses.standing.daily_counts import daily_counts
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.progress.lessons import mark_seen
from courses.questions.kinds.kind import KINDS
from courses.questions.writing import create_or_update_question
from courses.standing.standing import rebuild_all
from courses.requirements.requirement import Excuse, Requirement
from outbox.mail import enqueue_mail
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.rights.roles import RoleKind, give
from people.units.unit import Unit

now = timezone.now() - timedelta(days=20)
course = CoursePage.objects.get(key="nhan-dien-nan-nhan")
quiz = QuizPage.objects.descendant_of(course).get()
choices = [{"text": "Đúng", "right": True}, {"text": "Sai", "right": False}]
for number, name in enumerate(KINDS):
    words = choices if name == "true_false" else [*choices, {"text": "Cũng đúng", "right": name == "multiple_choice"}]
    question = create_or_update_question(
        category="nang-cap", name=name, kind=name, text=f"Câu {name}?", choices=words, explanation="Vì thế."
    )
    QuizQuestion.objects.create(quiz=quiz, question=question, sort_order=100 + number)
# a corrected one: two versions of one question
create_or_update_question(
    category="nang-cap", name="single_choice", kind="single_choice", text="Câu đã sửa?", choices=choices
)
commune = Unit.objects.bearing("20458", timezone.localdate())
people = []
for number in range(1, 4):
    person = User.objects.create_user(f"MAU-{number}", full_name=f"Người mẫu {number}")
    posting = Posting.objects.create(
        person=person, unit=commune, position="Công chức", start="2025-07-01", recorded_at=now
    )
    posting.duties.set(Duty.objects.filter(key="ho_tro_nan_nhan"))
    people.append(person)
give(people[2], RoleKind.TRAINER, commune)

def right(item, person):
    key = item.version.key["right"]
    wrong = [choice["id"] for choice in item.version.structure["choices"] if choice["id"] not in key]
    return key if person == people[0] else wrong[:1]

for person in people[:2]:
    attempt = start(person, quiz, now)
    for item in attempt.items.select_related("version"):
        said = dict(based_on=0, token=uuid4(), now=now)
        save_answer(person, attempt.pk, item.position, {"choice": right(item, person)}, **said)
    submit(attempt, now + timedelta(minutes=9))
for lesson in LessonPage.objects.descendant_of(course):
    mark_seen(people[0], course.key, lesson.translation_key, now)
completion = complete_if_done(people[0], course, now + timedelta(hours=1))
assert completion is not None
grant(people[1], quiz, people[2], "Mất điện", now + timedelta(hours=1))
unfinished = start(people[1], quiz, now + timedelta(hours=2))
save_answer(people[1], unfinished.pk, 1, {"choice": []}, based_on=0, token=uuid4(), now=now)
old = Completion.objects.create(
    person=people[2], course_key=course.key, completed_on="2025-01-10", source="import", recorded_at=now
)
void(old, timezone.localdate(now), "Nhập nhầm", people[0], now)
Excuse.objects.create(
    person=people[2], requirement=Requirement.objects.first(), reason="Nghỉ phép", start="2026-01-01", recorded_at=now
)
enqueue_mail(to="a@example.invalid", subject="Nhắc", body="Xin chào", key="nang-cap")
rebuild_all()
daily_counts()
"""


def main() -> int:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    out = HERE / f"{version.rpartition('.')[0]}.zip"
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
        environment = {**kept, "DATA_DIR": folder, "INSECURE_HTTP": "1", "LOG_LEVEL": "WARNING"}
        draft = Path(folder) / "made.zip"
        for arguments in (["seed"], ["shell", "-v", "0", "-c", LIFE], ["backup", str(draft)]):
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
        out.write_bytes(draft.read_bytes())
    print(f"{out}: {out.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
