"""Addresses under /hoi-nhanh/: questions answered by anybody, and the codes of rooms."""

from django.urls import path

from campaigns.pulse import views

urlpatterns = [
    path("<int:pk>/", views.of_message, name="pulse"),
    path("p/<slug:token>/", views.in_room, name="pulse_room"),
    path("phong/<uuid:key>/", views.rooms, name="pulse_rooms"),
]
