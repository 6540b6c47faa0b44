"""The run mode as pages: each step, page E and back, the window for the class without a word of the script."""

import gzip
import re

import pytest
from sharing import shared

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.steps import steps_of
from campaigns.schools.teaching.plans import SHORT, WHOLE, plans_of, steps_in
from campaigns.starter.lessons import LESSONS, create_schools
from pages.home.page import create_home
from pages.shell.surfaces import stylesheet

LIMIT = 14 * 1024
# the lesson in the language asked for, what all lessons share (2), its approval, and what the page cache asks
QUERIES = 6


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def test_every_starter_pack_has_both_plans(packs):
    for page in packs.values():
        assert plans_of(page) == [WHOLE, SHORT]
        assert sum(step.minutes for step in steps_in(page, SHORT)) == 30


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("plan", [WHOLE, SHORT])
def test_the_whole_run_holds_every_step_and_page_e_and_weighs_little(packs, client, slug, plan):
    response = client.get(f"/truong-hoc/{slug}/{plan}/")
    said = words(response)
    for step in steps_in(packs[slug], plan):
        assert f"{step.number}. {step.title}" in said
    assert "Khi học sinh nói điều nguy hiểm" in said
    weight = len(gzip.compress(response.content)) + len(gzip.compress(stylesheet("run").encode()))
    assert weight <= LIMIT, weight


@pytest.mark.parametrize("slug", LESSONS)
def test_each_step_is_a_page_that_leads_on_back_and_to_page_e(packs, client, slug):
    steps = steps_of(packs[slug])
    for number in range(1, len(steps) + 2):
        address = f"/truong-hoc/{slug}/day/{number}/"
        html = client.get(address).content.decode()
        before = f"/truong-hoc/{slug}/day/" + (f"{number - 1}/" if number > 1 else "")
        assert f'rel="prev" href="{before}"' in html
        assert (f'rel="next" href="/truong-hoc/{slug}/day/{number + 1}/"' in html) == (number <= len(steps))
        assert f'href="{address}e/"' in html
        assert html.count("<h1") == 1
        danger = client.get(f"{address}e/").content.decode()
        assert f'href="{address}"' in danger
        assert "111" in danger
        assert danger.count("<h1") == 1


def test_the_window_for_the_class_never_holds_the_script(packs, client):
    for slug, page in packs.items():
        for plan in (WHOLE, SHORT):
            seen = words(client.get(f"/truong-hoc/{slug}/{plan}/lop/"))
            assert "Thầy/cô nói" not in seen
            for step in steps_in(page, plan):
                assert step.title in seen
                said = " ".join(re.sub("<[^>]+>", " ", step.script.source).split())
                assert said[:60] not in seen


@pytest.mark.parametrize("path", ["day/0/", "day/99/", "day/99/e/", "day-45/", "day/x/"])
def test_a_step_that_is_not_there_is_not_found(packs, client, path):
    assert client.get(f"/truong-hoc/lop-4-5/{path}").status_code == 404


def test_a_lesson_without_a_plan_of_30_minutes_has_no_such_run(packs, client):
    page = packs["lop-4-5"]
    for part in page.body:
        for step in part.value["steps"] if part.block_type == "timeline" else ():
            step["short"] = None
    page.save_revision().publish()
    assert client.get("/truong-hoc/lop-4-5/day-30/").status_code == 404
    assert "day-30" not in client.get("/truong-hoc/lop-4-5/").content.decode()


def test_a_run_asks_little_and_sets_no_cookie(packs, client, django_assert_max_num_queries):
    client.get("/truong-hoc/lop-6-9/day/")
    page = packs["lop-6-9"]
    page.save_revision().publish()
    with django_assert_max_num_queries(QUERIES):
        response = client.get("/truong-hoc/lop-6-9/day/")
    assert not response.cookies
    assert response.headers["X-Robots-Tag"] == "noindex"
