"""What a commune did for its people is offered to its plan once a second person verified it."""

from datetime import date

import pytest
from django.utils import timezone

from campaigns.activities.made.activity import Activity, ActivityState
from campaigns.activities.made.kind import ActivityKind
from campaigns.communes import happened

pytestmark = pytest.mark.django_db
YEAR = date(2026, 1, 1), date(2026, 12, 31)


def test_verified_activities_alone_count_with_their_sessions_and_what_is_known_of_money(units):
    made = ActivityKind.objects.create
    kinds = {one: made(key=f"k-{one}", name=f"Loại {one}", measure=one) for one in ("buoi", "noi")}

    def did(measure, verified=True, day=date(2026, 3, 1), **fields):
        state = ActivityState.VERIFIED if verified else ActivityState.SENT
        moment = timezone.now() if verified else None
        where = {"unit": units.tay_giang, "commune": units.tay_giang}
        Activity.objects.create(kind=kinds[measure], on=day, state=state, verified_at=moment, **where, **fields)

    did("buoi", quantity=3, budget=500_000, other_money=100_000)
    did("noi", quantity=7)
    did("buoi", verified=False)
    did("buoi", day=date(2025, 3, 1))
    ids = [units.tay_giang.pk]
    assert {(one.number, one.cost) for one in happened.activities(ids, *YEAR)} == {(1, None), (1, 600_000)}
    [session] = happened.sessions(ids, *YEAR)
    assert (session.number, session.cost, session.on) == (3, 600_000, date(2026, 3, 1))
    assert session.address.startswith("/")
    assert list(happened.activities([units.thanh_my.pk], *YEAR)) == []
