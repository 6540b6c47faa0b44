"""Connects signals and registers sections when Django is ready: content version, rights, search, share pictures, home
page, slugs in forms, the menu.
"""

from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from media.replacing import queued as replacements
from pages.cms import forms, groups, parts, typed_times, workflow_mail
from pages.contacts import queued, typed_numbers
from pages.contacts.page import ContactsPage
from pages.contacts.units import following
from pages.editors import comments
from pages.home import places, site
from pages.identity import slugs
from pages.laws import indexing
from pages.laws.kinds import cites
from pages.laws.of_pages import page_kind
from pages.search import index, narrowing
from pages.serving import changes, only_pages
from pages.sharing import pictures
from pages.shell.navigation import anonymous, offer
from pages.texts import TextPage
from people import free_text

# what they put into the queue
QUEUE = (queued, replacements)

# what follows a unit that is reorganised
FOLLOWING = (following,)


def connect(config) -> None:
    changes.connect()
    typed_times.connect()
    parts.connect()
    groups.connect()
    pictures.connect()
    workflow_mail.connect()
    comments.connect()
    index.connect()
    indexing.connect()
    cites(page_kind("texts", _("Trang thông tin"), 60, TextPage, "intro", "body", "sources"))
    post_migrate.connect(narrowing.make, sender=config)
    places.offer()
    site.connect()
    slugs.fold_in_forms()
    forms.check_before_publishing(typed_numbers.refused)
    free_text.these_are_public(typed_numbers.confirmed)
    offer(10, only_pages.address_of(ContactsPage), _("Gọi cho ai"), anonymous)
