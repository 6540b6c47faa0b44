"""The roster as a file that the import reads: every column that it takes, and nothing changes when it comes back."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.reports.roster.jobs import HEADINGS
from people.postings.posting import Posting
from people.times import today
from tabular.writing import Table


def roster_table(within: set[int] | None) -> Table:
    """The postings of today and later, by name, in these units; None means all."""
    postings = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today()))
    if within is not None:
        postings = postings.filter(unit__in=within)
    return Table(_("Danh sách"), [str(heading) for heading in HEADINGS.values()], _rows(postings))


def _rows(postings) -> Iterator[tuple]:
    order = ("person__name_order", "person__staff_code", "start", "pk")
    for posting in postings.select_related("person", "unit").prefetch_related("duties").order_by(*order):
        person = posting.person
        yield (
            person.staff_code,
            person.full_name,
            person.email or "",
            person.phone or "",
            posting.unit.code,
            posting.position,
            "|".join(sorted(duty.key for duty in posting.duties.all())),
            posting.start,
            posting.end,
        )
