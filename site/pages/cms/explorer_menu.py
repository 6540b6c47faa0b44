"""The pages of the explorer's menu, for which Wagtail asks six times for each of the twenty rows."""

from django.db.models import Count, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.admin.api.serializers import AdminPageSerializer, PageChildrenField, get_model_listing_url
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.serializers import PageParentField
from wagtail.models import Page
from wagtail.query import PageQuerySet


class Parent(PageParentField):
    """Each parent is read once; None where the person may not see it."""

    def get_attribute(self, page):
        known = self.context.setdefault("parents", {})
        path = page.path[: -Page.steplen]
        if path not in known:
            known[path] = super().get_attribute(page)
        return known[path]


class Children(PageChildrenField):
    def to_representation(self, page):
        if not hasattr(page, "_seen_below"):
            return super().to_representation(page)
        address = get_model_listing_url(self.context, Page)
        return {"count": page._seen_below, "listing_url": f"{address}?child_of={page.pk}"}


class RowSerializer(AdminPageSerializer):
    parent = Parent(read_only=True)
    children = Children(read_only=True)


def seen_below(pages, seen: QuerySet) -> dict[str, int]:
    """{path of one of `pages`: how many of its children are among `seen`}; one query."""
    above = Substr("path", 1, Length("path") - Page.steplen)
    rows = seen.annotate(above=above).filter(above__in=[page.path for page in pages]).order_by()
    return dict(rows.values("above").annotate(n=Count("pk")).values_list("above", "n"))


class PagesOfTheMenu(PagesAdminAPIViewSet):
    base_serializer_class = RowSerializer

    def paginate_queryset(self, queryset):
        """With what the language, the state and the number of children of each row ask for."""
        if isinstance(queryset, PageQuerySet):  # else what a search found
            queryset = queryset.prefetch_related("locale").prefetch_workflow_states().annotate_approved_schedule()
        pages = list(super().paginate_queryset(queryset))
        counts = seen_below(pages, self.get_base_queryset())
        for page in pages:
            page._seen_below = counts.get(page.path, 0)
        return pages
