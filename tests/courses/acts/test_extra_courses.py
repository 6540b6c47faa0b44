"""A course given beyond what is required: seen, set aside, ended, told of and stoppable; no figure knows of it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_person, make_posting

from courses.assigned.assigning import assign, end, sort_out
from courses.assigned.assignment import Assignment, standing_on
from courses.assigned.told import falling, standing
from courses.completions.completion import Completion
from courses.standing.standing import Standing, rebuild_all
from outbox.draining import drain
from people.log.audit import Act, Entry
from people.messages.day_message import DayMessage, Declined, MessageState
from people.messages.planning import wanted_in, write
from people.messages.topics import stoppable
from people.messages.working_days import Window
from people.times import today

EXTRA = "an-toan-tren-mang"
REQUIRED = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture
def courses(province):
    make_course()
    return make_course(key=EXTRA, title="An toàn trên mạng")


def given(person, key=EXTRA, by=None, cast=None):
    return assign(by or cast.trainer, [person.pk], key, timezone.now())


def test_it_is_seen_before_it_is_given_and_who_needs_it_anyway_is_left_out(province, courses, client_of, choose):
    spare = make_person("Bríu Không Nhiệm Vụ", "CH-90")
    make_posting(spare, province.units.tay_giang, duties=())
    client = client_of(province.manager)
    page = choose(client, "khoa", province.learner, spare)
    assert "An toàn trên mạng" in client.get(page).content.decode()
    seen = client.get(f"{page}?khoa={REQUIRED}").content.decode()
    assert "Trong 2 người đã chọn, 1 người sẽ được giao." in seen
    assert "Đằng nào cũng phải học vì nhiệm vụ: 1" in seen
    assert not Assignment.objects.exists()
    for _twice in range(2):
        client.post(page, {"khoa": EXTRA})
    rows = Assignment.objects.all()
    assert {(row.person, row.given_by, row.start, row.end) for row in rows} == {
        (person, province.manager, date(2026, 11, 24), None) for person in (province.learner, spare)
    }
    assert Entry.objects.filter(act=Act.ASSIGNED, by=province.manager).count() == 2
    assert "Đã được giao rồi: 2" in client.get(f"{page}?khoa={EXTRA}").content.decode()


def test_a_course_that_does_not_exist_is_given_to_nobody(province, courses, client_of, choose):
    client = client_of(province.manager)
    page = choose(client, "khoa", province.learner)
    assert client.post(page, {"khoa": "khong-co"}).status_code == 200
    assert not Assignment.objects.exists()


def test_no_figure_moves(province, courses):
    before = list(Standing.objects.order_by("person", "requirement", "start").values())
    given(province.learner, cast=province)
    rebuild_all()
    after = list(Standing.objects.order_by("person", "requirement", "start").values())
    for row in [*before, *after]:
        row.pop("id")
    assert before == after


def test_she_sees_it_as_optional_and_sets_it_aside(province, courses, client_of):
    given(province.learner, cast=province)
    client = client_of(province.learner)
    page = client.get("/hoc-tap/").content.decode()
    assert "Nên học thêm, không bắt buộc" in page
    assert f"{province.trainer.full_name} giao ngày 24/11/2026" in page
    row = Assignment.objects.get()
    assert client_of(province.other_learner).post(f"/hoc-tap/hoc-them/{row.pk}/bo/").status_code == 404
    client.post(f"/hoc-tap/hoc-them/{row.pk}/bo/")
    client.post(f"/hoc-tap/hoc-them/{row.pk}/bo/")
    assert "Nên học thêm, không bắt buộc" not in client.get("/hoc-tap/").content.decode()
    assert not standing_on(today()).exists()
    assert Assignment.objects.get().superseded_at is not None
    assert given(province.learner, cast=province) == 1


def test_ended_later_it_stood_until_the_day_before(province, courses):
    given(province.learner, cast=province)
    row = Assignment.objects.get()
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        assert end(row.pk, province.trainer, timezone.now())
        assert not end(row.pk, province.trainer, timezone.now())
        kept = Assignment.objects.current().get()
        assert (kept.start, kept.end, kept.ended_by) == (date(2026, 11, 24), date(2026, 11, 28), province.trainer)
        assert not standing_on(today()).exists()
    assert standing_on(date(2026, 11, 25)).exists()
    assert Assignment.objects.known_on(date(2026, 11, 25)).filter(end=None).exists()
    assert Entry.objects.filter(act=Act.UNASSIGNED).count() == 1


def test_completed_it_is_no_more_offered(province, courses, client_of):
    given(province.learner, cast=province)
    Completion.objects.create(person=province.learner, course_key=EXTRA, completed_on=today(), source="quiz")
    assert "Nên học thêm, không bắt buộc" not in client_of(province.learner).get("/hoc-tap/").content.decode()
    assert standing([province.learner.pk], today()) == {}
    assert sort_out(province.trainer, [province.learner.pk], EXTRA, today()).completed == 1


def test_nobody_gives_herself_or_somebody_out_of_reach_a_course(province, courses, client_of, choose):
    make_posting(province.trainer, province.units.tay_giang)
    found = sort_out(province.trainer, [province.trainer.pk, province.other_learner.pk], EXTRA, today())
    assert (found.new, found.not_hers) == ([], 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            person=province.trainer, given_by=province.trainer, course_key=EXTRA, start=date(2026, 11, 24)
        )


def test_a_trainer_ends_only_what_she_answers_for(province, courses, client_of):
    given(province.other_learner, by=province.manager)
    given(province.learner, cast=province)
    row = Assignment.objects.get(person=province.other_learner)
    client = client_of(province.trainer)
    page = client.get("/bao-cao/hoc-them/").content.decode()
    assert "Alăng Thị Hà" in page
    assert province.other_learner.full_name not in page
    assert client.post("/bao-cao/hoc-them/", {"thoi": row.pk}).status_code == 404
    mine = Assignment.objects.get(person=province.learner)
    assert client.post("/bao-cao/hoc-them/", {"thoi": mine.pk}).status_code == 302
    assert not standing_on(today()).filter(person=province.learner).exists()


def test_she_is_told_once_and_may_stop_being_told(province, courses, client_of):
    given(province.learner, cast=province)
    window = Window(date(2026, 11, 23), date(2026, 11, 24))
    assert falling(window) == {province.learner.pk: {f"them:{EXTRA}"}}
    write({province.learner.pk: {f"them:{EXTRA}"}}, date(2026, 11, 24), NOW)
    drain(NOW)
    (sent,) = mail.outbox
    assert "không bắt buộc: An toàn trên mạng" in sent.body
    assert "/tai-khoan/tin-nhac/" in sent.body
    client = client_of(province.learner)
    assert "Khóa học được giao thêm" in client.get("/tai-khoan/tin-nhac/").content.decode()
    others = [topic.key for topic in stoppable() if topic.key != "them"]
    for _twice in range(2):
        client.post("/tai-khoan/tin-nhac/", {"nhan": others})
    assert set(Declined.objects.values_list("person", "topic")) == {(province.learner.pk, "them")}
    assert province.learner.pk not in wanted_in(window)
    client.post("/tai-khoan/tin-nhac/", {"nhan": ["them", *others]})
    assert not Declined.objects.exists()


def test_what_was_stopped_between_planning_and_sending_is_not_sent(province, courses):
    given(province.learner, cast=province)
    write({province.learner.pk: {f"them:{EXTRA}"}}, date(2026, 11, 24), NOW)
    Declined.objects.create(person=province.learner, topic="them")
    drain(NOW)
    assert mail.outbox == []
    assert DayMessage.objects.get().state == MessageState.WITHHELD


def test_a_duty_is_never_stopped(province, client_of):
    client = client_of(province.learner)
    client.post("/tai-khoan/tin-nhac/", {})
    assert "han" not in set(Declined.objects.values_list("topic", flat=True))


def test_the_list_and_the_preview_ask_as_many_queries_for_many_as_for_one(province, courses, client_of, choose):
    client = client_of(province.manager)
    given(province.learner, by=province.manager)

    def counted(path):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    few = counted("/bao-cao/hoc-them/"), counted(f"{choose(client, 'khoa', province.learner)}?khoa={EXTRA}")
    people = [make_person(f"Người {n}", f"Y-{n:03}") for n in range(30)]
    for person in people:
        make_posting(person, province.units.tay_giang)
    seen = counted(f"{choose(client, 'khoa', *people)}?khoa={EXTRA}")
    assign(province.manager, [one.pk for one in people], EXTRA, NOW)
    assert (counted("/bao-cao/hoc-them/"), seen) == few
