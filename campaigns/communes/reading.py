"""What the public reads of a commune: the messages it took, what is to come, whom to ask nearby."""

from django.db.models import Q

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.voices import voice_in
from pages.contacts.contact import Contact
from people.times import today

# past notices shown; older ones stay at their addresses
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
        # their own `url` asks the database once a page
        page.url_here = f"{base}{page.slug}/"
    return listed


def beside(request, page) -> dict:
    """What a notice or a message shows beside its text: whose it is and whom to call there."""
    space = page.space()
    return {"space": space, "contacts": local_contacts(space)}


def taken_message_context(request, page: CommuneMessagePage) -> dict:
    """`message` and `voice` are None while the province's message is not live."""
    message = page.province_message()
    voice = voice_in(message, page.locale.language_code) if message else None
    return {**beside(request, page), "message": message, "voice": voice}


def local_contacts(space: CommuneSpacePage) -> list[Contact]:
    """The commune's own numbers that somebody called on trial."""
    return list(Contact.objects.of(space.unit_id).public())
