"""The wording of a report: lines that the office edits, with placeholders that are checked when it saves. Pure.

    # Kết quả tập huấn cán bộ               a heading, numbered I, II, …
    ## Phần còn lại                          a smaller one, numbered 1, 2, … below it
    - Một ý                                  a dash
    {tap_huan.hoan_thanh} trên {tap_huan.phai} người …    said of each group of the section, one after the other

Lines that follow each other and name placeholders of one section are said together of each of its groups.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.annual_sections import Offered

NAMED = re.compile(r"\{([a-z0-9_.]+)\}")
BRACE = re.compile(r"[{}]")
# since resolution 1659/NQ-UBTVQH15 there is no district; a text of a later day names none
NO_DISTRICTS = date(2025, 7, 1)
DISTRICT = re.compile(r"(?<!\w)(huyện|thị xã|quận)(?!\w)", re.IGNORECASE)
GENERAL = {
    "nam": gettext_lazy("năm báo cáo"),
    "ky": gettext_lazy("kỳ báo cáo, như “năm 2026”"),
    "don_vi": gettext_lazy("tên đơn vị mà số liệu nói đến, chữ đầu viết thường"),
    "co_quan": gettext_lazy("cơ quan ban hành"),
    "tu_ngay": gettext_lazy("ngày đầu kỳ"),
    "den_ngay": gettext_lazy("ngày chốt số liệu"),
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Block:
    """`kind` is heading, smaller, dash or p."""

    kind: str
    text: str

    def as_list(self) -> list[str]:
        return [self.kind, self.text]


def starter(offered: Iterable[Offered]) -> str:
    lines = [
        "# Tình hình chung",
        "Thực hiện công tác hỗ trợ nạn nhân bị mua bán {ky}, {co_quan} báo cáo kết quả tập huấn cán bộ và truyền thông "
        "phòng, chống mua bán người trên địa bàn {don_vi}. Số liệu tính đến hết ngày {den_ngay}; hoạt động tính từ "
        "ngày {tu_ngay} đến hết ngày {den_ngay}.",
        *(line for one in offered for line in one.wording),
        "# Khó khăn, vướng mắc",
        "(Đơn vị ghi.)",
        "# Phương hướng, kiến nghị",
        "(Đơn vị ghi.)",
    ]
    return "\n".join(lines)


def problems(text: str, offered: Iterable[Offered], day: date) -> list[str]:
    """A sentence for each thing that is wrong, [] if nothing is."""
    known = _known(offered)
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        names = NAMED.findall(line)
        if BRACE.search(NAMED.sub("", line)):
            found.append(_("Dòng %d có dấu { hoặc } lẻ; chỗ điền viết như {den_ngay}.") % number)
        for name in names:
            if name not in known:
                params = {"line": number, "name": name}
                found.append(_("Dòng %(line)d: không có chỗ điền {%(name)s}; xem danh sách bên dưới.") % params)
        if len({name.partition(".")[0] for name in names if "." in name}) > 1:
            found.append(_("Dòng %d nhắc hai phần khác nhau; hãy tách thành hai dòng.") % number)
    return found + district_problems(text, day)


def district_problems(text: str, day: date) -> list[str]:
    if day >= NO_DISTRICTS and (match := DISTRICT.search(text)):
        reason = _("Từ 01/7/2025 không còn cấp huyện: hãy bỏ “%(word)s”, hoặc ghi tên xã, phường, đặc khu.")
        return [reason % {"word": match[0]}]
    return []


def placeholders(offered: Iterable[Offered]) -> list[tuple[str, str]]:
    return [(f"{{{name}}}", str(label)) for name, label in _known(offered).items()]


def _known(offered: Iterable[Offered]) -> dict[str, str | Promise]:
    of_sections = {f"{one.key}.{name}": label for one in offered for name, label in one.placeholders.items()}
    return {**GENERAL, **of_sections}


# the values of each group of a section, and the sentences that follow them
Said = Mapping[str, Sequence[tuple[Mapping[str, str], tuple[str, ...]]]]


def said(text: str, general: Mapping[str, str], sections: Said) -> Iterator[Block]:
    """The text with everything filled in. A section that nothing in the text names is not told."""
    headings = _Numbers()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for section, run in groupby(lines, _section_of):
        of_run = list(run)
        if not section:
            for line in of_run:
                yield headings.numbered(_filled(line, general))
            continue
        groups = sections.get(section, [])
        for values, notes in groups:
            for line in of_run:
                yield headings.numbered(_filled(line, {**general, **_prefixed(section, values)}))
            yield from (Block("p", note) for note in notes)
        if not groups:
            yield Block("p", _("Trong kỳ không có số liệu."))


def _section_of(line: str) -> str:
    return next((name.partition(".")[0] for name in NAMED.findall(line) if "." in name), "")


def _prefixed(section: str, values: Mapping[str, str]) -> dict[str, str]:
    return {f"{section}.{name}": value for name, value in values.items()}


def _filled(line: str, values: Mapping[str, str]) -> str:
    # what nobody offers any more stays empty: the office sees it in the report and mends the wording
    return NAMED.sub(lambda match: values.get(match[1], "…"), line)


class _Numbers:
    def __init__(self):
        self.large = self.small = 0

    def numbered(self, line: str) -> Block:
        if line.startswith("## "):
            self.small += 1
            return Block("smaller", f"{self.small}. {line[3:].strip()}")
        if line.startswith("# "):
            self.large, self.small = self.large + 1, 0
            number = ROMAN[self.large - 1] if self.large <= len(ROMAN) else str(self.large)
            return Block("heading", f"{number}. {line[2:].strip()}")
        if line.startswith(("- ", "– ")):
            return Block("dash", f"- {line[2:].strip()}")
        return Block("p", line)


def shown(value: int | float | None, starred: bool = False, sign: str = "") -> str:
    """A number as Vietnamese offices write it: 1.234 and 83,3."""
    if value is None:
        return "–"
    text = f"{value:,}".replace(",", ".") if isinstance(value, int) else f"{value:g}".replace(".", ",")
    return f"{text}{sign} *" if starred else f"{text}{sign}"
