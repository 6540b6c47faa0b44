"""The item analysis as a table: a row for each question, and one below it for each of its answers."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from courses.analysis.shown import ShownQuestion, rounded_down, shown
from tabular.writing import Table


def table_of(title: str, analysis: Mapping, *, sees_everybody: bool) -> Table:
    summary, questions = shown(analysis, sees_everybody=sees_everybody)
    questions = sorted(questions, key=lambda one: one.number)
    columns = [
        _("Câu"),
        _("Chữ"),
        _("Lượt"),
        _("Đúng hoàn toàn"),
        _("Mức dễ (%)"),
        _("Độ phân biệt"),
        _("Nhóm cao"),
        _("Nhóm thấp"),
        _("Giây"),
        _("Nên làm gì"),
    ]
    about: list[tuple[str, object]] = [
        (_("Bài kiểm tra"), title),
        (_("Số người, lần làm đầu tiên"), summary.people),
        (_("Điểm trung bình (%)"), summary.mean),
        (_("Đạt ngay lần đầu (%)"), summary.passed),
        (_("Độ tin cậy (alpha của Cronbach)"), summary.alpha),
        (_("Sai số chuẩn của một bài (điểm %)"), summary.error),
    ]
    return Table(_("Phân tích câu hỏi"), columns, list(_rows(questions)), about)


def _rows(questions: list[ShownQuestion]) -> Iterator[tuple]:
    for one in questions:
        if one.is_hidden:
            yield (
                one.number,
                one.words,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                _("Nhóm dưới năm người, không hiện."),
            )
            continue
        said = " ".join(advice.sentence for advice in one.advice)
        line = (one.number, one.words, one.people, one.right)
        yield (*line, _rounded(one.facility, 100, 1), _rounded(one.discrimination, 1, 2), None, None, one.seconds, said)
        for row in one.rows:
            words = f"{row.letter}. {row.words}" if row.letter else row.words
            right = _("đáp án") if row.is_right else ""
            yield (None, words, row.people, None, None, None, row.upper, row.lower, None, right)


def _rounded(number: float | None, times: int, digits: int) -> float | None:
    return None if number is None else rounded_down(number * times, digits)
