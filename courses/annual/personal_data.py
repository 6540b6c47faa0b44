"""What the annual reports hold about a person: in which she stands, by which number. An erasure takes nothing away:
there is no name in a report, and who may look the number up finds the code in place of her name.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.annual.periods import Kind
from courses.annual.report import ReportedPerson
from people.persons.user import User
from people.privacy.own_data import section


@section("bao-cao-nam", gettext_lazy("Trong báo cáo năm, theo số"), order=77)
def reports(person: User) -> list[dict]:
    rows = ReportedPerson.objects.filter(person=person).select_related("report__unit").defer("report__data")
    return [
        {
            _("Báo cáo"): str(Kind(row.report.kind).label),
            _("Đơn vị"): row.report.unit.name,
            _("Tính đến ngày"): row.report.as_of,
            _("Phiên bản"): row.report.version,
            _("Số trong phụ lục"): row.number,
        }
        for row in rows.order_by("report__as_of", "report__pk")
    ]
