"""A learner decides on the page: what is kept, when a lesson is done, and what asks for it."""

import gzip
import json
import re
from datetime import timedelta

import pytest
from bodies import block, items
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_course, make_page, make_person
from sharing import shared

from courses.approval.approval import Approval
from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion
from courses.content.lesson import LessonPage
from courses.learning import finishing
from courses.learning.outline import outline
from courses.personal_data import tries as own_tries
from courses.progress.lessons import LessonSeen, Place, mark_seen
from courses.progress.tries import Try, first_choices, keep_try
from courses.quizzes.admission import admission
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import Standing
from pages.serving.version import raise_version
from pages.shell.surfaces import stylesheet
from people.privacy import erasure
from people.signing_in.kept_forms import mark_of
from people.times import covering, today

DECISION, CHECK, ADDED = (f"11111111-0000-4000-8000-{n:012}" for n in (1, 2, 3))
NAG, LISTEN, WRONG, RIGHT = (
    *(f"44444444-0000-4000-8000-{n:012}" for n in (1, 2)),
    *(f"55555555-0000-4000-8000-{n:012}" for n in (1, 2)),
)
SCRIPT = {"accept": "application/json"}


def decision(number=1):
    options = items(
        {"text": "Mắng anh ấy", "verdict": "harmful", "consequence": "Anh bỏ đi.", "remark": "Mất người."},
        {"text": "Nghe anh kể", "verdict": "best", "consequence": "Anh kể hết.", "remark": "Nghe trước đã."},
        prefix="44444444",
    )
    return block("decision", {"ask": "Anh chị làm gì?", "options": options}, number)


def check():
    options = items(
        {"text": "Phải chờ", "right": False, "feedback": "Chờ là mất."},
        {"text": "Báo ngay", "right": True, "feedback": "Đúng vậy."},
        prefix="55555555",
    )
    return block("check", {"ask": "Khi nào báo?", "options": options}, 2)


def body(*more):
    picture = {"scene": "border-market", "image": None, "alt": "", "caption": ""}
    return json.dumps([block("picture", picture, 8), decision(), block("text", "<p>Đọc.</p>", 9), check(), *more])


@shared
def small_course():
    small_course = make_course(lessons=2)
    small_course.lessons[0].body = body()
    small_course.lessons[0].save()
    return small_course


@pytest.fixture
def lesson(small_course):
    return small_course.lessons[0]


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def choose(client, lesson, block_id=DECISION, option=LISTEN, **options):
    return client.post(f"/hoc-tap/muc/{lesson.pk}/chon/", {"block": block_id, "option": option}, **options)


def reach_end(client, lesson):
    return client.post(f"/hoc-tap/muc/{lesson.pk}/xong/")


def html_of(client, lesson) -> str:
    return " ".join(client.get(lesson.url).content.decode().split())


def seen(cast):
    return LessonSeen.objects.get(person=cast.learner)


def pass_quiz(cast, small_course):
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


# --- choosing


def test_before_choosing_nothing_tells_which_is_better(lesson, here):
    html = html_of(here, lesson)
    assert "Mắng anh ấy" in html
    for told in ("Anh bỏ đi.", "Nghe trước đã.", "Cách tốt nhất", "Gây hại", "Đúng vậy."):
        assert told not in html


def test_after_choosing_the_consequence_comes_before_the_remark_and_the_others_can_be_read(lesson, here):
    response = choose(here, lesson, option=NAG)
    assert response["Location"] == f"{lesson.url}#b-{DECISION}"
    html = html_of(here, lesson)
    answer = html[html.index("data-answer") :]
    answer = answer[: answer.index("</div>")]
    assert (
        answer.index("Mắng anh ấy") < answer.index("Anh bỏ đi.") < answer.index("Gây hại") < answer.index("Mất người.")
    )
    assert "<details><summary>Nghe anh kể</summary><p>Anh kể hết.</p>" in html
    # the check below is as it was
    assert "Đúng vậy." not in html


def test_a_script_gets_the_block_and_what_is_left(lesson, here):
    told = choose(here, lesson, headers=SCRIPT).json()
    assert "Anh kể hết." in told["block"]
    assert f'action="/hoc-tap/muc/{lesson.pk}/chon/"' in told["block"]
    assert f'href="#b-{CHECK}"' in told["left"]
    assert choose(here, lesson, CHECK, RIGHT, headers=SCRIPT).json()["left"].strip() == ""


