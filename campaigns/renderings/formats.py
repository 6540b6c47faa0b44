"""The formats in which a message is printed, and the slots of texts that each of them bears. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.messages import asked

SLOTS: dict[str, str | Promise] = {
    "poster.title": _("Tiêu đề"),
    "poster.lead": _("Câu mở đầu"),
    "poster.ask": _("Dòng Hỏi"),
    "poster.keep": _("Dòng Giữ"),
    "poster.tell": _("Dòng Báo"),
    "poster.call": _("Dòng Gọi"),
    "poster.close": _("Câu cuối áp phích"),
    **{f"leaflet.{n}": _("Tờ gấp, mặt %d") % n for n in range(1, 7)},
    "door.front": _("Thẻ treo cửa, mặt trước"),
    "door.back": _("Thẻ treo cửa, mặt sau"),
    **{f"card.{n}": _("Thẻ %d") % n for n in range(1, 4)},
    "share": _("Câu chia sẻ"),
    "loud.30": _("Loa 30 giây"),
    "loud.60": _("Loa 60 giây"),
}
SLOTS.update(
    {
        slot: label % {"n": number}
        for number in asked.NUMBERS
        for slot, label in zip(
            asked.slots_of(number),
            (
                _("Câu hỏi %(n)d (tên là chữ của đáp án)"),
                _("Câu %(n)d, đáp án A"),
                _("Câu %(n)d, đáp án B"),
                _("Câu %(n)d, đáp án C"),
                _("Câu %(n)d, vì sao"),
            ),
            strict=True,
        )
    }
)
AUDIENCES: dict[str, str | Promise] = {
    "women": _("Phụ nữ và em gái"),
    "men": _("Nam thanh niên tìm việc"),
    "family": _("Gia đình có người ở xa, ở nước ngoài"),
    "elders": _("Già làng, trưởng thôn, người có uy tín"),
}
# what is said at the head of a text, until somebody writes another word
HEADS: dict[str, str | Promise] = {
    "poster.ask": "HỎI",
    "poster.keep": "GIỮ",
    "poster.tell": "BÁO",
    "poster.call": "GỌI",
    **{f"audience.{key}": label for key, label in AUDIENCES.items()},
}
# every place for a text, in the order in which they are written
WRITTEN = (*SLOTS, *(f"audience.{key}" for key in AUDIENCES))
POSTER = tuple(slot for slot in SLOTS if slot.startswith("poster."))
TITLE = ("poster.title",)
# in the names of slots that a design stops at: who is called, where, when
OWN = "own"


@dataclass(frozen=True)
class Format:
    """`design` is a file of `designs/`, `slots` what stands on it, `pages` as drawn. `dots` an inch do for a PNG to be
    printed, `seen` for a preview.
    """

    key: str
    label: str | Promise
    size: str | Promise
    design: str
    slots: tuple[str, ...]
    pages: int = 1
    for_audiences: bool = False
    dots: int = 200
    seen: int = 72


FORMATS = {
    one.key: one
    for one in (
        Format("a4", _("Áp phích A4"), "210 × 297 mm", "poster", POSTER, for_audiences=True),
        Format("a3", _("Áp phích A3"), "297 × 420 mm", "poster", POSTER, for_audiences=True, dots=150, seen=51),
        Format(
            "to-gap",
            _("Tờ gấp 6 mặt"),
            _("A4 ngang, gấp ba"),
            "leaflet",
            (*TITLE, *(f"leaflet.{n}" for n in range(1, 7))),
            pages=2,
        ),
        Format(
            "the-cua",
            _("Thẻ treo cửa"),
            _("99 × 210 mm, ba thẻ một tờ A4"),
            "door",
            ("door.front", "door.back"),
            pages=2,
        ),
        Format(
            "the",
            _("Thẻ bỏ túi"),
            _("90 × 54 mm, mười thẻ một tờ A4"),
            "cards",
            ("card.1", "card.2", "card.3"),
            pages=2,
        ),
        Format("bang-ron", _("Băng rôn"), "3 × 0,7 m", "banner", TITLE, dots=30, seen=8),
        Format(
            "loa",
            _("Bài đọc trên loa"),
            _("A4 đen trắng, chữ từ 16 điểm"),
            "loud",
            (*TITLE, "loud.30", "loud.60"),
            for_audiences=True,
        ),
    )
}
# where what follows a colon begins a line of its own too
IN_LINES = {"poster.title", "door.front"}


@dataclass(frozen=True)
class PictureSize:
    """Pixels."""

    key: str
    label: str | Promise
    width: int
    height: int


PICTURES = {
    one.key: one
    for one in (
        PictureSize("vuong", _("Vuông, để đăng Zalo"), 1080, 1080),
        PictureSize("ngang", _("Ngang, để gửi kèm đường dẫn"), 1200, 630),
        PictureSize("tin", _("Đứng, để đăng khoảnh khắc"), 1080, 1920),
    )
}
PICTURE_SLOTS = ("card.1", "card.2", "card.3")
# the texts on a sheet or a picture that shows the scene
BESIDE_SCENE = frozenset(
    {*PICTURE_SLOTS, *(slot for one in FORMATS.values() if one.design in {"poster", "leaflet"} for slot in one.slots)}
)


def slot_label(slot: str) -> str:
    if slot == OWN:
        return str(_("Phần của xã"))
    return str(SLOTS.get(slot) or AUDIENCES.get(slot.removeprefix("audience."), slot))
