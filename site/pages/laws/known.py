"""Documents of law that texts here cite by name, with their numbers; public law, so it stands in the code.

One that is not here is known by its number alone: it has its page all the same, under that number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """`title` as it is shown; `names` as texts write it, without regard to case; the longest that fits is meant."""

    number: str
    title: str
    names: tuple[str, ...] = ()


KNOWN = (
    Known(
        "53/2024/QH15",
        "Luật Phòng, chống mua bán người",
        ("Luật Phòng, chống mua bán người 2024", "Luật Phòng, chống mua bán người năm 2024", "Luật năm 2024", "L2024"),
    ),
    Known(
        "66/2011/QH12",
        "Luật Phòng, chống mua bán người năm 2011",
        ("Luật Phòng, chống mua bán người 2011", "Luật Phòng, chống mua bán người năm 2011"),
    ),
    Known("86/2025/QH15", "Luật 86/2025/QH15 sửa đổi, bổ sung một số luật", ("L86",)),
    Known(
        "91/2025/QH15",
        "Luật Bảo vệ dữ liệu cá nhân",
        ("Luật Bảo vệ dữ liệu cá nhân", "Luật Bảo vệ dữ liệu cá nhân 2025"),
    ),
    Known("102/2016/QH13", "Luật Trẻ em", ("Luật Trẻ em", "Luật Trẻ em 2016", "Luật Trẻ em năm 2016")),
    Known(
        "11/2017/QH14",
        "Luật Trợ giúp pháp lý",
        ("Luật Trợ giúp pháp lý", "Luật Trợ giúp pháp lý 2017", "Luật Trợ giúp pháp lý năm 2017"),
    ),
    Known(
        "100/2015/QH13",
        "Bộ luật Hình sự",
        ("Bộ luật Hình sự", "Bộ luật Hình sự 2015", "Bộ luật Hình sự năm 2015", "BLHS"),
    ),
    Known(
        "101/2015/QH13",
        "Bộ luật Tố tụng hình sự",
        ("Bộ luật Tố tụng hình sự", "Bộ luật Tố tụng hình sự 2015", "Bộ luật Tố tụng hình sự năm 2015"),
    ),
    Known(
        "45/2019/QH14",
        "Bộ luật Lao động",
        ("Bộ luật Lao động", "Bộ luật Lao động 2019", "Bộ luật Lao động năm 2019"),
    ),
    Known(
        "69/2020/QH14",
        "Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng",
        (
            "Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng",
            "Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng 2020",
        ),
    ),
    Known("09/2019/NĐ-CP", "Nghị định 09/2019/NĐ-CP về chế độ báo cáo"),
    Known("30/2020/NĐ-CP", "Nghị định 30/2020/NĐ-CP về công tác văn thư"),
    Known("162/2025/NĐ-CP", "Nghị định 162/2025/NĐ-CP hướng dẫn Luật Phòng, chống mua bán người"),
    Known("56/2017/NĐ-CP", "Nghị định 56/2017/NĐ-CP hướng dẫn Luật Trẻ em"),
)
TITLES = {one.number: one.title for one in KNOWN}
KINDS = {
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "KH": "Kế hoạch",
    "VBHN": "Văn bản hợp nhất",
}

_NUMBERS = {" ".join(name.lower().split()): one.number for one in KNOWN for name in one.names}
# the longest first, so that a name with its year is not cut short
_NAMES = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_NUMBERS, key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)


def named_in(text: str) -> Iterator[tuple[str, int, int]]:
    """(number, start, end) of each known document that the text names by its name."""
    for match in _NAMES.finditer(text):
        yield _NUMBERS[" ".join(match[0].lower().split())], match.start(), match.end()


def title_of(number: str) -> str:
    """How the document is shown: its known title, else its kind, where the number tells it, and the number."""
    if number in TITLES:
        return TITLES[number]
    kind = re.search(r"/(QH|[A-ZĐ]+)", number)
    if kind and kind[1] == "QH":
        return f"Luật {number}"
    return f"{KINDS[kind[1]]} {number}" if kind and kind[1] in KINDS else number


def slug_of(number: str) -> str:
    """How a document stands in an address: 09/2019/NĐ-CP as 09-2019-nd-cp."""
    return number.lower().replace("đ", "d").replace("ư", "u").replace("/", "-")
