"""Results suggested from what happened, and what a later template brings to a plan that was approved."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.completions.completion import Completion, Void
from courses.plans.filled import sources
from courses.plans.filled.suggesting import happened_in, suggest
from courses.plans.made import deciding, writing
from courses.plans.made.following import FIELDS, adapted, changes_for, differences, follow
from courses.plans.made.making import Refused, approved_version
from courses.plans.made.offers import published
from courses.plans.made.result import Result
from courses.plans.made.task import Task, TaskKind
from courses.plans.told.queued import plans as queued
from people.rights.reader import Reader
from people.roster.waiting import Desk
from people.times import today
from people.units.happened import Happened, Source
from people.units.happened import sources as all_sources

HOME = "/ke-hoach/"
DAYS = date(2026, 3, 1), date(2026, 6, 30)
CLASSES = Source("lop", "Lớp", "lớp", "tap_huan", costs=True)
PEOPLE = Source("nguoi", "Lượt hoàn thành", "người", "tap_huan")
TOLD = Source("bai", "Bài", "bài", "truyen_thong")


def a_task(number=2, measure="Lớp", **more):
    fields = {"title": "Mở lớp", "kind": TaskKind.TRAINING, "first_day": DAYS[0], "last_day": DAYS[1], **more}
    return Task(number=number, measure=measure, **fields)


def on(*days, **more):
    return [Happened(date(2026, month, day), "X", **more) for day, month in days]


# --- suggesting, pure


def test_what_happened_in_the_window_and_the_group_is_suggested_what_counts_alike_first():
    found = [(PEOPLE, on((2, 4), number=9)), (CLASSES, on((1, 1), (1, 3), (30, 6), (1, 7), cost=5)), (TOLD, on((1, 4)))]
    first, second = suggest(a_task(), found, date(2026, 12, 1))
    assert (first.source, first.number, first.said.number, first.said.done_on) == (CLASSES, 2, 2, date(2026, 6, 30))
    assert (first.said.cost, first.fits) == (10, True)
    assert "2 lớp (01/03, 30/06)" in first.said.note
    assert (second.source, second.fits, second.said.number, second.said.done_on) == (PEOPLE, False, None, None)


def test_what_is_to_come_counts_not_and_too_few_is_not_done():
    found = [(CLASSES, on((1, 3), (30, 6)))]
    [one] = suggest(a_task(), found, date(2026, 5, 1))
    assert (one.number, one.said.done_on, one.said.number) == (1, None, 1)
    assert suggest(a_task(), found, date(2026, 2, 1)) == []
    assert suggest(a_task(kind=TaskKind.TELLING), found, date(2026, 12, 1)) == []


def test_a_sum_of_which_a_part_is_not_known_is_not_known():
    found = [(CLASSES, [*on((1, 3), cost=5), *on((2, 3), cost=None)])]
    assert suggest(a_task(), found, date(2026, 12, 1))[0].said.cost is None
    assert suggest(a_task(), [(PEOPLE, on((1, 3), cost=5))], date(2026, 12, 1))[0].said.cost is None


@pytest.mark.parametrize("number", [None, 2])
def test_a_task_that_is_not_counted_is_done_by_nobody_but_who_says_so(number):
    [one] = suggest(
        a_task(number, measure="" if number is None else "văn bản"), [(CLASSES, on((1, 3), (2, 3)))], DAYS[1]
    )
    assert (one.said.done_on, one.said.number) == (None, None)


def test_apps_register_what_happens_and_each_in_a_group_of_tasks():
    assert {one.kind for one in all_sources()} <= set(TaskKind.values)
    assert {
        "lop",
        "hoan-thanh",
        "thuc-hanh",
        "danh-sach",
        "ke-hoach",
        "nhac",
        "bao-cao",
        "thong-bao",
        "thong-diep",
    } <= {one.key for one in all_sources()}


# --- following the template, pure


def a_version(*tasks):
    made = [a_task(**fields) for fields in tasks]
    for place, task in enumerate(made):
        task.key = tasks[place].get("key", task.key)
    return made


def test_what_a_template_changed_is_named_field_by_field():
    old = a_task(2)
    same, more, new = a_task(2), a_task(3, last_day=date(2026, 7, 1)), a_task()
    same.key = more.key = old.key
    assert differences([old], [same], {old.key}) == []
    [one] = differences([old], [more], {old.key})
    assert one.fields == ("number", "last_day")
    assert one.words == "số lượng, đến hết ngày"
    assert [(one.is_new, one.is_off) for one in differences([old], [new], {old.key})] == [(True, False), (False, True)]
    assert differences([old], [], set()) == []


def test_what_the_unit_adapted_stays_and_a_window_follows_whole_or_not_at_all():
    old, new = a_task(2), a_task(3, first_day=date(2026, 4, 1), last_day=date(2026, 7, 1))
    assert adapted(a_task(2), old, new) == {
        "number": 3, "first_day": date(2026, 4, 1), "last_day": date(2026, 7, 1)
    }  # fmt: skip
    assert adapted(a_task(9), old, new).keys() == {"first_day", "last_day"}
    assert adapted(a_task(2, last_day=date(2026, 5, 1)), old, new) == {"number": 3}
    assert set(FIELDS) >= {"number", "title", "who"}


# --- with the database


@pytest.fixture
def plan(approved):
    return approved.plan


def changed_template(cast, template, task_of):
    """Another number of the first task, the second taken off, one more."""
    version = deciding.change(cast.manager, template.plan, "Thêm việc của tháng 7", timezone.now())
    first, second = version.tasks.all()[:2]
    Task.objects.filter(pk=first.pk).update(number=6)
    second.delete()
    writing.write_task(version, task_of("Hưởng ứng 30/7"), [])
    deciding.publish(cast.manager, version, timezone.now())
    return published([template.plan.year])[0]


@pytest.mark.django_db
def test_an_approved_plan_hears_of_the_changed_template_and_follows_it_as_a_change(
    cast, plan, template, task_of, client_of, year
):
    new = changed_template(cast, template, task_of)
    page = f"{HOME}ban/{plan.pk}/"
    client = client_of(cast.unit_head)
    shown = client.get(page).text
    assert "Thêm việc của tháng 7" in shown
    assert "Việc mới: Hưởng ứng 30/7" in shown
    assert "Mẫu không còn việc: Báo cáo năm" in shown
    assert "(số lượng)" in shown
    desk = Desk(Reader(cast.unit_head), today())
    assert [one.count for one in queued(desk) if "chưa theo" in str(one.title)] == [1]
    assert "chưa theo" not in client_of(cast.trainer).get(page).text
    assert client_of(cast.trainer).post(page, {"act": "follow"}).status_code == 403
    client.post(page, {"act": "follow"})
    version = plan.versions.order_by("-number").first()
    assert (version.number, version.follows, version.state) == (2, new, "draft")
    assert "Thêm việc của tháng 7" in version.reason
    assert {(task.title, task.number, task.is_taken) for task in version.tasks.all()} == {
        ("Tuyên truyền ở thôn", 6, True), ("Báo cáo năm", None, False), ("Hưởng ứng 30/7", 4, True)
    }  # fmt: skip
    assert "Mẫu của tỉnh có điều" not in client.get(page).text
    assert [one.count for one in queued(desk) if "chưa theo" in str(one.title)] == [0]


@pytest.mark.django_db
def test_a_draft_follows_in_place_and_a_plan_from_before_knows_what_was_in_force_when_it_began(
    cast, draft, template, task_of
):
    type(draft).objects.filter(pk=draft.pk).update(follows=None)
    draft.refresh_from_db()
    assert changes_for(draft, template, "xa") == []
    own = draft.tasks.first()
    Task.objects.filter(pk=own.pk).update(number=9)
    new = changed_template(cast, template, task_of)
    assert {one.title for one in changes_for(draft, new, "xa")} == {
        "Tuyên truyền ở thôn", "Báo cáo năm", "Hưởng ứng 30/7"
    }  # fmt: skip
    assert follow(draft, new, "xa") == 2
    assert draft.tasks.get(key=own.key).number == 9
    draft.refresh_from_db()
    assert changes_for(draft, new, "xa") == []
    deciding.submit(cast.unit_head, draft, timezone.now())
    with pytest.raises(Refused):
        follow(draft, new, "xa")


@pytest.mark.django_db
def test_a_change_of_schools_alone_does_not_bother_a_commune(cast, plan, template, task_of):
    version = deciding.change(cast.manager, template.plan, "Trường", timezone.now())
    writing.write_task(version, task_of("Ngoại khóa hai", unit_kinds=["truong"]), [])
    deciding.publish(cast.manager, version, timezone.now())
    [new] = published([template.plan.year])
    assert changes_for(approved_version(plan), new, "xa") == []
    desk = Desk(Reader(cast.unit_head), today())
    assert [one.count for one in queued(desk) if "chưa theo" in str(one.title)] == [0]


def at(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


@pytest.mark.django_db
def test_completions_are_counted_once_a_person_where_she_was_posted_that_day(cast, units):
    here, gone = make_person("Ở Đây", "H-1"), make_person("Đã Đi", "H-2")
    make_posting(here, cast.units.tay_giang, start=date(2026, 1, 1))
    make_posting(gone, cast.units.tay_giang, start=date(2026, 1, 1), end=date(2026, 3, 1))
    for person, month, day in ((here, 2, 1), (here, 5, 1), (gone, 2, 2), (gone, 4, 1)):
        row = Completion.objects.create(
            person=person, course_key="k", completed_on=date(2026, month, day), source="import"
        )
    ids = [cast.units.tay_giang.pk]
    found = list(sources.completions(ids, date(2026, 1, 1), date(2026, 12, 31)))
    assert [one.on for one in found] == [date(2026, 2, 1), date(2026, 2, 2)]
    assert [one.on for one in sources.completions(ids, date(2026, 3, 2), date(2026, 12, 31))] == [date(2026, 5, 1)]
    Void.objects.create(completion=row, on=date(2026, 4, 2), reason="Sai")
    assert list(sources.completions([cast.units.thanh_my.pk], *DAYS)) == []


@pytest.mark.django_db
def test_a_suggestion_fills_the_form_and_is_recorded_only_by_who_sends_it(cast, plan, client_of, year, monkeypatch):
    task = plan.versions.get().tasks.get(title="Tuyên truyền ở thôn")
    Task.objects.filter(pk=task.pk).update(last_day=date(year, 12, 31))
    source = Source("lop", "Buổi ghi trên hệ thống", "buổi", TaskKind.TELLING)
    rows = [Happened(date(year, 1, 2), "Thôn A", number=4, address="/x/")]
    monkeypatch.setattr("courses.plans.filled.suggesting.happened", lambda *asked: [(source, rows)])
    client, page = client_of(cast.unit_head), f"{HOME}ban/{plan.pk}/viec/{task.key}/"
    assert "Buổi ghi trên hệ thống: 4 buổi" in client.get(f"{HOME}ban/{plan.pk}/").text
    filled = client.get(page, {"tu": "lop"}).text
    assert "Đã điền theo: Buổi ghi trên hệ thống: 4 buổi" in filled
    assert f"02/01/{year}" in filled
    assert not Result.objects.exists()
    sent = {"done_on": f"02/01/{year}", "number": "4", "note": "Theo hệ thống", "drawn_from": "lop"}
    client.post(page, sent)
    assert Result.objects.current().get().drawn_from == "lop"
    client.post(page, {**sent, "number": "5"})
    assert Result.objects.current().get().drawn_from == ""
    client.post(page, {**sent, "drawn_from": "gi-do"})
    assert Result.objects.current().get().drawn_from == ""
    assert "Hệ thống có trong" not in client_of(cast.trainer).get(page).text


@pytest.mark.django_db
def test_asking_what_happened_costs_the_same_for_many_tasks(cast, plan, task_of):
    tasks = list(plan.versions.get().tasks.all())
    happened_in(plan, tasks)
    with CaptureQueriesContext(connection) as few:
        happened_in(plan, tasks)
    with CaptureQueriesContext(connection) as many:
        happened_in(plan, [*tasks, *(task_of(f"Việc {n}") for n in range(9))])
    assert len(many) == len(few)
    assert happened_in(plan, []) == []
