"""On the first page of /cms/: how many numbers wait for the viewer's call, and which came back to who writes them."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.admin.ui.components import Component

from pages.contacts import who
from pages.contacts.contact import Contact
from pages.contacts.versions import ContactVersion, VersionState
from people.rights.admin_policy import MANAGERS
from people.rights.roles import role_kinds

SHOWN = 20


class ContactPanel(Component):
    name = "contacts"
    template_name = "wagtailadmin/contacts/panel.html"
    order = 60

    def __init__(self, waiting: int, returned: list[ContactVersion]):
        self.waiting, self.returned = waiting, returned

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "waiting": self.waiting, "returned": self.returned}


def panels_for(user) -> list[Component]:
    """At most one; no query for who neither calls nor writes numbers."""
    kinds = role_kinds(user)
    waiting = waiting_for(user) if user.is_superuser or kinds & (who.HEADS | MANAGERS) else 0
    returned = returned_to(user) if user.is_superuser or kinds & who.EDITORS else []
    return [ContactPanel(waiting, returned)] if waiting or returned else []


def waiting_for(user) -> int:
    """How many second calls may be hers."""
    contacts = Contact.objects.filter(who.second_called_by(user))
    waiting = ContactVersion.objects.filter(state=VersionState.WAITING, contact__in=contacts)
    ids = list(waiting.values_list("contact", flat=True))
    if not ids:
        return 0
    writers = who.writers_of(ids)
    return sum(user.pk not in writers[contact] for contact in ids)


def returned_to(user) -> list[ContactVersion]:
    return list(came_back(user).select_related("decided_by").order_by("decided_at")[:SHOWN])


def came_back(user) -> QuerySet[ContactVersion]:
    """What came back and was not written anew, within the units where she writes."""
    later = ContactVersion.objects.filter(contact=OuterRef("contact"), pk__gt=OuterRef("pk"))
    contacts = Contact.objects.filter(who.written_by(user))
    return ContactVersion.objects.filter(~Exists(later), state=VersionState.RETURNED, contact__in=contacts)
