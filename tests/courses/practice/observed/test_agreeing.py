"""Two blind forms become one agreed record: one level for each difference, never an average."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.practice.observed.agreeing import AgreedLevel, How, decide, given_levels, propose
from courses.practice.observed.observation import AlreadySent, Observation
from courses.practice.observed.outcome import Outcome
from courses.practice.observed.planning import Refused
from courses.practice.observed.session import PracticeSession, performance_settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(practice, behaviour):
    """An observer names a level for behaviour n."""

    def name(place, number, level, reason=""):
        return propose(practice.performance.pk, place, behaviour(number), level, reason, timezone.now())

    return name


@pytest.fixture
def lead(practice, behaviour, cast):
    def lead(number, level, reason="vì đã sửa kịp", by=cast.trainer):
        return decide(practice.performance.pk, by, behaviour(number), level, reason, timezone.now())

    return lead


def outcome_of(practice):
    practice.performance.refresh_from_db()
    return practice.performance.outcome


# --- forms


def test_one_form_alone_counts_for_nothing(practice, send):
    send(1)
    assert outcome_of(practice) == ""
    assert given_levels(practice.performance) == {}
    assert not AgreedLevel.objects.exists()


def test_two_like_forms_are_an_outcome_at_once(practice, send):
    send(1)
    send(2)
    assert outcome_of(practice) == Outcome.PASSED
    assert set(AgreedLevel.objects.values_list("how", flat=True)) == {How.ALIKE}
    assert practice.performance.settled_at


def test_a_form_sent_twice_is_one_form(practice, send):
    token = uuid4()
    assert send(1, token=token) == send(1, {1: 4}, token=token)
    assert Observation.objects.count() == 1
    assert set(Observation.objects.get().levels.values_list("level", flat=True)) == {3}


def test_another_form_of_the_same_observer_is_refused(practice, send):
    send(1)
    with pytest.raises(AlreadySent):
        send(1, {1: 4})


def test_the_database_has_one_form_an_observer(practice, send):
    send(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(performance=practice.performance, place=1, token=uuid4(), sent_at=timezone.now())


def test_no_form_without_a_second_observer_or_before_the_day(practice, send):
    PracticeSession.objects.update(on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="Phiếu mở từ ngày"):
        send(1)
    PracticeSession.objects.update(on=timezone.localdate())
    practice.session.performances.update(second=None)
    with pytest.raises(Refused, match="chưa có người quan sát thứ hai"):
        send(1)


# --- differences


def test_a_difference_of_one_level_is_agreed_when_both_name_the_same(practice, send, name):
    send(1, {2: 2})
    send(2)
    assert outcome_of(practice) == ""
    assert name(1, 2, 3) is None
    agreed = name(2, 2, 3)
    assert (agreed.level, agreed.how, agreed.reason) == (3, How.AGREED, "")
    assert outcome_of(practice) == Outcome.PASSED


def test_an_observer_may_name_another_level_until_it_is_agreed(practice, send, name):
    send(1, {2: 2})
    send(2)
    name(1, 2, 2)
    name(2, 2, 3)
    assert name(1, 2, 3).level == 3
    with pytest.raises(Refused, match="đã có mức chung"):
        name(1, 2, 2)


def test_two_levels_apart_need_a_reason(practice, send, name):
    send(1, {2: 2})
    send(2, {2: 4})
    with pytest.raises(Refused, match="lý do"):
        name(1, 2, 4)
    name(1, 2, 4, "đã nói đủ ba ý")
    # who names the same takes the reason over
    assert name(2, 2, 4).reason == "đã nói đủ ba ý"


def test_no_occasion_against_a_level_needs_a_reason(practice, send, name):
    send(1, {2: None})
    send(2)
    with pytest.raises(Refused, match="lý do"):
        name(1, 2, None)
    name(1, 2, None, "người diễn chưa tới đoạn ấy")
    assert name(2, 2, None).level is None
    assert outcome_of(practice) == Outcome.PASSED


@pytest.mark.parametrize("level", [3, 1, None])
def test_the_agreed_level_is_one_that_somebody_saw_so_never_an_average(practice, send, name, level):
    send(1, {2: 2})
    send(2, {2: 4})
    with pytest.raises(Refused, match="một trong hai mức"):
        name(1, 2, level, "lấy giữa")


def test_nothing_is_named_before_both_forms_are_in_nor_where_they_are_alike(practice, send, name):
    send(1, {2: 2})
    with pytest.raises(Refused, match="chưa nộp đủ"):
        name(1, 2, 3)
    send(2)
    with pytest.raises(Refused, match="đã có mức chung"):
        name(1, 1, 3)


def test_unsettled_the_leader_decides_with_a_reason(practice, send, name, lead):
    send(1, {2: 2})
    send(2)
    with pytest.raises(Refused, match="chọn mức trước"):
        lead(2, 2)
    name(1, 2, 2)
    with pytest.raises(Refused, match="chọn mức trước"):
        lead(2, 2)
    name(2, 2, 3)
    with pytest.raises(Refused, match="lý do"):
        lead(2, 3, " ")
    agreed = lead(2, 3)
    assert (agreed.level, agreed.how, agreed.reason) == (3, How.DECIDED, "vì đã sửa kịp")
    assert practice.performance.proposals.count() == 2


def test_only_the_leader_decides(practice, cast, send, name, lead):
    send(1, {2: 2})
    send(2)
    name(1, 2, 2)
    name(2, 2, 3)
    for who in (practice.second, cast.manager):
        with pytest.raises(Refused, match="trưởng buổi tập quyết"):
            lead(2, 3, by=who)


def test_a_critical_act_agreed_at_level_one_means_again(practice, send, name):
    """Behaviour 1 is critical: nine of ten at level 3 are enough, were it not for it."""
    send(1, {1: 1})
    send(2, {1: 2})
    name(1, 1, 1)
    name(2, 1, 1)
    assert outcome_of(practice) == Outcome.AGAIN


def test_the_outcome_waits_for_the_last_difference(practice, send, name):
    send(1, {2: 2, 3: 2})
    send(2)
    name(1, 2, 3)
    name(2, 2, 3)
    assert outcome_of(practice) == ""
    name(1, 3, 2)
    name(2, 3, 2)
    assert outcome_of(practice) == Outcome.PASSED


def test_a_settled_outcome_is_announced_once(practice, cast, send):
    heard = []

    def hear(sender, person_ids, **kwargs):
        heard.extend(person_ids)

    performance_settled.connect(hear)
    try:
        send(1)
        token = uuid4()
        send(2, token=token)
        send(2, token=token)
    finally:
        performance_settled.disconnect(hear)
    assert heard == [cast.learner.pk]
