"""The editor of a quiz: Wagtail reads the question, the lesson and the lesson's parent anew for each row."""

from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


def with_parents(pages: QuerySet) -> QuerySet:
    """The pages, each with its parent where treebeard looks for it; two queries."""
    parents = {page.path: page for page in Page.objects.filter(path__in=[page.path[: -Page.steplen] for page in pages])}
    for page in pages:
        page._cached_parent_obj = parents[page.path[: -Page.steplen]]
    return pages


def tell(chooser, known: dict) -> None:
    """The chooser shows what is in `known` (primary key: object) without asking for it."""
    ask = chooser.get_instance
    chooser.get_instance = lambda value: known[value] if value in known else ask(value)


class QuizForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.formsets["questions"].forms
        for name, ready in (("question", list), ("lesson", with_parents)):
            chosen_ids = {form.initial.get(name) for form in rows} - {None}
            if chosen_ids:
                objects = ready(rows[0].fields[name].queryset.filter(pk__in=chosen_ids))
                for form in rows:
                    tell(form.fields[name].widget, {one.pk: one for one in objects})
