"""The picture of a page: one of the shipped scenes, or a picture of the library with rights and words.

A picture of the library is published only where it says who made it, how the people in it agreed (law 91/2025/QH15) and
what it shows. A draft may wait for that. `without_rights` and `without_words` are the rule, for pages and for blocks.
"""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from media.pictures import Picture
from media.scenes import SceneField

ONE_OF_THE_TWO = _("Chọn một hình thôi: hình vẽ có sẵn hoặc hình trong thư viện.")


def without_rights(picture: Picture) -> str:
    """One sentence that says what is missing; "" where credit and consent are stated."""
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
