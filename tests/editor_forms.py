"""What a browser sends when somebody saves a form of Wagtail's editor without touching it."""

from typing import Any

from django.forms import CheckboxInput, Form
from django.http import QueryDict
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BlockField


def sent(form: Form, **typed) -> dict[str, Any]:
    """The fields of the form as they stand, `typed` in place of some; formsets with their rows."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        prefix = form.add_prefix(name)
        value = form.initial.get(name, field.initial)
        if isinstance(field, BlockField):
            data |= sent_block(field.block, value if value is not None else field.block.get_default(), prefix)
        else:
            data |= _sent_field(field, value, prefix)
    for formset in getattr(form, "formsets", {}).values():
        data |= _sent_rows(formset)
    return data | typed


def _sent_rows(formset) -> dict[str, Any]:
    rows = list(formset.initial_forms)
    data = {
        f"{formset.prefix}-TOTAL_FORMS": len(rows),
        f"{formset.prefix}-INITIAL_FORMS": len(rows),
        f"{formset.prefix}-MIN_NUM_FORMS": 0,
        f"{formset.prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows, start=1):
        data |= sent(row, **{row.add_prefix("id"): row.instance.pk or "", row.add_prefix("ORDER"): number})
    return data


def _sent_field(field, value, name: str) -> dict[str, Any]:
    if callable(value):
        value = value()
    value = field.prepare_value(value)
    if isinstance(field.widget, CheckboxInput):
        return {name: "on"} if value else {}
    if hasattr(field.widget, "get_queryset") or hasattr(field.widget, "model_class"):  # a chooser
        return {name: getattr(value, "pk", value) or ""}
    if isinstance(field.widget, DraftailRichTextArea) and not getattr(value, "source", value):
        return {name: "null"}  # as its script says that nothing was written
    value = field.widget.format_value(value)
    if isinstance(value, list | tuple):
        filled = [one for one in value if one not in (None, "")]
        if not getattr(field.widget, "allow_multiple_selected", True):
            return {name: filled[0] if filled else ""}
        return {name: filled} if filled else {}
    return {name: "" if value is None else value}


def sent_block(block, value, prefix: str) -> dict[str, Any]:
    """The value of one block, however deep, as the editor's script names it."""
    if isinstance(block, blocks.BaseStreamBlock):
        data: dict[str, Any] = {f"{prefix}-count": len(value or ())}
        for number, child in enumerate(value or ()):
            at = f"{prefix}-{number}"
            data |= {f"{at}-deleted": "", f"{at}-order": number, f"{at}-type": child.block_type}
            data |= {f"{at}-id": child.id or ""} | sent_block(child.block, child.value, f"{at}-value")
        return data
    if isinstance(block, blocks.ListBlock):
        data = {f"{prefix}-count": len(value or ())}
        for number, child in enumerate(getattr(value, "bound_blocks", ())):
            at = f"{prefix}-{number}"
            data |= {f"{at}-deleted": "", f"{at}-order": number, f"{at}-id": child.id or ""}
            data |= sent_block(child.block, child.value, f"{at}-value")
        return data
    if isinstance(block, blocks.BaseStructBlock):
        data = {}
        for name, child in block.child_blocks.items():
            data |= sent_block(child, value[name], f"{prefix}-{name}")
        return data
    if isinstance(block, blocks.FieldBlock):
        return _sent_field(block.field, block.value_for_form(value), prefix)
    return {}


def as_query(data: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def untouched(block, prefix: str) -> dict[str, Any]:
    """A block that was added and left as it is, with one of each block that stands inside it."""
    if isinstance(block, blocks.BaseStreamBlock):
        data: dict[str, Any] = {f"{prefix}-count": len(block.child_blocks)}
        for number, (name, child) in enumerate(block.child_blocks.items()):
            at = f"{prefix}-{number}"
            data |= {f"{at}-deleted": "", f"{at}-order": number, f"{at}-type": name, f"{at}-id": ""}
            data |= untouched(child, f"{at}-value")
        return data
    if isinstance(block, blocks.ListBlock):
        data = {f"{prefix}-count": 1, f"{prefix}-0-deleted": "", f"{prefix}-0-order": 0, f"{prefix}-0-id": ""}
        return data | untouched(block.child_block, f"{prefix}-0-value")
    if isinstance(block, blocks.BaseStructBlock):
        data = {}
        for name, child in block.child_blocks.items():
            data |= untouched(child, f"{prefix}-{name}")
        return data
    return sent_block(block, block.get_default(), prefix)
