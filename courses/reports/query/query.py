"""The query of a report (requirement, unit, days): read from an address and written into links."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlencode

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.facts import terms_of
from courses.standing.rule_recount import recounts
from courses.standing.spans import Rule
from people.postings.coverage import Named
from people.times import today
from people.typed_times import Looks, NotUnderstood, read_day

# of what is typed as a day, in letters
LONGEST = 100
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class NotTaken:
    """A day as it was typed, and the sentence that says why another one is shown."""

    typed: str
    why: str


@dataclass(frozen=True)
class Days:
    """`geography` is never before `as_of`; `known_on` None means as known now; `problems` are sentences to show, those
    of `not_taken`, by parameter, among them.
    """

    as_of: date
    geography: date
    known_on: date | None
    problems: list[str] = field(default_factory=list)
    not_taken: dict[str, NotTaken] = field(default_factory=dict)

    def refuse(self, name: str, typed: str, why: str) -> None:
        self.problems.append(why)
        self.not_taken[name] = NotTaken(typed, why)

    @property
    def own_geography(self) -> bool:
        return self.geography == self.as_of

    @property
    def other_geography(self) -> date | None:
        return None if self.own_geography else self.geography

    @property
    def is_future(self) -> bool:
        return self.as_of > today()

    def parameters(self) -> dict[str, str]:
        """The parameters for an address, without those that have their default value."""
        parameters = {}
        if self.as_of != today():
            parameters["ngay"] = self.as_of.isoformat()
        if not self.own_geography:
            parameters["dia_gioi"] = self.geography.isoformat()
        if self.known_on:
            parameters["biet_den"] = self.known_on.isoformat()
        return parameters


@dataclass(frozen=True)
class ReportQuery:
    """`rule` is in force on the as-of day, None before the first rule; `others` are all requirements.

    `recounting`: a rule was changed and the figures are not recounted yet.
    """

    requirement: Requirement
    rule: RequirementRule | None
    others: list[Requirement]
    unit: Named
    days: Days
    recounting: bool = False

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def terms(self) -> Rule | None:
        """The rule in force as a value for `courses.standing.spans`."""
        if self.rule is None:
            return None
        return terms_of(self.rule)

    def about(self, other: Requirement) -> str:
        """The address of the same unit and days for another requirement."""
        return with_query(reverse("reports:unit", args=[other.key, self.code]), self.days.parameters())

    def address(self, name: str = "unit", code: str | None = None, **parameters) -> str:
        """The address of a page about the same days; empty values leave a parameter out."""
        path = reverse(f"reports:{name}", args=[self.requirement.key, code or self.code])
        return with_query(path, {**self.days.parameters(), **parameters})

    def addresses(self, codes: Iterable[str]) -> dict[str, str]:
        """`address` of each of these units, worked out once."""
        here = reverse("reports:unit", args=[self.requirement.key, self.code])
        before, _here, after = here.rpartition(_in_path(self.code))
        days = self.days.parameters()
        return {code: with_query(f"{before}{_in_path(code)}{after}", days) for code in codes}


def _in_path(code: str) -> str:
    """As `reverse` writes it."""
    return quote(code, safe="!$&'()*+,;=~:@")


def with_query(path: str, parameters: dict) -> str:
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def typed_in(parameters, name: str) -> str:
    return parameters.get(name, "").strip()[:LONGEST]


def read_days(parameters) -> Days:
    """A bad value falls back to the default day and is told with a sentence; what was typed stays in its field."""
    now = today()
    not_taken: dict[str, str] = {}

    def read(name: str, label: str, default, looks: Looks = Looks.NOWHERE):
        text = typed_in(parameters, name)
        if not text:
            return default
        try:
            day = read_day(text, now, looks).value
        except NotUnderstood:
            day = None
        if day and FIRST_DAY <= day <= LAST_DAY:
            return day
        reason = (
            _("phải từ 01/01/2000 đến 31/12/2100") if day else _("không đọc được: ghi ngày/tháng/năm, như 24/11/2026")
        )
        not_taken[name] = f"{label} “{text}” {reason}."
        return default

    as_of = read("ngay", _("Ngày tính"), now)
    geography = read("dia_gioi", _("Ngày của địa giới"), as_of)
    known_on = read("biet_den", _("Ngày biết đến"), None, Looks.BACK)
    if geography < as_of:
        not_taken["dia_gioi"] = (
            _("Địa giới không thể trước ngày tính: đang dùng địa giới ngày %s.") % f"{as_of:%d/%m/%Y}"
        )
        geography = as_of
    if known_on and known_on > now:
        not_taken["biet_den"] = _("Ngày biết đến không thể sau hôm nay: đang dùng mọi điều biết đến nay.")
    days = Days(as_of, geography, known_on if known_on and known_on < now else None)
    for name, why in not_taken.items():
        days.refuse(name, typed_in(parameters, name), why)
    return days


def rules_known(known_on: date | None) -> list[RequirementRule]:
    """Every rule as known then, with its requirement and duty; one query.

    `recounting` is true until everybody's standing follows the rule.
    """
    rules = RequirementRule.objects.known_on(known_on).select_related("requirement", "duty")
    rules = rules.annotate(recounting=Exists(recounts()))
    return list(rules.order_by("requirement__key"))


def in_force(rules: Iterable[RequirementRule], requirement: Requirement, day: date) -> RequirementRule | None:
    """The rule with the latest `effective_from` up to `day`."""
    begun = [
        rule
        for rule in rules
        if rule.requirement_id == requirement.pk and (rule.effective_from is None or rule.effective_from <= day)
    ]
    return max(begun, key=lambda rule: rule.effective_from or date.min, default=None)
