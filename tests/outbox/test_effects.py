"""Effects: asked for once, done once, taken back from the dead, given up with a sentence."""

import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from outbox import draining
from outbox.draining import drain, take
from outbox.effects import HANDLERS, LEASE, Effect, EffectState, Refused, TryLater, effect, enqueue, retry
from outbox.mail import enqueue_mail, message_id
from outbox.presence import Keeper, in_hand, process_name

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def done():
    """What the handlers `note`, `stubborn` and `busy` were asked to do, in order."""
    seen = []

    @effect("note", label="Ghi chú", tries=3)
    def note(job):
        seen.append(job.key)
        return {"attempt": job.attempt}

    @effect("refusing")
    def refusing(job):
        seen.append(job.key)
        raise Refused("Tệp này không đọc được.")

    @effect("broken", tries=3)
    def broken(job):
        seen.append(job.key)
        raise ValueError("Nguyễn Văn A")

    @effect("busy", tries=3)
    def busy(job):
        seen.append(job.key)
        raise TryLater(7, "Máy in đang bận.")

    yield seen
    for kind in ("note", "refusing", "broken", "busy"):
        HANDLERS.pop(kind)


def later(**span):
    return NOW + timedelta(hours=1) + timedelta(**span)


def test_what_is_asked_for_is_done_and_its_result_kept(done):
    row = enqueue("note", {"n": 1}, "a")
    assert drain() == 1
    row.refresh_from_db()
    assert (row.state, row.result, row.attempts) == (EffectState.DONE, {"attempt": 1}, 1)
    assert row.is_finished
    assert row.label == "Ghi chú"


def test_the_same_key_is_one_effect_however_often_it_is_asked_for(done):
    first, second = enqueue("note", {}, "a"), enqueue("note", {"other": 1}, "a")
    assert first.pk == second.pk
    assert second.payload == {}
    drain()
    enqueue("note", {}, "a")
    drain()
    assert done == ["a"]


def test_without_a_key_each_request_is_an_effect_of_its_own(done):
    enqueue("note", {}), enqueue("note", {})
    assert drain() == 2


def test_nothing_happens_when_the_transaction_that_asked_rolls_back(done):
    def fails():
        with transaction.atomic():
            enqueue("note", {}, "a")
            raise RuntimeError

    pytest.raises(RuntimeError, fails)
    assert drain() == 0


def test_an_effect_for_later_waits_for_its_hour(done):
    enqueue("note", {}, "a", available_at=NOW + timedelta(days=1))
    assert drain() == 0
    assert drain(NOW + timedelta(days=1, seconds=1)) == 1


def test_a_taken_effect_is_nobody_elses_until_its_lease_runs_out(done):
    enqueue("note", {}, "a")
    assert take(later(), "first") is not None
    assert take(later(seconds=1), "second") is None
    again = take(later() + LEASE + timedelta(seconds=1), "second")
    assert (again.worker, again.attempts) == ("second", 2)


@pytest.mark.parametrize("kind", ["broken", "mail"])
def test_a_wait_grows_with_failures_and_not_with_killed_workers(done, kind, monkeypatch):
    def away(self):
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    enqueue(kind, {"to": "ha@example.org", "subject": "", "body": ""}, "a")
    assert take(later(), "killed") is not None
    moment = later() + LEASE + timedelta(seconds=1)
    drain(moment)
    first = Effect.objects.get(key="a")
    assert (first.state, first.available_at) == (EffectState.WAITING, moment + timedelta(seconds=15))
    if kind == "mail":
        drain(first.available_at)
        second = Effect.objects.get(key="a")
        assert second.available_at == first.available_at + timedelta(seconds=30)


def test_the_longest_wait_is_an_hour_however_often_it_failed(done):
    enqueue("broken", {}, "a")
    Effect.objects.update(failures=29)
    moment = later()
    drain(moment)
    assert Effect.objects.get(key="a").available_at == moment + timedelta(hours=1)


def test_a_worker_that_lost_its_lease_changes_nothing_more(done):
    enqueue("note", {}, "a")
    slow = take(later(), "first")
    after = later() + LEASE + timedelta(seconds=1)
    draining.perform(take(after, "second"), lambda: after)
    draining.perform(slow, lambda: after)
    row = Effect.objects.get(key="a")
    assert row.result == {"attempt": 2}


