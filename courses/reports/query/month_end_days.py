"""The days of a query by somebody who may not see names: a published month end, on its own map, as published."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.month_ends.reading import published_days
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.query import Days, with_query
from courses.requirements.requirement import Requirement
from people.postings.coverage import written


def as_published(requirement: Requirement, days: Days, parameters) -> Days:
    """The latest month end up to the asked day; what cannot be asked is told in `problems`. One query.

    Raises NoAnswer where none is published up to that day.
    """
    ends = published_days(requirement)
    day = max((end for end in ends if end <= days.as_of), default=None)
    if day is None:
        raise _nothing_yet(requirement, ends)
    shown = Days(day, day, None, list(days.problems), dict(days.not_taken))
    if parameters.get("ngay", "").strip() and day != days.as_of:
        params = {"day": written(day), "asked": written(days.as_of)}
        shown.problems.append(
            _("Vai trò của anh chị xem số liệu cuối tháng: cuối tháng gần nhất đến %(asked)s là ngày %(day)s.") % params
        )
    if parameters.get("dia_gioi", "").strip() and days.geography != day:
        shown.problems.append(_("Số liệu cuối tháng theo địa giới của chính ngày ấy; hãy để trống địa giới."))
    if parameters.get("biet_den", "").strip():
        shown.problems.append(_("Số liệu cuối tháng giữ nguyên như lúc công bố; hãy để trống điều đã biết."))
    return shown


def _nothing_yet(requirement: Requirement, ends: list) -> NoAnswer:
    reason = _("Vai trò của anh chị xem số liệu công bố vào cuối mỗi tháng. %s")
    if ends:
        ways = [
            (
                _("Xem số liệu ngày %s") % written(ends[0]),
                with_query(reverse("reports:home"), {"ngay": ends[0].isoformat()}),
            )
        ]
        return NoAnswer(
            _("Chưa có số liệu cuối tháng đến ngày này"),
            reason % (_("Số liệu đầu tiên là của ngày %s.") % written(ends[0])),
            ways,
        )
    return NoAnswer(
        _("Chưa có số liệu cuối tháng nào"),
        reason % _("Yêu cầu này chưa có; số liệu có từ ngày đầu tháng sau."),
        [(_("Về việc học của tôi"), "/hoc-tap/")],
    )
