"""Roles: the only thing that an administrator assigns. A role reaches its unit and all below it."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.persons.merges import Merge
from people.units.unit import Unit

# one person in more groups than this makes Wagtail's explorer too slow to use (94 groups break it)
MOST_ROLES = 10
# sent with `role` and `by` (None: the server) after a role was given or ended; rights and the audit log follow it
role_changed = Signal()
# sent with `user`, `unit` and `by` before somebody (never the server) gives a role; whoever may not raises NotHers
role_wanted = Signal()


class RoleKind(models.TextChoices):
    LEARNER = "learner", _("Học viên")
    TRAINER = "trainer", _("Người phụ trách tập huấn")
    UNIT_HEAD = "unit_head", _("Thủ trưởng đơn vị")
    COMMUNE_EDITOR = "commune_editor", _("Biên tập viên xã")
    TRANSLATOR = "translator", _("Người dịch")
    TEACHER = "teacher", _("Giáo viên")
    SCHOOL_MANAGER = "school_manager", _("Quản lý trường")
    OBSERVER = "observer", _("Người giám sát")
    PROVINCE_MANAGER = "province_manager", _("Quản lý cấp tỉnh")
    ADMINISTRATOR = "administrator", _("Quản trị viên")


# kinds that may see the figures of their reach; PEOPLE_KINDS may also see the people behind them
FIGURE_KINDS = {
    RoleKind.TRAINER,
    RoleKind.UNIT_HEAD,
    RoleKind.OBSERVER,
    RoleKind.PROVINCE_MANAGER,
    RoleKind.ADMINISTRATOR,
}
PEOPLE_KINDS = FIGURE_KINDS - {RoleKind.OBSERVER}

# kinds with access to other people's data: short sessions and a second step. A teacher sees no people.
STAFF_KINDS = set(RoleKind) - {RoleKind.LEARNER, RoleKind.TEACHER}


class RoleQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at=None)


class Role(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    kind = models.CharField(_("vai trò"), max_length=20, choices=RoleKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name=_("đơn vị"))
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    # NULL: a current role
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò")
        verbose_name_plural = _("vai trò")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "unit"], condition=Q(ended_at=None), name="role_held_once")
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}, {self.unit}"


def role_kinds(user) -> set[str]:
    """The kinds of the user's current roles; one query for each request, cached on the user."""
    if not hasattr(user, "_role_kinds"):
        user._role_kinds = set(user.roles.current().values_list("kind", flat=True))
    return user._role_kinds


class TooManyRoles(ValueError):
    """The person holds the most roles allowed; str() is one Vietnamese sentence that says what to do instead."""

    def __str__(self):
        return gettext("Một người giữ nhiều nhất %(most)d vai trò; hãy giao ở đơn vị cấp trên.") % {"most": MOST_ROLES}


class NotHers(ValueError):
    """`by` may not give this person a role there; str() is one Vietnamese sentence that says what to do instead."""

    def __str__(self):
        return gettext("Người này công tác ngoài phạm vi quản trị của anh chị; hãy ghi lý do để đề nghị cấp tỉnh.")


class MergedAway(ValueError):
    """The record was merged into another; str() is one Vietnamese sentence that says what to do instead."""

    def __str__(self):
        return gettext("Hồ sơ này đã gộp vào hồ sơ khác; hãy ghi mã của hồ sơ được giữ lại.")


@transaction.atomic
def give(user, kind: str, unit: Unit, by=None) -> Role:
    """Gives the role, or returns the current one. Raises TooManyRoles, MergedAway, and NotHers where `by` is somebody
    (None: the server) who may not (`people.rights.giving`).

    The user's row is locked, so that two administrators who give roles at the same moment are counted in turn.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    if by is not None:
        role_wanted.send(sender=Role, user=user, unit=unit, by=by)
    if Merge.objects.current().into([user.pk]):
        raise MergedAway
    roles = Role.objects.current().filter(user=user)
    if roles.count() >= MOST_ROLES and not roles.filter(kind=kind, unit=unit).exists():
        raise TooManyRoles
    role, created = Role.objects.get_or_create(user=user, kind=kind, unit=unit, ended_at=None)
    if created:
        role_changed.send(sender=Role, role=role, by=by)
    return role


@transaction.atomic
def end(role: Role, at=None, by=None) -> None:
    """Ends the role; one that has already ended stays unchanged."""
    if Role.objects.current().filter(pk=role.pk).update(ended_at=at or timezone.now()):
        role.refresh_from_db()
        role_changed.send(sender=Role, role=role, by=by)
