"""Feeds; the campaign's pages themselves are served by their place in the tree."""

from django.urls import path

from campaigns.alerts.screens.deciding_pages import public as alert
from campaigns.communes.feeds import CommuneNews, CommuneNewsAsJson, CommuneNewsAsRss, News, NewsAsJson, NewsAsRss
from campaigns.loudspeakers.views import by_code
from campaigns.messages.card import card

urlpatterns = [
    # stands on paper and is read out: it may never change
    path("canh-bao/so/<int:number>/", alert, name="alert"),
    path("loa/<slug:token>/", by_code, name="loudspeaker"),
    # what other sites frame and embed: these addresses stand in their pages and may never change
    path("the-tin/<int:pk>/", card, name="message_card"),
    path("tin.atom", News(), name="news_feed"),
    path("tin.rss", NewsAsRss(), name="news_feed_rss"),
    path("tin.json", NewsAsJson(), name="news_feed_json"),
    path("xa-phuong/<slug:slug>/tin.rss", CommuneNewsAsRss(), name="commune_news_feed_rss"),
    path("xa-phuong/<slug:slug>/tin.json", CommuneNewsAsJson(), name="commune_news_feed_json"),
    path("xa-phuong/<slug:slug>/tin.atom", CommuneNews(), name="commune_news_feed"),
]
