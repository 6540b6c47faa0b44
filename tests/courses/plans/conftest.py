from datetime import date

import pytest
from django.utils import timezone

from courses.plans.made import deciding, making, writing
from courses.plans.made.offers import published
from courses.plans.made.task import Task, TaskKind
from people.times import today


@pytest.fixture
def year():
    return today().year


@pytest.fixture
def task_of(year):
    """A task that is not stored, in this year."""

    def made(title="Tuyên truyền ở thôn", first=(1, 2), last=(12, 31), **fields):
        fields = {"kind": TaskKind.TELLING, "number": 4, "measure": "buổi", **fields}
        return Task(title=title, first_day=date(year, *first), last_day=date(year, *last), **fields)

    return made


@pytest.fixture
def template(cast, year, task_of):
    """Published by the manager: a task that is over each day but the first, and one of schools alone."""
    version = making.begin_template(cast.manager, cast.units.da_nang, year, timezone.now())
    lines = [{"words": "In tờ rơi", "amount": 2_500_000, "source": "xa"}]
    writing.write_task(version, task_of("Tuyên truyền ở thôn", last=(1, 2)), lines)
    writing.write_task(version, task_of("Báo cáo năm", kind=TaskKind.CHECKING, number=None, measure=""), [])
    writing.write_task(version, task_of("Ngoại khóa", unit_kinds=["truong"]), [])
    deciding.publish(cast.manager, version, timezone.now())
    return published([year])[0]


@pytest.fixture
def draft(cast, template, year):
    return making.begin(cast.unit_head, cast.units.tay_giang, year, timezone.now(), template=template)


@pytest.fixture
def approved(cast, draft):
    deciding.submit(cast.unit_head, draft, timezone.now())
    deciding.approve(cast.manager, draft, timezone.now())
    draft.refresh_from_db()
    return draft
