"""Who accompanied whom in a person's own data copy; an erasure ends what still goes on."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.buddies.buddy import Buddy, going
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("kem-nhau", gettext_lazy("Kèm nhau học"), order=68)
def pairs(person: User) -> list[dict]:
    rows = Buddy.objects.filter(Q(person=person) | Q(buddy=person)).select_related("person", "buddy", "named_by")
    return [
        {
            _("Học viên"): row.person.full_name,
            _("Người kèm"): row.buddy.full_name,
            _("Người đề nghị"): row.named_by.full_name,
            _("Tình trạng"): row.get_state_display(),
            _("Từ ngày"): row.start,
            _("Đến hết ngày"): row.end,
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in rows.order_by("recorded_at", "pk")
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.buddies")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    going().filter(Q(person=person) | Q(buddy=person)).supersede(now)
