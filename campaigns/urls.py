"""Feeds; the campaign's pages themselves are served by their place in the tree."""

from django.urls import path

from campaigns.communes.feeds import CommuneNews, News

urlpatterns = [
    path("tin.atom", News(), name="news_feed"),
    path("xa-phuong/<slug:slug>/tin.atom", CommuneNews(), name="commune_news_feed"),
]
