"""What its owner must hear about an account: somebody changed its address, printed or used a slip, added or took away a
second step.

She hears by mail (after a change of address at the old one), at her next sign-in, and where she has no mail by
telephone from who answers for her. For a week the link in the mail, or the province on request, undoes it
(`guarding.restoring`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.mail import enqueue_mail
from people.persons.contacts import ContactChange, contacts_changed
from people.persons.user import User
from people.signing_in.activation import slip_used, slips_printed
from people.signing_in.second_step import second_step_changed

SALT = "people.account_notice"
UNDONE_WITHIN = timedelta(days=7)


class NoticeKind(models.TextChoices):
    CONTACT = "contact", gettext_lazy("Email hay số điện thoại của tài khoản được đổi")
    PRINTED = "printed", gettext_lazy("Một phiếu kích hoạt cho tài khoản được in")
    USED = "used", gettext_lazy("Một phiếu kích hoạt của tài khoản được dùng")
    STEP_ADDED = "step_added", gettext_lazy("Một cách xác nhận thứ hai được thêm")
    STEP_REMOVED = "step_removed", gettext_lazy("Một cách xác nhận thứ hai bị bỏ")


class AccountNotice(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_notices")
    what = models.CharField(max_length=16, choices=NoticeKind.choices)
    at = models.DateTimeField()
    # NULL: the server, a file, or whoever held the slip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # {"email": what stood before, "phone": …} of what changed; emptied when it can no longer be undone
    old = models.JSONField(default=dict)
    # no mail could tell her, so somebody calls
    to_call = models.BooleanField(default=False)
    # NULL: not yet
    called_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("tin báo về tài khoản")
        verbose_name_plural = gettext_lazy("tin báo về tài khoản")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_what_display()}, {timezone.localtime(self.at):%H:%M %d/%m/%Y}"


def connect() -> None:
    contacts_changed.connect(_contacts_changed, dispatch_uid="people.guarding.notices")
    slips_printed.connect(_slips_printed, dispatch_uid="people.guarding.notices")
    slip_used.connect(_slip_used, dispatch_uid="people.guarding.notices")
    second_step_changed.connect(_second_step_changed, dispatch_uid="people.guarding.notices")


def _contacts_changed(sender, changes: list[ContactChange], by, **kwargs) -> None:
    people = User.objects.in_bulk([change.person_id for change in changes])
    # who has never been able to sign in and loses no address has no account that could be taken
    concerned = [
        (people[change.person_id], change.old)
        for change in changes
        if any(change.old.values()) or people[change.person_id].has_usable_password()
    ]
    tell(concerned, NoticeKind.CONTACT, by, timezone.now())


def _slips_printed(sender, people, by, now, **kwargs) -> None:
    tell([(person, {}) for person in people], NoticeKind.PRINTED, by, now)


def _slip_used(sender, slip, now, **kwargs) -> None:
    tell([(slip.person, {})], NoticeKind.USED, None, now)


def _second_step_changed(sender, person, added, by=None, **kwargs) -> None:
    tell([(person, {})], NoticeKind.STEP_ADDED if added else NoticeKind.STEP_REMOVED, by, timezone.now())


def tell(people: Iterable[tuple[User, dict]], what: NoticeKind, by, now: datetime) -> None:
    """One insert, and a mail to each who has an address of before the change."""
    rows, addresses = [], []
    for person, old in people:
        address = old.get("email", person.email)
        can_sign_in = person.has_usable_password()
        if not (address or can_sign_in):
            continue
        own = by is not None and by.pk == person.pk
        call = not address and can_sign_in and not own
        rows.append(AccountNotice(person=person, what=what, at=now, by=by, old=old, to_call=call))
        addresses.append(address)
    for notice, address in zip(AccountNotice.objects.bulk_create(rows), addresses, strict=True):
        if address:
            _mail(notice, address)


def _mail(notice: AccountNotice, address: str) -> None:
    lines = [
        f"{notice}.",
        _("Nếu là anh chị, hoặc anh chị đã biết: không cần làm gì."),
        _("Nếu không: mở liên kết sau trong bảy ngày. Địa chỉ cũ được lấy lại, phiếu và mọi phiên đăng nhập hết hiệu "
          "lực; sau đó xin đơn vị một phiếu kích hoạt mới."),
        settings.BASE_URL + reverse("restore_account", args=[token_of(notice)]),
    ]  # fmt: skip
    enqueue_mail(
        to=address,
        subject=_("Tài khoản của anh chị vừa có thay đổi"),
        body="\n\n".join(lines),
        key=f"account_notice:{notice.pk}",
    )


def token_of(notice: AccountNotice) -> str:
    return signing.dumps(notice.pk, salt=SALT)


def notice_of(token: str, now: datetime) -> AccountNotice | None:
    """The notice whose link this is, while it can be undone."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return undoable(now).filter(pk=pk).first()


def undoable(now: datetime) -> models.QuerySet[AccountNotice]:
    return AccountNotice.objects.filter(undone_at=None, at__gt=now - UNDONE_WITHIN).select_related("person", "by")


def unseen(person) -> models.QuerySet[AccountNotice]:
    return AccountNotice.objects.filter(person=person, seen_at=None)


def remind(sender, request, user, **kwargs) -> None:
    """At the next sign-in (Django's signal)."""
    if unseen(user).exists():
        sentence = _("Tài khoản của anh chị có thay đổi từ lần trước; hãy xem ở trang “Tài khoản”.")
        messages.warning(request, sentence, fail_silently=True)


def forget_old_addresses(now: datetime, period: timedelta) -> None:
    """Empties what can no longer be restored, and deletes notices older than the period."""
    AccountNotice.objects.filter(at__lt=now - UNDONE_WITHIN).exclude(old={}).update(old={})
    AccountNotice.objects.filter(at__lt=now - period).delete()
