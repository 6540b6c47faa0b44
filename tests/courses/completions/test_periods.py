"""From when on attempts count against a quiz's limit: pure, from the days of completions and their voids."""

from datetime import UTC, date, datetime, timedelta

import pytest
from factories import make_duty
from sharing import shared

from courses.completions.completion import Completion
from courses.completions.periods import Period, period, period_of, validities
from courses.requirements.requirement import Requirement, RequirementRule
from courses.requirements.validity import Validity

JAN, FEB, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
COURSE = "nhan-dien-nan-nhan"


def begins(day: date) -> Period:
    return Period(since=datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7))


@pytest.mark.parametrize(
    ("days", "months", "today", "expected"),
    [
        ([], 1, MARCH, Period()),
        ([(JAN, None)], None, MARCH, Period(practising=True)),
        ([(JAN, None)], 1, FEB - timedelta(days=1), Period(practising=True)),
        # a month after 31 January is 28 February
        ([(JAN, None)], 1, FEB, begins(FEB)),
        ([(JAN, FEB)], 12, FEB - timedelta(days=1), Period(practising=True)),
        ([(JAN, FEB)], 12, MARCH, begins(FEB)),
        # the later end counts; a valid one beside a lapsed one is valid
        ([(JAN, None), (FEB, None)], 1, MARCH, begins(date(2026, 3, 28))),
        ([(JAN, None), (FEB, None)], 2, MARCH, Period(practising=True)),
    ],
)
def test_the_count_begins_when_what_was_held_counts_no_more(days, months, today, expected):
    assert period(days, [Validity(months)], today) == expected


def test_of_several_validities_the_one_that_lapses_first_counts():
    january = Validity(each_january=True)
    assert period([(MARCH, None)], [Validity(24), january], date(2027, 1, 31)) == Period(practising=True)
    assert period([(MARCH, None)], [Validity(24), january], date(2027, 2, 1)) == begins(date(2027, 2, 1))


@shared
def rules():
    duty, other = make_duty(), make_duty("xac_minh", "Xác minh")
    terms = {"course_key": COURSE, "deadline": date(2026, 12, 15)}
    for key, held, months, since in (
        ("mot", duty, 24, None),
        ("hai", duty, 12, date(2026, 6, 1)),
        ("ba", other, 6, None),
        ("bon", duty, None, None),
    ):
        requirement = Requirement.objects.create(key=key, name=key)
        RequirementRule.objects.create(
            requirement=requirement, duty=held, validity_months=months, effective_from=since, **terms
        )


def test_the_validities_are_those_of_the_rules_in_force_that_concern_the_person(cast, rules):
    def months(person, course, day):
        return {one.months for one in validities(person, course, day)}

    assert months(cast.learner, COURSE, date(2026, 5, 31)) == {24, None}
    assert months(cast.learner, COURSE, date(2026, 6, 1)) == {24, 12, None}
    assert months(cast.stranger, COURSE, date(2026, 6, 1)) == set()
    assert months(cast.learner, "khoa-khac", date(2026, 6, 1)) == set()


def test_a_period_costs_three_queries_and_one_for_who_completed_nothing(cast, rules, django_assert_num_queries):
    now = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)
    with django_assert_num_queries(1):
        period_of(cast.learner, COURSE, now)
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on=JAN, source=Completion.Source.IMPORT)
    with django_assert_num_queries(3):  # completions, rules, duties
        assert period_of(cast.learner, COURSE, now).practising


def test_a_refresher_keeps_what_was_learnt_under_the_law_before(cast):
    requirement = Requirement.objects.create(key="luat", name="luat")
    law = {"law": "Luật mới", "law_begins": date(2026, 4, 1), "refresher_key": "bo-sung"}
    terms = {"duty": make_duty(), "course_key": COURSE, "deadline": date(2026, 12, 15)}
    RequirementRule.objects.create(requirement=requirement, effective_from=date(2026, 5, 1), **terms, **law)
    now = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)
    done = {"person": cast.learner, "source": Completion.Source.IMPORT}
    Completion.objects.create(course_key=COURSE, completed_on=JAN, **done)
    assert period_of(cast.learner, COURSE, now) == begins(date(2026, 5, 1))
    Completion.objects.create(course_key="bo-sung", completed_on=date(2026, 5, 20), **done)
    assert period_of(cast.learner, COURSE, now).practising
