"""Serves a page by one look-up of its address instead of Wagtail's walk from the root (16 queries, 5 times the floor).

The process keeps sites, locales, the page at each address, and whether any page is restricted, under the content
version, which every change of a page renews. Special cases (several sites, an alias, a page with its own routing, an
unknown path) go through Wagtail's own routing: 404s and redirects are Wagtail's.
"""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import path, re_path
from django.utils import translation
from django.views.generic import RedirectView
from wagtail import views
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.urls import serve_pattern

from pages import languages
from pages.base import PublicPage
from pages.serving import cache, version


@dataclass(frozen=True)
class Ground:
    """`site` is None where there is not exactly one; `roots` are the addresses of the home page by language."""

    site: Site | None
    roots: dict[str, str]
    locales: dict[int, Locale]
    restricted: bool


def ground() -> Ground:
    sites = list(Site.objects.select_related("root_page")[:2])
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    site = sites[0] if len(sites) == 1 and sites[0].is_default_site else None
    roots = {}
    if site:
        # pages published below a home page are shown even while it is a draft
        homes = Page.objects.filter(translation_key=site.root_page.translation_key, alias_of=None)
        roots = {locales[key].language_code: path for key, path in homes.values_list("locale_id", "url_path")}
        roots[""] = site.root_page.url_path
    return Ground(site, roots, locales, PageViewRestriction.objects.exists())


def ground_of(request) -> Ground:
    return version.kept(version.of(request), "ground", ground)


def page_at(request, path: str) -> Page | None:
    """The live page at this path in the active language, or the Vietnamese one in its place (`pages.languages`); None
    where Wagtail's own routing must decide.
    """
    here = ground_of(request)
    if here.site is None:
        return None
    language = _language()
    page = _page_copy(request, here, here.roots[language] + path) if language in here.roots else None
    if page is None and language != languages.SOURCE:
        page = _page_copy(request, here, here.roots[""] + path)
        if page is not None and language:
            languages.show_vietnamese(request, language)
    return page


def _page_copy(request, here: Ground, url_path: str) -> Page | None:
    kept = version.kept(version.of(request), ("page at", url_path), lambda: _live_page(url_path, here))
    if kept is None:
        return None
    # a copy, since a request sets attributes of its own on the page
    page = copy.copy(kept)
    request._wagtail_site = here.site
    if not here.restricted:
        page.get_view_restrictions = PageViewRestriction.objects.none
    return page


def _language() -> str:
    """The language of the address; "" where content has no such language."""
    try:
        return get_supported_content_language_variant(translation.get_language())
    except LookupError:
        return ""


def _live_page(url_path: str, here: Ground) -> Page | None:
    """Two queries: the class of the page, and the page. The slug narrows the search, since only it has an index."""
    slug = url_path.rstrip("/").rpartition("/")[2]
    rows = Page.objects.filter(slug=slug, url_path=url_path, live=True, alias_of=None).values_list(
        "pk", "content_type_id"
    )
    for pk, content_type in rows[:1]:
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and model.route is Page.route:
            page = model.objects.get(pk=pk)
            page.locale = here.locales[page.locale_id]
            return page
    return None


def serve(request, path: str):
    if not hasattr(request, "_wagtail_route_for_request") and (page := page_at(request, path)):
        request._wagtail_route_for_request = RouteResult(page)
    response = views.serve(request, path)
    if hasattr(request, "requested_language"):
        # one text has one canonical address, the Vietnamese one
        response.headers["X-Robots-Tag"] = "noindex"
    _keep_public(request, response)
    return response


def _keep_public(request, response) -> None:
    """Marks a public page that is open to everybody for the cache (`pages.serving.cache`)."""
    page = getattr(getattr(request, "_wagtail_route_for_request", None), "page", None)
    if isinstance(page, PublicPage) and not ground_of(request).restricted:
        cache.keep(request, response)


# the attributes are Wagtail's: `page.url` reads the second
urlpatterns = [
    path("_util/login/", RedirectView.as_view(url="/tai-khoan/login/", query_string=True), name="wagtailcore_login"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
