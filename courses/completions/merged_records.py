"""Whoever has done all of a course under two records completes it when they are merged, as of that day.

A completion once given stays, also where the merge is taken back.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from courses.attempts.attempt import Attempt
from courses.completions.completion import complete_if_done, source_course
from courses.progress.lessons import LessonSeen
from people.merging.merging import merges_changed


def connect() -> None:
    merges_changed.connect(_follow, dispatch_uid="courses.merged_records")


def _follow(sender, gone, stays, merged: bool, now: datetime, **kwargs) -> None:
    if not merged:
        return
    keys = {
        key
        for model in (LessonSeen, Attempt)
        for key in model.objects.filter(person=gone).order_by().values_list("course_key", flat=True).distinct()
    }
    for key in sorted(keys):
        if course := source_course(key):
            complete_if_done(stays, course, now, reason=_("Đã xong mọi mục khi gộp hai hồ sơ của mình."))
