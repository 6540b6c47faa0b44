"""The banks of the starter courses as their module files have them: {course: [{"code", "objectives", "bank"}]}."""

import json
from functools import cache
from pathlib import Path

COURSES = ["nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau", "luat-moi-2024", "xac-minh-lap-ho-so"]
# questions that the final quiz of each course draws for each objective, and in all
DRAWS = {
    "nhan-dien-nan-nhan": (1, 20),
    "ho-tro-tam-ly-ban-dau": (1, 20),
    "luat-moi-2024": (2, 6),
    "xac-minh-lap-ho-so": (2, 12),
}


@cache
def banks() -> dict[str, list[dict]]:
    return json.loads((Path(__file__).parent / "banks.json").read_text(encoding="utf-8"))


def items(course: str) -> list[tuple[str, dict]]:
    """(code of the module, item) of every question."""
    return [(module["code"], item) for module in banks()[course] for item in module["bank"]]
