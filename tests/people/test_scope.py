"""Who may see and do what: each rule as a predicate and as a filter, over the whole cast."""

import pytest
from django.contrib.auth.models import AnonymousUser
from factories import make_person, make_posting, make_succession, make_unit

from people.persons.user import User
from people.postings.posting import Posting
from people.rights import scope
from people.rights.roles import FIGURE_KINDS, RoleKind, end, give
from people.units.successions import rebuild_reach
from people.units.unit import Unit

pytestmark = pytest.mark.django_db


def everybody(cast):
    return [person for person in vars(cast).values() if isinstance(person, User)] + [
        AnonymousUser(),
        make_person("Siêu Quản Trị", "SU", is_superuser=True),
        make_person("Đã Khóa", "OFF", is_active=False, is_superuser=True),
    ]


@pytest.mark.parametrize("model", [Unit, User, Posting])
def test_one_object_and_the_list_never_disagree(cast, model):
    make_posting(cast.stranger, cast.units.old_tay_giang, start=cast.units.lang.valid_from)
    for user in everybody(cast):
        listed = set(model.objects.filter(scope.visible_to(user, model)))
        assert {obj for obj in model.objects.all() if scope.can_see(user, obj)} == listed, user


def sees_figures(user, unit) -> bool:
    return unit.pk in scope.reach_of(user, FIGURE_KINDS)


def confirms_roster(user, unit) -> bool:
    return unit.pk in scope.reach_of(user, scope.ROSTER_KINDS)


def seen_people(user):
    return set(User.objects.filter(scope.visible_to(user, User)).values_list("staff_code", flat=True))


def test_a_learner_sees_only_themselves(cast):
    assert seen_people(cast.learner) == {"TG-001"}
    assert not Unit.objects.filter(scope.visible_to(cast.learner, Unit)).exists()


def test_a_trainer_sees_the_people_of_their_region_and_nobody_elses(cast):
    assert "TG-001" in seen_people(cast.trainer)
    assert "TM-001" not in seen_people(cast.trainer)


def test_an_observer_sees_figures_and_no_people(cast):
    assert sees_figures(cast.observer, cast.units.thanh_my)
    assert seen_people(cast.observer) == {cast.observer.staff_code}


def test_an_editor_sees_no_figures(cast):
    assert not sees_figures(cast.editor, cast.units.tay_giang)
    assert scope.can_see(cast.editor, cast.units.tay_giang)
    assert not scope.can_see(cast.editor, cast.units.thanh_my)


def test_the_manager_sees_everybody_who_is_posted(cast):
    assert seen_people(cast.manager) >= {"TG-001", "TM-001"}
    assert "LA-001" not in seen_people(cast.manager)


def test_a_stranger_and_the_public_see_nothing(cast):
    assert seen_people(cast.stranger) == {"LA-001"}
    for model in (Unit, User, Posting):
        assert not model.objects.filter(scope.visible_to(AnonymousUser(), model)).exists()
    assert not sees_figures(AnonymousUser(), cast.units.da_nang)


def names(units):
    return set(Unit.objects.filter(pk__in=units).values_list("name", flat=True))


def test_a_reach_holds_the_former_units_that_count_below_today(cast):
    assert names(scope.reach_of(cast.trainer, FIGURE_KINDS)) == {
        "Xã Tây Giang",
        "Xã Lăng",
        "Trường THCS Tây Giang",
        "Xã Avương",
        "Xã Bha Lê",
    }


def test_a_role_on_an_abolished_unit_reaches_its_successor(cast):
    give(cast.stranger, RoleKind.UNIT_HEAD, cast.units.lang)
    assert "Trường THCS Tây Giang" in names(scope.reach_of(cast.stranger))
    assert "TG-001" in seen_people(cast.stranger)


def test_a_role_on_an_abolished_province_reaches_its_successor(cast):
    give(cast.stranger, RoleKind.OBSERVER, cast.units.quang_nam)
    assert sees_figures(cast.stranger, cast.units.da_nang)


def test_a_role_on_an_abolished_district_reaches_what_was_below_it_and_not_the_province(cast):
    give(cast.stranger, RoleKind.TRAINER, cast.units.old_tay_giang)
    assert scope.role_units(cast.stranger) == {cast.units.tay_giang.pk, cast.units.avuong.pk}
    assert not sees_figures(cast.stranger, cast.units.da_nang)
    assert not sees_figures(cast.stranger, cast.units.thanh_my)


def test_a_role_on_a_unit_split_without_heir_reaches_nothing_yet(cast):
    split = make_unit("20999", "Xã Chia", parent=cast.units.old_tay_giang, start=cast.units.lang.valid_from,
                      end=cast.units.lang.valid_to)  # fmt: skip
    make_succession(split, cast.units.avuong, heir=False)
    make_succession(split, cast.units.thanh_my, heir=False)
    rebuild_reach()
    give(cast.stranger, RoleKind.UNIT_HEAD, split)
    assert scope.reach_of(cast.stranger) == set()


def test_an_ended_role_reaches_nothing(cast):
    end(give(cast.stranger, RoleKind.PROVINCE_MANAGER, cast.units.da_nang))
    assert scope.reach_of(cast.stranger) == set()
    assert seen_people(cast.stranger) == {"LA-001"}


@pytest.mark.parametrize(
    ("who", "imports", "confirms", "grants"),
    [
        ("learner", False, False, False),
        ("editor", False, False, False),
        ("trainer", True, True, True),
        ("unit_head", True, True, False),
        ("manager", True, True, True),
        ("administrator", True, True, True),
        ("observer", False, False, False),
        ("teacher", False, False, False),
        ("translator", False, False, False),
        ("stranger", False, False, False),
    ],
)
def test_who_may_import_confirm_and_grant(cast, who, imports, confirms, grants):
    user = getattr(cast, who)
    assert bool(scope.import_reach(user)) is imports
    assert confirms_roster(user, cast.units.tay_giang) is confirms
    assert scope.can_grant_attempt(user, cast.learner) is grants


def test_nothing_is_done_beyond_the_reach(cast):
    assert not confirms_roster(cast.trainer, cast.units.thanh_my)
    assert not scope.can_grant_attempt(cast.trainer, cast.other_learner)
    make_posting(cast.trainer, cast.units.tay_giang)
    assert not scope.can_grant_attempt(cast.trainer, cast.trainer)


def test_seeing_costs_the_same_for_ten_people_and_for_many(cast, django_assert_num_queries):
    for number in range(30):
        make_posting(make_person(f"Người {number}"), cast.units.tay_giang)
    # roles, then the list with its subqueries
    with django_assert_num_queries(2):
        assert len(User.objects.filter(scope.visible_to(cast.trainer, User))) > 30
    # postings and roles of the person, roles of the viewer, reach
    with django_assert_num_queries(4):
        assert scope.can_see(cast.trainer, cast.learner)


def test_a_role_on_an_ended_unit_costs_four_queries_more(cast, django_assert_num_queries):
    give(cast.stranger, RoleKind.TRAINER, cast.units.old_tay_giang)
    give(cast.stranger, RoleKind.TRAINER, cast.units.old_nam_giang)
    with django_assert_num_queries(5):
        assert len(scope.role_units(cast.stranger)) == 3
