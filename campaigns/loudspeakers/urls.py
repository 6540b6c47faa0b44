"""Addresses under /loa-xa/: the loudspeakers of communes."""

from django.urls import path

from campaigns.loudspeakers import package_pages, views

app_name = "loudspeakers"

urlpatterns = [
    path("", views.communes, name="communes"),
    path("<int:pk>/", views.commune, name="commune"),
    path("<int:pk>/goi/", package_pages.packages, name="packages"),
    path("goi/<int:pk>/", package_pages.package, name="package"),
    path("goi/<int:pk>/tep/", package_pages.package_file, name="package_file"),
    path("to-tin/<int:pk>.pdf", views.bulletin, name="bulletin"),
]
