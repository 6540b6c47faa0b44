"""A learner reads a course: what is seen, where they come back to, what opens what."""

from datetime import date, timedelta

import pytest
from bodies import CHECKLIST_BLOCK, TEXT_BLOCK, TICK_A, TICK_B, full_body
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language
from factories import make_course, make_duty, make_page
from sharing import shared
from wagtail.models import Locale

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion
from courses.completions.completion import void as void_completion
from courses.content.bodies import Body, body_of
from courses.content.lesson import LessonPage
from courses.learning.finishing import finish_lesson
from courses.learning.outline import outline
from courses.progress.lessons import LessonSeen, Place, Tick, keep_ticks
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.standing import Standing
from people.times import covering, today


@shared
def small_course():
    small_course = make_course(lessons=3)
    for lesson in small_course.lessons:
        lesson.body = full_body()
        lesson.save()
    return small_course


@pytest.fixture
def ordered(small_course):
    small_course.course.order_enforced = True
    small_course.course.save()
    return small_course


@pytest.fixture
def requirement(db):
    requirement = Requirement.objects.create(key="nhan-dien-nan-nhan", name="Nhận diện nạn nhân")
    RequirementRule.objects.create(
        requirement=requirement,
        duty=make_duty(),
        course_key="nhan-dien-nan-nhan",
        deadline=today() + timedelta(days=20),
        validity_months=24,
    )
    return requirement


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def done(client, lesson, **options):
    return client.post(f"/hoc-tap/muc/{lesson.pk}/xong/", **options)


def pass_quiz(person, quiz, course):
    moment = timezone.now()
    return Attempt.objects.create(
        person=person,
        quiz_key=quiz.translation_key,
        course_key=course.key,
        number=1,
        submitted_at=moment,
        score=100,
        max_score=100,
        passed=True,
    )


def complete(person, course, on=None):
    return Completion.objects.create(
        person=person, course_key=course.key, completed_on=on or today(), source=Completion.Source.IMPORT
    )


def test_reading_a_page_writes_nothing(small_course, here, cast):
    with CaptureQueriesContext(connection) as queries:
        for url in (
            "/hoc-tap/",
            small_course.course.url,
            small_course.module.url,
            *[lesson.url for lesson in small_course.lessons],
        ):
            assert here.get(url).status_code == 200
    wrote = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert wrote == []


def test_a_lesson_is_seen_by_its_button_and_leads_to_the_next(small_course, here, cast):
    response = done(here, small_course.lessons[0])
    assert response["Location"] == small_course.lessons[1].url
    assert LessonSeen.objects.get().lesson_key == small_course.lessons[0].translation_key
    assert "Xong mục này, sang mục sau" in here.get(small_course.lessons[1].url).content.decode()


def test_the_button_pressed_twice_counts_once_with_the_first_time(small_course, here):
    done(here, small_course.lessons[0])
    first = LessonSeen.objects.get().seen_at
    assert done(here, small_course.lessons[0])["Location"] == small_course.lessons[1].url
    assert LessonSeen.objects.get().seen_at == first


def test_a_link_that_a_prefetcher_follows_marks_nothing(small_course, here):
    assert here.get(f"/hoc-tap/muc/{small_course.lessons[0].pk}/xong/").status_code == 405
    assert not LessonSeen.objects.exists()


def test_the_last_lesson_leads_to_the_quiz_and_the_quiz_is_next(small_course, here, cast):
    for lesson in small_course.lessons[:2]:
        done(here, lesson)
    assert "Xong mục này, sang bài kiểm tra" in here.get(small_course.lessons[2].url).content.decode()
    assert done(here, small_course.lessons[2])["Location"] == small_course.quiz.url
    assert outline(small_course.course, cast.learner).next.url == small_course.quiz.url


