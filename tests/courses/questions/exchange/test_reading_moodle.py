"""Moodle XML is read element by element; what is not understood is named, what is hostile is refused."""

import pytest

from courses.questions.exchange import aiken
from courses.questions.exchange.item import BadFile
from courses.questions.exchange.moodle import read


def quiz(*questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><quiz>{"".join(questions)}</quiz>'.encode()


def question(kind: str, inside: str = "", text: str = "<p>Gọi số nào?</p>", name: str = "Số") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>'
    )


def answer(fraction, text, feedback="", more="") -> str:
    said = f"<feedback format='html'><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{said}{more}</answer>'


def one(*questions: str):
    reading = read(quiz(*questions))
    assert not reading.rejected, reading.rejected
    (item,) = reading.items
    return item


def notes(*questions: str) -> str:
    return "\n".join(note.reason for note in read(quiz(*questions)).notes)


TWO = answer(100, "111", "Đúng.") + answer(0, "113")


def test_a_choice_with_its_remarks_reason_hint_and_tags():
    more = (
        "<generalfeedback><text>Vì điều 3.</text></generalfeedback><single>true</single>"
        "<hint><text>Ba chữ số.</text></hint><tags><tag><text>luật</text></tag></tags>"
    )
    item = one(question("multichoice", TWO + more))
    assert (item.kind, item.title, item.text) == ("single_choice", "Số", "Gọi số nào?")
    assert (item.explanation, item.hint, item.tags) == ("Vì điều 3.", "Ba chữ số.", ("luật",))
    assert [(c["text"], c["right"], c["feedback"]) for c in item.choices] == [
        ("111", True, "Đúng."),
        ("113", False, ""),
    ]
    assert notes(question("multichoice", TWO + more)) == ""


def test_single_that_contradicts_its_weights_is_named():
    two = answer(50, "a") + answer(50, "b") + answer(0, "c")
    assert one(question("multichoice", f"<single>false</single>{two}")).kind == "multiple_choice"
    assert one(question("multichoice", f"<single>true</single>{two}")).kind == "single_choice"
    assert "không phương án nào được cả điểm" in notes(question("multichoice", f"<single>true</single>{two}"))
    whole = answer(100, "a") + answer(100, "b") + answer(0, "c")
    assert "Chọn nhiều" in notes(question("multichoice", f"<single>true</single>{whole}"))


@pytest.mark.parametrize("right", ["true", "false"])
def test_a_statement(right):
    item = one(question("truefalse", "".join(answer(100 * (each == right), each) for each in ("true", "false"))))
    assert [choice["right"] for choice in item.choices] == [right == "true", right == "false"]


def test_a_short_answer_keeps_whether_capitals_count():
    assert one(question("shortanswer", "<usecase>0</usecase>" + answer(100, "a"))).own == {"folds": ["case"]}
    assert one(question("shortanswer", "<usecase>1</usecase>" + answer(100, "a"))).own == {"folds": []}
    inside = answer(100, "số *") + answer(33.33333, "b") + answer(0, "*", "Sai.")
    said = notes(question("shortanswer", inside))
    assert "Dấu *" in said
    assert "33,33333 % của “b” được làm tròn thành 33 %" in said
    assert "“*” không được điểm" in said


def test_a_number_with_its_tolerance_and_unit():
    inside = answer(100, "3.14", more="<tolerance>0.01</tolerance>")
    units = "<unitgradingtype>0</unitgradingtype><units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
    item = one(question("numerical", f"{inside}{units}</units>"))
    (row,) = item.choices
    assert (row["value"], row["tolerance"], item.own) == ("3,14", "0,01", {"unit": "m", "unit_asked": False})
    two = f"{inside}{units}<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
    assert "hệ số đổi" in notes(question("numerical", two))


def test_pairs_and_what_is_left_over():
    pair = '<subquestion format="html"><text>{}</text><answer><text>{}</text></answer></subquestion>'
    inside = pair.format("Tư vấn", "111") + pair.format("Nguy hiểm", "113") + pair.format("", "115")
    assert one(question("matching", inside)).choices[0] == {"left": "Tư vấn", "right": "111"}
    assert "Vế thừa “115”" in notes(question("matching", inside))


def test_gaps_to_pick_from():
    options = "".join(
        f"<selectoption><text>{word}</text><group>{group}</group></selectoption>"
        for word, group in (("111", 1), ("113", 1), ("nhanh", 2))
    )
    item = one(question("gapselect", options, "<p>Gọi [[1]] thật [[3]].</p>"))
    assert item.own["passage"] == "Gọi [1] thật [2]."
    assert item.choices == ({"right": ["111"], "wrong": ["113"]}, {"right": ["nhanh"], "wrong": []})