def test_progress_of_a_lost_lease_stops_the_handler():
    stopped = []

    @effect("long")
    def long(job):
        Effect.objects.filter(pk=job.effect.pk).update(attempts=9)  # another worker took it back meanwhile
        job.progress(1, 1)
        stopped.append("not reached")

    enqueue("long", {}, "a")
    drain(limit=1)
    HANDLERS.pop("long")
    assert stopped == []
    assert Effect.objects.get(key="a").state == EffectState.RUNNING


def test_progress_is_shown_and_keeps_the_lease():
    @effect("counting")
    def counting(job):
        job.progress(3, 4)
        row = Effect.objects.get(key="a")
        assert (row.done, row.total, row.lease_until) == (3, 4, later() + LEASE)

    enqueue("counting", {}, "a")
    drain(later())
    HANDLERS.pop("counting")
    assert Effect.objects.get(key="a").state == EffectState.DONE


def test_a_refusal_is_final_and_its_sentence_is_shown(done):
    enqueue("refusing", {}, "a")
    drain()
    row = Effect.objects.get(key="a")
    assert (row.state, row.error) == (EffectState.FAILED, "Tệp này không đọc được.")
    assert drain(later(days=30)) == 0


def test_an_error_is_tried_again_with_growing_waits_then_given_up_without_its_text(done, caplog):
    enqueue("broken", {}, "a")
    waits, at = [], later()
    while drain(at):
        row = Effect.objects.get(key="a")
        waits.append((row.available_at - at).total_seconds())
        at = max(row.available_at, at) + timedelta(seconds=0)
        if row.is_finished:
            break
    assert row.state == EffectState.FAILED
    assert done == ["a"] * 3
    assert waits[0] < waits[1]
    assert row.error == "Máy chủ gặp lỗi khi làm việc này."
    assert "ValueError" in caplog.text


def test_try_later_comes_back_after_the_minutes_it_asked_for(done):
    enqueue("busy", {}, "a")
    drain(later())
    row = Effect.objects.get(key="a")
    assert (row.state, row.error) == (EffectState.WAITING, "Máy in đang bận.")
    assert row.available_at == later(minutes=7)


def test_an_effect_that_kills_every_worker_is_given_up(done):
    enqueue("note", {}, "a")
    at = later()
    for _death in range(3):
        take(at, "killed")
        at += LEASE + timedelta(seconds=1)
    drain(at)
    row = Effect.objects.get(key="a")
    assert row.state == EffectState.FAILED
    assert "ngắt giữa chừng" in row.error
    assert done == []


@pytest.mark.parametrize("end", ["refused", "error", "killed"])
def test_who_waits_for_it_is_told_once_however_it_was_given_up(end):
    told = []

    @effect("awaited", tries=2, given_up=lambda job: told.append(Effect.objects.get(pk=job.effect.pk).state))
    def awaited(job):
        raise Refused("Không được.") if end == "refused" else ValueError

    try:
        enqueue("awaited", {}, "a")
        at = later()
        for _attempt in range(3):
            if end == "killed":
                take(at, "killed")
            else:
                drain(at)
            at += LEASE + timedelta(minutes=2)
        drain(at)
    finally:
        HANDLERS.pop("awaited")
    assert told == [EffectState.FAILED]


def test_a_failed_effect_can_be_given_its_tries_back(done):
    row = enqueue("refusing", {}, "a")
    assert not retry(row, NOW)
    drain()
    assert retry(row, timezone.now())
    drain()
    assert done == ["a", "a"]


def test_a_kind_without_a_handler_waits_for_a_newer_release():
    enqueue("from_the_future", {}, "a")
    drain()
    assert Effect.objects.get(key="a").state == EffectState.WAITING


def test_two_handlers_of_one_kind_are_a_mistake(done):
    def other(job): ...

    with pytest.raises(ValueError, match="note"):
        effect("note")(other)


def test_an_idle_look_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(1) as seen:
        assert drain() == 0
    assert seen.captured_queries[0]["sql"].startswith("SELECT")


def test_asking_costs_two_queries(django_assert_num_queries, done):
    with django_assert_num_queries(2):  # the row if it is new, and the row that bears the key
        enqueue("note", {}, "a")