def test_the_last_thing_missing_completes_the_course(small_course, here, cast):
    pass_quiz(cast.learner, small_course.quiz, small_course.course)
    for lesson in small_course.lessons:
        done(here, lesson)
    completion = Completion.objects.get()
    assert (completion.person, completion.course_key) == (cast.learner, small_course.course.key)
    done(here, small_course.lessons[2])
    assert Completion.objects.count() == 1
    assert "Anh chị đã hoàn thành khóa học này" in here.get(small_course.course.url).content.decode()


def test_two_windows_that_finish_the_last_two_lessons_at_once_complete_the_course(small_course, cast):
    pass_quiz(cast.learner, small_course.quiz, small_course.course)
    first, *last_two = outline(small_course.course, cast.learner).steps[:3]
    finish_lesson(cast.learner, outline(small_course.course, cast.learner), first, timezone.now())
    read_before_either = outline(small_course.course, cast.learner)
    for stand in last_two:
        finish_lesson(cast.learner, read_before_either, stand, timezone.now())
    assert Completion.objects.get().person == cast.learner


def test_the_first_lesson_makes_a_required_person_in_progress(small_course, here, cast, requirement):
    done(here, small_course.lessons[0])
    assert Standing.objects.get(covering(today()), person=cast.learner).state == "in_progress"


def test_a_free_lesson_is_not_needed_for_what_comes_next(small_course, here, cast):
    small_course.lessons[1].required = False
    small_course.lessons[1].save()
    done(here, small_course.lessons[0])
    done(here, small_course.lessons[2])
    assert outline(small_course.course, cast.learner).next.url == small_course.quiz.url


# --- coming back


def test_the_learner_comes_back_to_the_same_block_on_another_device(small_course, cast, client_of):
    phone, desk = client_of(cast.learner), client_of(cast.learner)
    response = phone.post(f"/hoc-tap/muc/{small_course.lessons[1].pk}/cho/", {"block": TEXT_BLOCK})
    assert response.status_code == 204
    html = desk.get("/hoc-tap/").content.decode()
    assert f'href="{small_course.lessons[1].url}#b-{TEXT_BLOCK}"' in html
    assert f'<div class="block" id="b-{TEXT_BLOCK}">' in desk.get(small_course.lessons[1].url).content.decode()
    assert f'<a href="#b-{TEXT_BLOCK}">Về chỗ đang đọc dở</a>' in desk.get(small_course.lessons[1].url).content.decode()


def test_without_a_script_the_place_is_the_lesson_that_the_button_led_to(small_course, here, cast):
    done(here, small_course.lessons[0])
    assert Place.objects.get().lesson_key == small_course.lessons[1].translation_key
    assert outline(small_course.course, cast.learner).next_url == small_course.lessons[1].url


def test_a_place_that_arrives_after_the_lesson_was_finished_still_leads_on(small_course, here, cast):
    done(here, small_course.lessons[0])
    here.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/cho/", {"block": TEXT_BLOCK})
    assert outline(small_course.course, cast.learner).next_url == small_course.lessons[1].url


def test_a_quiz_under_way_comes_before_everything_else(small_course, here, cast):
    Attempt.objects.create(
        person=cast.learner, quiz_key=small_course.quiz.translation_key, course_key=small_course.course.key, number=1
    )
    assert outline(small_course.course, cast.learner).next.url == small_course.quiz.url


# --- ticks


def ticks_of(client, lesson):
    html = client.get(lesson.url).content.decode()
    return {item for item in (TICK_A, TICK_B) if f'name="ticked" value="{item}" checked' in html}


def test_ticks_are_kept_on_the_server_without_a_script(small_course, cast, client_of):
    phone, desk = client_of(cast.learner), client_of(cast.learner)
    lesson = small_course.lessons[0]
    address = f"/hoc-tap/muc/{lesson.pk}/danh-dau/"
    response = phone.post(address, {"shown": [TICK_A, TICK_B], "ticked": [TICK_B]})
    assert response["Location"] == f"{lesson.url}#b-{CHECKLIST_BLOCK}"
    assert ticks_of(desk, lesson) == {TICK_B}
    phone.post(address, {"shown": [TICK_A, TICK_B], "ticked": [TICK_A]})
    assert ticks_of(desk, lesson) == {TICK_A}
    phone.post(address, {"shown": [TICK_A, TICK_B]})
    assert ticks_of(desk, lesson) == set()


