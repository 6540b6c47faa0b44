"""The rows of changes that are about postings."""

from collections import defaultdict

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.postings.posting import POSTING, Posting, postings_changed
from people.undoing.kinds import Doing, RecordRows, people_of, undoes


def _duties(postings) -> dict[int, frozenset]:
    duties: dict[int, set[int]] = defaultdict(set)
    through = Posting.duties.through.objects.filter(posting__in=list(postings))
    for posting, duty in through.values_list("posting_id", "duty_id"):
        duties[posting].add(duty)
    return {posting: frozenset(held) for posting, held in duties.items()}


def _copy_duties(pairs) -> None:
    through = Posting.duties.through
    through.objects.bulk_create(
        through(posting_id=copy.pk, duty_id=duty) for copy, source in pairs for duty in source.says_more
    )


def _follow(done, doing: Doing) -> None:
    postings_changed.send(sender=Posting, person_ids=people_of(done), now=doing.now)


def _written(posting: Posting) -> str:
    said = [posting.unit.name]
    if posting.position:
        said.append(posting.position)
    said.append(_("từ %(day)s") % {"day": date_format(posting.start, "d/m/Y")})
    if posting.end:
        said.append(_("đến %(day)s") % {"day": date_format(posting.end, "d/m/Y")})
    if duties := sorted(duty.name for duty in posting.duties.all()):
        said.append("; ".join(duties))
    return ", ".join(said)


POSTINGS = RecordRows(
    POSTING,
    gettext_lazy("Công tác"),
    order=20,
    model=Posting,
    known_by=("person_id", "unit_id", "position", "start"),
    says=("end",),
    written=_written,
    after=_follow,
    related=("unit",),
    listed=("duties",),
    more=_duties,
    copy_more=_copy_duties,
)
undoes(POSTINGS)
