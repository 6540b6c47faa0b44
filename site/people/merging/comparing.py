"""What is shown of two records beside each other, and what merging them would do; apps add what they know.

@compares
def learnt(people) -> dict[int, list[Said]]: ...

@foresees
def figures(gone, stays) -> list[str]: ...
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.merging.joining import joined
from people.merging.postings import held_by
from people.merging.rights import counting
from people.persons.phones import local_phone
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.rights.roles import Role
from people.units.unit import Unit


@dataclass(frozen=True)
class Said:
    """One line of the comparison: what it is about, and its facts in words."""

    title: Any
    facts: tuple[str, ...]


Compared = Callable[[Sequence[User]], dict[int, Said]]
Foreseen = Callable[[User, User], list[str]]
COMPARED: list[Compared] = []
FORESEEN: list[Foreseen] = []


def compares(function: Compared) -> Compared:
    COMPARED.append(function)
    return function


def foresees(function: Foreseen) -> Foreseen:
    """Registers what says, before a merge, what it does to figures: called with who goes and who stays."""
    FORESEEN.append(function)
    return function


@dataclass(frozen=True)
class Line:
    title: Any
    one: tuple[str, ...]
    other: tuple[str, ...]
    # what is not shown is not said to be alike
    hidden: bool = False

    @property
    def alike(self) -> bool:
        return not self.hidden and self.one == self.other


def compared(one: User, other: User, *, addresses: bool) -> list[Line]:
    """A constant number of queries; `addresses` are hidden from who may not merge the two."""
    people = [one, other]
    lines = [
        Line(_("Họ tên"), (one.full_name,), (other.full_name,)),
        _addresses(one, other, shown=addresses),
        Line(_("Đăng nhập"), (_sign_in(one),), (_sign_in(other),)),
    ]
    for about in (_postings, _roles, *COMPARED):
        said = about(people)
        title = next(iter(said.values())).title if said else ""
        of_one, of_other = (said[person.pk].facts if person.pk in said else () for person in people)
        if of_one or of_other:
            lines.append(Line(title, of_one, of_other))
    return lines


def _addresses(one: User, other: User, *, shown: bool) -> Line:
    told = [tuple(filter(None, (person.email, person.phone and local_phone(person.phone)))) for person in (one, other)]
    if not shown:
        told = [(_("có, không hiện ở đây"),) if known else () for known in told]
    return Line(_("Liên hệ"), told[0], told[1], hidden=not shown)


def _sign_in(person: User) -> str:
    if not person.is_active:
        return _("đã đóng")
    return _("đã có mật khẩu") if person.has_usable_password() else _("chưa đăng nhập bao giờ")


def _postings(people: Sequence[User]) -> dict[int, Said]:
    told: dict[int, list[str]] = defaultdict(list)
    rows = Posting.objects.current().filter(person__in=people).select_related("unit").prefetch_related("duties")
    for one in rows.order_by("-start", "pk"):
        duties = [duty.name for duty in one.duties.all()]
        told[one.person_id].append(posting_in_words(one.unit.name, one.position, one.start, one.end, duties))
    return {person: Said(_("Công tác"), tuple(facts)) for person, facts in told.items()}


def posting_in_words(unit: str, position: str, start, end, duties) -> str:
    until = _(" đến %(day)s") % {"day": date_format(end, "d/m/Y")} if end else ""
    days = _("từ %(day)s") % {"day": date_format(start, "d/m/Y")} + until
    return "; ".join(filter(None, (", ".join(filter(None, (unit, position))), days, ", ".join(sorted(duties)))))


def _roles(people: Sequence[User]) -> dict[int, Said]:
    told: dict[int, list[str]] = defaultdict(list)
    for role in counting(Role.objects.current().filter(user__in=people)).select_related("unit").order_by("pk"):
        told[role.user_id].append(f"{role.get_kind_display()}, {role.unit.name}")
    return {person: Said(_("Vai trò"), tuple(facts)) for person, facts in told.items()}


def foreseen(gone: User, stays: User) -> list[str]:
    """What merging them would do, a sentence each; nothing is written."""
    held = held_by([gone, stays])
    wholes = list(joined(held[stays.pk], held[gone.pk]))
    units = dict(Unit.objects.filter(pk__in={one.unit for one in wholes}).values_list("pk", "name"))
    duties = dict(Duty.objects.values_list("pk", "name"))
    said = [
        _("Công tác ghi thêm hoặc sửa cho người được giữ: %(posting)s.")
        % {
            "posting": posting_in_words(
                units.get(one.unit, ""), one.position, one.start, one.end, [duties[duty] for duty in one.duties]
            )
        }
        for one in wholes
    ]
    said += [sentence for function in FORESEEN for sentence in function(gone, stays)]
    said.append(
        _("Hồ sơ %(code)s không còn trong danh sách và không đăng nhập được; phiếu, liên kết, phiên hết hiệu lực.")
        % {"code": gone.staff_code}
    )
    roles = _roles([gone])
    if roles:
        said.append(_("Vai trò kết thúc: %(roles)s.") % {"roles": "; ".join(roles[gone.pk].facts)})
    said.append(
        _("Tệp nhập sau này ghi mã %(old)s là ghi cho %(new)s.") % {"old": gone.staff_code, "new": stays.staff_code}
    )
    return said
