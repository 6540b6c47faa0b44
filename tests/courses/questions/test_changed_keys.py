"""Who publishes another key is asked first: so many attempts were marked by the one in force."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from factories import make_course, make_person
from sharing import shared
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.attempts.attempt import Mark
from courses.content.quiz import QuizQuestion
from courses.questions.bank import Question
from courses.questions.changed_keys import attempts_marked_otherwise
from courses.questions.versions import QuestionVersion
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from pages.cms.groups import sync_all

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@shared
def asked():
    """A question that two people answered and handed in, one of them twice; a third is at it."""
    course = make_course(questions=1, wait_minutes=0)
    sync_all()
    first, second, third = (make_person(f"Người {number}") for number in range(3))
    for person in (first, first, second):
        submit(start(person, course.quiz, NOW), NOW)
    start(third, course.quiz, NOW)
    return course.questions[0]


@pytest.fixture
def editor(cast, client_of):
    cast.editor.is_superuser = True
    cast.editor.save()
    return client_of(cast.editor)


def choices_of(question, right: str) -> list:
    rows = question.body[0].value["choices"].bound_blocks
    return [(row.id, row.value["text"], row.value["text"] == right) for row in rows]


def send(editor, question, right="Sai 1", text="Câu hỏi 1?", **more):
    rows = {"count": "3"}
    for number, (id, words, is_right) in enumerate(choices_of(question, right)):
        value = {"text": words, "feedback": "", **({"right": "on"} if is_right else {})}
        rows[str(number)] = {"order": str(number), "deleted": "", "type": "item", "id": id, "value": value}
    asking = {"text": text, "choices": rows, "explanation": "", "source": "", "hint": ""}
    form = dict.fromkeys(("tags", "objective", "lesson", "go_live_at", "expire_at"), "")
    form |= {"name": question.name, "category": question.category, "difficulty": "2"}
    form["body"] = streamfield([("single_choice", asking)])
    return editor.post(
        reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk]), nested_form_data({**form, **more})
    )


def right_in_force(question) -> list[str]:
    version = QuestionVersion.objects.get(pk=QuestionVersion.objects.current([question.translation_key]).popitem()[1])
    return [version.texts["vi"][id] for id in version.key["right"]]


def test_a_changed_key_is_published_by_the_second_press_that_knows_how_many_it_concerns(asked, editor):
    answer = send(editor, asked, **{"action-publish": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "3 lần làm bài đã được chấm theo đáp án cũ" in page
    assert 'name="marked" value="3"' in page
    assert right_in_force(asked) == ["Đúng"]
    marks = list(Mark.objects.order_by("pk").values_list("points", "by_version"))
    # somebody handed in meanwhile: another number is another question
    submit(
        start(make_person("Người khác"), QuizQuestion.objects.get(question=asked).quiz, NOW + timedelta(hours=1)),
        NOW + timedelta(hours=1),
    )
    assert "4 lần làm bài" in send(editor, asked, **{"action-publish": "1"}, marked="3").content.decode()
    assert send(editor, asked, **{"action-publish": "1"}, marked="4").status_code == 302
    assert right_in_force(asked) == ["Sai 1"]
    assert list(Mark.objects.order_by("pk").values_list("points", "by_version"))[:3] == marks


def test_a_draft_other_words_and_a_question_that_nobody_answered_are_not_asked_about(asked, editor):
    assert send(editor, asked).status_code == 302
    assert right_in_force(asked) == ["Đúng"]
    assert send(editor, asked, right="Đúng", text="Hỏi khác?", **{"action-publish": "1"}).status_code == 302
    # the same key in other words: what was marked by it still counts
    assert "3 lần làm bài" in send(editor, asked, text="Hỏi khác?", **{"action-publish": "1"}).content.decode()
    other = make_course("khoa-khac", questions=1).questions[0]
    assert send(editor, other, **{"action-publish": "1"}).status_code == 302


def test_the_number_costs_three_queries(asked, django_assert_num_queries):
    with django_assert_num_queries(3):  # in force, versions, attempts
        assert attempts_marked_otherwise(asked.translation_key, "single_choice", ["khác"]) == 3
