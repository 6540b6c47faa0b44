"""Writing an exemplar, handing it over, and taking it off."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.talk.exemplars.exemplar import WRITTEN, Exemplar, ExemplarResult, ExemplarState
from courses.talk.news import NewsKind, tell
from courses.talk.refusing import Refused
from letters.folding import searched
from people.persons.user import User
from people.units.unit import Unit


@dataclass(frozen=True)
class Words:
    """`numbers` are (label, number); `cost` in đồng a year, None where it is not known."""

    title: str
    sector: str
    kind: str
    since: int
    what: str
    how: str
    results: str
    cost: int | None
    cost_note: str
    ask_whom: str
    numbers: Sequence[tuple[str, int]] = ()


@transaction.atomic
def write(by: User, unit: Unit, words: Words, key: UUID, submitted: bool, now: datetime) -> Exemplar:
    """`key` comes with the form: sent twice, it is the exemplar that is there. Raises Refused."""
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.pk)
    if there := Exemplar.objects.filter(key=key).first():
        if there.written_by_id != by.pk:
            raise Refused(_("Trang này đã cũ. Mở lại rồi viết."))
        return there
    row = Exemplar.objects.create(key=key, unit=unit, written_by=by, **_fields(unit, words, submitted, now))
    _numbers(row, words)
    return row


@transaction.atomic
def rewrite(by: User, row: Exemplar, unit: Unit, words: Words, submitted: bool, now: datetime) -> None:
    """Until it is listed; whoever wrote these words does not review them. Raises Refused."""
    row = held(row)
    if row.state not in WRITTEN:
        raise Refused(_("Mô hình này đã được đăng hoặc đã rút. Muốn sửa thì rút rồi viết bản mới."))
    fields = {**_fields(unit, words, submitted, now), "written_by": by, "decided_by": None, "word": ""}
    Exemplar.objects.filter(pk=row.pk).update(unit=unit, **fields)
    row.numbers.all().delete()
    _numbers(row, words)


@transaction.atomic
def take_off(by: User, row: Exemplar, word: str, now: datetime) -> None:
    """What was listed, with a reason; a draft simply. It is kept, and no longer listed. Raises Refused."""
    row = held(row)
    if row.state == ExemplarState.WITHDRAWN:
        raise Refused(_("Mô hình này đã được rút."))
    if row.state == ExemplarState.LISTED and not word:
        raise Refused(_("Hãy ghi vì sao rút, trong một câu."))
    gone = {"state": ExemplarState.WITHDRAWN, "word": word, "withdrawn_at": now, "changed_at": now}
    Exemplar.objects.filter(pk=row.pk).update(**gone)
    if row.written_by_id != by.pk:
        tell([row.written_by_id], NewsKind.EXEMPLAR, row.pk, now)


def held(row: Exemplar) -> Exemplar:
    """The row as it is now, until the end of the transaction."""
    return Exemplar.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _fields(unit: Unit, words: Words, submitted: bool, now: datetime) -> dict:
    fields = asdict(words)
    fields.pop("numbers")
    said = " ".join([words.title, words.what, words.how, words.results, unit.name])
    state = ExemplarState.WAITING if submitted else ExemplarState.DRAFT
    return {**fields, "search_words": f" {searched(said)}", "state": state, "written_at": now, "changed_at": now}


def _numbers(row: Exemplar, words: Words) -> None:
    rows = [ExemplarResult(exemplar=row, label=label, number=number) for label, number in words.numbers]
    ExemplarResult.objects.bulk_create(rows)
