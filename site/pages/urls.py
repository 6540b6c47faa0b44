"""URLs of pages that exist whatever editors and the database do, in one language."""

from django.urls import path

from pages.laws import views as laws
from pages.search.views import search
from pages.serving.browser_files import favicon, manifest, robots
from pages.serving.sitemap import sitemap
from pages.sharing import views as sharing

urlpatterns = [
    path("tim-kiem/", search, name="search"),
    path("tra-luat/", laws.laws, name="laws"),
    path("tra-luat/<slug:slug>/", laws.document, name="law"),
    path("tra-luat/<slug:slug>/dieu-<str:number>/", laws.article, name="law_article"),
    path("chia-se/<int:pk>/", sharing.share, name="share"),
    path("chia-se/<int:pk>/ma.svg", sharing.code, name="share_code"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("favicon.ico", favicon, name="favicon"),
]
