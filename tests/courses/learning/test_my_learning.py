"""The page of one's own work: what is due and how it stands, where to go on, what is done and how long it is valid."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_duty, make_posting
from sharing import shared
from time_machine import travel

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion
from courses.progress.lessons import LessonSeen
from courses.progress.news import tell
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.excuses import Excuse
from courses.standing.standing import rebuild_all

TODAY = "2026-11-24T03:00:00Z"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DEADLINE = date(2026, 12, 15)
# lapsed yesterday, by the rule of 24 months
TWO_YEARS_AGO = date(2024, 11, 23)


@pytest.fixture(autouse=True)
def on_one_day():
    with travel(TODAY, tick=False):
        yield


@shared
def small_course():
    return make_course()


@shared
def requirement():
    requirement = Requirement.objects.create(key="nhan-dien-nan-nhan", name="Nhận diện nạn nhân")
    RequirementRule.objects.create(
        requirement=requirement,
        duty=make_duty(),
        course_key="nhan-dien-nan-nhan",
        deadline=DEADLINE,
        validity_months=24,
    )
    return requirement


def change_rule(requirement, **values):
    requirement.rules.update(**values)


def my_learning_text(client) -> str:
    rebuild_all()
    response = client.get("/hoc-tap/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def complete(person, on):
    return Completion.objects.create(
        person=person, course_key="nhan-dien-nan-nhan", completed_on=on, source=Completion.Source.IMPORT
    )


def test_a_visitor_signs_in_first(client, small_course):
    assert client.get("/hoc-tap/")["Location"] == "/tai-khoan/login/?next=/hoc-tap/"


def test_a_newcomer_sees_what_is_due_and_where_to_begin(small_course, requirement, cast, client_of):
    html = my_learning_text(client_of(cast.learner))
    assert "Chào anh/chị Hà" in html
    assert f'<a class="btn" href="{small_course.lessons[0].url}">' in html
    assert "hạn 15/12/2026" in html
    assert "Còn 21 ngày" in html
    assert "Chưa bắt đầu" in html
    assert "Chưa có khóa nào." in html


def test_it_says_who_one_is_and_where_one_is_posted(small_course, cast, client_of):
    assert "Alăng Thị Hà · TG-001<br>Công chức, Xã Tây Giang" in my_learning_text(client_of(cast.learner))


def test_whose_commune_was_merged_reads_the_name_of_today(small_course, cast, client_of):
    make_posting(cast.stranger, cast.units.lang, start=date(2024, 1, 1), position="Cán bộ trạm y tế")
    assert "Cán bộ trạm y tế, Xã Tây Giang" in my_learning_text(client_of(cast.stranger))


def test_of_two_courses_due_on_one_day_the_first_of_the_catalogue_comes_first(
    small_course, requirement, cast, client_of
):
    """By name “Can thiệp …” would come before “Nhận diện …”, which prepares for it."""
    make_course("ho-tro-tam-ly-ban-dau", title="Can thiệp tâm lý ban đầu")
    also = Requirement.objects.create(key="ho-tro-tam-ly-ban-dau", name="Can thiệp tâm lý ban đầu")
    rule = requirement.rules.get()
    RequirementRule.objects.create(requirement=also, duty=rule.duty, course_key=also.key, deadline=DEADLINE)
    html = my_learning_text(client_of(cast.learner))
    assert f'<a class="btn" href="{small_course.lessons[0].url}">' in html
    # the list of what is to be done has the names of the requirements, and stands before the courses
    assert html.index(">Nhận diện nạn nhân<") < html.index(f">{also.name}<")


def test_the_courses_of_a_programme_stand_together_each_with_its_own_state(small_course, requirement, cast, client_of):
    make_course("ho-tro-tam-ly-ban-dau", title="Can thiệp tâm lý ban đầu")
    make_course("phap-luat", title="Pháp luật")
    change_rule(requirement, more_course_keys=["phap-luat", "ho-tro-tam-ly-ban-dau"])
    other = Requirement.objects.create(key="rieng", name="Riêng")
    make_course("rieng", title="Khóa riêng")
    RequirementRule.objects.create(requirement=other, duty=make_duty(), course_key="rieng", deadline=DEADLINE)
    complete(cast.learner, date(2026, 11, 1))
    html = my_learning_text(client_of(cast.learner))
    assert html.count("Nhận diện nạn nhân. Chương trình gồm 3 khóa học; còn hiệu lực 1/3.") == 2
    tasks = html[html.index('id="viec"') : html.index('id="xong"')]
    titles = ["Can thiệp tâm lý ban đầu", "Pháp luật", "Khóa riêng"]
    places = [tasks.index(f">{title}<") for title in titles]
    assert max(places[:2]) < places[2] or places[2] < min(places[:2])
    assert "Nhận diện nạn nhân bị mua bán" in html[html.index('id="xong"') :]


def test_a_learner_under_way_goes_on_with_one_tap(small_course, requirement, cast, client_of):
    client = client_of(cast.learner)
    client.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/xong/")
    html = my_learning_text(client)
    assert "Đang học" in html
    assert f'<a class="btn" href="{small_course.lessons[1].url}">' in html
    assert "xong 1/3 mục" in html
    assert 'max="3" value="1"' in html


def test_a_day_after_the_deadline_it_is_overdue(small_course, requirement, cast, client_of):
    change_rule(requirement, deadline=date(2026, 11, 23))
    html = my_learning_text(client_of(cast.learner))
    assert "Quá hạn" in html
    assert "Còn" not in html.split("Việc cần làm")[1].split("Khóa học của tôi")[0]


def test_grace_is_counted_from_the_posting(small_course, requirement, cast, client_of):
    cast.learner.postings.update(start=date(2026, 11, 20))
    change_rule(requirement, deadline=date(2026, 11, 1), grace_days=30)
    assert "hạn 20/12/2026" in " ".join(my_learning_text(client_of(cast.learner)).replace("</span>", " ").split())


def test_a_completed_course_shows_its_day_and_until_when_it_is_valid(small_course, requirement, cast, client_of):
    complete(cast.learner, date(2025, 3, 10))
    html = my_learning_text(client_of(cast.learner))
    assert "Hiện không còn việc nào phải làm." in html
    assert "Hoàn thành 10/03/2025 · hiệu lực đến 09/03/2027" in html
    assert 'aria-labelledby="tiep"' not in html


def test_a_lapsed_completion_leads_to_the_quiz_that_renews_it(small_course, requirement, cast, client_of):
    client = client_of(cast.learner)
    for lesson in small_course.lessons:
        client.post(f"/hoc-tap/muc/{lesson.pk}/xong/")
    with travel("2024-01-10T03:00:00Z"):
        Attempt.objects.create(
            person=cast.learner,
            quiz_key=small_course.quiz.translation_key,
            course_key=small_course.course.key,
            number=1,
            submitted_at=timezone.now(),
            score=100,
            max_score=100,
            passed=True,
        )
    complete(cast.learner, date(2024, 1, 10))
    html = my_learning_text(client)
    assert "Hết hiệu lực" in html
    assert "Hoàn thành 10/01/2024, hiệu lực đến 09/01/2026. Làm lại bài cuối khóa để gia hạn." in html
    assert f'<h3><a href="{small_course.quiz.url}">Nhận diện nạn nhân</a></h3>' in html


def test_who_is_excused_is_told_so(small_course, requirement, cast, client_of):
    Excuse.objects.create(person=cast.learner, requirement=requirement, reason="Nghỉ thai sản", start=date(2026, 11, 1))
    html = my_learning_text(client_of(cast.learner))
    assert "Được miễn" in html
    assert "Nghỉ thai sản" not in html


def test_who_must_do_nothing_still_finds_the_courses(small_course, requirement, cast, client_of):
    html = my_learning_text(client_of(cast.stranger))
    assert "Hiện không có khóa học nào bắt buộc với nhiệm vụ của anh chị." in html
    assert f'<a href="{small_course.course.url}">' in html


def test_an_empty_site_says_whom_to_ask(cast, client_of):
    assert "Chưa có khóa học nào được mở. Hãy hỏi văn phòng Xã Tây Giang." in my_learning_text(client_of(cast.learner))


def test_a_requirement_whose_course_is_withdrawn_says_so(small_course, requirement, cast, client_of):
    small_course.course.unpublish()
    assert "Khóa học này chưa mở. Hãy hỏi văn phòng Xã Tây Giang." in my_learning_text(client_of(cast.learner))


def test_the_course_last_visited_comes_before_the_one_due_first(small_course, requirement, cast, client_of):
    other = make_course(key="ho-tro-tam-ly-ban-dau", title="Hỗ trợ tâm lý ban đầu")
    client = client_of(cast.learner)
    client.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/cho/", {"block": ""})
    with travel("2026-11-24T04:00:00Z"):
        client.post(f"/hoc-tap/muc/{other.lessons[1].pk}/cho/", {"block": ""})
    assert f'<a class="btn" href="{other.lessons[1].url}">' in my_learning_text(client)


def test_the_number_of_queries_does_not_grow_with_the_courses(small_course, requirement, cast, client_of):
    client = client_of(cast.learner)
    my_learning_text(client)
    with CaptureQueriesContext(connection) as few:
        client.get("/hoc-tap/")
    for n in range(3):
        make_course(key=f"khoa-{n}", title=f"Khóa {n}")
    my_learning_text(client)
    with CaptureQueriesContext(connection) as many:
        client.get("/hoc-tap/")
    assert len(many) == len(few)
    # session, person, roles; lessons seen with places, attempts, completions; standings, rules; postings; whether
    # there are news, classes, courses given beyond what is required, buddies: each asks once more where there are
    assert len(few) <= 10


def test_due_days_left_are_counted_in_the_province(small_course, requirement, cast, client_of):
    with travel("2026-11-24T18:00:00Z", tick=False):  # already the 25th in Đà Nẵng
        assert "Còn 20 ngày" in my_learning_text(client_of(cast.learner))
    assert DEADLINE - date(2026, 11, 25) == timedelta(days=20)


def test_a_course_is_listed_once_however_many_requirements_ask_for_it(requirement, small_course, cast, client_of):
    """Required, begun and asked for twice: it stands among what is to be done, and nowhere else."""
    again = Requirement.objects.create(key="lan-hai", name="Yêu cầu của sở")
    terms = {"duty": make_duty(), "course_key": "nhan-dien-nan-nhan", "deadline": date(2026, 12, 20)}
    RequirementRule.objects.create(requirement=again, **terms)
    client = client_of(cast.learner)
    client.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/xong/")
    html = my_learning_text(client)
    lists = html[html.index('id="viec"') :]
    assert lists.count(f">{small_course.course.title}</a>") == 1
    assert "Yêu cầu của sở" in lists


# --- other lessons, another law


def test_a_course_that_is_another_one_is_told_until_she_says_that_she_read_it(small_course, cast, client_of):
    client = client_of(cast.learner)
    tell([cast.learner.pk], "nhan-dien-nan-nhan", timezone.now())
    assert "có bài học và bài kiểm tra mới từ" in my_learning_text(client)
    other = client_of(cast.other_learner)
    assert other.post("/hoc-tap/tin/nhan-dien-nan-nhan/da-doc/").status_code == 302
    assert "có bài học và bài kiểm tra mới từ" in my_learning_text(client)
    for _time in range(2):
        assert client.post("/hoc-tap/tin/nhan-dien-nan-nhan/da-doc/").status_code == 302
    assert "có bài học và bài kiểm tra mới từ" not in my_learning_text(client)
    # told once
    tell([cast.learner.pk], "nhan-dien-nan-nhan", timezone.now())
    assert "có bài học và bài kiểm tra mới từ" not in my_learning_text(client)


def test_what_is_read_is_said_by_post_only(small_course, cast, client_of):
    assert client_of(cast.learner).get("/hoc-tap/tin/nhan-dien-nan-nhan/da-doc/").status_code == 405


@pytest.mark.parametrize(("day", "offered"), [("2025-06-30", True), ("2025-07-01", False)])
def test_who_completed_before_the_new_law_is_offered_the_refresher(small_course, cast, client_of, day, offered):
    make_course("luat-moi-2024", title="Luật mới có gì khác")
    Completion.objects.create(
        person=cast.learner, course_key="nhan-dien-nan-nhan", completed_on=day, source="import", recorded_at=NOW
    )
    text = my_learning_text(client_of(cast.learner))
    assert ("Nên học thêm" in text) is offered
    assert text.count("Luật mới có gì khác") >= 1


def test_who_has_the_refresher_behind_her_is_not_offered_it_again(small_course, cast, client_of):
    make_course("luat-moi-2024", title="Luật mới có gì khác")
    for key, day in (("nhan-dien-nan-nhan", "2025-01-10"), ("luat-moi-2024", "2026-01-10")):
        Completion.objects.create(
            person=cast.learner, course_key=key, completed_on=day, source="import", recorded_at=NOW
        )
    assert "Nên học thêm" not in my_learning_text(client_of(cast.learner))


def test_whose_completion_a_new_law_ended_is_led_to_the_refresher_that_is_enough(
    small_course, requirement, cast, client_of
):
    refresher = make_course("luat-moi-2024", title="Luật mới có gì khác")
    law = {"law": "Luật 53/2024/QH15", "law_begins": date(2026, 7, 1), "effective_from": date(2026, 11, 1)}
    change_rule(requirement, **law, refresher_key="luat-moi-2024")
    complete(cast.learner, date(2026, 6, 30))
    client = client_of(cast.learner)
    html = my_learning_text(client)
    assert "hiệu lực đến 31/10/2026" in html
    assert f'Học xong khóa bổ sung này là đủ: <a href="{refresher.course.url}">Luật mới có gì khác</a>' in html
    Completion.objects.create(
        person=cast.learner, course_key="luat-moi-2024", completed_on=date(2026, 11, 20), source="import"
    )
    assert "Hiện không còn việc nào phải làm." in my_learning_text(client)


def test_the_pages_of_a_course_say_that_a_completion_has_lapsed_and_lead_to_its_renewal(
    small_course, requirement, cast, client_of
):
    complete(cast.learner, TWO_YEARS_AGO)
    rebuild_all()
    client = client_of(cast.learner)
    for lesson in small_course.lessons:
        LessonSeen.objects.create(
            person=cast.learner, course_key="nhan-dien-nan-nhan", lesson_key=lesson.translation_key
        )
    for page in (small_course.course, small_course.module, small_course.course.get_parent()):
        text = " ".join(client.get(page.url).content.decode().split())
        assert "Hết hiệu lực" in text, page
        assert "Anh chị đã hoàn thành khóa học này" not in text
    text = " ".join(client.get(small_course.course.url).content.decode().split())
    assert f'href="{small_course.quiz.url}"' in text
    assert "hiệu lực đến 22/11/2026" in text
    requirement.rules.update(validity_months=36)
    rebuild_all()
    assert "Hết hiệu lực" not in client.get(small_course.course.url).content.decode()
