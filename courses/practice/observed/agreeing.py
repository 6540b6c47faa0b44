"""From two blind forms to one agreed record.

Where both gave the same level, that is it. Every difference ends in one of the two levels that were given: named by
both observers or, while they name different ones, decided by the session's leader. So no average can come about.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.practice.observed.agreement import apart
from courses.practice.observed.filling import Entry
from courses.practice.observed.observation import Observation, ObservedLevel, store
from courses.practice.observed.outcome import Agreed, outcome
from courses.practice.observed.planning import Refused
from courses.practice.observed.session import Performance, performance_settled
from people.free_text import FreeLine

LONGEST_REASON = 300
A_LEVEL = Q(level=None) | Q(level__range=(1, 4))


class How(models.TextChoices):
    ALIKE = "alike", gettext_lazy("hai phiếu giống nhau")
    AGREED = "agreed", gettext_lazy("hai người thống nhất")
    DECIDED = "decided", gettext_lazy("trưởng buổi tập quyết")


class Proposal(models.Model):
    """Which of the two levels an observer would now take; may be changed until both name the same."""

    performance = models.ForeignKey(Performance, models.CASCADE, related_name="proposals")
    behaviour = models.CharField(max_length=36)
    place = models.PositiveSmallIntegerField()
    # NULL: no occasion
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = FreeLine(max_length=LONGEST_REASON, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["performance", "behaviour", "place"], name="proposal_once_an_observer"),
            models.CheckConstraint(condition=A_LEVEL & Q(place__in=(1, 2)), name="proposal_of_one_of_two"),
        ]


class AgreedLevel(models.Model):
    """Written once. `level` is one of the two that the forms gave."""

    performance = models.ForeignKey(Performance, models.CASCADE, related_name="agreed")
    behaviour = models.CharField(max_length=36)
    # NULL: no occasion
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=8, choices=How.choices)
    reason = FreeLine(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["performance", "behaviour"], name="agreed_level_once"),
            models.CheckConstraint(condition=A_LEVEL, name="agreed_level_of_four_or_none"),
        ]


def performances() -> models.QuerySet[Performance]:
    """With everything that a page about one performance names."""
    return Performance.objects.select_related("session__version__rubric", "session__unit", "person", "first", "second")


def locked(performance_id: int) -> Performance:
    """The performance for a change of its record, in a transaction: two observers are served in turn."""
    rows = Performance.objects.select_related("session__version").select_for_update(of=("self",))
    return rows.get(pk=performance_id)


@transaction.atomic
def receive(performance_id: int, place: int, entries: Iterable[Entry], token: UUID, now: datetime) -> Observation:
    """Stores an observer's form; the same token again is the same form. Raises AlreadySent, Refused."""
    performance = locked(performance_id)
    if performance.second_id is None:
        raise Refused(_("Buổi này chưa có người quan sát thứ hai, nên chưa nhận phiếu."))
    if performance.session.on > timezone.localdate(now):
        raise Refused(_("Phiếu mở từ ngày %s.") % f"{performance.session.on:%d/%m/%Y}")
    observation, is_new = store(performance, place, entries, token, now)
    if is_new and performance.observations.count() == 2:
        _take_what_is_alike(performance, now)
        _settle(performance, now)
    return observation


def given_levels(performance: Performance) -> dict[str, tuple[ObservedLevel, ObservedLevel]]:
    """{behaviour: (first observer's, second's)}; empty before both forms are in. One query."""
    rows = ObservedLevel.objects.filter(observation__performance=performance).order_by("observation__place")
    by_behaviour: dict[str, list[ObservedLevel]] = {}
    for row in rows:
        by_behaviour.setdefault(row.behaviour, []).append(row)
    return {behaviour: (two[0], two[1]) for behaviour, two in by_behaviour.items() if len(two) == 2}


def _take_what_is_alike(performance: Performance, now: datetime) -> None:
    AgreedLevel.objects.bulk_create(
        AgreedLevel(performance=performance, behaviour=behaviour, level=first.level, how=How.ALIKE, at=now)
        for behaviour, (first, second) in given_levels(performance).items()
        if first.level == second.level
    )


