"""Reads a posted form against the frozen rubric. Pure: fields in, entries or sentences out.

The fields of behaviour n (1, 2, … in the rubric's order) are "n-level", 1 to 4 or 0 for no occasion, and "n-evidence".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.practice.observed.outcome import LEVELS
from courses.practice.observed.versions import Behaviour, FrozenRubric

NO_OCCASION = "0"
LONGEST_EVIDENCE = 300
HARMFUL = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What one observer gave one behaviour; a `level` of None is “không có dịp”."""

    behaviour: str
    level: int | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Filled:
    """`errors` is {behaviour id: one sentence}; the entries are complete only where it is empty."""

    entries: tuple[Entry, ...]
    errors: Mapping[str, str] = field(default_factory=dict)


def read(rubric: FrozenRubric, posted: Mapping[str, str]) -> Filled:
    entries, errors = [], {}
    for number, behaviour in enumerate(rubric.behaviours, 1):
        level = posted.get(f"{number}-level", "")
        evidence = " ".join(posted.get(f"{number}-evidence", "").split())
        if wrong := _wrong(behaviour, level, evidence):
            errors[behaviour.id] = wrong
        else:
            entries.append(Entry(behaviour.id, None if level == NO_OCCASION else int(level), evidence))
    return Filled(tuple(entries), errors)


def _wrong(behaviour: Behaviour, level: str, evidence: str) -> str:
    """One sentence, or "" where nothing is."""
    if level not in {NO_OCCASION, *map(str, LEVELS)}:
        return _("Chọn một mức, hoặc “không có dịp”.")
    if len(evidence) > LONGEST_EVIDENCE:
        return _("Bằng chứng dài quá %d chữ cái; ghi một câu nói hoặc một cử chỉ.") % LONGEST_EVIDENCE
    if behaviour.critical and level == str(HARMFUL) and not evidence:
        return _("Mức 1 ở việc tô đậm cần một câu nói hay cử chỉ cụ thể làm bằng chứng.")
    return ""
