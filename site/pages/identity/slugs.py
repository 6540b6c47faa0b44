"""Neutral slugs that every keyboard can type: folded before they are checked, in every form that takes one."""

import unicodedata
from collections.abc import Callable

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import SlugInput
from wagtail.models import get_page_models

# the length of the column; some signs fold to several
LONGEST = 255


def neutral_slug(text: str) -> str:
    """ASCII words joined by "-": "Đưa người về" is "dua-nguoi-ve"; "" where nothing can be kept."""
    text = text.replace("đ", "d").replace("Đ", "D").replace("ƀ", "b").replace("Ƀ", "B")
    return slugify(unicodedata.normalize("NFKD", text))[:LONGEST]


def free_slug(wanted: str, is_free: Callable[[str], bool], longest: int = LONGEST) -> str:
    """`wanted`, or the first of "wanted-2", "wanted-3" … that is free."""
    number, slug = 1, wanted[:longest]
    while not is_free(slug):
        number += 1
        slug = f"{wanted[: longest - len(str(number)) - 1]}-{number}"
    return slug


class NeutralSlugField(forms.SlugField):
    """Folds what was typed, so that what is checked, length and uniqueness included, is what will be stored.

    What cannot be folded is left to the validators.
    """

    def to_python(self, value):
        typed = super().to_python(value) or ""
        return neutral_slug(typed) or typed


class NeutralCopyForm(CopyForm):
    """Without the alias in the same language, which no address leads to; what goes live only as a whole that somebody
    approved is copied as a draft.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stock = self.fields["new_slug"]
        self.fields["new_slug"] = NeutralSlugField(
            initial=stock.initial, label=stock.label, allow_unicode=True, max_length=LONGEST, widget=stock.widget
        )
        self.fields.pop("alias", None)
        whole = [model for model in get_page_models() if getattr(model, "copies_are_drafts", False)]
        if self.page.get_descendants(inclusive=True).type(*whole).exists():
            self.fields.pop("publish_copies", None)
            self.fields["new_title"].help_text = _(
                "Bản sao là bản nháp, chưa ai duyệt: sửa xong thì gửi duyệt cả khóa ở dàn bài."
            )

    def clean(self):
        data = super().clean()
        copied = self.page.get_descendants(inclusive=True)
        if not data.get("copy_subpages"):
            copied = copied.filter(pk=self.page.pk)
        alone = [model for model in get_page_models() if not getattr(model, "may_be_copied", True)]
        if one := copied.type(*alone).first():
            self.add_error("new_parent_page", _("“%(title)s” chỉ có một, không sao chép được.") % {"title": one.title})
        return data


def fold_in_forms() -> None:
    """In Wagtail's forms of every model, in place of its own entry for slugs."""
    register_form_field_override(models.SlugField, override={"form_class": NeutralSlugField, "widget": SlugInput})
