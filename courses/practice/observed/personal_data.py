"""Observed practice in a person's own data copy, and in the erasure of a person."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.practice.observed.agreeing import AgreedLevel, Proposal, performances
from courses.practice.observed.observation import Observation, ObservedLevel
from courses.practice.observed.record import RecordRow, record_of
from courses.practice.observed.session import Performance
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("buoi-tap", gettext_lazy("Buổi tập có người quan sát"), order=80)
def played(person: User) -> list[dict]:
    return [
        {
            _("Bài thực hành"): row.session.version.frozen.title,
            _("Ngày"): row.session.on,
            _("Đơn vị"): row.session.unit.name,
            _("Người quan sát"): "; ".join(who.full_name for who in (row.first, row.second) if who),
            _("Kết quả"): row.get_outcome_display(),
            _("Thống nhất lúc"): row.settled_at,
            _("Một điều giữ lại"): row.keep if row.settled_at else "",
            _("Một điều đổi"): row.change if row.settled_at else "",
            _("Lời trả lời của tôi"): row.answer,
        }
        for row in performances().filter(person=person).order_by("session__on", "pk")
    ]


@section("muc-quan-sat", gettext_lazy("Từng việc trong buổi tập, sau khi đã thống nhất"), order=81)
def levels(person: User) -> list[dict]:
    """As the person's own page shows them: once the observers have agreed."""
    settled = performances().filter(person=person, settled_at__isnull=False).order_by("session__on", "pk")
    return [_level(performance, row) for performance in settled for row in record_of(performance).rows]


def _level(performance: Performance, row: RecordRow) -> dict:
    return {
        _("Bài thực hành"): row.rubric.title,
        _("Ngày"): performance.session.on,
        _("Việc"): row.behaviour.what,
        _("Phiếu thứ nhất"): row.first_name,
        _("Bằng chứng thứ nhất"): row.first.evidence,
        _("Phiếu thứ hai"): row.second_name,
        _("Bằng chứng thứ hai"): row.second.evidence,
        _("Mức chung"): row.agreed_name,
        _("Lý do"): row.agreed.reason if row.agreed else "",
    }


@section("da-quan-sat", gettext_lazy("Buổi tập tôi đã quan sát"), order=82)
def observed(person: User) -> list[dict]:
    """That and when; what was written is about somebody else."""
    mine = Q(place=1, performance__first=person) | Q(place=2, performance__second=person)
    rows = Observation.objects.filter(mine).select_related(
        "performance__session__version", "performance__session__unit"
    )
    return [
        {
            _("Bài thực hành"): row.performance.session.version.frozen.title,
            _("Ngày"): row.performance.session.on,
            _("Đơn vị"): row.performance.session.unit.name,
            _("Nộp phiếu lúc"): row.sent_at,
        }
        for row in rows.order_by("sent_at")
    ]


# --- erasure


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.practice.observed")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    """Deletes what was written about the person and by the person; levels and outcomes, which figures count, stay."""
    Performance.objects.filter(person=person).update(keep="", change="", answer="", answered_at=None)
    ObservedLevel.objects.filter(observation__performance__person=person).update(evidence="")
    for words in (Proposal, AgreedLevel):
        words.objects.filter(performance__person=person).update(reason="")
