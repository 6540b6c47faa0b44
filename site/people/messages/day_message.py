"""A person's day is one message: who is told something on which day, how, and what became of it.

It keeps subjects, never a text: that is written as it goes out, from what is so then.
"""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ gửi")
    SENT = "sent", _("Đã gửi")
    WITHHELD = "withheld", _("Không gửi")
    TO_CALL = "to_call", _("Cần gọi")
    CALLED = "called", _("Đã gọi")


class Channel(models.TextChoices):
    MAIL = "mail", _("Email")
    TEXT = "text", _("Tin nhắn")
    CALL = "call", _("Gọi điện")


class Why(models.TextChoices):
    """Why a message was withheld, or its reader has to be called."""

    SETTLED = "settled", _("Không còn gì để nhắc lúc gửi")
    LATER = "later", _("Đã có tin của ngày sau")
    CLOSED = "closed", _("Tài khoản đã khóa")
    NO_ADDRESS = "no_address", _("Không có email hay tin nhắn")
    UNDELIVERED = "undelivered", _("Gửi không được")


class DayMessage(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="day_messages")
    day = models.DateField()
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    # subjects of topics that fell on the day, as "han:12"
    about = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    # who asked for it; NULL: the plan
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # "" until it is known
    channel = models.CharField(max_length=4, choices=Channel.choices, default="", blank=True)
    why = models.CharField(max_length=11, choices=Why.choices, default="", blank=True)
    # when it was sent, withheld or put on the call list; NULL: it waits
    ended_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("tin nhắc trong ngày")
        verbose_name_plural = _("tin nhắc trong ngày")
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="day_message_once"),
            models.CheckConstraint(
                condition=Q(state=MessageState.WAITING, ended_at=None)
                | (~Q(state=MessageState.WAITING) & Q(ended_at__isnull=False)),
                name="day_message_ended",
            ),
            models.CheckConstraint(
                condition=Q(called_at=None) ^ Q(state=MessageState.CALLED), name="day_message_called_at"
            ),
        ]
        indexes = [
            models.Index(fields=["day", "state"], name="day_message_of_day"),
            models.Index(fields=["state"], condition=Q(state=MessageState.TO_CALL), name="day_message_to_call"),
        ]


class DayRun(models.Model):
    """That the messages of a day were planned; the window of the next day begins after it."""

    day = models.DateField(unique=True)
    begun_at = models.DateTimeField()
    # NULL: it is being planned, or was interrupted
    planned_at = models.DateTimeField(null=True)


class MessagePlan(models.Model):
    """The province's own settings: one row, and none before somebody set something."""

    is_on = models.BooleanField(_("tự nhắc mỗi ngày làm việc"), default=False)
    opens_at = models.TimeField(_("giờ gửi"), default=time(8))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="message_plan_one"),
            models.CheckConstraint(
                condition=Q(opens_at__gte=time(6), opens_at__lte=time(16)), name="message_plan_by_day"
            ),
        ]


class Declined(models.Model):
    """That somebody does not want to be told of a topic that is no duty."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="declined_topics")
    topic = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="declined_once")]


def message_plan() -> MessagePlan:
    """The settings, never written by reading them."""
    return MessagePlan.objects.filter(pk=1).first() or MessagePlan(pk=1)
