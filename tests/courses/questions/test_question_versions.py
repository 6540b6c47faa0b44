"""Questions in the bank, and the immutable versions that publishing writes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from factories import make_course
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.questions.bank import Question, QuestionInUse
from courses.questions.versions import QuestionVersion
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import start
from courses.quizzes.showing import part_of
from courses.quizzes.submitting import submit

CHOICES = [{"text": "Nơi riêng tư", "right": True, "feedback": "Đúng rồi."}, {"text": "Giữa sân", "right": False}]


def write(name="Nơi hỏi chuyện", kind="single_choice", text="Hỏi chuyện ở đâu?", choices=CHOICES, **more):
    return create_or_update_question(category="Hỏi chuyện", name=name, kind=kind, text=text, choices=choices, **more)


def versions(question):
    return QuestionVersion.objects.filter(question_key=question.translation_key).order_by("pk")


def in_force(question):
    return QuestionVersion.objects.current([question.translation_key])[question.translation_key]


def edit(question, text):
    """An editor's change, not yet published."""
    question.body[0].value["text"] = text
    return question.save_revision()


@pytest.fixture
def question(db):
    return write()


# --- versions


def test_publishing_writes_what_attempts_refer_to(question):
    version = versions(question).get()
    right, wrong = version.structure["choices"]
    assert version.key == {"right": [right["id"]]}
    assert version.texts["vi"]["text"] == "Hỏi chuyện ở đâu?"
    assert version.texts["vi"][right["id"]] == "Nơi riêng tư"
    assert version.texts["vi"][f"{right['id']}.feedback"] == "Đúng rồi."
    assert version.texts["vi"][wrong["id"]] == "Giữa sân"


def test_publishing_an_unchanged_question_makes_no_new_version(question):
    question.save_revision().publish()
    assert versions(question).count() == 1


def test_writing_the_same_question_again_changes_nothing(question):
    assert write() == question
    assert (question.revisions.count(), versions(question).count()) == (1, 1)


def test_a_change_makes_a_version_and_going_back_takes_the_old_one(question):
    first = in_force(question)
    write(text="Nên hỏi chuyện ở đâu?")
    assert in_force(question) != first
    write()
    assert in_force(question) == first
    assert versions(question).count() == 2


def test_a_draft_makes_no_version(question):
    edit(question, "Bản nháp?")
    assert versions(question).count() == 1


def test_scheduled_publishing_makes_the_version_when_its_time_comes(question, time_machine):
    question.go_live_at = timezone.now() + timedelta(hours=1)
    edit(question, "Từ ngày mai?").publish()
    assert versions(question).count() == 1
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    call_command("publish_scheduled")
    assert versions(question).last().texts["vi"]["text"] == "Từ ngày mai?"


def test_a_new_question_scheduled_for_later_is_not_asked_yet(db):
    question = Question(name="Sau", category="x", locale=Locale.get_default(), live=False)
    question.body = write().body
    question.go_live_at = timezone.now() + timedelta(hours=1)
    question.save()
    question.save_revision().publish()
    assert not versions(question).exists()


def test_a_version_is_neither_changed_nor_deleted(question):
    version = versions(question).get()
    for act in (version.save, version.delete, versions(question).delete, lambda: versions(question).update(kind="x")):
        with pytest.raises(TypeError):
            act()


def test_ids_depend_on_the_question_and_the_words_of_a_choice_only(question):
    before = {choice.value["text"]: choice.id for choice in question.body[0].value["choices"].bound_blocks}
    moved = write(choices=[*reversed(CHOICES), {"text": "Trên xe", "right": False}])
    after = {choice.value["text"]: choice.id for choice in moved.body[0].value["choices"].bound_blocks}
    assert before.items() <= after.items()
    assert moved.body[0].id == question.body[0].id


def test_a_list_that_was_written_without_ids_gets_lasting_ones(db):
    raw = {"text": "Hỏi?", "choices": [{"text": "A", "right": True}, {"text": "B", "right": False}]}
    question = Question(name="Không id", locale=Locale.get_default(), live=False)
    question.body = [{"type": "single_choice", "value": raw}]
    question.save()
    question.save_revision().publish()
    Question.objects.get(pk=question.pk).save_revision().publish()
    assert versions(question).count() == 1


# --- translations


