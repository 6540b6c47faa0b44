"""In the queue: the classes of the next seven days, and those that are over and wait for a second person."""

from datetime import timedelta

from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.planned.training_class import TrainingClass
from courses.classes.planned.whose import opened_to
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits

WEEK = timedelta(days=7)


def _not_confirmed(classes: QuerySet[TrainingClass]) -> QuerySet[TrainingClass]:
    confirmed = ClassConfirmation.objects.current().filter(training_class=OuterRef("pk"))
    return classes.filter(~Exists(confirmed), cancelled_at=None)


@waits(46, lambda: _not_confirmed(TrainingClass.objects.all()))
def classes(desk: Desk) -> list[Waiting]:
    """One query; a list behind one address shows the classes by their state."""
    if not desk.answers:
        return []
    now = timezone.now()
    going = _not_confirmed(opened_to(desk.user))
    dated = going.annotate(first=Min("meetings__starts_at"), last=Max("meetings__ends_at")).filter(first__lt=now + WEEK)
    rows = list(dated.order_by("first", "pk").values_list("pk", "title", "first", "last"))
    over = [row for row in rows if row[3] <= now]
    soon = [row for row in rows if row[3] > now]
    planned, held = (f"{reverse('classes:home')}?tinh-trang={state}" for state in ("planned", "held"))
    titles = _("Lớp tập huấn trong 7 ngày tới"), _("Lớp đã học, chờ người thứ hai xác nhận")
    return [
        Waiting(titles[0], len(soon), planned, _named(soon), _("Xem lớp, điểm danh"), planned),
        Waiting(titles[1], len(over), held, _named(over), _("Xem và xác nhận"), held),
    ]


def _named(rows: list) -> tuple[Row, ...]:
    return tuple(
        Row(f"{title} ({timezone.localtime(first):%d/%m/%Y})", reverse("classes:class", args=[pk]))
        for pk, title, first, _last in rows[:NAMED]
    )
