"""The clock: one holder, each job at its own time, a missed day made up for, a failing job alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox import clock
from outbox.chores import tidy_outbox, wake_for_overdue
from outbox.clock import ClockRun, daily, every, tick
from outbox.effects import Effect, EffectState, enqueue
from outbox.leases import Lease
from outbox.private_files import private_files
from outbox.working.worker import take_back_tasks

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def ran(monkeypatch):
    monkeypatch.setattr(clock, "JOBS", {})
    seen = []

    @every("test.often", minutes=10)
    def often(now):
        seen.append("often")

    @daily("test.nightly", at="01:30")
    def nightly(now):
        seen.append("nightly")

    @every("test.failing", minutes=1)
    def failing(now):
        raise ValueError

    return seen


def test_each_job_runs_at_its_own_time(ran):
    at = datetime(2026, 11, 24, 1, 0, tzinfo=HANOI)
    tick(at)
    assert ran == ["often", "nightly"]  # never ran before: made up for at once
    tick(at + timedelta(minutes=5))
    assert ran == ["often", "nightly"]
    tick(at + timedelta(minutes=30))
    assert ran == ["often", "nightly", "often", "nightly"]
    tick(at + timedelta(minutes=35))
    assert ran.count("nightly") == 2


def test_a_job_that_fails_leaves_the_others_running_and_is_not_called_finished(ran):
    at = datetime(2026, 11, 24, 1, 0, tzinfo=HANOI)
    names = tick(at)
    assert len(names) == 2
    assert ClockRun.objects.get(job__endswith="failing").finished_at is None


def test_one_clock_holds_the_lease_and_another_takes_over_when_it_runs_out():
    now, span = timezone.now(), timedelta(seconds=60)
    assert Lease.objects.hold("clock", "a", now, span)
    assert not Lease.objects.hold("clock", "b", now, span)
    assert Lease.objects.hold("clock", "a", now + timedelta(seconds=50), span)
    assert not Lease.objects.hold("clock", "b", now + timedelta(seconds=70), span)
    assert Lease.objects.hold("clock", "b", now + timedelta(seconds=111), span)
    assert not Lease.objects.hold("clock", "a", now + timedelta(seconds=112), span)


def test_a_lease_let_go_is_free_at_once():
    now = timezone.now()
    Lease.objects.hold("clock", "a", now, timedelta(hours=1))
    Lease.objects.let_go("clock", "a")
    assert Lease.objects.hold("clock", "b", now, timedelta(hours=1))


def test_a_lost_wake_up_is_made_up_for():
    enqueue("mail", {}, "a", available_at=timezone.now() - timedelta(minutes=5))
    wake_for_overdue(timezone.now())
    wake_for_overdue(timezone.now())
    assert DBTaskResult.objects.ready().count() == 1


def claimed(worker: str, **more) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        started_at=timezone.now(),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="outbox.tasks.drain_outbox",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
        **{"worker_ids": [worker], **more},
    )


def test_a_task_left_running_by_a_killed_worker_is_queued_again():
    """django-tasks-db itself leaves it RUNNING for ever."""
    now = timezone.now()
    Lease.objects.hold("worker:alive", "alive", now, timedelta(minutes=1))
    Lease.objects.hold("worker:dead", "dead", now - timedelta(minutes=5), timedelta(minutes=1))
    kept, taken, hopeless = claimed("alive"), claimed("dead"), claimed("dead", worker_ids=["dead"] * 5)
    assert take_back_tasks(now) == 2
    states = [DBTaskResult.objects.get(pk=row.pk).status for row in (kept, taken, hopeless)]
    assert states == ["RUNNING", "READY", "FAILED"]


def test_finished_effects_and_old_files_do_not_stay_for_ever(settings):
    now = timezone.now()
    old, fresh = (enqueue("mail", {}, key) for key in ("old", "fresh"))
    Effect.objects.filter(pk=old.pk).update(state=EffectState.DONE, finished_at=now - timedelta(days=31))
    Effect.objects.filter(pk=fresh.pk).update(state=EffectState.DONE, finished_at=now)
    from django.core.files.base import ContentFile

    name = private_files.save("exports/a.csv", ContentFile(b"x"))
    tidy_outbox(now)
    assert private_files.exists(name)
    tidy_outbox(now + timedelta(days=15))
    assert not private_files.exists(name)
    assert list(Effect.objects.values_list("key", flat=True)) == ["fresh"]


def test_a_job_keeps_the_name_by_which_the_database_knows_it():
    """Another name would run once more on the day of the upgrade."""
    assert set(clock.JOBS) == {
        "people.reforms.applying.follow_the_day",
        "campaigns.spaces_in_time.follow_the_day",
        "courses.remarking.applying.remark_late",
        "courses.quizzes.time_over.hand_in",
        "campaigns.press.bring_in_step",
        "campaigns.press.forget",
        "campaigns.alerts.ending.expire",
        "campaigns.translating.every_page",
        "campaigns.speaking.forget",
        "campaigns.pulse.close_forgotten",
        "campaigns.pulse.forget_numbers",
        "campaigns.schools.close_quiz_codes",
        "courses.completions.following.follow_all",
        "courses.reports.importing.end_old",
        "courses.daily_counts.daily_counts",
        "courses.reports.saved.send_due",
        "courses.month_ends.publish",
        "courses.practice.forget_what_was_said",
        "courses.classes.papers.end_old",
        "courses.classes.feedback.end_words",
        "courses.classes.elsewhere.end_old",
        "courses.talk.inquiries.end_old",
        "courses.talk.news.end_old",
        "campaigns.activities.end_old",
        "courses.plans.made.end_old",
        "courses.talk.clinic.end_old",
        "pages.laws.index_all",
        "courses.reminders.forget_call_lists",
        "courses.reminders.forget_choices",
        "courses.questions.leftovers.drop_empty",
        "media.cleaning.left_uploads.drop_left",
        "media.contents.ask_for_all",
        "media.renditions.ask_for_missing",
        "media.consents.end_what_is_over",
        "media.consents.forget",
        "media.replacing.forget_old_bytes",
        "media.replacing.note_scheduled",
        "media.replacing.place_what_no_page_shows",
        "media.sounds.ask_for_missing",
        "pages.contacts.first_and_last_days",
        "media.stored.ask_for_cleaning",
        "outbox.chores.clear_sessions",
        "outbox.chores.publish_scheduled",
        "outbox.chores.tidy_outbox",
        "outbox.chores.wake_for_overdue",
        "pages.version.turn_of_the_day",
        "people.messages.plan_the_day",
        "people.retention.forget_audit",
        "people.retention.forget_ended_sessions",
        "people.retention.forget_erasure_requests",
        "people.retention.forget_insistences",
        "people.retention.forget_kept_values",
        "people.retention.forget_messages",
        "people.retention.forget_role_requests",
        "people.retention.remove_own_data",
        "people.retention.remove_written_mails",
    }
