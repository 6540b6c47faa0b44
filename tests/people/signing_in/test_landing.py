"""The first sign-in shows one page once; afterwards everybody lands on their own work. Whom to ask has a name."""

import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from factories import REFORM, make_person, make_posting

from people.persons.user import User
from people.rights.roles import RoleKind, give
from people.rights.trainers import Asked, Trainer, whom_to_ask
from people.signing_in.landing import landing_of

DAY = date(2026, 3, 2)


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.fixture
def newcomer(cast):
    person = make_person("Alăng Văn Mới", "TG-100", password="mat-khau-rat-dai-1", welcomed_at=None)
    make_posting(person, cast.units.tay_giang)
    return person


def signs_in(client, person, **more):
    form = {"login": person.staff_code, "password": "mat-khau-rat-dai-1", **more}
    return client.post(reverse("account_login"), form)


# --- the first sign-in


def test_the_first_sign_in_shows_one_page_once(newcomer, client):
    assert signs_in(client, newcomer).url == "/tai-khoan/lan-dau/"
    said = text_of(client.get("/tai-khoan/lan-dau/"))
    for words in ("Mỗi khóa chừng", "chứng nhận của tỉnh", "giấy xác nhận học thử", "Khi quên mật khẩu"):
        assert words in said
    assert client.post("/tai-khoan/lan-dau/", {"phone": "0905 123 456", "email": ""}).url == "/hoc-tap/"
    newcomer.refresh_from_db()
    assert (newcomer.phone, newcomer.email) == ("+84905123456", None)
    assert client.get("/tai-khoan/lan-dau/").url == "/hoc-tap/"
    client.logout()
    assert signs_in(client, newcomer).url == "/hoc-tap/"


def test_reading_the_page_writes_nothing(newcomer, client):
    signs_in(client, newcomer)
    client.get("/tai-khoan/lan-dau/")
    newcomer.refresh_from_db()
    assert newcomer.welcomed_at is None


def test_where_she_wanted_to_go_comes_first(newcomer, client):
    assert signs_in(client, newcomer, next="/khoa-hoc/").url == "/khoa-hoc/"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"phone": "12"}, "Số điện thoại không đúng dạng"),
        ({"phone": "0905 000 001"}, "Số điện thoại này đang thuộc về người khác."),
        ({"email": "HA@example.vn"}, "Email này đang thuộc về người khác."),
    ],
)
def test_an_address_that_cannot_be_taken_gets_one_sentence(newcomer, client, form, sentence):
    signs_in(client, newcomer)
    response = client.post("/tai-khoan/lan-dau/", form)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert User.objects.get(pk=newcomer.pk).welcomed_at is None


def test_an_address_that_is_there_is_neither_asked_for_nor_changed(cast, client_of):
    User.objects.filter(pk=cast.learner.pk).update(welcomed_at=None)
    client = client_of(cast.learner)
    assert "Khi quên mật khẩu" not in text_of(client.get("/tai-khoan/lan-dau/"))
    client.post("/tai-khoan/lan-dau/", {"phone": "0905 999 999", "email": "x@example.vn"})
    cast.learner.refresh_from_db()
    assert (cast.learner.phone, cast.learner.email) == ("+84905000001", "ha@example.vn")
    assert cast.learner.welcomed_at is not None


# --- where one lands


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("teacher", "/truong-hoc/nhat-ky/"),
        ("trainer", "/bao-cao/"),
        ("unit_head", "/bao-cao/"),
        ("observer", "/bao-cao/"),
        ("manager", "/bao-cao/"),
        ("editor", "/cms/"),
        ("translator", "/dich/"),
        ("learner", "/hoc-tap/"),
        ("stranger", "/hoc-tap/"),
    ],
)
def test_everybody_lands_on_their_own_work(cast, who, where):
    person = getattr(cast, who)
    person.welcomed_at = timezone.now()
    assert landing_of(person) == where


def test_a_school_manager_lands_on_what_waits_for_her(cast):
    manager = make_person("Đỗ Quang Vinh", welcomed_at=timezone.now())
    give(manager, RoleKind.SCHOOL_MANAGER, cast.units.school)
    assert landing_of(manager) == "/truong-hoc/viec-can-lam/"


@pytest.mark.parametrize(
    ("who", "where"), [("trainer", "/bao-cao/"), ("teacher", "/truong-hoc/nhat-ky/"), ("editor", "/cms/")]
)
def test_a_role_goes_before_what_its_holder_has_to_learn(cast, who, where):
    from courses.standing.rules import seed_requirements
    from courses.standing.standing import refresh

    seed_requirements(timezone.now() - timedelta(days=300))
    person = getattr(cast, who)
    make_posting(person, cast.units.tay_giang)
    refresh([person.pk])
    person.welcomed_at = timezone.now()
    assert landing_of(person) == where


# --- whom to ask


def agrees(person, phone):
    User.objects.filter(pk=person.pk).update(named_as_trainer=True, phone=phone)


def test_nobody_is_named_who_did_not_agree(cast):
    User.objects.filter(pk=cast.trainer.pk).update(phone="+84905111222")
    assert whom_to_ask(cast.learner, DAY) == Asked((), "Xã Tây Giang")


def test_the_nearest_units_trainers_are_named_with_telephone(cast):
    above = make_person("Người của tỉnh", "VT-tinh")
    give(above, RoleKind.TRAINER, cast.units.da_nang)
    agrees(above, "+84905333444")
    assert whom_to_ask(cast.learner, DAY).trainers == (Trainer("Người của tỉnh", "+84905333444"),)
    agrees(cast.trainer, "+84905111222")
    assert whom_to_ask(cast.learner, DAY).trainers == (Trainer("Lê Văn Hùng", "+84905111222"),)
    assert whom_to_ask(cast.other_learner, DAY).trainers == (Trainer("Người của tỉnh", "+84905333444"),)


def test_who_is_posted_nowhere_is_told_of_no_unit(cast):
    assert whom_to_ask(cast.stranger, DAY) == Asked((), "")


def test_asking_costs_three_queries(cast, django_assert_num_queries):
    make_posting(cast.learner, cast.units.avuong, start=REFORM, position="Kiêm nhiệm")
    agrees(cast.trainer, "+84905111222")
    with django_assert_num_queries(3):
        whom_to_ask(cast.learner, DAY)


def test_a_trainer_agrees_on_her_own_page_and_takes_it_back(cast, client_of):
    User.objects.filter(pk=cast.trainer.pk).update(phone="+84905111222")
    client = client_of(cast.trainer)
    client.post("/tai-khoan/", {"consent": "1", "named_as_trainer": "on"})
    assert "Lê Văn Hùng, người phụ trách tập huấn, +84905111222" in text_of(client_of(cast.learner).get("/tai-khoan/"))
    client.post("/tai-khoan/", {"consent": "1"})
    assert "Lê Văn Hùng" not in text_of(client_of(cast.learner).get("/tai-khoan/"))
    assert "văn phòng Xã Tây Giang" in text_of(client_of(cast.learner).get("/tai-khoan/"))


def test_nobody_else_can_agree(cast, client_of):
    client_of(cast.learner).post("/tai-khoan/", {"consent": "1", "named_as_trainer": "on", "reads_in": "vi"})
    assert not User.objects.filter(named_as_trainer=True).exists()
