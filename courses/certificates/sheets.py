"""Certificates on paper: the data for the Typst design, and the PDF of one or many."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
from django.utils.translation import gettext as _

from courses.certificates.certificate import CERTIFICATE, TRIAL, Certificate
from courses.certificates.issuers import Issuer
from printing import MissingLetter, render

DESIGN = Path(__file__).parent / "designs" / "certificate.typ"
# every hard letter of the languages of the province, so that a sample shows whether the design can set them
SAMPLE_NAME = "Bh’riu Thị Ƀơnướch Ŏn Ĕm Ô̆ng"
SAMPLE_CODE = "0" * 16


def pdf_of(certificate: Certificate) -> bytes:
    """One page. The same certificate gives the same bytes. Raises MissingLetter."""
    return pdf([certificate], f"{certificate.paper} {certificate.full_number}")


def pdf(certificates: Sequence[Certificate], title: str) -> bytes:
    """One file with a page each; select `person` beforehand. Raises MissingLetter."""
    recorded_at = max(certificate.recorded_at for certificate in certificates)
    sheets = [sheet(certificate) for certificate in certificates]
    data = {"title": title, "organisation": certificates[0].organisation, "certificates": sheets}
    return render(DESIGN, data, recorded_at.replace(microsecond=0))


def sample(issuer: Issuer, day: date) -> bytes:
    """How a certificate of this issuer, saved or not, will look; marked as a sample. Raises MissingLetter."""
    data = {
        "superior": issuer.superior,
        "organisation": issuer.organisation,
        "number": f"0/{day.year}/CN-{issuer.mark}",
        "name": SAMPLE_NAME,
        "unit": _("Đơn vị: %s") % issuer.unit.name,
        "course": "Nhận diện nạn nhân bị mua bán",
        "result": "Bài kiểm tra cuối khóa: 85 %",
        "validity": validity(day),
        "day": place_and_day(issuer.place, day),
        "signer_title": issuer.signer_title,
        "signer_name": issuer.signer_name,
        "design": issuer.design,
        "sample": True,
        **wording(trial=False),
        **_check(Certificate(code=SAMPLE_CODE)),
    }
    return render(
        DESIGN, {"title": _("Giấy chứng nhận, bản mẫu"), "organisation": issuer.organisation, "certificates": [data]}
    )


def sheet(certificate: Certificate) -> dict:
    """What the design reads of one certificate."""
    about = [_("Đơn vị: %s") % certificate.person_unit if certificate.person_unit else ""]
    about.append(_("Mã cán bộ: %s") % certificate.person.staff_code)
    return {
        "superior": certificate.superior,
        "organisation": certificate.organisation,
        "number": certificate.full_number,
        "name": certificate.person_name,
        "unit": " · ".join(filter(None, about)),
        "course": certificate.course_title,
        "result": certificate.result,
        "validity": validity(certificate.valid_until),
        "day": place_and_day(certificate.place, certificate.issued_on),
        "signer_title": certificate.signer_title,
        "signer_name": certificate.signer_name,
        "design": certificate.design,
        "sample": False,
        **wording(trial=certificate.trial),
        **_check(certificate),
    }


def wording(*, trial: bool) -> dict:
    """The heading, what the person did, and what the paper is not."""
    if not trial:
        return {"heading": str(CERTIFICATE), "done": _("đã hoàn thành khóa học"), "caveat": ""}
    return {
        "heading": str(TRIAL),
        "done": _("đã học thử và làm xong bài của khóa học"),
        "caveat": _("Nội dung khóa học chưa được cơ quan chuyên môn duyệt. Giấy này không phải là chứng nhận."),
    }


def _check(certificate: Certificate) -> dict:
    address = certificate.address
    return {"code": certificate.written_code, "address": address, "qr": qr(address)}


def validity(until: date | None) -> str:
    return _("Có giá trị đến hết ngày %s") % f"{until:%d/%m/%Y}" if until else _("Có giá trị không thời hạn")


def place_and_day(place: str, day: date) -> str:
    """As decree 30/2020/NĐ-CP, annex I, prescribes: days below 10 and the months 1 and 2 have a leading zero."""
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"


@lru_cache(maxsize=4)
def qr(address: str) -> str:
    """An SVG. Error level M tolerates 15 % damage; the quiet zone is the four modules of ISO/IEC 18004."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False, nl=False)
    return picture.getvalue().decode()


def whose(certificates: Sequence[Certificate], missing: MissingLetter) -> Certificate | None:
    """The certificate that contains the letter that cannot be printed."""
    return next((row for row in certificates if missing.letter in str(sheet(row))), None)