def test_a_choice_may_be_changed_and_the_first_stays_the_first(lesson, here, cast):
    choose(here, lesson, option=NAG)
    first = Try.objects.get()
    choose(here, lesson, option=LISTEN)
    row = Try.objects.get()
    assert (row.person, row.lesson_key, row.block_id) == (cast.learner, lesson.translation_key, DECISION)
    assert (row.first_option_id, row.first_at, row.option_id) == (NAG, first.first_at, LISTEN)
    assert row.at > row.first_at
    assert "Anh kể hết." in html_of(here, lesson)


def test_two_choices_sent_at_once_are_both_acknowledged_in_whatever_order_they_are_written(lesson, cast):
    now = timezone.now()
    keep_try(cast.learner, lesson.translation_key, DECISION, LISTEN, now)
    keep_try(cast.learner, lesson.translation_key, DECISION, NAG, now - timedelta(seconds=1))
    assert (Try.objects.get().first_option_id, Try.objects.get().option_id) == (LISTEN, NAG)


def test_the_database_keeps_one_try_a_block(lesson, cast):
    now = timezone.now()
    row = {"person": cast.learner, "lesson_key": lesson.translation_key, "block_id": DECISION, "option_id": NAG}
    Try.objects.create(**row, first_option_id=NAG, first_at=now, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Try.objects.create(**row, first_option_id=NAG, first_at=now, at=now)


@pytest.mark.parametrize(("block_id", "option"), [("", ""), (DECISION, ""), ("x", NAG), (DECISION, RIGHT), ("8", NAG)])
def test_what_does_not_stand_in_the_lesson_is_refused_in_one_sentence(lesson, here, block_id, option):
    response = choose(here, lesson, block_id, option)
    assert response.status_code == 400
    assert "Câu này đã thay đổi. Hãy tải lại trang rồi chọn lại." in response.content.decode()
    assert choose(here, lesson, block_id, option, headers=SCRIPT).json() == {
        "error": "Câu này đã thay đổi. Hãy tải lại trang rồi chọn lại."
    }
    assert not Try.objects.exists()


def test_a_choice_in_a_lesson_that_is_shut_withdrawn_or_without_a_person_is_not_kept(
    small_course, lesson, client, here
):
    assert choose(client, lesson)["Location"] == f"/tai-khoan/login/?next={lesson.url}"
    assert choose(client, lesson, headers=SCRIPT).status_code == 401
    assert here.get(f"/hoc-tap/muc/{lesson.pk}/chon/").status_code == 405
    small_course.course.order_enforced = True
    small_course.course.save()
    make_page(small_course.module, LessonPage, "Mục đầu").move(lesson, "left")
    lesson.refresh_from_db()
    assert choose(here, lesson).status_code == 403
    lesson.unpublish()
    assert choose(here, lesson).status_code == 404
    assert not Try.objects.exists()


# --- done


def test_the_end_reached_first_is_seen_and_the_page_names_what_is_open(lesson, here, cast):
    assert reach_end(here, lesson)["Location"] == f"{lesson.url}#con-lai"
    assert (seen(cast).done_at, Place.objects.get().lesson_key) == (None, lesson.translation_key)
    html = html_of(here, lesson)
    assert "Còn 2 câu chưa chọn thì mục này mới xong:" in html
    assert f'<li><a href="#b-{DECISION}">Anh chị làm gì?</a></li><li><a href="#b-{CHECK}">Khi nào báo?</a></li>' in html
    choose(here, lesson)
    assert "Còn 1 câu chưa chọn" in html_of(here, lesson)
    choose(here, lesson, CHECK, WRONG)
    assert seen(cast).done_at is not None
    html = html_of(here, lesson)
    assert "chưa chọn" not in html
    assert "Đã xong" in html


def test_tries_made_first_and_the_end_afterwards_is_done_too(small_course, lesson, here, cast):
    choose(here, lesson)
    choose(here, lesson, CHECK, WRONG)
    assert not LessonSeen.objects.exists()
    assert reach_end(here, lesson)["Location"] == small_course.lessons[1].url
    assert seen(cast).done_at is not None


@pytest.mark.parametrize("first", ["the end", "the last choice"])
def test_the_end_and_the_last_choice_sent_at_once_make_the_lesson_done(
    small_course, lesson, here, cast, first, monkeypatch
):
    """Whichever wrote its fact second has seen the other's."""
    choose(here, lesson)
    inner = {"the end": ("mark_seen", lambda: choose(here, lesson, CHECK, RIGHT)),
             "the last choice": ("keep_try", lambda: reach_end(here, lesson))}  # fmt: skip
    name, other = inner[first]
    write = getattr(finishing, name)

    def written_and_then_the_other(*args, **options):
        monkeypatch.setattr(finishing, name, write)
        result = write(*args, **options)
        other()
        return result

    monkeypatch.setattr(finishing, name, written_and_then_the_other)
    reach_end(here, lesson) if first == "the end" else choose(here, lesson, CHECK, RIGHT)
    assert seen(cast).done_at is not None


def test_who_leaves_something_open_may_go_on_with_a_second_press(small_course, lesson, here, cast):
    reach_end(here, lesson)
    assert "Sang mục sau" in html_of(here, lesson)
    assert reach_end(here, lesson)["Location"] == small_course.lessons[1].url
    assert seen(cast).done_at is None
    assert Place.objects.get().lesson_key == small_course.lessons[1].translation_key
    assert "Còn câu chưa chọn" in html_of(here, small_course.module)


def test_a_lesson_without_anything_to_try_is_done_when_it_is_seen(small_course, here, cast):
    reach_end(here, small_course.lessons[1])
    row = seen(cast)
    assert row.done_at == row.seen_at


def test_once_done_it_stays_done_when_a_decision_is_added(lesson, here, cast):
    choose(here, lesson)
    choose(here, lesson, CHECK, RIGHT)
    reach_end(here, lesson)
    lesson.body = body(decision(3))
    lesson.save()
    html = html_of(here, lesson)
    assert "Đã xong" in html
    assert "chưa chọn" not in html
    reach_end(here, lesson)
    assert seen(cast).done_at is not None


def test_an_option_that_was_taken_out_is_to_be_chosen_again(lesson, here):
    choose(here, lesson, option=NAG)
    shorter = json.loads(body())
    del shorter[1]["value"]["options"][0]
    lesson.body = json.dumps(shorter)
    lesson.save()
    html = html_of(here, lesson)
    assert "data-answer" not in html
    assert f'href="#b-{DECISION}"' in html


def test_seen_is_in_progress_and_done_completes(small_course, lesson, here, cast):
    seed_requirements(timezone.now())
    pass_quiz(cast, small_course)
    reach_end(here, small_course.lessons[1])
    reach_end(here, lesson)
    standing = Standing.objects.filter(covering(today()), person=cast.learner, requirement__key=small_course.course.key)
    assert standing.get().state == "in_progress"
    assert outline(small_course.course, cast.learner).next.title == lesson.title
    choose(here, lesson)
    assert not Completion.objects.exists()
    choose(here, lesson, CHECK, RIGHT)
    assert Completion.objects.get().person == cast.learner
    assert standing.get().state == "completed"
    assert list(differences()) == []


def test_a_try_alone_is_not_in_progress(small_course, lesson, here, cast):
    seed_requirements(timezone.now())
    choose(here, lesson)
    assert Standing.objects.filter(covering(today()), person=cast.learner).first().state == "not_started"
    assert list(differences()) == []


def test_what_opens_after_lessons_asks_for_done(small_course, lesson, here, cast):
    small_course.course.order_enforced = True
    small_course.course.save()
    reach_end(here, lesson)
    assert here.get(small_course.lessons[1].url).status_code == 403
    assert "Còn 2 mục chưa học xong trước bài này" in admission(cast.learner, small_course.quiz, timezone.now()).refusal
    for block_id, option in ((DECISION, LISTEN), (CHECK, WRONG)):
        choose(here, lesson, block_id, option)
    assert here.get(small_course.lessons[1].url).status_code == 200
    reach_end(here, small_course.lessons[1])
    assert admission(cast.learner, small_course.quiz, timezone.now()).refusal == ""


def test_lessons_seen_before_there_were_tries_are_done(lesson, cast):
    mark_seen(cast.learner, "x", lesson.translation_key, timezone.now())
    assert seen(cast).done_at == seen(cast).seen_at


# --- whose they are


def people_who(first, lesson, number, block_id=DECISION):
    for n in range(number):
        keep_try(make_person(f"Người {n}"), lesson.translation_key, block_id, first, timezone.now())


def test_first_choices_are_counted_from_five_people_on(lesson, cast, django_assert_num_queries):
    people_who(NAG, lesson, 3)
    people_who(LISTEN, lesson, 1)
    people_who(RIGHT, lesson, 4, CHECK)
    assert first_choices(lesson.translation_key) == {}
    keep_try(cast.learner, lesson.translation_key, DECISION, LISTEN, timezone.now())
    # she changed her mind: her first choice still counts
    keep_try(cast.learner, lesson.translation_key, DECISION, NAG, timezone.now())
    with django_assert_num_queries(1):
        assert first_choices(lesson.translation_key) == {DECISION: {NAG: 3, LISTEN: 2}}


def test_a_trainer_sees_how_many_first_chose_what_and_nobodys_name(lesson, cast, client_of, django_assert_num_queries):
    people_who(NAG, lesson, 4)
    people_who(LISTEN, lesson, 1)
    people_who(RIGHT, lesson, 4, CHECK)
    address = f"/bao-cao/lua-chon/{lesson.pk}/"
    trainer = client_of(cast.trainer)
    assert f'href="{address}"' in html_of(trainer, lesson)
    assert f'href="{address}"' not in html_of(client_of(cast.learner), lesson)
    html = " ".join(trainer.get(address).content.decode().split())
    assert html.index("Mắng anh ấy") < html.index("<b>4</b>/5") < html.index("Nghe anh kể") < html.index("<b>1</b>/5")
    assert "Chưa đủ 5 người chọn câu này." in html
    assert "Người 1" not in html
    with django_assert_num_queries(5):  # session, person, roles, lesson, choices
        trainer.get(address)


def test_who_first_chose_an_option_that_is_gone_is_still_counted(lesson, cast, client_of):
    people_who(NAG, lesson, 5)
    people_who("an-option-that-is-gone", lesson, 2)
    html = " ".join(client_of(cast.manager).get(f"/bao-cao/lua-chon/{lesson.pk}/").content.decode().split())
    assert "<b>5</b>/7" in html
    assert 'Cách đã được bỏ khỏi bài</h3></div><p class="num"><b>2</b>/7' in html


def test_what_was_chosen_is_in_the_persons_own_copy_in_words_and_goes_with_the_person(lesson, here, cast):
    choose(here, lesson, option=NAG)
    choose(here, lesson, option=LISTEN)
    (row,) = own_tries(cast.learner)
    assert (row["Bài"], row["Câu hỏi"], row["Chọn lần đầu"], row["Chọn gần nhất"]) == (
        lesson.title,
        "Anh chị làm gì?",
        "Mắng anh ấy",
        "Nghe anh kể",
    )
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    assert not Try.objects.exists()


# --- what it costs


def test_choosing_costs_at_most_six_queries(lesson, here, django_assert_max_num_queries):
    here.get(lesson.url)
    with django_assert_max_num_queries(6):  # session, person, page, the try, tries of the lesson; one in reserve
        assert choose(here, lesson).status_code == 302
    with django_assert_max_num_queries(6):
        assert choose(here, lesson, option=NAG, headers=SCRIPT).status_code == 200


def test_choosing_in_an_ordered_course_costs_the_same(small_course, lesson, here, django_assert_max_num_queries):
    small_course.course.order_enforced = True
    small_course.course.save()
    here.get(lesson.url)
    with django_assert_max_num_queries(6):  # and the lessons done before it
        assert choose(here, lesson).status_code == 302


def test_who_chose_the_same_shares_the_drawing_and_sends_it_in_her_own_name(lesson, cast, client_of):
    people = [cast.learner, cast.other_editor]
    clients = [client_of(person, enforce_csrf_checks=True) for person in people]
    for _visit in range(2):  # drawn, then kept
        pages = [client.get(lesson.url).content.decode() for client in clients]
    forms = [re.findall(r"<form[^>]*data-try.*?</form>", page, re.DOTALL) for page in pages]
    assert [len(found) for found in forms] == [2, 2]
    for person, client, mine in zip(people, clients, forms, strict=True):
        senders = {re.search(r'name="sent_by" value="([^"]+)"', form)[1] for form in mine}
        assert senders == {mark_of(person)}
        assert all("<!--" not in form for form in mine)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', mine[0])[1]
        sent = {"block": DECISION, "option": LISTEN, "csrfmiddlewaretoken": token}
        assert client.post(f"/hoc-tap/muc/{lesson.pk}/chon/", sent).status_code == 302
    assert {tried.person_id for tried in Try.objects.all()} == {person.pk for person in people}


def test_the_first_page_after_a_change_of_content_costs_at_most_sixteen_queries(
    small_course, lesson, cast, here, django_assert_max_num_queries
):
    """As the first of a process: sites, routing and the course are read anew, the body and the kept answers as well.
    One is for what she and her unit asked about the lesson.
    """
    address = lesson.url
    Approval.objects.create(course_key=small_course.course.key, on=today(), by=cast.manager)
    raise_version()
    ContentType.objects.clear_cache()
    with django_assert_max_num_queries(16):
        assert here.get(address).status_code == 200


def test_a_lesson_with_decision_and_picture_costs_at_most_fifteen_queries_and_30_kb(
    lesson, here, django_assert_max_num_queries
):
    choose(here, lesson)
    with django_assert_max_num_queries(15):
        html = here.get(lesson.url).content
    assert b"<svg" in html
    assert len(gzip.compress(html, 6)) + len(gzip.compress(stylesheet("learn").encode(), 6)) <= 30 * 1024
