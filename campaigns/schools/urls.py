from django.urls import path

from campaigns.schools.views import pack, shared_sheet, sheet

urlpatterns = [
    path("<slug:slug>/in/", pack, name="school_pack"),
    path("<slug:slug>/in/<slug:code>/", sheet, name="school_sheet"),
    path("in/<slug:code>/", shared_sheet, name="shared_sheet"),
]
