"""A page that a program writes, live from its first moment."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

Written = TypeVar("Written", bound=Page)


@transaction.atomic
def add_published(parent: Page, page: Written) -> Written:
    """`page` below `parent`, with its revision live, as `save_revision().publish()` would leave it.

    That saves a page three times, each time checked, indexed and announced, of which only the first says anything new.
    """
    parent.add_child(instance=page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = page.live_revision = revision
    page.latest_revision_created_at = revision.created_at
    page.first_published_at = page.last_published_at = timezone.now()
    names = ("latest_revision", "live_revision", "latest_revision_created_at", "first_published_at")
    Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in (*names, "last_published_at")})
    log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
    published.send(sender=type(page), instance=page, revision=revision)
    page_published.send(sender=type(page), instance=page, revision=revision)
    return page
