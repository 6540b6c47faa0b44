"""What cannot be played to an end is not published; what is poor practice is only noted."""

import pytest
from conversations import STARTERS, small, small_data, starter, utterance

from courses.practice.conversations.rules.checks import faults
from courses.practice.conversations.rules.graph import read
from courses.practice.conversations.rules.style import best_choice, notes, walk


def texts(data) -> list[str]:
    return [f"{note.turn}: {note.text}" if note.turn else note.text for note in faults(read(data))]


def changed(change) -> list[str]:
    data = small_data()
    change(data)
    return texts(data)


def test_a_whole_conversation_has_no_fault():
    assert faults(small()) == []


@pytest.mark.parametrize("data", STARTERS, ids=lambda data: data["slug"])
def test_what_ships_can_be_published_and_has_no_note(data):
    assert faults(read(data)) == []
    assert notes(read(data)) == []


def test_a_turn_that_nothing_leads_to():
    def change(data):
        data["turns"].append({"id": "c", "at": "…", "choices": [utterance("A", "het")]})

    assert changed(change) == ["c: Không lời nào dẫn tới lượt này."]


def test_a_turn_that_only_lost_trust_leads_to_is_never_reached():
    def change(data):
        data["turns"].append({"id": "c", "at": "…", "choices": [utterance("A", "het")]})
        data["turns"][0]["choices"][1]["next"] = "c"  # trust 3 − 3 closes before

    assert changed(change) == ["c: Không lời nào dẫn tới lượt này."]


def test_a_way_round_in_a_circle():
    def change(data):
        data["turns"][1]["choices"][1]["next"] = "a"

    assert changed(change) == ["a: Đi vòng tròn: a → b → a."]


def test_dead_ends():
    def no_choice(data):
        data["turns"][1]["choices"] = []

    def no_next(data):
        data["turns"][1]["choices"][0]["next"] = ""

    def no_closing_end(data):
        data["ends"].pop()

    assert changed(no_choice) == ["b: Lượt này không có lời nào để chọn."]
    assert changed(no_next) == ["b: “Em lo điều gì?” không dẫn tới đâu."]
    assert changed(no_closing_end)[0].startswith("Thiếu kết thúc tên “dong-lai”")


def test_unknown_names():
    def next(data):
        data["turns"][0]["choices"][0]["next"] = "z"

    def item(data):
        data["turns"][0]["choices"][0]["reveals"] = ["no"]

    def first(data):
        data["first"] = "z"

    def end(data):
        data["ends"][0]["learnt"] = ["no"]

    def kind(data):
        data["turns"][0]["choices"][0]["type"] = ""

    def end_kind(data):
        data["ends"][1]["kind"] = ""

    assert changed(next) == ["a: “Em cần gì?” dẫn tới “z”, tên không có."]
    assert changed(item) == ["a: “Em cần gì?” để lộ “no”, tên không có."]
    assert changed(first) == ["Lượt đầu “z” không có."]
    assert changed(end) == ["tot: Kết thúc “tot” đòi biết “no”, tên không có."]
    assert changed(end_kind) == ["vua: Kết thúc “vua” chưa có loại."]
    assert changed(kind) == ["a: “Em cần gì?” chưa có loại lời nói."]


def test_a_name_used_twice():
    def change(data):
        data["ends"][2]["id"] = "b"
        data["turns"][0]["choices"][2]["next"] = "b"

    assert changed(change) == ["b: Tên “b” dùng hai lần."]


def test_an_item_that_nobody_can_learn():
    def change(data):
        data["turns"][1]["choices"][0]["reveals"] = []

    assert changed(change) == ["Không ai biết được điều “so”."]


def test_a_conversation_without_turns_is_a_fault_and_no_crash():
    assert texts({"title": "Trống"}) == ["Lượt đầu “” không có.", texts({"title": "Trống"})[1]]


def test_a_branching_case_needs_no_closing_end_and_gets_no_notes():
    case = starter(7)
    assert [end["id"] for end in case["ends"]] == ["bg-t", "bg-p", "bg-h"]
    assert faults(read(case)) == []
    assert notes(read(case)) == []


# --- notes


def test_the_small_conversation_is_noted_for_what_it_lacks():
    found = {(note.turn, note.text) for note in notes(small())}
    assert ("a", "Nên có 4 hoặc 5 lời để chọn.") in found
    assert ("b", "Nên có ít nhất ba loại lời nói.") in found
    assert ("", "Đường tốt nhất nên có ít nhất 12 lượt.") in found
    assert ("", "Chọn mò vẫn tới kết thúc tốt: luôn chọn lời thứ 1.") in found
    assert ("tot", "Tới được chỉ sau 2 lượt; nên từ 10.") in found


def test_a_harmful_word_that_pays_is_noted():
    data = small_data()
    data["turns"][0]["choices"][2]["trust"] = 1
    assert ("a", "“Em về đi.”: lời trách, lời dồn ép phải mất lòng tin.") in {
        (note.turn, note.text) for note in notes(read(data))
    }


def test_an_end_that_no_play_comes_to_is_noted():
    data = small_data()
    data["ends"].insert(0, {"id": "cao", "kind": "good", "trust": 99, "learnt": [], "text": "…"})
    assert ("cao", "Không cách chơi nào tới kết thúc này.") in {(n.turn, n.text) for n in notes(read(data))}


def test_the_best_way_of_what_ships_ends_well_with_everything_learnt():
    # as content/learning/phong-van/check.py --report prints it
    walked = [walk(read(data), best_choice) for data in STARTERS[:6]]
    assert [(state.at, state.trust, len(state.said)) for state in walked] == [
        ("tot", 20, 14),
        ("tot", 20, 15),
        ("tot", 20, 13),
        ("tot", 20, 13),
        ("tot", 20, 14),
        ("tot", 20, 13),
    ]
