"""Addresses under /truong-hoc/: what is printed, and what needs an account. `reading_urls` has what is read."""

from django.urls import path

from campaigns.schools.approving import decide
from campaigns.schools.queued import desk
from campaigns.schools.stick import views as stick
from campaigns.schools.teaching import kept
from campaigns.schools.views import answer_cards, pack, shared_sheet, sheet
from pages.serving.kept import worker

urlpatterns = [
    path("giu.js", worker, name="school_worker"),
    path("tren-may/", kept.here, name="kept_here"),
    path("usb/", stick.page_of_all, name="school_sticks_page"),
    path("usb.zip", stick.of_all, name="school_sticks"),
    path("<slug:slug>/usb.zip", stick.of_one, name="school_stick"),
    path("<slug:slug>/giu.json", kept.manifest, name="pack_kept"),
    path("viec-can-lam/", desk, name="school_desk"),
    path("quan-ly/duyet/<slug:slug>/", decide, name="school_approval"),
    path("<slug:slug>/in/", pack, name="school_pack"),
    path("<slug:slug>/in/<slug:code>/", sheet, name="school_sheet"),
    path("in/the-tra-loi/", answer_cards, name="answer_cards"),
    path("in/<slug:code>/", shared_sheet, name="shared_sheet"),
]
