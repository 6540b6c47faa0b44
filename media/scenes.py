"""The pictures that come with the product: a fixed list of hand-drawn scenes, each a file in `static/scenes/`.

Drawn into the page a scene follows the dark scheme, since its colours are tokens (`static/css/scenes.css`); as `<img>`
it always shows the light ones. Some have ids inside, so one page draws the same scene once.
"""

from functools import cache
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FILES = Path(__file__).parent / "static" / "scenes"
WIDTH, HEIGHT = 480, 270
# by name, what is drawn: the alternative text, which a page may shorten but never change in meaning
SCENES = {
    "desk-companion": _(
        "Ở bàn tiếp dân, một người đàn ông cầm giấy tờ và giữ túi của người phụ nữ, trả lời thay chị; "
        "chị ngồi phía sau, cúi đầu."
    ),
    "private-room": _(
        "Phòng riêng: hai người ngồi chéo góc bên bàn tròn có ấm nước và ly nước; cửa khép hờ ở phía người được hỏi."
    ),
    "interpreter-seat": _(
        "Ba người ngồi thành hình tam giác, người phiên dịch ngồi lùi nửa bước; "
        "hai khung lời khác nhau giao nhau ở giữa."
    ),
    "border-market": _(
        "Chợ phiên buổi sớm: một phụ nữ cầm mấy tấm vé dắt em nhỏ xuống xe khách; người mua rau quay lại nhìn."
    ),
    "phone-job-chat": _(
        "Bàn tay cầm điện thoại; tin nhắn mời việc hiện ra chiếc cặp và đồng tiền sáng; câu trả lời còn bỏ ngỏ."
    ),
    "village-house": _("Ngôi nhà sàn trên sườn đồi có khói bếp; một người đeo gùi đi trên đường vào nhà."),
    "night-bus": _("Xe khách đêm chạy tiếp; một người đàn ông trẻ đứng dưới đèn của nhà chờ, tay cầm túi."),
    "factory-dorm": _(
        "Phòng ở có giường tầng và một hàng giày; điện thoại bị khóa trong tủ trên tường; hai người ngồi nhìn sang."
    ),
    "handover-car": _(
        "Bên chiếc xe, một cán bộ choàng chăn cho người vừa về và đưa tập hồ sơ cho cán bộ nữ tiếp nhận."
    ),
    "clinic": _(
        "Trạm y tế: rèm kéo kín, một phụ nữ ngồi ở mép giường; nữ y sĩ ngồi ghế thấp ngang tầm mắt, lắng nghe."
    ),
    "school-class": _("Học sinh ngồi thành vòng giơ bốn thẻ tròn, vuông, tam giác, ngôi sao; cô giáo đứng giữa."),
    "loudspeaker": _("Loa trên cột phát qua mái nhà và ruộng bậc thang; hai người đứng nghe."),
    "call-111": _("Một ngón tay bấm phím đầu trên điện thoại bàn; trên tường có hình lá chắn."),
    "family-table": _("Cả nhà bốn người ngồi quanh mâm; người con đưa điện thoại cho mọi người cùng xem."),
    "river-path": _("Một người lớn dắt em nhỏ đeo cặp đi trên đường ven sông."),
    "meeting-room": _("Cán bộ ngồi học quanh bàn hình chữ U; giảng viên đứng bên bảng."),
    "online-compound": _("Nhìn từ trên: nhiều dãy bàn máy tính, ai cũng cúi làm việc; một người quay ra phía cửa sổ."),
    "wedding-broker": _(
        "Hai gia đình ngồi bên bàn; người môi giới ở giữa đẩy chiếc phong bì; "
        "khăn cưới đặt trước cô gái, cô nghiêng về phía mẹ."
    ),
    "baby-bundle": _("Người mẹ địu con đứng trước cửa nhà sáng đèn; một phụ nữ dang tay đón."),
    "boy-plantation": _("Cậu bé đội mũ cầm cuốc đứng giữa những luống cây dài; phía xa có xe tải."),
    "helper-rest": _("Người làm công việc giúp đỡ ngồi nghỉ ở hiên, uống trà ngắm mặt trời lặn; túi treo trên cột."),
    "two-paths": _(
        "Con đường chia hai ngả, một về làng, một vào rừng; ở giữa có cột lá chắn; một người đeo ba lô dừng lại."
    ),
    "hands-four": _("Bốn bàn tay nắm cổ tay nhau, đan thành một vòng."),
    "empty-chair": _(
        "Người mẹ ngồi bên cửa sổ; trên bàn có hai chiếc bát, chiếc ghế đối diện để trống, vắt khăn của con gái."
    ),
}


@cache
def svg(name: str) -> SafeString:
    """The drawing itself. Raises KeyError for a name that is not in the list."""
    SCENES[name]
    return mark_safe((FILES / f"{name}.svg").read_text(encoding="utf-8").strip())


def address(name: str) -> str:
    return static(f"scenes/{name}.svg")


def known(name: str) -> None:
    if name not in SCENES:
        raise ValidationError(gettext("Chọn hình vẽ trong danh sách."))


class SceneField(models.CharField):
    """The name of a scene; "" for none. The list is no part of a migration."""

    def __init__(self, *args, **kwargs):
        kwargs = {"max_length": 40, "blank": True, "default": "", "validators": [known], **kwargs}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.ChoiceField(
            choices=scene_choices(),
            widget=SceneSelect,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )


def scene_choices() -> list[tuple]:
    return [("", _("Không dùng hình vẽ")), *SCENES.items()]


class SceneSelect(forms.RadioSelect):
    """The scenes with thumbnails; "" is none."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"class": "scene-choices", **(attrs or {})}, choices)

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        if value:
            option["label"] = format_html(
                '<img src="{}" width="160" height="90" alt="" loading="lazy"> {}', address(value), label
            )
        return option
