"""What stands on paper, as an address and as a QR code: it may never change."""

from django.urls import path

from campaigns.renderings.screens import public

urlpatterns = [
    path("<int:number>/", public.sheet, name="printed_sheet"),
    path("<int:number>/<int:version>/", public.version, name="printed_version"),
]