@transaction.atomic
def propose(
    performance_id: int, place: int, behaviour: str, level: int | None, reason: str, now: datetime
) -> AgreedLevel | None:
    """An observer names a level for a difference; where the other one has named the same, it is agreed. Raises
    Refused.
    """
    performance = locked(performance_id)
    first, second = _open_difference(performance, behaviour, level)
    others = performance.proposals.filter(behaviour=behaviour).exclude(place=place).first()
    alike = others is not None and others.level == level
    reason = _one_line(reason)
    if apart(first, second) and not reason and not (alike and others.reason):
        raise Refused(_("Hai mức lệch nhau nhiều: ghi một dòng lý do chọn mức này."))
    performance.proposals.update_or_create(
        behaviour=behaviour, place=place, defaults={"level": level, "reason": reason, "made_at": now}
    )
    if not alike:
        return None
    return _agree(performance, behaviour, level, How.AGREED, reason or others.reason, now)


@transaction.atomic
def decide(performance_id: int, user, behaviour: str, level: int | None, reason: str, now: datetime) -> AgreedLevel:
    """The leader decides a difference for which the observers have named two levels. Raises Refused."""
    performance = locked(performance_id)
    if performance.session.leader_id != user.pk:
        raise Refused(_("Chỗ chưa thống nhất do trưởng buổi tập quyết."))
    _open_difference(performance, behaviour, level)
    if performance.proposals.filter(behaviour=behaviour).count() < 2:
        raise Refused(_("Hai người quan sát chọn mức trước; chỉ khi chọn khác nhau, trưởng buổi tập mới quyết."))
    if not (reason := _one_line(reason)):
        raise Refused(_("Ghi một dòng lý do của trưởng buổi tập."))
    return _agree(performance, behaviour, level, How.DECIDED, reason, now)


def _one_line(text: str) -> str:
    """Raises Refused where it is too long."""
    line = " ".join(text.split())
    if len(line) > LONGEST_REASON:
        raise Refused(_("Dòng này dài quá %d chữ cái; ghi ngắn lại.") % LONGEST_REASON)
    return line


def _open_difference(performance: Performance, behaviour: str, level: int | None) -> tuple[int | None, int | None]:
    """The two levels given. Raises Refused where there is nothing to agree on, or `level` is neither."""
    given = given_levels(performance).get(behaviour)
    if given is None:
        raise Refused(_("Hai phiếu chưa nộp đủ, nên chưa có gì để thống nhất."))
    if performance.agreed.filter(behaviour=behaviour).exists():
        raise Refused(_("Việc này đã có mức chung."))
    two = given[0].level, given[1].level
    if level not in two:
        raise Refused(_("Chọn một trong hai mức đã ghi; không lấy mức ở giữa."))
    return two


def _agree(
    performance: Performance, behaviour: str, level: int | None, how: str, reason: str, now: datetime
) -> AgreedLevel:
    agreed = performance.agreed.create(behaviour=behaviour, level=level, how=how, reason=reason, at=now)
    _settle(performance, now)
    return agreed


def _settle(performance: Performance, now: datetime) -> None:
    """Writes the outcome once every behaviour has its agreed level."""
    rubric = performance.session.version.frozen
    levels = dict(performance.agreed.values_list("behaviour", "level"))
    if any(behaviour.id not in levels for behaviour in rubric.behaviours):
        return
    agreed = [Agreed(behaviour.critical, levels[behaviour.id]) for behaviour in rubric.behaviours]
    performance.outcome = outcome(rubric.rule, agreed)
    performance.settled_at = now
    performance.save(update_fields=["outcome", "settled_at"])
    performance_settled.send(sender=Performance, person_ids=[performance.person_id], now=now)


def say(performance_id: int, keep: str, change: str) -> None:
    """One thing to keep and one to change, for the learner. Raises Refused where a line is too long."""
    Performance.objects.filter(pk=performance_id).update(keep=_one_line(keep), change=_one_line(change))


def answer(performance: Performance, words: str, now: datetime) -> None:
    """The learner's answer to the result; "" takes it back."""
    performance.answer, performance.answered_at = words, now if words else None
    performance.save(update_fields=["answer", "answered_at"])
