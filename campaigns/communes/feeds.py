"""Atom feeds: of the whole province, and of one commune for its own website or village group."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.message import MessagePage

MOST = 30


class News(Feed):
    """Messages of the campaign and notices of all communes, the latest first; five queries."""

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
        return list(pages.order_by("-first_published_at", "-pk").select_related("locale")[:MOST].specific())

    def item_title(self, item):
        return item.share_title

    def item_description(self, item):
        return item.share_text

    def item_link(self, item):
        return item.address

    def item_guid(self, item):
        return f"{settings.BASE_URL}/#{item.translation_key}"

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
