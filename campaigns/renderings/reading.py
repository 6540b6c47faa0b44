"""What is read of the database before sheets are made: messages with their texts, numbers, a commune's words."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.reading import local_contacts
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessageKind, MessagePage
from campaigns.renderings.composing import Order, Source
from campaigns.renderings.formats import Format
from campaigns.renderings.texts.at_the_desk import spoken_in
from campaigns.renderings.texts.languages import Spoken
from campaigns.renderings.texts.own_words import own_words
from campaigns.renderings.texts.passages import Passage
from pages.contacts.contact import Contact
from pages.contacts.dialling import is_national
from people.times import today

WITH_POINTS = Prefetch("passages", Passage.objects.prefetch_related("points__settlements").order_by("pk"))


def printed_messages() -> QuerySet[MessagePage]:
    """The live Vietnamese messages that have renderings, with their texts."""
    rows = MessagePage.objects.live().filter(locale__language_code="vi", kit__isnull=False)
    return rows.select_related("kit", "locale").prefetch_related(WITH_POINTS).order_by("path")


def unprinted_messages() -> QuerySet[MessagePage]:
    """The live Vietnamese messages that have no renderings yet; alerts have theirs from their own screen."""
    rows = MessagePage.objects.live().filter(locale__language_code="vi", alias_of=None, kit__isnull=True)
    return rows.exclude(kind=MessageKind.ALERT).select_related("locale").order_by("path")


def printable_messages() -> QuerySet[MessagePage]:
    """Both: those that have renderings, and those that may have them once somebody chooses a scene."""
    begun, others = Q(kit__isnull=False), Q(alias_of=None) & ~Q(kind=MessageKind.ALERT)
    rows = MessagePage.objects.live().filter(begun | others, locale__language_code="vi")
    return rows.select_related("kit", "locale").prefetch_related(WITH_POINTS).order_by("path")


def message_or_404(pk: int) -> MessagePage:
    found = printed_messages().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def national() -> tuple[dict[str, Contact], str]:
    """(the public numbers of the whole country by number, the public number for citizens abroad or ""); one query."""
    rows = list(Contact.objects.provincial().public())
    abroad = next((row.number for row in rows if row.abroad and row.country == ""), "")
    return {row.dial: row for row in rows if is_national(row.number)}, abroad


def source(message: MessagePage, numbers: tuple[dict[str, Contact], str] | None = None) -> Source:
    """No query where the message came with its passages and `numbers` are given."""
    public, abroad = national() if numbers is None else numbers
    by_slot = {passage.slot: passage for passage in message.passages.all()}
    return Source(message, by_slot, message.kit.scene, public, abroad)


def contact_of(contacts: list[Contact], chosen: str) -> Contact | None:
    """The one chosen by its key, "0" for none; the first where nothing was chosen."""
    if chosen == "0" or not contacts:
        return None
    return next((one for one in contacts if str(one.pk) == chosen), contacts[0])


def order(
    message: MessagePage,
    one: Format,
    space: CommuneSpacePage | None,
    *,
    audience: str = "",
    contact: str = "",
    trial: bool = False,
    contacts: list[Contact] | None = None,
    numbers=None,
    language: str = "vi",
    spoken: Spoken | None = None,
) -> Order:
    """With the commune's words as approved, or on `trial` as written last. `spoken` saves reading what the language
    has.
    """
    if language != "vi" and spoken is None:
        spoken = spoken_in(message, [language])[language]
    if space is None:
        return Order(source(message, numbers), one, audience=audience, spoken=spoken)
    approved, written = own_words(space, message, today())
    known = local_contacts(space) if contacts is None else contacts
    chosen = contact_of(known, contact)
    return Order(source(message, numbers), one, space, audience, chosen, written if trial else approved, spoken)


def season_day() -> date | None:
    """30/7 of the campaign under way, to come, or last; None without any."""
    campaign = CampaignPage.objects.nearest(today())
    return campaign.day if campaign else None