def test_ticks_of_another_checklist_stay(small_course, cast):
    key = small_course.lessons[0].translation_key
    keep_ticks(cast.learner, key, ["x"], ["x"], timezone.now())
    keep_ticks(cast.learner, key, [TICK_A], [TICK_A], timezone.now())
    assert set(Tick.objects.values_list("item_id", flat=True)) == {"x", TICK_A}


def test_ticks_are_nobody_elses(small_course, cast, client_of):
    address = f"/hoc-tap/muc/{small_course.lessons[0].pk}/danh-dau/"
    client_of(cast.learner).post(address, {"shown": [TICK_A, TICK_B], "ticked": [TICK_A]})
    assert ticks_of(client_of(cast.other_learner), small_course.lessons[0]) == set()


def test_a_script_is_answered_in_words(small_course, here):
    address = f"/hoc-tap/muc/{small_course.lessons[0].pk}/danh-dau/"
    sent = {"shown": [TICK_A, TICK_B], "ticked": [TICK_A]}
    assert here.post(address, sent, headers={"accept": "application/json"}).json() == {"kept": 1}


# --- order and prerequisites


def test_in_a_course_with_an_order_a_later_lesson_says_what_opens_it(ordered, here):
    response = here.get(ordered.lessons[2].url)
    html = response.content.decode()
    assert response.status_code == 403
    assert "Mục này chưa mở" in html
    assert f'<a href="{ordered.lessons[0].url}">{ordered.lessons[0].title}</a>' in html


def test_a_shut_lesson_cannot_be_finished_from_outside(ordered, here):
    for address in ("xong", "danh-dau", "cho"):
        assert here.post(f"/hoc-tap/muc/{ordered.lessons[2].pk}/{address}/").status_code == 403
    assert not LessonSeen.objects.exists()
    assert not Place.objects.exists()


def test_each_lesson_opens_the_next_and_the_last_opens_the_quiz(ordered, here, cast):
    for lesson in ordered.lessons:
        assert here.get(lesson.url).status_code == 200
        assert outline(ordered.course, cast.learner).at(ordered.quiz.pk).shut
        done(here, lesson)
    assert not outline(ordered.course, cast.learner).at(ordered.quiz.pk).shut


def test_a_free_lesson_does_not_shut_what_follows(ordered, here):
    ordered.lessons[0].required = False
    ordered.lessons[0].save()
    assert here.get(ordered.lessons[1].url).status_code == 200


def test_a_lesson_put_in_later_does_not_shut_what_was_done(ordered, here, cast):
    for lesson in ordered.lessons:
        done(here, lesson)
    make_page(ordered.module, LessonPage, "Mục mới").move(ordered.lessons[0], "left")
    assert here.get(ordered.lessons[2].url).status_code == 200
    assert outline(ordered.course, cast.learner).next.title == "Mục mới"


def test_a_course_opens_when_the_one_before_it_is_completed(small_course, here, cast):
    later = make_course(key="ho-tro-tam-ly-ban-dau", title="Hỗ trợ tâm lý ban đầu")
    later.course.prerequisites.set([small_course.course])
    later.course.save()
    html = here.get(later.lessons[0].url)
    assert html.status_code == 403
    assert f'<a href="{small_course.course.url}">{small_course.course.title}</a>' in html.content.decode()
    assert small_course.course.title in here.get(later.course.url).content.decode()
    assert outline(later.course, cast.learner).next is None
    complete(cast.learner, small_course.course)
    assert here.get(later.lessons[0].url).status_code == 200


