"""In which languages the texts of a rendering are whole. A sheet is whole in one language or not offered in it.

Vietnamese is what the passages are written in. Other languages have what was approved at the desk
(`campaigns.translating`): the sentences of the passages, and what the designs say themselves (`WORDS`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from campaigns.renderings.formats import Format
from campaigns.renderings.texts.passages import Passage
from campaigns.renderings.texts.sentences import NUMBER
from campaigns.translating.kinds import PRINTED

# what the designs say themselves, and with the numbers of the whole country
WORDS = {
    "eyebrow": "30/7 · Ngày toàn dân phòng, chống mua bán người",
    "place": "Xã/thôn:",
    "duty": "Số trực:",
    "when": "Khi nào, ở đâu:",
    "code": "Mã QR dẫn đến trang của tờ này",
    "free": "Miễn phí · Ngày đêm",
    "anonymous": "Được quyền không nói tên.",
    "danger": "Đang nguy hiểm: gọi",
    "emergency": "Cấp cứu: gọi",
    "sheet": "Tờ số {number} · bản {version} · {month}",
    "cut": "Cắt lỗ treo",
    "loud.30": "Loa 30 giây",
    "loud.60": "Loa 60 giây",
}
# what staff alone read, on what may not be issued, and the pace at which Vietnamese is read
STAFF_WORDS = {
    "number_token": NUMBER,
    "draft": "Bản nháp, chưa có số · {month}",
    "unapproved": "BẢN NHÁP – CHƯA DUYỆT",
    "trial": "BẢN XEM THỬ",
    "reading": "{syllables} tiếng, đọc chậm, khoảng {seconds} giây",
}
VIETNAMESE = {**WORDS, **STAFF_WORDS}
# of the words those that one design alone has
OF_DESIGN = {"cut": "door", "loud.30": "loud", "loud.60": "loud"}
WORD = f"{PRINTED}/chu/"
SCENE = f"{PRINTED}/hinh"
# what stands for the picture of the page itself
PAGE_PICTURE = f"{PRINTED}/hinh-trang"


def text_path(slot: str) -> str:
    return f"{PRINTED}/{slot}"


def title_path(slot: str) -> str:
    return f"{PRINTED}/{slot}/ten"


@dataclass(frozen=True)
class Spoken:
    """What a language has approved of a message's sheets: sentences by path, in their order. `lacking` are the
    Vietnamese ones by path for which it has none.
    """

    language: str
    said: Mapping[str, tuple[str, ...]]
    lacking: Mapping[str, tuple[str, ...]]

    def text(self, path: str) -> str:
        return " ".join(self.said.get(path, ()))

    @property
    def words(self) -> dict[str, str]:
        return {**VIETNAMESE, **{name: self.text(WORD + name) for name in WORDS}, "reading": ""}


def paths_of(passages: Mapping[str, Passage], slots: Iterable[str], design: str, scene: str) -> list[str]:
    """All that a sheet says, in its order."""
    paths = []
    for slot in slots:
        # of a leaflet the first face is a cover without its name
        if slot in passages and passages[slot].title and slot != "leaflet.1":
            paths.append(title_path(slot))
        paths.append(text_path(slot))
    words = [WORD + name for name in WORDS if OF_DESIGN.get(name, design) == design]
    return [*paths, *([SCENE] if scene else []), *words]


def lacking_in(spoken: Spoken, passages: Mapping[str, Passage], paths: Iterable[str]) -> list[str]:
    """The Vietnamese sentences that keep a sheet from being offered in this language."""
    found: list[str] = []
    for path in paths:
        if path in spoken.lacking:
            found += spoken.lacking[path]
        elif path not in spoken.said:
            # not at the desk yet
            found.append(_vietnamese(passages, path))
    return list(dict.fromkeys(found))


def _vietnamese(passages: Mapping[str, Passage], path: str) -> str:
    if path.startswith(WORD):
        return WORDS[path.removeprefix(WORD)]
    slot, _slash, part = path.removeprefix(f"{PRINTED}/").partition("/")
    if slot not in passages:
        return str(_("Hình vẽ"))
    return passages[slot].title if part else passages[slot].text


def lacking(passages: Mapping[str, Passage], slots: Iterable[str]) -> list[str]:
    """The slots without a Vietnamese text."""
    return [slot for slot in slots if slot not in passages or not passages[slot].text.strip()]


def paths_of_format(one: Format, audience: str = "") -> set[str]:
    """Every path that may stand on a sheet of this format, but for what all of them share."""
    slots = (*one.slots, f"audience.{audience}") if audience else one.slots
    return {path for slot in slots for path in (text_path(slot), title_path(slot))}
