"""What of the courses happened in units, for their yearly plans: classes, completions, practice, rosters confirmed,
reminders sent, reports frozen, plans approved.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.annual.report import AnnualReport
from courses.classes.planned.training_class import TrainingClass
from courses.completions.completion import Completion, Void
from courses.content.course import CoursePage
from courses.plans.made.plan import PlanState, PlanVersion
from courses.plans.made.task import TaskKind
from courses.practice.observed.session import Performance
from people.messages.day_message import DayMessage, MessageState
from people.persons.merges import merged_as_known
from people.postings.posting import Posting, RosterConfirmation
from people.times import today
from people.units.happened import Happened, Source, happens

DAY = timedelta(days=1)


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """From the midnight at which `first` begins up to that at which `last` ends."""
    begin, end = (timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in (first, last + DAY))
    return begin, end


@happens(Source("lop", gettext_lazy("Lớp tập huấn đã mở"), gettext_lazy("lớp"), TaskKind.TRAINING, costs=True))
def classes(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    begin, end = moments(first, last)
    held = TrainingClass.objects.filter(unit__in=units, cancelled_at=None).annotate(last=Max("meetings__ends_at"))
    over = held.filter(last__gte=begin, last__lt=min(end, timezone.now()))
    for pk, title, at, cost in over.values_list("pk", "title", "last", "cost"):
        yield Happened(timezone.localdate(at), title, 1, cost, reverse("classes:class", args=[pk]))


@happens(Source("hoan-thanh", gettext_lazy("Lượt hoàn thành khóa học"), gettext_lazy("người"), TaskKind.TRAINING))
def completions(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    """By course, and by the last day of the course's completions: of who was posted there on the day of her own, each
    once for a course. A task for some of these days alone asks for them alone.
    """
    voided = Void.objects.current().filter(on__lte=today()).values("completion")
    rows = Completion.objects.current().filter(completed_on__range=(first, last)).exclude(pk__in=voided)
    postings = Posting.objects.current().filter(unit__in=units)
    made = list(rows.filter(person__in=postings.values("person")).values_list("person", "course_key", "completed_on"))
    spans: dict[int, list[tuple[date, date | None]]] = {}
    for person, start, until in postings.values_list("person", "start", "end"):
        spans.setdefault(person, []).append((start, until))
    into, counted, titles = merged_as_known(timezone.now()), set(), _titles()
    for person, course, on in sorted(made, key=lambda row: row[2]):
        there = any(start <= on and (until is None or on <= until) for start, until in spans[person])
        if there and (into.get(person, person), course) not in counted:
            counted.add((into.get(person, person), course))
            yield Happened(on, titles.get(course, course))


def _titles() -> dict[str, str]:
    return dict(CoursePage.objects.live().order_by("-locale_id").values_list("key", "title"))


@happens(Source("thuc-hanh", gettext_lazy("Buổi thực hành có quan sát"), gettext_lazy("buổi"), TaskKind.TRAINING))
def practice(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    """Sessions in which at least one outcome was settled."""
    settled = Performance.objects.exclude(outcome="").filter(session__unit__in=units)
    rows = settled.filter(session__on__range=(first, last)).order_by("session").distinct()
    for pk, title, on in rows.values_list("session", "session__rubric__title", "session__on"):
        yield Happened(on, title, address=reverse("observed:session", args=[pk]))


@happens(Source("danh-sach", gettext_lazy("Lần xác nhận danh sách cán bộ"), gettext_lazy("lần"), TaskKind.LEADING))
def rosters(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    rows = RosterConfirmation.objects.current().filter(unit__in=units, on__range=(first, last))
    for name, on in rows.values_list("unit__name", "on"):
        yield Happened(on, name)


@happens(Source("ke-hoach", gettext_lazy("Kế hoạch năm được duyệt"), gettext_lazy("văn bản"), TaskKind.LEADING))
def plans(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    """The first approval of each; a change is the same plan."""
    approved = PlanVersion.objects.filter(state=PlanState.APPROVED, plan__unit__in=units, plan__is_template=False)
    rows = approved.filter(number=1, decided_at__range=moments(first, last))
    for pk, name, year, at in rows.values_list("plan", "plan__unit__name", "plan__year", "decided_at"):
        yield Happened(timezone.localdate(at), f"{name}, {year}", address=reverse("plans:plan", args=[pk]))


@happens(Source("nhac", gettext_lazy("Lượt nhắc cán bộ học tập huấn"), gettext_lazy("lượt"), TaskKind.CHECKING))
def reminders(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    """Messages that went out or calls that were made, to who is posted there today; by day."""
    posted = Posting.objects.current().filter(unit__in=units).values("person")
    told = DayMessage.objects.filter(state__in=[MessageState.SENT, MessageState.CALLED], day__range=(first, last))
    days = Counter(told.filter(person__in=posted).values_list("day", flat=True))
    for on, number in days.items():
        yield Happened(on, _("Nhắc trong ngày"), number)


@happens(Source("bao-cao", gettext_lazy("Báo cáo đã chốt"), gettext_lazy("báo cáo"), TaskKind.CHECKING))
def reports(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    """The first version of each."""
    rows = AnnualReport.objects.filter(unit__in=units, version=1, taken_at__range=moments(first, last))
    for one in rows.select_related("unit").defer("data"):
        words = f"{one.get_kind_display()}, {one.unit.name}"
        yield Happened(timezone.localdate(one.taken_at), words, address=reverse("reports:annual_report", args=[one.pk]))
