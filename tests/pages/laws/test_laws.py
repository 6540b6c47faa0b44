"""An article of law leads to what cites it, and back; nobody is led to what she may not open."""

import json
from uuid import uuid4

import pytest
from conversations import make_conversation
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import timezone
from factories import make_course, make_page, make_person
from sharing import shared
from wagtail.models import Locale, PageViewRestriction

from courses.certificates.issuing import issue
from courses.citing.steps import LESSONS
from courses.completions.completion import Completion
from courses.practice.observed.rubric import Guide, Rubric
from courses.questions.writing import create_or_update_question
from courses.standing.rules import seed_requirements
from courses.starter.rubrics import load_rubrics
from pages.home.page import create_home
from pages.laws.citation import LawCitation
from pages.laws.indexing import index_all
from pages.laws.kinds import kinds
from pages.laws.known import KNOWN, slug_of
from pages.models import TextPage
from pages.serving.version import raise_version
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
HOME, LAW = "/tra-luat/", "/tra-luat/53-2024-qh15/"
ARTICLE = f"{LAW}dieu-3/"
LAW_BLOCK = {"quote": "Cấm.", "article": "Điều 3 khoản 9 Luật 53/2024/QH15", "plain": "", "source": "", "url": ""}


@shared
def citing(cast):
    """Its first lesson cites Điều 3 khoản 9 and khoản 10, and Điều 37 among its sources; its second cites nothing."""
    made = make_course()
    lesson = made.lessons[0]
    lesson.body = json.dumps([{"type": "law", "id": str(uuid4()), "value": LAW_BLOCK}])
    lesson.sources = "Luật 53/2024/QH15, Điều 3 khoản 10\nLuật 53/2024/QH15, Điều 37"
    lesson.save_revision().publish()
    return made


@pytest.fixture
def course(citing):
    raise_version()
    return citing


def shown(client_of, person, address=ARTICLE):
    return client_of(person).get(address).content.decode()


# --- the index


def test_a_lesson_is_in_the_index_once_it_is_published_and_out_of_it_once_it_is_not(course):
    rows = LawCitation.objects.filter(kind=LESSONS)
    assert set(rows.values_list("article", "clause")) == {("3", "9"), ("3", "10"), ("37", "")}
    assert set(rows.values_list("target", flat=True)) == {str(course.lessons[0].translation_key)}
    course.lessons[0].unpublish()
    assert not LawCitation.objects.filter(kind=LESSONS, is_draft=False).exists()
    course.lessons[0].delete()
    assert not LawCitation.objects.filter(kind=LESSONS).exists()


def test_a_saved_draft_is_in_the_index_as_a_draft_alone(course, django_capture_on_commit_callbacks):
    lesson = course.lessons[1]
    lesson.sources = "Luật 53/2024/QH15, Điều 27"
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision()
    assert list(LawCitation.objects.filter(article="27").values_list("is_draft", flat=True)) == [True]
    lesson.save_revision().publish()
    assert list(LawCitation.objects.filter(article="27").values_list("is_draft", flat=True)) == [False]


def test_the_night_makes_the_same_rows_and_mends_what_came_without_a_signal(course):
    before = set(LawCitation.objects.values_list("pk", flat=True))
    index_all()
    assert set(LawCitation.objects.values_list("pk", flat=True)) == before
    LawCitation.objects.all().delete()
    LawCitation.objects.create(kind=LESSONS, target="gone", document="1/2020/QH14")
    index_all()
    assert LawCitation.objects.count() == len(before)
    assert not LawCitation.objects.filter(target="gone").exists()


def test_a_place_cites_an_article_once(course):
    row = LawCitation.objects.filter(kind=LESSONS).first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_makes_a_kind_is_registered_by_the_apps():
    assert [kind.key for kind in kinds()] == [
        *("lessons", "conversations", "cards", "questions", "rubrics", "practice_guide", "rules", "texts"),
        *("school_lessons", "schools", "messages", "campaigns", "printed"),
    ]
    assert len({slug_of(one.number) for one in KNOWN}) == len(KNOWN)


# --- there and back


def test_an_article_leads_to_its_lesson_and_the_lesson_back(course, client_of, cast):
    page = shown(client_of, cast.learner)
    lesson = course.lessons[0]
    assert f'href="{lesson.get_url()}' in page
    assert "khoản 9" in page
    assert "#b-" in page
    read = client_of(cast.learner).get(lesson.get_url()).content.decode()
    assert f'href="{ARTICLE}"' in read
    assert f'href="{LAW}dieu-37/"' in read
    assert "Điều 3" in shown(client_of, cast.learner, LAW)
    assert f'href="{LAW}"' in shown(client_of, cast.learner, HOME)


