"""Who manages a school begins at what waits for her: lessons that are new or changed; an empty desk says what comes."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_page, make_person

from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from pages.home.page import create_home
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk, waiting_for

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
DESK = "/truong-hoc/viec-can-lam/"


@pytest.fixture
def manager(cast):
    person = make_person("Đỗ Quang Vinh", "TH-1", email="vinh@example.vn")
    give(person, RoleKind.SCHOOL_MANAGER, cast.units.school)
    return person


@pytest.fixture
def lesson(db):
    with time_machine.travel(NOW, tick=False):
        schools = make_page(create_home(), SchoolsPage, "Trường học", slug="truong-hoc")
        page = make_page(schools, SchoolLessonPage, "Bài A", slug="bai-a", grades="Lớp 6", aims="Biết")
        page.save_revision().publish()
        return page


def test_a_changed_lesson_waits_for_a_month_and_leads_to_its_paper(manager, lesson, client_of):
    with time_machine.travel(NOW + timedelta(days=29), tick=False):
        page = client_of(manager).get(DESK).content.decode()
        assert "in lại trước khi dạy: 1" in page
        assert 'href="/truong-hoc/bai-a/in/"' in page
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        page = client_of(manager).get(DESK).content.decode()
        assert "Hôm nay không có việc nào chờ" in page
        for link in ('href="/truong-hoc/"', 'href="/hoc-tap/"', 'href="/tai-khoan/"'):
            assert link in page


def test_nobody_else_has_it_in_a_queue_or_opens_the_page(manager, lesson, cast, client_of):
    for other in (cast.learner, cast.trainer, cast.manager, cast.observer):
        assert client_of(other).get(DESK).status_code == 403
        told = waiting_for(Desk(Reader(other), date(2026, 11, 24)))
        assert not any("Bài học" in str(one.title) for one in told)
