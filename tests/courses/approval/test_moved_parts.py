"""Who approves a course is shown what stands elsewhere than when it was last approved."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course, make_page, make_person, with_words
from sharing import shared

from courses.approval.approval import Approval
from courses.approving.moved import moved, order_of, places_of
from courses.approving.moving import DOWN, UP, move
from courses.approving.parts import pages_of, parts_of
from courses.approving.publishing import approve_submission
from courses.approving.submitting import submit
from courses.content.lesson import LessonPage, ModulePage
from pages.cms.groups import sync_all
from people.persons.user import User
from people.rights.roles import RoleKind, give

COURSE = "nhan-dien-nan-nhan"
REVIEW = f"/cms/duyet-khoa-hoc/{COURSE}/"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def below(under, *parts):
    return [(part, under) for part in parts]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (below(1, 2, 3, 4), below(1, 2, 3, 4), []),
        (below(1, 2, 3, 4), below(1, 3, 4, 2), [2]),
        (below(1, 2, 3, 4), below(1, 4, 2, 3), [4]),
        (below(1, 2, 3, 4, 5), below(1, 5, 4, 3, 2), [5, 4, 3]),
        # what is new or gone moves nothing
        (below(1, 2, 3), below(1, 9, 2, 8, 3), []),
        (below(1, 2, 3, 4), below(1, 2, 4), []),
        (below(1, 2, 3, 4), below(1, 4, 2), [4]),
        # into another module, and what follows closes up
        (below(1, 2, 3) + below(7, 8), below(1, 3) + below(7, 8, 2), [2]),
        ([], below(1, 2), []),
        (below(1, 2), [], []),
    ],
)
def test_the_fewest_parts_that_were_moved(before, now, expected):
    found = moved(before, now)
    assert len(found) == len(expected)
    assert set(found) == set(expected) or len(expected) == 3


def test_places_are_counted_within_what_a_part_hangs_under():
    places = places_of([(2, 1), (5, 2), (6, 2), (3, 1)])
    assert {part: (place.under, place.number) for part, place in places.items()} == {
        2: (1, 1), 5: (2, 1), 6: (2, 2), 3: (1, 2),
    }  # fmt: skip


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@shared
def approved_course(cast):
    """Two modules with two and one lessons, approved as they are."""
    made = with_words(make_course(lessons=2, questions=2))
    made.second = make_page(made.course, ModulePage, "Mô-đun 2")
    made.third_lesson = make_page(made.second, LessonPage, "Mục 3")
    made.third_lesson.body = [("takeaway", "Một câu.")]
    made.third_lesson.save_revision().publish()
    sync_all()
    made.cast = cast
    made.second_manager = make_person("Lý Thị Xuân", "VT-manager2")
    give(made.second_manager, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    approve_whole(made)
    return made


def approve_whole(made, names=()):
    submission = submit(made.course, list(names), "", again(made.cast.trainer), NOW)
    return approve_submission(submission, TODAY, "", again(made.second_manager), NOW)


def again(user):
    return User.objects.get(pk=user.pk)


def moves(made, pk, where):
    move(made.course, pk, where, again(made.cast.manager))


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_nothing_is_said_while_all_stands_as_it_was_approved(approved_course, client_of):
    assert "Đổi chỗ" not in text_of(client_of(approved_course.cast.manager).get(REVIEW))
    pages = pages_of(approved_course.course)
    assert Approval.objects.get().order == [list(pair) for pair in order_of(pages)]


def test_a_part_moved_within_its_module_says_from_where_to_where(approved_course, client_of):
    moves(approved_course, approved_course.lessons[1].pk, UP)
    moves(approved_course, approved_course.module.pk, DOWN)
    manager = client_of(approved_course.cast.manager)
    said = text_of(manager.get(REVIEW))
    assert "Đổi chỗ so với lần duyệt trước" in said
    assert re.search(r"Mục [12] mục học chuyển từ vị trí (2 lên 1|1 xuống 2) trong “Mô-đun 1”", said)
    assert re.search(r"mô-đun chuyển từ vị trí 1 xuống 2 trong khóa học|chuyển từ vị trí 2 lên 1 trong khóa học", said)
    # the same beside a submission, and gone when that is approved
    submit(approved_course.course, [], "", again(approved_course.cast.trainer), NOW)
    assert "trong “Mô-đun 1”" in text_of(manager.get(REVIEW))
    form = {"submission": "", "on": "24/11/2026", "reason": ""}
    form["submission"] = re.search(r'name="submission" value="(\d+)"', manager.get(REVIEW).content.decode())[1]
    assert manager.post(f"{REVIEW}duyet/", form).status_code == 302
    assert "Đổi chỗ" not in text_of(manager.get(REVIEW))


def test_a_part_moved_to_another_module_names_both(approved_course, client_of):
    moves(approved_course, approved_course.lessons[1].pk, str(approved_course.second.pk))
    said = text_of(client_of(approved_course.cast.manager).get(REVIEW))
    assert "Mục 2 mục học chuyển từ vị trí 2 trong “Mô-đun 1” sang vị trí 2 trong “Mô-đun 2”" in said


def test_a_new_part_says_where_learners_will_meet_it(approved_course, client_of):
    lesson = make_page(approved_course.module, LessonPage, "Mới", live=False)
    lesson.body = [("takeaway", "Một câu.")]
    lesson.save_revision()
    move(approved_course.course, lesson.pk, UP, again(approved_course.cast.trainer))
    names = [part.name for part in parts_of(approved_course.course).changed]
    submit(approved_course.course, names, "", again(approved_course.cast.trainer), NOW)
    said = text_of(client_of(approved_course.cast.manager).get(REVIEW))
    assert "chưa đăng; vị trí 2 trong “Mô-đun 1”" in said
    assert "Đổi chỗ so với" not in said


def test_where_no_order_was_kept_the_history_tells(approved_course, client_of):
    Approval.objects.update(order=None)
    moves(approved_course, approved_course.lessons[1].pk, UP)
    moves(approved_course, approved_course.lessons[0].pk, str(approved_course.second.pk))
    manager = client_of(approved_course.cast.manager)
    said = text_of(manager.get(REVIEW))
    assert "Đổi chỗ sau lần duyệt trước" in said
    assert "Mục 2 mục học đổi chỗ trong “Mô-đun 1”" in said
    assert "Mục 1 mục học chuyển từ “Mô-đun 1” sang “Mô-đun 2”" in said
    Approval.objects.all().delete()
    assert "Đã đổi chỗ từ khi đăng" in text_of(manager.get(REVIEW))


def test_more_moved_parts_cost_no_query_more(approved_course, client_of):
    manager, counts = client_of(approved_course.cast.manager), []
    for pk, where in ((approved_course.lessons[1].pk, UP), (approved_course.module.pk, DOWN)):
        moves(approved_course, pk, where)
        manager.get(REVIEW)
        with CaptureQueriesContext(connection) as asked:
            manager.get(REVIEW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 32, counts
