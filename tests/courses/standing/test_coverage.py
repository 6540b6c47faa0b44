"""The figure: distinct people under a unit, on any day, on any map, as known on any day."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LAST_OLD_DAY, OLD_MAP, REFORM, make_person, make_posting, make_succession, make_unit
from sharing import shared

from courses.completions.completion import Completion, Void
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse
from courses.standing import recount
from courses.standing.coverage import CoverageError, Figure, coverage, explain
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.standing import refresh
from people.persons.user import User
from people.postings.coverage import percent, places_of
from people.postings.posting import Posting, RosterConfirmation
from people.postings.rosters import confirmations, roster_changed
from people.roster.confirmations import confirm_roster
from people.times import today
from people.units.successions import Succession, rebuild_reach
from people.units.unit import Unit, UnitKind, UnitVersion

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
EARLIER, NOW = (timezone.make_aware(datetime(2026, 3, day, 9)) for day in (2, 10))
TODAY, YESTERDAY, BEFORE = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 1)
STATES = ("completed", "expired", "in_progress", "overdue", "not_started")


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


def completes(person, on, at=LONG_AGO):
    return Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import", recorded_at=at)


def excuse(person, requirement, start, end=None, at=LONG_AGO):
    return Excuse.objects.create(
        person=person, requirement=requirement, reason="Ốm", start=start, end=end, recorded_at=at
    )


def figures_of(**question):
    """The dictionary of the contract, after everybody's standing was brought up to date."""
    refresh(User.objects.values_list("pk", flat=True))
    return coverage(COURSE, **question).as_dict()


def counts(figure):
    return {state: figure[state] for state in (*STATES, "excused") if figure[state]}


def child(figure, code):
    return next(c for c in figure["children"] if c["unit"]["code"] == code)


def test_the_figure_has_the_shape_of_the_contract(requirement, cast):
    completes(cast.learner, BEFORE)
    figure = figures_of()
    assert figure == {
        "requirement": COURSE,
        "as_of": "2026-03-10",
        "geography": "2026-03-10",
        "known_on": "2026-03-10",
        "unit": {"code": "48", "name": "Thành phố Đà Nẵng"},
        "required": 2,
        "completed": 1,
        "expired": 0,
        "in_progress": 0,
        "overdue": 0,
        "not_started": 1,
        "excused": 0,
        "unconfirmed_units": 4,
        "percent": 50.0,
        "unapproved": 0,
        "still_knows": 0,
        "to_review": 0,
        "not_known": 1,
        "children": figure["children"],
    }
    assert [c["unit"]["code"] for c in figure["children"]] == ["20455", "20458", "20695", None]
    assert figure["children"][-1]["unit"]["name"] == "Trực thuộc"
    assert set(figure["children"][0]) == set(figure) - {"children"}
    assert child(figure, "20455")["percent"] == 100.0
    assert child(figure, "20458")["percent"] is None
    assert json.dumps(figure)


def test_the_states_add_up_to_the_required_and_leave_out_the_excused(requirement, units):
    people = [make_person(f"Người {n}") for n in range(6)]
    for person in people:
        make_posting(person, units.avuong, start=date(2026, 1, 1))
    completes(people[0], BEFORE)
    completes(people[1], date(2024, 3, 10))
    LessonSeen.objects.create(person=people[2], lesson_key="0" * 32, course_key=COURSE, seen_at=EARLIER)
    excuse(people[3], requirement, BEFORE)
    figure = figures_of(unit="20458")
    assert counts(figure) == {"completed": 1, "expired": 1, "in_progress": 1, "not_started": 2, "excused": 1}
    assert figure["required"] == sum(figure[state] for state in STATES) == 5
    assert figure["percent"] == 20.0


def test_late_people_are_overdue_on_a_day_in_the_future(requirement, cast):
    assert counts(figures_of(as_of=date(2026, 12, 15))) == {"not_started": 2}
    assert counts(figures_of(as_of=date(2026, 12, 16))) == {"overdue": 2}


