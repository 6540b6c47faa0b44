"""Two who decide about one submission at the same moment, each in a connection of its own: one does, one is told."""

import re
from datetime import UTC, date, datetime
from functools import partial

import pytest
from at_once import at_once
from django.test import Client
from factories import make_cast, make_course, make_map, make_person, make_root, with_words

from courses.approval.approval import Approval
from courses.approval.submission import Submission
from courses.approving import publishing
from courses.approving.deciding import NotDecided
from courses.approving.parts import parts_of
from courses.approving.publishing import approve_submission
from courses.approving.submitting import send_back, submit, withdraw_submission
from courses.content.lesson import LessonPage
from outbox.draining import drain
from outbox.effects import Effect
from pages.cms.groups import sync_all
from people.persons.user import User
from people.rights.roles import RoleKind, give
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db(transaction=True)

COURSE = "nhan-dien-nan-nhan"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture
def made(settings):
    """Committed, so that threads see it: a course with an edited lesson, and two who may approve it."""
    settings.SECOND_STEP_REQUIRED = False
    units = make_map()
    rebuild_reach()
    cast = make_cast(units)
    make_root()
    made = with_words(make_course(lessons=2, questions=2))
    made.trainer = cast.trainer
    made.managers = [cast.manager, make_person("Lý Thị Xuân", "VT-manager2")]
    give(made.managers[1], RoleKind.PROVINCE_MANAGER, units.da_nang)
    sync_all()
    return made


def submitted(made, sources):
    lesson = LessonPage.objects.get(pk=made.lessons[0].pk)
    lesson.sources = sources
    lesson.save_revision(user=made.trainer)
    names = [part.name for part in parts_of(made.course).changed]
    return submit(made.course, names, "", again(made.trainer), NOW)


def again(user):
    return User.objects.get(pk=user.pk)


def told_of(answers):
    return [str(one) for one in answers if isinstance(one, NotDecided)]


def test_of_two_approvals_one_stands_and_the_other_is_one_sentence(made, monkeypatch):
    for at_most in (publishing.AT_ONCE, 0):  # within the click, and by the worker
        monkeypatch.setattr(publishing, "AT_ONCE", at_most)
        submission = submitted(made, f"Lần {at_most}")
        acts = [partial(approve_submission, submission, TODAY, "Đã đọc", again(one), NOW) for one in made.managers]
        answers = at_once(*acts)
        drain()
        won = [place for place, one in enumerate(answers) if isinstance(one, Effect)]
        assert (len(won), len(told_of(answers))) == (1, 1), answers
        winner = made.managers[won[0]]
        said = rf"Bài gửi này vừa được quyết định: Đã duyệt(, đang đăng)?, {winner.full_name}\."
        assert re.fullmatch(said, told_of(answers)[0])
        submission.refresh_from_db()
        assert (submission.state, submission.decided_by) == ("approved", winner)
        assert Approval.objects.current().get().by == winner
        assert LessonPage.objects.get(pk=made.lessons[0].pk).sources == f"Lần {at_most}"
    assert Approval.objects.count() == 2
    monkeypatch.setattr(publishing, "AT_ONCE", 8)
    by_the_form(made)


def by_the_form(made):
    """The other reads the sentence on the page."""
    clients = [Client() for _manager in made.managers]
    for client, manager in zip(clients, made.managers, strict=True):
        client.force_login(manager)
    form = {"submission": submitted(made, "Bằng mẫu").pk, "on": "24/11/2026", "reason": "Đã đọc"}
    address = f"/cms/duyet-khoa-hoc/{COURSE}/duyet/"
    answers = at_once(*[partial(client.post, address, form, follow=True) for client in clients])
    pages = [re.sub(r"\s+", " ", answer.content.decode()) for answer in answers]
    assert sum("Đã duyệt và đăng khóa học đúng như đã gửi." in page for page in pages) == 1, pages
    others = ("Bài gửi này vừa được quyết định", "Bài gửi này không còn chờ")
    assert sum(any(one in page for one in others) for page in pages) == 1
    assert {answer.status_code for answer in answers} <= {200, 422}
    assert Approval.objects.count() == 3


def test_of_submitting_twice_and_of_approving_sending_back_and_withdrawing_one_happens(made):
    lesson = LessonPage.objects.get(pk=made.lessons[0].pk)
    lesson.sources = "Mới"
    lesson.save_revision(user=made.trainer)
    names = [part.name for part in parts_of(made.course).changed]
    people = [made.trainer, made.managers[0]]
    answers = at_once(*[partial(submit, made.course, names, "", again(one), NOW) for one in people])
    assert told_of(answers) == ["Khóa học đã có một bài gửi duyệt đang chờ."], answers
    submission = Submission.objects.open().get()
    approver = next(one for one in made.managers if one.pk != submission.by_id)
    answers = at_once(
        partial(approve_submission, submission, TODAY, "Đã đọc", again(approver), NOW),
        partial(send_back, submission, "Thiếu nguồn", again(made.managers[1]), NOW),
        partial(withdraw_submission, submission, again(submission.by), NOW),
    )
    assert len(told_of(answers)) == 2, answers
    assert all(one.startswith("Bài gửi này vừa được quyết định") for one in told_of(answers))
    assert Submission.objects.get(pk=submission.pk).state in {"approved", "sent_back", "withdrawn"}
