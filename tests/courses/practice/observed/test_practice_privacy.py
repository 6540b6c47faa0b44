"""What is kept of a session about a person: in the copy of one's own data, and gone when the person is erased."""

import json

import pytest
from django.utils import timezone

from courses.practice.observed import personal_data
from courses.practice.observed.agreeing import AgreedLevel, Proposal, answer, propose, say
from courses.practice.observed.figures import figures_of
from courses.practice.observed.observation import ObservedLevel
from courses.practice.observed.session import Performance, PracticeSession
from people.privacy import erasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(practice, send, behaviour):
    """With one difference two levels apart, words to the learner, and her answer."""
    send(1, {2: 2})
    send(2, {2: 4})
    for place in (1, 2):
        propose(practice.performance.pk, place, behaviour(2), 4, "nói đủ ba ý", timezone.now())
    say(practice.performance.pk, "Lời mời ngồi", "Chờ thêm")
    practice.performance.refresh_from_db()
    answer(practice.performance, "Tôi sẽ chờ.", timezone.now())
    return practice


def test_the_learner_takes_the_whole_record(settled, cast):
    ((played,), levels) = personal_data.played(cast.learner), personal_data.levels(cast.learner)
    assert (played["Bài thực hành"], played["Kết quả"]) == ("Buổi gặp đầu tiên", "Đạt")
    assert (played["Một điều giữ lại"], played["Lời trả lời của tôi"]) == ("Lời mời ngồi", "Tôi sẽ chờ.")
    assert len(levels) == 10
    second = levels[1]
    assert [second[part] for part in ("Phiếu thứ nhất", "Phiếu thứ hai", "Mức chung", "Lý do")] == [
        "Mức 2, chưa đủ",
        "Mức 4, vững",
        "Mức 4, vững",
        "nói đủ ba ý",
    ]


def test_before_both_agree_nothing_of_the_forms_is_in_it(practice, cast, send):
    send(1, evidence="câu chưa được xem")
    assert personal_data.levels(cast.learner) == []
    assert "câu chưa được xem" not in json.dumps(personal_data.played(cast.learner), default=str, ensure_ascii=False)


def test_an_observer_takes_that_and_when_not_what_was_written_of_others(settled, cast):
    rows = personal_data.observed(settled.second)
    assert [row["Bài thực hành"] for row in rows] == ["Buổi gặp đầu tiên"]
    assert cast.learner.full_name not in json.dumps(rows, default=str, ensure_ascii=False)
    assert personal_data.observed(cast.learner) == []


def test_erasing_the_learner_takes_the_words_and_moves_no_figure(settled, cast):
    before = figures_of(settled.rubric, settled.session.version.frozen)
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    kept = Performance.objects.get()
    assert (kept.keep, kept.change, kept.answer, kept.outcome) == ("", "", "", "passed")
    assert set(ObservedLevel.objects.values_list("evidence", flat=True)) == {""}
    assert {*Proposal.objects.values_list("reason", flat=True)} == {""}
    assert {*AgreedLevel.objects.values_list("reason", flat=True)} == {""}
    assert figures_of(settled.rubric, settled.session.version.frozen) == before


def test_no_table_has_a_place_for_an_actor_or_a_recording():
    names = {field.name for model in (PracticeSession, Performance) for field in model._meta.get_fields()}
    assert not {name for name in names if "actor" in name or "record" in name or "file" in name or "media" in name}
