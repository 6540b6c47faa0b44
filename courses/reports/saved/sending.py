"""The mail with links to what somebody saved: one a person and morning, made by the clock. It holds no figure and no
name but its reader's.
"""

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.reports.saved.report import SavedReport, going, last_due
from outbox.clock import daily
from outbox.mail import enqueue_mail
from people.messages.days_off import days_off
from people.messages.working_days import is_working
from people.persons.user import User
from people.write_lock import make_way


@daily("courses.reports.saved.send_due", at="07:05")
def send_due(now: datetime) -> int:
    """How many people are written to, on the first working day, about what fell due since they were last told.

    A morning on which the clock stood still is made up for.
    """
    day = timezone.localdate(now)
    if not is_working(day, days_off(day)):
        return 0
    due: dict[int, list[SavedReport]] = defaultdict(list)
    for one in going().filter(told_for__lt=day).exclude(person__email=None).exclude(person__email=""):
        if one.told_for < last_due(one.rhythm, day):
            due[one.person_id].append(one)
    for person in User.objects.filter(pk__in=due).order_by("pk"):
        _write(person, due[person.pk], now)
        make_way()
    return len(due)


@transaction.atomic
def _write(person: User, reports: list[SavedReport], now: datetime) -> None:
    """The mark and the mail together, so that neither is without the other."""
    day = timezone.localdate(now)
    with translation.override(person.reads_in):
        links = [f"{one.title}\n{_link(one)}" for one in reports]
        lines = [
            _("Chào %s,") % person.full_name,
            _("Đây là đường dẫn đến báo cáo anh chị đã lưu. Số liệu được tính khi anh chị mở, theo quyền lúc ấy."),
            *links,
            _("Dừng nhận: %s") % (settings.BASE_URL + reverse("reports:saved")),
        ]
        key = f"saved_reports:{person.pk}:{day}"
        enqueue_mail(to=person.email or "", subject=_("Báo cáo định kỳ"), body="\n\n".join(lines), key=key)
    for one in reports:
        SavedReport.objects.filter(pk=one.pk).update(told_for=last_due(one.rhythm, day))


def _link(report: SavedReport) -> str:
    return settings.BASE_URL + reverse("reports:saved_report", args=[report.pk])
