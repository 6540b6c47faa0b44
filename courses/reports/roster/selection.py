"""What the list of a roster is narrowed to, read from an address: for the page, its files and the acts on many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.query.unit_meant import unit_meant
from courses.requirements.requirement import Requirement
from courses.standing.falling_due import due_on, falling_due
from courses.standing.spans import State
from courses.standing.standing import Standing
from letters.folding import visible
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.rights.scope import EVERYTHING
from people.roster.listing import Held, Roster, Wanted, held_by
from people.times import covering, today
from people.typed_times import NotUnderstood, read_day
from people.units.unit import Sector, Unit

LONGEST = 100
# people whose ids are read to be counted and put in order here
FEW = 5000
NOT_REQUIRED, LATE = "khong", "can-lam"
# the values of `trang_thai` beside the states; a number is of days
SOON = {"7": 7, "30": 30, "60": 60}
STATES = {
    LATE: gettext_lazy("Quá hạn hoặc hết hiệu lực"),
    "7": gettext_lazy("Đến hạn trong 7 ngày"),
    "30": gettext_lazy("Đến hạn trong 30 ngày"),
    "60": gettext_lazy("Đến hạn trong 60 ngày"),
    **{state.value: state.label for state in State},
    NOT_REQUIRED: gettext_lazy("Không thuộc yêu cầu"),
}
NAMES = (
    *("tim", "don_vi", "nhiem_vu", "chuc_danh", "nganh", "yeu_cau", "trang_thai"),
    *("cong_tac", "ngay", "lien_he", "dang_nhap"),
)


@dataclass
class Selection:
    """`problems` are sentences about what could not be read, by parameter; it is then left open, and a file refused."""

    user: object
    asked: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.roster = Roster(self.user)
        self.typed = {name: visible(self.asked.get(name, ""))[:LONGEST] for name in NAMES}
        self.requirements = list(Requirement.objects.order_by("name"))
        self.duties = list(Duty.objects.order_by("name"))
        self.requirement = next((one for one in self.requirements if one.key == self.typed["yeu_cau"]), None)
        self.state = self.typed["trang_thai"] if self.typed["trang_thai"] in STATES else ""
        self.duty = next((one for one in self.duties if one.key == self.typed["nhiem_vu"]), None)
        self.unit = self._unit()
        self.day = self._day()

    def _unit(self) -> Unit | None:
        unit, problem = unit_meant(self.roster, self.typed["don_vi"])
        if problem:
            self.problems["don_vi"] = problem
        return unit

    def _day(self) -> date:
        if not self.typed["ngay"]:
            return today()
        try:
            return read_day(self.typed["ngay"], today()).value
        except NotUnderstood:
            self.problems["ngay"] = _("Không đọc được ngày này: ghi ngày/tháng/năm, như 24/11/2026.")
            return today()

    @property
    def is_finely_narrowed(self) -> bool:
        """By more than words and a unit: what the page folds away on a phone."""
        beside = {"tim", "don_vi", "cong_tac"}
        return self.wanted.held != Held.NOW or any(self.typed[name] for name in NAMES if name not in beside)

    @cached_property
    def wanted(self) -> Wanted:
        return Wanted(
            day=self.day,
            held=self.typed["cong_tac"] if self.typed["cong_tac"] in Held.values else Held.NOW,
            words=self.typed["tim"],
            unit=self.unit.pk if self.unit else None,
            duty=self.duty.pk if self.duty else None,
            position=self.typed["chuc_danh"],
            sector=self.typed["nganh"] if self.typed["nganh"] in Sector.values else "",
            unreachable=self.typed["lien_he"] == "khong",
            never_signed_in=self.typed["dang_nhap"] == "chua",
        )

    @cached_property
    def by_standing(self) -> Q:
        """On the people; a state without a requirement is that of any."""
        about = [self.requirement] if self.requirement else self.requirements
        which = {"requirement__in": [one.pk for one in about]}
        if self.state in SOON:
            return self._held_by_some(falling_due(self.day, SOON[self.state], **which))
        if self.state == LATE:
            return self._held_by_some(due_on(self.day, **which))
        if not (self.state or self.requirement):
            return EVERYTHING
        mine = Standing.objects.filter(covering(self.day), **which)
        if self.state == NOT_REQUIRED:
            return ~held_by(mine, many=True)
        return held_by(mine.filter(state=self.state) if self.state else mine, many=True)

    def _held_by_some(self, standings: QuerySet[Standing]) -> Q:
        """Few are found by their standings first; of many each person is asked, or each of the few who are meant."""
        if not self.of_many:
            return held_by(standings, many=True)
        found = standings.order_by().values("person").distinct()
        return held_by(standings, many=found[: FEW + 1].count() > FEW)

    @property
    def is_narrowed(self) -> bool:
        return any(self.typed.values())

    @cached_property
    def of_many(self) -> bool:
        """Whether more than FEW people hold what is meant, before it is narrowed to some of them."""
        held = self.roster.postings(self.wanted).order_by().values("person").distinct()
        return held[: FEW + 1].count() > FEW

    def people(self) -> QuerySet[User]:
        return self.roster.people(self.wanted, self.of_many).filter(self.by_standing)

    @cached_property
    def few(self) -> list[int] | None:
        """Ids by name; None where they are more than FEW."""
        some = self.people().order_by().values_list("name_order", "pk")[: FEW + 1]
        return [pk for _name, pk in sorted(some)] if len(some) <= FEW else None

    def count(self) -> int:
        if self.few is not None:
            return len(self.few)
        if self.narrows_postings_alone:
            # without a look at each person whether she holds one
            return self.roster.postings(self.wanted).order_by().values("person").distinct().count()
        return self.people().order_by().count()

    @property
    def narrows_postings_alone(self) -> bool:
        """Whether those are meant who hold one of the postings, all of them."""
        held = self.wanted.held in (Held.NOW, Held.COMING)
        return held and not (self.wanted.narrows_people or self.state or self.requirement)

    def page(self, first: int, size: int) -> QuerySet[User]:
        """By name. Few people are put in order here; of many the database reads the page in the order of names."""
        if self.few is None:
            return self.people()[first : first + size]
        return User.objects.filter(pk__in=self.few[first : first + size]).by_name()

    def postings(self) -> QuerySet[Posting]:
        """What a file of the list holds: each posting is a row."""
        found = self.roster.postings(self.wanted)
        if self.wanted.narrows_people or self.state or self.requirement or self.wanted.held == Held.ENDED:
            return found.filter(person__in=self.people().order_by().values("pk"))
        return found

    @property
    def parameters(self) -> dict[str, str]:
        return {name: value for name, value in self.typed.items() if value}

    @property
    def query(self) -> str:
        """Of an address, ending in "&" unless it is empty."""
        return f"{urlencode(self.parameters)}&" if self.parameters else ""
