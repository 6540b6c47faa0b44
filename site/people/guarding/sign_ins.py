"""When and on what kind of device an account was signed in to, or was refused; read by its owner.

Nothing is kept about what was typed for no account, and no address. Refused tries are one row an hour for each account:
what the limits let through is counted, and what they stop writes at most once an hour.
"""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.signing_in.backend import sign_in_refused
from people.signing_in.device_names import device_name

SHOWN = 20


class Way(models.TextChoices):
    PASSWORD = "password", _("bằng mật khẩu")
    SLIP = "activation", _("bằng phiếu kích hoạt")
    PROVIDER = "socialaccount", _("qua hệ thống của tỉnh")
    OTHER = "other", _("cách khác")


class Refusal(models.TextChoices):
    WRONG = "wrong", _("mật khẩu hay mã không đúng")
    STOPPED = "stopped", _("bị tạm dừng vì nhập sai nhiều lần")
    STEP_WRONG = "step_wrong", _("mật khẩu đúng, nhưng mã của bước xác nhận thứ hai không đúng")
    STEP_STOPPED = "step_stopped", _("bị tạm dừng vì nhập sai mã của bước xác nhận thứ hai nhiều lần")


# by whether the limits stopped it, and whether it was at the second step
REFUSALS = {
    (False, False): Refusal.WRONG,
    (True, False): Refusal.STOPPED,
    (False, True): Refusal.STEP_WRONG,
    (True, True): Refusal.STEP_STOPPED,
}


class SignIn(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    # of refused tries the hour in which they were made
    at = models.DateTimeField(db_index=True)
    succeeded = models.BooleanField()
    # a Way, or a Refusal
    how = models.CharField(max_length=16)
    device = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("lần đăng nhập")
        verbose_name_plural = _("lần đăng nhập")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "at", "how"], condition=Q(succeeded=False), name="refused_once_an_hour"
            )
        ]

    @property
    def how_text(self) -> str:
        return str(dict([*Way.choices, *Refusal.choices]).get(self.how, self.how))


def connect() -> None:
    # after `sessions.begin`; Django's own signal is connected in the wiring
    sign_in_refused.connect(_refused, dispatch_uid="people.guarding.sign_ins")


def signed_in(sender, request, user, **kwargs) -> None:
    methods = [record["method"] for record in get_authentication_records(request, user)]
    way = next((method for method in methods if method in Way.values), Way.OTHER)
    device = device_name(request.META.get("HTTP_USER_AGENT", ""))
    SignIn.objects.create(person=user, at=timezone.now(), succeeded=True, how=way, device=device)


def _refused(sender, person_id: int, stopped: bool, now: datetime, at_second_step: bool = False, **kwargs) -> None:
    hour = now.replace(minute=0, second=0, microsecond=0)
    how = REFUSALS[stopped, at_second_step]
    # of those that were stopped it is enough to know that there were some
    if stopped and not cache.add(f"refused:{how}:{person_id}:{hour:%d%H}", True, 3600):
        return
    _row, created = SignIn.objects.get_or_create(person_id=person_id, at=hour, succeeded=False, how=how)
    if not created and not stopped:
        SignIn.objects.filter(person_id=person_id, at=hour, succeeded=False, how=how).update(count=F("count") + 1)


def forget_old(now: datetime, period: timedelta) -> None:
    SignIn.objects.filter(at__lt=now - period).delete()
