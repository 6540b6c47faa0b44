"""What the forms of Wagtail's editor have in common: when a page goes up and comes down."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from pages.cms.drafts import numbers_of
from pages.cms.parts import WholeRows
from pages.editors import comments

SCHEDULE = {"go_live_at", "expire_at"}
# of a form and its data: sentences that say why it cannot be published
_CHECKS: list[Callable[[Any, dict], Iterable[str]]] = []


def check_before_publishing(check: Callable[[Any, dict], Iterable[str]]) -> None:
    """Of every form of a page or a question; drafts are not asked."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def _ask_later(form, names: Iterable[str]) -> None:
    for name in names:
        if name in form.fields and form.fields[name].required:
            form.fields[name].required = False
            form.deferred_required_fields.append(name)
        if name in form.deferred_required_fields and hasattr(form.fields[name], "empty_value"):
            # nothing, which is no number, and of which two rows may have the same
            form.fields[name].empty_value = None


def _keep_as_added(row) -> None:
    """One that is in no table yet counts as changed, though it has what was proposed; else it would be dropped."""
    if row.instance.pk is None and "ORDER" in row.fields:
        row.fields["ORDER"].initial = None


class ScheduleMixin(WholeRows):
    """A draft of what has expired is saved like any other; what is wrong with the days is said above the form too,
    since Wagtail says it in a dialog that is closed.
    """

    def clean(self):
        data = super().clean()
        for name in SCHEDULE & data.keys():
            # without scripts the dialog is not there; a new page has none either way
            if self.add_prefix(name) not in self.data:  # type: ignore[attr-defined]
                data[name] = getattr(self.instance, name)  # type: ignore[attr-defined]
        if self.is_deferred_validation and self._has_expired_as_before(data.get("expire_at")):  # type: ignore[attr-defined]
            # nothing to check: the day stays as it is, and publishing asks for another
            del data["expire_at"]
        if not self.is_deferred_validation:  # type: ignore[attr-defined]
            for said in (said for check in _CHECKS for said in check(self, data)):
                self.add_error(None, said)
        return data

    def defer_required_fields(self):
        """A number may be cleared in a draft like any other field, and a row within a page may lack what it likes;
        Wagtail asks for them, since their columns do.
        """
        if self.is_deferred_validation:  # type: ignore[attr-defined]
            return
        super().defer_required_fields()  # type: ignore[misc]
        _ask_later(self, numbers_of(self._meta.model))  # type: ignore[attr-defined]
        for formset in self.formsets.values():  # type: ignore[attr-defined]
            for row in formset.forms:
                _ask_later(row, list(row.fields))
                _keep_as_added(row)

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
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "slug" in self.fields:
            # made of the title, by script or else as the page is stored
            self.fields["slug"].required = False

    def clean(self):
        data = super().clean()
        # of a draft too, since a comment is stored and mailed with it
        for said in comments.refusals_of(self):
            self.add_error(None, said)
        return data
