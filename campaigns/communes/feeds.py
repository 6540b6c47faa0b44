"""Feeds as Atom, RSS and JSON: of the whole province, and of one commune for its own website or village group."""

import json
import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import DateTimeField, Max, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageLogEntry

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.message import MessagePage
from campaigns.messages.voices import recordings_of

MOST = 30
# how long a feed says of a page that it was taken down: who shows the news elsewhere has asked again by then
TAKEN_DOWN = timedelta(days=60)
# what stands in every feed, beside the pages of a commune; the rooms that have it register it
_EVERYWHERE: list[Callable[[], Iterable[Any]]] = []


def stands_in_every_feed(items: Callable[[], Iterable[Any]]) -> None:
    """`items` have what is read of a page below; each takes the place of the page that bears its translation key."""
    if items not in _EVERYWHERE:
        _EVERYWHERE.append(items)


@dataclass(frozen=True)
class TakenDown:
    """As `News` reads a page that was public and is no more: its id and the word that says so, nothing of its text."""

    share_title: str
    share_text: str
    address: str
    translation_key: UUID
    first_published_at: datetime
    last_published_at: datetime


def taken_down(pages: QuerySet) -> list[TakenDown]:
    """Of these pages, the latest first; what is past its day leaves in silence, as everywhere. One query."""
    log = PageLogEntry.objects.filter(page=OuterRef("pk"), action="wagtail.unpublish").order_by()
    latest = Subquery(log.values("page").annotate(at=Max("timestamp")).values("at"), output_field=DateTimeField())
    gone = pages.filter(live=False, expired=False, first_published_at__isnull=False).annotate(
        gone_at=Coalesce(latest, "last_published_at", "first_published_at")
    )
    rows = gone.filter(gone_at__gt=timezone.now() - TAKEN_DOWN).order_by("-gone_at", "-pk")
    return [_gone(page) for page in rows.select_related("locale")[:MOST]]


def _gone(page: Any) -> TakenDown:
    title = _("Đã rút, hãy gỡ")
    text = _("Bài này không còn trên trang. Nơi đã đăng lại xin gỡ xuống.")
    # these pages are not of their own classes, which know their `address`
    address = f"{settings.BASE_URL}{page.url or ''}"
    return TakenDown(str(title), str(text), address, page.translation_key, page.first_published_at, page.gone_at)


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org): for a page or a screen that shows the news itself."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        outfile.write(json.dumps(self._document(), ensure_ascii=False).encode(encoding))

    def _document(self) -> dict:
        return {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }

    def _item(self, item: dict) -> dict:
        attached = [{"url": one.url, "mime_type": one.mime_type} for one in item["enclosures"]]
        said = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["description"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
        }
        return {**said, "attachments": attached} if attached else said


def _since(item: Any) -> datetime:
    """Since when a feed says what it says of this item."""
    return item.last_published_at if isinstance(item, TakenDown) else item.first_published_at


class News(Feed):
    """Messages of the campaign and notices of all communes, the latest first; seven queries."""

    feed_type = Atom1Feed
    title = "Lá Chắn"
    link = "/"
    subtitle = _("Thông điệp và thông báo mới")
    language = "vi"
    kinds: tuple[type[Page], ...] = (MessagePage, NoticePage)

    def pages(self, obj):
        return Page.objects.all()

    def items(self, obj):
        pages = self.pages(obj).public().type(self.kinds).filter(locale__language_code="vi", alias_of=None)
        listed = pages.live().order_by("-first_published_at", "-pk").select_related("locale")[:MOST].specific()
        everywhere = [item for items in _EVERYWHERE for item in items()]
        theirs = {item.translation_key for item in everywhere}
        own = [*taken_down(pages), *listed]
        found = [*everywhere, *(item for item in own if item.translation_key not in theirs)]
        found = sorted(found, key=_since, reverse=True)[:MOST]
        messages = [page for page in found if isinstance(page, MessagePage)]
        prefetch_related_objects(messages, "recordings__recording")
        return found

    def item_title(self, item):
        return item.share_title

    def item_description(self, item):
        return item.share_text

    def item_link(self, item):
        return item.address

    def item_guid(self, item):
        return f"{settings.BASE_URL}/#{item.translation_key}"

    def item_enclosures(self, item):
        """The Vietnamese voice, for a station that plays it."""
        voice = recordings_of(item).get("vi") if isinstance(item, MessagePage) else None
        if voice is None:
            return []
        kind = mimetypes.guess_type(voice.page_file.name)[0] or "audio/mpeg"
        url = voice.page_file.url
        # RSS asks for a length, 0 where it is not known
        return [Enclosure(url if "://" in url else f"{settings.BASE_URL}{url}", "0", kind)]

    def item_pubdate(self, item):
        return item.first_published_at

    def item_updateddate(self, item):
        return item.last_published_at


class CommuneNews(News):
    kinds = (CommuneMessagePage, NoticePage)

    def get_object(self, request, slug):
        space = CommuneSpacePage.objects.live().public().filter(slug=slug, locale__language_code="vi").first()
        if space is None:
            raise Http404
        return space

    def title(self, obj):  # type: ignore[override]
        return obj.share_title

    def link(self, obj):  # type: ignore[override]
        return obj.url

    def pages(self, obj):
        return Page.objects.descendant_of(obj)


class NewsAsRss(News):
    feed_type = Rss201rev2Feed  # type: ignore[assignment]


class NewsAsJson(News):
    feed_type = JsonFeed  # type: ignore[assignment]


class CommuneNewsAsRss(CommuneNews):
    feed_type = Rss201rev2Feed  # type: ignore[assignment]


class CommuneNewsAsJson(CommuneNews):
    feed_type = JsonFeed  # type: ignore[assignment]