def test_embedded_answers():
    text = "Gọi {1:SHORTANSWER:=111~=số 111#tốt} hay {2:MULTICHOICE:=113~115~%50%114}."
    item = one(question("cloze", text=text))
    assert item.own["passage"] == "Gọi [1] hay [2]."
    assert item.choices == ({"right": ["111", "số 111"], "wrong": []}, {"right": ["113"], "wrong": ["115", "114"]})
    said = notes(question("cloze", text=text))
    assert "Trọng số 2" in said
    assert "“114” được một phần điểm" in said
    assert "NUMERICAL" in read(quiz(question("cloze", text="{1:NUMERICAL:=3:1}"))).rejected[0].reason


def test_a_category_holds_for_what_follows():
    category = '<question type="category"><category><text>$course$/top/Luật</text></category></question>'
    assert one(category, question("truefalse", answer(100, "true") + answer(0, "false"))).category == "Luật"


def test_what_is_not_understood_is_named_and_nothing_else():
    inside = (
        TWO
        + "<single>true</single><penalty>0.33</penalty><hidden>1</hidden><idnumber>Q7</idnumber>"
        + "<defaultgrade>2</defaultgrade><shuffleanswers>0</shuffleanswers><coderunner>x</coderunner>"
        + "<correctfeedback format='html'><text>Tốt lắm.</text></correctfeedback>"
    )
    said = notes(question("multichoice", inside))
    for words in ("<coderunner>", "Q7", "Điểm của câu (2)", "ẩn ở Moodle", "không trộn", "<correctfeedback>"):
        assert words in said
    assert len(said.splitlines()) == 6


def test_a_question_has_the_line_on_which_it_begins():
    statement = answer(100, "true") + answer(0, "false")
    first = question("truefalse", statement, text="<question type='x'>\n\n")
    reading = read(quiz("\n\n", first, "\n<!-- <question> -->\n", question("truefalse", statement)))
    assert [item.line for item in reading.items] == [3, 7]


def test_a_picture_is_named():
    text = '<p>Xem <img src="@@PLUGINFILE@@/a.png" alt=""></p>'
    inside = TWO + "<single>true</single>"
    whole = question("multichoice", inside, text).replace(
        "</questiontext>", '<file name="a.png" encoding="base64">aaaa</file></questiontext>'
    )
    assert "a.png" in notes(whole)


@pytest.mark.parametrize("kind", ["essay", "description", "calculated", "ddimageortext", "coderunner", ""])
def test_a_type_that_has_no_place_here_is_rejected_by_name(kind):
    (rejected,) = read(quiz(question(kind))).rejected
    assert (rejected.item, kind in rejected.reason) == ("Số", True)


BOMB = b'<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><quiz><question>&b;</question></quiz>'
OUTSIDE = b'<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, "DTD hoặc thực thể"),
        (OUTSIDE, "DTD hoặc thực thể"),
        (b'<!DOCTYPE q SYSTEM "http://127.0.0.1/x.dtd"><quiz/>', "DTD hoặc thực thể"),
        (b"<quiz><question></quiz>", "không phải XML"),
        (b"", "không phải XML"),
        (b"\xff\xfe\x00", "không phải XML"),
        (b"<html/>", "<quiz>"),
        (b"<quiz>" + b"<a>" * 40 + b"</a>" * 40 + b"</quiz>", "lồng quá sâu"),
        (b"<quiz>" + b"<a>" * 200000 + b"</a>" * 200000 + b"</quiz>", ""),
    ],
)
def test_a_broken_or_hostile_file_ends_in_one_sentence(content, sentence):
    with pytest.raises(BadFile) as refused:
        read(content)
    assert sentence in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_aiken_questions_are_read_and_its_faults_named():
    text = (
        "Gọi số nào?\nA. 111\nB. 113\nANSWER: A\n\n"
        "Hai dòng\ncủa câu?\nA) có\nB) không\nANSWER: b\n\n"
        "Thiếu đáp án?\nA. một\nB. hai\n\nSai chữ?\nA. một\nB. hai\nANSWER: C\nANSWER: A\n"
    )
    reading = aiken.read(text)
    assert [(item.text, item.line) for item in reading.items] == [("Gọi số nào?", 1), ("Hai dòng\ncủa câu?", 6)]
    assert [choice["text"] for choice in reading.items[1].choices if choice["right"]] == ["không"]
    assert [(each.line, each.reason) for each in reading.rejected] == [
        (12, "Thiếu dòng ANSWER: với chữ của phương án đúng."),
        (16, "ANSWER không là chữ nào ở trên."),
        (20, "Dòng ANSWER không đứng sau câu hỏi nào."),
    ]
