"""Feeds as Atom, RSS and JSON: of the whole province, and of one commune for its own website or village group."""

import json
import mimetypes
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.message import MessagePage
from campaigns.messages.voices import recordings_of

MOST = 30
# what stands in every feed, beside the pages of a commune; the rooms that have it register it
_EVERYWHERE: list[Callable[[], Iterable[Any]]] = []


def stands_in_every_feed(items: Callable[[], Iterable[Any]]) -> None:
    """`items` have what is read of a page below; each takes the place of the page that bears its translation key."""
    if items not in _EVERYWHERE:
        _EVERYWHERE.append(items)


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


class News(Feed):
    """Messages of the campaign and notices of all communes, the latest first; six queries."""

    feed_type = Atom1Feed
    title = "Lá Chắn"
    link = "/"
    subtitle = _("Thông điệp và thông báo mới")
    language = "vi"
    kinds: tuple[type[Page], ...] = (MessagePage, NoticePage)

    def pages(self, obj):
        return Page.objects.all()

    def items(self, obj):
        pages = self.pages(obj).live().public().type(self.kinds).filter(locale__language_code="vi", alias_of=None)
        listed = pages.order_by("-first_published_at", "-pk").select_related("locale")[:MOST].specific()
        everywhere = [item for items in _EVERYWHERE for item in items()]
        theirs = {item.translation_key for item in everywhere}
        found = [*everywhere, *(page for page in listed if page.translation_key not in theirs)]
        found = sorted(found, key=lambda item: item.first_published_at, reverse=True)[:MOST]
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
