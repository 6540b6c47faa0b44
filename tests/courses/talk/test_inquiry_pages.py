"""Inquiries on screen: beside a lesson, on the page of one's own, at the trainer's."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.talk.inquiries import answering
from courses.talk.inquiries.inquiry import MOST_LETTERS, Inquiry, Said
from people.guarding.insistence import Insistence
from people.log.audit import Act, Entry
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk, waiting_for
from people.signing_in.kept_forms import mark_of
from people.times import today

pytestmark = pytest.mark.django_db
THEIRS = ("answer", "send_back", "close")
TEXT = "Người dân gọi ban đêm thì chuyển cho ai?"


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def post(client, lesson, text=TEXT, whom="rieng", **more):
    return client.post(f"/hoi-dap/bai/{lesson.pk}/", {"text": text, "whom": whom, "key": str(uuid4()), **more})


def shown(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def stamp(row):
    return row.said.filter(kind="question").last().stamp


def acts(client, row, act, text="", **more):
    fields = {"act": act, "text": text, "key": str(uuid4()), "seen": stamp(row), **more}
    side = "phu-trach/cau" if act in THEIRS else "cau"
    return client.post(f"/hoi-dap/{side}/{row.pk}/", fields)


def replied(cast, row, text="Trực ban Công an xã."):
    answering.answer(cast.trainer, row, text, uuid4(), stamp(row), timezone.now())


def test_a_learner_asks_beside_a_lesson_and_finds_her_question_there(lesson, here, cast):
    html = shown(here, lesson.url)
    assert f'action="/hoi-dap/bai/{lesson.pk}/"' in html
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', html)[1]
    answer = post(here, lesson, key=key)
    row = Inquiry.objects.get()
    assert answer.url == f"/hoi-dap/cau/{row.pk}/"
    assert (str(row.key), row.asked_by, row.unit, row.for_unit) == (key, cast.learner, cast.units.tay_giang, False)
    assert post(here, lesson, key=key).url == answer.url
    assert Inquiry.objects.count() == 1
    assert f"/hoi-dap/cau/{row.pk}/" in shown(here, lesson.url)
    assert TEXT in shown(here, "/hoi-dap/")


@pytest.mark.parametrize(("whom", "flags"), [("don-vi", (True, False)), ("don-vi-co-ten", (True, True))])
def test_she_says_who_reads_it(lesson, here, whom, flags):
    post(here, lesson, whom=whom)
    row = Inquiry.objects.get()
    assert (row.for_unit, row.named) == flags


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "   "}, "Hãy ghi điều muốn hỏi."),
        ({"text": "x" * (MOST_LETTERS + 1)}, "Dài quá 2000 chữ cái"),
        ({"whom": "ca-tinh"}, "Hãy chọn ai đọc được"),
        ({"whom": ""}, "Hãy chọn ai đọc được"),
        ({"text": "Hỏi\x00"}, "ký tự"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_one_sentence_and_what_was_typed(lesson, here, fields, sentence):
    answer = post(here, lesson, **fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert fields.get("text", TEXT).strip()[:50].replace("\x00", "") in html
    assert not Inquiry.objects.exists()


def test_a_number_of_a_person_is_refused_and_a_doubtful_wording_asked_about(lesson, here):
    assert post(here, lesson, "Gọi anh Tư 0905 123 456 có được không?").status_code == 422
    doubtful = "Chị Nguyễn Thị Mai ở thôn Arầng bị lừa bán sang bên kia biên giới, tôi làm gì?"
    assert post(here, lesson, doubtful).status_code == 422
    assert not Inquiry.objects.exists()
    assert post(here, lesson, doubtful, **{"vi-sao-giu": "Tên đã đổi."}).status_code == 302
    assert Insistence.objects.get().form == "inquiry"


def test_an_unknown_key_is_taken_for_a_new_one(lesson, here):
    assert post(here, lesson, key="x" * 30).status_code == 302
    assert post(here, lesson, key="").status_code == 302
    assert Inquiry.objects.count() == 2


def test_nobody_asks_beside_a_lesson_that_is_not_there_or_not_open(lesson, here, client):
    assert here.post("/hoi-dap/bai/999999999/", {"text": TEXT}).status_code == 404
    assert here.get(f"/hoi-dap/bai/{lesson.pk}/").status_code == 405
    lesson.unpublish()
    assert post(here, lesson).status_code == 404


def test_it_goes_from_hand_to_hand(lesson, here, cast, client_of):
    post(here, lesson)
    row, trainer = Inquiry.objects.get(), client_of(cast.trainer)
    assert "Alăng Thị Hà" in shown(trainer, "/hoi-dap/phu-trach/")
    assert TEXT in shown(trainer, f"/hoi-dap/phu-trach/cau/{row.pk}/")
    assert Entry.objects.filter(act=Act.READ_INQUIRY, by=cast.trainer, person=cast.learner).exists()
    assert acts(trainer, row, "send_back", "Nói rõ ai gọi.").url == "/hoi-dap/phu-trach/"
    assert "Nói rõ ai gọi." in shown(here, f"/hoi-dap/cau/{row.pk}/")
    assert acts(here, row, "reword", "Người thân gọi ban đêm.").status_code == 302
    assert acts(trainer, row, "answer", "Trực ban.").status_code == 302
    assert "Chưa đọc" in shown(here, "/hoi-dap/")
    assert "Có trả lời" in shown(here, lesson.url)
    assert acts(here, row, "read").url == "/hoi-dap/"
    assert "Chưa đọc" not in shown(here, "/hoi-dap/")
    assert acts(here, row, "ask_on", "Cuối tuần cũng vậy?").status_code == 302
    assert acts(trainer, row, "answer", "Cũng vậy.").status_code == 302
    assert acts(trainer, row, "close").status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
    assert acts(here, row, "ask_on", "Nữa?").status_code == 422


def test_a_reply_that_came_too_late_keeps_what_was_typed(lesson, here, cast, client_of):
    post(here, lesson)
    row = Inquiry.objects.get()
    before = stamp(row)
    acts(here, row, "reword", "Lời mới của tôi.")
    answer = acts(client_of(cast.trainer), row, "answer", "Câu trả lời dài đã gõ.", seen=before)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Người hỏi vừa sửa" in html
    assert "Câu trả lời dài đã gõ.</textarea>" in html
    assert "Lời mới của tôi." in html
    assert f'value="{stamp(row)}"' in html


def test_what_is_not_ones_own_is_not_found_and_whose_act_it_is_not_is_refused(lesson, here, cast, client_of):
    post(here, lesson, whom="don-vi")
    row = Inquiry.objects.get()
    mate = make_person("Bhling Văn Bạn", "TG-9")
    make_posting(mate, cast.units.tay_giang)
    others = (mate, cast.other_learner, cast.unit_head, cast.stranger, cast.observer, cast.administrator)
    for person in (*others, cast.trainer, cast.manager):
        assert client_of(person).get(f"/hoi-dap/cau/{row.pk}/").status_code == 404, person
        assert acts(client_of(person), row, "withdraw").status_code == 404, person
    for person in (*others, cast.learner):
        assert client_of(person).get(f"/hoi-dap/phu-trach/cau/{row.pk}/").status_code == 403, person
        assert acts(client_of(person), row, "answer", "Tôi trả lời.").status_code == 403, person
    replied(cast, row)
    html = shown(client_of(mate), f"/hoi-dap/cau/{row.pk}/")
    assert "Trực ban Công an xã." in html
    assert "Alăng" not in html
    assert "Alăng" not in shown(client_of(mate), "/hoi-dap/?loc=don-vi")
    for act in ("withdraw", "reword", "ask_on", "read"):
        assert acts(client_of(mate), row, act, "Chữ").status_code == 403, act
    assert acts(here, row, "xoa").status_code == 404
    assert acts(client_of(cast.manager), row, "send_back", "Trễ rồi").status_code == 422


def test_a_trainer_of_another_commune_finds_nothing(lesson, here, cast, client_of):
    post(here, lesson)
    row = Inquiry.objects.get()
    there = make_person("Tập Huấn Thạnh Mỹ", "TM-9")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    assert client_of(there).get(f"/hoi-dap/phu-trach/cau/{row.pk}/").status_code == 404
    assert acts(client_of(there), row, "answer", "Tôi trả lời.").status_code == 404
    assert "Alăng" not in shown(client_of(there), "/hoi-dap/phu-trach/")


def test_her_name_is_shown_to_the_unit_where_she_agreed(lesson, here, cast, client_of):
    post(here, lesson, whom="don-vi-co-ten")
    row = Inquiry.objects.get()
    replied(cast, row)
    mate = make_person("Bhling Văn Bạn", "TG-9")
    make_posting(mate, cast.units.tay_giang)
    assert "Alăng Thị Hà" in shown(client_of(mate), f"/hoi-dap/cau/{row.pk}/")
    assert "Alăng Thị Hà" in shown(client_of(mate), "/hoi-dap/?loc=don-vi")
    assert f"/hoi-dap/cau/{row.pk}/" in shown(client_of(mate), lesson.url)


def test_who_withdraws_leaves_nothing_to_read(lesson, here, cast, client_of):
    post(here, lesson)
    row = Inquiry.objects.get()
    assert acts(here, row, "withdraw").url == "/hoi-dap/"
    assert client_of(cast.trainer).get(f"/hoi-dap/phu-trach/cau/{row.pk}/").status_code == 404
    assert "Anh chị chưa hỏi gì" in shown(here, "/hoi-dap/")


def test_the_queue_says_since_when_they_wait_and_nobodys_name(lesson, here, cast):
    def listed(person):
        return [one for one in waiting_for(Desk(Reader(person), today())) if one.address == "/hoi-dap/phu-trach/"]

    assert listed(cast.trainer) == []
    post(here, lesson)
    (one,) = listed(cast.trainer)
    assert one.count == 1
    assert f"{today():%d/%m/%Y}" in one.rows[0].text
    assert "Alăng" not in one.rows[0].text
    assert listed(cast.unit_head) == []


def count(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("who", "path"),
    [("learner", "/hoi-dap/"), ("mate", "/hoi-dap/?loc=don-vi"), ("trainer", "/hoi-dap/phu-trach/"),
     ("trainer", "/hoi-dap/phu-trach/?loc=da-tra-loi")],
)  # fmt: skip
def test_lists_cost_the_same_queries_for_any_number(lesson, asks, cast, client_of, who, path):
    cast.mate = make_person("Bhling Văn Bạn", "TG-9")
    make_posting(cast.mate, cast.units.tay_giang)

    def add(number):
        for _time in range(number):
            asks(cast.learner, for_unit=True)
            replied(cast, asks(cast.learner, for_unit=True, named=True))

    add(1)
    client = client_of(getattr(cast, who))
    one = count(client, path)
    add(5)
    assert count(client, path) == one <= 14


def test_a_lesson_costs_one_query_more_however_much_was_asked(lesson, asks, cast, here):
    before = count(here, lesson.url)
    for _time in range(4):
        replied(cast, asks(cast.learner, for_unit=True))
    assert count(here, lesson.url) == before


def test_pages_stand_however_wrong_the_address(here, cast, client_of):
    trainer = client_of(cast.trainer)
    for path in ("/hoi-dap/?page=x", "/hoi-dap/?page=999&loc=don-vi", "/hoi-dap/?loc=%00"):
        assert here.get(path).status_code == 200
    assert trainer.get("/hoi-dap/phu-trach/?loc=gi&page=-3").status_code == 200
    assert here.get(f"/hoi-dap/cau/{'9' * 30}/").status_code == 404
    assert here.get("/hoi-dap/phu-trach/").status_code == 403


def test_a_form_posted_after_the_session_ended_is_kept(lesson, cast, client):
    sent = {"text": TEXT, "whom": "rieng", "sent_by": mark_of(cast.learner)}
    answer = client.post(f"/hoi-dap/bai/{lesson.pk}/", sent, headers={"origin": "http://testserver"})
    assert answer.status_code == 401
    assert 'name="kept"' in answer.content.decode()
    assert not Said.objects.exists()
