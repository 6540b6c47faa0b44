"""The pace in sentences: what is needed until the deadline, what was gained, when it will be done, or why that is not
said.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.figures.pace import Pace, Silence


def pace_sentences(pace: Pace, deadline) -> list[str]:
    """“Còn 148 người, 22 ngày: cần 7 người mỗi ngày.” and sentences about the last 30 days and the forecast."""
    sentences = [_deadline_sentence(pace, deadline)]
    if pace.gained is not None and pace.silence is not Silence.FUTURE:
        sentences.append(_gained_sentence(pace))
    if pace.forecast:
        params = {"day": f"{pace.forecast:%d/%m/%Y}"}
        if pace.in_time is None:
            sentences.append(_("Theo đà 30 ngày qua, xong ngày %(day)s.") % params)
        elif pace.in_time:
            sentences.append(_("Theo đà 30 ngày qua, xong ngày %(day)s, kịp hạn.") % params)
        else:
            sentences.append(_("Theo đà 30 ngày qua, xong ngày %(day)s, sau hạn.") % params)
    elif pace.silence in WHY_SILENT:
        sentences.append(str(WHY_SILENT[pace.silence]))
    return [sentence for sentence in sentences if sentence]


def first_and_last(sentences: list[str]) -> list[str]:
    """For the first screen: what is needed, and when it will be done or why that is not said."""
    return [*sentences[:1], *sentences[1:][-1:]]


WHY_SILENT = {
    Silence.FUTURE: gettext_lazy("Ngày này chưa đến nên không dự báo."),
    Silence.PAST: gettext_lazy("Ngày này đã qua nên không dự báo."),
    Silence.SHORT: gettext_lazy("Chưa có số liệu của 30 ngày trước nên không dự báo."),
    Silence.FEW: gettext_lazy("30 ngày qua quá ít lần hoàn thành để dự báo."),
    Silence.FAR: gettext_lazy("Với đà 30 ngày qua phải hơn hai năm, nên không dự báo ngày xong."),
}


def _deadline_sentence(pace: Pace, deadline) -> str:
    params: dict[str, Any] = {"n": pace.remaining, "days": pace.days_left, "needed": pace.needed}
    if not pace.remaining:
        return _("Không còn ai thiếu.")
    if deadline is None:
        return _("Còn %(n)d người.") % params
    params["day"] = f"{deadline:%d/%m/%Y}"
    if pace.days_left >= 2 * pace.remaining:
        params["every"] = pace.days_left // pace.remaining
        return _("Còn %(n)d người, %(days)d ngày đến hạn %(day)s: cứ %(every)d ngày cần thêm một người.") % params
    if pace.days_left > 0:
        return _("Còn %(n)d người, %(days)d ngày đến hạn %(day)s: cần %(needed)d người mỗi ngày.") % params
    if pace.days_left == 0:
        return _("Còn %(n)d người, hôm nay là hạn.") % params
    return _("Còn %(n)d người, đã quá hạn %(day)s được %(late)d ngày.") % {**params, "late": -pace.days_left}


def _gained_sentence(pace: Pace) -> str:
    params = {"n": pace.gained, "a_day": pace.a_day}
    if pace.gained < 0:
        return _("30 ngày qua số người còn hiệu lực giảm %d.") % -pace.gained
    if pace.gained == 0:
        return _("30 ngày qua không thêm ai.")
    if pace.a_day:
        return _("30 ngày qua thêm %(n)d người, khoảng %(a_day)d người mỗi ngày.") % params
    return _("30 ngày qua thêm %(n)d người, chưa đến một người mỗi ngày.") % params
