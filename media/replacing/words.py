"""What is said of a file that a live page shows waits like the file: its title, what a picture shows, what a recording
says, who made it. At the row's own save, so by every way but an update of many rows at once, which nothing here does.
"""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.translation import gettext as _

from media.documents import DocumentFile, Scan
from media.pictures import Picture
from media.recordings import Recording
from media.replacing.replacement import TARGETS, WORDS, Replacement, ReplacementState
from media.replacing.showing import is_shown

ORIGIN = ("credit", "language")
COLUMNS = {
    Picture: ("title", "description", "is_decoration", *ORIGIN),
    Recording: ("title", "transcript", *ORIGIN),
    DocumentFile: ("title", *ORIGIN),
}


def _changed(row: models.Model, columns: frozenset[str] | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """(as they are stored, as they would be stored), of what differs; one query."""
    names = [name for name in COLUMNS[type(row)] if columns is None or name in columns]
    stored = type(row)._default_manager.filter(pk=row.pk).values(*names).first() if names and row.pk else None
    before = {name: value for name, value in (stored or {}).items() if value != getattr(row, name)}
    return before, {name: getattr(row, name) for name in before}


def _saved(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    if raw or getattr(instance, "words_decided", False):
        return
    before, after = _changed(instance, update_fields)
    if not before:
        return
    now = timezone.now()
    if is_shown(TARGETS[sender], instance.pk):
        set_aside(instance, after, getattr(instance, "brought_by", None), now)
        for name, value in before.items():
            setattr(instance, name, value)
    else:
        instance.replaced_at = now
        if update_fields is not None:
            sender._default_manager.filter(pk=instance.pk).update(replaced_at=now)


@transaction.atomic
def set_aside(row, words: dict[str, Any], by, now) -> Replacement:
    """Words that waited so far are superseded, and kept as well."""
    mine = {TARGETS[type(row)]: row, "field": WORDS}
    # one at a time for each file
    type(row).objects.select_for_update().get(pk=row.pk)
    earlier = Replacement.objects.filter(**mine, state=ReplacementState.WAITING)
    earlier.update(state=ReplacementState.SUPERSEDED, decided_at=now)
    return Replacement.objects.create(**mine, words=words, is_clean=True, scan=Scan.NOT_ASKED, by=by, at=now)


def put_in_place(target, words: dict[str, Any]) -> dict[str, Any]:
    """Stores them; as it was before."""
    old = {name: getattr(target, name) for name in words}
    for name, value in words.items():
        setattr(target, name, value)
    target.words_decided = True
    target.save(update_fields=[*words, "replaced_at"])
    return old


def compared(row: Replacement) -> list[tuple[str, str, str]]:
    """(what, old, new) in the order of the form."""
    old = row.old_words or {name: getattr(row.target, name) for name in row.words}
    columns = [name for name in COLUMNS[type(row.target)] if name in row.words]
    return [
        (_label(row.target, name), _said(row, name, old.get(name)), _said(row, name, row.words[name]))
        for name in columns
    ]


def _label(target: models.Model, name: str) -> str:
    """As the form calls it."""
    label = _("lời tả hình") if name == "description" else str(target._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _said(row: Replacement, name: str, value: Any) -> str:
    field: Any = row.target._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return _("có") if value else _("không")
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value or "")


def connect() -> None:
    for model in COLUMNS:
        pre_save.connect(_saved, sender=model, dispatch_uid=f"media.replacing.words.{model.__name__}")
