"""Names that the database of an earlier version holds by path go on working: sessions, jobs of the clock, tasks."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from outbox.clock import ClockRun, tick
from people.signing_in import SignInBackend

pytestmark = pytest.mark.django_db

# as version 0.2 and the first 0.3 wrote them
BACKEND = "people.signing_in.SignInBackend"
TASK = "outbox.tasks.drain_outbox"
DAILY = [
    "campaigns.spaces_in_time.follow_the_day",
    "media.renditions.ask_for_missing",
    "outbox.chores.clear_sessions",
    "outbox.chores.tidy_outbox",
    "pages.version.turn_of_the_day",
    "people.retention.forget_audit",
    "people.retention.forget_ended_sessions",
    "people.retention.forget_erasure_requests",
    "people.retention.remove_own_data",
    "people.retention.remove_written_mails",
]


def test_a_learner_who_was_signed_in_stays_signed_in(cast):
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(cast.learner.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = cast.learner.get_session_auth_hash()
    session.save()
    assert client.get("/hoc-tap/").status_code == 200
    assert client.get("/tai-khoan/").context["user"] == cast.learner


def test_django_and_allauth_write_the_same_path_into_a_session(settings):
    """Otherwise whoever signs in without a password, as after a slip, is signed out at the next click."""
    assert f"{SignInBackend.__module__}.{SignInBackend.__qualname__}" == BACKEND
    assert settings.AUTHENTICATION_BACKENDS == [BACKEND]


def test_no_daily_job_runs_a_second_time_on_the_day_of_an_upgrade():
    now = timezone.now()
    ClockRun.objects.bulk_create(ClockRun(job=name, started_at=now - timedelta(seconds=5)) for name in DAILY)
    assert not set(tick(now)) & set(DAILY)


def test_a_daily_job_that_is_known_by_its_old_name_runs_on_the_next_day():
    now = timezone.now()
    ClockRun.objects.bulk_create(ClockRun(job=name, started_at=now - timedelta(days=2)) for name in DAILY)
    assert set(DAILY) <= set(tick(now))


def test_a_task_that_was_waiting_is_found():
    module, name = TASK.rsplit(".", 1)
    assert getattr(import_module(module), name).module_path == TASK
