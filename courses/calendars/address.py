"""The secret address of a calendar: of a person's own days, or of the unit on which a role rests.

Whoever knows the address reads the calendar without signing in, so only a hash of its secret is kept: a stolen backup
opens none. It is shown once, when it is made; who lost it makes another one, which ends the one before. A withdrawn
address is a row that is no more, like one that never was; that it was made and withdrawn stays in the log.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_save

from people.log.audit import Act, record
from people.persons.user import User
from people.rights.roles import Role, role_changed
from people.rights.scope import ROSTER_KINDS

# 192 bits
SECRET_BYTES = 24


class CalendarAddress(models.Model):
    # whose own days; NULL: those of a role's unit
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="calendar_address"
    )
    role = models.OneToOneField(Role, models.CASCADE, null=True, blank=True, related_name="calendar_address")
    # SHA-256 of the secret, which is random enough to need no salt
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, role=None) | Q(person=None, role__isnull=False),
                name="calendar_of_a_person_or_of_a_role",
            ),
        ]


def unit_roles(user) -> models.QuerySet[Role]:
    """The current roles of the user that answer for a unit and so may have its calendar."""
    return Role.objects.current().filter(user=user.pk, kind__in=ROSTER_KINDS).select_related("unit").order_by("pk")


@transaction.atomic
def make(user: User, role: Role | None, now: datetime) -> str:
    """The secret of a new address of the user's own days, or of her role's unit; the one before ends."""
    # two at the same moment are made one after the other
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarAddress.objects.update_or_create(
        person=None if role else user, role=role, defaults={"secret_hash": _hash(secret), "made_at": now}
    )
    record(Act.MADE_CALENDAR, user, person=user, unit=role.unit_id if role else None, at=now)
    return secret


@transaction.atomic
def withdraw(user: User, role: Role | None, now: datetime) -> bool:
    """False where there was none."""
    count, _rows = CalendarAddress.objects.filter(person=None if role else user, role=role).delete()
    if count:
        record(Act.WITHDREW_CALENDAR, user, person=user, unit=role.unit_id if role else None, at=now)
    return bool(count)


def opened_by(secret: str) -> CalendarAddress | None:
    """None for what never was, was withdrawn, or ended with role or account; always one query."""
    held = Q(role__ended_at=None, role__kind__in=ROSTER_KINDS, role__user__is_active=True)
    rows = CalendarAddress.objects.filter(Q(person__is_active=True) | held, secret_hash=_hash(secret))
    return rows.select_related("person", "role__unit").first()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


# --- ends with the role and with the account


def connect() -> None:
    role_changed.connect(_end_with_role, dispatch_uid="courses.calendars.roles")
    post_save.connect(_end_with_account, sender=User, dispatch_uid="courses.calendars.accounts")


def _end_with_role(sender, role: Role, **kwargs) -> None:
    if role.ended_at:
        CalendarAddress.objects.filter(role=role).delete()


def _end_with_account(sender, instance: User, **kwargs) -> None:
    """An account that was merged away, erased or closed; opened again, its owner makes new addresses."""
    if not instance.is_active:
        CalendarAddress.objects.filter(Q(person=instance) | Q(role__user=instance)).delete()
