"""Records rules of requirements. A rule is superseded, never edited, so that past figures can be recomputed."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.standing import Standing, refresh
from people.postings.posting import STARTER_DUTIES, Duty, Posting

# the plan's target: everybody who supports victims, both courses, by the day of the annual report
STARTER_REQUIREMENTS: Mapping[str, str] = MappingProxyType(
    {
        "nhan-dien-nan-nhan": "Nhận diện nạn nhân bị mua bán",
        "ho-tro-tam-ly-ban-dau": "Can thiệp tâm lý ban đầu cho nạn nhân bị mua bán",
    }
)
STARTER_DUTY = "ho_tro_nan_nhan"
# for who verifies; only where nothing was required before
NEW_REQUIREMENTS: Mapping[str, str] = MappingProxyType(
    {"xac-minh-lap-ho-so": "Xác minh, xác định nạn nhân và lập hồ sơ"}
)
NEW_DUTY = "xac_minh"
STARTER_DEADLINE = date(2026, 12, 15)
STARTER_VALIDITY_MONTHS = 24

# what a rule says, beside the day from which it holds
TERMS = (
    *("duty", "course_key", "more_course_keys", "deadline", "validity_months", "each_january", "grace_days"),
    *("rubric_keys", "law", "law_begins", "old_until", "refresher_key"),
)


def seed_requirements(now: datetime | None = None, *, on_new_site: bool = False) -> list[Requirement]:
    """Creates the starter requirements; an existing one stays as the province has set it."""
    wanted = [(key, name, STARTER_DUTY) for key, name in STARTER_REQUIREMENTS.items()]
    if on_new_site:
        wanted += [(key, name, NEW_DUTY) for key, name in NEW_REQUIREMENTS.items()]
    return [_starter_requirement(*one, now or timezone.now()) for one in wanted]


def _starter_requirement(key: str, name: str, duty_key: str, now: datetime) -> Requirement:
    duty, _created = Duty.objects.get_or_create(key=duty_key, defaults={"name": STARTER_DUTIES[duty_key]})
    requirement, _created = Requirement.objects.get_or_create(key=key, defaults={"name": name})
    if not requirement.rules.exists():
        terms: dict[str, Any] = {"deadline": STARTER_DEADLINE, "validity_months": STARTER_VALIDITY_MONTHS}
        change_rule(requirement, now, duty=duty, course_key=key, **terms)
    return requirement


def change_rule(
    requirement: Requirement, now: datetime, *, effective_from: date | None = None, **terms
) -> RequirementRule:
    """`record_rule`, then updates the standings of everybody concerned before it returns."""
    rule = record_rule(requirement, now, effective_from=effective_from, **terms)
    if rule.recorded_at == now:
        refresh(concerned(requirement), now, requirement)
    return rule


def record_rule(
    requirement: Requirement, now: datetime, *, effective_from: date | None = None, **terms
) -> RequirementRule:
    """Records the rule in force from `effective_from` on (None: since ever); supersedes the one of the same day.

    `terms` are of TERMS; those left out are taken from the superseded rule; a first rule needs duty, course_key and
    deadline. Equal terms keep the existing rule with its earlier `recorded_at`.
    """
    with transaction.atomic():
        Requirement.objects.select_for_update().get(pk=requirement.pk)
        before = requirement.rules.current().filter(effective_from=effective_from).first()
        if before:
            merged = {name: getattr(before, name) for name in TERMS} | terms
            if merged == {name: getattr(before, name) for name in TERMS}:
                return before
            terms = merged
            requirement.rules.filter(pk=before.pk).supersede(now)
        return RequirementRule.objects.create(
            requirement=requirement, effective_from=effective_from, recorded_at=now, **terms
        )


def concerned(requirement: Requirement) -> set[int]:
    """The people who have a duty of the requirement, or have a standing because they had one."""
    duties = requirement.rules.current().values("duty")
    holders = Posting.objects.current().filter(duties__in=duties).values_list("person_id", flat=True)
    standing = Standing.objects.filter(requirement=requirement).values_list("person_id", flat=True)
    return {*holders.distinct().iterator(), *standing.distinct().iterator()}
