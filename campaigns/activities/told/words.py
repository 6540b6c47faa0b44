"""What an activity counts, in words; never its hamlet."""

from django.utils.translation import gettext as _

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.kind import Measure
from campaigns.activities.made.rules import Mark
from config.languages import NAMES
from letters.numbers import thousands
from people.units.unit import Unit, UnitKind


def quantity_words(row: Activity) -> str:
    number = thousands(row.quantity)
    return {
        Measure.SESSIONS: _("%s buổi") % number,
        Measure.PEOPLE: "",
        Measure.THINGS: number,
        Measure.PLACES: _("%s nơi") % number,
        Measure.PLAYS: _("%s lượt phát") % number,
        Measure.POSTS: _("%s bài") % number,
    }[Measure(row.kind.measure)]


def short(row: Activity) -> str:
    """A line of a list."""
    said = [quantity_words(row)]
    if row.kind.counts_people and row.people_mark != Mark.UNKNOWN:
        said.append(_("%s lượt người") % row.told("people"))
    if row.minutes is not None:
        said.append(_("%s phút") % thousands(row.minutes))
    if row.views is not None:
        said.append(_("%s lượt xem") % thousands(row.views))
    return " · ".join(part for part in said if part)


def facts(row: Activity) -> list[tuple[str, str]]:
    """(label, words) of everything that an activity counts."""
    said = [(_("Số lượng"), quantity_words(row))] if quantity_words(row) else []
    if row.kind.counts_people:
        said += [
            (_("Lượt người dự"), row.told("people")),
            (_("Trong đó nữ"), row.told("women")),
            (_("Trong đó dưới 18 tuổi"), row.told("minors")),
        ]
    if row.kind.measure == Measure.PLAYS:
        said.append((_("Số phút"), _known(row.minutes)))
    if row.kind.measure == Measure.POSTS:
        said.append((_("Lượt xem"), _known(row.views)))
    said += [
        (_("Tiếng đã dùng"), languages_words(row.languages)),
        (_("Dành cho"), row.get_audience_display()),
        (_("Cán bộ tham gia"), row.told("officials")),
        (_("Ngân sách (đồng)"), _known(row.budget)),
        (_("Nguồn khác (đồng)"), _known(row.other_money)),
        (_("Chữ thay ảnh, chữ to, lối xe lăn"), {True: _("có"), False: _("không")}.get(row.accessible, _("chưa rõ"))),  # type: ignore[arg-type]
    ]
    return said


def _known(number: int | None) -> str:
    return _("chưa có số liệu") if number is None else thousands(number)


def languages_words(tags: list[str]) -> str:
    return ", ".join(NAMES[tag][0] if tag in NAMES else tag for tag in tags)


def organiser(unit: Unit, commune: Unit, *, own: bool) -> str:
    """Whose it is. The name of a school tells where below the commune it was, so only its own staff reads it beside a
    number.
    """
    if own or unit.kind != UnitKind.SCHOOL:
        return unit.name
    return _("một trường ở %s") % commune.name
