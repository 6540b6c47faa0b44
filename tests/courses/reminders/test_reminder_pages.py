"""What goes out is seen before, the plan and the days off are the province's, and whom no mail reached is called."""

import json
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from sharing import shared

from courses.acts.choice import choose
from courses.reminders.call_sheets import sheet, to_print
from courses.reminders.plan import Audience, days_of
from courses.requirements.requirement import Excuse, Requirement
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all, refresh
from outbox.draining import drain
from outbox.effects import Effect
from people.log.audit import Act, Entry
from people.messages.day_message import DayMessage, DayRun, MessagePlan, MessageState, message_plan
from people.messages.days_off import DayOff
from people.messages.planning import plan_the_day

# seven days before the deadline
DAY = date(2026, 12, 8)
MORNING = timezone.make_aware(datetime.combine(DAY, time(8, 1)))
EVENING_BEFORE = MORNING - timedelta(hours=12)
PAGE, PLAN, DAYS_OFF, CALLS = (f"/bao-cao/nhac/{tail}" for tail in ("", "ke-hoach/", "ngay-nghi/", "goi/"))


@shared(on=EVENING_BEFORE)
def province(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    cast.other_learner.phone = "+84905000002"
    cast.other_learner.save()
    rebuild_all()
    return cast


@pytest.fixture
def at():
    """`at(moment)` goes there for the rest of the test."""
    travels = []

    def go(moment):
        travels.append(time_machine.travel(moment, tick=False))
        travels[-1].start()

    go(EVENING_BEFORE)
    yield go
    for travel in reversed(travels):
        travel.stop()


def switch_on():
    MessagePlan.objects.create(pk=1, is_on=True, opens_at=time(8))


def run():
    plan_the_day(timezone.now())
    drain(timezone.now())


def text_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_province_sees_before_how_many_will_be_told_how_and_one_example_without_a_name(province, client_of, at):
    page = text_of(client_of(province.manager), PAGE)
    assert "Sẽ gửi thứ Ba, ngày 8 tháng 12 năm 2026, từ 08:00" in page
    assert "2 người trong phạm vi của anh chị" in page
    assert "Nhắc tự động đang tắt" in page
    assert "hạn ngày 15/12/2026 (còn 7 ngày)" in page
    assert "Alăng" not in page
    assert not DayMessage.objects.exists()


def test_a_trainer_sees_what_goes_to_hers_alone(province, client_of, at):
    assert "1 người trong phạm vi của anh chị" in text_of(client_of(province.trainer), PAGE)
    page = text_of(client_of(province.trainer), PAGE)
    assert "Kế hoạch nhắc</a>" not in page


def test_what_went_out_is_counted_by_day_within_ones_reach(province, client_of, at):
    switch_on()
    at(MORNING)
    run()
    page = text_of(client_of(province.manager), PAGE)
    assert '<th scope="row" role="rowheader">08/12/2026</th><td class="n" role="cell" data-label="Người">2</td>' in page
    assert "Sẽ gửi thứ Tư, ngày 9 tháng 12 năm 2026" in page
    page = text_of(client_of(province.unit_head), PAGE)
    assert 'data-label="Người">1</td>' in page
    assert Entry.objects.filter(act=Act.SAW_PEOPLE).count() == 0


def test_the_pages_ask_as_many_queries_for_a_dozen_people_as_for_two(province, client_of, at):
    switch_on()
    at(MORNING)
    client = client_of(province.manager)

    def counted():
        run()
        client.get(PAGE)
        counts = []
        for path in (PAGE, CALLS):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
        return counts

    few = counted()
    for n in range(12):
        make_posting(make_person(f"Người {n}", f"X-{n}"), province.units.tay_giang)
    rebuild_all()
    for kept in (DayMessage, DayRun, Effect):
        kept.objects.all().delete()
    assert counted() == few


# --- whom to call


def test_whom_no_mail_reaches_is_called_by_who_answers_for_her(province, client_of, at):
    switch_on()
    at(MORNING)
    run()
    page = text_of(client_of(province.manager), CALLS)
    assert "Zơrâm Văn Nam" in page
    assert 'href="tel:0905000002"' in page
    assert "Alăng" not in page
    assert Entry.objects.get(act=Act.SAW_PEOPLE).count == 1
    assert "Zơrâm" not in text_of(client_of(province.trainer), CALLS)
    call = DayMessage.objects.get(person=province.other_learner)
    assert client_of(province.trainer).post(f"{CALLS}{call.pk}/").status_code == 404
    assert client_of(province.manager).post(f"{CALLS}{call.pk}/").status_code == 302
    call.refresh_from_db()
    assert (call.state, call.called_by, call.called_at) == (MessageState.CALLED, province.manager, MORNING)
    assert client_of(province.manager).post(f"{CALLS}{call.pk}/").status_code == 404


def test_whoever_is_on_the_call_list_can_be_printed_at_once(province, client_of, at):
    switch_on()
    at(MORNING)
    run()
    client = client_of(province.manager)
    assert "In danh sách này" in text_of(client, CALLS)
    answer = client.post(CALLS)
    assert answer.status_code == 302
    assert "1 người anh chị phụ trách hôm nay sẽ có trong danh sách" in text_of(client, answer["Location"])
    assert client_of(province.trainer).post(CALLS).status_code == 200


def test_who_was_excused_meanwhile_is_not_called(province, client_of, at):
    switch_on()
    at(MORNING)
    run()
    for requirement in Requirement.objects.all():
        Excuse.objects.create(person=province.other_learner, requirement=requirement, reason="Ốm", start=DAY)
    refresh([province.other_learner.pk], MORNING)
    assert "Zơrâm" not in text_of(client_of(province.manager), CALLS)


def test_who_was_excused_since_she_was_chosen_is_not_on_the_printed_list(province, client_of, at):
    at(MORNING)
    chosen = choose(province.manager, [province.learner.pk, province.other_learner.pk], "/bao-cao/can-bo/", MORNING)
    assert len(to_print(chosen, MORNING).people) == 2
    for requirement in Requirement.objects.all():
        Excuse.objects.create(person=province.other_learner, requirement=requirement, reason="Ốm", start=DAY)
    refresh([province.other_learner.pk], MORNING)
    found = to_print(chosen, MORNING)
    assert ([one.pk for one in found.people], found.nothing) == ([province.learner.pk], 1)
    printed = json.dumps(sheet(found, province.manager, MORNING), default=str)
    assert "0905000002" not in printed
    page = text_of(client_of(province.manager), f"{PAGE}chon/{chosen.pk}/in/")
    assert "1 người không có, vì hôm nay không có việc gì cần gọi" in page


def test_the_list_of_files_says_until_when_a_printed_list_is_kept_and_offers_it_no_longer(province, client_of, at):
    at(MORNING)
    chosen = choose(province.manager, [province.learner.pk], "/bao-cao/can-bo/", MORNING)
    client = client_of(province.manager)
    client.post(f"{PAGE}chon/{chosen.pk}/in/")
    drain()
    page = text_of(client, "/bao-cao/viec/")
    assert "Tệp được giữ đến 08:01 09/12/2026" in page
    assert "14 ngày" not in page
    assert "/tep/" in page
    at(MORNING + timedelta(days=1))
    page = text_of(client_of(province.manager), "/bao-cao/viec/")
    assert "Tệp đã hết hạn, đã xóa." in page
    assert "/tep/" not in page


def test_nobody_calls_for_somebody_who_moved_out_of_her_reach_today(province, client_of, at):
    make_posting(province.other_learner, province.units.tay_giang, start=date(2026, 1, 1), end=DAY - timedelta(days=1))
    switch_on()
    at(MORNING)
    run()
    assert "Zơrâm" not in text_of(client_of(province.trainer), CALLS)


# --- the plan and the days off


def test_the_manager_switches_it_on_and_sets_the_hour(province, client_of, at):
    answer = client_of(province.manager).post(PLAN, {"gio": "1", "is_on": "on", "opens_at": "07:00"}, follow=True)
    assert "Đã ghi giờ gửi." in answer.content.decode()
    assert (message_plan().is_on, message_plan().opens_at) == (True, time(7))
    assert Entry.objects.get(act=Act.CHANGED_REMINDERS).by == province.manager


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"audience": "self", "days": "", "side": "truoc"}, "Ghi số ngày trước hoặc sau hạn."),
        ({"audience": "head", "days": "7", "side": "truoc"}, "Người khác chỉ được báo khi đã quá hạn"),
        ({"audience": "self", "days": "ba", "side": "sau"}, "Ghi số ngày bằng chữ số, như 14."),
        ({"audience": "self", "days": "-3", "side": "sau"}, "rồi chọn trước hay sau hạn"),
        ({"audience": "self", "days": "400", "side": "sau"}, "Nhiều nhất là 365 ngày."),
    ],
)
def test_a_step_that_cannot_be_says_why_and_keeps_what_was_typed(province, client_of, at, fields, said):
    answer = client_of(province.manager).post(PLAN, {"them": "1", **fields})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert not fields["days"] or f'value="{fields["days"]}"' in page