def test_a_lesson_that_is_shut_is_named_and_leads_nowhere(course, client_of, cast):
    course.course.order_enforced = True
    course.course.save_revision().publish()
    course.lessons[1].sources = "Luật 53/2024/QH15, Điều 3"
    course.lessons[1].save_revision().publish()
    page = shown(client_of, cast.learner)
    assert "chưa mở" in page
    assert f'href="{course.lessons[1].get_url()}' not in page


def test_a_question_is_told_of_to_who_may_change_it_alone(course, client_of, cast):
    question = create_or_update_question(
        category="luat",
        name="Câu luật",
        kind="single_choice",
        text="Điều nào?",
        choices=[{"text": "Đúng", "right": True}, {"text": "Sai"}],
        explanation="",
        source="Luật 53/2024/QH15, Điều 61",
    )
    index_all()
    address = f"{LAW}dieu-61/"
    for person in (cast.learner, cast.unit_head, cast.editor, cast.teacher, cast.observer):
        assert client_of(person).get(address).status_code == 404, person
        assert "dieu-61/" not in shown(client_of, person, LAW)
        assert "dieu-61/" not in shown(client_of, person, f"{HOME}?q=Điều+61")
    page = shown(client_of, cast.manager, address)
    assert f"/edit/{question.pk}/" in page
    assert "Câu luật" in page


def test_a_draft_is_told_of_to_who_may_edit_it_alone(course, client_of, cast, django_capture_on_commit_callbacks):
    lesson = course.lessons[1]
    lesson.sources = "Luật 53/2024/QH15, Điều 28"
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision()
    address = f"{LAW}dieu-28/"
    assert client_of(cast.learner).get(address).status_code == 404
    page = shown(client_of, cast.manager, address)
    assert f"/cms/pages/{lesson.pk}/edit/" in page
    assert "bản nháp" in page


def test_a_card_and_a_public_page_are_led_to(course, client_of, cast):
    card = {
        "title": "Thẻ luật",
        "audience": "",
        "lines": [{"type": "item", "id": str(uuid4()), "value": "Luật 53/2024/QH15, Điều 3"}],
    }
    key = str(uuid4())
    course.module.cards = json.dumps([{"type": "card", "id": key, "value": card}])
    course.module.save_revision().publish()
    text = make_page(create_home(), TextPage, "Luật nói gì", slug="luat-noi-gi", sources="Điều 3 Luật 53/2024/QH15")
    text.save_revision().publish()
    raise_version()
    page = shown(client_of, cast.learner)
    assert f"/hoc-tap/the/{course.course.key}/{key}/" in page
    assert "Luật nói gì" in page
    card = client_of(cast.learner).get(f"/hoc-tap/the/{course.course.key}/{key}/").content.decode()
    assert f'href="{ARTICLE}"' in card


def test_a_conversation_is_led_to_by_what_its_learner_reads_and_leads_back(course, client_of, cast):
    page = make_conversation(course.module)
    told = {"cite": "Luật 53/2024/QH15, Điều 3", "for_reviewer": "Xem Luật 53/2024/QH15, Điều 50"}
    page.sources = json.dumps([{"type": "source", "id": str(uuid4()), "value": told}])
    page.save_revision().publish()
    raise_version()
    assert f'href="{page.get_url()}' in shown(client_of, cast.learner)
    assert f'href="{ARTICLE}"' in shown(client_of, cast.learner, page.get_url())
    assert client_of(cast.learner).get(f"{LAW}dieu-50/").status_code == 404


def test_a_page_that_is_shut_to_some_is_not_told_of(course, client_of, cast):
    text = make_page(create_home(), TextPage, "Trang kín", slug="trang-kin", sources="Điều 3 Luật 53/2024/QH15")
    text.save_revision().publish()
    PageViewRestriction.objects.create(page=text, restriction_type="login")
    assert "Trang kín" not in shown(client_of, cast.learner)


def test_a_change_of_the_law_leads_to_its_rule_for_who_sets_rules(course, client_of, cast):
    requirement = seed_requirements(timezone.now().replace(year=2024))[0]
    rule = requirement.rules.first()
    rule.pk, rule.effective_from = None, timezone.localdate()
    rule.law, rule.law_begins = "Luật 53/2024/QH15", timezone.localdate()
    rule.save()
    assert requirement.name in shown(client_of, cast.manager, LAW)
    assert requirement.name not in shown(client_of, cast.learner, LAW)
    local = make_person("Quản Lý Xã")
    give(local, RoleKind.PROVINCE_MANAGER, cast.units.tay_giang)
    assert requirement.name not in shown(client_of, local, LAW)


def test_ones_own_certificate_is_led_to_and_nobody_elses(course, client_of, cast):
    done = Completion.objects.create(
        person=cast.learner, course_key=course.course.key, completed_on=timezone.localdate(), source="quiz"
    )
    [certificate] = issue([done], timezone.now())
    for address in (ARTICLE, f"{LAW}dieu-37/"):
        assert f"/chung-nhan/{certificate.written_code}/" in shown(client_of, cast.learner, address)
        assert certificate.written_code not in shown(client_of, cast.other_learner, address)
        assert certificate.written_code not in shown(client_of, cast.manager, address)


