"""A session of the cast: the trainer and a second observer observe the learner of Tây Giang."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone
from factories import make_person, make_posting

from people.times import today


@pytest.fixture
def first_meeting(db):
    from courses.practice.observed.rubric import Rubric
    from courses.starter.rubrics import load_rubrics

    load_rubrics()
    return Rubric.objects.get(key="buoi-gap-dau")


@pytest.fixture
def practice(cast, first_meeting):
    """`session`, `performance` (of the learner), `second` (an official of Tây Giang), and acts by short names."""
    from courses.practice.observed import planning

    now = timezone.now()
    second = make_person("Coor Thị Nghệ", "TG-002")
    make_posting(second, cast.units.tay_giang)
    session = planning.plan(cast.trainer, first_meeting, cast.units.tay_giang, today(), now)
    planning.name_second(cast.trainer, session, second.pk)
    session.refresh_from_db()
    performance = planning.add(cast.trainer, session, cast.learner.pk)
    return SimpleNamespace(session=session, performance=performance, second=second, rubric=first_meeting)


@pytest.fixture
def send(practice):
    """Sends the form of the observer at `place`, all at level 3 but for {number of the behaviour: level}."""
    from courses.practice.observed.agreeing import receive
    from courses.practice.observed.filling import Entry

    def send(place, levels=None, *, performance=None, token=None, evidence="phút 2: “chị cần gì nhất?”"):
        performance = performance or practice.performance
        behaviours = performance.session.version.frozen.behaviours
        entries = [
            Entry(behaviour.id, (levels or {}).get(number, 3), evidence)
            for number, behaviour in enumerate(behaviours, 1)
        ]
        return receive(performance.pk, place, entries, token or uuid4(), timezone.now())

    return send


@pytest.fixture
def behaviour(practice):
    """The block id of behaviour n, counted from 1."""
    return lambda number: practice.session.version.frozen.behaviours[number - 1].id
