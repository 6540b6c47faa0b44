"""The two plans of a lesson, as they stand in addresses: whole, or in 30 minutes where the lesson has such a plan."""

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.steps import Step, short_steps_of, steps_of

WHOLE, SHORT = "day", "day-30"


class PlanConverter:
    regex = f"{SHORT}|{WHOLE}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def steps_in(page: SchoolLessonPage, plan: str) -> list[Step]:
    return short_steps_of(page) if plan == SHORT else steps_of(page)


def plans_of(page: SchoolLessonPage) -> list[str]:
    """Those that have steps, the whole one first."""
    return [plan for plan in (WHOLE, SHORT) if steps_in(page, plan)]
