"""What editors write beside a field under /cms/ is guarded like other free text: no number of a person is kept.

A comment is read by every editor of the page and mailed to those who follow it. Its dialog has no room for a reason, so
an uncertain sign is not asked about: a comment is never public and goes when it is settled or the page goes.
"""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply

from people import free_text


def refusals_of(form) -> list[str]:
    """Of the form of a page: one sentence for each comment or answer that is new or changed and has a number."""
    return [
        _("Bình luận ở ô “%(field)s”: %(said)s") % {"field": _label(form, comment), "said": said}
        for comment in _kept(form.formsets.get("comments"))
        for row in (comment, *_kept(comment.formsets.get("replies")))
        if "text" in row.changed_data
        for said in free_text.refusals(row["text"].value() or "")
    ]


def _kept(formset) -> Iterator:
    """Of no formset, and of one whose counts cannot be read, nothing: Wagtail leaves that out itself."""
    if formset is not None and formset.management_form.is_valid():
        yield from (row for row in formset.forms if not row["DELETE"].value())


def _label(form, comment) -> str:
    name = (comment["contentpath"].value() or "").split(".")[0]
    return str(form.fields[name].label or name) if name in form.fields else name


def _refuse(sender, instance, **kwargs) -> None:
    """Whichever way it comes; what was written before stays, since settling a comment writes its row again."""
    said = free_text.refusals(instance.text)
    if said and not sender._base_manager.filter(pk=instance.pk, text=instance.text).exists():
        raise ValidationError({"text": said})


def connect() -> None:
    for kind in (Comment, CommentReply):
        pre_save.connect(_refuse, sender=kind, dispatch_uid=f"refuse_numbers_{kind.__name__}")
