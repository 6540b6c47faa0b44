"""Columns that the store keeps itself, whichever way a row is written: `save`, `bulk_create`, `bulk_update`, `update`.

A migration knows them as what they are in the database, ordinary text.
"""

from collections.abc import Callable, Iterable

from django.db import models, router, transaction

from letters.folding import visible

ROWS_A_BATCH = 500


class VisibleField(models.CharField):
    """Holds no sign that nobody can see."""

    def pre_save(self, instance, add):
        text = visible(getattr(instance, self.attname) or "")
        setattr(instance, self.attname, text)
        return text

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class DerivedField(models.TextField):
    """What `work` makes of the columns `of`; it is read, never set."""

    def __init__(self, *args, of: tuple[str, ...] = (), work: Callable[..., str] | None = None, **kwargs):
        self.of, self.work = of, work
        super().__init__(*args, **{"default": "", "editable": False, **kwargs})

    def pre_save(self, instance, add):
        if self.work:
            setattr(instance, self.attname, self.work(*(getattr(instance, name) or "" for name in self.of)))
        return getattr(instance, self.attname)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def derived_from(model: type[models.Model], names: Iterable[str]) -> list[DerivedField]:
    """The columns that change with these."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, DerivedField)]
    return [field for field in fields if {*field.of} & {*names}]


class DerivingQuerySet(models.QuerySet):
    def bulk_update(self, objs, fields, batch_size=None):
        objs, derived = tuple(objs), derived_from(self.model, fields)
        given = [self.model._meta.get_field(name) for name in fields]
        for row in objs:
            for field in (*(field for field in given if isinstance(field, VisibleField)), *derived):
                field.pre_save(row, False)
        return super().bulk_update(objs, [*fields, *(field.name for field in derived)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def update(self, **values):
        # `bulk_update` comes here too, with what it derived
        derived = [field for field in derived_from(self.model, values) if field.name not in values]
        if not derived:
            return super().update(**values)
        with transaction.atomic(using=router.db_for_write(self.model)):
            # what they are found by may change
            changed = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            self._derive(changed, derived)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def _derive(self, changed: list, derived: list[DerivedField]) -> None:
        everything: models.QuerySet = models.QuerySet(self.model, using=router.db_for_write(self.model))
        for first in range(0, len(changed), ROWS_A_BATCH):
            rows = list(everything.filter(pk__in=changed[first : first + ROWS_A_BATCH]))
            for row in rows:
                for field in derived:
                    field.pre_save(row, False)
            everything.bulk_update(rows, [field.name for field in derived])


class Deriving(models.Model):
    """A model with derived columns; `save` of some columns saves also what follows from them."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is not None:
            derived = derived_from(type(self), update_fields)
            update_fields = {*update_fields, *(field.name for field in derived)}
        elif deferred := self.get_deferred_fields():
            # of a row that was read in part only what was read is saved
            for field in derived_from(type(self), {*self.__dict__} - deferred):
                field.pre_save(self, False)
        super().save(*args, update_fields=update_fields, **kwargs)
