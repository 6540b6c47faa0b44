"""Lessons and single blocks name the sectors and duties whom they concern most: a label and a list, never a lock."""

import json
from html import unescape

import pytest
from bodies import block, full_body, items
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from factories import make_course, make_posting, make_unit
from sharing import shared
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.certificates.completed import takeaways_in
from courses.content.blocks import lesson_body
from courses.content.bodies import render
from courses.content.concerns import Concerns, concerns_of, together
from courses.content.lesson import LessonPage
from courses.content.reading import reading_of
from courses.content.structure import read
from courses.content.texts import digest_of
from courses.learning.concerning import concerning
from courses.learning.outline import outline
from people.postings.posting import Duty
from people.times import today
from people.units.unit import Sector, UnitKind

KINDS = dict(lesson_body())
POLICE = {"sectors": ["cong_an"]}
PARAGRAPH = block("text", "<p>Hỏi từng câu.</p>", 1)
FOR_POLICE = block("text", {"text": "<p>Lập biên bản.</p>", **POLICE}, 2)
FOR_VERIFIERS = block("check", {
    "ask": "Ai ký?",
    "options": items(
        {"text": "A", "right": True, "feedback": "Đúng."}, {"text": "B", "right": False, "feedback": "Chưa."}
    ),
    "duties": ["xac_minh"],
}, 3)  # fmt: skip
VALUES = {
    "scene": "Một.\n\nHai.",
    "decision": {"ask": "Làm gì?", "options": items(
        *({"text": v, "verdict": v, "consequence": "x", "remark": "y"} for v in ("best", "harmful"))
    )},
    "text": "<p>Hỏi <b>từng câu</b>.</p>",
    "steps": {"title": "", "steps": items({"do": "Mời ngồi", "who": "", "when": ""})},
    "say": {"right": items("Mời chị."), "wrong": items("Sao dại?"), "because": ""},
    "law": {"quote": "Trích.", "article": "Điều 2", "plain": "", "source": "", "url": ""},
    "check": {"ask": "Câu nào?", "options": items({"text": "A", "right": True, "feedback": "x"})},
    "checklist": {"title": "Trước khi hỏi", "items": items("Nơi riêng")},
    "term": {"word": "Từ", "meaning": "Nghĩa."},
    "takeaway": "Nhớ nghe.",
    "picture": {"scene": "clinic", "image": None, "alt": "", "caption": ""},
    "audio": {"recording": None, "title": ""},
    "video": {"recording": None, "title": ""},
    "callout": {"tone": "warn", "title": "Dừng", "text": "<p>x</p>"},
    "case": {"title": "Ở bàn", "story": "<p>x</p>", "question": "", "answer": ""},
    "comparison": {"title": "", "do": items("Nói chậm"), "dont": items("Hỏi dồn")},
    "download": {"document": None, "title": "", "note": ""},
    "contact": {"contact": None, "note": ""},
}  # fmt: skip
each_kind = pytest.mark.parametrize("kind", KINDS)


@shared
def small_course():
    return make_course(lessons=3)


@pytest.fixture
def police(cast):
    unit = make_unit("CA-48", "Công an thành phố", UnitKind.AGENCY, cast.units.da_nang, sector=Sector.POLICE)
    make_posting(cast.stranger, unit)
    return cast.stranger


def verifying(person, cast):
    posting = make_posting(person, cast.units.da_nang)
    posting.duties.add(Duty.objects.get(key="xac_minh"))
    return person


def fill(lesson, *blocks, **fields):
    lesson.body = json.dumps([*blocks])
    for name, value in fields.items():
        setattr(lesson, name, value)
    lesson.save()
    return lesson


def page_of(*blocks) -> LessonPage:
    return LessonPage(title="Mục", body=json.dumps([*blocks]))


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# the rule


def test_who_is_meant_is_anybody_in_one_of_the_sectors_or_with_one_of_the_duties():
    concerns = Concerns(("cong_an",), (("xac_minh", "Xác minh"),))
    assert concerns.meet({"cong_an"}, set())
    assert concerns.meet({"y_te"}, {"xac_minh"})
    assert not concerns.meet({"y_te"}, {"giang_day", None})
    assert not Concerns().meet({"cong_an"}, {"xac_minh"})
    assert concerns.names == ["Công an", "Xác minh"]