def test_a_completion_on_paper_shuts_nothing(ordered, here, cast):
    complete(cast.learner, ordered.course)
    assert here.get(ordered.lessons[2].url).status_code == 200


def test_a_completion_that_is_void_counts_no_more(ordered, here, cast):
    void_completion(complete(cast.learner, ordered.course), today(), "Nhập nhầm", cast.manager, timezone.now())
    assert outline(ordered.course, cast.learner).completed_on is None
    tomorrow = today() + timedelta(days=1)
    assert outline(ordered.course, cast.learner, tomorrow).completed_on is None


# --- who, and what is sent wrongly


def test_a_visitor_is_led_to_sign_in_and_back_to_the_lesson(small_course, client):
    lesson = small_course.lessons[0]
    assert client.get(lesson.url)["Location"] == f"/tai-khoan/login/?next={lesson.url}"
    for address in ("xong", "danh-dau", "cho"):
        response = client.post(f"/hoc-tap/muc/{lesson.pk}/{address}/")
        assert response["Location"] == f"/tai-khoan/login/?next={lesson.url}"
    assert client.post(f"/hoc-tap/muc/{lesson.pk}/danh-dau/", headers={"accept": "application/json"}).json() == {
        "error": "Anh chị đã được đăng xuất. Hãy đăng nhập lại."
    }


@pytest.mark.parametrize("address", ["xong", "danh-dau", "cho"])
def test_a_lesson_that_does_not_exist_is_not_found(small_course, here, address):
    assert here.post(f"/hoc-tap/muc/987654/{address}/").status_code == 404
    assert here.post(f"/hoc-tap/muc/{small_course.quiz.pk}/{address}/").status_code == 404
    small_course.lessons[0].unpublish()
    assert here.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/{address}/").status_code == 404


def test_items_and_blocks_that_are_not_in_the_lesson_are_refused_in_one_sentence(small_course, here):
    lesson = small_course.lessons[0]
    wrong = [{}, {"shown": ["x"]}, {"shown": [TICK_A], "ticked": ["x"]}, {"shown": [TICK_A], "ticked": [TICK_B]}]
    for sent in wrong:
        response = here.post(f"/hoc-tap/muc/{lesson.pk}/danh-dau/", sent)
        assert response.status_code == 400
        assert "Danh sách này đã thay đổi. Hãy tải lại trang rồi đánh dấu lại." in response.content.decode()
    response = here.post(f"/hoc-tap/muc/{lesson.pk}/cho/", {"block": "x"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()) == (400, {"error": "Mục này đã thay đổi. Hãy tải lại trang."})
    assert not Tick.objects.exists()
    assert not Place.objects.exists()


def test_a_course_that_is_withdrawn_takes_its_lessons_along(small_course, here):
    small_course.course.unpublish()
    assert here.get(small_course.lessons[0].url).status_code == 404


def test_progress_is_asked_with_three_queries_whatever_the_course(small_course, cast, django_assert_num_queries):
    outline(small_course.course, cast.learner)
    with django_assert_num_queries(3):  # lessons seen with places, attempts, completions
        outline(small_course.course, cast.learner)
    with django_assert_num_queries(0):
        outline(small_course.course)


def test_a_day_before_the_completion_knows_nothing_of_it(small_course, cast):
    complete(cast.learner, small_course.course, date(2026, 3, 2))
    assert outline(small_course.course, cast.learner, date(2026, 3, 1)).completed_on is None
    assert outline(small_course.course, cast.learner, date(2026, 3, 2)).completed_on == date(2026, 3, 2)


def test_a_body_that_a_script_asked_for_first_is_kept_in_the_language_of_its_page(small_course, monkeypatch):
    drawn_in = []

    def drawn(page):
        drawn_in.append(get_language())
        return Body((), frozenset())

    monkeypatch.setattr("courses.content.bodies.render", drawn)
    small_course.lessons[0].locale = Locale(language_code="lo")
    body_of(small_course.lessons[0], "a-version")
    assert drawn_in == ["lo"]
