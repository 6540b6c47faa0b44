"""Possible doubles: activities of one kind on one day at one place. They are shown; a person decides."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from campaigns.activities.made.activity import Activity, ActivityState, HeldApart


def doubles_of(activity: Activity) -> list[Activity]:
    """Current rows of other activities, sent or verified, that nobody held apart from this one; two queries. Of the
    place only that it is the same is told.
    """
    same = Activity.objects.current().filter(
        kind=activity.kind_id, on=activity.on, commune=activity.commune_id, hamlet=activity.hamlet_id
    )
    same = same.filter(state__in=(ActivityState.SENT, ActivityState.VERIFIED)).exclude(key=activity.key)
    apart = _held_apart(activity.key)
    found = {row.key: row for row in same.select_related("kind", "unit", "commune").order_by("pk")}
    return [row for key, row in found.items() if key not in apart]


def _held_apart(key: UUID) -> set[UUID]:
    pairs = HeldApart.objects.filter(Q(one=key) | Q(other=key)).values_list("one", "other")
    return {each for pair in pairs for each in pair} - {key}


def hold_apart(by, one: UUID, other: UUID, now: datetime) -> None:
    first, second = sorted((one, other))
    HeldApart.objects.get_or_create(one=first, other=second, defaults={"by": by, "at": now})