def test_steps_are_added_and_taken_out(province, client_of, at):
    client = client_of(province.manager)
    client.post(PLAN, {"them": "1", "audience": "trainer", "days": "14", "side": "sau"})
    client.post(PLAN, {"them": "1", "audience": "self", "days": "14", "side": "truoc"})
    client.post(PLAN, {"bo": "self:-60"})
    assert days_of(Audience.SELF, Audience.TRAINER) == {
        Audience.SELF: [-30, -14, -7, 0, 7, 30],
        Audience.TRAINER: [14],
    }
    assert "quá hạn 14 ngày" in text_of(client, PLAN)


def test_the_last_step_stays(province, client_of, at):
    client = client_of(province.manager)
    page = ""
    for step in ["self:-60", "self:-30", "self:-7", "self:0", "self:7", "self:30", "head:7", "province:30"]:
        page = client.post(PLAN, {"bo": step}).content.decode()
    assert "Kế hoạch cần ít nhất một bước." in page


def test_days_off_are_proposed_chosen_added_and_taken_out(province, client_of, at):
    client = client_of(province.manager)
    page = text_of(client, f"{DAYS_OFF}?nam=2027")
    assert "Thứ Bảy, ngày 6 tháng 2 năm 2027 · Tết Nguyên Đán" in page
    client.post(DAYS_OFF, {"nhan": "1", "nam": "2027", "ngay": ["2027-02-05", "2027-02-08", "2027-03-03"]})
    client.post(DAYS_OFF, {"them": "1", "day": "09/12/2026", "name": "Nghỉ bù"})
    assert [*DayOff.objects.values_list("day", flat=True)] == [date(2026, 12, 9), date(2027, 2, 5), date(2027, 2, 8)]
    answer = client.post(DAYS_OFF, {"them": "1", "day": "09/12/2026", "name": "Nữa"})
    assert answer.status_code == 422
    assert "Ngày này đã có trong danh sách." in answer.content.decode()
    client.post(DAYS_OFF, {"bo": str(DayOff.objects.first().pk)})
    assert DayOff.objects.count() == 2


@pytest.mark.parametrize("path", [PLAN, DAYS_OFF])
def test_a_trainer_reads_neither_plan_nor_days_off(province, client_of, at, path):
    assert "do quản lý và quản trị viên cấp tỉnh đặt" in text_of(client_of(province.trainer), path, 403)
