"""The sitemap: every live page that is open to everybody, with its real translations."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pages import languages
from pages.serving import version
from pages.serving.lookup import Ground, ground_of


@dataclass(frozen=True)
class Place:
    """`alternates` are (language, address) of each translation, the page itself too; [] without any."""

    address: str
    changed: str
    alternates: list[tuple[str, str]]


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request):
    here = ground_of(request)
    places = version.kept(version.of(request), "sitemap", lambda: places_on(here)) if here.site else []
    return render(request, "pages/sitemap.xml", {"places": places}, content_type="application/xml; charset=utf-8")


def sitemap_classes() -> list[ContentType]:
    """Content types of the classes with `is_for_search_engines`."""
    classes = [model for model in apps.get_models() if getattr(model, "is_for_search_engines", False)]
    return list(ContentType.objects.get_for_models(*classes).values())


def places_on(here: Ground) -> list[Place]:
    """The addresses of all pages, of translations those that say anything in their language; one query, and a few for
    each class that has translations.
    """
    pages = Page.objects.live().public().filter(content_type__in=sitemap_classes(), alias_of=None).order_by("path")
    rows = list(pages.values_list("pk", "translation_key", "locale_id", "url_path", "last_published_at"))
    foreign = {pk for pk, _key, locale, *_rest in rows if here.locales[locale].language_code != languages.SOURCE}
    if foreign:
        foreign -= {page.pk for page in languages.translated_among(pages.filter(pk__in=foreign))}
    addresses = [
        (key, tag, address, changed)
        for pk, key, locale, url_path, changed in rows
        if pk not in foreign
        for tag, address in _address(here, locale, url_path)
    ]
    versions = defaultdict(list)
    for key, tag, address, _changed in addresses:
        versions[key].append((tag, address))
    return [
        Place(
            address,
            timezone.localdate(changed).isoformat() if changed else "",
            versions[key] if len(versions[key]) > 1 else [],
        )
        for key, _tag, address, changed in addresses
    ]


def _address(here: Ground, locale: int, url_path: str) -> list[tuple[str, str]]:
    """[(language, address)], [] for what lies under no home page."""
    tag = here.locales[locale].language_code
    root = here.roots.get(tag)
    if root is None or not url_path.startswith(root):
        return []
    prefix = "/" if tag == settings.LANGUAGE_CODE else f"/{tag}/"
    return [(tag, settings.BASE_URL + prefix + url_path.removeprefix(root))]
