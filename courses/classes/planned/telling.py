"""What somebody invited hears of a class by mail, where she has an address; her own page says the same."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.planned.participant import Participant
from courses.classes.planned.told import TOPIC
from courses.classes.planned.training_class import TrainingClass
from outbox.mail import enqueue_mail


class News(StrEnum):
    SEATED = "seated"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    MOVED = "moved"
    OFF = "off"
    CANCELLED = "cancelled"


SAID = {
    News.SEATED: gettext_lazy("Anh chị được mời dự lớp tập huấn và đã có chỗ."),
    News.WAITING: gettext_lazy(
        "Anh chị được mời dự lớp tập huấn; hiện đã hết chỗ nên tên ở danh sách chờ. Khi có chỗ, hệ thống báo ngay."
    ),
    News.MOVED_UP: gettext_lazy("Lớp tập huấn vừa có chỗ trống: anh chị đã có chỗ."),
    News.MOVED: gettext_lazy("Giờ học hoặc phòng học của lớp tập huấn đã đổi. Giờ và nơi mới:"),
    News.OFF: gettext_lazy("Anh chị không còn trong danh sách của lớp tập huấn này."),
    News.CANCELLED: gettext_lazy("Lớp tập huấn này đã hủy."),
}
# what says when and where, and leads to the page where one can decline
WITH_TIMES = {News.SEATED, News.WAITING, News.MOVED_UP, News.MOVED}
# who does not want to be told of classes sees these on her own page alone
INVITING = {News.SEATED, News.WAITING}


def tell(training_class: TrainingClass, participants: QuerySet[Participant], news: News, now: datetime) -> None:
    """In the transaction of what happened. One query for the people, and for the meetings, however many they are."""
    rows = participants.filter(person__is_active=True).exclude(person__email=None).select_related("person")
    if news in INVITING:
        rows = rows.exclude(person__declined_topics__topic=TOPIC)
    people = list(rows.exclude(person__email="").order_by("pk"))
    times = _times(training_class) if people and news in WITH_TIMES else []
    for one in people:
        lines = [str(SAID[news]), f"{training_class.title} ({training_class.unit.name})", *times]
        if news in WITH_TIMES:
            lines.append(_("Xem lớp, hoặc báo không dự được: %s") % _address(one))
        enqueue_mail(
            to=one.person.email or "",
            subject=_("Lớp tập huấn: %s") % training_class.title,
            body="\n\n".join(lines),
            key=f"class:{one.pk}:{news}:{now:%Y%m%d%H%M%S%f}",
        )


def _times(training_class: TrainingClass) -> list[str]:
    return ["\n".join(f"{one.written}, {one.room}" for one in training_class.meetings.all())]


def _address(participant: Participant) -> str:
    return settings.BASE_URL + reverse("classes:mine", args=[participant.pk])
