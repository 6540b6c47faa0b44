"""The part of a person's own data copy that is about merges of her records."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.persons.merges import Merge, NotSame
from people.persons.user import User
from people.privacy.own_data import section


@section("gop-ho-so", gettext_lazy("Hồ sơ đã gộp, hoặc được xem là hai người"), order=26)
def merges(person: User) -> list[dict]:
    """Merges of this record and others, taken back ones too, and who looked at a pair with it and held them apart."""
    merged = Merge.objects.filter(Q(gone=person) | Q(stays=person)).select_related("gone", "stays", "by")
    apart = NotSame.objects.filter(Q(one=person) | Q(other=person)).select_related("one", "other", "by")
    rows: list[tuple] = [(row, row.gone, row.stays, row.reason, _("gộp")) for row in merged.order_by("pk")]
    rows += [(row, row.one, row.other, "", _("hai người")) for row in apart.order_by("pk")]
    return [
        {
            _("Việc"): what,
            _("Mã thứ nhất"): one.staff_code,
            _("Mã thứ hai, được giữ lại khi gộp"): other.staff_code,
            _("Người ghi"): row.by.full_name if row.by else "",
            _("Lý do"): reason,
            _("Ghi lúc"): row.recorded_at,
            _("Thôi lúc"): row.superseded_at,
        }
        for row, one, other, reason, what in rows
    ]