def test_a_completion_is_seen_to_lapse_on_a_day_in_the_future(requirement, cast):
    completes(cast.learner, date(2026, 3, 1))
    assert counts(figures_of(unit="20455", as_of=date(2028, 2, 29))) == {"completed": 1}
    assert counts(figures_of(unit="20455", as_of=date(2028, 3, 1))) == {"expired": 1}


def test_a_person_in_two_units_counts_once_above_and_once_in_each(requirement, units):
    person = make_person()
    make_posting(person, units.tay_giang)
    make_posting(person, units.avuong)
    make_posting(person, units.avuong, position="Kiêm nhiệm")
    figure = figures_of()
    assert figure["required"] == 1
    assert [c["required"] for c in figure["children"]] == [1, 1, 0, 0]


def test_people_of_a_unit_below_count_in_the_child_that_holds_it(requirement, units):
    make_posting(make_person(), units.school)
    assert child(figures_of(), "20455")["required"] == 1
    below = figures_of(unit="20455")
    assert [(c["unit"]["code"], c["required"]) for c in below["children"]] == [("THCS-01", 1), (None, 0)]


def test_people_posted_at_the_unit_itself_are_the_last_child(requirement, units):
    make_posting(make_person(), units.da_nang)
    make_posting(make_person(), units.avuong)
    figure = figures_of()
    assert figure["required"] == 2
    assert [(c["unit"]["code"], c["required"]) for c in figure["children"]][-1] == (None, 1)


def test_until_the_reform_a_posting_counts_in_its_unit_and_from_then_on_in_the_successor(requirement, units):
    make_posting(make_person(), units.lang, start=date(2024, 6, 1))
    old = figures_of(as_of=LAST_OLD_DAY)
    assert (old["unit"], old["required"]) == ({"code": "49", "name": "Tỉnh Quảng Nam"}, 1)
    assert child(old, "504")["required"] == 1
    new = figures_of(as_of=REFORM)
    assert (new["unit"]["code"], child(new, "20455")["required"]) == ("48", 1)


def test_history_can_be_counted_on_a_later_map(requirement, units):
    person = make_person()
    make_posting(person, units.bha_le, start=date(2024, 6, 1), end=date(2025, 3, 31))
    completes(person, date(2025, 1, 15))
    figure = figures_of(as_of=date(2025, 2, 1), geography=TODAY)
    assert (figure["unit"]["code"], figure["geography"]) == ("48", "2026-03-10")
    assert counts(child(figure, "20458")) == {"completed": 1}
    assert figures_of(as_of=date(2025, 4, 1), geography=TODAY)["required"] == 0


def test_a_code_means_the_unit_that_bears_it_on_the_geography_date(requirement, units):
    make_posting(make_person(), units.bha_le, start=OLD_MAP)
    make_posting(make_person(), units.lang, start=OLD_MAP)
    assert figures_of(unit="20458", as_of=LAST_OLD_DAY)["unit"]["name"] == "Xã Bha Lê"
    assert figures_of(unit="20458", as_of=LAST_OLD_DAY, geography=REFORM)["unit"]["name"] == "Xã Avương"


def test_a_unit_that_does_not_exist_yet_counts_nobody(requirement, units):
    make_posting(make_person(), units.avuong, start=date(2020, 1, 1))
    assert figures_of(as_of=LAST_OLD_DAY)["required"] == 0
    assert figures_of(as_of=LAST_OLD_DAY, geography=REFORM)["required"] == 1


def test_a_void_takes_the_completion_away_from_its_day(requirement, cast):
    Void.objects.create(completion=completes(cast.learner, BEFORE), on=YESTERDAY, reason="Làm hộ", recorded_at=LONG_AGO)
    assert counts(figures_of(unit="20455", as_of=date(2026, 3, 8))) == {"completed": 1}
    assert counts(figures_of(unit="20455", as_of=YESTERDAY)) == {"not_started": 1}


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, None), (0, 3, 0.0), (2, 3, 66.6), (999, 1000, 99.9), (9999, 10000, 99.9), (3, 3, 100)],
)
def test_percent_is_rounded_down_to_one_decimal_and_null_of_nobody(part, whole, expected):
    assert percent(part, whole) == expected


