"""The courses' part of a person's own data copy, and of the erasure of a person."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attempts.attempt import Answer, Attempt, AttemptGrant
from courses.certificates.certificate import Certificate
from courses.certificates.issuing import forget_person
from courses.completions.completion import MADE_ELSEWHERE, Completion, Void
from courses.completions.unapproved import Recognition
from courses.content.bodies import words_of
from courses.content.lesson import LessonPage
from courses.practice.conversations.blocks import UtteranceKind
from courses.practice.conversations.rules.playing import KINDS
from courses.practice.conversations.runs import ConversationRun
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen, Place, Tick
from courses.progress.news import CourseNews
from courses.progress.tries import Try
from courses.questions.kinds.showing import question_context
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion
from courses.reports.people.person_record import course_titles, quiz_titles
from courses.standing.spans import State
from courses.standing.standing import Standing
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("bai-da-hoc", gettext_lazy("Bài đã học"), order=40)
def lessons(person: User) -> list[dict]:
    titles, courses = _lesson_titles(), course_titles()
    return [
        {
            _("Khóa học"): courses.get(seen.course_key, seen.course_key),
            _("Bài"): titles.get(seen.lesson_key, str(seen.lesson_key)),
            _("Đọc hết lúc"): seen.seen_at,
            _("Xong lúc"): seen.done_at,
            _("Do dự lớp tập huấn"): seen.done_by_class,
        }
        for seen in LessonSeen.objects.filter(person=person).order_by("seen_at")
    ]


@section("khoa-da-bat-dau", gettext_lazy("Khóa học bắt đầu từ mục chuyển sang"), order=42)
def begun(person: User) -> list[dict]:
    titles = course_titles()
    return [
        {
            _("Khóa học"): titles.get(row.course_key, row.course_key),
            _("Từ lúc"): row.at,
            _("Đọc mục ấy lúc"): row.read_at,
            _("Lý do"): row.reason,
        }
        for row in CourseBegun.objects.filter(person=person).order_by("at")
    ]


@section("cho-dang-hoc", gettext_lazy("Chỗ đang học và mục đã đánh dấu"), order=45)
def places(person: User) -> list[dict]:
    titles = _lesson_titles()
    at = [
        (place.lesson_key, _("đang ở đây"), place.block_id, place.at) for place in Place.objects.filter(person=person)
    ]
    at += [(tick.lesson_key, _("đã đánh dấu"), tick.item_id, tick.at) for tick in Tick.objects.filter(person=person)]
    return [
        {_("Bài"): titles.get(key, str(key)), _("Việc"): what, _("Mục"): item, _("Lúc"): moment}
        for key, what, item, moment in at
    ]


@section("lua-chon", gettext_lazy("Lựa chọn trong bài"), order=47)
def tries(person: User) -> list[dict]:
    """What the person chose in lessons, in the words of today; the id where a block or an option is gone."""
    rows = list(Try.objects.filter(person=person).order_by("first_at", "pk"))
    pages = LessonPage.objects.filter(translation_key__in={row.lesson_key for row in rows}).order_by("-locale_id")
    words = {page.translation_key: (page.title, words_of(page)) for page in pages}
    listed = []
    for row in rows:
        title, texts = words.get(row.lesson_key, (str(row.lesson_key), {}))
        listed.append(
            {
                _("Bài"): title,
                _("Câu hỏi"): texts.get(row.block_id, row.block_id),
                _("Chọn lần đầu"): texts.get(row.first_option_id, row.first_option_id),
                _("Lúc"): row.first_at,
                _("Chọn gần nhất"): texts.get(row.option_id, row.option_id),
                _("Lúc chọn gần nhất"): row.at,
            }
        )
    return listed


@section("tin-khoa-hoc", gettext_lazy("Tin về khóa học đang học"), order=48)
def news(person: User) -> list[dict]:
    rows = CourseNews.objects.filter(person=person).order_by("at", "pk")
    return [{_("Khóa học"): row.course_key, _("Báo lúc"): row.at, _("Đã đọc"): row.read_at} for row in rows]


@section("bai-kiem-tra", gettext_lazy("Lần làm bài kiểm tra"), order=50)
def attempts(person: User) -> list[dict]:
    titles = quiz_titles()
    return [
        {
            _("Bài kiểm tra"): row.rules.get("title") or titles.get(row.quiz_key, row.course_key),
            _("Lần"): row.number,
            _("Bắt đầu"): row.started_at,
            _("Nộp"): row.submitted_at,
            _("Điểm"): row.points,
            _("Đạt"): row.passed,
            _("Nộp nhanh hơn thời gian đọc"): row.too_fast,
        }
        for row in Attempt.objects.at_quizzes().filter(person=person).order_by("started_at")
    ]


@section("cau-tra-loi", gettext_lazy("Câu trả lời đã lưu"), order=55)
def answers(person: User) -> list[dict]:
    """Every answer as it was saved, with the words of the question and of what was chosen."""
    rows = Answer.objects.filter(item__attempt__person=person).select_related("item__attempt")
    saved = list(rows.order_by("item__attempt", "item__position", "sequence"))
    versions = QuestionVersion.objects.in_bulk({answer.item.version_id for answer in saved})
    return [
        {
            _("Lần"): answer.item.attempt.number,
            _("Câu"): answer.item.position,
            _("Câu hỏi"): _texts(versions[answer.item.version_id]).get("text", ""),
            _("Trả lời"): "; ".join(_given(versions[answer.item.version_id], answer.response)),
            _("Lưu lúc"): answer.saved_at,
        }
        for answer in saved
    ]


@section("tap-hoi-chuyen", gettext_lazy("Lần tập hỏi chuyện"), order=57)
def conversations(person: User) -> list[dict]:
    """Every run with its outcome, and what was said in it while that is kept."""
    runs = ConversationRun.objects.filter(person=person).select_related("version").prefetch_related("turns")
    return [_run(run) for run in runs.order_by("started_at", "pk")]


def _run(run: ConversationRun) -> dict:
    conversation = run.version.conversation()
    said = [
        conversation.turn(turn.turn).choices[turn.chosen].say for turn in run.turns.all() if turn.chosen is not None
    ]
    return {
        _("Cuộc hỏi chuyện"): conversation.title,
        _("Bắt đầu"): run.started_at,
        _("Lời cuối"): run.moved_at,
        _("Kết thúc lúc"): run.ended_at,
        _("Kết thúc"): run.get_end_kind_display(),
        _("Lòng tin, hoặc điểm"): run.trust,
        _("Lời đã dùng, theo loại"): ", ".join(
            f"{UtteranceKind(kind).label}: {run.counts[kind]}" for kind in KINDS if kind in run.counts
        ),
        _("Điều đã biết"): "; ".join(item.what for item in conversation.must_learn if item.name in run.learnt),
        _("Lời đã nói"): " / ".join(said),
    }


@section("hoan-thanh", gettext_lazy("Lần hoàn thành khóa học"), order=60)
def completions(person: User) -> list[dict]:
    courses = course_titles()
    return [
        {
            _("Khóa học"): courses.get(row.course_key, row.course_key),
            _("Ngày hoàn thành"): row.completed_on,
            _("Nguồn"): row.get_source_display(),
            _("Minh chứng"): row.evidence,
            _("Được ghi vì"): row.reason,
            _("Nội dung đã duyệt vào ngày đó"): row.approved if row.source == Completion.Source.QUIZ else None,
            _("Được công nhận từ"): ", ".join(f"{one.on:%d/%m/%Y}: {one.reason}" for one in row.recognitions.all()),
            _("Không tính từ"): ", ".join(f"{gone.on:%d/%m/%Y}: {gone.reason}" for gone in row.voids.all()),
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in Completion.objects.filter(person=person)
        .prefetch_related("voids", "recognitions")
        .order_by("completed_on", "pk")
    ]


@section("chung-nhan", gettext_lazy("Chứng nhận"), order=62)
def certificates(person: User) -> list[dict]:
    """What is printed on each certificate, and its revocation or replacement."""
    rows = Certificate.objects.with_ending().filter(person=person).select_related("unit")
    return [
        {
            _("Loại giấy"): row.paper,
            _("Số"): row.full_number,
            _("Mã kiểm tra"): row.written_code,
            _("Nơi kiểm tra"): row.address,
            _("Họ tên trên chứng nhận"): row.person_name,
            _("Đơn vị trên chứng nhận"): row.person_unit,
            _("Khóa học"): row.course_title,
            _("Kết quả"): row.result,
            _("Ngày hoàn thành"): row.completed_on,
            _("Ngày cấp"): row.issued_on,
            _("Có giá trị đến"): row.valid_until,
            _("Nơi cấp"): row.organisation,
            _("Người ký"): f"{row.signer_title} {row.signer_name}".strip(),
            _("Thu hồi từ"): row.stopped_on(),
            _("Lý do thu hồi"): row.revoked_because or "",
            _("Lý do cấp lại"): row.reissued_because,
        }
        for row in rows.order_by("issued_on", "pk")
    ]


@section("them-luot", gettext_lazy("Lượt làm bài được thêm"), order=70)
def grants(person: User) -> list[dict]:
    titles = quiz_titles()
    return [
        {
            _("Bài kiểm tra"): titles.get(row.quiz_key, str(row.quiz_key)),
            _("Người thêm"): row.given_by.full_name,
            _("Lý do"): row.reason,
            _("Lúc"): row.given_at,
        }
        for row in AttemptGrant.objects.filter(person=person).select_related("given_by").order_by("given_at")
    ]


@section("tien-do", gettext_lazy("Tiến độ theo từng yêu cầu"), order=75)
def standings(person: User) -> list[dict]:
    rows = Standing.objects.filter(person=person).select_related("requirement", "unit").order_by("requirement", "start")
    return [
        {
            _("Yêu cầu"): row.requirement.name,
            _("Đơn vị"): row.unit.name,
            _("Trạng thái"): State(row.state).label,
            _("Từ ngày"): row.start,
            _("Đến ngày"): row.end,
        }
        for row in rows
    ]


def _lesson_titles() -> dict:
    return dict(LessonPage.objects.order_by("-locale_id").values_list("translation_key", "title"))


def _texts(version: QuestionVersion) -> dict[str, str]:
    """The words of the question and of its choices, by name and id, as the source language has them."""
    return version.texts.get(SOURCE_LANGUAGE, {})


def _given(version: QuestionVersion, response: dict) -> list[str]:
    return question_context(version.frozen(), None, response)["given"] or [str(response)]


# --- erasure


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.personal_data")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    """Deletes places, ticks, tries, practice, news and free text about the person; keeps what figures count."""
    Try.objects.filter(person=person).delete()
    ConversationRun.objects.filter(person=person).delete()
    Place.objects.filter(person=person).delete()
    CourseNews.objects.filter(person=person).delete()
    Tick.objects.filter(person=person).delete()
    Void.objects.filter(completion__person=person).update(reason="")
    Recognition.objects.filter(completion__person=person).update(reason="")
    AttemptGrant.objects.filter(person=person).update(reason="")
    Completion.objects.filter(person=person, source__in=MADE_ELSEWHERE).update(evidence="")
    forget_person(person, person.staff_code)
