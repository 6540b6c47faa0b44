"""What stands beside a plan for who writes it: what the province's template changed, what happened already."""

from dataclasses import dataclass

from courses.plans.filled.suggesting import happened_in, suggest
from courses.plans.made.following import Difference, changes_for
from courses.plans.made.offers import offering
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.told.standing import Told
from people.times import today


@dataclass(frozen=True)
class News:
    """What the template changed that this plan has not followed."""

    template: PlanVersion
    differences: list[Difference]


def template_news(row: Plan, version: PlanVersion) -> News | None:
    template = None if row.is_template else offering([row.unit], row.year).get(row.unit_id)
    if template is None:
        return None
    found = changes_for(version, template, row.unit.kind)
    return News(template, found) if found else None


def suggestions_of(row: Plan, version: PlanVersion, listed: list[Told]) -> dict:
    """{task's key: what happened of it}, for who records, of tasks of which nothing is recorded."""
    if not row.writes or row.is_template or version.state != PlanState.APPROVED:  # type: ignore[attr-defined]
        return {}
    open_tasks = [told.task for told in listed if told.result is None and not told.task.left_out]
    found = list(happened_in(row, open_tasks))
    made = {task.key: suggest(task, found, today()) for task in open_tasks}
    return {key: suggestions for key, suggestions in made.items() if suggestions}
