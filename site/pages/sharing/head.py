"""The metadata of a public page for share sites and search engines, as neutral as its title.

It is microdata on `<head>` instead of JSON-LD, since our policy and our test allow no inline script, without exception.
"""

from dataclasses import dataclass

from django.conf import settings

from pages import languages
from pages.base import PublicPage
from pages.sharing.pictures import Card, picture_of

# locales as Facebook writes them
LOCALES = {"vi": "vi_VN", "en": "en_US", "lo": "lo_LA"}


@dataclass(frozen=True)
class Head:
    """`address` is the full canonical URL; `alternates` are (language, address) of real translations and of the page
    itself; `facts` are (name, value) of schema.org.
    """

    title: str
    text: str
    address: str
    locale: str
    picture: Card | None
    picture_address: str
    alternates: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    feed: str


def head_of(page: PublicPage) -> Head:
    picture = picture_of(page)
    alternates = [(tag, settings.BASE_URL + path) for tag, path in languages.alternates_of(page)]
    return Head(
        title=page.share_title,
        text=page.share_text,
        address=page.address,
        locale=LOCALES.get(page.locale.language_code, ""),
        picture=picture,
        picture_address=settings.BASE_URL + picture.url if picture and picture.url.startswith("/") else "",
        alternates=alternates,
        facts=page.schema_facts(),
        feed=page.feed_path,
    )
