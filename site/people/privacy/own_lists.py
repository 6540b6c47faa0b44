"""In the copy of one's data: the confirmed lists on which one stands."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.persons.user import User
from people.privacy.own_data import section
from people.roster.frozen import ConfirmedList, PersonNumber, read


@section("danh-sach-da-xac-nhan", gettext_lazy("Danh sách đã xác nhận có tên tôi"), order=26)
def confirmed_lists(person: User) -> list[dict]:
    """By the number under which she stands there; what the lists say of her."""
    number = PersonNumber.objects.filter(person=person).values_list("number", flat=True).first()
    if number is None:
        return []
    lists = ConfirmedList.objects.filter(body__contains=number).select_related("confirmation__unit")
    return [
        {
            _("Đơn vị"): one.confirmation.unit.name,
            _("Ngày xác nhận"): one.confirmation.on,
            _("Số của tôi"): number,
            _("Chức danh"): line.position,
            _("Nhiệm vụ"): ", ".join(line.duties),
            _("Từ ngày"): line.start,
            _("Đến ngày"): line.end,
        }
        for one in lists.order_by("confirmation__on", "pk")
        for line in read(one)
        if line.person == person.pk
    ]
