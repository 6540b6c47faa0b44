"""Serves a page by one look-up of its address instead of Wagtail's walk from the root (16 queries, 5 times the floor).

The process keeps sites, locales, the page at each address, and whether any page is restricted, under the content
version, which every change of a page renews. Special cases (several sites, an alias within a language, a page with its
own routing, an unknown path) go through Wagtail's own routing: 404s and redirects are Wagtail's.

Under the prefix of a language the page is answered in this order: a translation, here or at an address of its own; a
redirect, of this address or of the plain one; the Vietnamese page with a notice. An alias there is no translation.
"""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path
from django.utils import translation
from django.views.generic import RedirectView
from wagtail import views
from wagtail.contrib.redirects.models import Redirect
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
    """Two queries."""
    restricted = Exists(PageViewRestriction.objects.all())
    sites = list(Site.objects.select_related("root_page").annotate(restricted=restricted)[:2])
    site = sites[0] if len(sites) == 1 and sites[0].is_default_site else None
    # pages published below a home page are shown even while it is a draft or an alias
    homes = Page.objects.filter(translation_key=site.root_page.translation_key) if site else Page.objects.none()
    home = homes.filter(locale=OuterRef("pk")).order_by("path").values("url_path")[:1]
    locales = {locale.pk: locale for locale in Locale.objects.annotate(home=Subquery(home))}
    roots = {locale.language_code: locale.home for locale in locales.values() if locale.home}
    if site:
        roots[""] = site.root_page.url_path
    return Ground(site, roots, locales, any(one.restricted for one in sites))


def ground_of(request) -> Ground:
    return version.kept(version.of(request), "ground", ground)


def answer_at(request, path: str) -> Page | HttpResponse | None:
    """What stands at this path in the active language: a live page, or where to go; None where Wagtail's own routing
    must decide.
    """
    here = ground_of(request)
    if here.site is None:
        return None
    language = _language()
    page = _page_copy(request, here, here.roots[language] + path) if language in here.roots else None
    if language in (languages.SOURCE, "") or (page is not None and page.is_translated):
        return page
    source = _page_copy(request, here, _source_path(page) if page is not None else here.roots[""] + path)
    if found := _elsewhere(source, language, path) or _redirect(here.site, language, path, page or source):
        return found
    if source is not None:
        languages.show_vietnamese(request, language)
    return source


def _source_path(page: Page) -> str:
    """The tree path of the Vietnamese page of which this one is an untranslated copy."""
    paths = page.get_translations().filter(locale__language_code=languages.SOURCE, alias_of=None)
    return paths.values_list("url_path", flat=True).first() or page.url_path


def _elsewhere(source: Page | None, language: str, path: str) -> HttpResponse | None:
    """The translation of this page under another address."""
    if source is None:
        return None
    translation = source.get_translations().live().filter(alias_of=None, locale__language_code=language).first()
    if translation is None or not translation.url or translation.url == f"/{language}/{path}":
        return None
    return redirect(translation.url) if languages.is_translated(translation.specific) else None


def _redirect(site: Site, language: str, path: str, page: Page | None) -> HttpResponse | None:
    """Where an editor, or a page that moved, sends this address; or the plain one, where no page stands at it."""
    address = f"/{language}/{path}"
    found = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(address)).first()
    if found is None and page is None:
        plain = Redirect.normalise_path(f"/{path}")
        found = Redirect.get_for_site(site).filter(old_path=plain).first()
    link = _link_in(found, language) if found else None
    return redirect(link, permanent=found.is_permanent) if link and link != address else None


def _link_in(found: Redirect, language: str) -> str | None:
    """The address to which a redirect leads, in this language where it leads to a page of Vietnamese."""
    page = found.redirect_page
    if page is None or page.locale.language_code != languages.SOURCE:
        return found.link
    translation = page.get_translations().live().filter(alias_of=None, locale__language_code=language).first()
    return translation.url if translation else page.url and f"/{language}{page.url}"


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
    rows = Page.objects.filter(slug=slug, url_path=url_path, live=True).values_list(
        "pk", "content_type__app_label", "content_type__model", "alias_of", "locale"
    )
    for pk, app, name, alias_of, locale in rows[:1]:
        if alias_of and here.locales[locale].language_code == languages.SOURCE:
            return None
        model: Any = ContentType(app_label=app, model=name).model_class()
        if model is not None and model.route is Page.route:
            page = model.objects.get(pk=pk)
            page.locale = here.locales[page.locale_id]
            # noted before anybody gets a copy
            page.is_translated = languages.is_translated(page)
            return page
    return None


def serve(request, path: str):
    if not hasattr(request, "_wagtail_route_for_request") and (found := answer_at(request, path)):
        if not isinstance(found, Page):
            return found
        request._wagtail_route_for_request = RouteResult(found)
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
