"""The file of completions made elsewhere: counted at once, never invented, never overwriting what was earned here."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone
from factories import make_course, make_person

from courses.completions import filed
from courses.completions.completion import Completion, Void
from courses.content.course import CoursePage
from courses.standing.standing import Standing, State
from people.times import today

HEADER = "ma_can_bo,khoa_hoc,ngay_hoan_thanh,minh_chung"
PAPER = "TG-001,nhan-dien-nan-nhan,15/03/2026,Chứng nhận số 12"

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(imported, requirement):
    return partial(imported, "import_completions", HEADER)


def counts(report):
    assert report["read"] == report["created"] + report["changed"] + report["unchanged"] + len(report["rejected"])
    return report["created"], report["changed"], report["unchanged"], len(report["rejected"])


def test_a_completion_goes_in_once_with_its_evidence(brought, cast):
    assert counts(brought(PAPER)) == (1, 0, 0, 0)
    assert counts(brought(PAPER)) == (0, 0, 1, 0)
    completion = Completion.objects.get()
    assert (completion.person, completion.course_key, completion.completed_on) == (
        cast.learner,
        "nhan-dien-nan-nhan",
        date(2026, 3, 15),
    )
    assert (completion.source, completion.evidence, completion.attempt) == ("import", "Chứng nhận số 12", None)


def test_further_courses_of_a_programme_and_a_refresher_count_before_they_have_a_page(brought, requirement):
    law = {"law": "Luật mới", "law_begins": date(2026, 1, 1), "effective_from": date(2026, 2, 1)}
    requirement.rules.update(more_course_keys=["khoa-thu-hai"], refresher_key="khoa-bo-sung", **law)
    rows = [PAPER.replace("nhan-dien-nan-nhan", key) for key in ("khoa-thu-hai", "khoa-bo-sung", "khoa-la")]
    assert counts(brought(*rows)) == (2, 0, 0, 1)


def test_it_counts_at_once(brought, cast):
    brought(PAPER)
    standing = Standing.objects.get(person=cast.learner, start=date(2026, 3, 15))
    assert (standing.state, standing.end) == (State.COMPLETED, date(2028, 3, 14))


def test_other_evidence_supersedes_what_was_believed(brought):
    brought(PAPER)
    assert counts(brought(PAPER.replace("12", "13"))) == (0, 1, 0, 0)
    old, new = Completion.objects.order_by("pk")
    assert old.superseded_at == new.recorded_at
    assert new.evidence == "Chứng nhận số 13"


def test_what_was_earned_here_on_that_day_stays(brought, cast):
    Completion.objects.create(
        person=cast.learner, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 3, 15), source="quiz"
    )
    report = brought(PAPER)
    assert counts(report) == (0, 0, 1, 0)
    assert report["notes"][0]["reason"] == "Đã hoàn thành trên hệ thống trong ngày này nên giữ nguyên."
    assert Completion.objects.get().source == "quiz"


def test_what_was_voided_is_not_brought_back(brought):
    brought(PAPER)
    Void.objects.create(
        completion=Completion.objects.get(), on=date(2026, 4, 1), reason="Giả", recorded_at=timezone.now()
    )
    report = brought(PAPER.replace("12", "13"))
    assert counts(report) == (0, 0, 1, 0)
    assert "bị hủy" in report["notes"][0]["reason"]
    assert Completion.objects.get().evidence == "Chứng nhận số 12"


def test_today_counts_and_tomorrow_is_refused(brought):
    day, after = today(), today() + timedelta(days=1)
    report = brought(f"TG-001,nhan-dien-nan-nhan,{day},", f"TM-001,nhan-dien-nan-nhan,{after},")
    assert counts(report) == (1, 0, 0, 1)
    assert report["rejected"] == [
        {"item": "TM-001", "line": 3, "column": "ngay_hoan_thanh", "reason": "Ngày hoàn thành ở tương lai."}
    ]


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (PAPER.replace("TG-001", "TG-999"), "ma_can_bo", "hãy nhập danh sách trước"),
        (PAPER.replace("nhan-dien-nan-nhan", "boi-loi"), "khoa_hoc", "các khóa học hiện có: nhan-dien-nan-nhan."),
        (PAPER.replace("15/03/2026", "15/3"), "ngay_hoan_thanh", "Không đọc được ngày “15/3”"),
        (PAPER.replace("15/03/2026", ""), "ngay_hoan_thanh", "Ô bắt buộc đang để trống."),
        (PAPER.replace("Chứng nhận số 12", "=HYPERLINK(A1)"), "minh_chung", "Ô bắt đầu bằng dấu “=”"),
    ],
)
def test_a_bad_row_is_reported_and_the_good_rows_are_imported(brought, line, column, says):
    report = brought(line, "TM-001,nhan-dien-nan-nhan,2026-01-01,")
    [bad] = report["rejected"]
    assert (bad["line"], bad["column"]) == (2, column)
    assert says in bad["reason"]
    assert Completion.objects.get().person.staff_code == "TM-001"


def test_it_is_filed_for_whom_the_code_means_in_any_spelling_or_by_asking(brought):
    lan, dung = make_person("Zơrâm Thị Lan", "00123"), make_person("Hồ Văn Dung", "ĐN-001")
    rows = "123,nhan-dien-nan-nhan,15/03/2026,", "đn–001,nhan-dien-nan-nhan,15/03/2026,"
    report = brought(*rows)
    assert counts(report) == (1, 0, 0, 1)
    assert "có phải là “00123” (Zơrâm Thị Lan) không?" in report["rejected"][0]["reason"]
    assert counts(brought(*rows, answer=["so_0_dau=nguoi_cu"])) == (1, 0, 1, 0)
    assert set(Completion.objects.values_list("person", flat=True)) == {lan.pk, dung.pk}


@pytest.mark.parametrize(("day", "goes_in"), [("31/12/2011", False), ("01/01/2012", True)])
def test_nothing_counts_from_before_the_first_law(brought, day, goes_in):
    report = brought(PAPER.replace("15/03/2026", day))
    assert counts(report) == ((1, 0, 0, 0) if goes_in else (0, 0, 0, 1))
    if not goes_in:
        assert report["rejected"][0]["column"] == "ngay_hoan_thanh"
        assert "01/01/2012" in report["rejected"][0]["reason"]


@pytest.mark.parametrize(("day", "elsewhere"), [("2026-03-14", True), ("2026-03-15", False)])
def test_one_from_before_the_page_is_training_elsewhere_and_counts_with_a_note(brought, monkeypatch, day, elsewhere):
    monkeypatch.setattr(filed, "first_days_of_courses", lambda: {"nhan-dien-nan-nhan": date(2026, 3, 15)})
    report = brought(PAPER.replace("15/03/2026", day))
    assert counts(report) == (1, 0, 0, 0)
    assert ["tập huấn ở nơi khác" in note["reason"] for note in report["notes"]] == [True] * elsewhere


def test_the_first_day_of_a_course_is_the_local_one_of_its_page(db):
    make_course(lessons=1, questions=1)
    CoursePage.objects.update(first_published_at=datetime(2026, 1, 1, 18, tzinfo=UTC))
    assert filed.first_days_of_courses() == {"nhan-dien-nan-nhan": date(2026, 1, 2)}


def test_a_course_may_be_named_by_a_title_that_asks(brought):
    make_course("lam-gi", title="Làm gì trước?", lessons=1, questions=1)
    assert counts(brought("TG-001,Làm gì trước?,15/03/2026,")) == (1, 0, 0, 0)


def test_a_number_in_the_evidence_is_left_out_and_the_row_goes_in(brought):
    row = PAPER.replace("Chứng nhận số 12", "Hỏi cô Tư 0905.123.456; căn cước 048199012345")
    report = brought(row)
    assert counts(report) == (1, 0, 0, 0)
    assert Completion.objects.get().evidence == "Hỏi cô Tư [đã bỏ số điện thoại]; căn cước [đã bỏ số giấy tờ]"
    assert [(note["item"], note["line"]) for note in report["notes"]] == [("TG-001", 2)]
    assert "dòng vẫn được nhập" in report["notes"][0]["reason"]
    assert counts(brought(row)) == (0, 0, 1, 0)
