"""What the author and colleagues do: tell a case, word it anew, withdraw it, contribute."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.talk.clinic.case import REWORDED, CaseState, ClinicCase, Contribution, ContributionState
from courses.talk.inquiries.asking import unit_of
from courses.talk.news import NewsKind, forget
from courses.talk.refusing import Refused
from people.persons.user import User

# of one person at a time
MOST_WAITING = 5


@dataclass(frozen=True)
class Told:
    sector: str
    whom: str
    age: str
    area: str
    matter: str
    asked: str
    happened: str
    done: str


@transaction.atomic
def tell(author: User, told: Told, key: UUID, now: datetime) -> ClinicCase:
    """`key` comes with the form: sent twice, it is the case that is there. Raises Refused."""
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=author.pk)
    if there := ClinicCase.objects.filter(key=key, author=author).first():
        return there
    unit = unit_of(author)
    if unit is None:
        raise Refused(_("Anh chị chưa công tác ở đơn vị nào trong danh sách, nên chưa nêu ca được."))
    if ClinicCase.objects.filter(author=author, state=CaseState.WAITING).count() >= MOST_WAITING:
        raise Refused(_("Anh chị đang có %d ca chờ duyệt. Chờ duyệt hoặc rút bớt, rồi nêu ca này.") % MOST_WAITING)
    if ClinicCase.objects.filter(key=key).exists():
        raise Refused(_("Trang này đã cũ. Mở lại rồi nêu ca."))
    moments = {"told_at": now, "worded_at": now, "changed_at": now}
    return ClinicCase.objects.create(key=key, author=author, unit_id=unit, **asdict(told), **moments)


@transaction.atomic
def reword(case: ClinicCase, told: Told, now: datetime) -> None:
    """As long as nobody has released it; what came back waits again. Raises Refused."""
    case = held(case)
    if case.state not in REWORDED:
        raise Refused(_("Ca này đã được đăng hoặc đã rút, nên không sửa được nữa."))
    again = {"state": CaseState.WAITING, "word": "", "moderated_by": None, "worded_at": now, "changed_at": now}
    ClinicCase.objects.filter(pk=case.pk).update(**asdict(told), **again)


@transaction.atomic
def withdraw(case: ClinicCase, now: datetime) -> None:
    """Nobody else reads it from now on."""
    ClinicCase.objects.filter(pk=held(case).pk).update(state=CaseState.WITHDRAWN, changed_at=now)
    forget([NewsKind.CASE, NewsKind.CONTRIBUTION], case.pk)


@transaction.atomic
def contribute(by: User, case: ClinicCase, text: str, key: UUID, now: datetime) -> None:
    """Waits for a moderator. Raises Refused."""
    case = held(case)
    if Contribution.objects.filter(key=key, case=case, by=by).exists():
        return
    if case.state != CaseState.OPEN or Contribution.objects.filter(key=key).exists():
        raise Refused(_("Ca này đã kết lại hoặc đã rút, nên không góp thêm được."))
    waiting = Contribution.objects.filter(case=case, by=by, state=ContributionState.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise Refused(_("Anh chị có %d lời góp chờ duyệt ở ca này. Chờ duyệt rồi góp tiếp.") % MOST_WAITING)
    Contribution.objects.create(case=case, key=key, by=by, text=text, at=now)


def held(case: ClinicCase) -> ClinicCase:
    """The row as it is now, until the end of the transaction. Raises Refused where it is gone."""
    found = ClinicCase.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if found is None:
        raise Refused(_("Ca này không còn."))
    return found
