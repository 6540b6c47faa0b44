"""The pattern of a unit's reports: who issues them, to whom, who signs, and the wording. A row that the office edits;
where there is none, what follows from the kind of the unit.

Decree 30/2020/NĐ-CP, annex I: the body above and the issuing body, the mark, place and day, the addressees of a report
that goes to a higher body, “Nơi nhận”, and the authority of the signer (TM., KT., TL., TUQ.).
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.annual.wording import NO_DISTRICTS, starter
from people.annual_sections import sections
from people.free_text import FreeText
from people.units.unit import COMMUNE_KINDS, PROVINCIAL_KINDS, Unit, UnitKind

AUTHORITIES = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
MOST_LINES = 3


def may_sign(text: str) -> None:
    """Each line but the last says in whose name: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, then the office of the signer."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES or any(not line.strip().startswith(AUTHORITIES) for line in lines[:-1]):
        raise ValidationError(
            gettext("Tối đa ba dòng; mỗi dòng trước dòng chức vụ bắt đầu bằng TM., KT., TL., TUQ. hoặc Q.")
        )


class ReportPattern(models.Model):
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="report_pattern", editable=False)
    superior = models.CharField(
        _("cơ quan chủ quản"), max_length=120, blank=True, help_text=_("Dòng trên; UBND các cấp để trống.")
    )
    organisation = models.CharField(_("cơ quan ban hành"), max_length=120)
    mark = models.CharField(
        _("ký hiệu"),
        max_length=30,
        validators=[RegexValidator(r"^BC-[A-ZĐ0-9-]+\Z", _("Viết như BC-SYT hoặc BC-UBND."))],
        help_text=_("Đứng sau số, như /BC-SYT; số để văn thư điền."),
    )
    place = models.CharField(_("địa danh"), max_length=60)
    addressees = models.TextField(_("kính gửi"), max_length=600, help_text=_("Mỗi dòng một nơi."))
    recipients = models.TextField(_("nơi nhận"), max_length=900, help_text=_("Mỗi dòng một nơi, dòng cuối là Lưu."))
    signing = models.TextField(
        _("quyền hạn và chức vụ người ký"),
        max_length=200,
        validators=[may_sign],
        help_text=_("Như TM. ỦY BAN NHÂN DÂN, dòng sau CHỦ TỊCH; hoặc KT. GIÁM ĐỐC, dòng sau PHÓ GIÁM ĐỐC."),
    )
    signer = models.CharField(_("họ tên người ký"), max_length=80, blank=True, help_text=_("Có thể để trống."))
    subject = models.CharField(
        _("trích yếu"), max_length=200, help_text=_("Dưới chữ BÁO CÁO; điền được {ky} và {don_vi}.")
    )
    wording = FreeText(_("lời văn"), max_length=20_000)

    class Meta:
        verbose_name = _("mẫu báo cáo")
        verbose_name_plural = _("mẫu báo cáo")


SUBJECT = "Kết quả tập huấn cán bộ và truyền thông phòng, chống mua bán người, hỗ trợ nạn nhân {ky}"


def pattern_of(unit: Unit, day: date) -> ReportPattern:
    """The unit's row, or one that is not saved, as a text of `day` begins."""
    return ReportPattern.objects.filter(unit=unit).first() or starter_pattern(unit, day)


def starter_pattern(unit: Unit, day: date) -> ReportPattern:
    if unit.kind in PROVINCIAL_KINDS:
        fields = _of_the_province(unit, day)
    elif unit.kind in COMMUNE_KINDS or unit.kind == UnitKind.DISTRICT:
        fields = _of_a_commune(unit, day)
    else:
        fields = _of_an_office(unit)
    return ReportPattern(unit=unit, subject=SUBJECT, wording=starter(sections()), **fields)


def _of_the_province(unit: Unit, day: date) -> dict[str, str]:
    """Support of victims went to the health authorities (law 86/2025/QH15) with the reform of 1 July 2025."""
    place = short(unit.name)
    people = _committee(unit)
    if day >= NO_DISTRICTS:
        department, mark, ministry = "Sở Y tế", "BC-SYT", "Bộ Y tế"
    else:
        department, mark = "Sở Lao động - Thương binh và Xã hội", "BC-LĐTBXH"
        ministry = "Bộ Lao động - Thương binh và Xã hội"
    return {
        "superior": people,
        "organisation": department,
        "mark": mark,
        "place": place,
        "addressees": f"{ministry}\n{people}",
        "recipients": "Như trên\nCông an, Bộ đội Biên phòng (phối hợp)\nGiám đốc, các Phó Giám đốc Sở\nLưu: VT",
        "signing": "GIÁM ĐỐC",
    }


def _of_a_commune(unit: Unit, day: date) -> dict[str, str]:
    """To the unit above on that day: since 1 July 2025 straight to the city."""
    above = unit.parent
    return {
        "superior": "",
        "organisation": _committee(unit),
        "mark": "BC-UBND",
        "place": short(unit.name),
        "addressees": _committee(above) if above else "Ủy ban nhân dân cấp trên",
        "recipients": "Như trên\nThường trực Đảng ủy, HĐND\nChủ tịch, các Phó Chủ tịch UBND\nLưu: VT",
        "signing": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    }


def _of_an_office(unit: Unit) -> dict[str, str]:
    above = unit.parent
    committee = _committee(above) if above else ""
    return {
        "superior": committee,
        "organisation": unit.name,
        "mark": "BC-" + "".join(re.findall(r"(?<!\w)[^\W\d_]", unit.name)).upper().translate(PLAIN)[:8],
        "place": short(above.name if above else unit.name),
        "addressees": committee or "Cơ quan cấp trên",
        "recipients": "Như trên\nLưu: VT",
        "signing": "THỦ TRƯỞNG ĐƠN VỊ",
    }


PLAIN = str.maketrans("ÁÀẢÃẠĂÂÉÈẺẼẸÊÍÌỈĨỊÓÒỎÕỌÔƠÚÙỦŨỤƯÝỲỶỸỴ", "AAAAAAAEEEEEEIIIIIOOOOOOOUUUUUUYYYYY")
KINDS = re.compile(r"^(Thành phố|Tỉnh|Huyện|Thị xã|Xã|Phường|Thị trấn|Đặc khu) ")


def short(name: str) -> str:
    """ "Thành phố Đà Nẵng" → "Đà Nẵng"."""
    return KINDS.sub("", name)


def _committee(unit: Unit) -> str:
    return f"Ủy ban nhân dân {unit.name[0].lower()}{unit.name[1:]}"
