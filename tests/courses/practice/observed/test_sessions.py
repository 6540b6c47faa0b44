"""Planning a session: nobody is two of observer, observer and observed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from factories import REFORM, make_person, make_posting

from courses.practice.observed import planning
from courses.practice.observed.planning import Refused
from courses.practice.observed.session import Performance, PracticeSession
from people.rights.roles import RoleKind, give
from people.times import today

pytestmark = pytest.mark.django_db


def test_the_leader_is_the_first_observer_and_names_the_second(practice, cast):
    session, performance = practice.session, practice.performance
    assert (session.leader, session.second) == (cast.trainer, practice.second)
    assert (performance.first_id, performance.second_id) == (cast.trainer.pk, practice.second.pk)
    assert [session.place_of(who) for who in (cast.trainer, practice.second, cast.learner)] == [1, 2, None]


def test_the_second_observer_is_not_the_leader(practice, cast):
    make_posting(cast.trainer, cast.units.tay_giang)
    with pytest.raises(Refused, match="hai người khác nhau"):
        planning.name_second(cast.trainer, practice.session, cast.trainer.pk)


def test_the_second_observer_is_not_observed_and_the_observed_do_not_observe(practice, cast):
    with pytest.raises(Refused, match="không quan sát được"):
        planning.name_second(cast.trainer, practice.session, cast.learner.pk)
    with pytest.raises(Refused, match="không tập trong buổi này được"):
        planning.add(cast.trainer, practice.session, practice.second.pk)
    make_posting(cast.trainer, cast.units.tay_giang)
    with pytest.raises(Refused, match="không tập trong buổi này được"):
        planning.add(cast.trainer, practice.session, cast.trainer.pk)


@pytest.mark.parametrize(
    ("first", "second", "person"),
    [("trainer", "trainer", "learner"), ("trainer", "other_learner", "trainer"), ("trainer", "learner", "learner")],
)
def test_the_database_refuses_one_person_in_two_places(practice, cast, first, second, person):
    places = {"first": getattr(cast, first), "second": getattr(cast, second), "person": getattr(cast, person)}
    practice.performance.delete()
    with pytest.raises(IntegrityError, match="performance_of_three_different_people"), transaction.atomic():
        Performance.objects.create(session=practice.session, **places)


def test_the_database_refuses_a_second_observer_who_is_the_leader(practice):
    with pytest.raises(IntegrityError, match="session_of_two_different_observers"), transaction.atomic():
        PracticeSession.objects.update(second=practice.session.leader)


def test_the_role_of_an_observer_makes_nobody_a_second_observer(practice, cast):
    """Only who stands on the roster does: the role *observer* supervises figures and has no posting."""
    with pytest.raises(Refused, match="không có trong danh sách"):
        planning.name_second(cast.trainer, practice.session, cast.observer.pk)


def test_somebody_out_of_reach_takes_no_part(practice, cast):
    for act in (planning.name_second, planning.add):
        with pytest.raises(Refused, match="không có trong danh sách"):
            act(cast.trainer, practice.session, cast.other_learner.pk)


def test_who_left_before_the_day_takes_no_part(practice, cast):
    gone = make_person("Đã Chuyển Đi")
    make_posting(gone, cast.units.tay_giang, start=REFORM, end=today() - timedelta(days=1))
    with pytest.raises(Refused):
        planning.add(cast.trainer, practice.session, gone.pk)


def test_adding_twice_is_adding_once(practice, cast):
    planning.add(cast.trainer, practice.session, cast.learner.pk)
    assert practice.session.performances.count() == 1


def test_a_new_second_observer_takes_over_every_performance(practice, cast):
    third = make_person("Bríu Văn Ba")
    make_posting(third, cast.units.tay_giang)
    planning.name_second(cast.trainer, practice.session, third.pk)
    practice.performance.refresh_from_db()
    assert practice.performance.second_id == third.pk


def test_once_a_form_is_in_the_observers_stay_and_so_do_the_observed(practice, cast, send):
    send(1)
    third = make_person("Bríu Văn Ba")
    make_posting(third, cast.units.tay_giang)
    with pytest.raises(Refused, match="không đổi người quan sát"):
        planning.name_second(cast.trainer, practice.session, third.pk)
    with pytest.raises(Refused, match="không bỏ ra khỏi buổi"):
        planning.take_out(practice.session, practice.performance.pk)
    with pytest.raises(Refused, match="được giữ lại"):
        planning.drop(practice.session)
    # somebody else may still play after the first
    assert planning.add(cast.trainer, practice.session, third.pk).second_id == practice.second.pk


def test_a_session_without_forms_can_be_dropped(practice):
    planning.take_out(practice.session, practice.performance.pk)
    planning.drop(practice.session)
    assert not PracticeSession.objects.exists()


def test_people_are_found_in_the_unit_and_by_name_in_the_reach(practice, cast):
    far = make_person("Đinh Thị Xa", "AV-001")
    make_posting(far, cast.units.avuong)
    in_unit = make_person("Arất Thị Gần", "TG-009")
    make_posting(in_unit, cast.units.tay_giang)
    assert planning.found_for(cast.trainer, practice.session, "") == [in_unit]
    assert planning.found_for(cast.trainer, practice.session, "đinh thị") == [far]
    assert planning.found_for(cast.trainer, practice.session, "av-001") == [far]
    # neither who takes part already nor who is out of reach
    assert planning.found_for(cast.trainer, practice.session, "Alăng") == []
    assert planning.found_for(cast.trainer, practice.session, "Zơrâm") == []


def test_a_session_keeps_the_words_of_the_day_on_which_it_was_planned(practice):
    practice.rubric.title = "Tên mới"
    practice.rubric.save()
    assert PracticeSession.objects.get().version.frozen.title == "Buổi gặp đầu tiên"


# --- whose they are


def opened(user):
    return set(PracticeSession.objects.opened_to(user))


def test_a_session_opens_to_its_observers_and_to_trainers_of_its_unit(practice, cast):
    for who in (cast.trainer, practice.second, cast.manager, cast.administrator):
        assert opened(who) == {practice.session}
    for who in (cast.learner, cast.other_learner, cast.stranger, cast.observer, cast.unit_head, cast.editor):
        assert opened(who) == set()


def test_a_trainer_of_another_unit_does_not_see_it(practice, cast):
    other = make_person("Người Phụ Trách Thạnh Mỹ")
    give(other, RoleKind.TRAINER, cast.units.thanh_my)
    assert opened(other) == set()


def test_a_trainer_who_is_observed_leads_nothing_in_that_session(practice, cast):
    colleague = make_person("Tơ Ngôl Văn Sáu")
    make_posting(colleague, cast.units.tay_giang)
    give(colleague, RoleKind.TRAINER, cast.units.tay_giang)
    assert opened(colleague) == {practice.session}
    planning.add(cast.trainer, practice.session, colleague.pk)
    assert opened(colleague) == set()


def test_units_to_plan_in_are_those_of_the_reach(cast):
    assert set(planning.units_to_plan_in(cast.trainer, today())) == {
        cast.units.tay_giang,
        cast.units.avuong,
        cast.units.school,
    }
    assert set(planning.units_to_plan_in(cast.learner, today())) == set()
