"""A reform that is killed at any point and asked for again is one reform, forward and back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_page
from reformed import carried_out, draft

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from courses.classes.planned.training_class import Meeting, TrainingClass
from outbox.draining import drain
from outbox.effects import Effect
from pages.contacts.contact import Contact
from people.changes.change import BulkChange, ChangedRow
from people.reforms import acts, applying, reversing
from people.reforms.acts import Target
from people.reforms.finding import known
from people.reforms.moving import movers
from people.reforms.reform import Reform, ReformState
from people.times import today
from people.undoing import carrying_out
from people.units.successions import Succession, rebuild_reach
from people.units.unit import Unit

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Nothing in the code catches it."""


@pytest.fixture
def merging(communes):
    """A draft by which two communes become one, each with a notice, a number and a class to come."""
    rebuild_reach()
    units = (communes.units.tay_giang, communes.units.avuong)
    for unit in units:
        page = make_page(CommuneSpacePage.objects.get(unit=unit), NoticePage, "Họp thôn", text="<p>Mời.</p>")
        page.save_revision().publish()
        Contact.objects.create(number=f"0235 {unit.pk}", name="UBND", when="Giờ làm việc", unit=unit)
        planned(unit, communes.cast.trainer)
    on = today()
    into = Target("20701", "Xã Sông Vàng", "xa", "chinh_quyen", "48", True)
    return draft(on, acts.merging([known(unit, on) for unit in units], into, on))


def planned(unit, by, ends=timedelta(days=2), **fields):
    made = TrainingClass.objects.create(
        course_key="them", unit=unit, title=f"Lớp {unit.name}", seats=3, planned_by=by, **fields
    )
    end = timezone.now() + ends
    Meeting.objects.create(training_class=made, starts_at=end - timedelta(hours=3), ends_at=end, room="Hội trường")
    return made


def standing_at(code) -> tuple:
    return (
        NoticePage.objects.live().filter(url_path__contains="song-vang").count(),
        Contact.objects.filter(unit__code=code).count(),
        TrainingClass.objects.filter(unit__code=code).count(),
    )


def killed_at(monkeypatch, place, attribute, after=0):
    """The function dies when it is called for the time after `after` others."""
    called, real = [], getattr(place, attribute)

    def dies(*args, **kwargs):
        called.append(1)
        if len(called) > after:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(place, attribute, dies)


PLACES = [
    (applying, "rebuild_reach", 0),
    (applying, "handed_over", 0),
    ("campaigns.spaces.spaces", "move_page", 1),
    ("campaigns.spaces.spaces", "lead", 1),
    (applying, "movers", 0),
]


@pytest.mark.parametrize(("place", "attribute", "after"), PLACES, ids=lambda one: str(getattr(one, "__name__", one)))
def test_killed_on_its_way_it_is_finished_by_the_next_attempt(merging, monkeypatch, place, attribute, after):
    place = __import__(place, fromlist=["_"]) if isinstance(place, str) else place
    with monkeypatch.context() as once:
        killed_at(once, place, attribute, after)
        with pytest.raises(Killed):
            carried_out(merging)
    reform = carried_out(Reform.objects.get(pk=merging.pk))
    assert reform.state == ReformState.CARRIED
    assert Unit.objects.filter(code="20701").count() == 1
    assert Succession.objects.current().filter(new__code="20701").count() == 2
    assert BulkChange.objects.filter(kind="reform").count() == 1
    assert standing_at("20701") == (2, 2, 2)
    # a third time finds nothing left to do
    rows = ChangedRow.objects.count()
    carried_out(reform)
    assert ChangedRow.objects.count() == rows


def test_killed_before_its_units_are_all_written_nothing_is_written(merging, monkeypatch):
    killed_at(monkeypatch, applying, "rebuild_reach")
    with pytest.raises(Killed):
        carried_out(merging)
    assert not Unit.objects.filter(code="20701").exists()
    assert not ChangedRow.objects.filter(change__kind="reform").exists()
    assert Reform.objects.get(pk=merging.pk).is_draft


@pytest.mark.parametrize("place", [(carrying_out, "undo"), (reversing, "_finish"), (reversing, "left_in")])
def test_killed_while_it_is_taken_back_the_next_attempt_finishes_it(merging, monkeypatch, place):
    reform = carried_out(merging)
    with monkeypatch.context() as once:
        killed_at(once, *place, after=1 if place[1] == "left_in" else 0)
        with pytest.raises(Killed):
            reversing.reverse(reform, None)
    reversing.reverse(Reform.objects.select_related("change").get(pk=reform.pk), None)
    assert Reform.objects.get(pk=reform.pk).state == ReformState.REVERSED
    assert standing_at("20701") == (0, 0, 0)
    assert NoticePage.objects.live().count() == 2
    assert CommuneSpacePage.objects.filter(live=True).count() == 3


def test_a_reform_whose_worker_was_killed_is_taken_up_by_the_clock(merging, monkeypatch):
    with monkeypatch.context() as once:
        killed_at(once, applying, "movers")
        with pytest.raises(Killed):
            carried_out(merging)
    assert applying.bring_about(today()) == 1
    drain()
    assert standing_at("20701") == (2, 2, 2)
    assert applying.bring_about(today()) == 0
    assert Effect.objects.filter(kind=applying.APPLY).count() == 1


def test_a_class_that_is_over_or_cancelled_stays_with_who_held_it(merging, communes):
    unit = communes.units.avuong
    over = planned(unit, communes.cast.trainer, ends=-timedelta(hours=1))
    cancelled = planned(unit, communes.cast.trainer, cancelled_at=timezone.now())
    reform = carried_out(merging)
    for one in (over, cancelled):
        one.refresh_from_db()
        assert one.unit == unit
    since = planned(Unit.objects.get(code="20701"), communes.cast.trainer)
    assert reversing.look(reform, None).left == ["Lớp tập huấn: Lớp Xã Sông Vàng"]
    reversing.reverse(reform, None)
    since.refresh_from_db()
    assert since.unit.code == "20701"
    assert set(TrainingClass.objects.exclude(pk=since.pk).values_list("unit__name", flat=True)) == {
        "Xã Tây Giang", "Xã Avương",
    }  # fmt: skip


def test_each_app_told_what_follows_a_unit():
    assert [mover.key for mover in movers()] == ["pages", "contacts", "classes"]
