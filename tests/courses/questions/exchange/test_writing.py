"""What goes out comes back the same as far as the format can say it; what it cannot say is named."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.questions.bank import Question
from courses.questions.exchange import gift, gift_writing, moodle, moodle_writing
from courses.questions.exchange.item import Item
from courses.questions.exchange.leaving import OF_KIND
from courses.questions.kinds.kind import KINDS
from courses.questions.writing import create_or_update_question, new_question
from letters.folding import visible

# letters, what each format treats as its own, and no sign that nobody can see
SIGNS = st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u00a0*")
words = st.text(SIGNS, min_size=1, max_size=20).map(visible).map(str.strip).filter(bool)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
shares = st.integers(1, 99)


def several(each, least=2, most=5):
    return st.lists(each, min_size=least, max_size=most, unique_by=lambda text: text.casefold())


@st.composite
def choices(draw, kind):
    texts = draw(several(words))
    right = 1 if kind == "single_choice" else draw(st.integers(1, len(texts)))
    rows = tuple({"text": t, "right": n < right, "feedback": draw(st.just("") | words)} for n, t in enumerate(texts))
    return Item(kind, draw(lines), rows)


@st.composite
def statements(draw):
    right = draw(st.booleans())
    remarks = draw(st.tuples(st.just("") | words, st.just("") | words))
    rows = ({"text": "Đúng", "right": right}, {"text": "Sai", "right": not right})
    return Item("true_false", draw(lines), tuple({**r, "feedback": f} for r, f in zip(rows, remarks, strict=True)))


@st.composite
def typed(draw):
    texts = draw(several(words, 1))
    rows = [{"text": text, "share": draw(shares), "feedback": draw(st.just("") | words)} for text in texts]
    rows[0]["share"] = 100
    return Item("short_answer", draw(lines), tuple(rows), {"folds": ["case"]})


@st.composite
def numbers(draw):
    value = draw(st.decimals(-1000, 1000, places=2).map(lambda number: f"{number:f}".replace(".", ",")))
    row = {"value": value, "tolerance": draw(st.sampled_from(["0", "0,5", "10"])), "share": 100, "feedback": ""}
    return Item("numeric", draw(lines), (row,), {"unit": "", "unit_asked": False})


@st.composite
def pairs(draw):
    left = draw(several(words))
    right = draw(several(words, len(left), len(left)))
    return Item("matching", draw(lines), tuple({"left": a, "right": b} for a, b in zip(left, right, strict=True)))


@st.composite
def gaps(draw):
    texts = draw(several(words, 1, 4))
    gap = {"right": texts[:1], "wrong": texts[1:]}
    own = {"passage": f"{draw(words)} [1] {draw(words)}", "folds": ["case"]}
    return Item("missing_words", "Điền chỗ trống.", (gap,), own)


some = st.one_of(
    choices("single_choice"), choices("multiple_choice"), statements(), typed(), numbers(), pairs(), gaps()
)
placed = st.builds(
    lambda item, title, category, reason: replace(item, title=title, category=category, explanation=reason),
    some,
    words.filter(lambda text: "::" not in text),
    st.just("") | words.filter(lambda text: "/" not in text and not text.startswith("$") and text != "top"),
    st.just("") | lines,
)


def plainly(value):
    """Numbers as numbers: how many zeros somebody writes is nothing that a format keeps."""
    item = replace(value, line=1)
    rows = tuple(
        {**row, **{k: str(float(row[k].replace(",", "."))) for k in ("value", "tolerance")}} if "value" in row else row
        for row in item.choices
    )
    return replace(item, choices=rows)


@given(placed)
def test_gift_says_what_it_said(item):
    assume("[" not in item.own.get("passage", "").replace("[1]", ""))
    text, remarks = gift_writing.write([item])
    if remarks and not text:
        return  # it said that it cannot
    reading = gift.read(text)
    assert not reading.rejected, (text, reading.rejected)
    (back,) = reading.items
    if any("một ý đúng" in remark.reason for remark in remarks):
        back = replace(back, kind=item.kind)
    assert plainly(back) == plainly(item)


@given(placed)
def test_moodle_xml_says_what_it_said(item):
    assume("[" not in item.own.get("passage", "").replace("[1]", ""))
    text, remarks = moodle_writing.write([item])
    if remarks and "<questiontext" not in text:
        return
    reading = moodle.read(text.encode())
    assert not reading.rejected, (text, reading.rejected)
    (back,) = reading.items
    assert plainly(back) == plainly(item)


def test_a_kind_that_gift_does_not_have_is_named():
    order = Item("ordering", "Xếp.", tuple({"text": text} for text in "abc"), title="Xếp")
    text, remarks = gift_writing.write([order])
    assert (text, remarks[0].item, "không có dạng này" in remarks[0].reason) == ("", "Xếp", True)
    assert [step["text"] for step in moodle.read(moodle_writing.write([order])[0].encode()).items[0].choices] == [
        *"abc"
    ]


def test_what_a_format_cannot_say_is_named():
    item = Item(
        "short_answer", "Gì?", ({"text": "á", "share": 100, "feedback": ""},), {"folds": ["marks"]}, hint="Ba chữ."
    )
    said = " ".join(remark.reason for remark in gift_writing.write([item])[1])
    assert "Gợi ý" in said
    assert "Cách so" in said
    assert "dấu" in moodle_writing.write([item])[1][0].reason


def test_every_kind_goes_out_and_its_item_makes_the_same_question_again(db):
    assert set(OF_KIND) == set(KINDS)


def bank():
    create_or_update_question(
        category="Luật",
        name="Số",
        kind="single_choice",
        text="Gọi số nào?",
        tags=["dễ"],
        explanation="Vì thế.",
        choices=[{"text": "111", "right": True, "feedback": "Đúng."}, {"text": "113"}],
    )
    create_or_update_question(
        category="Luật",
        name="Hai",
        kind="multiple_choice",
        text="Hai?",
        choices=[{"text": "a", "right": True}, {"text": "b", "right": True}, {"text": "c"}],
    )
    create_or_update_question(
        category="", name="Gõ", kind="short_answer", text="Gì?", choices=[{"text": "111"}], own={"folds": ["case"]}
    )
    create_or_update_question(
        category="", name="Bao", kind="numeric", text="Bao?", choices=[{"value": "3", "tolerance": "0,5"}]
    )
    create_or_update_question(
        category="", name="Xếp", kind="ordering", text="Xếp?", choices=[{"text": text} for text in ("một", "hai", "ba")]
    )
    create_or_update_question(
        category="Luật/Số",
        name="Điền",
        kind="missing_words",
        text="Điền chỗ trống.",
        choices=[{"right": ["111"], "wrong": ["113"]}],
        own={"passage": "Gọi [1] nhé.", "folds": ["case"]},
    )


@pytest.mark.parametrize("kind", ["gift", "moodlexml"])
def test_what_is_exported_and_imported_again_changes_nothing(db, tmp_path, kind, capsys):
    bank()
    path, out = tmp_path / "ra.tep", tmp_path / "r.json"
    call_command("export_questions", str(path), kind=kind)
    said = capsys.readouterr()
    assert ("Xếp" in said.out) is (kind == "gift")
    call_command("import_questions", str(path), kind=kind, report=str(out), overwrite=True)
    assert '"created": 0' in out.read_text()
    assert '"changed": 0' in out.read_text()
    assert Question.objects.count() == 6


def test_only_what_bears_the_tag_goes_out(db, tmp_path):
    bank()
    path = tmp_path / "ra.gift"
    call_command("export_questions", str(path), kind="gift", tag="dễ")
    assert path.read_text().count("{") == 1
    with pytest.raises(CommandError, match="Không có câu hỏi nào"):
        call_command("export_questions", str(path), kind="gift", tag="không có")


def test_a_place_that_cannot_be_written_is_said(db, tmp_path):
    bank()
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("export_questions", str(tmp_path / "khong" / "ra.gift"), kind="gift")


def test_an_item_of_each_kind_makes_a_question(db):
    for item in (
        Item("matching", "Ghép.", ({"left": "a", "right": "1"}, {"left": "b", "right": "2"})),
        Item("ordering", "Xếp.", tuple({"text": text} for text in "abc")),
    ):
        assert new_question("", "Tên", item.kind, item.text, item.choices, **item.own).body
