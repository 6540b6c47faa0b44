"""What a device is given to keep of a lesson, and what it sends later: nobody's name, each entry once."""

import json

import pytest
from sharing import shared

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.log.sealing import keys_of
from campaigns.starter.lessons import LESSONS, create_schools
from pages.home.page import create_home

NUMBER = "0b9d1c66-6a0e-4e6e-9d6a-2f4f0c6d7a11"


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


@pytest.mark.parametrize("slug", LESSONS)
def test_everything_that_is_kept_is_there_for_everybody(packs, client, slug):
    kept = client.get(f"/truong-hoc/{slug}/giu.json")
    assert not kept.cookies
    files = kept.json()["files"]
    assert len(set(files)) == len(files)
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert b"csrfmiddlewaretoken" not in answer.content, address
    assert f"/truong-hoc/{slug}/day/" in files


def test_what_is_kept_never_names_who_is_signed_in(packs, client, cast):
    client.force_login(cast.teacher)
    files = client.get("/truong-hoc/lop-4-5/giu.json").json()["files"]
    client.logout()
    for address in files:
        assert cast.teacher.full_name.encode() not in client.get(address).content


def test_another_version_follows_a_changed_lesson_and_nothing_else(packs, client):
    before = client.get("/truong-hoc/lop-4-5/giu.json").json()["version"]
    assert client.get("/truong-hoc/lop-4-5/giu.json").json()["version"] == before
    page = packs["lop-4-5"]
    page.title = "Bốn điều"
    page.save_revision().publish()
    assert client.get("/truong-hoc/lop-4-5/giu.json").json()["version"] != before


def test_a_withdrawn_lesson_is_retracted_and_one_that_never_was_is_not_found(packs, client):
    packs["lop-4-5"].unpublish()
    answer = client.get("/truong-hoc/lop-4-5/giu.json")
    assert (answer.status_code, answer.json()["gone"]) == (410, packs["lop-4-5"].title)
    assert client.get("/truong-hoc/khong-co/giu.json").status_code == 404


def test_the_worker_lies_beside_what_it_answers_for(client):
    answer = client.get("/truong-hoc/giu.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert not answer.cookies


# --- what is sent later


def test_the_keys_of_a_seal_are_a_person_s_own_and_outlive_a_renewed_secret(cast, settings):
    before = keys_of(cast.teacher)
    assert before != keys_of(cast.manager)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "x" * 60
    assert keys_of(cast.teacher)[1:] == before


def test_only_who_teaches_is_given_what_sending_needs(client, client_of, cast):
    assert client.get("/truong-hoc/nhat-ky/gui/").status_code == 302
    assert client_of(cast.learner).get("/truong-hoc/nhat-ky/gui/").status_code == 403
    told = client_of(cast.teacher).get("/truong-hoc/nhat-ky/gui/").json()
    assert told["person"] == str(cast.teacher.pk)
    assert told["keys"] == keys_of(cast.teacher)


@pytest.fixture
def sent(packs, cast, client):
    """Posts what a device kept."""
    client.force_login(cast.teacher)

    def post(**changed):
        said = {"number": NUMBER, "pack": str(packs["lop-6-9"].translation_key), "on": "20/11/2026", "grade": "6"}
        fields = {**said, "languages": "vi", "went": "tot", "improve": "", "class_name": "", **changed}
        return client.post("/truong-hoc/nhat-ky/ghi/", fields, headers={"Accept": "application/json"})

    return post


def test_a_device_that_names_no_school_is_of_the_teacher_s_only_one(sent, cast):
    assert sent().json()["kept"] == NUMBER
    assert LessonLog.objects.get().school == cast.units.school


def test_what_was_kept_is_answered_as_kept_though_its_words_would_be_refused_now(sent, monkeypatch):
    assert sent(improve="Thẻ A2 khó").status_code == 200
    from people.guarding import wording

    refusing = wording.Judged(("Không ghi số điện thoại.",), frozenset())
    monkeypatch.setattr(wording, "judged", lambda text, user: refusing)
    assert json.loads(sent(improve="Thẻ A2 khó").content)["kept"] == NUMBER
    assert LessonLog.objects.count() == 1


def test_a_correction_of_what_was_corrected_elsewhere_is_refused_with_data(sent, client, cast, packs):
    sent()
    row = LessonLog.objects.get()
    said = {"pack": str(packs["lop-6-9"].translation_key), "on": "20/11/2026", "grade": "6", "languages": "vi"}
    fields = {**said, "went": "kho", "improve": "", "class_name": "", "school": row.school_id}
    headers = {"Accept": "application/json"}
    numbers = [NUMBER.replace("0b9d", start) for start in ("1b9d", "2b9d")]
    answers = [
        client.post(f"/truong-hoc/nhat-ky/{row.pk}/sua/", {**fields, "number": number}, headers=headers)
        for number in numbers
    ]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["error"]


def test_the_form_without_a_line_knows_nobody_and_posts_what_the_log_takes(packs, client, cast):
    client.force_login(cast.teacher)
    html = client.get("/truong-hoc/ghi-sau/").content.decode()
    assert "csrfmiddlewaretoken" not in html.split("data-later")[1]
    assert cast.units.school.name not in html.split("<main")[1]
    for name in ("pack", "on", "grade", "class_name", "girls", "boys", "languages", "went", "improve"):
        assert f'name="{name}"' in html