def test_the_required_are_all_states_but_the_excused():
    figure = Figure("1", "Xã", completed=1, expired=2, in_progress=4, overdue=8, not_started=16, excused=32)
    assert (figure.required, figure.percent) == (31, 3.2)
    assert figure.counts() == {
        "required": 31,
        "completed": 1,
        "expired": 2,
        "in_progress": 4,
        "overdue": 8,
        "not_started": 16,
        "excused": 32,
        "unconfirmed_units": 0,
        "percent": 3.2,
        "unapproved": 0,
        "still_knows": 0,
        "to_review": 0,
        "not_known": 1,
    }


@pytest.mark.parametrize(
    ("completed", "overdue", "unconfirmed", "changed", "whole"),
    [
        (3, 0, 0, 0, True),
        (1, 0, 0, 0, True),
        (0, 0, 0, 0, False),
        (3, 1, 0, 0, False),
        (3, 0, 1, 0, False),
        (3, 0, 0, 1, False),
        (0, 1, 0, 0, False),
    ],
)
def test_a_figure_is_whole_when_all_completed_and_every_unit_answered(completed, overdue, unconfirmed, changed, whole):
    figure = Figure(
        "1", "Xã", completed=completed, overdue=overdue, unconfirmed_units=unconfirmed, changed_units=changed
    )
    assert figure.is_whole is whole


def split_without_heir(units):
    """People of a commune that was divided between two of which neither is the heir: they count in the province."""
    old = make_unit("20777", "Xã Chia", parent=units.old_tay_giang, start=OLD_MAP, end=LAST_OLD_DAY)
    make_succession(old, units.avuong, heir=False)
    make_succession(old, units.thanh_my, heir=False)
    rebuild_reach()
    return old


@pytest.mark.parametrize("question", [{}, {"known_on": YESTERDAY}], ids=["now", "as known before"])
def test_people_of_a_unit_split_without_an_heir_are_counted_as_undivided(requirement, units, question):
    old = split_without_heir(units)
    people = [make_person() for _n in range(4)]
    for person in people:
        make_posting(person, old, start=OLD_MAP)
    # one is excused, one works in a commune too, one at the province itself as well
    excuse(people[0], requirement, BEFORE)
    make_posting(people[1], units.avuong)
    make_posting(people[2], units.da_nang, position="Kiêm nhiệm")
    refresh(User.objects.values_list("pk", flat=True))
    figure = coverage(COURSE, **question)
    assert figure.undivided == 3
    assert figure.total.required == 3
    assert figure.children[-1].required == 3
    assert figure.is_recount is bool(question)
    make_posting(make_person(), units.da_nang)
    refresh(User.objects.values_list("pk", flat=True))
    assert coverage(COURSE, **question).undivided == 3


def test_whoever_has_the_places_of_a_unit_gives_them_instead_of_its_code(requirement, cast):
    refresh(User.objects.values_list("pk", flat=True))
    place = coverage(COURSE, unit="20455").places
    assert coverage(requirement, unit=place).as_dict() == coverage(COURSE, unit="20455").as_dict()
    past = coverage(requirement, unit=place, known_on=YESTERDAY)
    assert (past.total.code, past.total.required, past.is_recount) == ("20455", 1, True)
    assert coverage(requirement, known_on=TODAY).is_recount is False


def test_a_figure_of_a_past_day_explains_its_denominator_as_known_then(requirement, cast):
    make_posting(cast.stranger, cast.units.avuong, duties=("tuyen_truyen",), at=EARLIER)
    refresh(User.objects.values_list("pk", flat=True))
    assert explain(coverage(COURSE)).roster == 3
    assert explain(coverage(COURSE, known_on=BEFORE)).roster == 2


# --- unconfirmed units


def confirm(unit, on, person, at=LONG_AGO):
    return RosterConfirmation.objects.create(unit=unit, on=on, confirmed_by=person, recorded_at=at)


