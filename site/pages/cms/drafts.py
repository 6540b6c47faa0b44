"""What a draft may lack: every field, also those that their columns ask for, of itself and of the rows within it.

The revision has them empty, as they were left. A column that takes nothing has what a new one proposes, until what is
typed is published; a row within a page that lacks something else is in the revision alone.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

EMPTY = (None, "")


def numbers_of(model: type[models.Model]) -> dict[str, Any]:
    """Names of the numbers that a row must have, with what a new one proposes."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, models.IntegerField))
    return {field.name: field.get_default() for field in fields if not field.null and field.has_default()}


def rows_of(thing: models.Model) -> dict[str, list[models.Model]]:
    """Those within it that wait to be saved, by relation; what only the database has is whole. No query."""
    found = {}
    for relation in get_all_child_relations(type(thing)):
        rows = getattr(thing, relation.get_accessor_name()).all()
        if not isinstance(rows, models.QuerySet):
            found[relation.get_accessor_name()] = list(rows)
    return found


def lacking(row: models.Model) -> list[models.Field]:
    """The fields of a row within a page that must have something and have nothing."""
    asked = (field for field in row._meta.concrete_fields if field.editable and not field.blank)
    return [field for field in asked if not isinstance(field, ParentalKey) and getattr(row, field.attname) in EMPTY]


def sentences_of_lacking(thing: models.Model) -> Iterator[str]:
    """Of a draft: the numbers that it must have, and what rows within it must have."""
    for name in numbers_of(type(thing)):
        if getattr(thing, name) is None:
            yield _("Chưa ghi “%(field)s”.") % {"field": thing._meta.get_field(name).verbose_name}
    for rows in rows_of(thing).values():
        for number, row in enumerate(rows, start=1):
            for field in lacking(row):
                said = {"field": field.verbose_name, "number": number}
                yield _("Dòng thứ %(number)d chưa ghi “%(field)s”.") % said


class DraftMayLack:
    """Of pages and snippets with drafts; stands before the class that saves."""

    live: bool

    def save(self, *args, **kwargs):
        own: Any = self
        written = kwargs.get("update_fields")
        rows = {name: some for name, some in rows_of(own).items() if written is None or name in written}
        each = [row for some in rows.values() for row in some]
        if self.live:
            if any(map(lacking, each)):
                # no form was asked, which would have said it beside the field
                raise ValidationError(list(sentences_of_lacking(own)))
            return super().save(*args, **kwargs)  # type: ignore[misc]
        left_out = [(one, name) for one in (own, *each) for name in numbers_of(type(one)) if getattr(one, name) is None]
        for one, name in left_out:
            setattr(one, name, numbers_of(type(one))[name])
        for name, some in rows.items():
            if any(map(lacking, some)):
                getattr(self, name).set([row for row in some if not lacking(row)])
        saved = super().save(*args, **kwargs)  # type: ignore[misc]
        for one, name in left_out:
            setattr(one, name, None)
        for name, some in rows.items():
            if any(map(lacking, some)):
                getattr(self, name).set(some)
        return saved
