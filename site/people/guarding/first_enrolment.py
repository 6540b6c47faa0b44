"""Where the first enrolment of a second step may begin for staff: never from a password alone.

The session must have been opened by an activation slip, or by a link: mailed to the address of the roster, if that has
stood unchanged for a week, or printed on the server by `manage.py second_step_link`. A link opens nothing alone: its
reader signs in first, and it is hers alone.
"""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from outbox.mail import enqueue_mail
from people.log.audit import Act, Entry
from people.persons.user import User
from people.signing_in.second_step import must_have, second_steps

SALT = "people.first_enrolment"
LINK_SECONDS = 3600
SETTLED = timedelta(days=7)
# how a session may have begun, as allauth keeps it
SLIP, LINK = "activation", "enrolment_link"


def may_begin(request) -> bool:
    """Whether this person may set up a second step in this session: always, but for a staff's first one."""
    if not must_have(request.user) or second_steps(request.user).exists():
        return True
    return any(record["method"] in (SLIP, LINK) for record in get_authentication_records(request, request.user))


def address_is_settled(person: User, now: datetime) -> bool:
    """Whether the e-mail has stood for a week and was not written by whoever signs in as the person."""
    if not person.email or person.date_joined > now - SETTLED:
        return False
    changes = Entry.objects.filter(act=Act.CHANGED_CONTACT, person=person)
    concerning = [entry for entry in changes.order_by("-at") if not entry.detail or "email" in entry.detail.split(",")]
    return not concerning or (concerning[0].by_id != person.pk and concerning[0].at <= now - SETTLED)


def link_for(person: User) -> str:
    """The address of a link; it ends with an hour, with a new address or password, and with whatever ends slips."""
    return settings.BASE_URL + reverse("second_step_link", args=[signing.dumps(_stamp(person), salt=SALT)])


def _stamp(person: User) -> list:
    return [person.pk, person.access_round, person.email or "", person.password[-12:]]


def mail_link(person: User, now: datetime) -> None:
    """At most one mail an hour."""
    body = _("Mở liên kết này trong một giờ, trên thiết bị đang đăng nhập, để bật bước xác nhận thứ hai:")
    other = _("Nếu anh chị không yêu cầu: có người biết mật khẩu của anh chị. Hãy đổi mật khẩu ngay.")
    enqueue_mail(
        to=person.email or "",
        subject=_("Bật bước xác nhận thứ hai"),
        body=f"{body}\n\n{link_for(person)}\n\n{other}",
        key=f"second_step:{person.pk}:{now:%Y%m%d%H}",
    )


def is_hers(token: str, person: User) -> bool:
    try:
        return signing.loads(token, salt=SALT, max_age=LINK_SECONDS) == _stamp(person)
    except signing.BadSignature:
        return False


def begin_by_link(request) -> None:
    record_authentication(request, request.user, method=LINK)
