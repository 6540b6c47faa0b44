"""The topic of being asked to accompany a colleague; it is no duty, so she may stop it."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.buddies.buddy import BuddyState, going
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window

TOPIC = "kem"


def falling(window: Window) -> Falling:
    rows = going().filter(state=BuddyState.ASKED, start__gt=window.after, start__lte=window.last)
    return {buddy: {TOPIC} for buddy in rows.values_list("buddy", flat=True)}


def standing(people: Collection[int], day: date) -> Told:
    """Names nobody: who it is stands behind the link. One query."""
    asked = going().filter(state=BuddyState.ASKED, buddy__in=people).values_list("buddy", flat=True)
    said = _("Anh chị được mời kèm đồng nghiệp học tập huấn; nhận hay không tùy anh chị.")
    return {buddy: {TOPIC: Line(said, reverse("my_learning"))} for buddy in asked}


def connect() -> None:
    topic(Topic(TOPIC, gettext_lazy("Lời mời kèm đồng nghiệp"), False, falling, standing))
