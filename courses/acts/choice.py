"""The people whom somebody chose from a list to act on: kept for a day, so that a preview and its act mean the same."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from people.persons.user import User, UserQuerySet
from people.rights.scope import visible_to

KEPT = timedelta(days=1)
# of one choice; a longer list is narrowed first
MOST = 20_000


class Choice(models.Model):
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    # ids; who was erased or merged since is no longer found
    people = models.JSONField(default=list)
    # the path of the list, with its filters, to go back to
    source = models.CharField(max_length=2000, blank=True)


def choose(user, people: Collection[int], source: str, now: datetime) -> Choice:
    return Choice.objects.create(by=user, made_at=now, people=sorted(set(people)), source=source[:2000])


def choice_of(user, pk: int, now: datetime) -> Choice | None:
    """One's own choice of the last day; nobody opens another's."""
    return Choice.objects.filter(pk=pk, by=user, made_at__gt=now - KEPT).first()


def chosen_people(choice: Choice) -> UserQuerySet:
    """By name; those whom its maker may see now."""
    return User.objects.filter(visible_to(choice.by, User), pk__in=choice.people).by_name()


def forget_old(now: datetime) -> None:
    Choice.objects.filter(made_at__lte=now - KEPT).delete()
