"""Sessions: long for learners, short for staff, listed and ended by their owner."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_person

from people.rights.roles import RoleKind, end, give
from people.signing_in.device_names import device_name
from people.signing_in.sessions import DeviceSession, SessionStore, forget_ended

PASSWORD = "mot-mat-khau-dai"
NINE = "2026-11-24 09:00:00+07:00"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
)


def signed_in(person, user_agent=ANDROID):
    client = Client(HTTP_USER_AGENT=user_agent)
    client.post("/tai-khoan/login/", {"login": person.staff_code, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/tai-khoan/").status_code == 200


@pytest.fixture
def ha(db):
    return make_person("Alăng Thị Hà", "HA-001", password=PASSWORD)


@pytest.fixture
def trainer(cast):
    cast.trainer.set_password(PASSWORD)
    cast.trainer.save()
    return cast.trainer


def test_a_learner_who_comes_every_other_week_is_never_asked_again(ha):
    with time_machine.travel(NINE, tick=False) as clock:
        client = signed_in(ha)
        for _visit in range(6):
            clock.shift(timedelta(days=14))
            assert is_in(client)


def test_a_learner_who_stays_away_a_month_signs_in_again(ha):
    with time_machine.travel(NINE, tick=False) as clock:
        client = signed_in(ha)
        clock.shift(timedelta(days=31))
        assert not is_in(client)


def test_staff_who_rest_an_hour_sign_in_again(trainer):
    with time_machine.travel(NINE, tick=False) as clock:
        client = signed_in(trainer)
        clock.shift(timedelta(minutes=59))
        assert is_in(client)
        clock.shift(timedelta(minutes=61))
        assert not is_in(client)
        assert not Session.objects.exists()


def test_staff_who_work_on_sign_in_again_after_twelve_hours(trainer):
    with time_machine.travel(NINE, tick=False) as clock:
        client = signed_in(trainer)
        for _half_hour in range(24):
            clock.shift(timedelta(minutes=30))
            assert is_in(client)
        clock.shift(timedelta(minutes=1))
        assert not is_in(client)


def test_a_staff_role_shortens_the_session_at_once_and_its_end_lengthens_it(cast, ha):
    with time_machine.travel(NINE, tick=False) as clock:
        client = signed_in(ha)
        role = give(ha, RoleKind.TRAINER, cast.units.tay_giang)
        clock.shift(timedelta(minutes=61))
        assert not is_in(client)
        client = signed_in(ha)
        end(role)
        clock.shift(timedelta(days=2))
        assert is_in(client)


def test_the_account_page_lists_devices_in_plain_words_and_no_address(ha):
    with time_machine.travel(NINE, tick=False):
        client = signed_in(ha)
        signed_in(ha, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0")
        html = client.get("/tai-khoan/").content.decode()
    assert "Chrome trên Android" in html
    assert "thiết bị này" in html
    assert "Edge trên Windows" in html
    assert "127.0.0.1" not in html
    assert not {"ip", "address", "user_agent"} & {field.name for field in DeviceSession._meta.fields}


def test_a_lost_phone_is_signed_out_from_another_one(ha):
    mine, lost = signed_in(ha), signed_in(ha, "Firefox/120.0 Android")
    row = DeviceSession.objects.get(session_key=lost.session.session_key)
    mine.post("/tai-khoan/phien/", {"session": row.pk})
    assert not is_in(lost)
    assert is_in(mine)
    assert DeviceSession.objects.count() == 1


def test_all_other_devices_are_signed_out_at_once(ha):
    mine, *others = [signed_in(ha) for _n in range(3)]
    mine.post("/tai-khoan/phien/", {"others": ""})
    assert is_in(mine)
    assert not any(is_in(other) for other in others)


def test_nobody_ends_anybody_elses_session(ha):
    other = make_person("Người Khác", "TG-002", password=PASSWORD)
    mine, theirs = signed_in(ha), signed_in(other)
    row = DeviceSession.objects.get(person=other)
    mine.post("/tai-khoan/phien/", {"session": row.pk})
    mine.post("/tai-khoan/phien/", {"others": ""})
    assert is_in(theirs)


def test_a_changed_password_ends_the_others_and_keeps_this_one(ha):
    mine, other = signed_in(ha), signed_in(ha)
    new = "mat-khau-moi-2026"
    mine.post("/tai-khoan/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(mine)
    assert not is_in(other)
    assert [row.session_key for row in DeviceSession.objects.all()] == [mine.session.session_key]
    assert "thiết bị này" in mine.get("/tai-khoan/").content.decode()


def test_signing_out_leaves_no_row(ha):
    client = signed_in(ha)
    client.post("/tai-khoan/logout/")
    assert not DeviceSession.objects.exists()


def test_what_can_no_longer_be_used_is_forgotten(ha):
    from django.utils import timezone

    with time_machine.travel(NINE, tick=False) as clock:
        signed_in(ha)
        clock.shift(timedelta(days=31))
        forget_ended(timezone.now())
    assert not DeviceSession.objects.exists()


def test_a_visit_costs_no_query_for_its_session_and_a_visitor_none_at_all(ha, django_assert_num_queries):
    client = signed_in(ha)
    client.get("/tai-khoan/hai-buoc/")
    with django_assert_num_queries(5):  # session, person, roles for the navigation, second steps twice
        client.get("/tai-khoan/hai-buoc/")
    with django_assert_num_queries(0):
        assert "Cookie" not in Client().get("/manifest.webmanifest").get("Vary", "")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (ANDROID, "Chrome trên Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1",
            "Safari trên iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/120.0", "Firefox trên Windows"),
        ("curl/8.0", "Thiết bị khác"),
        ("", "Thiết bị khác"),
    ],
)
def test_a_device_is_named_in_plain_words(user_agent, name):
    assert device_name(user_agent) == name


def test_a_sign_in_writes_its_session_once_and_looks_for_no_free_key(ha):
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/tai-khoan/login/", {"login": ha.staff_code, "password": PASSWORD})
    assert answer.status_code == 302
    asked = [row["sql"].split()[0] for row in queries if "django_session" in row["sql"]]
    assert asked == ["INSERT"]
    assert is_in(client)


def test_what_a_request_changes_after_it_saved_its_session_is_kept(ha):
    session = SessionStore()
    session["one"] = 1
    session.save()
    session["one"] = 2
    session.save()
    assert SessionStore(session.session_key)["one"] == 2
    session.flush()
    session["one"] = 3
    session.save()
    assert SessionStore(session.session_key)["one"] == 3


def test_who_signs_in_where_somebody_else_is_has_a_session_of_her_own(ha):
    other = make_person("Người Khác", "TG-002", password=PASSWORD)
    client = Client()
    client.force_login(ha)
    before = client.session.session_key
    client.force_login(other)
    assert (client.session["_auth_user_id"], is_in(client)) == (str(other.pk), True)
    assert not SessionStore(before).keys()
