"""What is read goes into the bank: new, known again, changed, and what people wrote since is left."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import make_course

from courses.questions.bank import Question
from courses.questions.exchange.gift import read
from courses.questions.exchange.taking import prepare
from courses.questions.versions import QuestionVersion

pytestmark = pytest.mark.django_db

TWO = "$CATEGORY: Luật\n\n::Số::Gọi số nào? {=111 ~113}\n\nIm lặng là đồng ý. {F}\n"


def take(text, *, overwrite=False, category="", tags=(), write=True):
    now = timezone.now()
    said = {"tags": tags, "category": category, "overwrite": overwrite}
    prepared = prepare(read(text), now, progress=lambda done: None, **said)
    if write:
        prepared.write(lambda done: None)
    return prepared.report


def counts(report):
    return report.created, report.changed, report.unchanged, len(report.rejected)


def question(name="Số"):
    return Question.objects.get(name=name)


def test_what_is_new_is_live_in_its_category_with_its_tags():
    assert counts(take("// [tag:dễ]\n" + TWO, tags=["2026"])) == (2, 0, 0, 0)
    assert question().category == "Luật"
    assert question().live
    assert set(question().tags.names()) == {"2026"}
    assert question("Im lặng là đồng ý.").text == "Im lặng là đồng ý."
    assert QuestionVersion.objects.count() == 2


def test_the_same_file_twice_changes_nothing():
    take(TWO)
    before = list(Question.objects.values_list("pk", "latest_revision"))
    assert counts(take(TWO)) == (0, 0, 2, 0)
    assert list(Question.objects.values_list("pk", "latest_revision")) == before


def test_one_without_a_name_is_known_again_by_what_it_says():
    take(TWO)
    row = question("Im lặng là đồng ý.")
    row.name = "Im lặng"
    row.save()
    assert counts(take(TWO)) == (0, 0, 2, 0)


def test_other_words_are_published_and_keep_the_question():
    take(TWO)
    pk = question().pk
    assert counts(take(TWO.replace("Gọi số nào?", "Nên gọi số nào?"))) == (0, 1, 1, 0)
    assert (question().pk, question().text, question().live) == (pk, "Nên gọi số nào?", True)
    assert not question().has_unpublished_changes


def test_a_changed_key_is_kept_as_a_draft_and_said():
    take(TWO)
    report = take(TWO.replace("{=111 ~113}", "{~111 =113}"))
    assert counts(report) == (0, 1, 1, 0)
    assert "bản nháp" in report.notes[0]["reason"]
    assert (question().live, question().has_unpublished_changes) == (True, True)
    right = question().body[0].value["choices"][0]
    assert (right["text"], right["right"]) == ("111", True)


def test_what_an_editor_wrote_since_waits_for_who_says_so(cast):
    take(TWO)
    row = question()
    row.body[0].value["text"] = "Em gọi số nào?"
    row.save_revision(user=cast.editor).publish()
    report = take(TWO)
    assert counts(report) == (0, 0, 1, 1)
    assert "đã được sửa" in report.rejected[0]["reason"]
    assert question().text == "Em gọi số nào?"
    assert counts(take(TWO, overwrite=True)) == (0, 1, 1, 0)
    assert question().text == "Gọi số nào?"


def test_what_is_in_use_waits_for_who_says_so():
    small = make_course(questions=1)
    row = small.questions[0]
    text = f"$CATEGORY: {row.category}\n\n::{row.name}::Hỏi khác? {{=a ~b}}\n"
    assert "đang dùng" in take(text).rejected[0]["reason"]


def test_two_of_one_name_in_a_file_both_come_in_and_are_known_again():
    text = "::Một::A? {T}\n\n::Một::B? {F}\n\n::Một::A? {T}\n"
    report = take(text)
    assert counts(report) == (2, 0, 1, 0)
    assert sorted(Question.objects.values_list("name", flat=True)) == ["Một", "Một (2)"]
    assert counts(take(text)) == (0, 0, 3, 0)


def test_what_the_editor_would_refuse_is_refused_with_its_line():
    report = take("::Một::A? {=a ~a}\n\n::Hai::B? {=a ~b}\n")
    assert counts(report) == (1, 0, 0, 1)
    assert (report.rejected[0]["line"], "chữ giống nhau" in report.rejected[0]["reason"]) == (1, True)


def test_reading_a_bank_costs_as_many_queries_however_many_questions(django_assert_max_num_queries):
    text = "\n\n".join(f"::Câu {n}::Hỏi {n}? {{=a ~b}}" for n in range(60))
    with django_assert_max_num_queries(4):
        take(text, write=False)


def test_the_command_writes_the_report_of_the_contract(tmp_path, capsys):
    path, out = tmp_path / "a.gift", tmp_path / "bao-cao.json"
    path.write_text(TWO + "\nHãy kể. {}\n")
    call_command("import_questions", str(path), kind="gift", report=str(out), category="Khác", tag=["x"])
    report = json.loads(out.read_text())
    assert {name: report[name] for name in ("read", "created", "changed", "unchanged")} == {
        "read": 3,
        "created": 2,
        "changed": 0,
        "unchanged": 0,
    }
    (rejected,) = report["rejected"]
    assert (rejected["item"], rejected["line"], "tự luận" in rejected["reason"]) == ("Hãy kể.", 7, True)
    assert "2 mới" in capsys.readouterr().out


def test_a_dry_run_and_a_strict_one_with_a_fault_write_nothing(tmp_path):
    path = tmp_path / "a.gift"
    path.write_text(TWO + "\nHãy kể. {}\n")
    call_command("import_questions", str(path), kind="gift", dry_run=True)
    with pytest.raises(CommandError, match="--strict"):
        call_command("import_questions", str(path), kind="gift", strict=True)
    assert not Question.objects.exists()


def test_the_ending_of_a_name_says_the_kind(tmp_path):
    (tmp_path / "a.gift").write_text(TWO)
    call_command("import_questions", str(tmp_path / "a.gift"))
    assert Question.objects.count() == 2
    (tmp_path / "a.bin").write_text(TWO)
    with pytest.raises(CommandError, match="--kind gift"):
        call_command("import_questions", str(tmp_path / "a.bin"))


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("gift", b"\xff\xfe\xfd", "UTF-8"),
        ("gift", b"", "Không tìm thấy câu hỏi nào"),
        ("gift", b"\x00\x01", "không phải chữ thường"),
        ("moodlexml", b"<quiz", "không phải XML"),
        ("aiken", b"", "Không tìm thấy"),
        ("xlsx", b"PK\x03\x04", ""),
    ],
)
def test_a_bad_file_ends_in_one_sentence(tmp_path, kind, content, sentence):
    path = tmp_path / "a.tep"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("import_questions", str(path), kind=kind)
    assert sentence in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_spreadsheet_is_read_by_its_headings(tmp_path):
    path = tmp_path / "cau-hoi.csv"
    path.write_text(
        "Câu hỏi;Dạng;Đáp án;A;B;C;Tên;Nhóm;Giải thích;Nhãn\n"
        "Gọi số nào?;;A;111;113;115;Số;Luật;Vì điều 3.;luật|dễ\n"
        "Hai số?;Chọn nhiều;A, B;111;113;115;;;;\n"
        "Im lặng là đồng ý.;đúng sai;Sai;;;;;;;\n"
        "Số nào?;trả lời ngắn;111 | số 111;;;;;;;\n"
        "Bao lâu?;điền số;3 ± 0,5;;;;;;;\n"
        "Sai chữ?;;D;111;113;;;;;\n"
        "Kiểu gì?;tự luận;x;;;;;;;\n"
    )
    out = tmp_path / "r.json"
    call_command("import_questions", str(path), kind="xlsx", report=str(out))
    assert [row.body[0].block_type for row in Question.objects.order_by("pk")] == [
        "single_choice",
        "multiple_choice",
        "true_false",
        "short_answer",
        "numeric",
    ]
    assert [each["line"] for each in json.loads(out.read_text())["rejected"]] == [7, 8]
    assert set(question().tags.names()) == {"luật", "dễ"}
