"""Keeps sentences and pages of every language in step with the Vietnamese pages, whatever happens to these.

The Vietnamese page is published first and alone: an error in what follows never takes it back. It is tried again in the
background, and each night for every page, which also finds the pages of before there were sentences.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from campaigns.translating.feeding import feed_all, take_down
from campaigns.translating.following import follow
from campaigns.translating.kinds import KINDS, is_source, source_of, sources
from campaigns.translating.orthography import seed_orthographies
from campaigns.translating.sentences import NamedApprover
from outbox.clock import daily
from outbox.effects import Job, effect, enqueue
from pages.serving.version import raise_version

STEP = "translations_in_step"
logger = logging.getLogger(__name__)


@transaction.atomic
def bring_in_step(page: Page, now: datetime, by=None) -> None:
    follow(page, now)
    feed_all(page.translation_key, by)


@effect(STEP, label=_("Cập nhật bản dịch theo trang tiếng Việt"))
def step(job: Job) -> dict:
    page = source_of(UUID(job.payload["page"]))
    if page is not None and page.live:
        bring_in_step(page, job.clock())
    return {}


def words_beside_changed(page: Page) -> None:
    """What stands on its sheets was approved anew: the desk has it at once, or a little later. No page changes."""
    try:
        follow(page, timezone.now())
    except Exception:
        logger.exception("sentences of sheets stay behind")
        enqueue(STEP, {"page": str(page.translation_key)})


@daily("campaigns.translating.every_page", at="02:40")
def every_page(now: datetime) -> None:
    seed_orthographies()
    for page in sources():
        follow(page, now)


def published(sender, instance, **kwargs) -> None:
    if not is_source(instance) or not instance.live:
        return
    try:
        bring_in_step(instance, timezone.now())
    except Exception:
        logger.exception("translations stay behind their page")
        enqueue(STEP, {"page": str(instance.translation_key)})


def unpublished(sender, instance, **kwargs) -> None:
    if is_source(instance):
        take_down(instance.translation_key, timezone.now())


def deleted(sender, instance, **kwargs) -> None:
    """Its translations come down and are kept, and so are its sentences: a page brought back finds them."""
    if is_source(instance):
        take_down(instance.translation_key, timezone.now())


def moved(sender, instance, **kwargs) -> None:
    page = instance.specific
    if is_source(page) and page.live:
        published(sender, page)


def named(sender, **kwargs) -> None:
    """Her name stands on kept pages, or does not any more."""
    raise_version()


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(named, sender=NamedApprover, dispatch_uid="campaigns.translating.named")
    for kind in KINDS:
        uid = f"campaigns.translating.{kind.model.__name__}"
        page_published.connect(published, sender=kind.model, dispatch_uid=uid)
        page_unpublished.connect(unpublished, sender=kind.model, dispatch_uid=uid)
        post_delete.connect(deleted, sender=kind.model, dispatch_uid=uid)
        post_page_move.connect(moved, sender=kind.model, dispatch_uid=uid)
