"""The picture of a page: one of the shipped scenes, or a picture of the library with rights and words.

A picture of the library is published only where it says who made it, how the people in it agreed (law 91/2025/QH15) and
what it shows. A draft may wait for that. `without_rights` and `without_words` are the rule, for pages and for blocks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from media.pictures import Picture
from media.scenes import SCENES, SceneField

ONE_OF_THE_TWO = _("Chọn một hình thôi: hình vẽ có sẵn hoặc hình trong thư viện.")


def without_rights(picture: Picture) -> str:
    """One sentence that says what is missing; "" where credit and consent are stated."""
    if picture.consent_ended:
        return gettext("Người trong hình “%(title)s” không còn đồng ý. Hãy chọn hình khác.") % {"title": picture.title}
    missing = {
        (True, False): gettext("nguồn, tác giả"),
        (False, True): gettext("sự đồng ý của người trong hình"),
        (True, True): gettext("nguồn, tác giả và sự đồng ý của người trong hình"),
    }.get((not picture.credit.strip(), not picture.consent.strip()))
    if missing is None:
        return ""
    sentence = gettext(
        "Hình “%(title)s” chưa ghi %(missing)s. Ghi vào thư viện hình rồi đăng; "
        "hình không có người thì ghi “không có người”."
    )
    return sentence % {"title": picture.title, "missing": missing}


def without_words(picture: Picture, alt: str = "") -> str:
    """`alt` are words of the page itself, which stand in for those of the library."""
    if alt.strip() or picture.description.strip() or picture.is_decoration:
        return ""
    return gettext("Hình “%(title)s” chưa có lời tả. Viết lời tả trong thư viện hình rồi đăng.") % {
        "title": picture.title
    }


def refuse_unstated(picture: Picture, alt: str = "") -> None:
    """Raises ValidationError where a page may not show this picture yet."""
    if sentence := without_rights(picture) or without_words(picture, alt) or picture.why_refused:
        raise ValidationError(sentence)


# --- the words in the language of a page

SOURCE = "vi"
# what somebody approved for a page's picture in the page's language, "" for nothing
_WORDS: list[Callable[[Any], str]] = []


def knows_words(told: Callable[[Any], str]) -> None:
    """Registers the room in which translations are approved."""
    if told not in _WORDS:
        _WORDS.append(told)


@dataclass(frozen=True)
class Words:
    """`language` says in which these are, where it is another one than the page's; else ""."""

    text: str
    language: str = ""


def words_of(page) -> Words:
    """What stands for a page's picture; the Vietnamese words, marked as such, where nobody approved any."""
    if page.locale.language_code == SOURCE:
        return Words(_own_words(page))
    approved = next((text for told in _WORDS if (text := told(page))), "")
    return Words(approved) if approved else marked(_own_words(page), source_words(page))


def marked(text: str, vietnamese: str) -> Words:
    """On a page of another language: a text that is the Vietnamese one is marked."""
    return Words(text, SOURCE if text and text == vietnamese else "")


def _own_words(page) -> str:
    if page.scene:
        return str(SCENES.get(page.scene, ""))
    return page.picture.default_alt_text if page.picture else ""


def source_words(page) -> str:
    """In Vietnamese, of a page in any language; "" where its picture is decoration or may not be shown."""
    if page.picture and not page.scene and page.picture.consent_ended:
        return ""
    with translation.override(SOURCE):
        return _own_words(page)


class LibraryPictureChoice(forms.ModelChoiceField):
    # Wagtail sets it on each field while it saves a draft
    is_deferred_validation = False

    def clean(self, value):
        picture = super().clean(value)
        if picture is not None and not self.is_deferred_validation:
            refuse_unstated(picture)
        return picture


class LibraryPictureField(models.ForeignKey):
    """A picture of the library; None for none."""

    def __init__(self, **kwargs):
        usual = {"to": Picture, "on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}
        super().__init__(**{**usual, **kwargs})

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LibraryPictureChoice, **kwargs})


class ShowsPictures(models.Model):
    """Of a page. However it is published, its pictures are checked as it goes live; a draft is never saved here."""

    # of the page into which it is mixed
    live: bool

    class Meta:
        abstract = True

    def shown_pictures(self) -> Iterable[tuple[str, Picture, str]]:
        """(field in which it was chosen, picture of the library, the page's own words for it)."""
        raise NotImplementedError

    def save(self, *args, **kwargs):
        if self.live and kwargs.get("clean", True):
            for field, picture, alt in self.shown_pictures():
                try:
                    refuse_unstated(picture, alt)
                except ValidationError as refused:
                    raise ValidationError({field: refused}) from None
        super().save(*args, **kwargs)


class Illustrated(ShowsPictures):
    """Of a page. It shows nothing where neither is chosen."""

    scene = SceneField(_("hình vẽ"), help_text=_("Hình có sẵn, hiện một lần trong trang. Lời tả đi kèm hình."))
    picture = LibraryPictureField(
        verbose_name=_("hoặc hình trong thư viện"),
        help_text=_("Hình phải có lời tả, nguồn và sự đồng ý của người trong hình thì mới đăng được."),
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.scene and self.picture:
            raise ValidationError({"picture": ONE_OF_THE_TWO})

    def shown_pictures(self) -> Iterable[tuple[str, Picture, str]]:
        return [("picture", self.picture, "")] if self.picture else []


def illustration_panel() -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel("scene"), FieldPanel("picture")], heading=_("Hình"))
