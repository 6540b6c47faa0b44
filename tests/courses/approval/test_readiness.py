"""What keeps a course from working: said on the approver's page, and nothing is approved before it is mended."""

from datetime import UTC, date, datetime

import pytest
from factories import make_course, make_page, with_words
from numbers_called import public_contact
from sharing import shared

from courses.approval.approval import Approval
from courses.approval.submission import PartKind
from courses.approving.deciding import NotDecided, approve
from courses.approving.readiness import Coming, faults_of
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.bank import Question
from courses.questions.writing import create_or_update_question
from media.pictures import Picture
from pages.contacts.contact import Contact

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@shared
def small_course():
    return with_words(make_course(lessons=2, questions=2))


def found(course) -> list[tuple[str, str]]:
    return [(fault.title, fault.what) for fault in faults_of(course)]


def rewrite(lesson, *blocks):
    lesson.body = list(blocks)
    lesson.save()


def test_a_course_that_works_has_no_faults_and_is_approved(cast, small_course):
    assert found(small_course.course) == []
    assert approve(small_course.course, date(2026, 11, 24), "", cast.manager, NOW).is_approval


def test_a_course_with_a_fault_is_not_approved_and_the_sentence_says_where(cast, small_course):
    QuizQuestion.objects.all().delete()
    with pytest.raises(
        NotDecided, match="Còn 1 chỗ chưa dùng được, như “Bài kiểm tra cuối khóa”: Bài kiểm tra chưa hỏi"
    ):
        approve(small_course.course, date(2026, 11, 24), "Vẫn duyệt", cast.manager, NOW)
    assert not Approval.objects.exists()


def test_a_number_that_was_typed_into_a_lesson_is_named_and_an_emergency_number_is_none(small_course):
    first, second = small_course.lessons
    rewrite(first, ("text", "<p>Gọi 111, 113 trong 72 giờ; Điều 27 Luật 53/2024/QH15.</p>"))
    rewrite(second, ("text", '<p>Gọi <a href="tel:0905123456">trạm</a> hay 1900 9999.</p>'))
    said = found(small_course.course)
    assert [title for title, _what in said] == ["Mục 2", "Mục 2"]
    assert "“0905123456”" in said[0][1]
    assert "“1900 9999”" in said[1][1]


def test_each_fault_is_named_in_the_order_of_the_course(small_course):
    first, second = small_course.lessons
    rewrite(first)
    stated = {"description": "Chợ phiên", "credit": "Sở", "consent": "không có người"}
    (picture,) = Picture.objects.bulk_create([Picture(title="Chợ", file="a.png", width=1, height=1, **stated)])
    doubted = Contact.objects.create(number="0236 3822 222", name="Trung tâm", when="Khi cần")
    sure = public_contact(number="111")
    picked = {"scene": "", "image": picture, "alt": "", "caption": ""}
    rewrite(
        second,
        ("picture", picked),
        ("picture", {**picked, "alt": "Chợ phiên buổi sớm"}),
        ("contact", {"contact": doubted, "note": ""}),
        ("contact", {"contact": sure, "note": ""}),
        ("contact", {"contact": None, "note": ""}),
    )
    # its words were taken out of the library since
    Picture.objects.update(description="")
    Question.objects.filter(pk=small_course.questions[0].pk).update(live=False)
    make_page(small_course.course, QuizPage, "Bài rút", draw_from="ngan-hang", draw_total=3)
    choices = [{"text": "Đúng", "right": True}, {"text": "Sai"}]
    create_or_update_question(
        category="ngan-hang", name="Câu A", kind="single_choice", text="A?", choices=choices, objective="1.1/1"
    )
    assert found(small_course.course) == [
        ("Mục 1", "Mục học chưa có nội dung."),
        ("Mục 2", "Hình “Chợ” chưa có lời tả. Viết lời tả trong thư viện hình rồi đăng."),
        ("Mục 2", "Số 0236 3822 222 chưa có ai gọi thử và xác nhận trong danh sách số liên hệ."),
        ("Mục 2", "Chỗ “Gọi cho ai” chưa chọn số nào."),
        ("Bài kiểm tra cuối khóa", "Câu “Câu 1” còn là bản nháp nên không được hỏi; hãy đăng hoặc bỏ khỏi bài."),
        ("Bài rút", "Bài rút 3 câu mà nhóm “ngan-hang” chỉ có 1 câu rút được."),
    ]


@pytest.mark.parametrize(
    "block",
    [
        ("text", "<p></p>"),
        ("text", '<p data-block-key="a1b2c"></p>'),
        ("text", "<p>&nbsp;</p>"),
        ("takeaway", "\u200b"),
    ],
    ids=["a paragraph", "one that was emptied again", "a space", "a sign without shape"],
)
def test_a_lesson_of_blocks_that_say_nothing_has_no_content(small_course, block):
    rewrite(small_course.lessons[0], block)
    assert found(small_course.course) == [("Mục 1", "Mục học chưa có nội dung.")]


def test_what_is_not_published_is_not_approved_and_has_no_faults(small_course):
    make_page(small_course.module, LessonPage, "Bản nháp", live=False)
    assert found(small_course.course) == []
    small_course.module.get_children().delete()
    small_course.quiz.delete()
    assert found(small_course.course) == [
        ("Nhận diện nạn nhân bị mua bán", "Khóa học chưa có mục học hay bài kiểm tra nào được đăng.")
    ]


def test_a_draft_that_lacks_a_number_in_itself_or_in_a_row_is_named(small_course):
    quiz = QuizPage.objects.get(pk=small_course.quiz.pk)
    rows = list(quiz.questions.all())
    quiz.pass_percent, rows[1].points = None, None
    quiz.questions.set(rows)
    said = [
        fault.what
        for fault in faults_of(small_course.course, Coming({(PartKind.QUIZ, quiz.pk): quiz}, {quiz.pk: quiz.path}))
    ]
    assert said == ["Chưa ghi “mức đạt (%)”.", "Dòng thứ 2 chưa ghi “điểm (phần trăm điểm)”."]


def test_the_approver_sees_the_faults_with_their_pages(small_course, cast, client_of):
    rewrite(small_course.lessons[0])
    page = client_of(cast.manager).get("/cms/duyet-khoa-hoc/nhan-dien-nan-nhan/").content.decode()
    assert "Mục học chưa có nội dung." in page
    assert f"/cms/pages/{small_course.lessons[0].pk}/edit/" in page


def test_more_lessons_cost_no_query_more(small_course, django_assert_num_queries):
    with django_assert_num_queries(5):  # lessons, quizzes, modules, drafts of questions, questions of the quiz
        faults_of(small_course.course)
    for number in range(5):
        page = make_page(small_course.module, LessonPage, f"Mục thêm {number}")
        rewrite(page, ("takeaway", "Một câu."))
    with django_assert_num_queries(5):
        faults_of(small_course.course)
