"""Whether everybody may read the month ends of a requirement: a fact with two times, by whom it was begun and ended."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from courses.requirements.requirement import Requirement
from pages.serving.version import raise_version
from people.times import Record


class PublicFigures(Record):
    """Believed: they are public. Superseded: they were, until then."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="public_figures")
    # NULL: the server
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement"], condition=Q(superseded_at=None), name="public_figures_once"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=False) | Q(ended_by=None), name="public_figures_ended_by_somebody"
            ),
        ]


def show(requirement: Requirement, by, now: datetime) -> bool:
    """False where they are shown already."""
    try:
        with transaction.atomic():
            PublicFigures.objects.create(requirement=requirement, by=by, recorded_at=now)
            raise_version()
    except IntegrityError:
        return False
    return True


@transaction.atomic
def hide(requirement: Requirement, by, now: datetime) -> bool:
    """At once, for everybody; False where they are not shown."""
    shown = PublicFigures.objects.filter(requirement=requirement, superseded_at=None)
    raise_version()
    return bool(shown.update(superseded_at=now, ended_by=by))
