"""Who is told of an alert, by mails that hold its number and a link, never its words: deciders when one waits, its
writer when somebody decided, the staff of every commune when one is out or withdrawn.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.alerts.alert import Alert, AlertWording
from outbox.effects import Job, effect, enqueue
from outbox.mail import enqueue_mail
from people.persons.user import User
from people.rights.admin_policy import MANAGERS
from people.rights.roles import RoleKind
from people.rights.scope import at_the_top, holders

EFFECT = "alert_told"
OUT, WITHDRAWN = "out", "withdrawn"
# who puts it out in a commune
OF_COMMUNES = frozenset({RoleKind.COMMUNE_EDITOR, RoleKind.UNIT_HEAD})


def deciders(besides: int | None) -> set[int]:
    """Who leads the province, but for her who wrote."""
    by_unit = holders(MANAGERS)
    top = at_the_top(by_unit)
    return set().union(*(by_unit[unit] for unit in top)) - {besides}


def address(alert: int) -> str:
    return settings.BASE_URL + reverse("alerts:alert", args=[alert])


def tell_deciders(wording: AlertWording, by) -> None:
    _send(
        deciders(by.pk),
        _("Một cảnh báo chờ anh chị duyệt"),
        _("Một cảnh báo của tỉnh vừa được gửi để duyệt. Đọc, duyệt hoặc trả lại kèm một câu tại:\n%s\n")
        % address(wording.alert_id),
        f"alert-waits:{wording.pk}:{wording.stamp}",
    )


def tell_writer(wording: AlertWording, sent_back: bool = False) -> None:
    if wording.written_by_id is None:
        return
    subject = _("Cảnh báo được trả lại để sửa") if sent_back else _("Cảnh báo đã duyệt và lên trang")
    body = _("Cảnh báo anh chị viết đã có người quyết định. Xem tại:\n%s\n") % address(wording.alert_id)
    _send({wording.written_by_id}, subject, body, f"alert-decided:{wording.pk}:{wording.stamp}")


def tell_communes(alert: Alert, what: str) -> None:
    """In the background: how many communes there are is nothing that an approval waits for."""
    moment = alert.ended_at or alert.approved_at
    enqueue(EFFECT, {"alert": alert.pk, "what": what}, key=f"{EFFECT}:{alert.pk}:{alert.version}:{what}:{moment}"[:120])


@effect(EFFECT, label=gettext_lazy("Báo các xã về cảnh báo"))
def tell(job: Job) -> dict:
    alert = Alert.objects.filter(pk=job.payload["alert"]).first()
    if alert is None:
        return {"told": 0}
    people = set().union(*holders(OF_COMMUNES).values())
    number = {"number": alert.pk, "version": alert.version, "address": settings.BASE_URL + reverse("alerts:home")}
    if job.payload["what"] == WITHDRAWN:
        subject = _("Cảnh báo số %(number)d đã rút: hãy gỡ") % number
        body = _(
            "Tỉnh đã rút cảnh báo số %(number)d. Gỡ tờ đã in, thôi phát loa. Xem việc phải làm tại:\n%(address)s\n"
        )
    else:
        subject = _("Tỉnh có cảnh báo mới, số %(number)d") % number
        body = _(
            "Cảnh báo số %(number)d, bản %(version)d đã có trên trang của mọi xã. Mở, in, đọc loa tại:\n%(address)s\n"
        )
    _send(people, subject, body % number, f"alert-told:{job.effect.pk}")
    return {"told": len(people)}


def _send(people: set[int], subject: str, body: str, key: str) -> None:
    for person in User.objects.filter(pk__in=people, is_active=True, email__gt="").order_by("pk"):
        enqueue_mail(to=person.email or "", subject=subject, body=body, key=f"{key}:{person.pk}")
