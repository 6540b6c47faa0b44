"""What a moderator does with a case of `whose.moderated_by` her: releases it or sends it back, and so with each
contribution, and closes it with a summary. Nobody moderates her own words.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.talk.clinic.case import CaseState, ClinicCase, Contribution, ContributionState
from courses.talk.clinic.telling import held
from courses.talk.clinic.whose import released_for
from courses.talk.news import NewsKind, tell
from courses.talk.refusing import Refused
from people.log.audit import Act, record
from people.persons.merges import one_person
from people.persons.user import User
from people.times import covering, today
from people.units.successions import Reach


@transaction.atomic
def release(by: User, case: ClinicCase, seen: str, now: datetime) -> None:
    """For the unit on which her role rests; who stands higher widens so what is open already. Raises Refused."""
    case = held(case)
    if case.stamp != seen:
        raise Refused(_("Người nêu ca vừa sửa lời. Đọc lại rồi quyết định."))
    unit = released_for(by, case)
    waits = case.state == CaseState.WAITING
    if unit is None or not (waits or (case.state == CaseState.OPEN and widens(unit, case))):
        raise Refused(_("Ca này không còn chờ duyệt. Mở lại trang để xem."))
    _change(case, now, state=CaseState.OPEN, heard_in=unit, moderated_by=by, word="")
    tell([case.author_id], NewsKind.CASE, case.pk, now)
    _log(by, case, now)


def widens(unit: int, case: ClinicCase) -> bool:
    """Whether the unit stands above the one for which the case is open."""
    above = Reach.objects.filter(covering(today()), unit=case.heard_in_id, depth__gt=0)
    return above.filter(ancestor=unit).exists()


@transaction.atomic
def send_back(by: User, case: ClinicCase, word: str, seen: str, now: datetime) -> None:
    case = held(case)
    if case.state != CaseState.WAITING or case.stamp != seen:
        raise Refused(_("Ca này vừa được sửa hoặc quyết định. Mở lại trang để xem."))
    if not word:
        raise Refused(_("Hãy ghi cần sửa chỗ nào; người nêu ca sẽ đọc câu này."))
    _change(case, now, state=CaseState.REFUSED, word=word, moderated_by=by)
    tell([case.author_id], NewsKind.CASE, case.pk, now)
    _log(by, case, now)


@transaction.atomic
def close(by: User, case: ClinicCase, summary: str, now: datetime) -> None:
    """What was learnt from it; nothing more is contributed."""
    case = held(case)
    if case.state != CaseState.OPEN:
        raise Refused(_("Chỉ kết lại ca đang bàn."))
    _change(case, now, state=CaseState.CLOSED, summary=summary, moderated_by=by)
    others = Contribution.objects.filter(case=case, state=ContributionState.SHOWN).exclude(by=case.author_id)
    tell([case.author_id], NewsKind.CASE, case.pk, now)
    tell(others.values_list("by", flat=True), NewsKind.CONTRIBUTION, case.pk, now)
    _log(by, case, now)


@transaction.atomic
def moderate(by: User, case: ClinicCase, which: int, shown: bool, word: str, now: datetime) -> None:
    """Shows a contribution to who reads the case, or not, then with a reason for who wrote it. Raises Refused."""
    rows = Contribution.objects.select_for_update(of=("self",)).filter(case=case, pk=which)
    row = rows.filter(state=ContributionState.WAITING).first()
    if row is None:
        raise Refused(_("Lời góp này vừa được duyệt hoặc không còn."))
    if User.objects.filter(pk=row.by_id, pk__in=one_person(by)).exists():
        raise Refused(_("Không ai duyệt lời của mình; người phụ trách khác duyệt."))
    if not shown and not word:
        raise Refused(_("Hãy ghi vì sao không đăng; người góp sẽ đọc câu này."))
    state = ContributionState.SHOWN if shown else ContributionState.REFUSED
    Contribution.objects.filter(pk=row.pk).update(state=state, moderated_by=by, word="" if shown else word)
    _change(case, now)
    tell([row.by_id], NewsKind.CONTRIBUTION, case.pk, now)
    if shown and row.by_id != case.author_id:
        tell([case.author_id], NewsKind.CASE, case.pk, now)
    record(Act.MODERATED, by, person=row.by, detail=state, at=now)


def _change(case: ClinicCase, now: datetime, **fields) -> None:
    ClinicCase.objects.filter(pk=case.pk).update(changed_at=now, **fields)


def _log(by: User, case: ClinicCase, now: datetime) -> None:
    record(Act.MODERATED, by, person=case.author, unit=None if case.author else case.unit, at=now)