def test_a_unit_is_unconfirmed_until_somebody_confirms_its_roster(requirement, cast):
    units = cast.units
    for unit in (units.tay_giang, units.avuong, units.thanh_my):
        confirm(unit, BEFORE, cast.manager)
    figure = figures_of()
    assert figure["unconfirmed_units"] == 1  # the school; the province is a mere container
    assert child(figure, "20455")["unconfirmed_units"] == 1
    assert child(figure, "20458")["unconfirmed_units"] == 0
    assert figures_of(as_of=date(2026, 2, 28))["unconfirmed_units"] == 4


def test_a_container_has_to_confirm_once_somebody_is_posted_at_it(requirement, cast):
    make_posting(cast.stranger, cast.units.da_nang, duties=())
    figure = figures_of()
    assert figure["unconfirmed_units"] == 5
    assert figure["children"][-1]["unconfirmed_units"] == 1
    confirm(cast.units.da_nang, BEFORE, cast.manager)
    assert figures_of()["children"][-1]["unconfirmed_units"] == 0


def changed_in(places, as_of=TODAY, known_on=None):
    given = confirmations(places, as_of, known_on)
    return roster_changed(places, as_of, {unit: one.at for unit, one in given.items() if one}, known_on)


CONFIRMED_AT = timezone.make_aware(datetime(2026, 3, 1, 9))
SINCE = timezone.make_aware(datetime(2026, 3, 2, 9))


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda was, units: None, False),
        (lambda was, units: make_posting(make_person(), units.tay_giang, at=SINCE), True),
        (lambda was, units: make_posting(make_person(), units.lang, start=OLD_MAP, at=SINCE), True),
        (lambda was, units: make_posting(make_person(), units.avuong, at=SINCE), False),
        # it begins later, or is over already
        (lambda was, units: make_posting(make_person(), units.tay_giang, start=date(2027, 1, 1), at=SINCE), False),
        (lambda was, units: make_posting(make_person(), units.tay_giang, end=date(2025, 12, 1), at=SINCE), False),
        (lambda was, units: recorded_again(was, end=date(2026, 3, 1)), True),
        (lambda was, units: recorded_again(was, end=date(2027, 3, 1)), False),
        (lambda was, units: recorded_again(was, position="Phó ban"), True),
        (lambda was, units: recorded_again(was, duties=["xac_minh"]), True),
    ],
)
def test_a_roster_changed_when_its_people_positions_or_duties_of_the_day_are_others(cast, change, changed):
    units = cast.units
    was = Posting.objects.get(person=cast.learner)
    confirm(units.tay_giang, date(2026, 3, 1), cast.manager, CONFIRMED_AT)
    change(was, units)
    for place in (units.tay_giang, units.da_nang):
        found = changed_in(places_of(place, TODAY))
        assert found == ({units.tay_giang.pk} if changed else set())


def recorded_again(posting, duties=("ho_tro_nan_nhan",), **fields):
    Posting.objects.filter(pk=posting.pk).supersede(SINCE)
    values = {"start": posting.start, "end": posting.end, "position": posting.position} | fields
    make_posting(posting.person, posting.unit, duties=duties, at=SINCE, **values)


def test_a_roster_that_changed_is_as_confirmed_when_known_before_and_when_confirmed_again(cast):
    units = cast.units
    confirm(units.tay_giang, date(2026, 3, 1), cast.manager, CONFIRMED_AT)
    make_posting(make_person(), units.tay_giang, at=SINCE)
    place = places_of(units.tay_giang, TODAY)
    assert changed_in(place) == {units.tay_giang.pk}
    assert changed_in(place, known_on=date(2026, 3, 1)) == set()
    assert changed_in(place, known_on=date(2026, 3, 2)) == {units.tay_giang.pk}
    confirm(units.tay_giang, date(2026, 3, 3), cast.manager, SINCE + timedelta(days=1))
    assert changed_in(place) == set()
    assert changed_in(place, as_of=date(2026, 3, 2)) == {units.tay_giang.pk}


