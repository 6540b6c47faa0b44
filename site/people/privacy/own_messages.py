"""What was told to a person: in her data copy, and gone with her erasure, since no figure hangs on it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.messages.day_message import DayMessage, Declined
from people.messages.topics import TOPICS
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("tin-nhac", gettext_lazy("Tin nhắc việc"), order=92)
def messages(person: User) -> list[dict]:
    """Without a text: none is kept."""
    return [
        {
            _("Ngày"): row.day,
            _("Trạng thái"): row.get_state_display(),
            _("Bằng cách"): row.get_channel_display(),
            _("Vì sao không gửi"): row.get_why_display(),
            _("Lúc"): row.ended_at,
            _("Gọi lúc"): row.called_at,
            _("Người yêu cầu"): row.by.full_name if row.by else "",
        }
        for row in DayMessage.objects.filter(person=person).select_related("by").order_by("day", "pk")
    ]


@section("tin-khong-nhan", gettext_lazy("Loại tin không muốn nhận"), order=93)
def declined(person: User) -> list[dict]:
    return [
        {_("Loại tin"): TOPICS[row.topic].label if row.topic in TOPICS else row.topic, _("Từ lúc"): row.at}
        for row in Declined.objects.filter(person=person).order_by("at")
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="people.privacy.own_messages")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    DayMessage.objects.filter(person=person).delete()
    Declined.objects.filter(person=person).delete()
