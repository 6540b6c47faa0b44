"""The contexts of a commune's public pages: taken messages, notices, local contacts."""

from django.db.models import Q

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.voices import voice_in
from pages.contacts.contact import Contact
from people.times import today

# past notices in the list; older ones keep their addresses
MOST_PAST = 12


def space_context(request, space: CommuneSpacePage) -> dict:
    """`taken`, `coming`, `past` and `contacts`; four queries, each page with `url_here`."""
    day = today()
    base = space.url or "/"
    taken = CommuneMessagePage.objects.child_of(space).live().filter(message__live=True).order_by("path")
    notices = NoticePage.objects.child_of(space).live()
    ahead = Q(on=None) | Q(on__gte=day)
    return {
        "taken": _here(base, taken.select_related("message")),
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
    """The commune's own numbers that were confirmed by a trial call."""
    return list(Contact.objects.of(space.unit_id).public())
