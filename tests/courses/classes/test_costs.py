"""What classes cost, by unit and year: only what is known is summed, and what is not is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.classes.held.attendance import How, mark
from courses.classes.held.costs import costs
from people.times import today

pytestmark = pytest.mark.django_db
ADDRESS = "/lop-tap-huan/kinh-phi/"


@pytest.fixture
def cost(plan):
    """`cost(đồng, day, **of_plan)`: a class that cost so much, None for nobody knows."""

    def cost(amount, day=None, **more):
        row = plan(day or today() - timedelta(days=1), **more)
        row.cost = amount
        row.save()
        return row

    return cost


def test_sums_by_unit_and_year_of_what_is_known(cost, cast, invite, people):
    row = cost(12_500_000)
    cost(None)
    cost(500_000, unit=cast.units.thanh_my, leader=cast.manager)
    cost(9_000_000, today() - timedelta(days=730))
    invite(row, people.an, people.binh)
    said = {one.pk: "late" if one.person == people.an else "absent" for one in row.participants.all()}
    mark(cast.trainer, row.meetings.get(), said, How.LIST, timezone.now())
    latest, before = costs(cast.manager, timezone.now())
    assert (latest.total.classes, latest.total.written, latest.total.unknown) == (3, "13.000.000", 1)
    assert [(one.classes, one.cost, one.unknown, one.came) for one in latest.units if one.came] == [
        (2, 12_500_000, 1, 1)
    ]
    assert (before.year, before.total.cost) == ((today() - timedelta(days=730)).year, 9_000_000)


def test_what_is_to_come_or_cancelled_is_in_no_sum(cost, plan, cast):
    plan()
    gone = cost(1_000_000)
    gone.cancelled_at = timezone.now()
    gone.save()
    assert costs(cast.manager, timezone.now()) == []


def test_nobody_sees_what_classes_beyond_her_reach_cost(client_of, cost, cast):
    cost(None)
    cost(777_000, unit=cast.units.thanh_my, leader=cast.manager)
    client = client_of(cast.trainer)
    page = client.get(ADDRESS).text
    assert "777.000" not in page
    assert cast.units.thanh_my.name not in page
    assert "–" in page
    assert "777000" not in client.get(f"{ADDRESS}?dang=csv").content.decode()
    assert "777.000" in client_of(cast.manager).get(ADDRESS).text
    assert "777000" in client_of(cast.manager).get(f"{ADDRESS}?dang=csv").content.decode()
    assert client_of(cast.learner).get(ADDRESS).status_code == 403


def test_it_costs_the_same_for_any_number(client_of, cost, cast, django_assert_max_num_queries):
    client = client_of(cast.trainer)
    assert "Chưa có lớp nào học xong" in client.get(ADDRESS).text
    cost(1)
    with django_assert_max_num_queries(12) as first:
        client.get(ADDRESS)
    for n in range(3):
        cost(n, today() - timedelta(days=400 * n + 2))
    with django_assert_max_num_queries(len(first)):
        client.get(ADDRESS)
