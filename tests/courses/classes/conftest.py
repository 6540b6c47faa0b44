"""A class of the commune of the cast, tomorrow from eight, that its trainer planned; three seats."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from factories import make_course, make_person, make_posting
from sharing import shared

from people.times import today


@shared
def course(cast):
    return make_course()


def meeting_on(day, begins=8, ends=11, room="Hội trường UBND xã"):
    from courses.classes.planned.planning import MeetingTimes

    at = [timezone.make_aware(datetime.combine(day, time(hour))) for hour in (begins, ends)]
    return MeetingTimes(at[0], at[1], room)


@pytest.fixture
def plan(cast, course):
    """`plan(*days, unit=, leader=, seats=, share=)`: a class with a meeting on each day."""
    from courses.classes.planned import planning

    def plan(*days, unit=None, leader=None, seats=3, share=100, title="Lớp tháng Bảy"):
        fields = {"course_key": course.course.key, "unit": unit or cast.units.tay_giang, "title": title}
        meetings = [meeting_on(day) for day in days or [today() + timedelta(days=1)]]
        return planning.plan(
            leader or cast.trainer, {**fields, "seats": seats, "share": share, "cost": None}, meetings, timezone.now()
        )

    return plan


@pytest.fixture
def training_class(plan):
    return plan()


@pytest.fixture
def people(cast):
    """Four more officials of Tây Giang, by name."""
    made = SimpleNamespace()
    for name, full_name in (("an", "Bríu An"), ("binh", "Bríu Bình"), ("chi", "Bríu Chi"), ("dung", "Bríu Dung")):
        person = make_person(full_name, f"TG-{name}", email=f"{name}@example.vn")
        make_posting(person, cast.units.tay_giang)
        setattr(made, name, person)
    return made


@pytest.fixture
def invite(cast):
    from courses.classes.planned import seating

    def invite(training_class, *people, by=None):
        return seating.invite(by or cast.trainer, training_class, [one.pk for one in people], timezone.now())

    return invite
