"""Training elsewhere: entered with its paper, counted once a second person agrees, and by nobody alone."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person, make_posting
from PIL import Image

from courses.classes.elsewhere import papers
from courses.classes.elsewhere.deciding import agree, refuse, visible_to, waiting_for
from courses.classes.elsewhere.entering import Said, enter
from courses.classes.elsewhere.training import EntryState, TrainingElsewhere
from courses.classes.planned.planning import Refused
from courses.completions.completion import Completion, void
from courses.standing.rules import seed_requirements
from media.contents import clamd
from outbox.private_files import private_files
from people.changes.change import BulkChange
from people.log.audit import Act, Entry
from people.privacy import erasure
from people.rights.roles import RoleKind, give
from people.times import today
from people.undoing.carrying_out import undo

pytestmark = pytest.mark.django_db
PAGE, FORM = "/lop-tap-huan/noi-khac/", "/lop-tap-huan/noi-khac/ghi/"
ON = date(2025, 5, 6)


def photo():
    """A JPEG that says where it was taken."""
    made, said = io.BytesIO(), Image.Exif()
    said[0x010E] = "Bản Rô"
    Image.new("RGB", (40, 30), "white").save(made, "JPEG", exif=said)
    return SimpleUploadedFile("giay.jpg", made.getvalue(), "image/jpeg")


def pdf(more=b""):
    content = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + more + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    return SimpleUploadedFile("giay.pdf", content, "application/pdf")


@pytest.fixture
def key(course):
    return course.course.key


@pytest.fixture
def entered(cast, key):
    said = Said(key, ON, "Học viện Tòa án, số 12", "")
    return enter(cast.trainer, cast.learner, said, papers.cleaned_paper(photo()), timezone.now())


def posted(key, **fields):
    typed = {"code": "TG-001", "course_key": key, "completed_on": "06/05/2025", "held_by": "Học viện", "note": ""}
    return {"paper": photo(), **typed, **fields}


def test_it_counts_only_once_a_second_person_agrees_and_its_source_is_told_apart(entered, cast, key):
    assert not Completion.objects.exists()
    assert list(waiting_for(cast.unit_head)) == [entered]
    made = agree(cast.unit_head, entered, timezone.now())
    entered.refresh_from_db()
    assert (entered.state, entered.completion, entered.decided_by) == (EntryState.AGREED, made, cast.unit_head)
    said = (made.person, made.course_key, made.completed_on, made.source, made.evidence)
    assert said == (cast.learner, key, ON, "elsewhere", "Học viện Tòa án, số 12")
    acts = Entry.objects.filter(person=cast.learner).order_by("pk").values_list("act", "by")
    assert list(acts) == [(Act.ENTERED_ELSEWHERE, cast.trainer.pk), (Act.AGREED_ELSEWHERE, cast.unit_head.pk)]


def test_nobody_answers_for_what_she_entered_for_herself_or_beyond_her_reach(entered, cast):
    assert list(waiting_for(cast.manager)) == [entered]
    for person in (cast.trainer, cast.learner, cast.stranger, cast.other_learner, cast.observer):
        assert list(waiting_for(person)) == [], person
    give(cast.learner, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    assert list(waiting_for(cast.learner)) == []
    assert list(visible_to(cast.learner)) == []


@pytest.mark.parametrize("who", ["trainer", "learner"])
def test_the_database_refuses_one_person_in_two_places(entered, cast, who):
    rows = TrainingElsewhere.objects.filter(pk=entered.pk)
    with pytest.raises(IntegrityError, match="decided_by_a_second_person"), transaction.atomic():
        rows.update(state="refused", decided_by=getattr(cast, who))
    with pytest.raises(IntegrityError, match="entered_for_another"), transaction.atomic():
        rows.update(entered_by=cast.learner)


def test_the_database_knows_no_agreement_without_a_completion_and_none_without_a_person(entered, cast):
    rows = TrainingElsewhere.objects.filter(pk=entered.pk)
    for fields in ({"state": "agreed", "decided_by": cast.unit_head}, {"state": "refused"}):
        with pytest.raises(IntegrityError, match="elsewhere_"), transaction.atomic():
            rows.update(**fields)
    with pytest.raises(IntegrityError, match="first_law"), transaction.atomic():
        rows.update(completed_on=date(2011, 12, 31))


def test_who_refuses_says_why_and_nothing_is_written(entered, cast):
    with pytest.raises(Refused, match="vì sao"):
        refuse(cast.unit_head, entered, " ", timezone.now())
    refuse(cast.unit_head, entered, "Giấy của người khác.", timezone.now())
    entered.refresh_from_db()
    assert (entered.state, entered.answer) == (EntryState.REFUSED, "Giấy của người khác.")
    assert not Completion.objects.exists()
    assert not BulkChange.objects.exists()
    with pytest.raises(Refused, match="vừa trả lời"):
        agree(cast.unit_head, entered, timezone.now())


def test_it_supersedes_nothing(entered, cast, key):
    """What a file brought of that day meanwhile stays, believed as before."""
    there = Completion.objects.create(person=cast.learner, course_key=key, completed_on=ON, source="import")
    with pytest.raises(Refused, match="đã có lần hoàn thành"):
        agree(cast.unit_head, entered, timezone.now())
    entered.refresh_from_db()
    assert entered.state == EntryState.WAITING
    assert list(Completion.objects.values_list("pk", "superseded_at")) == [(there.pk, None)]
    assert not Entry.objects.filter(act=Act.AGREED_ELSEWHERE).exists()


def test_it_is_undone_and_voided_as_others_are_and_may_then_be_entered_anew(entered, cast, key):
    made = agree(cast.unit_head, entered, timezone.now())
    change = BulkChange.objects.get(kind="elsewhere")
    assert (change.name, change.by) == (key, cast.unit_head)
    undo(change, change.rows.all(), cast.manager)
    made.refresh_from_db()
    assert made.superseded_at
    said = Said(key, ON, "Học viện", "")
    again = enter(cast.trainer, cast.learner, said, papers.cleaned_paper(photo()), timezone.now())
    made = agree(cast.unit_head, again, timezone.now())
    void(made, today(), "Giấy giả", cast.manager, timezone.now())
    with pytest.raises(Refused, match="đã có lần hoàn thành"):
        enter(cast.trainer, cast.learner, said, papers.cleaned_paper(photo()), timezone.now())


def test_the_same_training_waits_once_and_a_refused_entry_leaves_no_file(entered, cast, key):
    before = list(private_files.listdir(papers.FOLDER)[1])
    with pytest.raises(Refused, match="đang chờ"):
        enter(cast.trainer, cast.learner, Said(key, ON, "x", ""), papers.cleaned_paper(photo()), timezone.now())
    assert list(private_files.listdir(papers.FOLDER)[1]) == before


# --- papers


def test_a_photograph_says_no_more_where_it_was_taken(entered):
    with private_files.open(entered.paper) as kept:
        assert not Image.open(kept).getexif()


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        (lambda: pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "chương trình"),
        (lambda: pdf(b"/Encrypt 3 0 R"), "mật khẩu"),
        (lambda: SimpleUploadedFile("giay.pdf", b"<html>"), "không phải là .pdf"),
        (lambda: SimpleUploadedFile("giay.pdf", b""), "trống"),
        (lambda: SimpleUploadedFile("giay.docx", b"PK"), "hình"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_sentence(paper, sentence):
    with pytest.raises(ValidationError, match=sentence):
        papers.cleaned_paper(paper())


def test_a_pdf_is_asked_about_where_there_is_a_scanner(settings, monkeypatch):
    assert papers.cleaned_paper(pdf()).read().startswith(b"%PDF")
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    with pytest.raises(ValidationError, match="Chưa quét"):
        papers.cleaned_paper(pdf())
    monkeypatch.setattr(clamd, "infection", lambda address, file: "Eicar")
    with pytest.raises(ValidationError, match="có virus"):
        papers.cleaned_paper(pdf())


def test_the_paper_ends_and_without_it_nobody_agrees(entered, cast, settings, django_capture_on_commit_callbacks):
    name, kept = entered.paper, settings.RETENTION["elsewhere_papers"]
    papers.end_old(entered.changed_at + kept - timedelta(hours=1))
    assert private_files.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        papers.end_old(entered.changed_at + kept + timedelta(hours=1))
    assert not private_files.exists(name)
    with pytest.raises(Refused, match="hết hạn giữ"):
        agree(cast.unit_head, entered, timezone.now())


def test_an_erasure_takes_the_paper_the_words_and_what_waits(entered, cast, key, django_capture_on_commit_callbacks):
    agree(cast.unit_head, entered, timezone.now())
    said = Said(key, ON + timedelta(days=1), "Học viện", "Ghi chú")
    waits = enter(cast.trainer, cast.learner, said, papers.cleaned_paper(photo()), timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(cast.learner, cast.administrator, timezone.now())
    row = TrainingElsewhere.objects.get()
    assert (row.held_by, row.note, row.paper, row.completion.evidence) == ("", "", "", "")
    assert not private_files.exists(entered.paper)
    assert not private_files.exists(waits.paper)


# --- pages


def test_the_whole_way_on_the_pages(client_of, cast, key):
    seed_requirements(timezone.now())
    trainer, head = client_of(cast.trainer), client_of(cast.unit_head)
    assert f'href="{PAGE}"' in trainer.get("/lop-tap-huan/").text
    assert f'href="{FORM}"' in trainer.get(PAGE).text
    assert 'value="TG-001"' in trainer.get(f"{FORM}?ma=TG-001").text
    assert "Đã ghi" in trainer.post(FORM, posted(key), follow=True).text
    row = TrainingElsewhere.objects.get()
    assert (row.person, row.completed_on, row.entered_by) == (cast.learner, ON, cast.trainer)
    assert "Không có lần nào chờ anh chị" in trainer.get(PAGE).text
    assert trainer.post(PAGE, {"which": row.pk, "act": "agree"}).status_code == 404
    assert "Tập huấn ở nơi khác chờ anh chị đồng ý" in head.get("/bao-cao/").text
    shown = head.get(f"{PAGE}{row.pk}/giay/")
    assert shown["Content-Type"] == "image/jpeg"
    assert Entry.objects.filter(act=Act.SAW_PAPER, by=cast.unit_head, person=cast.learner).exists()
    wrong = head.post(PAGE, {"which": row.pk, "act": "refuse", "answer": ""})
    assert (wrong.status_code, "vì sao không đồng ý" in wrong.text) == (422, True)
    assert "Đã đồng ý" in head.post(PAGE, {"which": row.pk, "act": "agree"}, follow=True).text
    assert Completion.objects.get().source == "elsewhere"
    assert cast.learner.full_name in trainer.get(f"{PAGE}?loc=dong-y").text


def test_a_pdf_is_handed_out_and_never_shown(client_of, cast, key):
    assert client_of(cast.trainer).post(FORM, posted(key, paper=pdf())).status_code == 302
    row = TrainingElsewhere.objects.get()
    fetched = client_of(cast.unit_head).get(f"{PAGE}{row.pk}/giay/")
    assert fetched["Content-Type"] == "application/pdf"
    assert fetched["Content-Disposition"] == 'attachment; filename="giay.pdf"'


def test_a_paper_that_is_gone_is_not_found_and_nobody_saw_it(client_of, entered, cast):
    private_files.delete(entered.paper)
    assert client_of(cast.unit_head).get(f"{PAGE}{entered.pk}/giay/").status_code == 404
    assert not Entry.objects.filter(act=Act.SAW_PAPER).exists()


def test_nobody_of_another_unit_sees_it(client_of, entered, cast):
    far = make_person("Trưởng Thạnh Mỹ", "TM-TRUONG")
    give(far, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    client = client_of(far)
    for address in (PAGE, f"{PAGE}?loc=cho"):
        assert cast.learner.full_name not in client.get(address).text
    assert client.get(f"{PAGE}{entered.pk}/giay/").status_code == 404
    assert client.post(PAGE, {"which": entered.pk, "act": "agree"}).status_code == 404
    assert client_of(cast.learner).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "TM-001"}, "phạm vi của anh chị"),
        ({"code": "XX-999"}, "phạm vi của anh chị"),
        ({"completed_on": "31/12/2011"}, "trước 01/01/2012"),
        ({"completed_on": f"{today() + timedelta(days=30):%d/%m/%Y}"}, "tương lai"),
        ({"completed_on": "hôm nào"}, "msg"),
        ({"paper": ""}, "không có giấy"),
        ({"held_by": ""}, "cơ quan nào"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(client_of, cast, key, fields, sentence):
    answer = client_of(cast.trainer).post(FORM, posted(key, **{"held_by": "Học viện Tòa án", **fields}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields.get("held_by", "Học viện Tòa án") in answer.text
    assert not TrainingElsewhere.objects.exists()


def test_nobody_enters_for_herself_and_a_telephone_number_goes_nowhere(client_of, cast, key):
    make_posting(cast.trainer, cast.units.tay_giang)
    own = client_of(cast.trainer).post(FORM, posted(key, code=cast.trainer.staff_code))
    assert "chính mình" in own.text
    client_of(cast.trainer).post(FORM, posted(key, note="Gọi anh Tư 0905 123 456"))
    assert not TrainingElsewhere.objects.exists()


def test_the_list_costs_the_same_for_any_number(client_of, entered, cast, key, django_assert_max_num_queries):
    client = client_of(cast.unit_head)
    client.get(PAGE)
    with django_assert_max_num_queries(20) as first:
        client.get(PAGE)
    for n in range(3):
        said = Said(key, ON + timedelta(days=n + 1), "Học viện", "")
        enter(cast.trainer, cast.learner, said, papers.cleaned_paper(photo()), timezone.now())
    with django_assert_max_num_queries(len(first)):
        assert client.get(PAGE).text.count('value="agree"') == 4
