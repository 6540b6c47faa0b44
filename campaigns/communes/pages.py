"""The base of all pages of a commune: their space, permissions and phone preview."""

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.models.preview import PreviewableMixin

from campaigns.communes.wording import CommunePageForm, keep_why, refuse_numbers
from pages.base import BasePermissionTester, PublicPage

PHONE = {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("Xem như trên điện thoại")}


def spaces_above(paths):
    """The spaces at or above the pages at these tree paths; one query, {path of the space: space}."""
    step = Page.steplen
    starts = {path[:length] for path in paths for length in range(step, len(path) + 1, step)}
    # the class of the space inherits from this module, so it cannot be imported here
    spaces = apps.get_model("campaigns", "CommuneSpacePage").objects.filter(path__in=starts).select_related("unit")
    return {space.path: space for space in spaces}


def space_of(path: str, spaces: dict):
    """The one of `spaces` that is at or above `path`, or None."""
    return next((space for at, space in spaces.items() if path.startswith(at)), None)


class CommunePermissionTester(BasePermissionTester):
    """Lets an editor without the right to publish unpublish her own pages: that harms nobody and must not wait for a
    reviewer. What waits for one goes live by no other door. The space itself follows the unit.
    """

    def can_publish(self):
        return super().can_publish() and not (self.page.workflow_in_progress and self.page_locked())

    def _owns(self) -> bool:
        return self.user.is_active and not self.user.is_superuser and "change" in self.permissions

    def can_unpublish(self):
        return super().can_unpublish() or (self._owns() and self.page.live and not self.page_locked())

    def can_unschedule(self):
        return super().can_unschedule() or self._owns()


class SpacePermissionTester(BasePermissionTester):
    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or "publish" in self.permissions)


class CommunePage(PublicPage):
    """A page of a commune, at or below its space."""

    base_form_class = CommunePageForm

    def save(self, *args, **kwargs):
        if self.live:
            refuse_numbers(self)
        return super().save(*args, **kwargs)

    @transaction.atomic
    def save_revision(self, *args, **kwargs):
        revision = super().save_revision(*args, **kwargs)
        keep_why(self)
        return revision

    @property
    def preview_sizes(self):
        others = [size for size in PreviewableMixin.DEFAULT_PREVIEW_SIZES if size["name"] != "mobile"]
        return [PHONE, *others]

    def permissions_for_user(self, user):
        return CommunePermissionTester(user, self)

    def space(self):
        """The space that contains this page; cached on the page object."""
        if not hasattr(self, "_space"):
            path = self.path or self.get_parent().path
            self._space = space_of(path, spaces_above([path]))
        return self._space

    class Meta:
        abstract = True


def within(spaces, prefix: str = "") -> Q:
    """Pages at or below any of these spaces; `prefix` is a lookup path that ends in `__`."""
    wanted = Q(pk__in=[])
    for space in spaces:
        wanted |= Q(**{f"{prefix}path__startswith": space.path})
    return wanted
