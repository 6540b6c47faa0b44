"""The contexts of a commune's public pages: taken messages, notices, local contacts."""

from django.db.models import Q

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.former import former
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import messages_of
from campaigns.messages.voices import voice_in
from pages.contacts.contact import Contact
from people.times import today

# past notices in the list; older ones keep their addresses
MOST_PAST = 12


def space_context(request, space: CommuneSpacePage) -> dict:
    """`taken`, or else the `campaign_messages` of the province, `coming`, `past` and `contacts`; each page of the
    commune with `url_here`. Seven queries at most.
    """
    day = today()
    base = space.url or "/"
    taken = CommuneMessagePage.objects.child_of(space).live().filter(message__live=True).order_by("path")
    notices = NoticePage.objects.child_of(space).live()
    ahead = Q(on=None) | Q(on__gte=day)
    taken_here = _here(base, taken.select_related("message"))
    campaign = None if taken_here else CampaignPage.objects.nearest(day, space.locale.language_code)
    return {
        "taken": taken_here,
        "campaign_messages": messages_of(campaign) if campaign else [],
        "coming": _here(base, notices.filter(ahead).order_by("on", "-first_published_at")),
        "past": _here(base, notices.exclude(ahead).order_by("-on")[:MOST_PAST]),
        "contacts": local_contacts(space),
        "day": day,
    }


def _here(base: str, pages) -> list:
    listed = list(pages)
    for page in listed:
        # `page.url` would cost a query per page
        page.url_here = f"{base}{page.slug}/"
    return listed


def beside(request, page) -> dict:
    """The context beside the text of a notice or a message: its space and local contacts."""
    space = page.space()
    return {"space": space, "contacts": local_contacts(space)}


def taken_message_context(request, page: CommuneMessagePage) -> dict:
    """`message` and `voice` are None while the province's message is not live."""
    message = page.province_message()
    voice = voice_in(message, page.locale.language_code) if message else None
    return {**beside(request, page), "message": message, "voice": voice}


def local_contacts(space: CommuneSpacePage) -> list[Contact]:
    """The numbers of the commune, then those of the communes of which it was made, that were confirmed by a call; each
    of the latter with `formerly`, the name of that commune.
    """
    units = former().filter(ancestor=space.unit_id).values("unit")
    public = Contact.objects.filter(Q(unit=space.unit_id) | Q(unit__in=units)).public().select_related("unit")
    contacts = sorted(public, key=lambda contact: contact.unit_id != space.unit_id)
    for contact in contacts:
        contact.formerly = contact.unit.name if contact.unit_id != space.unit_id else ""
    return contacts
