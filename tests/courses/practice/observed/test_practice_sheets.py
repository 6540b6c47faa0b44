"""Cards and the empty form on paper."""

import io

import pytest
from printed import words_of
from pypdf import PdfReader

from courses.practice.observed import sheets
from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.versions import record

pytestmark = pytest.mark.django_db
A5, A4 = (420, 595), (595, 842)


def size_of(pdf):
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width)), round(float(box.height))


def pages_of(pdf):
    return len(PdfReader(io.BytesIO(pdf)).pages)


def frozen(key):
    return record(Rubric.objects.get(key=key)).frozen


def card(key, name):
    return sheets.card_pdf(frozen(key), name, Guide.objects.get(), approved=False)


@pytest.fixture(autouse=True)
def starter_rubrics(first_meeting):
    return first_meeting


def test_every_card_of_every_rubric_is_one_sheet_of_a5():
    printed = [card(rubric.key, name) for rubric in Rubric.objects.all() for name in frozen(rubric.key).cards]
    assert {size_of(pdf) for pdf in printed} == {A5}
    assert len(printed) == 10
    # the longest one has a back
    assert max(map(pages_of, printed)) <= 2


def test_the_actors_card_says_how_to_play_and_not_to_show_it():
    words = words_of(card("buoi-gap-dau", "actor"))
    for said in ("Anh Cảnh, 33 tuổi", "Thở ra, ngồi hẳn vào ghế.", "không kể chi tiết bạo lực", "Dừng, ra ngoài thở"):
        assert said in words
    assert "Không đưa thẻ này cho người học" in words
    assert "chưa duyệt" in words


def test_the_learners_card_holds_nothing_of_the_actors():
    words = words_of(card("buoi-gap-dau", "learner"))
    assert "Anh chị là cán bộ trực ở trụ sở xã." in words
    assert "Anh Cảnh" not in words
    assert "Không đưa thẻ này" not in words


def test_interpreter_and_receiving_place_have_their_own():
    assert "Chị Thơm" in words_of(card("qua-nguoi-phien-dich", "interpreter"))
    assert "gửi Zalo cho nhanh" in words_of(card("ban-giao-va-ghi", "receiver"))


def test_an_approved_rubric_says_nothing_of_approval():
    approved = sheets.card_pdf(frozen("buoi-gap-dau"), "actor", Guide.objects.get(), approved=True)
    assert "chưa duyệt" not in words_of(approved)


def test_the_empty_form_has_every_behaviour_with_its_four_levels():
    pdf = sheets.form_pdf(frozen("buoi-gap-dau"), approved=False)
    assert size_of(pdf) == A4
    words = " ".join(words_of(pdf, page) for page in range(pages_of(pdf)))
    for behaviour in frozen("buoi-gap-dau").behaviours:
        for said in (behaviour.what, behaviour.look_for, *behaviour.levels.values()):
            assert said in words
    assert words.count("Không có dịp") == 10
    assert "từ 80 phần trăm" in words


def test_a_rubric_without_a_guide_prints_too():
    Guide.objects.all().delete()
    assert "Mức 3" in words_of(sheets.form_pdf(frozen("buoi-gap-dau"), approved=False))
    assert sheets.card_pdf(frozen("buoi-gap-dau"), "learner", None, approved=False)


def test_the_pages_give_the_files(client_of, cast, practice):
    address = f"/buoi-tap/buoi/{practice.session.pk}/"
    for name in ("phieu.pdf", "the-actor.pdf", "the-learner.pdf"):
        answer = client_of(practice.second).get(address + name)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"]
    assert client_of(practice.second).get(address + "the-receiver.pdf").status_code == 404
    own = client_of(cast.learner).get(f"/buoi-tap/cua-toi/{practice.performance.pk}/the.pdf")
    assert "Anh Cảnh" not in words_of(own.content)
    assert client_of(cast.manager).get(f"/buoi-tap/bo-tieu-chi/{practice.rubric.pk}/phieu.pdf").status_code == 200
