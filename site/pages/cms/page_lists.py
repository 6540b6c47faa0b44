"""Lists under /cms/ whose rows know beforehand what wagtail-localize asks for one row after the other.

Its buttons ask, for each row, whether a language still lacks the page and whether translations follow it: a hundred
queries for the fifty rows of a province's manager. Here both come with the rows, and the same buttons are drawn.
"""

from collections.abc import Iterator
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.filters import MultipleUserFilter, UserModelMultipleChoiceField
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView, PageListingMixin
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import TranslationSource

# rows of the explorer: Wagtail's fifty, each with two menus and their icons, cost a third of a second and 310 KB
ROWS = 20
# rows that may be dragged into another order: Wagtail shows all of them at once, since it counts places from the first
MOST_ORDERED = 50
RIGHT = "wagtail_localize.submit_translation"
# wagtail-localize's own words, which its catalogues translate
TRANSLATE_PAGE, SYNC_PAGES = "Translate this page", "Sync translated pages"
TRANSLATE, SYNC = "Translate", "Sync translated snippets"
TRANSLATE_ONE, SYNC_ONE = "Translate '%(title)s'", "Sync translations of '%(title)s'"


def with_translations(rows: QuerySet) -> QuerySet:
    """Rows of a translatable model that know `_lacks_language` and `_source_pk` (None: nothing follows them)."""
    same = rows.model._default_manager.filter(translation_key=OuterRef(OuterRef("translation_key")))
    if issubclass(rows.model, Page):
        same = same.filter(alias_of=None)
    followed = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), locale=OuterRef("locale"), translations__enabled=True
    )
    return rows.annotate(
        _lacks_language=Exists(Locale.objects.exclude(pk__in=same.values("locale"))),
        _source_pk=Subquery(followed.values("pk")[:1]),
    )


def _sync_address(source: int, next_url: str | None) -> str:
    address = reverse("wagtail_localize:update_translations", args=[source])
    return address if next_url is None else f"{address}?{urlencode({'next': next_url})}"


def page_buttons(page: Any, user, view_name=None, next_url=None) -> Iterator[Button]:
    if not hasattr(page, "_lacks_language"):
        yield from localize.page_listing_more_buttons(page, user, view_name, next_url)
    elif not page.is_root() and user.has_perm(RIGHT):
        if page._lacks_language:
            address = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk])
            icon = "wagtail-localize-language"
            yield Button(gettext(TRANSLATE_PAGE), address, priority=60, icon_name=icon)
        if page._source_pk is not None:
            address = _sync_address(page._source_pk, next_url)
            yield Button(gettext(SYNC_PAGES), address, priority=60, icon_name="resubmit")


def snippet_buttons(snippet: Any, user, next_url=None) -> Iterator[Button]:
    if not hasattr(snippet, "_lacks_language"):
        yield from localize.register_snippet_listing_buttons(snippet, user, next_url)
    elif user.has_perm(RIGHT):
        title = {"title": str(snippet)}
        if snippet._lacks_language:
            yield Button(
                gettext(TRANSLATE),
                reverse("wagtail_localize:submit_snippet_translation", args=_name_of(snippet)),
                attrs={"aria-label": gettext(TRANSLATE_ONE) % title},
                icon_name="wagtail-localize-language",
                priority=100,
            )
        if snippet._source_pk is not None:
            label = {"aria-label": gettext(SYNC_ONE) % title}
            address = _sync_address(snippet._source_pk, next_url)
            yield Button(gettext(SYNC), address, attrs=label, icon_name="resubmit", priority=106)


def _name_of(snippet: Model) -> list[str]:
    return [snippet._meta.app_label, snippet._meta.model_name or "", quote(snippet.pk)]


def _may_be_dragged(view: ExplorableIndexView) -> bool:
    """Else the list stands in the same order, page by page and without handles."""
    return view.ordering == view.sort_order_field and view.parent_page.numchild <= MOST_ORDERED


class PeopleByName(UserModelMultipleChoiceField):
    """Of a filter; Wagtail's stand by their codes, or in no order."""

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset.by_name(), **kwargs)


def _by_name(filter_) -> None:
    people = filter_.queryset
    filter_.queryset = lambda request: people(request).by_name()


def connect() -> None:
    """Wagtail has no way to take a hook back, and no place where all its lists of pages are annotated but this one."""
    ours = {
        "register_page_listing_more_buttons": (localize.page_listing_more_buttons, page_buttons),
        "register_snippet_listing_buttons": (localize.register_snippet_listing_buttons, snippet_buttons),
    }
    for name, (theirs, mine) in ours.items():
        hooks._hooks[name] = [(mine if known is theirs else known, order) for known, order in hooks._hooks[name]]
    MultipleUserFilter.field_class = PeopleByName
    _by_name(LockedPagesReportFilterSet.base_filters["locked_by"])
    _by_name(WorkflowReportFilterSet.base_filters["requested_by"])
    IndexView.paginate_by = ROWS
    ExplorableIndexView.show_ordering_column = property(_may_be_dragged)
    annotate = PageListingMixin.annotate_queryset

    @wraps(annotate)
    def annotate_queryset(self, pages):
        return with_translations(annotate(self, pages))

    PageListingMixin.annotate_queryset = annotate_queryset
