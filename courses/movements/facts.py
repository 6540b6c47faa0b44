"""The posting or the relief behind a cause, and who recorded it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.movements.ends import End
from courses.requirements.relief import ReliefKind, leaving_out
from courses.requirements.requirement import Excuse
from people.changes.change import ChangedRow
from people.persons.merges import merged_as_known
from people.postings.coverage import written
from people.postings.posting import POSTING, Posting
from people.statements.plain_rows import among
from people.times import covering

EXCUSE = "excuse"


@dataclass(frozen=True)
class Fact:
    words: str
    by: str
    at: datetime


def writers(kind: str, people: Collection[int], keys: Iterable[int]) -> dict[int, str]:
    """{primary key of a record: who wrote it, and by what act}; one query. What no journal tells of is missing."""
    keys = list(keys)
    if not keys:
        return {}
    rows = ChangedRow.objects.filter(kind=kind, person__in=among(people), new__in=among(keys))
    return _named(rows)


def _named(rows) -> dict[int, str]:
    rows = rows.select_related("change", "change__by").order_by("pk")
    return {row.new: named(row.change.by, str(row.change.label)) for row in rows}


def written_in(change_kind: str, kind: str, keys: Iterable[int]) -> dict[int, str]:
    """The same of records about nobody, by the kind of the change."""
    keys = list(keys)
    return _named(ChangedRow.objects.filter(change__kind=change_kind, kind=kind, new__in=among(keys))) if keys else {}


def named(by, how: str) -> str:
    return f"{by.full_name} ({how})" if by else _("máy chủ (%(how)s)") % {"how": how}


def unknown() -> str:
    return _("ghi từ trước khi có nhật ký")


def posting_facts(end: End, people: Collection[int], *, begun: bool) -> dict[int, Fact]:
    """By person the posting by which she counts at the end's day: the one that `begun` earliest, or ends last."""
    if not people or end.rule is None:
        return {}
    held = Posting.objects.known_on(end.asked.known_on).filter(
        covering(end.day), end.within, person__in=among(people), duties=end.rule.duty_id
    )
    rows = {row.person_id: row for row in held.select_related("unit").order_by("-start" if begun else "end", "pk")}
    by = writers(POSTING, people, (row.pk for row in rows.values()))
    return {
        person: Fact(_posted(row, begun), by.get(row.pk, unknown()), row.recorded_at) for person, row in rows.items()
    }


def _posted(row: Posting, begun: bool) -> str:
    where = ", ".join(filter(None, [row.position, row.unit.name]))
    if begun or row.end is None:
        return _("%(where)s, từ ngày %(day)s") % {"where": where, "day": written(row.start)}
    return _("%(where)s, đến hết ngày %(day)s") % {"where": where, "day": written(row.end)}


def relief_facts(end: End, people: Collection[int]) -> dict[int, Fact]:
    """By person what leaves her out on the end's day: granted on screen, else brought by a file. No reason: it may tell
    of an illness.
    """
    if not people:
        return {}
    known = end.asked.known_on
    into = merged_as_known(known)
    records = [*people, *(gone for gone, stays in into.items() if stays in {*people})]
    there = Q(covering(end.day), requirement=end.asked.requirement, person__in=among(records))
    filed = list(Excuse.objects.known_on(known).filter(there).order_by("pk"))
    by = writers(EXCUSE, records, (row.pk for row in filed))
    found = {
        into.get(row.person_id, row.person_id): Fact(_days(_("Miễn"), row), by.get(row.pk, unknown()), row.recorded_at)
        for row in filed
    }
    for row in leaving_out(known).filter(there).select_related("asked_by", "granted_by").order_by("pk"):
        who = _("%(granted)s đồng ý, %(asked)s đề nghị") % {
            "granted": row.granted_by.full_name,
            "asked": row.asked_by.full_name,
        }
        kind = str(ReliefKind(row.kind).label)
        found[into.get(row.person_id, row.person_id)] = Fact(_days(kind, row), who, row.recorded_at)
    return found


def _days(kind: str, row) -> str:
    params = {"kind": kind, "a": written(row.start), "b": written(row.end) if row.end else ""}
    return (_("%(kind)s từ %(a)s đến hết %(b)s") if row.end else _("%(kind)s từ %(a)s")) % params
