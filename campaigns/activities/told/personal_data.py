"""What is held about a person in the log: what she wrote, decided, said of a commune, and photographs she sent."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made.activity import Activity, HeldApart
from campaigns.activities.made.complete import LogComplete, SpokenThere
from campaigns.activities.made.evidence import Evidence
from campaigns.activities.made.focus import Assessed
from campaigns.activities.made.pulse import PulseCount
from config.languages import NAMES
from people.persons.user import User
from people.privacy.own_data import section


@section("hoat-dong", gettext_lazy("Hoạt động truyền thông tôi ghi, xác nhận"), order=94)
def activities(person: User) -> list[dict]:
    rows = Activity.objects.filter(Q(written_by=person) | Q(decided_by=person)).select_related("kind", "unit")
    return [
        {
            _("Đơn vị"): row.unit.name,
            _("Loại"): row.kind.name,
            _("Ngày"): row.on,
            _("Tôi ghi lúc"): row.recorded_at if row.written_by_id == person.pk else None,
            _("Việc cần sửa"): row.note if row.written_by_id == person.pk else "",
            _("Tôi trả lời"): row.answer if row.decided_by_id == person.pk else "",
            _("Tình trạng"): row.get_state_display(),
        }
        for row in rows.order_by("recorded_at", "pk")
    ]


@section("so-hoat-dong", gettext_lazy("Điều tôi ghi về sổ hoạt động của xã"), order=95)
def said_of_communes(person: User) -> list[dict]:
    complete = LogComplete.objects.filter(by=person).select_related("commune")
    spoken = SpokenThere.objects.filter(by=person).select_related("commune")
    photos = Evidence.objects.filter(sent_by=person).select_related("unit")
    rows = [(one.commune.name, _("sổ đã đủ đến %s") % f"{one.until:%d/%m/%Y}", one.recorded_at) for one in complete]
    rows += [(one.commune.name, NAMES.get(one.language, (one.language,))[0], one.recorded_at) for one in spoken]
    rows += [(one.unit.name, _("ảnh minh chứng"), one.sent_at) for one in photos]
    pulse = PulseCount.objects.filter(by=person)
    rows += [("", _("số trả lời trước và sau, câu %d") % one.question, one.recorded_at) for one in pulse]
    assessed = Assessed.objects.filter(by=person).select_related("commune")
    rows += [(one.commune.name, _("đã rà soát địa bàn trọng điểm"), one.recorded_at) for one in assessed]
    rows += [("", _("hai hoạt động khác nhau"), one.at) for one in HeldApart.objects.filter(by=person)]
    return [
        {_("Đơn vị"): unit, _("Điều đã ghi"): what, _("Lúc"): at}
        for unit, what, at in sorted(rows, key=lambda row: row[2])
    ]
