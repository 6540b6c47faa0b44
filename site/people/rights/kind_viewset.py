"""Screens under /cms/ whose rights follow from role kinds and from reach, never from a Wagtail group."""

from collections.abc import Callable, Collection, Set

from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet

from people.rights.admin_policy import KindPolicy


class WithinReach:
    """A view of one object: what the viewer does not reach has no screen."""

    # given by the viewset; None: whoever may use the screens reaches everything on them
    reaches: Callable[..., bool] | None = None

    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if self.reaches is not None and not self.reaches(self.request.user, found):  # type: ignore[attr-defined]
            raise Http404
        return found


class EditView(WithinReach, generic.EditView):
    pass


class DeleteView(WithinReach, generic.DeleteView):
    pass


class HistoryView(WithinReach, history.HistoryView):
    pass


class UsageView(WithinReach, usage.UsageView):
    pass


class ListByName(generic.IndexView):
    """Sorted by its column of names, a list stands in Vietnamese order (`name_order`)."""

    name_column = "name"

    def order_queryset(self, queryset):
        if self.ordering not in (self.name_column, f"-{self.name_column}"):
            return super().order_queryset(queryset)
        return queryset.order_by(self.ordering.replace(self.name_column, "name_order"), "pk")


class KindViewSet(ModelViewSet):
    """A subclass names its `kinds` of roles, the `actions` that they may do, the form, and what a person reaches.

    A view class of its own that shows one object builds on those above.
    """

    kinds: Set[str]
    # of "view", "add", "change" and "delete"; nobody may do others
    actions: Collection[str]
    # for what concerns every unit alike: then a role on a unit below the province is none
    province_wide = False
    form_class: type[ModelForm]
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView
    copy_view_enabled = False
    add_to_reference_index = False

    def reaches(self, user, found: Model) -> bool:
        """Whether `found` has a screen for the user."""
        return True

    @property
    def permission_policy(self):
        return KindPolicy(self.model, self.kinds, self.actions, province_wide=self.province_wide)

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"reaches": self.reaches, **kwargs})

    def get_form_class(self, for_update=False):
        return self.form_class

    def get_permissions_to_register(self):
        # rights follow from roles, so no group is offered any
        return super().get_permissions_to_register().none()
