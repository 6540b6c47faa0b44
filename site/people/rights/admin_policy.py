"""The permission policy of screens under /cms/ about people and roles: by role kind, never by a Wagtail group."""

from collections.abc import Collection, Set

from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from wagtail.permission_policies.base import BasePermissionPolicy

from people.rights.roles import RoleKind, role_kinds
from people.rights.scope import kinds_at_the_top

ADMINISTRATORS = frozenset({RoleKind.ADMINISTRATOR})
MANAGERS = frozenset({RoleKind.ADMINISTRATOR, RoleKind.PROVINCE_MANAGER})


class KindPolicy(BasePermissionPolicy):
    """Holders of these role kinds may do these actions ("view", "add", "change", "delete"); nobody may do others. With
    `province_wide`, for objects that concern every unit, only roles on the province count.
    """

    def __init__(self, model: type[Model], kinds: Set[str], actions: Collection[str], *, province_wide: bool = False):
        super().__init__(model)
        self.kinds, self.actions = kinds, actions
        self.kinds_of = kinds_at_the_top if province_wide else role_kinds

    def user_has_permission(self, user, action):
        if action not in self.actions or not user.is_active:
            return False
        # Wagtail calls this several times for each row of a list
        return user.is_superuser or bool(self.kinds_of(user) & self.kinds)

    def users_with_any_permission(self, actions):
        users = get_user_model().objects.filter(is_active=True)
        if not set(actions) & set(self.actions):
            return users.none()
        return users.filter(Q(is_superuser=True) | Q(roles__kind__in=self.kinds, roles__ended_at=None)).distinct()
