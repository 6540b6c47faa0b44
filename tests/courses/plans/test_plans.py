"""A unit's plan for the year: taken from the province's template, approved by somebody above, changed by a version."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person, make_succession, make_unit

from courses.plans import starter
from courses.plans.made import deciding, making, recording, whose, writing
from courses.plans.made.making import Refused, approved_version
from courses.plans.made.offers import offered_units, offering, published
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.recording import Said
from courses.plans.made.result import Result
from courses.plans.made.rules import Days, TaskState, in_year, known_sum, state_on, was_late
from courses.plans.made.task import BudgetLine, Task
from courses.plans.told.cascade import UNKNOWN, cascade
from people.log.audit import Act, Entry
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db


def titles(version):
    return list(version.tasks.values_list("title", flat=True))


# --- rules


@pytest.mark.parametrize(
    ("day", "done_on", "state"),
    [
        (date(2026, 2, 28), None, TaskState.AHEAD),
        (date(2026, 3, 1), None, TaskState.GOING),
        (date(2026, 3, 31), None, TaskState.GOING),
        (date(2026, 4, 1), None, TaskState.LATE),
        (date(2026, 4, 1), date(2026, 4, 1), TaskState.DONE),
        (date(2026, 3, 31), date(2026, 4, 1), TaskState.GOING),
        (date(2026, 2, 1), date(2026, 2, 1), TaskState.DONE),
    ],
)
def test_a_task_is_late_from_the_day_after_its_last_until_it_is_done(day, done_on, state):
    days = Days(date(2026, 3, 1), date(2026, 3, 31))
    assert state_on(day, days, done_on) == state
    assert state_on(day, Days(days.first, days.last, left_out=True), done_on) == TaskState.LEFT_OUT


def test_what_is_not_known_is_never_nothing():
    assert known_sum([None, None]) is None
    assert known_sum([None, 0]) == 0
    assert known_sum([3, None, 4]) == 7
    assert was_late(Days(date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 1))
    assert not was_late(Days(date(2026, 3, 1), date(2026, 3, 31)), None)
    assert in_year(date(2028, 2, 29), 2029) == date(2029, 2, 28)


# --- template and taking


def test_a_template_is_offered_once_published_to_all_below_or_to_chosen_kinds(cast, template, year):
    units = cast.units
    assert offering([units.tay_giang, units.school, units.da_nang], year) == {
        units.tay_giang.pk: template,
        units.school.pk: template,
    }
    PlanVersion.objects.filter(pk=template.pk).update(offered_to=["xa"])
    template = published([year])[0]
    assert offering([units.tay_giang, units.school], year) == {units.tay_giang.pk: template}
    assert units.school not in offered_units(template)
    assert offering([units.tay_giang], year + 1) == {}


def test_a_unit_takes_what_concerns_its_kind_with_the_money_and_adapts_adds_and_leaves_out(cast, draft, task_of):
    assert titles(draft) == ["Tuyên truyền ở thôn", "Báo cáo năm"]
    first, second = draft.tasks.all()
    assert (first.is_taken, first.lines.get().amount) == (True, 2_500_000)
    first.number = 6
    writing.write_task(draft, first, [{"words": "Xăng xe", "amount": 300_000, "source": "don_vi"}])
    assert list(first.lines.values_list("words", "amount")) == [("Xăng xe", 300_000)]
    with pytest.raises(Refused, match="vì sao"):
        writing.leave_out(draft, second, " ")
    writing.leave_out(draft, second, "Đã ghép vào báo cáo khác.")
    with pytest.raises(Refused, match="không xóa"):
        writing.remove(draft, second)
    own = writing.write_task(draft, task_of("Việc riêng"), [])
    assert titles(draft)[-1] == "Việc riêng"
    writing.remove(draft, own)
    assert len(titles(draft)) == 2


def test_a_plan_is_begun_once_a_unit_and_year(cast, draft, year):
    with pytest.raises(Refused, match="đã có rồi"):
        making.begin(cast.unit_head, cast.units.tay_giang, year, timezone.now())


def test_next_years_template_has_this_years_tasks_on_the_same_days(cast, template, year):
    made = making.begin_template(cast.manager, cast.units.da_nang, year + 1, timezone.now(), of=template)
    assert titles(made) == titles(template)
    assert [task.last_day.year for task in made.tasks.all()] == [year + 1] * 3
    assert not set(made.tasks.values_list("key")) & set(template.tasks.values_list("key"))
    assert BudgetLine.objects.filter(task__version=made).get().amount == 2_500_000


def test_the_first_template_may_begin_with_the_provinces_plan_of_2024(cast, year):
    made = making.begin_template(cast.manager, cast.units.da_nang, year, timezone.now())
    starter.fill(made)
    assert made.tasks.count() == len(starter.TASKS)
    assert made.tasks.filter(title__contains="30/7").exists()


def test_a_task_that_the_template_gained_later_is_not_answered_until_it_is_taken(cast, approved, template, task_of):
    changed = deciding.change(cast.manager, template.plan, "Bộ giao thêm việc.", timezone.now())
    writing.write_task(changed, task_of("Việc mới"), [])
    deciding.publish(cast.manager, changed, timezone.now())
    newest = published([template.plan.year])[0]
    rows = {row.task.title: row for row in cascade(newest, today()).rows}
    assert rows["Việc mới"].unknown == rows["Việc mới"].offered
    version = deciding.change(cast.unit_head, approved.plan, "Thêm việc của tỉnh.", timezone.now())
    assert making.take(version, making.concerning(newest, "xa")) == 1
    assert titles(version)[-1] == "Việc mới"


# --- approval and versions


def test_somebody_above_approves_and_never_who_handed_it_over(cast, draft):
    deciding.submit(cast.unit_head, draft, timezone.now())
    assert list(whose.waiting_for(cast.manager)) == [draft]
    for person in (cast.unit_head, cast.trainer, cast.administrator, cast.observer, cast.other_editor):
        assert list(whose.waiting_for(person)) == [], person
    give(cast.unit_head, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    assert list(whose.waiting_for(cast.unit_head)) == []
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        PlanVersion.objects.filter(pk=draft.pk).update(decided_by=cast.unit_head)


def test_the_head_of_the_unit_itself_does_not_approve_what_another_head_of_it_handed_over(cast, draft):
    second = make_person("Người Thứ Hai")
    give(second, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    deciding.submit(cast.unit_head, draft, timezone.now())
    assert list(whose.waiting_for(second)) == []


def test_the_plan_of_the_province_is_approved_by_another_manager_of_it(cast, year, task_of):
    version = making.begin(cast.manager, cast.units.da_nang, year, timezone.now())
    writing.write_task(version, task_of(), [])
    deciding.submit(cast.manager, version, timezone.now())
    second = make_person("Quản Lý Hai")
    give(second, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    assert list(whose.waiting_for(cast.manager)) == []
    assert list(whose.waiting_for(second)) == [version]


def test_what_is_given_back_is_written_on_with_the_answer(cast, draft):
    deciding.submit(cast.unit_head, draft, timezone.now())
    with pytest.raises(Refused, match="cần sửa gì"):
        deciding.give_back(cast.manager, draft, "", timezone.now())
    deciding.give_back(cast.manager, draft, "Thiếu kinh phí.", timezone.now())
    draft.refresh_from_db()
    assert (draft.state, draft.answer, draft.decided_by) == (PlanState.DRAFT, "Thiếu kinh phí.", cast.manager)
    deciding.submit(cast.unit_head, draft, timezone.now())
    deciding.take_back(cast.unit_head, draft, timezone.now())
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


def test_a_change_after_approval_is_a_new_version_with_a_reason_and_the_old_one_stays(cast, approved, task_of):
    before = titles(approved)
    with pytest.raises(Refused, match="không sửa được"):
        writing.write_task(approved, task_of("Lén thêm"), [])
    with pytest.raises(Refused, match="vì sao"):
        deciding.change(cast.unit_head, approved.plan, "", timezone.now())
    second = deciding.change(cast.unit_head, approved.plan, "Bão, lùi ngày.", timezone.now())
    with pytest.raises(Refused, match="bản sửa chưa duyệt"):
        deciding.change(cast.unit_head, approved.plan, "Lần nữa.", timezone.now())
    writing.write_task(second, task_of("Thêm sau"), [])
    assert approved_version(approved.plan) == approved
    deciding.submit(cast.unit_head, second, timezone.now())
    deciding.approve(cast.manager, second, timezone.now())
    assert titles(approved) == before
    assert approved_version(approved.plan) == second
    assert set(approved.tasks.values_list("key")) < set(second.tasks.values_list("key"))
    with pytest.raises(IntegrityError, match="for_a_reason"), transaction.atomic():
        PlanVersion.objects.filter(pk=second.pk).update(reason="")


def test_a_change_can_be_dropped_and_the_first_version_cannot(cast, approved):
    second = deciding.change(cast.unit_head, approved.plan, "Thử.", timezone.now())
    deciding.drop(second)
    assert list(approved.plan.versions.all()) == [approved]
    with pytest.raises(Refused):
        deciding.drop(approved)


def test_a_plan_without_a_task_is_not_handed_over(cast, year):
    version = making.begin(cast.unit_head, cast.units.tay_giang, year, timezone.now())
    with pytest.raises(Refused, match="chưa có việc"):
        deciding.submit(cast.unit_head, version, timezone.now())


# --- results


def test_a_result_is_superseded_not_edited_and_a_new_version_keeps_it(cast, approved):
    task, plan = approved.tasks.first(), approved.plan
    first = recording.say(cast.unit_head, plan, task.key, Said(None, 2, None, ""), None, timezone.now())
    second = recording.say(cast.unit_head, plan, task.key, Said(today(), 4, 900_000, "BC 12"), None, timezone.now())
    first.refresh_from_db()
    assert first.superseded_at == second.recorded_at
    assert Result.objects.current().get() == second
    deciding.change(cast.unit_head, plan, "Sửa.", timezone.now())
    assert Result.objects.current().get() == second
    recording.take_back(cast.unit_head, plan, task.key, timezone.now())
    assert not Result.objects.current().exists()
    assert Entry.objects.filter(act=Act.RECORDED_PLAN, unit=cast.units.tay_giang).count() == 3


def test_nothing_is_recorded_of_a_task_that_is_not_in_force_or_left_out(cast, draft):
    task = draft.tasks.first()
    with pytest.raises(Refused, match="không có việc này"):
        recording.say(cast.unit_head, draft.plan, task.key, Said(today(), 1, None, ""), None, timezone.now())
    writing.leave_out(draft, task, "Không có thôn.")
    deciding.submit(cast.unit_head, draft, timezone.now())
    deciding.approve(cast.manager, draft, timezone.now())
    with pytest.raises(Refused, match="không có việc này"):
        recording.say(cast.unit_head, draft.plan, task.key, Said(today(), 1, None, ""), None, timezone.now())


def test_what_was_not_done_is_carried_to_the_next_year_once(cast, approved, year):
    done, undone = approved.tasks.all()
    recording.say(cast.unit_head, approved.plan, done.key, Said(today(), 4, None, ""), None, timezone.now())
    following = making.begin(cast.unit_head, cast.units.tay_giang, year + 1, timezone.now())
    making.carry(following, [undone])
    copy = following.tasks.get()
    assert (copy.title, copy.carried_from, copy.last_day.year) == (undone.title, undone.key, year + 1)
    assert making.carried(following) == {undone.key}


# --- figures


def test_a_unit_that_has_not_answered_is_unknown_and_never_nothing(cast, approved, template):
    found = cascade(template, today())
    rows = {row.task.title: row for row in found.rows}
    told = rows["Tuyên truyền ở thôn"]
    assert (told.taken, told.unknown, told.late) == (1, told.offered - 1, 1)
    assert (told.planned, told.reached) == (4, None)
    assert found.silent == len(found.units) - 1
    assert rows["Ngoại khóa"].offered == 1
    assert rows["Ngoại khóa"].cells[0].state == UNKNOWN
    recording.say(cast.unit_head, approved.plan, told.task.key, Said(today(), 0, None, ""), None, timezone.now())
    told = {row.task.title: row for row in cascade(template, today()).rows}["Tuyên truyền ở thôn"]
    assert (told.done, told.late, told.reached) == (1, 0, 0)


def test_the_counts_of_a_task_add_up_to_the_units_that_it_was_offered_to(cast, approved, template):
    for row in cascade(template, today()).rows:
        assert row.done + row.late + row.going + row.left_out + row.unknown == row.offered


def test_a_plan_of_a_unit_that_was_merged_counts_at_its_successor_once(cast, approved, template):
    units, day = cast.units, today()
    merged = make_unit("20999", "Xã Mới", parent=units.da_nang, start=day)
    for old in (units.tay_giang, units.avuong):
        type(old).objects.filter(pk=old.pk).update(valid_to=day - timedelta(days=1))
        make_succession(old, merged, on=day)
    rebuild_reach()
    found = cascade(template, day)
    row = next(row for row in found.rows if row.task.title == "Tuyên truyền ở thôn")
    assert merged.pk in found.answered
    assert row.taken == 1
    assert [cell.unit for cell in row.cells if cell.answer] == [merged]


def test_figures_ask_as_many_queries_for_many_units_as_for_one(cast, approved, template, django_assert_num_queries):
    for number in range(20):
        make_unit(f"3{number:04}", f"Xã {number}", parent=cast.units.da_nang)
    rebuild_reach()
    with django_assert_num_queries(8):
        assert len(cascade(template, today()).units) > 20


def test_the_database_holds_the_rules_of_a_task(cast, draft):
    task = Task.objects.filter(version=draft)[:1].get()
    rows = Task.objects.filter(pk=task.pk)
    for fields in ({"left_out": True}, {"number": 3, "measure": ""}, {"last_day": date(2000, 1, 1)}):
        with pytest.raises(IntegrityError, match="plan_task"), transaction.atomic():
            rows.update(**fields)
    with pytest.raises(IntegrityError, match="courses_plan.unit_id|plan_once"), transaction.atomic():
        Plan.objects.create(unit=draft.plan.unit, year=draft.plan.year, made_by=cast.manager)
