"""Completions of a learner that are valid no more, as the pages of a course say them; the same rule as the figures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from courses.learning.dues import dues
from courses.learning.outline import Outline


def with_lapses(outlines: Iterable[Outline], person, today: date) -> list[Outline]:
    """The outlines, saying of the lapsed ones until when they were valid; two or three queries more, none where nothing
    is completed."""
    listed = list(outlines)
    completed = {one.course.key: one.completed_on for one in listed if one.completed_on}
    if person is None or not completed:
        return listed
    # who also awaits observed practice is overdue or learning in the figures; what she completed has lapsed too
    over = (one for one in dues(person, completed, today) if one.to_do and one.valid_until and one.valid_until < today)
    lapsed = {one.course_key: one.valid_until for one in over}
    return [replace(one, lapsed_after=lapsed.get(one.course.key)) for one in listed]
