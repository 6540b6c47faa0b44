"""The starter kit as data: nothing of it is lost, and no mark of an open point is printed."""

import pytest

from campaigns.renderings.formats import AUDIENCES, SLOTS
from campaigns.renderings.texts.sentences import ABROAD, NUMBER, lines, placed, sentences, syllables, with_number_abroad
from campaigns.starter.kit import FILE, kit, parsed, plain

KIT = kit()


def test_each_message_has_every_slot_and_its_questions():
    assert [one.key for one in KIT.messages] == ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]
    wanted = {*SLOTS, *(f"audience.{key}" for key in AUDIENCES)}
    for one in KIT.messages:
        assert {said.slot for said in one.passages} == wanted
        assert all(said.text for said in one.passages)
        assert [question.right in "ABC" for question in one.questions] == [True] * 3
        assert len(one.alternatives) == 3


def test_every_mark_is_an_open_point_and_none_is_printed():
    texts = FILE.read_text(encoding="utf-8")
    assert texts.count("†") > 20
    for one in KIT.messages:
        for said in one.passages:
            assert "†" not in said.text
            assert "...." not in said.text
            assert "xác nhận" not in said.text
            assert all(point.sentence in said.text for point in said.points)
    open_points = {(one.key, point.what) for one in KIT.messages for said in one.passages for point in said.points}
    assert len(open_points) == 10
    # what the kit asks to confirm without a mark in the sentence is open too
    (fact,) = [said for said in KIT.messages[1].passages if said.slot == "leaflet.3"]
    assert [point.office for point in fact.points] == ["Tư pháp, Công an"]
    assert not any(said.points for said in KIT.messages[5].passages)


def test_a_marked_sentence_that_no_point_is_about_stops_the_seed():
    with pytest.raises(ValueError, match="no point of kit_points"):
        parsed(FILE.read_text(encoding="utf-8"), [])


def test_numbers_are_places_and_words_to_the_reviewer_go():
    said = "Báo Công an. Số bảo hộ công dân: ................ (chỉ ghi sau khi gọi thử †)"
    assert plain(said) == f"Báo Công an. Số bảo hộ công dân: {ABROAD}."
    assert plain("Số trực của xã: ............") == f"Số trực của xã: {NUMBER}."
    assert plain("có giấy phép không † (cơ quan lao động xác nhận nơi tra cứu). Đọc.") == "có giấy phép không. Đọc."


def test_the_plan_counts_from_the_day():
    assert len(KIT.plan) == 16
    assert [step.days for step in KIT.plan] == sorted(step.days for step in KIT.plan)
    assert (KIT.plan[0].days, KIT.plan[-1].days) == (-30, 15)
    assert all(step.what and step.who for step in KIT.plan)


def test_sentences_keep_their_quotes_and_titles_break_at_them():
    assert sentences("“Một.” “Hai.” Ba? Bốn.") == ["“Một.”", "“Hai.”", "Ba?", "Bốn."]
    assert lines("Việc trên mạng: kiểm tra rồi hãy đi") == ["Việc trên mạng:", "kiểm tra rồi hãy đi"]
    assert with_number_abroad(f"Gọi 111. Số: {ABROAD}. Thôi.", "") == "Gọi 111. Thôi."
    assert placed("Chào bà con [tên thôn].", "Xã Tây Giang") == "Chào bà con xã Tây Giang."


def test_syllables_are_counted_as_the_kit_does():
    (spoken,) = [said.text for said in KIT.messages[0].passages if said.slot == "loud.60"]
    assert syllables(spoken) == 131