def test_what_is_unknown_or_missing_names_nobody():
    assert concerns_of({"sectors": ["cong_an", "khong-co"], "duties": ["da_bo"]}, {}) == Concerns(("cong_an",))
    assert not concerns_of({"duties": ["da_bo"]}, {"xac_minh": "Xác minh"})
    assert not concerns_of({"sectors": None}, {})


def test_several_together_name_each_once():
    first, second = Concerns(("cong_an",), (("a", "A"),)), Concerns(("bien_phong", "cong_an"), (("a", "A"),))
    assert together([first, second]).names == ["Công an", "Biên phòng", "A"]


# stored as it was


@each_kind
@pytest.mark.django_db
def test_a_block_that_names_nobody_is_stored_as_it_was_written(kind):
    stored = KINDS[kind].get_prep_value(KINDS[kind].to_python(VALUES[kind]))
    assert stored == VALUES[kind]
    assert KINDS[kind].get_prep_value(KINDS[kind].bulk_to_python([VALUES[kind]])[0]) == VALUES[kind]


@each_kind
@pytest.mark.django_db
def test_every_block_keeps_whom_it_names(kind):
    plain = VALUES[kind] if isinstance(VALUES[kind], dict) else {"text": VALUES[kind]}
    marked = {**plain, "sectors": ["cong_an"], "duties": ["xac_minh"]}
    assert KINDS[kind].get_prep_value(KINDS[kind].to_python(marked)) == marked


def test_the_digest_of_a_lesson_changes_when_somebody_is_named_and_only_then(small_course):
    """The digest is the one that approvals kept before anybody could be named; numbers to call were typed then."""
    body = json.dumps([one for one in json.loads(full_body()) if one["type"] != "contact"])
    lesson = LessonPage(title="Mục", minutes=4, objective="Làm được", sources="Luật 53", body=body)
    assert digest_of(lesson) == "05cfb2718cb70118afa65b20cb5ea7a7"
    edited = page_of(PARAGRAPH, block("takeaway", "Nhớ.", 8), block("term", {"word": "Từ", "meaning": "Nghĩa."}, 9))
    before = digest_of(edited)
    # as a form does, which makes values of the stored words and stores them again
    assert [bound.value for bound in edited.body]
    assert digest_of(edited) == before
    before = digest_of(page_of(PARAGRAPH))
    assert digest_of(page_of({**PARAGRAPH, "value": {"text": PARAGRAPH["value"], **POLICE}})) != before
    named = page_of(PARAGRAPH)
    named.duties = ["xac_minh"]
    assert digest_of(named) != before


def test_names_are_neither_read_nor_searched():
    value = {"text": "<p>Lập biên bản.</p>", "sectors": ["cong_an"], "duties": ["xac_minh"]}
    assert reading_of((), [block("text", value)]) == reading_of((), [block("text", value["text"])])
    assert KINDS["text"].get_searchable_content(KINDS["text"].to_python(value)) == ["Lập biên bản."]


def test_a_takeaway_that_names_somebody_is_still_taken_away():
    marked = block("takeaway", {"text": " Nhớ nghe. ", **POLICE})
    assert takeaways_in(json.dumps([marked, block("takeaway", "Và hỏi.")])) == ["Nhớ nghe.", "Và hỏi."]


# the label


@pytest.mark.django_db
def test_a_block_says_for_whom_it_is_most_and_the_others_say_nothing():
    html = " ".join(str(piece) for piece in render(page_of(PARAGRAPH, FOR_POLICE)).pieces)
    label = '<span class="sm mute">Nhất là:</span><span class="tag info">Công an</span>'
    assert html.count("Nhất là") == 1
    assert html.index(FOR_POLICE["id"]) < html.index(label) < html.index("Lập biên bản")


def test_what_is_drawn_for_the_person_is_labelled_too(small_course, cast, client_of):
    checklist = block("checklist", {"title": "Trước", "items": items("Nơi riêng"), **POLICE}, 4)
    lesson = fill(small_course.lessons[0], PARAGRAPH, FOR_VERIFIERS, checklist)
    html = words(client_of(cast.learner).get(lesson.url))
    assert html.count("Nhất là:") == 2
    assert f'id="b-{FOR_VERIFIERS["id"]}"><p class="concerns' in html
    assert '<span class="tag info">Xác minh, xác định nạn nhân</span>' in html
    assert html.index(checklist["id"]) < html.index('<span class="tag info">Công an</span>')


