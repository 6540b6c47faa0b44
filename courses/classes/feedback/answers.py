"""The answers to the short form after a class.

Answers are added to counts, and words stand in rows with a drawn key and no time; that somebody answered is a mark on
her place in the class. So no row, order or time leads from an answer to a person.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.held.attendance import CAME, Attendance
from courses.classes.planned.participant import TAKING_PART, Participant
from courses.classes.planned.planning import Refused, held
from courses.classes.planned.training_class import TrainingClass
from outbox.clock import daily
from people.free_text import FreeText

# after the end of the last meeting
OPEN_FOR = timedelta(days=14)
# fewer answers would tell whose they are
SHOWN_FROM = 5
LONGEST = 300


class Question(models.TextChoices):
    USEFUL = "useful", gettext_lazy("Nội dung có ích cho việc tôi đang làm.")
    CLEAR = "clear", gettext_lazy("Người dạy nói dễ hiểu, trả lời được câu hỏi.")
    ABLE = "able", gettext_lazy("Sau lớp này tôi biết phải làm gì khi gặp một trường hợp nghi ngờ.")
    ORGANISED = "organised", gettext_lazy("Giờ giấc, nơi học và tài liệu thuận tiện.")


class Agreement(models.IntegerChoices):
    """An even number, so that nobody rests in the middle."""

    FULLY = 4, gettext_lazy("Đúng")
    MOSTLY = 3, gettext_lazy("Phần lớn đúng")
    BARELY = 2, gettext_lazy("Phần lớn chưa đúng")
    NOT = 1, gettext_lazy("Chưa đúng")


class FeedbackCount(models.Model):
    """How many gave this answer."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="feedback")
    question = models.CharField(max_length=10, choices=Question.choices)
    answer = models.PositiveSmallIntegerField(choices=Agreement.choices)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_class", "question", "answer"], name="feedback_counted_once"),
            models.CheckConstraint(condition=Q(answer__in=Agreement.values), name="feedback_is_an_agreement"),
        ]


class FeedbackWords(models.Model):
    # drawn, so that the key tells no order
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="feedback_words")
    text = FreeText()


def why_not(own: Participant, now: datetime) -> str:
    """Why she cannot answer, in one sentence; "" where she can. Two queries."""
    ends = own.training_class.meetings.aggregate(at=Max("ends_at"))["at"]
    if own.training_class.cancelled_at or own.state not in TAKING_PART:
        return _("Góp ý dành cho người đã dự lớp.")
    if now < ends:
        return _("Góp ý mở khi lớp học xong.")
    if now >= ends + OPEN_FOR:
        return _("Góp ý cho lớp này đã đóng, %d ngày sau buổi cuối.") % OPEN_FOR.days
    if own.gave_feedback:
        return _("Anh chị đã góp ý cho lớp này. Cảm ơn anh chị.")
    if not Attendance.objects.current().filter(participant=own, presence__in=CAME).exists():
        return _("Góp ý dành cho người đã dự lớp; chưa có điểm danh nào ghi anh chị có mặt.")
    return ""


@transaction.atomic
def give(own: Participant, said: Mapping[str, int], words: str, now: datetime) -> None:
    """`said` has an agreement for every question. Once a person, whatever is pressed at once. Raises Refused."""
    row = held(own.training_class)
    own = Participant.objects.select_related("training_class").get(pk=own.pk)
    if why := why_not(own, now):
        raise Refused(why)
    Participant.objects.filter(pk=own.pk).update(gave_feedback=True)
    for question in Question.values:
        counted, _new = FeedbackCount.objects.get_or_create(
            training_class=row, question=question, answer=Agreement(said[question])
        )
        FeedbackCount.objects.filter(pk=counted.pk).update(number=F("number") + 1)
    if words:
        FeedbackWords.objects.create(training_class=row, text=words)


@daily("courses.classes.feedback.end_words", at="03:44")
def end_words(now: datetime) -> None:
    """Counts stay."""
    old = TrainingClass.objects.annotate(last=Max("meetings__ends_at"))
    old = old.filter(last__lt=now - settings.RETENTION["class_feedback"])
    FeedbackWords.objects.filter(training_class__in=old.values("pk")).delete()