def test_who_is_not_signed_in_is_led_to_sign_in(course, client):
    for address in (HOME, LAW, ARTICLE):
        assert "/tai-khoan/login/" in client.get(address).headers.get("Location", "")


def test_what_is_not_there_is_not_found(course, client_of, cast):
    for address in (f"{HOME}1-2000-qh9/", f"{LAW}dieu-999/", f"{LAW}dieu-x/"):
        assert client_of(cast.learner).get(address).status_code == 404


@pytest.mark.parametrize("typed", ["Điều 3", "khoản 9 Điều 3 Luật 53/2024/QH15", "mua ban nguoi", "53/2024/QH15"])
def test_it_is_found_as_people_type_it(course, client_of, cast, typed):
    page = client_of(cast.learner).get(HOME, {"q": typed}).content.decode()
    assert f'href="{ARTICLE}"' in page


def test_what_is_not_found_is_said_with_what_was_typed(course, client_of, cast):
    page = client_of(cast.learner).get(HOME, {"q": "<b>Điều 999"}).content.decode()
    assert "&lt;b&gt;Điều 999" in page
    assert "<b>Điều 999" not in page


def test_a_lesson_that_cites_an_article_in_two_places_stands_there_once(course, client_of, cast):
    page = shown(client_of, cast.learner)
    assert page.count(f'href="{course.lessons[0].get_url()}') == 1
    assert "khoản 9, khoản 10" in page


# --- links in texts


def drawn(text):
    return Template("{% load laws %}{{ text|law_links }}").render(Context({"text": text}))


def test_a_citation_in_a_text_is_a_link_and_the_rest_is_escaped():
    link = f'<a href="{LAW}dieu-15/">khoản 2 Điều 15</a>'
    assert drawn("<i>khoản 2 Điều 15 Luật 53/2024/QH15") == f"&lt;i&gt;{link} Luật 53/2024/QH15"
    assert drawn("Điều 4, 5 Luật 53/2024/QH15") == f'<a href="{LAW}">Điều 4, 5</a> Luật 53/2024/QH15'
    assert drawn("Luật 53/2024/QH15") == f'Luật <a href="{LAW}">53/2024/QH15</a>'
    assert drawn("Điều 5 của nội quy") == "Điều 5 của nội quy"
    assert drawn("") == ""


def test_pages_ask_as_many_queries_for_many_citations_as_for_few(
    course, client_of, cast, django_assert_max_num_queries
):
    client = client_of(cast.learner)
    for address in (HOME, LAW, ARTICLE):
        client.get(address)
        with django_assert_max_num_queries(30) as first:
            client.get(address)
        rows = [
            LawCitation(kind=LESSONS, target=str(course.lessons[0].translation_key), place=f"p{n}{len(address)}",
                        document="53/2024/QH15", slug="53-2024-qh15", article=str(n % 90), clause="")
            for n in range(300)
        ]  # fmt: skip
        LawCitation.objects.bulk_create(rows)
        with django_assert_max_num_queries(len(first)):
            client.get(address)


def test_aliases_and_translations_are_not_counted_twice(course):
    lesson = course.lessons[0]
    english = Locale.objects.get_or_create(language_code="en")[0]
    lesson.copy_for_translation(english, copy_parents=True).save_revision().publish()
    index_all()
    assert LawCitation.objects.filter(kind=LESSONS, article="37").count() == 1


def test_a_rubric_and_its_guide_are_told_of_to_who_looks_after_them_alone(client_of, cast):
    source = [
        {"type": "source", "id": str(uuid4()), "value": {"cite": "Luật 53/2024/QH15, Điều 44", "for_reviewer": "Xem"}}
    ]
    load_rubrics()
    rubric, guide = Rubric.objects.first(), Guide.objects.get()
    for row in (rubric, guide):
        row.sources = json.dumps(source)
        row.save()
    address = f"{LAW}dieu-44/"
    page = shown(client_of, cast.manager, address)
    assert f"/edit/{rubric.pk}/" in page
    assert rubric.title in page
    assert "Hướng dẫn chung" in page
    assert "không còn dùng" not in page
    for person in (cast.learner, cast.trainer, cast.unit_head, cast.editor, cast.observer):
        assert client_of(person).get(address).status_code == 404, person
        assert "dieu-44/" not in shown(client_of, person, f"{HOME}?q=Điều+44")
    rubric.active = False
    rubric.save()
    assert "không còn dùng" in shown(client_of, cast.manager, address)
    Rubric.objects.update(sources="[]")
    Guide.objects.update(sources="[]")
    index_all()
    assert client_of(cast.manager).get(address).status_code == 404
