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
from people.typed_times import NotUnderstood, read_day

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Days:
    """`geography` is never before `as_of`; `known_on` None means as known now; `problems` are sentences to show."""

    as_of: date
    geography: date
    known_on: date | None
    problems: list[str] = field(default_factory=list)

    @property
    def own_geography(self) -> bool:
        return self.geography == self.as_of

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


def read_days(parameters) -> Days:
    """A bad value falls back to the default day and adds a sentence to `problems`."""
    now, problems = today(), []

    def read(name: str, label: str, default):
        text = parameters.get(name, "").strip()[:30]
        if not text:
            return default
        try:
            day = read_day(text, now).value
        except NotUnderstood:
            day = None
        if day and FIRST_DAY <= day <= LAST_DAY:
            return day
        reason = (
            _("phải từ 01/01/2000 đến 31/12/2100") if day else _("không đọc được: ghi ngày/tháng/năm, như 24/11/2026")
        )
        problems.append(f"{label} “{text}” {reason}.")
        return default

    as_of = read("ngay", _("Ngày tính"), now)
    geography = read("dia_gioi", _("Ngày của địa giới"), as_of)
    known_on = read("biet_den", _("Ngày biết đến"), None)
    if geography < as_of:
        problems.append(_("Địa giới không thể trước ngày tính: đang dùng địa giới ngày %s.") % f"{as_of:%d/%m/%Y}")
        geography = as_of
    if known_on and known_on > now:
        problems.append(_("Ngày biết đến không thể sau hôm nay: đang dùng mọi điều biết đến nay."))
    return Days(as_of, geography, known_on if known_on and known_on < now else None, problems)


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
