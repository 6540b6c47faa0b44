"""A lesson that is translated keeps the ids of its options, so what was chosen in one language counts in the other."""

import json

import pytest
from django.utils import timezone
from factories import make_course
from sharing import shared
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.content.bodies import choices_of
from courses.content.lesson import LessonPage
from courses.progress.lessons import LessonSeen
from courses.progress.tries import Try, tries_of
from courses.starter.edition import lesson_fields, modules_of

LESSON = modules_of("nhan-dien-nan-nhan")[0]["lessons"][0]
VERDICTS = ["harmful", "best", "acceptable", "harmful"]


def in_english(text: str) -> str:
    return f"en: {text}"


@shared
def translated():
    """The lesson in Vietnamese and, word by word, in English."""
    small_course = make_course(lessons=1)
    lesson = small_course.lessons[0]
    for name, value in lesson_fields(LESSON, ("k", "2", LESSON["slug"])).items():
        setattr(lesson, name, value)
    lesson.sectors = ["cong_an"]
    lesson.save()
    english, _made = Locale.objects.get_or_create(language_code="en")
    for page in (small_course.course.get_parent().get_parent(), *lesson.get_ancestors().specific()[2:], lesson):
        source, _made = TranslationSource.update_or_create_from_instance(page.specific)
        translation, _made = Translation.objects.get_or_create(source=source, target_locale=english)
        for segment in source.stringsegment_set.select_related("string", "context"):
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                defaults={"data": in_english(segment.string.data)},
            )
        translation.save_target(publish=True)
    small_course.vietnamese = LessonPage.objects.get(pk=lesson.pk)
    small_course.english = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    # what wagtail-localize does when the transaction is over
    for page in small_course.english.get_ancestors(inclusive=True).filter(locale=english):
        page.specific.save_revision().publish()
    small_course.english.refresh_from_db()
    return small_course


def test_the_translation_has_the_words_of_its_language_and_the_ids_of_the_source(translated):
    for ours, theirs in zip(choices_of(translated.vietnamese), choices_of(translated.english), strict=True):
        assert (ours.block_id, ours.kind) == (theirs.block_id, theirs.kind)
        assert theirs.ask == in_english(ours.ask)
        for option, other in zip(ours.options, theirs.options, strict=True):
            assert (option.id, option.tone) == (other.id, other.tone)
            assert (in_english(option.text), in_english(option.remark)) == (other.text, other.remark)
    assert translated.english.sectors == ["cong_an"]
    assert translated.english.minutes == translated.vietnamese.minutes


def test_every_text_of_the_lesson_can_be_translated(translated):
    body = json.dumps(translated.english.body.get_prep_value(), ensure_ascii=False)
    for block in LESSON["blocks"]:
        for kind, value in block.items():
            for text in texts(value):
                first = text.replace("**", "").split(".")[0].split("\n")[0]
                assert first in body.replace("<b>", "").replace("</b>", ""), kind
    assert body.count("en: ") > 30


def texts(node):
    if isinstance(node, dict):
        return [text for key, value in node.items() if key != "verdict" for text in texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts(value)]
    return [node] if isinstance(node, str) else []


@pytest.mark.parametrize("first", ["vietnamese", "english"])
def test_what_was_chosen_in_one_language_counts_in_the_other(translated, cast, client_of, first):
    here = client_of(cast.learner)
    pages = [translated.vietnamese, translated.english]
    one, other = pages if first == "vietnamese" else reversed(pages)
    decision, *rest = choices_of(one)
    here.post(f"/hoc-tap/muc/{one.pk}/chon/", {"block": decision.block_id, "option": decision.options[0].id})
    html = here.get(other.url).content.decode()
    assert html.count("data-answer") == 1
    here.post(f"/hoc-tap/muc/{other.pk}/xong/")
    assert LessonSeen.objects.get().done_at is None
    for choice in rest:
        here.post(f"/hoc-tap/muc/{other.pk}/chon/", {"block": choice.block_id, "option": choice.options[0].id})
    assert LessonSeen.objects.get().done_at <= timezone.now()
    assert Try.objects.count() == len(tries_of(cast.learner, one.translation_key)) == 3
