"""Packs: facets, steps, the plan of 30 minutes, paper, approval, and what an upgrade brings to what stands."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from sharing import shared

from campaigns.schools.approvals import PackApproval, approval_of, was_approved
from campaigns.schools.blocks.timeline import refuse_short_plan
from campaigns.schools.facets import Band, bands_of_grade, checked_bands, place_in_year
from campaigns.schools.lesson import SchoolLessonPage, digest_of
from campaigns.schools.paper import pack_data
from campaigns.schools.paper_cost import cost_of, sheets_for
from campaigns.schools.steps import short_steps_of, steps_of
from campaigns.starter.lessons import LESSONS, complete_schools, create_schools
from pages.home.page import create_home

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
bands_of = import_module("campaigns.migrations.0017_packs_known").bands_of


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


# --- pure rules


@pytest.mark.parametrize(
    ("grades", "bands"),
    [("Lớp 4–5", ["4-5"]), ("Lớp 6–9", ["6-9"]), ("Lớp 9-10", ["6-9", "10-12"]), ("Lớp 7", ["6-9"]), ("Mọi lớp", [])],
)
def test_bands_are_read_off_the_grades_that_a_page_names(grades, bands):
    assert bands_of(grades) == bands


def test_a_grade_has_its_band_and_a_class_without_grades_is_vocational():
    assert bands_of_grade(5) == [Band.UPPER_PRIMARY]
    assert bands_of_grade(1) == []
    assert bands_of_grade(None) == [Band.VOCATIONAL]
    with pytest.raises(ValidationError):
        checked_bands(["4-5", "4-5"])


def test_the_school_year_begins_in_september():
    assert [place_in_year(month) for month in (9, 12, 1, 5, None)] == [0, 3, 4, 8, 9]


@pytest.mark.parametrize("minutes", [[10, None], [10, 10], [30, 1]])
def test_a_plan_of_30_minutes_has_all_steps_and_30_minutes(minutes):
    with pytest.raises(ValidationError):
        refuse_short_plan(minutes)
    refuse_short_plan([20, 10, 0])
    refuse_short_plan([None, None])


# --- the starter packs


@pytest.mark.parametrize("slug", LESSONS)
def test_every_starter_pack_is_taught_in_45_minutes_and_in_30(packs, slug):
    steps, short = steps_of(packs[slug]), short_steps_of(packs[slug])
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert sum(step.minutes for step in steps) == 45
    assert sum(step.minutes for step in short) == 30
    codes = {part.value["code"] for part in packs[slug].printed}
    assert {code for step in steps for code in step.codes} <= codes
    assert packs[slug].bands
    assert packs[slug].to_parents


def test_what_a_class_sees_never_holds_what_the_teacher_says(packs):
    for page in packs.values():
        for step in steps_of(page):
            if step.has_shown:
                assert "Thầy/cô" not in step.shown.source
                assert "Chốt" not in step.shown.source


def test_a_class_costs_the_paper_of_each_part(packs):
    page = packs["lop-4-5"]
    # 30 pupils: a sheet each, half of one each two, a quarter each
    assert sheets_for(page.part("A1"), "pupil") == 30
    assert sheets_for(page.part("A5"), "pair") == 8
    assert sheets_for(page.part("A3"), "pupil") == 8
    assert sheets_for(page.part("A2"), "class") == 1
    cost = cost_of(page)
    assert cost.unsaid == ()
    assert cost.whole_class == 30 + 1 + 8 + 1 + 8 + 8 + 1 + 15


# --- finding


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ("bac=6-9", ["lop-6-9"]),
        ("bac=nghe", ["viec-qua-dien-thoai"]),
        ("chu-de=tren_mang", ["lop-6-9", "viec-qua-dien-thoai"]),
        ("phut=30&bac=4-5", ["lop-4-5"]),
        ("tieng=ktv", []),
        ("khong-may-chieu=1&khong-dien=1&bac=10-12", ["lop-10-12", "viec-qua-dien-thoai"]),
        ("bac=khac&phut=9&chu-de=%27", list(LESSONS)),
    ],
)
def test_lessons_are_found_by_what_a_class_has_and_needs(packs, client, asked, slugs):
    html = client.get(f"/truong-hoc/?{asked}").content.decode()
    assert [slug for slug in LESSONS if f'<h2 class="pick"><a href="/truong-hoc/{slug}/"' in html] == slugs
    assert ("Không có bài nào như vậy" in html) == (not slugs)


def test_what_needs_power_is_left_out_where_there_is_none(packs, client):
    page = packs["lop-6-9"]
    page.needs_power = True
    page.save_revision().publish()
    assert 'href="/truong-hoc/lop-6-9/"' not in client.get("/truong-hoc/?khong-dien=1").content.decode()
    assert 'href="/truong-hoc/lop-6-9/"' in client.get("/truong-hoc/?khong-may-chieu=1").content.decode()


def test_the_year_has_its_series_and_a_lesson_says_what_comes_next(packs, client):
    html = client.get("/truong-hoc/").content.decode()
    assert "Chuỗi bài cả năm học" in html
    assert "Tháng 12" in html
    assert "Bài sau trong năm học" in client.get("/truong-hoc/lop-10-12/").content.decode()
    assert "Bài sau trong năm học" not in client.get("/truong-hoc/lop-4-5/").content.decode()


# --- approval


def test_an_approval_holds_until_other_words_are_published(packs, cast, client_of):
    page = packs["lop-6-9"]
    address, client = f"/truong-hoc/quan-ly/duyet/{page.slug}/", client_of(cast.manager)
    with time_machine.travel(NOW, tick=False):
        assert "Duyệt bài này" in client.get(page.url).content.decode()
        client.post(address, {"act": "approve", "digest": "of another text"})
        assert approval_of(page.translation_key) is None
        client.post(address, {"act": "approve", "digest": digest_of(page)})
        assert pack_data(SchoolLessonPage.objects.get(pk=page.pk))["draft"] == ""
        assert "Đã duyệt ngày 24/11/2026" in client.get(page.url).content.decode()
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page.save_revision().publish()
        assert approval_of(page.translation_key)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        page.aims = "<p>Khác</p>"
        page.save_revision().publish()
        assert approval_of(page.translation_key) is None
        assert pack_data(SchoolLessonPage.objects.get(pk=page.pk))["draft"] == "BẢN NHÁP – CHƯA DUYỆT"
    assert was_approved(page.translation_key, NOW + timedelta(days=1))
    assert not was_approved(page.translation_key, NOW - timedelta(days=1))
    assert not was_approved(page.translation_key, NOW + timedelta(days=3))


def test_an_approval_is_ended_by_who_may_give_it(packs, cast, client_of):
    page = packs["lop-6-9"]
    address = f"/truong-hoc/quan-ly/duyet/{page.slug}/"
    PackApproval.objects.create(pack=page.translation_key)
    assert client_of(cast.trainer).post(address, {"act": "end"}).status_code == 403
    assert approval_of(page.translation_key)
    client_of(cast.manager).post(address, {"act": "end"})
    assert approval_of(page.translation_key) is None


# --- what stands


def test_lessons_of_an_earlier_version_get_their_plans_and_the_fourth_comes_once(packs):
    page = packs["lop-6-9"]
    raw = list(page.body.raw_data)
    plain = [step["value"] for step in raw[0]["value"]["steps"]]
    for step in plain:
        del step["shown"], step["short"]
    plain[0]["script"] = "<p>Lời của biên tập viên</p>"
    page.body, page.topic, page.month, page.adaptations = raw, "", None, []
    page.save_revision().publish()
    packs[LESSONS[-1]].delete()
    complete_schools(page.schools)
    page = SchoolLessonPage.objects.get(pk=page.pk)
    assert sum(step.minutes for step in short_steps_of(page)) == 30
    assert "Lời của biên tập viên" in steps_of(page)[0].script.source
    assert (page.topic, page.month, len(page.adaptations)) == ("tren_mang", 10, 7)
    SchoolLessonPage.objects.get(slug=LESSONS[-1]).delete()
    complete_schools(page.schools)
    assert not SchoolLessonPage.objects.filter(slug=LESSONS[-1]).exists()


def test_what_was_approved_is_left_as_it_is(packs):
    page = packs["lop-6-9"]
    page.topic, page.month = "", None
    page.save_revision().publish()
    PackApproval.objects.create(pack=page.translation_key, digest=digest_of(page))
    complete_schools(page.schools)
    assert SchoolLessonPage.objects.get(pk=page.pk).topic == ""
    assert approval_of(page.translation_key)
