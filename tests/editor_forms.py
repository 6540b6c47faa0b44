"""What a browser sends when somebody saves a form of Wagtail's editor without touching it."""

from typing import Any

from django.forms import CheckboxInput, Form
from django.http import QueryDict
from wagtail import blocks
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
        data |= sent(row, **{row.add_prefix("id"): row.instance.pk, row.add_prefix("ORDER"): number})
    return data


def _sent_field(field, value, name: str) -> dict[str, Any]:
    if callable(value):
        value = value()
    value = field.prepare_value(value)
    if isinstance(field.widget, CheckboxInput):
        return {name: "on"} if value else {}
    if hasattr(field.widget, "get_queryset") or hasattr(field.widget, "model_class"):  # a chooser
        return {name: getattr(value, "pk", value) or ""}
    value = field.widget.format_value(value)
    if isinstance(value, list | tuple):
        return {name: [one for one in value if one not in (None, "")]} if any(value) else {}
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