def test_confirming_again_on_the_same_day_counts_for_the_roster_as_it_is_now(cast):
    unit, now = cast.units.tay_giang, timezone.now()
    first = confirm_roster(unit, cast.manager, now - timedelta(minutes=2))
    assert confirm_roster(unit, cast.manager, now - timedelta(minutes=1)) == first
    make_posting(make_person(), unit, at=now - timedelta(seconds=30))
    again = confirm_roster(unit, cast.manager, now)
    assert again != first
    assert list(RosterConfirmation.objects.current()) == [again]
    assert changed_in(places_of(unit, TODAY)) == set()


def test_a_confirmation_of_a_predecessor_does_not_carry_over(requirement, cast):
    confirm(cast.units.bha_le, date(2025, 5, 1), cast.manager)
    assert figures_of(as_of=LAST_OLD_DAY)["unconfirmed_units"] == 2
    assert child(figures_of(), "20458")["unconfirmed_units"] == 1


# --- as known on an earlier day


def known(**question):
    return figures_of(known_on=BEFORE, **question)


def test_a_posting_recorded_later_was_not_known(requirement, units):
    make_posting(make_person(), units.avuong, at=EARLIER)
    assert (known()["required"], known()["known_on"]) == (0, "2026-03-01")
    assert figures_of(known_on=date(2026, 3, 2))["required"] == 1


def test_a_posting_superseded_later_was_still_known(requirement, units):
    posting = make_posting(make_person(), units.avuong)
    Posting.objects.filter(pk=posting.pk).supersede(EARLIER)
    assert (figures_of()["required"], known()["required"]) == (0, 1)


def test_an_excuse_recorded_later_was_not_known(requirement, cast):
    excuse(cast.learner, requirement, date(2026, 1, 1), at=EARLIER)
    assert (figures_of()["excused"], known()["excused"], known()["required"]) == (1, 0, 2)


def test_a_completion_recorded_later_was_not_known_even_if_made_before(requirement, cast):
    completes(cast.learner, date(2026, 1, 15), at=EARLIER)
    assert counts(figures_of()) == {"completed": 1, "not_started": 1}
    assert counts(known()) == {"not_started": 2}


def test_a_void_recorded_later_was_not_known(requirement, cast):
    completion = completes(cast.learner, date(2026, 1, 15))
    Void.objects.create(completion=completion, on=date(2026, 2, 1), reason="Làm hộ", recorded_at=EARLIER)
    assert counts(figures_of()) == {"not_started": 2}
    assert counts(known()) == {"completed": 1, "not_started": 1}


def test_a_lesson_seen_later_was_not_known(requirement, cast):
    LessonSeen.objects.create(person=cast.learner, lesson_key="0" * 32, course_key=COURSE, seen_at=EARLIER)
    assert counts(figures_of()) == {"in_progress": 1, "not_started": 1}
    assert counts(known(as_of=TODAY)) == {"not_started": 2}
    assert counts(figures_of(as_of=BEFORE)) == {"not_started": 2}


def test_a_rule_changed_later_was_not_known(requirement, cast):
    change_rule(requirement, EARLIER, deadline=date(2026, 2, 1))
    assert counts(figures_of()) == {"overdue": 2}
    assert counts(known(as_of=TODAY)) == {"not_started": 2}


def test_a_confirmation_recorded_later_was_not_known(requirement, cast):
    confirm(cast.units.avuong, BEFORE, cast.manager, at=EARLIER)
    assert (figures_of()["unconfirmed_units"], known(as_of=TODAY)["unconfirmed_units"]) == (3, 4)


def test_a_unit_recorded_later_was_not_known(requirement, units):
    new = make_unit("20999", "Xã Mới", parent=units.da_nang)
    UnitVersion.objects.filter(unit=new).update(recorded_at=EARLIER)
    rebuild_reach()
    make_posting(make_person(), new)
    assert (figures_of()["required"], known()["required"]) == (1, 0)
    assert "20999" not in {c["unit"]["code"] for c in known()["children"]}
    with pytest.raises(CoverageError, match="không có đơn vị mã 20999"):
        known(unit="20999")


