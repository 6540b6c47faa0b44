"""Answers worth keeping: proposed by one, approved by another, at the lesson's end in every language, for everybody."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person
from wagtail.models import Locale

from courses.talk.inquiries import answering, asking
from courses.talk.kept import keeping
from courses.talk.kept.keeping import Wording, decided_by, stamp_of, visible_to
from courses.talk.kept.kept_answer import KeptAnswer, KeptState
from courses.talk.kept.personal_data import kept as own_copy
from courses.talk.kept.showing import in_order, kept_beside
from courses.talk.refusing import Refused
from people.privacy import erasure
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk, waiting_for
from people.times import today

pytestmark = pytest.mark.django_db
WORDING = Wording("vi", "Ban đêm gọi ai?", "Gọi 111 hoặc trực ban Công an xã.")
LIST = "/hoi-dap/phu-trach/ghi-lai/"


@pytest.fixture
def answered(cast, asks):
    row = asks(cast.learner)
    seen = row.said.last().stamp
    answering.answer(cast.trainer, row, "Gọi 111.", uuid4(), seen, timezone.now())
    return row


@pytest.fixture
def proposed(cast, answered):
    return keeping.propose(cast.trainer, answered, WORDING, timezone.now())


@pytest.fixture
def shown(cast, proposed):
    keeping.approve(cast.manager, proposed, stamp_of(proposed), timezone.now())
    return proposed


def html(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_another_approves_and_then_every_learner_of_the_lesson_reads_it(cast, proposed, lesson, client_of):
    other = client_of(cast.other_learner)
    assert "Đồng nghiệp đã hỏi" not in html(other, lesson.url)
    assert list(decided_by(cast.manager)) == [proposed]
    keeping.approve(cast.manager, proposed, stamp_of(proposed), timezone.now())
    page = html(other, lesson.url)
    assert "Đồng nghiệp đã hỏi (1)" in page
    assert WORDING.answer in page
    assert "Alăng" not in page
    assert re.search(r'<details class="own" id="hoi-dap">', page), "folded"


def test_nobody_approves_what_she_proposed_and_no_trainer_of_a_commune_does(cast, proposed):
    for person in (cast.trainer, cast.unit_head, cast.administrator, cast.learner, cast.observer):
        assert not decided_by(person).exists(), person
    give(cast.trainer, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    assert not decided_by(type(cast.trainer).objects.get(pk=cast.trainer.pk)).exists()
    above = make_person("Tập Huấn Tỉnh", "DN-9")
    give(above, RoleKind.TRAINER, cast.units.da_nang)
    assert list(decided_by(above)) == [proposed]
    assert list(visible_to(cast.trainer)) == [proposed]


def test_the_database_knows_no_wording_that_its_proposer_approved_and_none_shown_undecided(cast, proposed):
    rows = KeptAnswer.objects.filter(pk=proposed.pk)
    with pytest.raises(IntegrityError, match="kept_decided_by_another"), transaction.atomic():
        rows.update(state="shown", decided_by=cast.trainer)
    with pytest.raises(IntegrityError, match="kept_shown_once_decided"), transaction.atomic():
        rows.update(state="shown")


def test_what_comes_back_is_worded_anew_and_what_was_read_is_what_is_approved(cast, proposed, answered):
    before = stamp_of(proposed)
    with pytest.raises(Refused, match="cần sửa chỗ nào"):
        keeping.refuse(cast.manager, proposed, "", before, timezone.now())
    keeping.refuse(cast.manager, proposed, "Thêm số 113.", before, timezone.now())
    again = keeping.propose(cast.trainer, answered, Wording("vi", "Gọi ai?", "Gọi 111, 113."), timezone.now())
    assert again.pk == proposed.pk
    with pytest.raises(Refused, match="vừa sửa lời"):
        keeping.approve(cast.manager, proposed, before, timezone.now())
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_by, proposed.word) == (KeptState.PROPOSED, None, "")


def test_only_an_answered_inquiry_is_kept_and_once(cast, asks, answered, proposed):
    with pytest.raises(Refused, match="chưa có trả lời"):
        keeping.propose(cast.trainer, asks(cast.learner), WORDING, timezone.now())
    with pytest.raises(Refused, match="Người khác đã đề nghị"):
        keeping.propose(cast.manager, answered, WORDING, timezone.now())


@pytest.mark.parametrize("said", ["Chị Alăng Thị Hà hỏi gọi ai?", "alang thi ha hoi goi ai", "ALĂNG THỊ HÀ?"])
def test_who_asked_is_not_named_however_she_is_written(cast, answered, said):
    with pytest.raises(Refused, match="tên người hỏi"):
        keeping.propose(cast.trainer, answered, Wording("vi", said, "Gọi 111."), timezone.now())


def test_it_is_taken_off_with_a_reason(cast, shown, lesson, client_of):
    client = client_of(cast.learner)
    assert "Đồng nghiệp đã hỏi" in html(client, lesson.url)
    with pytest.raises(Refused, match="vì sao rút"):
        keeping.take_off(cast.trainer, shown, "", timezone.now())
    keeping.take_off(cast.trainer, shown, "Luật mới.", timezone.now())
    assert "Đồng nghiệp đã hỏi" not in html(client, lesson.url)
    with pytest.raises(Refused, match="đã được rút"):
        keeping.take_off(cast.manager, shown, "Nữa", timezone.now())


def test_it_stands_in_a_lesson_of_another_language_and_outlives_the_inquiry(
    cast, shown, answered, small_course, lesson, rf
):
    english, _made = Locale.objects.get_or_create(language_code="en")
    for page in (small_course.course.get_parent().get_parent(), *lesson.get_ancestors().specific()[2:], lesson):
        page.specific.copy_for_translation(english)
    asking.withdraw(cast.learner, answered, timezone.now())
    there = lesson.get_translation(english)
    assert there.pk != lesson.pk
    drawn = kept_beside(rf.get("/"), there, None)
    assert '<dd lang="vi">' in drawn
    assert WORDING.answer in drawn
    assert '<dd lang="vi">' not in kept_beside(rf.get("/"), lesson, None)


def test_the_language_of_the_page_comes_first():
    rows = [("en", "1", "a"), ("vi", "2", "b"), ("lo", "3", "c"), ("vi", "4", "d")]
    assert [row[1] for row in in_order(rows, "lo")] == ["3", "2", "4", "1"]
    assert [row[1] for row in in_order(rows, "vi")] == ["2", "4", "1", "3"]


def test_a_lesson_reads_them_once_for_all(cast, shown, lesson, client_of):
    client = client_of(cast.learner)
    html(client, lesson.url)
    with CaptureQueriesContext(connection) as queries:
        html(client, lesson.url)
    assert not any("courses_keptanswer" in query["sql"] for query in queries)


# --- on screen


def test_from_an_answer_to_the_lesson_on_screen(cast, answered, lesson, client_of):
    trainer, manager = client_of(cast.trainer), client_of(cast.manager)
    form = f"/hoi-dap/phu-trach/cau/{answered.pk}/ghi-lai/"
    assert form in html(trainer, f"/hoi-dap/phu-trach/cau/{answered.pk}/")
    assert "Gọi 111.</textarea>" in html(trainer, form)
    assert trainer.post(form, {"language": "vi", "question": "Gọi ai?", "answer": "Gọi 111."}).url == LIST
    row = KeptAnswer.objects.get()
    seen = {"which": row.pk, "seen": stamp_of(row)}
    assert trainer.post(LIST, {**seen, "act": "approve"}).status_code == 403
    assert "Duyệt lời này" not in html(trainer, LIST)
    assert "Duyệt lời này" in html(manager, LIST)
    refused = manager.post(LIST, {**seen, "act": "refuse", "word": ""})
    assert refused.status_code == 422
    assert "cần sửa chỗ nào" in refused.content.decode()
    assert manager.post(LIST, {**seen, "act": "refuse", "word": "Ngắn hơn."}).status_code == 302
    assert "Ngắn hơn." in html(trainer, form)
    assert trainer.post(form, {"language": "vi", "question": "Gọi ai?", "answer": "111."}).status_code == 302
    row.refresh_from_db()
    assert manager.post(LIST, {"which": row.pk, "seen": stamp_of(row), "act": "approve"}).status_code == 302
    assert "Đồng nghiệp đã hỏi" in html(trainer, lesson.url)
    assert trainer.post(LIST, {"which": row.pk, "act": "take_off", "word": "Cũ."}).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [{"question": ""}, {"answer": "x" * 2001}, {"question": "x" * 501}, {"language": "kuf"},
     {"answer": "Gọi anh Tư 0905 123 456"}, {"answer": "Hỏi Alăng Thị Hà"}],
)  # fmt: skip
def test_bad_words_come_back(cast, answered, client_of, fields):
    form = f"/hoi-dap/phu-trach/cau/{answered.pk}/ghi-lai/"
    sent = {"language": "vi", "question": "Gọi ai?", "answer": "Gọi 111.", **fields}
    assert client_of(cast.trainer).post(form, sent).status_code == 422
    assert not KeptAnswer.objects.exists()


def test_a_trainer_of_another_commune_finds_nothing_of_it(cast, proposed, answered, client_of):
    there = make_person("Tập Huấn Thạnh Mỹ", "TM-9")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    client = client_of(there)
    assert client.get(f"/hoi-dap/phu-trach/cau/{answered.pk}/ghi-lai/").status_code == 404
    assert WORDING.question not in html(client, LIST)
    for act in ("approve", "refuse", "take_off", "x"):
        assert client.post(LIST, {"which": proposed.pk, "act": act, "word": "x"}).status_code == 404
    assert client_of(cast.learner).get(LIST).status_code == 403
    for which in ("", "x", "9" * 40):
        assert client_of(cast.manager).post(LIST, {"which": which, "act": "approve"}).status_code == 404


def test_the_queue_has_what_waits_for_another_and_what_came_back(cast, proposed):
    def listed(person):
        found = waiting_for(Desk(Reader(person), today()))
        return [str(one.title) for one in found if one.address == LIST]

    assert (listed(cast.manager), listed(cast.trainer)) == (["Câu trả lời chờ duyệt để ghi vào bài"], [])
    keeping.refuse(cast.manager, proposed, "Ngắn hơn.", stamp_of(proposed), timezone.now())
    assert (listed(cast.manager), listed(cast.trainer)) == ([], ["Lời ghi vào bài được gửi lại"])


def test_a_list_costs_the_same_for_any_number(cast, proposed, asks, client_of):
    def count():
        with CaptureQueriesContext(connection) as queries:
            html(client_of(cast.manager), LIST)
        return len(queries)

    count()
    one = count()
    for _time in range(5):
        row = asks(cast.learner)
        answering.answer(cast.trainer, row, "Gọi.", uuid4(), row.said.last().stamp, timezone.now())
        keeping.propose(cast.trainer, row, WORDING, timezone.now())
    assert count() == one


def test_the_copy_has_what_one_proposed_and_an_erasure_leaves_it(cast, shown):
    assert own_copy(cast.trainer)[0]["Trả lời"] == WORDING.answer
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    shown.refresh_from_db()
    assert (shown.inquiry, shown.state) == (None, KeptState.SHOWN)
