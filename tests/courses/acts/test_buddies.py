"""A buddy is asked, agrees or declines, is seen by both, and either of them or who answers for the learner ends it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.buddies.buddy import Buddy, BuddyState, going
from courses.buddies.naming import MOST, answer, beside, end, name_buddy
from courses.buddies.told import falling, standing
from outbox.draining import drain
from people.log.audit import Act, Entry
from people.messages.planning import write
from people.messages.working_days import Window
from people.privacy.erasure import erase
from people.times import today

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture
def helper(province):
    person = make_person("Bríu Giúp", "TG-giup", email="giup@example.vn")
    make_posting(person, province.units.tay_giang)
    return person


def named(cast, person, helper, by=None):
    return name_buddy(by or cast.trainer, [person.pk], helper, timezone.now())


def test_a_buddy_is_asked_by_code_or_name_and_the_learner_hears_when_she_agreed(province, helper, client_of, choose):
    client = client_of(province.trainer)
    page = choose(client, "kem", province.learner)
    assert "1 người chưa có người kèm" in client.get(page).content.decode()
    client.post(page, {"buddy": "bríu giúp"})
    row = Buddy.objects.get()
    assert (row.person, row.buddy, row.state, row.start) == (province.learner, helper, BuddyState.ASKED, today())
    assert Entry.objects.filter(act=Act.NAMED_BUDDY, by=province.trainer, person=province.learner).exists()
    assert "Bríu Giúp" not in client_of(province.learner).get("/hoc-tap/").content.decode()
    asked = client_of(helper)
    assert "Anh chị được mời kèm" in asked.get("/hoc-tap/").content.decode()
    asked.post(f"/hoc-tap/kem/{row.pk}/", {"nhan": "1"})
    asked.post(f"/hoc-tap/kem/{row.pk}/", {"khong": "1"})
    assert going().get().state == BuddyState.AGREED
    assert "Người kèm anh chị: <b>Bríu Giúp</b>" in client_of(province.learner).get("/hoc-tap/").content.decode()
    assert "Anh chị kèm: <b>" in asked.get("/hoc-tap/").content.decode()


def test_whoever_declines_leaves_room_for_another(province, helper, client_of):
    named(province, province.learner, helper)
    row = going().get()
    client_of(helper).post(f"/hoc-tap/kem/{row.pk}/", {"khong": "1"})
    assert not going().exists()
    assert Buddy.objects.current().get().state == BuddyState.DECLINED
    assert named(province, province.learner, helper) == 1


def test_who_names_herself_has_agreed(province):
    assert named(province, province.learner, province.trainer) == 1
    assert beside(province.learner).own.buddy == province.trainer


def test_one_buddy_at_a_time_and_a_buddy_has_few(province, helper):
    assert named(province, province.learner, helper) == 1
    assert named(province, province.learner, province.trainer) == 0
    people = [make_person(f"Bríu {n}", f"KB-{n:02}") for n in range(MOST + 2)]
    for person in people:
        make_posting(person, province.units.tay_giang)
    assert name_buddy(province.trainer, [one.pk for one in people], helper, NOW) == MOST - 1


def test_either_of_them_ends_it_and_what_was_stays(province, helper, client_of):
    for who in (province.learner, helper):
        named(province, province.learner, helper)
        answer(going().get().pk, helper, True, timezone.now())
        with time_machine.travel(NOW + timedelta(days=30), tick=False):
            row = going().get()
            client_of(who).post(f"/hoc-tap/kem/{row.pk}/", {"thoi": "1"})
            assert not going().exists()
            kept = Buddy.objects.current().filter(ended_by=who).get()
            assert (kept.start, kept.end) == (date(2026, 11, 24), date(2026, 12, 24))
    assert Buddy.objects.known_on(date(2026, 12, 1)).filter(end=None, state=BuddyState.AGREED).exists()


def test_nobody_else_sees_answers_or_ends_it(province, helper, client_of):
    named(province, province.learner, helper)
    row = going().get()
    for who in (province.other_learner, province.trainer, province.stranger):
        assert client_of(who).post(f"/hoc-tap/kem/{row.pk}/", {"nhan": "1"}).status_code == 404
    client_of(province.learner).post(f"/hoc-tap/kem/{row.pk}/", {"nhan": "1"})
    assert going().get().state == BuddyState.ASKED


def test_nobody_of_another_commune_is_named_or_told_apart_from_nobody(province, client_of, choose):
    client = client_of(province.trainer)
    page = choose(client, "kem", province.learner)
    said = [
        client.post(page, {"buddy": typed})
        for typed in (province.other_learner.staff_code, province.other_learner.full_name, "KHONG-CO")
    ]
    assert {answer.status_code for answer in said} == {422}
    assert len({answer.content.decode().count("Không có ai như vậy do anh chị phụ trách") for answer in said}) == 1
    assert not Buddy.objects.exists()


def test_a_buddy_who_moved_away_is_not_named_to_who_does_not_see_her(province, client_of):
    far = make_person("Zơrâm Xa", "TM-xa")
    make_posting(far, province.units.thanh_my)
    named(province, province.learner, far, by=province.manager)
    named(province, province.other_learner, far, by=province.manager)
    page = client_of(province.trainer).get("/bao-cao/kem/").content.decode()
    assert "Người kèm ở đơn vị khác" in page
    assert "Zơrâm Xa" not in page
    assert province.other_learner.full_name not in page
    client = client_of(province.trainer)
    theirs, mine = (going().get(person=one) for one in (province.other_learner, province.learner))
    assert client.post("/bao-cao/kem/", {"thoi": theirs.pk}).status_code == 404
    assert client.post("/bao-cao/kem/", {"thoi": mine.pk}).status_code == 302
    assert not going().filter(person=province.learner).exists()
    assert Entry.objects.filter(act=Act.ENDED_BUDDY, by=province.trainer).count() == 1


def test_the_one_asked_is_told_without_a_name(province, helper):
    named(province, province.learner, helper)
    assert falling(Window(date(2026, 11, 23), date(2026, 11, 24))) == {helper.pk: {"kem"}}
    write({helper.pk: {"kem"}}, date(2026, 11, 24), NOW)
    drain(NOW)
    (sent,) = mail.outbox
    assert "mời kèm đồng nghiệp" in sent.body
    assert "Alăng" not in sent.body
    answer(going().get().pk, helper, False, NOW)
    assert standing([helper.pk], today()) == {}


def test_the_database_refuses_a_buddy_of_oneself_and_two_at_once(province, helper):
    fields = {"person": province.learner, "named_by": province.trainer, "start": today()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Buddy.objects.create(buddy=province.learner, **fields)
    Buddy.objects.create(buddy=helper, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Buddy.objects.create(buddy=province.trainer, **fields)


def test_an_erasure_ends_what_goes_on(province, helper):
    named(province, province.learner, helper)
    erase(helper, province.administrator, NOW)
    assert not going().exists()


def test_the_list_asks_as_many_queries_for_many_as_for_one(province, helper, client_of):
    named(province, province.learner, helper)
    client = client_of(province.manager)

    def counted():
        client.get("/bao-cao/kem/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/bao-cao/kem/")
        return len(queries)

    few = counted()
    people = [make_person(f"Bríu {n}", f"KB-{n:02}") for n in range(MOST - 1)]
    for person in people:
        make_posting(person, province.units.tay_giang)
    name_buddy(province.trainer, [one.pk for one in people], helper, NOW)
    assert counted() == few
    assert end(going().first().pk, province.trainer, NOW)
