"""Six conversations and two branching cases ship, are seeded once as pages of their courses, and stay the editors'."""

import html

import pytest
from conversations import STARTERS
from factories import make_course
from sharing import shared
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, TranslationContext
from wagtail_localize.operations import translate_object
from wagtail_localize.strings import StringValue

from courses.approval.review_items import ReviewItem
from courses.content.lesson import ModulePage
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.rules.graph import read
from courses.practice.conversations.words import ConversationWords, shipped, words_for
from courses.starter.conversations import key_of, load_conversations

MAIN, FIRST = "ho-tro-tam-ly-ban-dau", "nhan-dien-nan-nhan"


@shared
def seeded():
    courses = {key: make_course(key, lessons=1, questions=1, title=key).course for key in (FIRST, MAIN)}
    load_conversations()
    return courses


def test_each_stands_in_a_module_of_its_course(seeded):
    titles = {
        key: list(ConversationPage.objects.descendant_of(course).order_by("path").values_list("title", flat=True))
        for key, course in seeded.items()
    }
    assert titles[MAIN] == [data["title"] for data in STARTERS[:6]]
    assert titles[FIRST] == ["Người đi cùng trả lời thay", "Tin nhắn từ khu lừa đảo"]
    modules = ModulePage.objects.filter(slug__in=["tap-hoi-chuyen", "tinh-huong-re-nhanh"])
    assert sorted(modules.values_list("title", flat=True)) == ["Tình huống rẽ nhánh", "Tập hỏi chuyện"]


@pytest.mark.parametrize("data", STARTERS, ids=lambda data: data["slug"])
def test_a_page_plays_what_its_file_says(seeded, data):
    page = ConversationPage.objects.get(translation_key=key_of(data))
    assert page.live
    assert page.conversation() == read(data)
    assert (page.minutes, page.required, page.scene) == (
        data["minutes"],
        False,
        data.get("picture", {}).get("scene", ""),
    )


def test_the_shared_words_are_those_of_the_file(seeded):
    file = shipped()
    words = words_for(Locale.get_default().pk)
    assert words["types"]["open"]["label"] == file["types"]["open"]["label"]
    assert words["trust_words"] == file["trust_words"]
    assert (words["before"], words["open_share"]) == (file["before"], file["open_share"])


def test_submitting_the_shared_words_for_translation_publishes_none_of_them(seeded, cast):
    words = ConversationWords.objects.get()
    lao, _created = Locale.objects.get_or_create(language_code="lo")
    translate_object(words, [lao], user=cast.manager)
    assert ConversationWords.objects.filter(locale=lao).exists()
    words.before = "Lời dẫn mới"
    words.save()
    assert words_for(lao.pk)["before"] == "Lời dẫn mới"
    context, _made = TranslationContext.objects.get_or_create(object_id=words.translation_key, path="before")
    string = String.from_value(words.locale, StringValue.from_plaintext(words.before))
    StringTranslation.objects.create(translation_of=string, context=context, locale=lao, data="ທົດສອບ")
    ConversationWords.objects.filter(locale=lao).update(before="ທົດສອບ")
    assert words_for(lao.pk)["before"] == "ທົດສອບ"
    assert words_for(words.locale_id)["before"] == "Lời dẫn mới"


def test_a_second_seed_changes_nothing_and_brings_nothing_back(seeded):
    edited = ConversationPage.objects.get(slug="cau-be-o-ray")
    edited.title = "Tên của người soạn"
    edited.save_revision().publish()
    ConversationPage.objects.get(slug="nguoi-me-tim-con").delete()
    words = ConversationWords.objects.get()
    words.before = "Lời dẫn của người soạn"
    words.save()
    load_conversations()
    assert ConversationPage.objects.get(slug="cau-be-o-ray").title == "Tên của người soạn"
    assert not ConversationPage.objects.filter(slug="nguoi-me-tim-con").exists()
    assert ConversationPage.objects.count() == 7
    assert ConversationWords.objects.get().before == "Lời dẫn của người soạn"


def test_a_course_that_is_not_there_gets_nothing(db):
    make_course(FIRST, lessons=1, questions=1)
    load_conversations()
    assert ConversationPage.objects.count() == 2


def test_block_ids_are_the_same_at_every_site(seeded):
    page = ConversationPage.objects.get(translation_key=key_of(STARTERS[0]))
    first = page.turns[0]
    # as on any other site: derived from the names in the file
    assert first.id == "5673b3de-088e-5fcb-81d9-212796d82f70"
    assert [child.id for child in page.turns] == [row["id"] for row in page.turns.raw_data]
    assert all(bound.id for bound in first.value["choices"].bound_blocks)


def test_no_page_for_learners_says_what_is_for_reviewers(seeded, cast, client_of):
    client = client_of(cast.learner)
    hidden = [
        s[name] for data in STARTERS for s in data["sources"] for name in ("read_at", "for_reviewer") if s.get(name)
    ]
    for page in ConversationPage.objects.all():
        address = client.post(f"/hoc-tap/hoi-chuyen/{page.pk}/bat-dau/")["Location"]
        for text in (client.get(page.url).content.decode(), client.get(address).content.decode()):
            assert "†" not in text
            assert [words for words in hidden if words in text] == []


@pytest.mark.parametrize("data", [one for one in STARTERS if one.get("picture")], ids=lambda data: data["slug"])
def test_the_page_draws_the_scene_with_its_words(seeded, cast, client_of, data):
    page = ConversationPage.objects.get(translation_key=key_of(data))
    page.full_clean()
    said = html.unescape(client_of(cast.learner).get(page.url).content.decode())
    assert f'role="img" aria-label="{data["picture"]["alt"]}"' in said


def test_what_reviewers_must_check_waits_in_the_list_of_the_course(seeded):
    wanted = {(s.get("for_reviewer") or "") for data in STARTERS for s in data["sources"]} - {""}
    assert wanted
    noted = "\n".join(ReviewItem.objects.filter(subject__in=seeded).values_list("text", flat=True))
    assert [note for note in wanted if note not in noted] == []
    there = ReviewItem.objects.count()
    load_conversations()
    assert ReviewItem.objects.count() == there