def test_a_duty_that_the_province_deleted_is_shown_nowhere(small_course, cast, client_of):
    lesson = fill(small_course.lessons[0], PARAGRAPH, FOR_VERIFIERS, duties=["xac_minh"])
    reader = client_of(verifying(cast.stranger, cast))
    assert "Xác minh, xác định" in words(reader.get(lesson.url))
    assert "Nhất là cho anh chị" in words(reader.get(small_course.course.url))
    Duty.objects.get(key="xac_minh").delete()
    assert "Nhất là" not in words(reader.get(lesson.url))
    assert "Nhất là" not in words(reader.get(small_course.course.url))


def test_a_duty_is_called_by_its_name_of_today(small_course, cast, client_of):
    lesson = fill(small_course.lessons[0], FOR_VERIFIERS)
    reader = client_of(cast.learner)
    assert "Xác minh, xác định" in words(reader.get(lesson.url))
    duty = Duty.objects.get(key="xac_minh")
    duty.name = "Nhận diện tại xã"
    duty.save()
    assert '<span class="tag info">Nhận diện tại xã</span>' in words(reader.get(lesson.url))


# the list at the course's head


def test_the_course_lists_lessons_and_single_blocks_for_a_sector(small_course, police, cast, client_of):
    whole, part, other = small_course.lessons
    fill(whole, PARAGRAPH, sectors=["cong_an"])
    fill(part, PARAGRAPH, FOR_POLICE, block("takeaway", {"text": "Nhớ.", "sectors": ["cong_an", "bien_phong"]}, 5))
    fill(other, FOR_VERIFIERS)
    html = words(client_of(police).get(small_course.course.url))
    head = html.split("Nhất là cho anh chị")[1].split("</section>")[0]
    assert f'<a href="{whole.url}">{whole.title}</a> <span class="sm mute">Công an</span>' in head
    assert (
        f'<a href="{part.url}#b-{FOR_POLICE["id"]}">{part.title}</a> '
        '<span class="sm mute">2 phần: Công an · Biên phòng</span>'
    ) in head
    assert other.title not in head
    assert "Nhất là cho anh chị" not in words(client_of(cast.learner).get(small_course.course.url))


def test_the_course_lists_lessons_and_single_blocks_for_a_duty(small_course, cast, client_of):
    whole, part, other = small_course.lessons
    fill(whole, PARAGRAPH, duties=["xac_minh"])
    fill(part, FOR_VERIFIERS)
    fill(other, FOR_POLICE)
    read_course = outline(small_course.course)
    listed = concerning(verifying(cast.stranger, cast), read_course, today())
    assert [(one.step.title, one.passages) for one in listed] == [(whole.title, 0), (part.title, 1)]
    assert listed[1].url == f"{part.url}#b-{FOR_VERIFIERS['id']}"
    for page in (small_course.module, whole):
        assert '<span class="tag info">Xác minh, xác định nạn nhân</span>' in words(
            client_of(cast.learner).get(page.url)
        )


def test_all_of_it_stays_open_and_in_its_place_for_everybody(small_course, cast, client_of):
    before = [step.page_id for step in read(small_course.course).steps]
    lesson = fill(small_course.lessons[1], FOR_POLICE, sectors=["cong_an"], duties=["xac_minh"])
    assert [step.page_id for step in read(small_course.course).steps] == before
    assert "Lập biên bản" in words(client_of(cast.learner).get(lesson.url))


# what it costs


def test_a_course_that_names_nobody_asks_nothing_more(small_course, cast, django_assert_num_queries):
    course = outline(small_course.course)
    with django_assert_num_queries(0):
        assert concerning(cast.learner, course, today()) == []
    with django_assert_num_queries(0):
        render(page_of(PARAGRAPH, block("takeaway", "Nhớ.")))


def queries_of(page, client_of, person) -> int:
    client = client_of(person)
    client.get(page.url)
    with CaptureQueriesContext(connection) as seen:
        client.get(page.url)
    return len(seen)


def test_any_number_of_named_blocks_costs_one_query_at_the_course_and_none_in_the_lesson(
    small_course, police, client_of
):
    course, lesson = small_course.course, small_course.lessons[0]
    nobody = queries_of(course, client_of, police), queries_of(lesson, client_of, police)
    fill(lesson, FOR_POLICE)
    assert queries_of(course, client_of, police) == nobody[0] + 1
    for one in small_course.lessons:
        fill(one, FOR_POLICE, block("term", {"word": "a", "meaning": "b", "duties": ["xac_minh"]}, 7), **POLICE)
    cache.clear()
    assert queries_of(course, client_of, police) == nobody[0] + 1
    assert queries_of(lesson, client_of, police) == nobody[1]


