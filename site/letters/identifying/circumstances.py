"""Uncertain signs that a text tells of a real person: her name with her village and what befell her, a day of birth
with a case, a child's name with a school. Only who wrote it knows; so these warn.

Words are walked once, from the left; signs that belong together stand near each other.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from letters.identifying.finding import Finding, Sign

# how far apart in the text what belongs together may stand, in letters
NEAR = 240
NEAR_A_SCHOOL = 160
NEAR_A_CLASS = 50
MOST_SYLLABLES = 5

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?|\d+[^\W_]*|[^\w\s]")
FAMILIES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh lâm mai trịnh đoàn tô tạ trương cao "
    "hà lương lưu phùng châu thái tăng quách kiều nông vi bế lò giàng vàng sùng thào hứa nghiêm "
    "alăng ating arất abing bling bhling bríu briu bhơriu bhnướch blúp clâu coor cơlâu hiên hôih kring pơloong "
    "ríah riah tơngôl zơrâm zuông zơ pơ y a".split()
)
# before a name: whoever is called so may be anybody
KIN = frozenset("anh chị em cháu bé bà ông cô chú bác con".split())
YOUNG = frozenset("em cháu bé sinh hs".split())
MANY = frozenset("các những nhiều mấy hai ba bốn năm".split())
# what is named so is a place or a house: "đường Nguyễn Văn Linh", "24 Trần Phú"
NAMED_PLACES = frozenset(
    "đường phố trường cầu chợ viện ngõ hẻm kiệt lộ thôn bản làng buôn xã phường huyện quận tỉnh khu tổ giải quỹ "
    "thcs thpt th học mầm non mẫu giáo sở đài viên trường hội trại đảo sông núi hồ bến cảng lớp đội".split()
)
TITLES = frozenset(
    "chủ phó trưởng bí đồng thầy hiệu sĩ bộ chức già giảng úy tá cục vụ giám phụ viên luật thư đại đc ts ths".split()
)
# words of which a title and the office that bears it are made
OF_TITLES = TITLES | frozenset(
    "tịch ban nhân dân ubnd hđnd ủy đảng hội liên hiệp nữ thanh niên đoàn mặt trận tổ quốc công an cán nhà trách "
    "phòng trung tâm xã phường huyện tỉnh thôn bản ông bà giáo trạm y tế trưởng phó bí thư đồng chí văn hóa thành "
    "phố".split()
)
TITLED_AFTER = re.compile(
    r"\s?[,(–-]\s?(?:là\s)?(?:chủ tịch|phó|trưởng|bí thư|công an|cán bộ|công chức|tổ trưởng|già làng|hiệu trưởng|"
    r"giáo viên|giám đốc|chuyên viên|thủ trưởng|bác sĩ|điều dưỡng|cộng tác viên|đại úy|thượng úy|trung úy|thiếu tá|"
    r"người phụ trách)",
    re.IGNORECASE,
)
# places whose first syllable is a family's too, and whoever is in every text
NEVER = frozenset(
    {"hồ chí minh", "thái lan", "hà nội", "hà giang", "hà nam", "hà tĩnh", "hà tiên", "lâm đồng", "thái bình"}
    | {"thái nguyên", "cao bằng", "mai châu", "hà lan", "châu âu", "châu á", "châu phi", "a lưới"}
)
# many people, not one who is called so: "bà con Trà My"
GROUPS = frozenset({("bà", "con"), ("cô", "bác"), ("chị", "em"), ("anh", "em"), ("anh", "chị"), ("cô", "chú")})
# capitalised, and no name of somebody
NOT_NAMES = frozenset(
    "trường liên đội đoàn hội ban phòng lớp ủy ubnd hđnd công nhà việt quảng đà thcs thpt trung tây đông nam bắc luật "
    "nghị khi nếu đây đã xem gọi hãy không có".split()
)

PLACE = re.compile(
    r"(?<!\w)(?:[Tt]hôn|[Bb]ản|[Ll]àng|[Bb]uôn|[Xx]ã|[Pp]hường|[Ấấ]p|[Xx]óm|[Nn]óc|[Kk]hối phố|[Tt]ổ)\s([^\W_])"
)
SCHOOL = re.compile(
    r"(?<!\w)(?:trường|thcs|thpt|ptdt|tiểu học|mầm non|mẫu giáo|nội trú|bán trú|lớp\s\d{1,2})(?!\w)|"
    r"(?<!\w)lớp\s\d{1,2}[a-z/]",
    re.IGNORECASE,
)
CLASS = re.compile(r"(?<!\w)lớp\s\d{1,2}", re.IGNORECASE)
# smaller than a commune: where everybody knows everybody
HAMLET = re.compile(
    r"(?<!\w)(?<!văn )(?:[Tt]hôn|[Bb]ản|[Ll]àng|[Bb]uôn|[Xx]óm|[Nn]óc|[Ấấ]p|[Kk]hối phố|[Tt]ổ dân phố)\s(?:số\s)?"
    r"([^\W_][^\s,.;:]*)((?:\s[^\W\d_][^\s,.;:]*){0,2})"
)
# a day, and one person to whom something happened on it
DAY = re.compile(r"(?<![\d/])\d{1,2}[/-]\d{1,2}(?!\d)")
ONE = re.compile(
    r"(?<!\w)(?:một|hai|ba|\d)\s(?:em|cháu|bé|chị|anh|cô|bà|ông|người|phụ nữ|nữ|nam|học sinh|thanh niên|gia đình|hộ)"
    r"(?!\w)|(?<!\w)\d{1,2}\stuổi",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"(?<!\w)(?:bị\s(?:(?:kẻ xấu|bọn chúng|người lạ|người ta|chồng|chủ)\s)?(?:lừa|bán|mua bán|ép|bắt|giam|giữ|nhốt|"
    r"đánh|bỏ rơi|xâm hại|hiếp|cưỡng|dụ|rủ|đưa sang|đưa đi|bóc lột|đe dọa|hành hạ|bạo hành|gả)|nạn nhân|mất tích|"
    r"bỏ trốn|bỏ nhà|trốn về|"
    r"trở về|được cứu|giải cứu|(?:về từ|sang|qua|từ)\s(?:campuchia|trung quốc|lào|myanmar|miến điện|thái lan|malaysia)|"
    r"bán sang|lừa bán|tự tử|tự vẫn|có thai|mang thai|tảo hôn|nghiện|được trao trả|mua bán người)(?!\w)",
    re.IGNORECASE,
)
VICTIM = re.compile(r"(?:nạn nhân|bị hại)\s(?:là\s|tên\s)?(?:(?:anh|chị|em|cháu|bà|ông|cô)\s)?$", re.IGNORECASE)
BIRTH = re.compile(
    r"(?<!\w)(?:sinh\s?(?:ngày|năm)?\s?:?\s?|năm sinh\s?:?\s?|sn\s?[.:]?\s?|ngày sinh\s?:?\s?)"
    r"(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
CASE = re.compile(
    r"(?<!\w)(?:vụ|nạn nhân|bị hại|xác minh|tiếp nhận|giải cứu|tố giác|trình báo|ca bệnh|đối tượng)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    text: str
    # what stands before it says that she is young
    is_young: bool


def circumstances_in(text: str) -> Iterator[Finding]:
    """One finding a name or day of birth; `text` is in NFC."""
    names = [name for name in _names(text) if not TITLED_AFTER.match(text, name.end)]
    events, places = _starts(EVENT, text), [match.start() for match in PLACE.finditer(text) if _begins_a_name(match[1])]
    schools, classes = _starts(SCHOOL, text), _starts(CLASS, text)
    for name in names:
        victim = VICTIM.search(text, max(0, name.start - 40), name.start)
        if victim or (_near(events, name.start, NEAR) and _near(places, name.start, NEAR)):
            yield Finding(Sign.EVENT, name.start, name.end, name.text)
        elif _near(
            schools if name.is_young else classes, name.start, NEAR_A_SCHOOL if name.is_young else NEAR_A_SCHOOL // 3
        ):
            yield Finding(Sign.MINOR, name.start, name.end, name.text)
    cases = sorted({*events, *_starts(CASE, text)})
    for match in BIRTH.finditer(text):
        if _near(cases, match.start(), NEAR):
            yield Finding(Sign.BIRTH, *match.span(1))


def people_in(text: str) -> list[str]:
    """Names of people who are not named with their office, each once; a letter that stands for anybody is none. `text`
    is in NFC.
    """
    names = [name.text for name in _names(text) if not TITLED_AFTER.match(text, name.end)]
    return list(dict.fromkeys(name for name in names if len(name) > 1))


def hamlets_in(text: str) -> list[str]:
    """Places smaller than a commune that are named or numbered, each once. `text` is in NFC."""
    named = [match for match in HAMLET.finditer(text) if _begins_a_name(match[1][0])]
    # what follows in capitals is of the name: "thôn Tà Làng"
    more = [takewhile(lambda word: word[0].isupper(), match[2].split()) for match in named]
    said = [" ".join([text[m.start() : m.end(1)], *rest]) for m, rest in zip(named, more, strict=True)]
    return list(dict.fromkeys(said))


def days_of_somebody(text: str) -> list[str]:
    """Days on which something happened to one or a few, each once. `text` is in NFC."""
    ones = _starts(ONE, text)
    return list(dict.fromkeys(match[0] for match in DAY.finditer(text) if _near(ones, match.start(), NEAR)))


def _starts(pattern: re.Pattern, text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]


def _near(places: list[int], place: int, most: int) -> bool:
    """Whether one of the sorted places is at most so far away."""
    after = bisect_left(places, place - most)
    return after < len(places) and places[after] <= place + most


def _begins_a_name(sign: str) -> bool:
    return sign.isdigit() or sign.isupper()


def _names(text: str) -> Iterator[Name]:
    words = list(WORD.finditer(text))
    lower = [match[0].lower().rstrip(".") for match in words]
    place = 0
    while place < len(words):
        length = _length_of_name(text, words, lower, place)
        if not length:
            place += 1
            continue
        start, end = words[place].start(), words[place + length - 1].end()
        said = text[start:end].rstrip(".")
        if not _is_public(words, lower, place) and said.lower() not in NEVER:
            young = any(word in YOUNG for word in lower[max(0, place - 2) : place])
            yield Name(start, start + len(said), said, young)
        place += length


def _length_of_name(text: str, words: list[re.Match], lower: list[str], place: int) -> int:
    """How many words from here on are a name: a family's and more, or any after "chị", "em"; 0 for none."""
    length = 0
    while length < MOST_SYLLABLES and place + length < len(words) and words[place + length][0][0].isupper():
        if length and text[words[place + length - 1].end() : words[place + length].start()] not in (" ", "\u00a0", ""):
            break
        length += 1
        if words[place + length - 1][0].endswith(".") and len(words[place + length - 1][0]) > 2:
            break
    if not length or lower[place] in NOT_NAMES:
        return 0
    if length > 1 and lower[place] in FAMILIES:
        return length
    called = place > 0 and lower[place - 1] in KIN and not words[place - 1][0].isupper()
    called = called and tuple(lower[max(0, place - 2) : place]) not in GROUPS
    several = place > 1 and lower[place - 2] in MANY
    return length if called and not (several and length == 1) and len(words[place][0]) > 0 else 0


def _is_public(words: list[re.Match], lower: list[str], place: int) -> bool:
    """A place that bears the name, or somebody named with her office."""
    if place == 0:
        return False
    before = lower[place - 1]
    if before in NAMED_PLACES or before[0].isdigit() or before == "thông":
        return True
    if before in KIN - {"ông", "bà", "cô"}:
        return False
    at = place - 1
    while at >= 0 and place - at <= 10 and (lower[at] in OF_TITLES or words[at][0][0].isupper()):
        if lower[at] in TITLES:
            return True
        at -= 1
    return False
