"""What of an editor's form did not arrive: a stream without its count, rows without theirs, rows that are gone since,
a rich text that is none.

A line that breaks, a page that was sent before it was whole, a second editor. By itself this ends in an error, in
English, or in a hidden field that nobody sees. Here the form comes back with what arrived, or with what is stored where
nothing did, and says so; nothing is saved.
"""

import re
from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.blocks.base import BlockField, BlockWidget
from wagtail.fields import RichTextField, StreamField

from letters.numbers import is_number

# of a rich text: all but letters outside its tags and what is set into it
_UNSEEN = re.compile(r"&nbsp;|[\s\u200b\u2060\ufeff]|<(?!embed\b|img\b|hr\b)[^>]*>")
# of a name in the data of a form; of the number in it, in digits
LONGEST_NAME, LONGEST_NUMBER = 500, 4


def sentence() -> str:
    return _(
        "Một phần của biểu mẫu không tới máy chủ hoặc vừa được sửa ở nơi khác, nên chưa lưu gì. "
        "Chỗ ấy đang hiện những gì đã tới, hoặc bản đã lưu; anh chị xem lại rồi lưu lần nữa."
    )


class Arrived:
    """The data of a form as a block reads it, where some of what stands below `name` is missing or no number.

    A stream has as many blocks as follow on each other; a block that does not say where it stands stays where it is.
    """

    def __init__(self, data, name: str):
        self._data = data
        self._numbers: dict[str, set[int]] = defaultdict(set)
        for one in data:
            if one.startswith(f"{name}-") and len(one) <= LONGEST_NAME:
                self._note(one.split("-"))

    def _note(self, parts: list[str]) -> None:
        for place, part in enumerate(parts):
            if is_number(part) and len(part) <= LONGEST_NUMBER:
                self._numbers["-".join(parts[:place])].add(int(part))

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._data, name)

    def __getitem__(self, name: str) -> Any:
        before, _dash, what = name.rpartition("-")
        if what == "count":
            return self._count(before, self._data.get(name, ""))
        if what == "order":
            return self._order(before, self._data.get(name, ""))
        return self._data.get(name, "") if what in ("deleted", "type") else self._data[name]

    def _count(self, stream: str, said: str) -> int:
        here, number = self._numbers[stream], 0
        while number in here:
            number += 1
        return min(number, int(said)) if is_number(said) and len(said) <= LONGEST_NUMBER else number

    def _order(self, block: str, said: str) -> int:
        """No two have the same: where they are the same Wagtail compares what they hold."""
        number = int(block.rpartition("-")[2])
        place = int(said) if is_number(said) and len(said) <= LONGEST_NUMBER else number
        return place * 10**LONGEST_NUMBER + number


class WholeStreamWidget(BlockWidget):
    def value_from_datadict(self, data, files, name):
        """None for nothing that can be read."""
        try:
            return super().value_from_datadict(data, files, name)
        except (LookupError, TypeError, ValueError):
            return self._what_arrived(data, files, name)

    def _what_arrived(self, data, files, name):
        arrived = Arrived(data, name)
        if not arrived:
            return None
        try:
            value = super().value_from_datadict(arrived, files, name)
        except (LookupError, TypeError, ValueError):
            return None
        value.is_a_part = True
        return value


class WholeStream(BlockField):
    def __init__(self, block=None, **kwargs):
        kwargs.setdefault("widget", WholeStreamWidget(block))
        super().__init__(block=block, **kwargs)

    def bound_data(self, data, initial):
        return initial if data is None else super().bound_data(data, initial)

    def has_changed(self, initial, data):
        return data is not None and super().has_changed(initial, data)

    def clean(self, value):
        if value is None or getattr(value, "is_a_part", False):
            raise ValidationError(sentence())
        return super().clean(value)


class NotArrived(str):
    """In place of a rich text that did not arrive, or of which nothing can be read."""


class WholeTextWidget(DraftailRichTextArea):
    def value_from_datadict(self, data, files, name):
        try:
            value = super().value_from_datadict(data, files, name)
        except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            return NotArrived()
        # Wagtail's own editor always sends something
        return NotArrived() if value is None else value


class WholeText(forms.CharField):
    """Of a rich text outside a stream. By itself one that is damaged is a server error, and one that did not arrive is
    nothing, which would be stored.
    """

    def bound_data(self, data, initial):
        return initial if isinstance(data, NotArrived) else super().bound_data(data, initial)

    def has_changed(self, initial, data):
        return not isinstance(data, NotArrived) and super().has_changed(initial, data)

    def clean(self, value):
        if isinstance(value, NotArrived):
            raise ValidationError(sentence())
        # an editor whose script did not run sends its empty paragraph back
        return super().clean(value if _UNSEEN.sub("", value or "") else "")


class WholeRows:
    """Of the form of a page or snippet: rows whose counts did not arrive are shown as they are stored; one that is gone
    since comes back as a new one.
    """

    formsets: dict[str, Any]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lacks_rows = False
        for name, rows in self.formsets.items():
            if rows.is_bound and (mended := _mended(rows)) is not None:
                self.formsets[name], self.lacks_rows = mended, True

    def clean(self):
        data = super().clean()  # type: ignore[misc]
        if self.lacks_rows:
            self.add_error(None, sentence())  # type: ignore[attr-defined]
        return data


def _mended(rows) -> Any | None:
    """None for rows that arrived whole."""
    kept = {"instance": rows.instance, "prefix": rows.prefix, "form_kwargs": rows.form_kwargs}
    keys = [f"{rows.add_prefix(number)}-{rows.model._meta.pk.name}" for number in range(_initial(rows))]
    if rows.management_form.is_valid() and not keys:
        return None
    if not rows.management_form.is_valid() or not all(key in rows.data for key in keys):
        return type(rows)(**kept)
    stored = {str(row.pk) for row in rows.get_queryset()}
    gone = [key for key in keys if rows.data[key] not in ("", *stored)]
    if not gone:
        return None
    data = rows.data.copy()
    for key in gone:
        data[key] = ""
    return type(rows)(data, rows.files, **kept)


def _initial(rows) -> int:
    return min(rows.initial_form_count(), rows.absolute_max)


def connect() -> None:
    register_form_field_override(StreamField, override={"form_class": WholeStream})
    register_form_field_override(RichTextField, override=_of_rich_text)


def _of_rich_text(field: RichTextField) -> dict[str, Any]:
    return {"form_class": WholeText, "widget": WholeTextWidget(features=field.features)}
