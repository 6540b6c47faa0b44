"""The rows behind the figures of training: a person towards a requirement, and a unit with its roster."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from courses.requirements.requirement import Requirement, RequirementRule
from courses.retests.retest import counted_completions
from courses.standing.recount import standing_in_full
from courses.standing.unheld import communes_without
from people.annual_sections import Asked
from people.persons.merges import merged_as_known
from people.postings.coverage import under
from people.postings.rosters import confirmations
from people.units.unit import COMMUNE_KINDS, UnitVersion

PEOPLE, UNITS = "can-bo", "don-vi"
COLUMNS = (
    *("yeu_cau", "so", "don_vi", "ten_don_vi", "noi_cong_tac", "trang_thai", "phai", "chua_duyet", "hoi_lai"),
    *("hoan_thanh", "hieu_luc_den"),
)
UNIT_COLUMNS = ("yeu_cau", "ma", "ten", "don_vi", "xac_nhan", "xac_nhan_ngay", "co_nguoi")
STATES = {
    "completed": "hoan_thanh",
    "expired": "het_hieu_luc",
    "overdue": "qua_han",
    "in_progress": "dang_hoc",
    "not_started": "chua_bat_dau",
    "excused": "duoc_mien",
}
KNOWLEDGE = {"still_knows": "con_nam_vung", "to_review": "can_on", "": ""}


def people_rows(
    requirement: Requirement, rule: RequirementRule, asked: Asked
) -> tuple[list[tuple[str, ...]], set[int]]:
    """A row for each person and unit in which she counts, by number, and the units where somebody holds the duty."""
    where = asked.places
    here = under(where.unit.pk, where.geography) if where.in_table else Q(unit__in=list(where.child_of))
    codes = {child.pk: (child.code, child.name) for child in where.children} | {None: ("", where.unit.name)}
    names = unit_names(asked)
    told = list(standing_in_full(requirement, asked.as_of, here, asked.at))
    done = _days_of(rule, asked, {person for person, *_rest in told})
    rows, holding = [], set()
    for person, unit, state, unapproved, knowledge in told:
        own = where.own[unit]
        holding.add(own)
        every = done.get(person, {}) if state in ("completed", "expired") else {}
        made = [every[course] for course in rule.course_keys if course in every]
        on, refreshed = max(made, default=None), rule.refresher_key in every
        # of a programme until one of its courses lapses
        until = min((last for day in made if (last := rule.validity.last_day(day, refreshed))), default=None)
        rows.append(
            (
                requirement.key,
                asked.number(person),
                *codes[where.child_of[unit]],
                names.get(own, ("", ""))[1],
                STATES[state],
                "0" if state == "excused" else "1",
                "1" if unapproved else "0",
                KNOWLEDGE[knowledge],
                on.isoformat() if on else "",
                until.isoformat() if until else "",
            )
        )
    # someone whose two units became one stands there once
    return sorted(set(rows)), holding


def _days_of(rule: RequirementRule, asked: Asked, people: set[int]) -> dict[int, dict[str, date]]:
    """By person and course, the refresher of a new law too: the last completion that counts, also of a record that was
    merged into hers.
    """
    into = merged_as_known(asked.at)
    days: dict[int, dict[str, date]] = defaultdict(dict)
    for course in [*rule.course_keys, *filter(None, [rule.refresher_key])]:
        rows = counted_completions(course, asked.as_of, asked.at).order_by("completed_on")
        for person, on in rows.values_list("person_id", "completed_on"):
            if (who := into.get(person, person)) in people:
                days[who][course] = on
    return days


def unit_rows(
    requirement: Requirement, rule: RequirementRule, asked: Asked, holding: set[int]
) -> list[tuple[str, ...]]:
    """A row for each unit that needs a roster: whether it is confirmed, and whether anybody there holds the duty. Only
    of communes it is said that nobody does, there or below: a school or a post may need nobody.
    """
    where = asked.places
    codes = {child.pk: child.code for child in where.children} | {None: ""}
    names, holding = unit_names(asked), holding | _communes(asked)
    lacking = communes_without(where, rule.duty_id, asked.as_of, asked.at)
    rows = []
    for unit, confirmed in confirmations(where, asked.as_of, asked.at).items():
        holds = "0" if unit in lacking else "1" if unit in holding else ""
        day = confirmed.on.isoformat() if confirmed else ""
        place = codes[where.child_of[unit]]
        rows.append((requirement.key, *names[unit], place, "1" if confirmed else "0", day, holds))
    return sorted(rows)


def unit_names(asked: Asked) -> dict[int, tuple[str, str]]:
    """(code, name) of each existing unit, as believed at the moment."""
    return {unit: (code, name) for unit, code, name, _kind in _versions(asked)}


def _communes(asked: Asked) -> set[int]:
    return {unit for unit, _code, _name, kind in _versions(asked) if kind in COMMUNE_KINDS}


def _versions(asked: Asked) -> Iterator[tuple[int, str, str, str]]:
    rows = UnitVersion.objects.known_on(asked.at).filter(unit__in=asked.places.alive)
    yield from rows.values_list("unit", "unit__code", "name", "kind")
