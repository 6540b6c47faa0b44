"""Which alerts stand today, as pages show them: in every commune's space, on the home page, in feeds."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.alerts.alert import Alert, Ended
from campaigns.communes import reading
from campaigns.communes.commune import CommuneSpacePage
from campaigns.messages.message import MessagePage
from campaigns.translating.whose import approved_context
from pages.languages import SOURCE
from people.times import today

# on a page among other things; all of them stand on the page of alerts
MOST = 5
# of those that are over, in feeds: readers have dropped older ones
MOST_OVER = 10


@dataclass(frozen=True)
class Shown:
    """An alert with its page in the reader's language, else the Vietnamese one."""

    alert: Alert
    page: MessagePage
    is_new: bool


def shown(language: str, day: date, most: int | None = MOST) -> list[Shown]:
    """The latest first. One query, and one more in another language than Vietnamese where there is any."""
    alerts = list(Alert.objects.standing(day)[:most])
    pages: dict[UUID, MessagePage] = {}
    if alerts and language != SOURCE:
        translated = MessagePage.objects.live().filter(
            translation_key__in=[one.key for one in alerts], locale__language_code=language, alias_of=None
        )
        pages = {page.translation_key: page for page in translated.select_related("locale")}
    return [Shown(one, pages.get(one.key) or _page(one), one.is_new_on(day)) for one in alerts]


def _page(alert: Alert) -> MessagePage:
    assert alert.message is not None
    return alert.message


# --- contexts of pages


def space_context(request, space: CommuneSpacePage) -> dict:
    """What every commune shows and none can alter, above what is its own."""
    return {**reading.space_context(request, space), "alerts": shown(space.locale.language_code, today())}


def message_context(request, page: MessagePage) -> dict:
    """Of an alert, `alert` as well; no query for any other message."""
    context = approved_context(request, page)
    if page.is_alert:
        alert = Alert.objects.filter(key=page.translation_key).first()
        context |= {"alert": alert, "is_new": alert is not None and alert.is_new_on(today())}
    return context


def alerts_context(request, page) -> dict:
    day = today()
    over = Alert.objects.exclude(ended_at=None).filter(version__gt=0).order_by("-ended_at")
    over = over.select_related("message", "replaced_by__message")
    return {"alerts": shown(page.locale.language_code, day, None), "over": over[:MOST_OVER]}


def on_home(home, day: date) -> dict | None:
    found = shown(home.locale.language_code, day)
    return {"alerts": found} if found else None


# --- feeds


@dataclass(frozen=True)
class FeedItem:
    """As `News` reads a page: a withdrawn alert keeps its id, with the word that says so."""

    share_title: str
    share_text: str
    address: str
    translation_key: UUID
    first_published_at: datetime
    last_published_at: datetime


def feed_items() -> list[FeedItem]:
    """Alerts that stand and those that are over, for every commune's feed and the province's; one query."""
    rows = Alert.objects.filter(version__gt=0, message__isnull=False).select_related("message__locale")
    return [_item(one) for one in rows.order_by("-approved_at")[: MOST + MOST_OVER]]


def _item(alert: Alert) -> FeedItem:
    page, day = _page(alert), today()
    said = {"number": alert.pk}
    if alert.ended_at is not None or not page.live:
        words = _("Đã rút, hãy gỡ") if alert.ended == Ended.WITHDRAWN else _("Đã hết hạn, hãy gỡ")
        title, text, last = f"{words}: {_('cảnh báo số %(number)s') % said}", alert.why, alert.ended_at
        address = settings.BASE_URL + reverse("alert", args=[alert.pk])
    else:
        words = _("Cảnh báo mới") if alert.is_new_on(day) else _("Cảnh báo")
        title, text, last, address = f"{words}: {page.title}", page.summary, alert.approved_at, page.address
    assert alert.approved_at is not None
    first = page.first_published_at or alert.approved_at
    return FeedItem(title, text, address, alert.key, first, last or alert.approved_at)
