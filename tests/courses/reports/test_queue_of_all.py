"""What other rooms put into the queue: reliefs asked, classes, roles and erasures asked, records merged."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_person, make_posting
from sharing import shared

from courses.classes.planned import planning
from courses.requirements.relief import ReliefKind, ReliefRequest
from courses.requirements.requirement import Requirement
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.guarding.role_requests import ask as ask_role
from people.privacy.erasure import ask as ask_erasure
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.rights.scope import role_units
from people.roster.waiting import Desk, waiting_for

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    rebuild_all()
    return cast


def waiting(user):
    return {str(one.title): one for one in waiting_for(Desk(Reader(user), date(2026, 11, 24)))}


def asked_for(cast, person, unit, by):
    return ReliefRequest.objects.create(
        person=person,
        unit=unit,
        requirement=Requirement.objects.first(),
        kind=ReliefKind.EXCUSE,
        start=date(2026, 11, 24),
        end=date(2027, 1, 1),
        reason="Đi học",
        asked_by=by,
        asked_at=NOW,
        changed_at=NOW,
    )


def test_a_relief_waits_for_who_decides_and_for_nobody_else(province, client_of):
    title = "Đề nghị miễn, hoãn, gia hạn"
    asked_for(province, province.learner, province.units.tay_giang, province.unit_head)
    one = waiting(province.manager)[title]
    assert one.count == len(client_of(province.manager).get(one.address).context["rows"]) == 1
    assert title not in waiting(province.unit_head)
    assert title not in waiting(province.trainer)


def test_classes_of_the_week_and_those_that_wait_for_a_second_person(province, client_of):
    make_course()

    def a_class(days, unit=province.units.tay_giang, title="Lớp"):
        at = [timezone.make_aware(datetime.combine(date(2026, 11, 24) + timedelta(days), time(h))) for h in (7, 8)]
        fields = {"course_key": "nhan-dien-nan-nhan", "unit": unit, "title": title, "seats": 9, "share": 100}
        return planning.plan(province.manager, {**fields, "cost": None}, [planning.MeetingTimes(*at, "Phòng")], NOW)

    a_class(3), a_class(20), a_class(-3), a_class(2, province.units.thanh_my, "Lớp nơi khác")
    found = waiting(province.trainer)
    soon, over = found["Lớp tập huấn trong 7 ngày tới"], found["Lớp đã học, chờ người thứ hai xác nhận"]
    assert (soon.count, over.count) == (1, 1)
    assert "nơi khác" not in " ".join(row.text for one in found.values() for row in one.rows)
    assert waiting(province.manager)["Lớp tập huấn trong 7 ngày tới"].count == 2
    for one in (soon, over):
        assert client_of(province.trainer).get(one.address).status_code == 200


def test_roles_and_erasures_asked_wait_for_administrators(province, client_of):
    local = make_person("Quản Trị Xã", "VT-local")
    give(local, RoleKind.ADMINISTRATOR, province.units.tay_giang)
    ask_role(province.other_learner, RoleKind.TRAINER, province.units.tay_giang, local, "Giúp xã mở lớp.", NOW)
    for person in (province.learner, province.other_learner):
        ask_erasure(person, NOW)
    found = waiting(province.administrator)
    assert found["Đề nghị giao vai trò"].count == 1
    assert found["Đề nghị xóa thông tin cá nhân"].count == 2
    mine = waiting(local)
    assert "Đề nghị giao vai trò" not in mine
    assert mine["Đề nghị xóa thông tin cá nhân"].count == 1
    for user, one in ((province.administrator, found), (local, mine)):
        page = client_of(user).get(one["Đề nghị xóa thông tin cá nhân"].address)
        assert len(page.context["waiting"]) == one["Đề nghị xóa thông tin cá nhân"].count
    assert "Đề nghị xóa thông tin cá nhân" not in waiting(province.manager)


def test_what_is_remembered_of_roles_lasts_for_one_queue(province):
    """A role ended between two queues of the same person opens nothing."""
    waiting(province.trainer)
    assert role_units(province.trainer)
    province.trainer.roles.update(ended_at=NOW)
    assert role_units(province.trainer) == set()
    assert waiting(province.trainer) == {}


def test_a_queue_is_the_same_remembered_or_not(province):
    """Each source alone, outside of what one queue remembers, gives the same numbers."""
    from people.roster.waiting import _SOURCES, number_of

    asked_for(province, province.learner, province.units.tay_giang, province.unit_head)
    for who in (province.trainer, province.unit_head, province.manager, province.administrator, province.editor):
        together = {title: one.count for title, one in waiting(who).items()}
        for source in _SOURCES:
            for one in source.ask(Desk(Reader(who), date(2026, 11, 24))):
                assert together.get(str(one.title), 0) == number_of(one.count)


@pytest.mark.parametrize("who", ["trainer", "manager"])
def test_more_of_each_kind_asks_no_more(province, who):
    make_course()
    user = getattr(province, who)

    def queries():
        with CaptureQueriesContext(connection) as spent:
            waiting(user)
        return len(spent)

    queries()
    few = queries()
    for n in range(8):
        person = make_person(f"Bríu {n}", f"QU-{n:02}")
        make_posting(person, province.units.tay_giang)
        asked_for(province, person, province.units.tay_giang, province.unit_head)
        ask_erasure(person, NOW)
    rebuild_all()
    assert queries() == few
