"""Makes a report in the background; whoever asked sees how far it is, and may leave the page."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.annual.freezing import ImportOpen, Wanted, freeze
from courses.annual.paper.files import CannotBeMade
from courses.annual.periods import Kind, Period
from courses.reports.query.works import lists_works
from outbox.effects import Effect, Job, Refused, TryLater, effect, enqueue
from people.postings.coverage import CoverageError
from people.rights.reader import Reader
from people.units.unit import Unit

ANNUAL = "annual_report"
lists_works(ANNUAL, counted=gettext_lazy("bước"), page="reports:annual_work")
WAIT_MINUTES = 1


def ask(wanted: Wanted) -> Effect:
    """Enqueues it; a second request for the same report and version within a minute returns the same effect."""
    about = wanted.period
    payload: dict[str, Any] = {
        "unit": wanted.unit.pk,
        "year": about.year,
        "kind": str(about.kind),
        "first": about.first.isoformat(),
        "as_of": about.as_of.isoformat(),
        "reason": wanted.reason,
        "after": wanted.after,
        "name": f"{wanted.unit.name}, {about.year}",
    }
    key = f"{ANNUAL}:{wanted.by.pk}:{wanted.unit.pk}:{about.series}:{wanted.after or 0}"
    return enqueue(ANNUAL, payload, key=f"{key}:{timezone.now():%Y%m%d%H%M}", requested_by=wanted.by)


@effect(ANNUAL, label=gettext_lazy("Lập báo cáo"))
def make(job: Job) -> dict:
    """Checks what the requester may see when it runs, not when it was requested."""
    payload = job.payload
    unit = Unit.objects.filter(pk=payload["unit"]).first()
    if unit is None or job.requested_by is None or not Reader(job.requested_by).may_see_people(unit.pk):
        raise Refused(_("Vai trò của anh chị không còn lập được báo cáo của đơn vị này."))
    days = date.fromisoformat(payload["first"]), date.fromisoformat(payload["as_of"])
    about = Period(payload["year"], Kind(payload["kind"]), *days)
    wanted = Wanted(unit, about, job.requested_by, payload["reason"], payload["after"])
    try:
        report = freeze(wanted, timezone.now(), job.progress)
    except ImportOpen as waiting:
        raise TryLater(WAIT_MINUTES, str(waiting)) from None
    except (CannotBeMade, CoverageError) as error:
        raise Refused(str(error)) from None
    return {"report": report.pk}
