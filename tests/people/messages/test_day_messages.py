"""A person's day is one message: planned once, written as it goes out, never about what is settled meanwhile."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person
from receivers import receiver_running

from outbox.draining import drain
from outbox.effects import Effect, EffectState
from people.messages import topics
from people.messages.day_message import Channel, DayMessage, DayRun, Declined, MessagePlan, MessageState, Why
from people.messages.days_off import DayOff
from people.messages.planning import PLANNING, plan_the_day, write
from people.messages.topics import Line, Topic

pytestmark = pytest.mark.django_db
TUESDAY = timezone.make_aware(datetime(2026, 11, 24, 8, 1))
DAY = TUESDAY.date()


class Matter:
    """What stands for whom, for a topic of the test's own."""

    def __init__(self, key, is_duty):
        self.key, self.people = key, {}
        self.topic = Topic(key, key, is_duty, self.falling, self.standing)

    def falling(self, window):
        return {person: {f"{self.key}:1"} for person in self.people}

    def standing(self, people, day):
        said = {person: self.people[person] for person in people if person in self.people}
        return {person: {f"{self.key}:1": Line(text, "/hoc-tap/")} for person, text in said.items()}


@pytest.fixture
def matters(monkeypatch):
    duty, wish = Matter("han", True), Matter("tu-chon", False)
    monkeypatch.setattr(topics, "TOPICS", topics.TOPICS)
    kept = dict(topics.TOPICS)
    topics.TOPICS.clear()
    topics.TOPICS.update({"han": duty.topic, "tu-chon": wish.topic})
    yield duty, wish
    topics.TOPICS.clear()
    topics.TOPICS.update(kept)


@pytest.fixture
def duty(matters):
    return matters[0]


@pytest.fixture(autouse=True)
def morning(settings):
    settings.BASE_URL = "https://lachan.example.vn"
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def switched_on(db):
    MessagePlan.objects.create(pk=1, is_on=True, opens_at=time(8))


def run(now=TUESDAY):
    with time_machine.travel(now, tick=False):
        plan_the_day(now)
        drain(now)


def message_of(person) -> DayMessage:
    return DayMessage.objects.get(person=person)


def ha(**fields):
    return make_person("Alăng Thị Hà", **{"email": "ha@example.vn", **fields})


def test_all_that_is_for_a_person_is_one_mail_that_names_nobody_else(matters):
    duty, wish = matters
    person = ha()
    duty.people[person.pk] = "Nhận diện: hạn 15/12/2026."
    wish.people[person.pk] = "Khóa tự chọn: mời học."
    run()
    (sent,) = mail.outbox
    assert sent.to == ["ha@example.vn"]
    assert "Alăng Thị Hà" in sent.body
    assert "Nhận diện: hạn 15/12/2026.\n  https://lachan.example.vn/hoc-tap/" in sent.body
    assert "Khóa tự chọn" in sent.body
    message = message_of(person)
    assert (message.state, message.channel, message.ended_at) == (MessageState.SENT, Channel.MAIL, TUESDAY)


def test_planned_twice_it_is_sent_once(duty):
    person = ha()
    duty.people[person.pk] = "Hạn."
    run()
    Effect.objects.filter(kind=PLANNING).delete()
    DayRun.objects.update(planned_at=None)
    run(TUESDAY + timedelta(minutes=30))
    assert len(mail.outbox) == 1


