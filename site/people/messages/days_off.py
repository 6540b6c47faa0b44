"""The days off on which nobody is told what can wait: the province's own list, which a package proposes."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.typed_times import day_in_full


class DayOff(models.Model):
    day = models.DateField(_("ngày"), unique=True)
    name = models.CharField(_("tên ngày nghỉ"), max_length=80)

    class Meta:
        verbose_name = _("ngày nghỉ")
        verbose_name_plural = _("ngày nghỉ")
        ordering = ["day"]

    def __str__(self):
        return self.name

    @property
    def in_full(self) -> str:
        return day_in_full(self.day)


@dataclass(frozen=True)
class Proposed:
    day: date
    name: str

    @property
    def in_full(self) -> str:
        return day_in_full(self.day)


def days_off(since: date) -> set[date]:
    """Those that still matter from `since` on; one query."""
    return set(DayOff.objects.filter(day__gte=since).values_list("day", flat=True))


def proposed(year: int) -> list[Proposed]:
    """The public holidays of that year (Bộ luật Lao động 2019, Điều 112, with the days of Tết by the moon), without
    those that are in the list already. Which further days are taken off, and which Saturdays are worked, is the
    government's to say each year.
    """
    # its table of all countries is read only where somebody asks for a proposal
    import holidays

    known = set(DayOff.objects.filter(day__year=year).values_list("day", flat=True))
    found = holidays.country_holidays("VN", years=year, language="vi")
    return [Proposed(day, name) for day, name in sorted(found.items()) if day not in known]
