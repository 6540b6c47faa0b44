"""What others know a page by (a key, a year): the same in every language, and borne by no other page.

Translations and aliases of a page in other languages share its name, so the name itself cannot be unique. It stands
once more in a column of the source alone, which is NULL on them and unique: whatever way a page came, by a form, a
copy, an alias, an import, a translation, there is one of each name.
"""

from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

Name = TypeVar("Name", str, int)


class NamedOnce(Generic[Name]):
    """Mixin of page classes; a copy gets a name of its own, a translation that of its source."""

    # the field that others refer to, and the column of the source alone
    name_field: str
    own_name_field: str

    # of the page into which it is mixed
    pk: Any
    translation_key: Any
    alias_of_id: int | None

    def new_name(self) -> Name:
        """A name that is free, as near to the present one as can be."""
        raise NotImplementedError

    @classmethod
    def name_is_free(cls, name: Name, besides: Any = None) -> bool:
        """`besides`: the page that may have it already."""
        others = cls._default_manager.exclude(pk=besides)  # type: ignore[attr-defined]
        return not others.filter(**{cls.own_name_field: name}).exists()

    def _family(self) -> models.QuerySet:
        """The same page in other languages."""
        pages = type(self)._default_manager.filter(translation_key=self.translation_key)  # type: ignore[attr-defined]
        return pages.exclude(pk=self.pk)

    def settle_name(self) -> None:
        """Before each save; whatever is missing is filled in here."""
        name = getattr(self, self.name_field)
        source = (
            self._family().exclude(**{self.own_name_field: None}).values_list(self.own_name_field, flat=True).first()
        )
        if source is not None:
            setattr(self, self.name_field, source)
            setattr(self, self.own_name_field, None)
            return
        if name in (None, "") and self.pk:
            # a name that was taken out of the form stays
            stored = type(self)._default_manager.filter(pk=self.pk)  # type: ignore[attr-defined]
            name = stored.values_list(self.own_name_field, flat=True).first()
        if name in (None, "") or (self.alias_of_id and not self.name_is_free(name, self.pk)):
            name = self.new_name()
        setattr(self, self.name_field, name)
        setattr(self, self.own_name_field, name)

    def save(self, *args, **kwargs):
        written = kwargs.get("update_fields")
        if written is None or self.name_field in written:
            self.settle_name()
        super().save(*args, **kwargs)  # type: ignore[misc]
        if written is None and getattr(self, self.own_name_field) is not None:
            name = {self.name_field: getattr(self, self.name_field)}
            self._family().exclude(**name).update(**name)

    def clean(self):
        super().clean()  # type: ignore[misc]
        name = getattr(self, self.name_field)
        if name in (None, ""):
            return
        own = {self.own_name_field: name}
        others = type(self)._default_manager.exclude(translation_key=self.translation_key)  # type: ignore[attr-defined]
        if other := others.filter(**own).first():
            message = gettext("“%(name)s” đã dùng cho “%(title)s”. Ghi tên khác, hoặc để trống để máy đặt.")
            raise ValidationError({self.name_field: message % {"name": name, "title": other.title}})