def test_mail_goes_out_once_with_an_id_of_its_own_and_its_text_is_forgotten():
    enqueue_mail(to="a@example.org", subject="Nhắc học", body="Chào anh chị", key="nhac:1", html="<p>Chào</p>")
    enqueue_mail(to="a@example.org", subject="Nhắc học", body="Chào anh chị", key="nhac:1")
    drain()
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [message_id("mail:nhac:1")]
    row = Effect.objects.get()
    assert row.payload == {}
    assert "sent" in row.result


def test_mail_whose_sender_was_killed_in_between_goes_again_under_the_same_id():
    """The server may have taken it or not: a mailbox drops a copy of one Message-ID; a lost one is lost."""
    row = enqueue_mail(to="a@example.org", subject="s", body="b", key="1")
    killed = take(timezone.now(), "killed")
    Effect.objects.filter(pk=killed.pk).update(result={"handed": 1})
    drain(timezone.now() + LEASE + timedelta(seconds=1))
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [message_id("mail:1")]
    row.refresh_from_db()
    assert (row.state, row.result["handed"], row.payload) == (EffectState.DONE, 2, {})


@pytest.mark.parametrize(
    ("error", "state", "handed"),
    [
        (ConnectionResetError(), EffectState.WAITING, 1),
        (TimeoutError(), EffectState.WAITING, 1),
        (smtplib.SMTPServerDisconnected(), EffectState.WAITING, 1),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"busy")}), EffectState.WAITING, 0),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"unknown")}), EffectState.FAILED, 0),
        (smtplib.SMTPDataError(451, b"try later"), EffectState.WAITING, 0),
        (smtplib.SMTPDataError(554, b"spam"), EffectState.FAILED, 0),
    ],
)
def test_mail_is_tried_again_unless_the_server_will_never_take_it(monkeypatch, error, state, handed):
    def fails(self, fail_silently=False):
        raise error

    monkeypatch.setattr("outbox.mail.EmailMultiAlternatives.send", fails)
    row = enqueue_mail(to="a@example.org", subject="s", body="b", key="1")
    drain()
    row.refresh_from_db()
    assert (row.state, row.result["handed"]) == (state, handed)
    assert row.error


def test_mail_outlasts_two_days_without_a_mail_server(monkeypatch):
    def away(self):
        raise ConnectionRefusedError

    now, row = timezone.now(), enqueue_mail(to="a@example.org", subject="s", body="b", key="1")
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
        for hour in range(48):
            drain(now + timedelta(hours=hour))
    drain(now + timedelta(hours=53))
    row.refresh_from_db()
    assert row.state == EffectState.DONE
    assert len(mail.outbox) == 1


def test_mail_whose_worker_is_killed_before_it_could_say_done_goes_again_and_is_done(monkeypatch):
    class Killed(BaseException):
        pass

    def dies(job, **fields):
        raise Killed

    row = enqueue_mail(to="a@example.org", subject="s", body="b", key="1")
    with monkeypatch.context() as patched:
        patched.setattr(draining, "_finish", dies)
        pytest.raises(Killed, drain)
    drain(timezone.now() + LEASE + timedelta(seconds=1))
    row.refresh_from_db()
    assert (row.state, row.result["handed"], row.payload) == (EffectState.DONE, 2, {})
    assert {message.extra_headers["Message-ID"] for message in mail.outbox} == {message_id("mail:1")}


@pytest.mark.parametrize("error", [TimeoutError(), socket.gaierror(), smtplib.SMTPServerDisconnected(), OSError()])
def test_mail_waits_while_its_server_cannot_be_reached(monkeypatch, error):
    def away(self):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    row = enqueue_mail(to="a@example.org", subject="s", body="b", key="1")
    drain()
    row.refresh_from_db()
    assert (row.state, row.result) == (EffectState.WAITING, {})
    assert "sẽ được gửi lại" in row.error


def test_a_living_worker_prolongs_only_what_it_has_in_hand(done):
    """One whose end could not be written, because the database went away, is taken back although its worker lives."""
    row = enqueue("note", {}, "a")
    taken = take(timezone.now(), process_name())
    soon = timezone.now() + timedelta(seconds=1)
    Effect.objects.update(lease_until=soon)
    keeper = Keeper("worker:test")
    with in_hand(taken.pk, taken.attempts):
        keeper.hold_now()
        row.refresh_from_db()
        assert row.lease_until > soon
    Effect.objects.update(lease_until=soon)
    keeper.hold_now()
    row.refresh_from_db()
    assert row.lease_until == soon
    assert take(soon + timedelta(seconds=1), "another").pk == row.pk
