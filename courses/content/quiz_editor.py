"""The edit form of a quiz, without the queries that Wagtail makes for the choosers of each row."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.cms.forms import PageForm


def with_parents(pages: QuerySet) -> QuerySet:
    """The pages with their parents in treebeard's cache; two queries."""
    parents = {page.path: page for page in Page.objects.filter(path__in=[page.path[: -Page.steplen] for page in pages])}
    for page in pages:
        page._cached_parent_obj = parents[page.path[: -Page.steplen]]
    return pages


def prefill(chooser, known: dict) -> None:
    """Lets the chooser take objects from `known` ({primary key: object}) without a query."""
    ask = chooser.get_instance
    chooser.get_instance = lambda value: known[value] if value in known else ask(value)


class QuizForm(PageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.formsets["questions"].forms
        for name, ready in (("question", list), ("lesson", with_parents)):
            chosen_ids = {form.initial.get(name) for form in rows} - {None}
            if chosen_ids:
                objects = ready(rows[0].fields[name].queryset.filter(pk__in=chosen_ids))
                for form in rows:
                    prefill(form.fields[name].widget, {one.pk: one for one in objects})

    def clean(self):
        data = super().clean()
        rows = self.formsets["questions"].forms
        kept = [form for form in rows if not form.data.get(form.add_prefix("DELETE"))]
        # a draft may still be empty
        if not self.is_deferred_validation and not data.get("draw_from") and not kept:
            self.add_error("draw_from", _("Thêm ít nhất một câu hỏi, hoặc ghi nhóm để rút câu từ ngân hàng."))
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Giờ đóng phải sau giờ mở."))
        return data
