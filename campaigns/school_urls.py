from django.urls import path

from campaigns.printing_sheets import sheet

urlpatterns = [path("<slug:slug>/in/<slug:code>/", sheet, name="school_sheet")]
