"""The report's table (campaign-kit.vi.md, “Mẫu báo cáo hoạt động 30/7”), filled from the log.

A cell of which nothing is known says so, never 0.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.activities.made.kind import Measure
from campaigns.activities.made.pulse import QUESTIONS, Moment, most_mistaken
from campaigns.activities.told.beside import Beside
from campaigns.activities.told.sums import KindRow, Summed, Sums
from config.languages import NAMES
from letters.numbers import thousands


@dataclass(frozen=True)
class Cell:
    section: str
    label: str
    value: str


def summed_words(one: Summed, unit: str = "") -> str:
    """A sum with what it leaves out."""
    if one.told is None and not one.small:
        return _("chưa có số liệu")
    said = thousands(one.told or 0) + (f" {unit}" if unit else "")
    left_out = []
    if one.small:
        left_out.append(_("%d ô dưới 5") % one.small)
    if one.unknown:
        left_out.append(_("%d hoạt động chưa có số liệu") % one.unknown)
    return f"{said}, {_('chưa kể')} {', '.join(left_out)}" if left_out else said


def table(found: Sums, more: Beside, *, told_by: str, period: str, who: str) -> list[Cell]:
    """`told_by` is the commune or the province, `who` the office of who makes the report."""
    return [
        Cell(_("1. Đơn vị"), _("Xã/phường"), told_by),
        Cell("", _("Kỳ báo cáo"), period),
        Cell("", _("Người lập: chức danh"), who),
        *_activities(found),
        *_languages(found, more),
        *_people(found),
        *_pulse(found),
        *_numbers(more),
        *_money(found),
        *_to_mend(more),
    ]


def _activities(found: Sums) -> list[Cell]:
    cells = [Cell("" if n else _("2. Hoạt động"), row.kind.name, kind_words(row)) for n, row in enumerate(found.rows)]
    reached = found.hamlets
    hamlets = f"{reached[0]} / {reached[1]}" if reached else _("chưa có danh sách thôn")
    return [*cells, Cell("", _("Số thôn có hoạt động / tổng số thôn"), hamlets)]


def kind_words(row: KindRow) -> str:
    if not row.activities:
        return _("chưa ghi")
    if row.kind.measure == Measure.PEOPLE:
        return _("%s lượt người") % summed_words(row.people)
    said = [_quantity(row)]
    if row.kind.measure == Measure.SESSIONS:
        said.append(_("%s lượt người") % summed_words(row.people))
    if row.kind.measure == Measure.PLAYS:
        said += [summed_words(row.minutes, _("phút")), _("ở %d thôn") % row.hamlets if row.hamlets else ""]
    if row.kind.measure == Measure.POSTS:
        said.append(summed_words(row.views, _("lượt xem")))
    return "; ".join(part for part in said if part)


def _quantity(row: KindRow) -> str:
    words = {
        Measure.SESSIONS: _("%s buổi"),
        Measure.PLAYS: _("%s lượt phát"),
        Measure.POSTS: _("%s bài"),
        Measure.PLACES: _("%s nơi"),
    }
    return words.get(Measure(row.kind.measure), "%s") % thousands(row.quantity or 0)


def _languages(found: Sums, more: Beside) -> list[Cell]:
    named = [f"{NAMES[tag][0] if tag in NAMES else tag} ({number})" for tag, number in found.languages]
    yes, no, number = found.accessible
    accessible = _("có ở %(yes)d, không ở %(no)d, chưa rõ ở %(rest)d hoạt động") % {
        "yes": yes,
        "no": no,
        "rest": number - yes - no,
    }
    return [
        Cell(_("3. Ngôn ngữ, tiếp cận"), _("Tiếng đã dùng (số hoạt động)"), ", ".join(named) or _("chưa có số liệu")),
        Cell("", _("Số bản dịch đã được người bản ngữ duyệt (cả tỉnh)"), thousands(more.translations)),
        Cell("", _("Có chữ thay ảnh, chữ to, lối xe lăn"), accessible if number else _("chưa có số liệu")),
    ]


def _people(found: Sums) -> list[Cell]:
    people = found.people
    return [
        Cell(_("4. Người dự"), _("Tổng lượt người dự"), summed_words(people["people"])),
        Cell("", _("Trong đó: nữ (số lượt)"), summed_words(people["women"])),
        Cell("", _("Trong đó: dưới 18 tuổi (số lượt)"), summed_words(people["minors"])),
        Cell("", _("Số cán bộ tham gia"), summed_words(people["officials"])),
    ]


def _pulse(found: Sums) -> list[Cell]:
    labels = {
        Moment.BEFORE: _("Câu hỏi trước: số đúng / tổng số trả lời (câu 1 · 2 · 3)"),
        Moment.AFTER: _("Câu hỏi sau: số đúng / tổng số trả lời (câu 1 · 2 · 3)"),
    }
    cells: list[Cell] = []
    for moment, label in labels.items():
        told = [found.pulse.get((question, moment)) for question in QUESTIONS]
        value = " · ".join("–" if one is None else f"{one[0]}/{one[1]}" for one in told)
        cells.append(Cell("" if cells else _("5. Kết quả"), label, value if any(told) else _("chưa có số liệu")))
    wrong = most_mistaken(found.pulse)
    said = _("câu %d (sai %d/%d)") % wrong if wrong and wrong[1] else _("không câu nào") if wrong else ""
    return [*cells, Cell("", _("Câu bà con nhầm nhiều nhất"), said or _("chưa có số liệu"))]


def _numbers(more: Beside) -> list[Cell]:
    called = "; ".join(f"{number} ({day:%d/%m/%Y})" for number, day in more.numbers)
    return [
        Cell(_("6. Số điện thoại"), _("Số đã gọi thử và ngày gọi"), called or _("chưa có số nào")),
        Cell("", _("Lần gọi thử không ai nghe hoặc sai nơi"), str(more.failed)),
    ]


def _to_mend(more: Beside) -> list[Cell]:
    notes = "; ".join(more.notes or []) or _("chưa ghi")
    told = _("xem ở báo cáo của từng xã") if more.notes is None else notes
    return [
        Cell(_("8. Việc cần sửa"), _("Câu chữ khó hiểu, lỗi dịch, tờ hỏng"), told),
        Cell("", _("Đề xuất cho năm sau"), "................"),
    ]


def _money(found: Sums) -> list[Cell]:
    return [
        Cell(_("7. Kinh phí"), _("Ngân sách (đồng)"), summed_words(found.budget)),
        Cell("", _("Nguồn huy động hợp pháp khác (đồng)"), summed_words(found.other_money)),
    ]
