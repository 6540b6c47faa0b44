"""The banks of the module files as questions: all of them, with ids that are the same everywhere, and no word for
reviewers on them."""

import json

import pytest
from banks import COURSES, items
from factories import make_course
from sharing import shared

from courses.questions.bank import Question, questions_to_draw
from courses.questions.bank_items import choices_of, write_bank, write_item
from courses.questions.kinds.kind import KINDS, Frozen, Text, kind, stable_id
from courses.questions.versions import QuestionVersion
from courses.questions.writing import body_of

RECORDS = [(course, code, item) for course in COURSES for code, item in items(course)]
ONE_OF_EACH = {item["kind"]: (code, item) for _course, code, item in RECORDS}
FOR_REVIEWERS = ("unverified", "for_reviewer", "read_at")


@shared
def place():
    return make_course(lessons=1, questions=0)


def test_every_item_of_the_starter_banks_is_a_question_that_can_be_marked():
    names = {"single": "single_choice", "multiple": "multiple_choice"}
    for course, code, item in RECORDS:
        name = names.get(item["kind"], item["kind"])
        identity = stable_id("question", f"{course}/{code}", item["id"])
        body = body_of(identity, name, item["text"], choices_of(item), explanation=item["why"], source=item["source"])
        structure, key, texts = kind(name).freeze(body[0].value)
        question = Frozen(name, structure, key, {id: Text(text) for id, text in texts.items()})
        response = kind(name).clean(structure, {"choice": key["right"]})
        assert kind(name).mark(question, response, 100).right, item["id"]
        assert texts["text"] == item["text"].strip()


@pytest.mark.parametrize("name", list(ONE_OF_EACH))
def test_an_item_of_each_kind_is_written_with_its_place_in_the_course(place, name):
    code, item = ONE_OF_EACH[name]
    question = write_item(item, course="khoa", module=code, lesson=place.lessons[0])
    question.refresh_from_db()
    assert (question.category, question.name) == (f"khoa/{code}", item["id"])
    assert (question.objective, question.difficulty) == (f"{code}/{item['objective']}", item["difficulty"])
    assert question.lesson == place.lessons[0]
    assert set(question.tags.names()) == {"khoa", code}
    assert question.live
    version = QuestionVersion.objects.get(question_key=question.translation_key)
    assert version.kind in KINDS
    assert version.texts["vi"]["explanation"] == item["why"].strip()


def test_written_twice_nothing_changes_and_a_changed_item_is_a_new_version(place):
    few = [dict(item) for _code, item in items("luat-moi-2024")[:3]]
    lessons = {item["lesson"]: place.lessons[0] for item in few}
    first = write_bank(few, course="khoa", module="3.1", lessons=lessons)
    revisions = [question.latest_revision_id for question in first]
    again = write_bank(few, course="khoa", module="3.1", lessons=lessons)
    assert [question.latest_revision_id for question in again] == revisions
    few[0]["text"] = "Hỏi khác?"
    few[1]["difficulty"] = few[1]["difficulty"] % 3 + 1
    changed = write_bank(few, course="khoa", module="3.1", lessons=lessons)
    assert [a.latest_revision_id == b for a, b in zip(changed, revisions, strict=True)] == [False, False, True]
    assert QuestionVersion.objects.filter(question_key=first[0].translation_key).count() == 2


def test_what_is_meant_for_reviewers_stands_nowhere_in_the_question(place):
    course, code, item = next(record for record in RECORDS if record[2].get("for_reviewer"))
    question = write_item({**item, "read_at": "https://example.vn/doc"}, course=course, module=code)
    version = QuestionVersion.objects.get(question_key=question.translation_key)
    kept = json.dumps([version.structure, version.key, version.texts, question.body.get_prep_value()])
    assert item["for_reviewer"] not in json.loads(json.dumps(kept))
    assert not any(word in kept for word in (*FOR_REVIEWERS, "example.vn"))


def test_ids_are_the_same_on_every_installation():
    code, item = ONE_OF_EACH["ordering"]
    composed = kind("ordering").compose("x", item["text"], choices_of(item))
    assert composed == kind("ordering").compose("x", item["text"], choices_of(item))
    assert all(step["id"] == stable_id("x", "step", step["value"]) for step in composed["steps"])


def test_an_item_that_cannot_be_marked_is_named(place):
    code, item = ONE_OF_EACH["single"]
    wrong = {**item, "options": [{**option, "right": False} for option in item["options"]]}
    with pytest.raises(ValueError, match=f"Câu {item['id']}: Chưa có phương án đúng"):
        write_item(wrong, course="khoa", module=code)
    with pytest.raises(ValueError, match="Không có dạng câu hỏi “essay”"):
        write_item({**item, "kind": "essay"}, course="khoa", module=code)


def test_a_quiz_draws_live_questions_with_an_objective_of_the_category_and_below_it(place):
    code, item = ONE_OF_EACH["single"]
    drawn = write_item(item, course="khoa", module=code)
    other = write_item(item, course="khoa-khac", module=code)
    hidden = write_item({**item, "id": "ẩn"}, course="khoa", module=code)
    hidden.unpublish()
    assert Question.objects.filter(objective="").count() == 0
    assert list(questions_to_draw("khoa")) == [drawn]
    assert list(questions_to_draw(f"khoa/{code}")) == [drawn]
    assert list(questions_to_draw("khoa-khac")) == [other]
    Question.objects.filter(pk=drawn.pk).update(objective="")
    assert not questions_to_draw("khoa")


def test_the_bank_is_searched_and_filtered_by_objective_difficulty_and_lesson(place, client_of, cast):
    code, item = ONE_OF_EACH["single"]
    write_item({**item, "id": "một", "difficulty": 3, "objective": 2}, course="khoa", module="1.2")
    write_item({**item, "id": "hai", "difficulty": 1}, course="khoa", module="1.3", lesson=place.lessons[0])
    manager = client_of(cast.manager)

    def found(**query):
        response = manager.get("/cms/snippets/courses/question/", query)
        return {question.name for question in response.context["object_list"]}

    assert found(q="1.2/2") == {"một"}
    assert found(objective="1.2/2") == {"một"}
    assert found(difficulty="1") == {"hai"}
    assert found(lesson=place.lessons[0].pk) == {"hai"}
