"""Jobs of the clock that belong to no domain: scheduled publishing, sessions, and the outbox's own tidying."""

import logging
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from outbox import private_files
from outbox.clock import daily, every
from outbox.effects import Effect, EffectState
from outbox.leases import Lease
from outbox.mail import enqueue_mail
from outbox.tasks import wake

logger = logging.getLogger("outbox")
# an act in the history of a page or snippet
NOT_PUBLISHED = "outbox.not_published"


@every("outbox.chores.publish_scheduled", minutes=1)
def publish_scheduled(now: datetime) -> None:
    """Pages and snippets whose hour has come go live or are taken down. One that may not go live stops no other: it
    stays a draft without an hour, its history says why, and who set the hour is told.

    First what goes live, unlike Wagtail's own command, which takes down first: a page whose new text replaces the old
    one at the hour at which that one ends would be withdrawn for a moment, and completions follow what is withdrawn.
    """
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError as refused:
            logger.warning("revision %s is not published as scheduled: %s", revision.pk, " ".join(refused.messages))
            _give_up_the_hour(revision, " ".join(refused.messages))
        except Exception:
            # the command below meets it again and fails, after it has taken down what ends
            logger.exception("revision %s cannot be published as scheduled", revision.pk)
    call_command("publish_scheduled", verbosity=0)


@transaction.atomic
def _give_up_the_hour(revision: Revision, why: str) -> None:
    """And tell it, in the history of the page or snippet, and by mail to who set the hour: both or neither, also where
    it is killed. The same revision may be given another hour, of which she hears again.
    """
    hour, revision.approved_go_live_at = revision.approved_go_live_at, None
    revision.save(update_fields=["approved_go_live_at"])
    row, person = revision.content_object, revision.user
    log(row, NOT_PUBLISHED, user=person, revision=revision, data={"why": why})
    if person is None or not person.is_active or not person.email:
        return
    edit = "wagtailadmin_pages:edit" if isinstance(row, Page) else row.snippet_viewset.get_url_name("edit")
    said = {"title": revision.object_str, "why": why, "address": settings.BASE_URL + reverse(edit, args=[row.pk])}
    enqueue_mail(
        to=person.email,
        subject=_("“%(title)s” đã không lên trang theo giờ hẹn") % said,
        body=_("Đến giờ hẹn, “%(title)s” vẫn là bản nháp: %(why)s\nMở để xem: %(address)s\n") % said,
        key=f"not-published:{revision.pk}:{hour.isoformat()}",
    )


@every("outbox.chores.wake_for_overdue", minutes=1)
def wake_for_overdue(now: datetime) -> None:
    """A lost wake-up is made up for."""
    if Effect.objects.ready(now - timedelta(seconds=30)).exists():
        wake()


@daily("outbox.chores.clear_sessions", at="03:10")
def clear_sessions(now: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@daily("outbox.chores.tidy_outbox", at="03:20")
def tidy_outbox(now: datetime) -> None:
    """Finished effects and the files they made do not stay for ever: they may name people."""
    old = now - settings.RETENTION["background_work"]
    Effect.objects.filter(state__in=[EffectState.DONE, EffectState.FAILED], finished_at__lt=old).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=3)).delete()
    Lease.objects.filter(until__lt=now - timedelta(days=1)).delete()
    private_files.remove_old(now, settings.RETENTION["private_files"])
