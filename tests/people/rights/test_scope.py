"""Who may see and do what: each rule as a predicate and as a filter, over the whole cast."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from factories import LAST_OLD_DAY, OLD_MAP, REFORM, make_person, make_posting, make_succession, make_unit

from people.persons.user import User
from people.postings.posting import Posting
from people.rights import scope
from people.rights.roles import FIGURE_KINDS, PEOPLE_KINDS, Role, RoleKind, end, give
from people.times import today
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


def test_the_province_sees_everybody_who_is_posted_below_or_nowhere(cast):
    assert seen_people(cast.manager) >= {"TG-001", "TM-001", "LA-001"}
    make_posting(cast.stranger, make_unit("HUE", "Thành phố Huế"))
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
    # postings of the person, roles of the viewer, reach
    with django_assert_num_queries(3):
        assert scope.can_see(cast.trainer, cast.learner)


def test_a_role_on_an_ended_unit_costs_four_queries_more(cast, django_assert_num_queries):
    give(cast.stranger, RoleKind.TRAINER, cast.units.old_tay_giang)
    give(cast.stranger, RoleKind.TRAINER, cast.units.old_nam_giang)
    with django_assert_num_queries(5):
        assert len(scope.role_units(cast.stranger)) == 3


# --- where a role rests


@pytest.mark.parametrize(("day", "rests_on"), [(LAST_OLD_DAY, "lang"), (REFORM, "tay_giang"), (None, "tay_giang")])
def test_a_role_rests_on_its_unit_up_to_the_last_day_and_then_on_the_successor(cast, day, rests_on):
    give(cast.stranger, RoleKind.UNIT_HEAD, cast.units.lang)
    unit = getattr(cast.units, rests_on).pk
    assert scope.role_units(cast.stranger, day=day) == {unit}
    assert scope.resting_on(cast.units.lang, day) == {unit}
    assert cast.stranger.pk in scope.holders([RoleKind.UNIT_HEAD], day)[unit]


def test_the_holders_of_a_role_stand_under_each_unit_on_which_it_rests(cast):
    units = cast.units
    give(cast.stranger, RoleKind.TRAINER, units.old_tay_giang)
    give(make_person("Đã Nghỉ", "NGHI", is_active=False), RoleKind.TRAINER, units.tay_giang)
    both = {cast.trainer.pk, cast.stranger.pk}
    assert scope.holders([RoleKind.TRAINER]) == {units.tay_giang.pk: both, units.avuong.pk: both}
    assert scope.holders([RoleKind.TRAINER, RoleKind.UNIT_HEAD])[units.tay_giang.pk] == both | {cast.unit_head.pk}


def test_only_roles_of_the_kinds_asked_for_are_looked_at(cast):
    give(cast.stranger, RoleKind.TRAINER, cast.units.tay_giang)
    give(cast.stranger, RoleKind.OBSERVER, cast.units.avuong)
    assert scope.role_units(cast.stranger, [RoleKind.OBSERVER]) == {cast.units.avuong.pk}
    assert scope.role_units(cast.stranger, []) == set()
    assert scope.role_units(cast.stranger) == {cast.units.tay_giang.pk, cast.units.avuong.pk}


def test_who_may_not_sign_in_any_more_reaches_nothing(cast):
    cast.manager.is_active = False
    assert scope.role_units(cast.manager) == scope.reach_of(cast.manager) == set()
    assert scope.role_units(AnonymousUser()) == set()


def test_a_unit_counts_below_itself_and_all_above_it_on_the_map_of_the_day(cast):
    units = cast.units
    assert set(scope.above(units.school.pk).values_list("ancestor", flat=True)) == {
        units.school.pk, units.tay_giang.pk, units.da_nang.pk
    }  # fmt: skip
    assert set(scope.above(units.lang.pk, OLD_MAP).values_list("ancestor", flat=True)) == {
        units.lang.pk, units.old_tay_giang.pk, units.quang_nam.pk
    }  # fmt: skip
    assert set(scope.under([units.avuong.pk]).values_list("unit", flat=True)) == {units.avuong.pk, units.bha_le.pk}
    assert set(scope.under([units.old_tay_giang.pk], OLD_MAP).values_list("unit", flat=True)) == {
        units.old_tay_giang.pk, units.lang.pk, units.bha_le.pk
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "day", "top"),
    [
        ("da_nang", None, True),
        ("tay_giang", None, False),
        ("school", None, False),
        ("quang_nam", None, True),
        ("old_tay_giang", None, False),
        ("quang_nam", LAST_OLD_DAY, True),
        ("old_tay_giang", LAST_OLD_DAY, False),
    ],
)
def test_the_top_is_the_province_and_what_became_of_the_former_one(cast, unit, day, top):
    assert scope.is_top(getattr(cast.units, unit), day) is top


def test_of_several_units_the_top_is_the_one_that_is_under_no_other(cast):
    units = cast.units
    assert scope.at_the_top([units.da_nang.pk, units.tay_giang.pk, units.school.pk]) == {units.da_nang.pk}
    assert scope.at_the_top([units.quang_nam.pk, units.lang.pk], OLD_MAP) == {units.quang_nam.pk}
    # an ended unit counts in another one today
    assert scope.at_the_top([units.quang_nam.pk]) == set()


def test_the_kinds_held_for_the_whole_province_are_told_and_kept_on_the_user(cast, django_assert_num_queries):
    assert scope.kinds_at_the_top(cast.manager) == {RoleKind.PROVINCE_MANAGER}
    assert scope.kinds_at_the_top(cast.trainer) == scope.kinds_at_the_top(cast.learner) == set()
    give(cast.stranger, RoleKind.OBSERVER, cast.units.quang_nam)
    give(cast.stranger, RoleKind.TRAINER, cast.units.old_tay_giang)
    give(cast.stranger, RoleKind.UNIT_HEAD, cast.units.avuong)
    assert scope.kinds_at_the_top(cast.stranger) == {RoleKind.OBSERVER}
    with django_assert_num_queries(0):
        assert scope.kinds_at_the_top(cast.stranger) == {RoleKind.OBSERVER}


# --- who answers for whom


def moved(person, first, then, on):
    """A person who left one unit and works in another (None: in no other) from `on`."""
    Posting.objects.filter(person=person).delete()
    make_posting(person, first, end=on - timedelta(days=1))
    if then is not None:
        make_posting(person, then, start=on)


@pytest.mark.parametrize(("days", "where"), [(-1, "new"), (0, "new"), (1, "old")])
def test_who_has_moved_is_answered_for_where_they_work_now(cast, days, where):
    moved(cast.learner, cast.units.thanh_my, cast.units.tay_giang, today() + timedelta(days=days))
    old = make_person("Người Phụ Trách Cũ", "CU")
    give(old, RoleKind.TRAINER, cast.units.thanh_my)
    assert scope.answers_today(cast.trainer, cast.learner, PEOPLE_KINDS) is (where == "new")
    assert scope.answers_today(old, cast.learner, PEOPLE_KINDS) is (where == "old")
    # whoever once had to do with them still answers for what was then
    assert scope.answers_for(old, cast.learner, PEOPLE_KINDS)
    assert scope.answers_for(cast.trainer, cast.learner, PEOPLE_KINDS)


def test_who_has_left_is_answered_for_where_they_were_last(cast):
    moved(cast.learner, cast.units.tay_giang, None, today() - timedelta(days=30))
    make_posting(cast.learner, cast.units.thanh_my, start=REFORM, end=REFORM + timedelta(days=5))
    head = make_person("Trưởng Thạnh Mỹ", "TTM")
    give(head, RoleKind.TRAINER, cast.units.thanh_my)
    assert scope.answers_today(cast.trainer, cast.learner, PEOPLE_KINDS)
    assert not scope.answers_today(head, cast.learner, PEOPLE_KINDS)
    make_posting(cast.learner, cast.units.thanh_my, position="Sẽ đến", start=today() + timedelta(days=30))
    assert scope.answers_today(head, cast.learner, PEOPLE_KINDS)


def test_a_role_makes_nobody_answer_for_its_holder_and_the_province_answers_for_who_has_no_posting(cast):
    for answers in (scope.answers_for, scope.answers_today):
        for person in (cast.editor, cast.other_editor, cast.stranger):
            assert not answers(cast.trainer, person, PEOPLE_KINDS)
            assert answers(cast.manager, person, PEOPLE_KINDS)
            assert not answers(cast.manager, person, [RoleKind.UNIT_HEAD])
    make_posting(cast.editor, cast.units.tay_giang)
    assert scope.answers_for(cast.trainer, cast.editor, PEOPLE_KINDS)
    assert not scope.answers_for(cast.trainer, cast.editor, [RoleKind.UNIT_HEAD])


def test_a_superuser_reaches_everything_as_long_as_they_are_active(cast):
    person = make_person("Siêu Quản Trị", "SU", is_superuser=True)
    for active in (True, False):
        person.is_active = active
        assert (scope.reach_of(person) == set(Unit.objects.values_list("pk", flat=True))) is active
        assert (scope.import_reach(person) is None) is active
        assert scope.answers_for(person, cast.stranger, PEOPLE_KINDS) is active
        assert scope.answers_today(person, cast.stranger, PEOPLE_KINDS) is active
        assert scope.can_grant_attempt(person, cast.learner) is active
    person.is_active = True
    assert not scope.can_grant_attempt(person, person)


def test_a_trainer_imports_the_rosters_of_their_reach(cast):
    assert scope.import_reach(cast.trainer) == scope.reach_of(cast.trainer)
    assert scope.import_reach(cast.observer) == set()


def test_there_is_no_rule_of_seeing_for_other_things(cast):
    with pytest.raises(TypeError, match="Role"):
        scope.visible_to(cast.manager, Role)
    with pytest.raises(TypeError, match="Role"):
        scope.can_see(cast.manager, Role(kind=RoleKind.TRAINER))
