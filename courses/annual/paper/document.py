"""The report as paper: what the Word document and the PDF both say, laid out to decree 30/2020/NĐ-CP, annex I. Pure.

Number and day stay open for the clerk. The hash of the data stands in the text, so the paper answers for the files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courses.annual.wording import ROMAN, shown

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# as wide as a number or a day that is written by hand
NUMBER_OPEN, DAY_OPEN = "\u00a0" * 8, "\u00a0" * 6


# of the rule under the subject, in mm
SUBJECT_MM = 50
# between the margins of A4, of a narrow column, of a digit in 11 points, of other signs, and beside them; in mm
WIDTH, NARROW, DIGIT, SIGN, BESIDE = 162, 13.4, 1.95, 1.0, 4.2
# of the column that numbers the rows
NUMBERS = 11


@dataclass(frozen=True)
class PaperTable:
    """Cells are texts as they are printed, the last line is the sum; `widths` of the columns in mm."""

    heading: str
    title: str
    columns: list[str]
    rows: list[list[str]]
    note: str
    widths: list[float]


@dataclass(frozen=True)
class Head:
    superior: list[str]
    organisation: list[str]
    number: str
    day: str


@dataclass(frozen=True)
class Foot:
    recipients: list[str]
    signing: list[str]
    signer: str


@dataclass(frozen=True)
class Paper(Foot, Head):
    subject: list[str]
    addressees: list[str]
    blocks: list[list[str]]
    tables: list[PaperTable]
    attached: str
    title: str


def paper_of(data: Mapping[str, Any], digest: str) -> Paper:
    head = data["head"]
    taken_at = datetime.fromisoformat(data["taken_at"])
    return Paper(
        superior=in_capitals(head["superior"]),
        organisation=in_capitals(head["organisation"]),
        number=f"Số:{NUMBER_OPEN}/{head['mark']}",
        day=f"{head['place']}, ngày{DAY_OPEN}tháng{DAY_OPEN}năm {taken_at.year}",
        subject=[data["subject"]],
        addressees=in_lines(head["addressees"]),
        # a number and its sign stay in one line
        blocks=[
            [kind, words.replace(" %", "\u00a0%")]
            for kind, words in (*data["blocks"], *_closing(data, digest, taken_at))
        ],
        recipients=recipients(head["recipients"]),
        signing=in_lines(head["signing"].upper()),
        signer=head["signer"],
        tables=list(_tables(data)),
        attached=f"(Kèm theo Báo cáo số{NUMBER_OPEN}/{head['mark']} ngày{DAY_OPEN}tháng{DAY_OPEN}năm {taken_at.year} "
        f"của {head['organisation']})",
        title=f"Báo cáo: {data['subject']}",
    )


def in_capitals(name: str) -> list[str]:
    """A people's committee in two lines, as offices write it: ỦY BAN NHÂN DÂN, then whose."""
    name = name.strip().upper()
    head = "ỦY BAN NHÂN DÂN"
    if name.startswith(head + " "):
        return [head, name[len(head) + 1 :]]
    return [name] if name else []


def in_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def recipients(text: str) -> list[str]:
    """A dash before each, a semicolon after, a full stop after the last."""
    lines = [line.lstrip("-– ").rstrip(";. ") for line in in_lines(text)]
    return [f"- {line}{'.' if number == len(lines) else ';'}" for number, line in enumerate(lines, start=1)]


def _closing(data: Mapping[str, Any], digest: str, taken_at: datetime) -> Iterator[list[str]]:
    if changes := data.get("changes"):
        yield from _changed(data, changes)
    sentence = _(
        "Số liệu chốt lúc %(hour)s ngày %(day)s từ danh sách cán bộ trên hệ thống; cán bộ trong các phụ lục dữ liệu "
        "được ghi bằng số riêng, không ghi tên. Mã băm SHA-256 của dữ liệu báo cáo: %(digest)s./."
    )
    hour = f"{taken_at.hour} giờ {taken_at.minute:02} phút"
    yield ["p", sentence % {"hour": hour, "day": f"{taken_at:%d/%m/%Y}", "digest": digest}]


def _changed(data: Mapping[str, Any], changes: Mapping[str, Any]) -> Iterator[list[str]]:
    params = {"version": data["version"], "reason": data["reason"], "before": data["replaces"][:16]}
    yield [
        "p",
        _(
            "Đây là phiên bản %(version)d, thay phiên bản trước (mã băm bắt đầu bằng %(before)s), vì: %(reason)s. "
            "Những thay đổi so với phiên bản trước:"
        )
        % params,
    ]
    for line in changes_in_words(changes):
        yield ["dash", f"- {line}"]


def changes_in_words(changes: Mapping[str, Any]) -> list[str]:
    """A line for each figure, at most forty; then what else was changed."""
    lines = [
        _("%(label)s: từ %(before)s thành %(after)s;")
        % {"label": one["label"], "before": shown(one["before"]), "after": shown(one["after"])}
        for one in changes["figures"]
    ]
    most = 40
    if len(lines) > most:
        rest = _("và %(n)d số liệu khác, ghi đủ trong tệp dữ liệu;") % {"n": len(lines) - most}
        lines = [*lines[:most], rest]
    if changes["words"]:
        lines.append(_("sửa %s;") % ", ".join(changes["words"]))
    return [*lines[:-1], lines[-1].rstrip(";") + "."] if lines else [_("không số liệu nào thay đổi.")]


def _tables(data: Mapping[str, Any]) -> Iterator[PaperTable]:
    values = {figure["key"]: figure["value"] for figure in data["figures"]}
    starred = set(data["starred"])
    for number, table in enumerate(data["tables"]):
        rows = [
            [*line["words"], *(shown(values[key], key in starred) for key in line["figures"])]
            for line in table["lines"]
        ]
        numbered = [[str(place) if place < len(rows) else "", *row] for place, row in enumerate(rows, start=1)]
        note = table["note"]
        if any(key in starred for line in table["lines"] for key in line["figures"]):
            note = f"{note} {STARRED}".strip()
        name = "Phụ lục" if len(data["tables"]) == 1 else f"Phụ lục {ROMAN[number] if number < 12 else number + 1}"
        columns = ["TT", *table["columns"]]
        yield PaperTable(name, table["title"].upper(), columns, numbered, note, widths_of(numbered, len(columns)))


def widths_of(rows: list[list[str]], columns: int) -> list[float]:
    """In mm: a narrow column for each figure, wider where money stands in it; the words of a row take the rest."""
    figures = [max([NARROW, *(_width(row[place]) for row in rows)]) for place in range(2, columns)]
    return [NUMBERS, round(WIDTH - NUMBERS - sum(figures), 1), *figures]


def _width(cell: str) -> float:
    digits = sum(letter.isdecimal() for letter in cell)
    return round(BESIDE + DIGIT * digits + SIGN * (len(cell) - digits), 1)


STARRED = "Dấu *: còn đơn vị chưa xác nhận danh sách, hoặc danh sách đã đổi sau khi xác nhận."