def translated(question, text, choice="Bhrơ", language="ktv"):
    """A live translation, as wagtail-localize leaves it: the same ids, other words."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    translation = question.copy_for_translation(locale)
    value = translation.body[0].value
    value["text"] = text
    value["choices"][0]["text"] = choice
    translation.save()
    translation.save_revision().publish()
    return translation


def test_a_live_translation_gives_its_words_and_never_the_key(question):
    translation = translated(question, "Mơ n'đoo?")
    translation.body[0].value["choices"][0]["right"] = False
    translation.body[0].value["choices"][1]["right"] = True
    translation.save_revision().publish()
    version = versions(question).last()
    right = version.structure["choices"][0]["id"]
    assert version.key == {"right": [right]}
    assert version.texts["ktv"] == {"text": "Mơ n'đoo?", right: "Bhrơ"}


def test_what_is_not_translated_is_shown_in_the_language_it_is_written_in(question):
    translated(question, "Mơ n'đoo?")
    frozen_version = versions(question).last().frozen("ktv")
    wrong = frozen_version.structure["choices"][1]["id"]
    assert (frozen_version.text("text"), frozen_version.text("text").lang) == ("Mơ n'đoo?", "")
    assert (frozen_version.text(wrong), frozen_version.text(wrong).lang) == ("Giữa sân", "vi")


def test_an_unpublished_translation_takes_its_words_back(question):
    first = in_force(question)
    translated(question, "Mơ n'đoo?").unpublish()
    assert in_force(question) == first


def test_pairs_and_steps_are_translated_by_their_ids(db):
    pairs = write(kind="matching", choices=[{"left": "Tư vấn", "right": "111"}, {"left": "Cấp cứu", "right": "115"}])
    locale, _made = Locale.objects.get_or_create(language_code="ktv")
    translation = pairs.copy_for_translation(locale)
    translation.body[0].value["pairs"][1]["right"] = "115 (ktv)"
    translation.save()
    translation.save_revision().publish()
    version = versions(pairs).last()
    second = version.structure["targets"][1]["id"]
    assert version.key["right"][1].endswith(f"={second}")
    assert version.texts["ktv"] == {second: "115 (ktv)"}
    steps = write(name="Xếp", kind="ordering", choices=[{"text": "Mời"}, {"text": "Hỏi"}, {"text": "Ghi"}])
    translation = steps.copy_for_translation(locale)
    translation.body[0].value["steps"].bound_blocks[0].value = "Mời (ktv)"
    translation.save()
    translation.save_revision().publish()
    version = versions(steps).last()
    assert version.texts["ktv"] == {version.structure["choices"][0]["id"]: "Mời (ktv)"}


# --- what an editor is told


@pytest.mark.parametrize(("kind", "choices", "sentence"), [
    ("single_choice", CHOICES[:1], "ít nhất hai phương án"),
    ("single_choice", [{"text": "A"}, {"text": "B"}], "Chưa có phương án đúng"),
    ("single_choice", [{"text": "A", "right": True}, {"text": "B", "right": True}], "Chỉ được một phương án đúng"),
    ("single_choice", [{"text": "A", "right": True}, {"text": " a "}], "chữ giống nhau"),
    ("multiple_choice", [{"text": "A"}, {"text": "B"}], "Chưa có phương án đúng"),
    ("multiple_choice", [{"text": str(n), "right": True} for n in range(13)], "Nhiều nhất 12 phương án"),
    ("true_false", [{"text": "Đúng", "right": True}], "cần đúng hai phương án"),
    ("true_false", [{"text": "Đúng", "right": True}, {"text": "đúng"}], "chữ giống nhau"),
    ("essay", CHOICES, "Không có dạng câu hỏi"),
])  # fmt: skip
def test_a_question_that_cannot_be_marked_is_refused_with_a_sentence(db, kind, choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        write(kind=kind, choices=choices)
    assert not Question.objects.exists()


def test_an_unfinished_draft_may_be_kept(question):
    block = Question._meta.get_field("body").stream_block
    body = block.to_python([{"type": "single_choice", "value": {"text": "Hỏi?", "choices": []}}])
    block.defer_required_validation()
    try:
        assert block.clean(body)
    finally:
        block.restore_deferred_validation()
    with pytest.raises(ValidationError):
        block.clean(body)


def test_a_question_in_a_quiz_or_answered_by_somebody_stays(cast):
    small_course = make_course(questions=1)
    question = small_course.questions[0]
    with pytest.raises(QuestionInUse, match="đang có trong bài “Bài kiểm tra cuối khóa”"):
        question.delete()
    submit(start(cast.learner, small_course.quiz, timezone.now()), timezone.now())
    small_course.quiz.questions.all().delete()
    with pytest.raises(QuestionInUse, match="đã có người trả lời"):
        question.delete()


def test_a_question_that_nobody_uses_may_go_and_so_may_a_translation(question):
    translated(question, "Mơ?").delete()
    question.delete()
    assert not Question.objects.exists()
    assert versions(question).exists()


# --- under /cms/


@pytest.fixture
def cms(client_of, cast):
    cast.administrator.is_superuser = True
    cast.administrator.save()
    return client_of(cast.administrator)


def address(name, *arguments):
    return reverse(Question.snippet_viewset.get_url_name(name), args=arguments)


def test_the_bank_is_searched_without_diacritics_and_filtered(cms, question):
    write(name="Câu khác", text="Số nào?", tags=["gọi"])
    html = cms.get(address("list"), {"q": "hoi chuyen o dau"}).content.decode()
    assert "Nơi hỏi chuyện" in html
    assert "Câu khác" not in html
    tag = Question.objects.get(name="Câu khác").tags.get()
    assert "Nơi hỏi chuyện" not in cms.get(address("list"), {"tags": tag.pk}).content.decode()
    assert cms.get(address("list"), {"category": "Hỏi chuyện"}).status_code == 200
    chooser = reverse(Question.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    chosen = cms.get(chooser, {"q": "noi hoi"}).content.decode()
    assert "Nơi hỏi chuyện" in chosen
    assert "Câu khác" not in chosen


def test_the_bank_is_searched_to_the_end_of_a_long_text(cms, question):
    write(name="Câu dài", text=f"{'Một tình huống rất dài. ' * 30}Ở Ðại Lộc thì sao?")
    html = cms.get(address("list"), {"q": "đại lộc"}).content.decode()
    assert "Câu dài" in html
    assert "Nơi hỏi chuyện" not in html


@pytest.mark.parametrize("name", ["edit", "history", "usage", "delete", "copy", "inspect"])
def test_every_page_of_a_question_opens(cms, question, name):
    assert cms.get(address(name, question.pk)).status_code == 200


def test_the_preview_looks_like_the_question_and_its_review(cms, question):
    revision = question.latest_revision
    html = cms.get(address("revisions_view", question.pk, revision.pk)).content.decode()
    assert 'type="radio"' in html
    assert "Hỏi chuyện ở đâu?" in html
    review = question.make_preview_request(preview_mode="review").content.decode()
    assert "Đúng rồi." in review


def test_an_editor_who_deletes_a_question_in_use_is_told_why(cms):
    small_course = make_course(questions=1)
    page = cms.post(address("delete", small_course.questions[0].pk), follow=True).content.decode()
    assert "đang có trong bài" in page
    bulk = reverse("wagtail_bulk_action", args=["courses", "question", "delete"])
    page = cms.post(f"{bulk}?id={small_course.questions[0].pk}", follow=True).content.decode()
    assert "đang có trong bài" in page
    assert Question.objects.count() == 1


def test_a_copy_is_a_question_of_its_own_with_the_same_choices(cms, question):
    choices = [
        {
            "value": {"text": each.value["text"], "right": each.value["right"] and "on" or "", "feedback": ""},
            "id": each.id,
        }
        for each in question.body[0].value["choices"].bound_blocks
    ]
    data = {
        "name": "Bản sao",
        "category": "Hỏi chuyện",
        "tags": "",
        "difficulty": "2",
        "body": streamfield([("single_choice", {"text": "Hỏi?", "choices": counted(choices), "explanation": "",
                                               "source": "", "hint": ""})]),
        "action-publish": "1",
    }  # fmt: skip
    assert cms.get(address("copy", question.pk)).status_code == 200
    cms.post(address("add"), nested_form_data(data))
    copy = Question.objects.get(name="Bản sao")
    assert copy.translation_key != question.translation_key
    assert [choice["id"] for choice in versions(copy).get().structure["choices"]] == [
        choice["id"] for choice in versions(question).get().structure["choices"]
    ]


def counted(items):
    """A ListBlock as its form posts it."""
    data = {"count": str(len(items))}
    for number, item in enumerate(items):
        data[str(number)] = {"order": str(number), "deleted": "", "type": "item", **item}
    return data


# --- through wagtail-localize


def test_a_translator_gives_words_to_the_source_and_learners_read_them(cast, django_capture_on_commit_callbacks):
    small_course = make_course(questions=1)
    question = small_course.questions[0]
    locale, _made = Locale.objects.get_or_create(language_code="ktv")
    source, _made = TranslationSource.update_or_create_from_instance(question)
    translation = Translation.objects.create(source=source, target_locale=locale)
    words = {"Câu hỏi 1?": "Một?", "Đúng": "Muy"}
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                data=words[segment.string.data],
            )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    texts = versions(question).last().texts["ktv"]
    assert sorted(texts.values()) == ["Muy", "Một?"]

    course = small_course.course.copy_for_translation(locale, copy_parents=True)
    quiz = small_course.quiz.copy_for_translation(locale)
    quiz.save_revision().publish()
    quiz.refresh_from_db()
    attempt = start(cast.learner, quiz, timezone.now())
    assert (attempt.course_key, attempt.quiz_key) == (course.key, small_course.quiz.translation_key)
    row = part_of(attempt, 1).rows[0]
    assert (row.question["text"], row.question["text"].lang) == ("Một?", "")
    assert {(str(choice.text), choice.text.lang) for choice in row.question["choices"]} == {
        ("Muy", ""),
        ("Sai 1", "vi"),
        ("Sai 2", "vi"),
    }
    # an attempt in one language is the attempt in every other
    assert start(cast.learner, small_course.quiz, timezone.now()) == attempt
