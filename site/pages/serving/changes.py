"""Which saved rows change what somebody may read, and so raise the content version.

Ninety-four editors who save drafts all day change nothing that is shown. So a page raises it where it is or was live,
and not by what editors keep beside its words (a draft's title, a lock); a file where something live, or something that
is no page, chooses it; a contact where it is or was public. In doubt the version is raised: a page drawn once too often
costs milliseconds, one that was not drawn again shows a wrong number to call.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from media.consents.ending import consent_changed
from media.models import DocumentFile, Picture, Recording, Rendition
from outbox.clock import daily
from pages.contacts.contact import Contact
from pages.serving.version import raise_version
from people.postings.posting import Duty
from people.units.successions import reach_changed

# models each row of which may show on a kept page
ALWAYS_SHOWN = (Site, Locale, PageViewRestriction, Redirect, Duty)
# what a page keeps for its editors; saved with each draft, lock, preview and child, never drawn for a reader
OF_EDITORS = frozenset(
    "latest_revision latest_revision_created_at draft_title has_unpublished_changes"
    " locked locked_by locked_at owner numchild".split()
)
# what a contact keeps for its editors
NOT_SAID = frozenset({"source", "note"})


def page_is_read(page: Page) -> bool:
    """By the database: live, or above something live, whose address and outline hang on it."""
    stored = Page.objects.filter(pk=page.pk).values_list("live", "path", "numchild").first()
    if stored is None:
        return page.live
    live, path, children = stored
    return live or bool(children and Page.objects.filter(path__startswith=path, live=True).exists())


def file_is_read(file: Model) -> bool:
    """Chosen on a live page, or by something that is no page."""
    pages = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.get_references_to(file).values_list("base_content_type", "object_id").distinct()
    chosen_by = list(rows)
    choosing = [pk for kind, pk in chosen_by if kind == pages]
    return len(choosing) < len(chosen_by) or Page.objects.filter(pk__in=choosing, live=True).exists()


def rendition_is_read(rendition: Rendition) -> bool:
    return file_is_read(rendition.image)


def contact_is_read(contact: Contact) -> bool:
    return Contact.objects.vouched().filter(pk=contact.pk).exists()


# in their order, since a page of any class is a Page
READ: tuple[tuple[type[Model], Callable[..., bool]], ...] = (
    (Page, page_is_read),
    (Picture, file_is_read),
    (DocumentFile, file_is_read),
    (Recording, file_is_read),
    (Rendition, rendition_is_read),
    (Contact, contact_is_read),
)
BEFORE = "_was_read"


def _rule_of(sender) -> Callable[..., bool] | None:
    return next((rule for model, rule in READ if issubclass(sender, model)), None)


def _is_of_editors(instance: Model, update_fields) -> bool:
    kept = OF_EDITORS if isinstance(instance, Page) else NOT_SAID if isinstance(instance, Contact) else frozenset()
    return update_fields is not None and kept.issuperset(update_fields)


def _before(sender, instance, update_fields=None, **kwargs) -> None:
    """Whether it was read before this change: afterwards nobody can say."""
    rule = _rule_of(sender)
    if rule is None or _is_of_editors(instance, update_fields):
        return
    instance.__dict__[BEFORE] = bool(instance.pk) and rule(instance)


def _saved(sender, instance, update_fields=None, **kwargs) -> None:
    if issubclass(sender, ALWAYS_SHOWN):
        raise_version()
        return
    rule = _rule_of(sender)
    if rule is None or _is_of_editors(instance, update_fields):
        return
    if instance.__dict__.pop(BEFORE, True) or rule(instance):
        raise_version()
    elif isinstance(instance, Rendition):
        # a page that chooses the picture may have been published while the rendition was being made
        transaction.on_commit(lambda: raise_version() if rule(instance) else None)


def _deleted(sender, instance, **kwargs) -> None:
    if issubclass(sender, ALWAYS_SHOWN) or (_rule_of(sender) and instance.__dict__.pop(BEFORE, True)):
        raise_version()


def _published(sender, instance, **kwargs) -> None:
    """What a page chooses is known at once, not only when the worker comes to it."""
    # one that waits for its day is announced as well
    if instance.live:
        ReferenceIndex.create_or_update_for_object(instance)
        raise_version()


def _moved(sender, instance, **kwargs) -> None:
    if page_is_read(instance):
        raise_version()


def _always(sender, **kwargs) -> None:
    raise_version()


@daily("pages.contacts.first_and_last_days", at="00:00")
def draw_anew_on_a_contacts_day(now: datetime) -> None:
    """A number whose first day is today, or whose last was yesterday, changes pages that nobody touched."""
    day = timezone.localdate(now)
    if Contact.objects.vouched().filter(Q(valid_from=day) | Q(valid_to=day - timedelta(days=1))).exists():
        raise_version()


def connect() -> None:
    uid = "content_version"
    for signal in (pre_save, pre_delete):
        signal.connect(_before, dispatch_uid=uid)
    post_save.connect(_saved, dispatch_uid=uid)
    post_delete.connect(_deleted, dispatch_uid=uid)
    page_published.connect(_published, dispatch_uid=uid)
    page_unpublished.connect(_always, dispatch_uid=uid)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_moved, dispatch_uid=uid)
    # whatever shows it: what somebody agrees to no more is shown on no kept page
    consent_changed.connect(_always, dispatch_uid=uid)
    # an import may rename or merge a unit
    reach_changed.connect(_always, dispatch_uid=uid)
    m2m_changed.connect(_always, sender=PageViewRestriction.groups.through, dispatch_uid=uid)
