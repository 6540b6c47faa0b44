"""The banks of the starter courses, as their module files have them."""

from functools import cache

from courses.starter.edition import COURSES, modules_of

__all__ = ["COURSES", "FINAL_DRAWS", "by_question", "items"]

# questions that the final quiz of each course draws for each objective, and in all
FINAL_DRAWS = {
    "nhan-dien-nan-nhan": (1, 20),
    "ho-tro-tam-ly-ban-dau": (1, 20),
    "luat-moi-2024": (2, 6),
    "xac-minh-lap-ho-so": (2, 12),
}


@cache
def items(course: str) -> list[tuple[str, dict]]:
    """(code of the module, item) of every question."""
    return [(module["module"]["code"], item) for module in modules_of(course) for item in module["bank"]]


def by_question(course: str) -> dict[str, dict]:
    """The items of a course by the words of their question."""
    return {" ".join(item["text"].split()): item for _code, item in items(course)}
