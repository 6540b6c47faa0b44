"""Inquiries: who asks, who answers, who reads, and that nothing is said twice."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting, make_succession, make_unit

from courses.talk.inquiries import answering, asking, ending, telling
from courses.talk.inquiries.inquiry import Inquiry, InquiryState, Said
from courses.talk.inquiries.personal_data import answers as own_answers
from courses.talk.inquiries.personal_data import inquiries as own_inquiries
from courses.talk.inquiries.whose import answered_by, for_the_unit, own, read_in_unit, waiting_for
from courses.talk.refusing import Refused
from people.log.audit import Act, Entry
from people.messages.working_days import Window
from people.persons.merges import Merge
from people.postings.posting import Posting
from people.privacy import erasure
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db


def stamp(row):
    return row.said.filter(kind="question").last().stamp


def answer(by, row, text="Gọi ngay, kể cả khi chưa chắc.", key=None, now=None):
    answering.answer(by, row, text, key or uuid4(), stamp(row), now or timezone.now())
    row.refresh_from_db()


def colleague(cast, unit=None, code="TG-9"):
    person = make_person("Bhling Văn Bạn", code)
    make_posting(person, unit or cast.units.tay_giang)
    return person


def reads(person):
    return set(Inquiry.objects.filter(read_in_unit(person)))


# --- who answers


def test_it_waits_for_the_trainers_whose_reach_covers_her_posting_and_for_the_province(cast, asks):
    row = asks(cast.learner)
    assert row.state == InquiryState.WAITING
    assert row.waits_since == row.asked_at
    assert list(waiting_for(cast.trainer)) == list(waiting_for(cast.manager)) == [row]
    for person in (cast.learner, cast.other_learner, cast.stranger, cast.unit_head, cast.observer, cast.administrator,
                   cast.editor, cast.teacher):  # fmt: skip
        assert not answered_by(person).exists(), person


def test_a_trainer_of_one_commune_sees_no_question_of_another(cast, asks):
    there = make_person("Tập Huấn Thạnh Mỹ", "TM-9")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    ours, theirs = asks(cast.learner), asks(cast.other_learner)
    assert list(answered_by(cast.trainer)) == [ours]
    assert list(answered_by(there)) == [theirs]


def test_a_transfer_moves_who_may_answer(cast, asks):
    there = make_person("Tập Huấn Thạnh Mỹ", "TM-9")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    row = asks(cast.learner)
    answer(cast.trainer, row)
    Posting.objects.filter(person=cast.learner).update(unit=cast.units.thanh_my)
    assert not answered_by(cast.trainer).exists()
    assert list(answered_by(there)) == [row]


def test_who_is_posted_nowhere_asks_the_province_and_nobody_answers_herself(cast, asks):
    row = asks(cast.stranger)
    assert row.unit is None
    assert list(waiting_for(cast.manager)) == [row]
    assert not waiting_for(cast.trainer).exists()
    make_posting(cast.trainer, cast.units.tay_giang)
    hers = asks(cast.trainer)
    assert hers not in waiting_for(cast.trainer)
    assert hers in waiting_for(cast.manager)


def test_of_records_that_are_one_person_both_are_hers_and_neither_answers_the_other(cast, asks):
    double = colleague(cast)
    row = asks(double)
    Merge.objects.create(gone=double, stays=cast.trainer, reason="Một người")
    assert list(own(cast.trainer)) == [row]
    assert row not in answered_by(cast.trainer)


# --- asking and answering


def test_a_form_sent_twice_asks_once_and_a_reply_sent_twice_replies_once(cast, asks):
    key, reply = uuid4(), uuid4()
    row = asks(cast.learner, key=key)
    assert asks(cast.learner, key=key) == row
    seen = stamp(row)
    for _time in range(2):
        answering.answer(cast.trainer, row, "Gọi.", reply, seen, timezone.now())
    more = uuid4()
    for _time in range(2):
        asking.ask_on(cast.learner, row, "Ban đêm thì sao?", more, timezone.now())
    assert list(row.said.values_list("kind", flat=True)) == ["question", "answer", "question"]
    with pytest.raises(Refused, match="đã cũ"):
        asks(cast.other_learner, key=key)


def test_a_question_after_the_answer_waits_anew_since_then(cast, asks):
    row = asks(cast.learner, now=timezone.now() - timedelta(days=3))
    answer(cast.trainer, row)
    assert row.waits_since is None
    assert row.is_unread
    now = timezone.now()
    asking.ask_on(cast.learner, row, "Ban đêm thì sao?", uuid4(), now)
    row.refresh_from_db()
    assert (row.state, row.waits_since, row.is_unread) == (InquiryState.WAITING, now, False)


def test_it_is_worded_anew_until_it_is_answered_and_who_answers_sees_what_she_answers(cast, asks):
    row = asks(cast.learner, "Hỏi một.")
    before = stamp(row)
    asking.reword(cast.learner, row, "Hỏi hai.", timezone.now())
    with pytest.raises(Refused, match="vừa sửa"):
        answering.answer(cast.trainer, row, "Cho câu một.", uuid4(), before, timezone.now())
    answer(cast.trainer, row)
    with pytest.raises(Refused, match="Đã có trả lời"):
        asking.reword(cast.learner, row, "Hỏi ba.", timezone.now())
    assert row.said.first().text == "Hỏi hai."


def test_what_is_sent_back_says_why_and_waits_again_once_it_is_worded_anew(cast, asks):
    row = asks(cast.learner, now=timezone.now() - timedelta(days=2))
    with pytest.raises(Refused, match="viết lại chỗ nào"):
        answering.send_back(cast.trainer, row, "", stamp(row), timezone.now())
    answering.send_back(cast.trainer, row, "Nói rõ bước nào.", stamp(row), timezone.now())
    row.refresh_from_db()
    assert (row.state, row.waits_since, row.is_unread) == (InquiryState.SENT_BACK, None, True)
    now = timezone.now()
    asking.reword(cast.learner, row, "Ở bước hai.", now)
    row.refresh_from_db()
    assert (row.state, row.waits_since) == (InquiryState.WAITING, now)


def test_who_closes_without_an_answer_says_why(cast, asks):
    row = asks(cast.learner)
    with pytest.raises(Refused, match="vì sao đóng"):
        answering.close(cast.trainer, row, "", timezone.now())
    answering.close(cast.trainer, row, "Đã trả lời ở lớp.", timezone.now())
    row.refresh_from_db()
    assert (row.state, row.is_unread) == (InquiryState.CLOSED, True)
    with pytest.raises(Refused, match="đã đóng"):
        answering.close(cast.manager, row, "Lại", timezone.now())
    acts = Entry.objects.filter(person=cast.learner).values_list("act", "by", "detail")
    assert list(acts) == [(Act.ANSWERED_INQUIRY, cast.trainer.pk, "closed")]


def test_two_who_answer_at_once_are_told(cast, asks):
    row = asks(cast.learner)
    seen = stamp(row)
    answer(cast.trainer, row)
    with pytest.raises(Refused, match="Người khác vừa trả lời"):
        answering.answer(cast.manager, row, "Khác.", uuid4(), seen, timezone.now())


def test_what_is_withdrawn_nobody_else_reads(cast, asks):
    unanswered, answered = asks(cast.learner), asks(cast.learner, for_unit=True)
    answer(cast.trainer, answered)
    mate = colleague(cast)
    assert reads(mate) == {answered}
    for row in (unanswered, answered):
        asking.withdraw(cast.learner, row, timezone.now())
    assert list(own(cast.learner)) == [answered]
    assert not answered_by(cast.trainer).exists()
    assert reads(mate) == set()
    with pytest.raises(Refused, match="đã được rút"):
        answering.answer(cast.trainer, unanswered, "Trễ", uuid4(), "", timezone.now())


def test_nobody_fills_the_queue(cast, asks):
    for number in range(asking.MOST_WAITING):
        asks(cast.learner, f"Câu {number}")
    with pytest.raises(Refused, match="10 câu hỏi chờ"):
        asks(cast.learner, "Thêm")
    asks(cast.other_learner)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"waits_since": None}, "waits_since_a_moment"),
        ({"state": "answered", "replied_at": timezone.now()}, "waits_since_a_moment"),
        ({"named": True}, "named_for_the_unit"),
        ({"for_unit": True, "unit": None}, "for_a_unit_that_is"),
        ({"state": "closed", "waits_since": None}, "replied_by_somebody"),
    ],
)
def test_the_database_knows_no_inquiry_that_cannot_be(cast, asks, fields, name):
    row = asks(cast.learner)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Inquiry.objects.filter(pk=row.pk).update(**fields)


# --- the unit


def test_the_unit_reads_what_was_asked_for_it_once_it_is_answered_and_nothing_else(cast, asks):
    mate, far = colleague(cast), colleague(cast, cast.units.thanh_my, "TM-9")
    private, ours = asks(cast.learner), asks(cast.learner, for_unit=True)
    assert reads(mate) == set()
    answer(cast.trainer, private)
    answer(cast.trainer, ours)
    assert reads(mate) == {ours}
    assert reads(far) == reads(cast.stranger) == reads(cast.learner) == set()


def test_the_unit_reads_up_to_the_last_answer_and_not_what_was_sent_back(cast, asks):
    row = asks(cast.learner, "Một", for_unit=True)
    answering.send_back(cast.trainer, row, "Rõ hơn", stamp(row), timezone.now())
    asking.reword(cast.learner, row, "Hai", timezone.now())
    answer(cast.trainer, row, "Ba")
    asking.ask_on(cast.learner, row, "Bốn", uuid4(), timezone.now())
    assert [one.text for one in for_the_unit(row)] == ["Hai", "Ba"]
    assert reads(colleague(cast)) == {row}


def test_what_is_below_a_unit_is_not_the_unit(cast, asks):
    at_school = colleague(cast, cast.units.school)
    row = asks(cast.learner, for_unit=True)
    answer(cast.trainer, row)
    assert reads(at_school) == set()


def test_a_reform_carries_what_was_asked_for_the_unit_to_what_it_became(cast, asks):
    row = asks(cast.learner, for_unit=True)
    answer(cast.trainer, row)
    mate = colleague(cast)
    day = today() + timedelta(days=30)
    cast.units.tay_giang.valid_to = day - timedelta(days=1)
    cast.units.tay_giang.save()
    after = make_unit("20999", "Xã Mới", parent=cast.units.da_nang, start=day)
    make_succession(cast.units.tay_giang, after, on=day)
    rebuild_reach()
    newcomer = make_person("Người Mới", "MOI-1")
    make_posting(newcomer, after, start=day)
    with time_machine.travel(timezone.make_aware(datetime.combine(day, datetime.min.time())), tick=False):
        assert reads(newcomer) == reads(mate) == {row}


# --- told


def test_who_asked_is_told_the_day_after_until_she_has_read(cast, asks):
    row = asks(cast.learner)
    now = timezone.now()
    answer(cast.trainer, row, now=now)
    day = timezone.localdate(now)
    tomorrow = Window(day, day + timedelta(days=1))
    assert telling.answers_falling(tomorrow) == {cast.learner.pk: {"hoi-dap"}}
    assert telling.answers_falling(Window(day - timedelta(days=1), day)) == {}
    told = telling.answers_standing([cast.learner.pk, cast.other_learner.pk], day)
    assert set(told) == {cast.learner.pk}
    assert "1 câu hỏi" in told[cast.learner.pk]["hoi-dap"].text
    asking.have_read(row, timezone.now())
    assert telling.answers_standing([cast.learner.pk], day) == telling.answers_falling(tomorrow) == {}


def test_trainers_are_told_that_somebody_waits_and_the_province_where_there_is_no_trainer(cast, asks):
    rows = [asks(cast.learner), asks(cast.learner), asks(cast.other_learner), asks(cast.stranger)]
    day = timezone.localdate()
    falling = telling.waiting_falling(Window(day, day + timedelta(days=1)))
    assert set(falling) == {cast.trainer.pk, cast.manager.pk}
    told = telling.waiting_standing(list(falling), day)
    assert "2 câu hỏi" in told[cast.trainer.pk]["cho-tra-loi"].text
    assert "2 câu hỏi" in told[cast.manager.pk]["cho-tra-loi"].text
    for row in rows:
        answering.close(cast.manager, row, "Đã nói", timezone.now())
    assert telling.waiting_standing(list(falling), day) == {}


def test_whom_it_waits_for_is_who_may_answer(cast, asks):
    rows = [asks(cast.learner), asks(cast.other_learner), asks(cast.stranger)]
    found = telling.answerers([(row.pk, row.asked_by_id) for row in rows], today())
    for row in rows:
        for person in found[row.pk]:
            assert row in answered_by(type(cast.learner).objects.get(pk=person))


def test_telling_costs_the_same_for_many(cast, asks, django_assert_num_queries):
    asks(cast.learner)
    with CaptureQueriesContext(connection) as few:
        telling.waiting_standing([cast.trainer.pk], today())
    for number in range(4):
        asks(colleague(cast, code=f"TG-8{number}"))
    with django_assert_num_queries(len(few)):
        telling.waiting_standing([cast.trainer.pk], today())


# --- kept and gone


def test_the_own_copy_has_what_she_asked_and_was_answered_and_what_she_answered(cast, asks):
    row = asks(cast.learner, "Hỏi.")
    answer(cast.trainer, row, "Đáp.")
    asked = [line for rows in own_inquiries(cast.learner) for line in rows.values()]
    assert {"Hỏi.", "Đáp."} <= set(asked)
    assert own_answers(cast.learner) == []
    assert "Đáp." in own_answers(cast.trainer)[0].values()
    assert own_inquiries(cast.trainer) == []


def test_an_erasure_takes_what_she_asked_and_leaves_what_she_answered(cast, asks):
    hers = asks(cast.learner)
    answer(cast.trainer, hers)
    other = asks(cast.other_learner)
    answer(cast.manager, other, "Của quản lý.")
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    assert list(Inquiry.objects.all()) == [other]
    erasure.erase(cast.manager, cast.administrator, timezone.now())
    assert Said.objects.filter(text="Của quản lý.").exists()


def test_what_is_old_goes_and_what_waits_stays(cast, asks):
    long_ago = timezone.now() - timedelta(days=800)
    waits, answered, withdrawn = (asks(cast.learner, now=long_ago) for _time in range(3))
    answer(cast.trainer, answered, now=long_ago)
    answer(cast.trainer, withdrawn, now=timezone.now() - timedelta(days=31))
    asking.withdraw(cast.learner, withdrawn, timezone.now() - timedelta(days=31))
    kept = asks(cast.learner)
    answer(cast.trainer, kept)
    ending.end_old(timezone.now())
    assert set(Inquiry.objects.all()) == {waits, kept}
