"""The periods of `config.retention` that concern people, applied by the clock each night."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from outbox.clock import daily
from outbox.private_files import remove_old
from people import tries
from people.changes.change import ChangedRow
from people.guarding.insistence import Insistence
from people.guarding.notices import forget_old_addresses
from people.guarding.role_requests import OPEN_STATES, RoleRequest, forget_unanswered
from people.guarding.sign_ins import forget_old
from people.log.audit import Entry
from people.messages.day_message import DayMessage, DayRun
from people.privacy.erasure import ErasureRequest, ErasureState
from people.privacy.own_data import FOLDER
from people.signing_in.sessions import forget_ended


@daily("people.retention.forget_ended_sessions", at="03:12")
def forget_ended_sessions(now: datetime) -> None:
    """Deletes from the list of devices the sessions that can no longer be used, and counts of tries that are over."""
    forget_ended(now)
    tries.forget_ended(now)


@daily("people.retention.forget_audit", at="03:30")
def forget_audit(now: datetime) -> None:
    old = Entry.objects.filter(at__lt=now - settings.RETENTION["audit"])
    old._raw_delete(old.db)
    forget_old(now, settings.RETENTION["audit"])
    forget_old_addresses(now, settings.RETENTION["audit"])


@daily("people.retention.forget_erasure_requests", at="03:35")
def forget_erasure_requests(now: datetime) -> None:
    decided = ErasureRequest.objects.exclude(state=ErasureState.ASKED)
    decided.filter(decided_at__lt=now - settings.RETENTION["erasure_requests"]).delete()


@daily("people.retention.forget_role_requests", at="03:37")
def forget_role_requests(now: datetime) -> None:
    """Closes what nobody answered, and deletes what was answered long ago."""
    forget_unanswered(now)
    answered = RoleRequest.objects.exclude(state__in=OPEN_STATES)
    answered.filter(changed_at__lt=now - settings.RETENTION["role_requests"]).delete()


@daily("people.retention.forget_insistences", at="03:38")
def forget_insistences(now: datetime) -> None:
    Insistence.objects.filter(at__lt=now - settings.RETENTION["insistences"]).delete()


@daily("people.retention.forget_messages", at="03:39")
def forget_messages(now: datetime) -> None:
    """Deletes who was reminded long ago, and that those days were planned."""
    first = timezone.localdate(now - settings.RETENTION["messages"])
    old = DayMessage.objects.filter(day__lt=first)
    old._raw_delete(old.db)
    DayRun.objects.filter(day__lt=first).delete()


@daily("people.retention.forget_kept_values", at="03:37")
def forget_kept_values(now: datetime) -> None:
    """What an import changed stays known; what was written there before is forgotten, and no longer comes back."""
    old = ChangedRow.objects.filter(change__begun_at__lt=now - settings.RETENTION["kept_values"])
    old.exclude(before=None, after=None).update(before=None, after=None)


@daily("people.retention.remove_own_data", at="03:40")
def remove_own_data(now: datetime) -> None:
    """Removes files of own data, sooner than other private files: they hold everything about a person."""
    remove_old(now, settings.RETENTION["own_data"], FOLDER)


@daily("people.retention.remove_written_mails", at="03:45")
def remove_written_mails(now: datetime) -> None:
    """Removes mails that were written to files where no mail server is set."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    limit = (now - settings.RETENTION["written_mails"]).timestamp()
    for path in Path(folder).glob("*") if folder else ():
        if path.is_file() and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