def test_reading_a_course_asks_for_duties_only_where_one_may_be_named(small_course):
    counts = []
    read(small_course.course)
    for blocks in ([PARAGRAPH], [FOR_VERIFIERS], [FOR_VERIFIERS, FOR_POLICE]):
        fill(small_course.lessons[0], *blocks)
        with CaptureQueriesContext(connection) as seen:
            read(small_course.course)
        counts.append(len(seen))
    assert counts[1:] == [counts[0] + 1] * 2


# editing and translating


def test_an_editor_names_them_in_the_form_of_the_block(small_course, admin_client):
    lesson = fill(small_course.lessons[0], PARAGRAPH)
    edit = f"/cms/pages/{lesson.pk}/edit/"
    form = unescape(admin_client.get(edit).content.decode())
    # one list of duties for all kinds of blocks, and one for the lesson
    assert form.count(json.dumps("Nhất là cho người có nhiệm vụ")) == 1
    assert form.count("Xác minh, xác định nạn nhân") == 1
    value = {"text": rich_text("<p>Mới.</p>"), "sectors": "cong_an", "duties": "xac_minh"}
    form = nested_form_data({
        "title": lesson.title, "slug": lesson.slug, "objective": "", "sources": "", "minutes": "5", "required": "on",
        "sectors": "y_te", "duties": "giang_day", "body": streamfield([("text", value)]), "seo_title": "",
        "search_description": "", "action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    })  # fmt: skip
    answer = admin_client.post(edit, form)
    assert answer.status_code == 302, answer.context["form"].errors
    lesson.refresh_from_db()
    assert (lesson.sectors, lesson.duties) == (["y_te"], ["giang_day"])
    assert lesson.body.get_prep_value()[0]["value"]["sectors"] == ["cong_an"]
    assert lesson.body.get_prep_value()[0]["value"]["duties"] == ["xac_minh"]


def test_a_lesson_whose_duty_went_is_published_all_the_same(small_course):
    lesson = small_course.lessons[0]
    lesson.duties = ["da_bo"]
    lesson.full_clean()
    for wrong in (["a", "a"], "xac_minh", [1]):
        lesson.duties = wrong
        with pytest.raises(ValidationError, match="Chọn nhiệm vụ trong danh sách"):
            lesson.full_clean()


def test_the_form_offers_the_duties_of_today_and_the_block_refuses_others(db):
    Duty.objects.create(key="nhan_dien", name="Nhận diện")
    named = KINDS["text"].to_python({"text": "<p>x</p>", "duties": ["nhan_dien"]})
    assert KINDS["text"].clean(named)["duties"] == ["nhan_dien"]
    with pytest.raises(ValidationError):
        KINDS["text"].clean(KINDS["text"].to_python({"text": "<p>x</p>", "duties": ["khong_co"]}))


def test_a_translation_keeps_its_words_when_a_block_comes_to_name_somebody(small_course):
    """The address of a paragraph's words is that of its block, before and after."""
    lesson = fill(small_course.lessons[0], PARAGRAPH, block("takeaway", "Nhớ.", 8))
    english, _made = Locale.objects.get_or_create(language_code="en")
    for page in (*lesson.get_ancestors().specific()[1:], lesson):
        source, _made = TranslationSource.update_or_create_from_instance(page.specific)
        translated, _made = Translation.objects.get_or_create(source=source, target_locale=english)
        for segment in source.stringsegment_set.select_related("string", "context"):
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=f"en: {segment.string.data}",
            )
        translated.save_target(publish=True)
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert {f"body.{PARAGRAPH['id']}", f"body.{block('', '', 8)['id']}"} <= paths
    fill(lesson, {**PARAGRAPH, "value": {"text": PARAGRAPH["value"], **POLICE}}, block("takeaway", "Nhớ.", 8))
    source, _made = TranslationSource.update_or_create_from_instance(lesson)
    assert set(source.stringsegment_set.values_list("context__path", flat=True)) == paths
    Translation.objects.get(pk=translated.pk).save_target(publish=True)
    theirs = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    value = theirs.body.get_prep_value()[0]["value"]
    assert "en: Hỏi từng câu." in value["text"]
    assert value["sectors"] == ["cong_an"]
    with translation.override("en"):
        html = " ".join(str(piece) for piece in render(theirs).pieces)
    assert "tag info" in html
