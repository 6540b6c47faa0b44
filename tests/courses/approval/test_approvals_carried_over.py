"""Courses approved before numbers to call were chosen from a list: what nobody edited is no edit after the upgrade."""

import json
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from bodies import block
from django.apps import apps
from django.utils import timezone
from factories import make_course, with_words
from sharing import shared
from wagtail.models import Page, PageLogEntry

from courses.approval.approval import Approval
from courses.completions.completion import Completion
from courses.content.lesson import LessonPage
from courses.content.texts import changes, digest_of, read_texts
from pages.contacts.contact import Contact

pytestmark = pytest.mark.django_db
choose = import_module("courses.migrations.0017_contacts_chosen").choose
carrying = import_module("courses.migrations.0018_approvals_of_chosen_contacts")
APPROVED_AT = timezone.make_aware(datetime(2026, 11, 20, 9))
TYPED = {"number": "0236 3822 222", "name": "Trung tâm", "note": "Khi nghi", "hours": "24/7", "cost": "Miễn phí"}
BODY = [block("text", "<p>Đọc.</p>", 1), block("contact", TYPED, 2)]


def stored(lesson, body):
    """As an earlier version wrote it."""
    LessonPage.objects.filter(pk=lesson.pk).update(body=lesson_body(body))


def lesson_body(body):
    page = LessonPage(body=json.dumps(body))
    return page.body


def old_snapshot(course, lesson) -> dict:
    """What was kept of the course while the number was typed."""
    texts = read_texts(course).snapshot()
    key = f"page {lesson.translation_key}"
    fields = {name: getattr(lesson, name) for name in carrying.READ}
    return texts | {key: [lesson.title, carrying.digest_of(lesson.title, fields, BODY)]}


@shared
def approved(cast):
    """(course, lesson with a number, its approval), as the version before the list of numbers left them."""
    Contact.objects.create(number="02363822222", name="Trung tâm", when="Cần hỏi")
    made = with_words(make_course(lessons=2, questions=2))
    lesson = made.lessons[0]
    published(lesson, BODY, APPROVED_AT - timedelta(days=3))
    texts = old_snapshot(made.course, lesson)
    digest = carrying.digest(sorted(f"{key} {one}" for key, (_title, one) in texts.items()))
    approval = Approval.objects.create(
        course_key=made.course.key, on=APPROVED_AT.date(), by=cast.manager, recorded_at=APPROVED_AT,
        texts=texts, digest=digest,
    )  # fmt: skip
    return made, lesson, approval


def published(lesson, body, at, title="Mục 1"):
    """Published at `at`, with its entry in the history."""
    lesson.title = title
    lesson.body = json.dumps([one for one in body if one["type"] != "contact"])
    revision = lesson.save_revision()
    revision.publish()
    revision.content = {**revision.content, "title": title, "body": json.dumps(body)}
    revision.save()
    stored(lesson, body)
    Page.objects.filter(pk=lesson.pk).update(title=title, last_published_at=at)
    entry = PageLogEntry.objects.filter(page=lesson.pk, action="wagtail.publish").order_by("-pk").first()
    PageLogEntry.objects.filter(pk=entry.pk).update(timestamp=at, revision=revision)
    lesson.refresh_from_db()


def upgraded(made) -> list[str]:
    """The titles of what counts as edited after the upgrade, run twice since a migration may be."""
    for _time in range(2):
        choose(apps, None)
        carrying.carry_over(apps, None)
    approval = Approval.objects.get()
    others = approval.texts.keys() - {f"page {made.lessons[0].translation_key}"}
    # the others were published while the test ran, later than the approval; their digests tell that they are the same
    assert len(others) > 3
    return [change.title for change in changes(approval.texts, approval.recorded_at, read_texts(made.course))]


def test_a_course_that_nobody_edited_is_as_approved_after_the_upgrade(approved):
    made, lesson, _approval = approved
    choose(apps, None)
    assert changes(Approval.objects.get().texts, APPROVED_AT, read_texts(made.course)) != []  # what this mends
    assert upgraded(made) == []
    now = LessonPage.objects.get(pk=lesson.pk)
    assert carrying.live_digest(now) == digest_of(now)
    assert Approval.objects.get().digest == read_texts(made.course).digest


def test_what_was_edited_before_still_says_so(approved):
    made, lesson, approval = approved
    other = [block("text", "<p>Sửa rồi.</p>", 1), BODY[1]]
    published(lesson, other, APPROVED_AT + timedelta(hours=2))
    assert upgraded(made) == ["Mục 1"]
    assert Approval.objects.get().digest == approval.digest


def test_what_was_published_again_without_a_change_is_as_approved(approved):
    made, lesson, _approval = approved
    published(lesson, BODY, APPROVED_AT + timedelta(hours=2))
    assert upgraded(made) == []


def test_what_was_edited_and_whose_history_is_gone_says_so(approved):
    made, lesson, _approval = approved
    published(lesson, BODY, APPROVED_AT + timedelta(hours=2))
    PageLogEntry.objects.all().delete()
    assert upgraded(made) == ["Mục 1"]


def test_an_edit_after_the_upgrade_is_an_edit(approved):
    made, lesson, _approval = approved
    assert upgraded(made) == []
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.objective = "Khác"
    lesson.save_revision().publish()
    assert upgraded(made) == [lesson.title]


def test_completions_by_the_approved_text_can_still_be_recognised(approved, cast):
    made, _lesson, approval = approved
    done = {"person": cast.learner, "course_key": made.course.key, "source": Completion.Source.QUIZ}
    row = Completion.objects.create(completed_on=APPROVED_AT.date(), text=approval.digest, **done)
    assert upgraded(made) == []
    row.refresh_from_db()
    assert row.text == read_texts(made.course).digest
