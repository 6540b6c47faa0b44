"""GIFT is read as Moodle's own page on it says; what has no place here is named."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.exchange.gift import category_of, number_and_tolerance, read
from courses.questions.exchange.item import Unreadable


def one(text):
    reading = read(text)
    assert not reading.rejected, reading.rejected
    (item,) = reading.items
    return item


def notes(text):
    return [note.reason for note in read(text).notes]


def reason(text):
    reading = read(text)
    assert reading.items == []
    (rejected,) = reading.rejected
    return rejected.reason


def rights(item):
    return [choice["text"] for choice in item.choices if choice["right"]]


def test_one_right_answer_among_wrong_ones():
    item = one("::Số::Gọi số nào? {\n=111 # Đúng rồi.\n~113\n~115 # Đó là cấp cứu.\n}")
    assert (item.kind, item.title, item.text) == ("single_choice", "Số", "Gọi số nào?")
    assert [(c["text"], c["right"], c["feedback"]) for c in item.choices] == [
        ("111", True, "Đúng rồi."),
        ("113", False, ""),
        ("115", False, "Đó là cấp cứu."),
    ]


def test_equal_shares_are_several_right_ones():
    item = one("Hai? {~%50%a ~%50%b ~%-100%c}")
    assert (item.kind, rights(item)) == ("multiple_choice", ["a", "b"])
    assert notes("Hai? {~%50%a ~%50%b ~%-100%c}") == []
    assert notes("Ba? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~d}") == []


def test_shares_that_we_cannot_keep_are_named():
    (said,) = notes("Hai? {~%60%a ~%40%b ~c}")[:1]
    assert "60 %" in said
    assert "20 %" in notes("Một? {=a ~%20%b ~c}")[0]


def test_several_answers_right_by_themselves_become_a_multiple_choice_and_say_so():
    text = "Nào? {=a =b ~c}"
    assert (one(text).kind, rights(one(text))) == ("multiple_choice", ["a", "b"])
    assert "Chọn nhiều" in notes(text)[0]


@pytest.mark.parametrize(("sign", "right"), [("T", "Đúng"), ("TRUE", "Đúng"), ("F", "Sai"), ("false", "Sai")])
def test_a_statement_is_true_or_false(sign, right):
    item = one(f"Im lặng là đồng ý. {{{sign}}}")
    assert (item.kind, rights(item)) == ("true_false", [right])


def test_the_remarks_of_a_statement_are_for_who_is_wrong_then_for_who_is_right():
    item = one("Im lặng là đồng ý. {F#Sai mất rồi.#Đúng rồi.}")
    assert [choice["feedback"] for choice in item.choices] == ["Sai mất rồi.", "Đúng rồi."]


def test_answers_without_wrong_ones_are_typed():
    item = one("Số nào? {=111 =%50%một một một#viết số =số 111}")
    assert item.kind == "short_answer"
    assert [(c["text"], c["share"], c["feedback"]) for c in item.choices] == [
        ("111", 100, ""),
        ("một một một", 50, "viết số"),
        ("số 111", 100, ""),
    ]
    assert item.own == {"folds": ["case"]}


@pytest.mark.parametrize(
    ("inside", "rows"),
    [
        ("#3", [("3", "0", 100)]),
        ("#3:0.5", [("3", "0,5", 100)]),
        ("#1..5", [("3", "2", 100)]),
        ("#=1822:0 =%50%1822:2", [("1822", "0", 100), ("1822", "2", 50)]),
        ("#3.14:.01", [("3,14", "0,01", 100)]),
        ("#1..2", [("1,5", "0,5", 100)]),
        ("#-2:0", [("-2", "0", 100)]),
    ],
)
def test_numbers_have_a_tolerance_or_a_range(inside, rows):
    item = one(f"Bao nhiêu? {{{inside}}}")
    assert item.kind == "numeric"
    assert [(c["value"], c["tolerance"], c["share"]) for c in item.choices] == rows


def test_nothing_of_a_number_is_rounded():
    assert number_and_tolerance("0.1..0.2") == (Fraction(3, 20), Fraction(1, 20))
    with pytest.raises(Unreadable):
        number_and_tolerance("nhiều")


def test_pairs_are_matched():
    item = one("Ghép. {=Tư vấn -> 111 =Nguy hiểm -> 113}")
    assert item.kind == "matching"
    assert item.choices[1] == {"left": "Nguy hiểm", "right": "113"}
    assert "thiếu một vế" in reason("Ghép. {=a -> 1 =b ->}")


def test_a_word_missing_in_the_middle_is_a_gap():
    item = one("Gọi {~113 =111 ~115} để được tư vấn.")
    assert (item.kind, item.own["passage"]) == ("missing_words", "Gọi [1] để được tư vấn.")
    assert item.choices == ({"right": ["111"], "wrong": ["113", "115"]},)
    assert one("Gọi {=111 =số 111} nhé.").choices == ({"right": ["111", "số 111"], "wrong": []},)


def test_escaped_signs_stand_for_themselves():
    item = one(r"::Tên\: một::1 \= 1 \{và\} \~ \# 2? {=a\=b ~c\~d\#e}")
    assert (item.title, item.text) == ("Tên: một", "1 = 1 {và} ~ # 2?")
    assert [choice["text"] for choice in item.choices] == ["a=b", "c~d#e"]
    assert one(r"Dòng\nhai {=a}").text == "Dòng\nhai"
    assert one(r"C:\\thư {=a}").text == "C:\\thư"


def test_a_category_holds_until_the_next_one():
    reading = read("$CATEGORY: $course$/top/Luật/2024\n\nA {T}\n\nB {F}\n$CATEGORY: Khác\n\nC {T}\n")
    assert [item.category for item in reading.items] == ["Luật/2024", "Luật/2024", "Khác"]
    assert category_of("$module$/top/Kiểm tra 1//2/A") == "Kiểm tra 1/2/A"


def test_remarks_are_passed_over_and_their_tags_kept():
    item = one("// câu số 1 [id:abc] [tag:luật] [tag:dễ]\n::Một::A {T}")
    assert item.tags == ("luật", "dễ")
    assert "abc" in notes("// [id:abc]\nA {T}")[0]


def test_what_is_said_of_the_whole_question_is_its_reason():
    assert one("A? {=a ~b ####Vì điều 3.}").explanation == "Vì điều 3."


def test_html_becomes_words_and_what_is_no_word_is_named():
    text = "[html]<p>Gọi <b>số</b> nào&nbsp;?</p><img src='x.png' alt='bảng'><script>x</script> {=111 ~<i>113</i>}"
    item = one(text)
    assert item.text == "Gọi số nào ?"
    assert [choice["text"] for choice in item.choices] == ["111", "113"]
    said = notes(text)
    assert any("bảng" in note for note in said)
    assert any("script" in note for note in said)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Chỉ là một đoạn văn.", "mô tả"),
        ("Hãy kể. {}", "tự luận"),
        ("A? {=a ~b", "Thiếu dấu }"),
        ("A {=a} B {=b}", "hơn một cặp"),
        ("A? {a ~b}", "thiếu dấu ="),
        ("A? {~a ~b}", "phương án nào đúng"),
        ("A? {#nhiều}", "không phải một số"),
        ("A [1] {=a ~b} c", "trùng với dấu"),
    ],
)
def test_what_cannot_come_in_says_why(text, why):
    assert why in reason(text)


def test_a_line_is_where_the_question_begins_and_empty_lines_inside_braces_end_nothing():
    reading = read("// đầu\n\n::Một::A? {\n=a\n\n~b\n}\n\n\n::Hai::B {T}\n")
    assert [(item.title, item.line) for item in reading.items] == [("Một", 3), ("Hai", 10)]


def test_line_ends_of_all_systems_and_a_byte_order_mark_are_taken():
    assert [item.text for item in read("\ufeffA {T}\r\n\r\nB {F}\r\rC {T}").items] == ["A", "B", "C"]


@given(st.text(alphabet="ab ~=#{}\\:%-> \n/$[]01.T", max_size=80))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    reading = read(text)
    assert all(rejected.reason.endswith((".", "…")) for rejected in reading.rejected)
