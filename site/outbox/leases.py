"""Named leases in the database: which processes are alive, and which one may do what only one may do."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q


class LeaseQuerySet(models.QuerySet):
    def alive(self, prefix: str, now: datetime):
        return self.filter(name__startswith=prefix, until__gte=now)

    def hold(self, name: str, holder: str, now: datetime, span: timedelta) -> bool:
        """Takes or prolongs `name` for `holder` until now + span; False while somebody else holds it."""
        free = self.filter(name=name).filter(Q(holder=holder) | Q(until__lt=now))
        if free.update(holder=holder, until=now + span):
            return True
        self.bulk_create([self.model(name=name, holder=holder, until=now + span)], ignore_conflicts=True)
        return self.filter(name=name, holder=holder, until__gte=now).exists()

    def let_go(self, name: str, holder: str) -> None:
        self.filter(name=name, holder=holder).delete()


class Lease(models.Model):
    name = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    def __str__(self):
        return self.name
