"""Sign-ins are recorded for the owner to read: what succeeded, on what device; refused ones as a count an hour."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from config.retention import RETENTION
from people.guarding.sign_ins import SignIn
from people.privacy import erasure, retention

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def learner(cast):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    return cast.learner


def try_in(login="TG-001", password=PASSWORD):
    client = Client(HTTP_USER_AGENT=PHONE)
    client.post("/tai-khoan/login/", {"login": login, "password": password})
    return client


def test_a_sign_in_is_kept_with_its_hour_and_kind_of_device_and_no_address(learner):
    client = try_in()
    row = SignIn.objects.get()
    assert (row.person, row.succeeded, row.how, row.device) == (learner, True, "password", "Chrome trên Android")
    assert {field.name for field in SignIn._meta.fields} == {
        "id", "person", "at", "succeeded", "how", "device", "count"
    }  # fmt: skip
    assert "Chrome trên Android · bằng mật khẩu" in client.get("/tai-khoan/").content.decode()


def test_refused_tries_are_one_count_an_hour_and_a_flood_writes_nothing(learner, django_assert_max_num_queries):
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        for _try in range(10):
            try_in(password="sai-mat-khau")
        (row,) = SignIn.objects.all()
        assert (row.succeeded, row.how, row.count) == (False, "wrong", 10)
        try_in(password="sai-mat-khau")
        assert set(SignIn.objects.values_list("how", "count")) == {("wrong", 10), ("stopped", 1)}
        # for each the person and the counts, and nothing is written
        with django_assert_max_num_queries(6):
            for _try in range(3):
                try_in(password="sai-mat-khau")
        assert SignIn.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        try_in(password="sai-mat-khau")
        page = try_in().get("/tai-khoan/").content.decode()
    assert SignIn.objects.filter(how="wrong").count() == 2
    assert "10 lần" in page


def test_a_wrong_slip_counts_too_and_what_nobody_is_called_leaves_nothing(learner):
    form = {"staff_code": "TG-001", "code": "AAAAA-AAAAA", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/tai-khoan/kich-hoat/", form)
    Client().post("/tai-khoan/kich-hoat/", form | {"staff_code": "KHONG-CO"})
    try_in("KHONG-CO", "mat-khau-go-nham-vao-day")
    (row,) = SignIn.objects.all()
    assert (row.person, row.how) == (learner, "wrong")


def test_a_wrong_code_of_the_second_step_is_one_count_an_hour_with_its_reason(learner):
    TOTP.activate(learner, generate_totp_secret())
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        client = try_in()
        for _try in range(12):
            client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": "000000"})
        assert "_auth_user_id" not in client.session
        assert set(SignIn.objects.values_list("succeeded", "how", "count")) == {
            (False, "step_wrong", 10), (False, "step_stopped", 1)
        }  # fmt: skip
        # nothing that was typed is a code, so nothing is counted
        client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": ""})
        assert SignIn.objects.count() == 2
    said = {row.how_text for row in SignIn.objects.all()}
    assert "mật khẩu đúng, nhưng mã của bước xác nhận thứ hai không đúng" in said


def test_they_are_kept_as_long_as_the_log_and_go_with_the_person(cast, learner):
    try_in()
    retention.forget_audit(timezone.now() + RETENTION["audit"] - timedelta(days=1))
    assert SignIn.objects.exists()
    retention.forget_audit(timezone.now() + RETENTION["audit"] + timedelta(days=1))
    assert not SignIn.objects.exists()
    try_in()
    erasure.erase(learner, cast.administrator, timezone.now())
    assert not SignIn.objects.exists()