def test_a_succession_recorded_later_was_not_known(requirement, units):
    make_posting(make_person(), units.bha_le, start=OLD_MAP)
    Succession.objects.filter(old=units.bha_le).supersede(EARLIER)
    Succession.objects.filter(pk=make_succession(units.bha_le, units.tay_giang).pk).update(recorded_at=EARLIER)
    rebuild_reach()
    assert child(figures_of(), "20455")["required"] == 1
    assert child(known(), "20458")["required"] == 1
    assert child(known(), "20455")["required"] == 0


def test_a_unit_had_the_name_and_kind_that_were_known(requirement, units):
    version = UnitVersion.objects.get(unit=units.avuong)
    version.superseded_at = EARLIER
    version.save()
    UnitVersion.objects.create(
        unit=units.avuong, name="Xã A Vương", kind=UnitKind.COMMUNE, parent=units.da_nang, recorded_at=EARLIER
    )
    Unit.objects.filter(pk=units.avuong.pk).update(name="Xã A Vương")
    rebuild_reach()
    assert child(figures_of(), "20458")["unit"]["name"] == "Xã A Vương"
    assert child(known(), "20458")["unit"]["name"] == "Xã Avương"


def test_a_recount_of_today_gives_what_the_standings_give(requirement, cast):
    make_posting(cast.learner, cast.units.avuong, position="Kiêm nhiệm")
    make_posting(cast.stranger, cast.units.da_nang)
    completes(cast.learner, BEFORE)
    excuse(cast.other_learner, requirement, BEFORE)
    live, recounted = figures_of(), figures_of(known_on=YESTERDAY)
    assert live.pop("known_on") != recounted.pop("known_on")
    assert [{**c, "known_on": ""} for c in live.pop("children")] == [
        {**c, "known_on": ""} for c in recounted.pop("children")
    ]
    assert live == recounted


# --- questions without an answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"as_of": TODAY, "geography": YESTERDAY}, "Bản đồ ngày 09/03/2026 không được trước ngày số liệu 10/03/2026"),
        ({"known_on": date(2026, 3, 11)}, "Không thể biết dữ liệu của ngày 11/03/2026"),
        ({"unit": "49"}, "Không có đơn vị mã 49 vào ngày 10/03/2026"),
        ({"as_of": date(1990, 1, 1)}, "Chưa có đơn vị nào vào ngày 01/01/1990"),
    ],
)
def test_a_question_without_an_answer_is_one_clear_sentence(requirement, question, sentence):
    with pytest.raises(CoverageError, match=sentence):
        coverage(COURSE, **question)


def test_an_unknown_requirement_names_those_there_are(requirement):
    with pytest.raises(CoverageError, match="“khong-co”; hiện có: ho-tro-tam-ly-ban-dau, nhan-dien-nan-nhan"):
        coverage("khong-co")


# --- where the denominator comes from, and what it costs


def test_the_denominator_is_the_roster_less_those_without_the_duty_and_the_excused(requirement, cast):
    make_posting(cast.stranger, cast.units.avuong, duties=("tuyen_truyen",))
    excuse(cast.other_learner, requirement, BEFORE)
    refresh(User.objects.values_list("pk", flat=True))
    parts = explain(coverage(COURSE))
    assert (parts.roster, parts.without_duty, parts.excused, parts.required) == (3, 1, 1, 1)


