"""Whatever may name somebody is kept for a stated time, and the clock takes it away after."""

import os
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.utils import timezone

from config.retention import RETENTION
from outbox.clock import JOBS, tick
from outbox.effects import Effect, EffectState
from outbox.private_files import private_files
from people.log.audit import Act, Entry, record
from people.privacy import erasure
from people.privacy.erasure import ErasureRequest

pytestmark = pytest.mark.django_db


def nights_after(period: timedelta, start) -> None:
    """The clock's next night at which `period` is over."""
    with time_machine.travel(start + period + timedelta(days=1), tick=False):
        for name, job in JOBS.items():
            if name.startswith(("people.retention.", "outbox.chores.clear", "outbox.chores.tidy")):
                job.run(timezone.now())


def written_at(path, moment) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_the_clock_knows_every_job_of_retention():
    assert {"people.retention.forget_audit", "people.retention.forget_erasure_requests",
            "people.retention.remove_own_data", "people.retention.remove_written_mails",
            "outbox.chores.clear_sessions", "outbox.chores.tidy_outbox"} <= JOBS.keys()  # fmt: skip


def test_the_clock_runs_them_by_itself(cast):
    record(Act.SAW_PERSON, cast.trainer, person=cast.learner)
    with time_machine.travel(timezone.now() + RETENTION["audit"] + timedelta(days=2), tick=False):
        assert "people.retention.forget_audit" in tick(timezone.now())
    assert not Entry.objects.filter(act=Act.SAW_PERSON).exists()


def test_the_log_is_kept_four_years(cast):
    Entry.objects.all().delete()
    start = timezone.now()
    record(Act.SAW_PERSON, cast.trainer, person=cast.learner)
    nights_after(RETENTION["audit"] - timedelta(days=2), start)
    assert Entry.objects.count() == 1
    nights_after(RETENTION["audit"], start)
    assert Entry.objects.count() == 0


def test_a_waiting_request_stays_and_a_decided_one_goes(cast):
    start = timezone.now()
    erasure.ask(cast.learner, start)
    erasure.ask(cast.other_learner, start)
    erasure.refuse(cast.other_learner, cast.administrator, "Đang giữ nhiệm vụ.", start)
    nights_after(RETENTION["erasure_requests"], start)
    assert [row.person for row in ErasureRequest.objects.all()] == [cast.learner]


def test_ones_own_data_is_gone_after_three_days_and_a_roster_after_two_weeks(db):
    now = timezone.now()
    own = private_files.save("own-data/a.zip", ContentFile(b"x"))
    roster = private_files.save("roster/upload.csv", ContentFile(b"x"))
    for name in (own, roster):
        written_at(private_files.path(name), now)
    nights_after(RETENTION["own_data"], now)
    assert (private_files.exists(own), private_files.exists(roster)) == (False, True)
    nights_after(RETENTION["private_files"], now)
    assert not private_files.exists(roster)


def test_finished_background_work_goes_and_waiting_work_stays(cast):
    now = timezone.now()
    for key, state in (("a", EffectState.DONE), ("b", EffectState.FAILED), ("c", EffectState.WAITING)):
        finished = None if state == EffectState.WAITING else now
        Effect.objects.create(kind="mail", key=key, state=state, finished_at=finished, payload={"to": "a@example.vn"})
    nights_after(RETENTION["background_work"], now)
    assert set(Effect.objects.values_list("key", flat=True)) == {"c"}


def test_mails_written_to_files_are_removed(tmp_path, settings):
    settings.EMAIL_FILE_PATH = tmp_path
    now = timezone.now()
    for name, days in (("old.log", 0), ("new.log", 29)):
        (tmp_path / name).write_text("x")
        written_at(tmp_path / name, now + timedelta(days=days))
    nights_after(RETENTION["written_mails"], now)
    assert [path.name for path in tmp_path.iterdir()] == ["new.log"]


def test_an_expired_session_is_removed(cast, client_of):
    client_of(cast.learner)
    assert Session.objects.count() == 1
    nights_after(timedelta(seconds=settings.SESSION_COOKIE_AGE), timezone.now())
    assert Session.objects.count() == 0


def test_every_period_is_in_one_place_and_in_the_docs():
    text = (settings.BASE_DIR / "docs" / "personal-data.md").read_text()
    for name in RETENTION:
        assert f"`{name}`" in text
