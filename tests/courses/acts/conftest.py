"""A province with its requirements on a working morning, and choosing people from its lists."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from sharing import shared

from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all

TUESDAY = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@shared(on=TUESDAY - timedelta(hours=1))
def province(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    cast.other_learner.phone = "+84905000002"
    cast.other_learner.save()
    rebuild_all()
    return cast


@pytest.fixture
def choose():
    """`choose(client, act, *people)`: the address of the act's page."""

    def choose(client, act, *people, source="/bao-cao/can-bo/", **fields):
        sent = {"viec": act, "tu": source, "nguoi": [one.pk for one in people], **fields}
        answer = client.post("/bao-cao/chon/", sent)
        assert answer.status_code == 302
        return answer["Location"]

    return choose