def _people(number, unit, other):
    people = User.objects.bulk_create(User(staff_code=f"D{number}-{n}", full_name=f"Người {n}") for n in range(number))
    for place in (unit, other):
        Posting.objects.bulk_create(
            Posting(person=p, unit=place, start=REFORM) for p in people[: number if place is unit else number // 10]
        )


def _duty_for_all():
    duty = seed_requirements()[0].rules.get().duty
    through = Posting.duties.through
    fresh = Posting.objects.filter(duties=None).values_list("pk", flat=True)
    through.objects.bulk_create(through(posting_id=pk, duty_id=duty.pk) for pk in fresh)


def test_the_number_of_queries_does_not_grow_with_the_number_of_people(requirement, units):
    costs = []
    for number in (100, 2000):
        _people(number, units.avuong, units.tay_giang)
        _duty_for_all()
        refresh(User.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as live:
            figure = coverage(COURSE)
        with CaptureQueriesContext(connection) as recounted:
            coverage(COURSE, known_on=YESTERDAY)
        costs.append((len(live), len(recounted)))
    assert figure.total.required == 2100
    assert costs[0] == costs[1]
    # requirement, unit, the last day that is counted, places, people, unconfirmed units, the unit's own roster
    assert costs[0][0] == 7


# --- the command


def printed(*arguments, **options):
    out = StringIO()
    call_command("coverage", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_the_contract_as_json(requirement, cast):
    refresh(User.objects.values_list("pk", flat=True))
    parts = json.loads(printed(COURSE, "--as-of", "9/3/2026", "--geography", "2026-03-10", "--format", "json"))
    assert (parts["as_of"], parts["geography"], parts["required"]) == ("2026-03-09", "2026-03-10", 2)


def test_the_command_prints_numerator_denominator_excused_unconfirmed_and_the_day(requirement, cast):
    completes(cast.learner, BEFORE)
    excuse(cast.other_learner, requirement, BEFORE)
    refresh(User.objects.values_list("pk", flat=True))
    text = printed(COURSE)
    assert "Tính đến 10/03/2026" in text
    assert "1 trên 1 người phải hoàn thành đã hoàn thành (100 % *)." in text
    assert "Được miễn: 1." in text
    assert "Còn 4 đơn vị chưa xác nhận danh sách" in text


def test_a_bare_hundred_stands_only_when_all_completed_and_every_roster_is_confirmed(requirement, cast):
    for unit in (cast.units.tay_giang, cast.units.school):
        confirm(unit, BEFORE, cast.manager)
    completes(cast.learner, BEFORE)
    refresh([cast.learner.pk])
    assert "(100 %)" in printed(COURSE, "--unit", "20455")
    assert Figure("1", "Xã", completed=3, unconfirmed_units=1).is_whole is False
    assert Figure("1", "Xã").is_whole is False


def test_the_command_refuses_a_day_that_it_cannot_read(requirement):
    with pytest.raises(CommandError, match="Không đọc được ngày “hôm qua” ở --as-of"):
        printed(COURSE, "--as-of", "hôm qua")


def test_the_command_fails_with_one_line_on_an_unknown_requirement(requirement):
    with pytest.raises(CommandError, match="Không có yêu cầu tập huấn “khong-co”"):
        printed("khong-co")


def test_who_holds_one_posting_is_counted_by_the_database_and_who_holds_several_is_named(requirement, cast, units):
    """Together they are what the second formulation says of each."""
    make_posting(cast.learner, units.thanh_my, position="Kiêm nhiệm")
    make_posting(cast.other_learner, units.thanh_my, position="Kiêm nhiệm")
    make_posting(make_person(), units.avuong)
    day = today()
    with CaptureQueriesContext(connection) as asked:
        alone, several = recount.counted_on(requirement, day, day, Q())
    assert sum("posting" in query["sql"] for query in asked) == 1
    told = list(recount.standing_in_full(requirement, day, Q()))
    people = Counter(person for person, *_rest in Posting.objects.values_list("person"))
    assert sorted(several) == sorted(row for row in told if people[row[0]] > 1)
    assert {row[0] for row in several} == {cast.learner.pk, cast.other_learner.pk}
    assert Counter({tuple(what): count for *what, count in alone}) == Counter(
        tuple(what) for person, *what in told if people[person] == 1
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has a bound on its sets")
def test_postgresql_has_room_for_its_sets_and_only_meanwhile(db):
    def bound() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW work_mem")
            return cursor.fetchone()[0]

    before = bound()
    with recount.room():
        assert bound() == recount.ROOM
    assert bound() == before or connection.in_atomic_block, "until the transaction ends"