def test_the_database_itself_holds_one_message_a_person_and_day():
    person = ha()
    DayMessage.objects.create(person=person, day=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DayMessage.objects.create(person=person, day=DAY)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": MessageState.SENT},
        {"state": MessageState.WAITING, "ended_at": TUESDAY},
        {"state": MessageState.CALLED, "ended_at": TUESDAY},
        {"state": MessageState.SENT, "ended_at": TUESDAY, "called_at": TUESDAY},
    ],
)
def test_the_database_refuses_a_message_that_is_neither_waiting_nor_ended(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        DayMessage.objects.create(person=ha(), day=DAY, **fields)


@pytest.mark.parametrize(
    "now", [TUESDAY - timedelta(minutes=2), TUESDAY + timedelta(days=4), TUESDAY + timedelta(hours=11)]
)
def test_nothing_is_planned_before_the_hour_on_a_saturday_or_in_the_evening(duty, now):
    duty.people[ha().pk] = "Hạn."
    run(now)
    assert not DayMessage.objects.exists()


def test_nothing_is_planned_on_a_day_off_nor_where_it_is_switched_off(duty):
    duty.people[ha().pk] = "Hạn."
    DayOff.objects.create(day=DAY, name="Ngày Văn hóa")
    run()
    DayOff.objects.all().delete()
    MessagePlan.objects.update(is_on=False)
    run()
    assert not DayMessage.objects.exists()


def test_what_was_settled_between_planning_and_sending_is_not_sent(duty):
    person = ha()
    duty.people[person.pk] = "Hạn."
    plan_the_day(TUESDAY)
    drain(TUESDAY, kinds={PLANNING})
    duty.people.clear()
    drain(TUESDAY)
    assert mail.outbox == []
    assert (message_of(person).state, message_of(person).why) == (MessageState.WITHHELD, Why.SETTLED)


def test_another_matter_does_not_carry_a_reminder_whose_own_is_settled(matters):
    duty, wish = matters
    person = ha()
    duty.people[person.pk] = "Hạn."
    plan_the_day(TUESDAY)
    drain(TUESDAY, kinds={PLANNING})
    duty.people.clear()
    wish.people[person.pk] = "Mời học."
    drain(TUESDAY)
    assert mail.outbox == []


def test_a_closed_account_is_told_nothing(duty):
    person = ha()
    duty.people[person.pk] = "Hạn."
    plan_the_day(TUESDAY)
    drain(TUESDAY, kinds={PLANNING})
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    drain(TUESDAY)
    assert message_of(person).why == Why.CLOSED
    DayMessage.objects.all().delete()
    DayRun.objects.all().delete()
    Effect.objects.all().delete()
    run()
    assert not DayMessage.objects.exists()


def test_only_what_is_no_duty_can_be_stopped(matters):
    duty, wish = matters
    person = ha()
    duty.people[person.pk], wish.people[person.pk] = "Hạn.", "Mời học."
    for topic in ("han", "tu-chon"):
        Declined.objects.create(person=person, topic=topic)
    run()
    (sent,) = mail.outbox
    assert "Hạn." in sent.body
    assert "Mời học." not in sent.body


def test_without_mail_a_text_message_goes_to_a_real_receiver_without_name_or_matter(duty, settings):
    person = ha(email=None, phone="+84905000001")
    duty.people[person.pk] = "Nhận diện: hạn 15/12/2026."
    with receiver_running() as receiver:
        settings.TEXT_MESSAGE_URL, settings.TEXT_MESSAGE_TOKEN = receiver.address, "bi-mat"
        run()
    ((headers, message),) = receiver.posted
    assert headers["Authorization"] == "Bearer bi-mat"
    assert message["to"] == "0905000001"
    assert "https://lachan.example.vn" in message["text"]
    assert not {"Hà", "Nhận"} & set(message["text"].split())
    assert len(message["text"]) <= 160
    assert message["text"].isascii()
    assert message_of(person).channel == Channel.TEXT


def test_a_receiver_that_is_away_is_asked_again_under_the_same_id(duty, settings):
    person = ha(email=None, phone="+84905000001")
    duty.people[person.pk] = "Hạn."
    with receiver_running() as receiver:
        receiver.answers = [503, 429, 200]
        settings.TEXT_MESSAGE_URL = receiver.address
        run()
        drain(TUESDAY + timedelta(minutes=5))
        drain(TUESDAY + timedelta(minutes=20))
    assert len({message["id"] for _headers, message in receiver.posted}) == 1
    assert len(receiver.posted) == 3
    assert message_of(person).state == MessageState.SENT


def test_without_mail_and_text_messages_she_is_on_the_call_list(duty):
    person = ha(email=None, phone="+84905000001")
    duty.people[person.pk] = "Hạn."
    run()
    assert (message_of(person).state, message_of(person).why) == (MessageState.TO_CALL, Why.NO_ADDRESS)


def test_a_number_that_the_receiver_refuses_puts_her_on_the_call_list(duty, settings):
    person = ha(email=None, phone="+84905000001")
    duty.people[person.pk] = "Hạn."
    with receiver_running() as receiver:
        receiver.answers = [400]
        settings.TEXT_MESSAGE_URL = receiver.address
        run()
    assert (message_of(person).state, message_of(person).why) == (MessageState.TO_CALL, Why.UNDELIVERED)


def test_a_dead_mail_server_loses_nothing(duty, settings):
    """It is tried for about three days; then she is called, or gets a text message where there is a receiver."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    person, other = ha(), make_person("Zơrâm Văn Nam", email="nam@example.vn", phone="+84905000002")
    duty.people[person.pk] = duty.people[other.pk] = "Hạn."
    run()
    assert {message_of(one).state for one in (person, other)} == {MessageState.WAITING}
    with receiver_running() as receiver:
        settings.TEXT_MESSAGE_URL = receiver.address
        at = TUESDAY
        for _try in range(200):
            at += timedelta(hours=2)
            drain(at)
        assert len(receiver.posted) == 1
    assert (message_of(person).state, message_of(person).why) == (MessageState.TO_CALL, Why.UNDELIVERED)
    assert (message_of(other).state, message_of(other).channel) == (MessageState.SENT, Channel.TEXT)
    assert Effect.objects.filter(state=EffectState.FAILED).count() == 2


def test_a_server_that_comes_back_at_night_sends_in_the_morning(duty, settings, mailoutbox):
    person = ha()
    duty.people[person.pk] = "Hạn."
    plan_the_day(TUESDAY)
    drain(TUESDAY, kinds={PLANNING})
    night = TUESDAY + timedelta(hours=18)
    drain(night)
    assert message_of(person).state == MessageState.WAITING
    drain(timezone.make_aware(datetime(2026, 11, 25, 8)))
    assert message_of(person).state == MessageState.SENT


def test_of_two_days_that_wait_only_the_later_goes_out(duty):
    person = ha()
    duty.people[person.pk] = "Hạn."
    with transaction.atomic():
        write({person.pk: {"han:1"}}, DAY - timedelta(days=1), TUESDAY)
        write({person.pk: {"han:1"}}, DAY, TUESDAY)
    drain(TUESDAY)
    assert len(mail.outbox) == 1
    assert set(DayMessage.objects.values_list("state", "why")) == {
        (MessageState.WITHHELD, Why.LATER),
        (MessageState.SENT, ""),
    }


def test_messages_are_handed_over_at_a_pace(duty, monkeypatch):
    monkeypatch.setattr("people.messages.planning.A_MINUTE", 2)
    for n in range(5):
        duty.people[make_person(email=f"a{n}@example.vn").pk] = "Hạn."
    run()
    assert len(mail.outbox) == 2
    drain(TUESDAY + timedelta(minutes=2))
    assert len(mail.outbox) == 5


def test_planning_asks_as_many_queries_for_ten_people_as_for_two(duty):
    def counted(people):
        for n in range(people):
            duty.people[make_person(email=f"{people}-{n}@example.vn").pk] = "Hạn."
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            transaction.atomic(),
        ):
            write({person: {"han:1"} for person in duty.people}, DAY, TUESDAY)
        return len(queries)

    few = counted(2)
    assert counted(10) == few


def test_the_window_of_a_monday_begins_after_the_friday_that_was_planned(duty, monkeypatch):
    seen = []
    monkeypatch.setattr(duty, "falling", lambda window: seen.append(window) or {})
    topics.TOPICS["han"] = Topic("han", "han", True, duty.falling, duty.standing)
    run(TUESDAY)
    run(TUESDAY + timedelta(days=1))
    assert [window.after for window in seen] == [date(2026, 11, 23), DAY]
