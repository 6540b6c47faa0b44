"""What the forms of Wagtail's editor have in common: when a page goes up and comes down."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

SCHEDULE = {"go_live_at", "expire_at"}
# of a form and its data: sentences that say why it cannot be published
_CHECKS: list[Callable[[Any, dict], Iterable[str]]] = []


def check_before_publishing(check: Callable[[Any, dict], Iterable[str]]) -> None:
    """Of every form of a page or a question; drafts are not asked."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def numbers_of(model: type[models.Model]) -> dict[str, Any]:
    """Names of the numbers that a row must have, with what a new one proposes."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, models.IntegerField))
    return {field.name: field.get_default() for field in fields if not field.null and field.has_default()}


class ScheduleMixin:
    """A draft of what has expired is saved like any other; what is wrong with the days is said above the form too,
    since Wagtail says it in a dialog that is closed.
    """

    def clean(self):
        data = super().clean()  # type: ignore[misc]
        if self.is_deferred_validation and self._has_expired_as_before(data.get("expire_at")):  # type: ignore[attr-defined]
            # nothing to check: the day stays as it is, and publishing asks for another
            del data["expire_at"]
        if not self.is_deferred_validation:  # type: ignore[attr-defined]
            for said in (said for check in _CHECKS for said in check(self, data)):
                self.add_error(None, said)
        return data

    def defer_required_fields(self):
        """A number may be cleared in a draft like any other field; Wagtail asks for it, since its column does."""
        if self.is_deferred_validation:  # type: ignore[attr-defined]
            return
        super().defer_required_fields()  # type: ignore[misc]
        for name in numbers_of(self._meta.model):  # type: ignore[attr-defined]
            if name in self.fields and self.fields[name].required:  # type: ignore[attr-defined]
                self.fields[name].required = False  # type: ignore[attr-defined]
                self.deferred_required_fields.append(name)  # type: ignore[attr-defined]

    def _has_expired_as_before(self, day) -> bool:
        """The form shows minutes, the database holds more."""
        before = self.instance.expire_at  # type: ignore[attr-defined]
        minute = {"second": 0, "microsecond": 0}
        return day is not None and before is not None and day.replace(**minute) == before.replace(**minute)

    def add_error(self, field, error) -> None:
        super().add_error(field, error)  # type: ignore[misc]
        if field in SCHEDULE:
            said = {"label": self.fields[field].label, "error": " ".join(ValidationError(error).messages)}  # type: ignore[attr-defined]
            super().add_error(None, _("%(label)s: %(error)s Sửa hoặc xóa trong phần lên trang và hết hạn.") % said)  # type: ignore[misc]


class PageForm(ScheduleMixin, WagtailAdminPageForm):
    pass
