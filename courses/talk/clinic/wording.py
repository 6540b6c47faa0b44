"""What the words of a case must not hold, beyond what the guard of free text refuses and asks about. Pure.

A place below the level of a district, a day, a year of birth, a name after a form of address: each is refused with one
sentence that says what to write instead. It errs on the side of refusing, since a case can always be told without.
"""

import re

from django.utils.translation import gettext_lazy as _

_CAPITAL = f"[{''.join(sign for sign in map(chr, range(ord('A'), 0x1EFA)) if sign.isupper() and sign.isalpha())}]"
# papers that are called bản
_PAPERS = "(?!(?:Kế|Cam|Quy|Tường|Khai|Án|Sao|Ghi|Tin|Đồ|Nội|Thỏa)\\b)"
_PLACE = re.compile(
    rf"\b(?i:thôn|làng|buôn|ấp|xóm|nóc|tổ dân phố|khối phố|khu phố|xã|phường|thị trấn|đặc khu|bản {_PAPERS})"
    rf"\s*(?:số\s+)?(?:{_CAPITAL}\w*|\d+)"
)
_DAY = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)?\d{2}\b|\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}\b", re.I)
_BIRTH = re.compile(r"\b(?:sinh\s+(?:năm|ngày)|sn|s\.n\.)\s*:?\s*\d", re.I)
# offices that follow a form of address
_OFFICES = "(?!(?:Công|Bộ|Trưởng|Chủ|Phó|Cán|Hội|Giám|Tổ|Y tế|Bí)\\b)"
_NAME = re.compile(rf"\b(?i:chị|anh|em|cháu|ông|bà|cô|chú|bác|dì|bé|nạn nhân)\s+{_OFFICES}{_CAPITAL}\w*")

_REFUSALS = (
    (_PLACE, _("Không ghi thôn, bản, xã hay phường nào; ghi “một xã vùng biên”, “một thôn xa”.")),
    (_DAY, _("Không ghi ngày tháng; ghi “tháng trước”, “sau Tết”.")),
    (_BIRTH, _("Không ghi ngày hay năm sinh; chọn nhóm tuổi.")),
    (_NAME, _("Không ghi tên; ghi “người phụ nữ”, “cháu gái”, “người môi giới”.")),
)


def too_near(text: str) -> list[str]:
    """One sentence for each kind of thing that tells who or where; none where the words are good."""
    return [str(sentence) for pattern, sentence in _REFUSALS if pattern.search(text)]
