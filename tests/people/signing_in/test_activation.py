"""Activation slips: printed for those in reach who cannot sign in, used once, guessed at in vain."""

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from factories import make_person, make_posting

from people.persons.user import User
from people.rights.roles import RoleKind, give
from people.signing_in.activation import (
    ALPHABET,
    ActivationSlip,
    NotValid,
    find_slip,
    make_slips,
    read_code,
    use_slip,
    within_reach,
    written_code,
)

PAGE = "/tai-khoan/kich-hoat/"
PASSWORD = "mot-mat-khau-dai"


def slip_for(person, by, now=None, reason=""):
    """The code as printed."""
    slips = make_slips([person], by, now or timezone.now(), batch=uuid.uuid4(), reason=reason)
    return written_code(slips[0][1])


def activate(client, person, code, password=PASSWORD, **headers):
    data = {"staff_code": person.staff_code, "code": code, "password1": password, "password2": password}
    return client.post(PAGE, data, **headers)


def printed_codes(html):
    return re.findall(rf"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", html)


def print_all(client, unit, people):
    page = client.get(f"/tai-khoan/phieu-kich-hoat/{unit.code}/").content.decode()
    batch = re.search(r'name="batch" value="([^"]+)"', page)[1]
    return client.post(f"/tai-khoan/phieu-kich-hoat/{unit.code}/", {"batch": batch, "person": [p.pk for p in people]})


def test_a_trainer_prints_and_a_learner_sets_a_password_and_is_in(cast, client_of):
    sheet = print_all(client_of(cast.trainer), cast.units.tay_giang, [cast.learner])
    html = sheet.content.decode()
    assert "Alăng Thị Hà" in html
    assert "TG-001" in html
    assert "<svg" in html
    assert "no-store" in sheet["Cache-Control"]
    (code,) = printed_codes(html)
    phone = Client()
    form = phone.get(f"{PAGE}?can-bo=TG-001").content.decode()
    assert 'value="TG-001"' in form
    assert activate(phone, cast.learner, code)["Location"] == "/hoc-tap/"
    assert phone.session["_auth_user_id"] == str(cast.learner.pk)
    cast.learner.refresh_from_db()
    assert cast.learner.check_password(PASSWORD)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:lower}", "{:spaced}", "{:joined}"])
def test_the_code_is_read_however_it_is_typed(cast, client, typed):
    code = slip_for(cast.learner, cast.trainer)
    forms = {"{:lower}": code.lower(), "{:spaced}": " ".join(code), "{:joined}": code.replace("-", "")}
    assert activate(client, cast.learner, forms.get(typed) or typed.format(code)).status_code == 302


def test_no_two_letters_of_the_code_are_mistaken_for_one_another():
    assert not set(ALPHABET) & set("0OIL125SZ8BUV")
    assert read_code("acdef-ghj34") == "ACDEFGHJ34"


def test_the_code_is_not_in_the_database(cast):
    code = slip_for(cast.learner, cast.trainer)
    slip = ActivationSlip.objects.get()
    assert read_code(code) not in str(vars(slip))
    assert len(slip.code_hash) == 64


def test_the_list_and_the_slip_name_the_unit_of_today(cast, client_of):
    """Who hands the slips out works for the successor, whatever the commune was called when the posting began."""
    person = make_person("Pơloong Thị Sáu", "TG-006")
    make_posting(person, cast.units.lang, start=date(2024, 1, 1))
    client = client_of(cast.trainer)
    listed = client.get("/tai-khoan/phieu-kich-hoat/20455/").content.decode()
    printed = client.post("/tai-khoan/phieu-kich-hoat/20455/", {"batch": uuid.uuid4(), "person": person.pk})
    for page in (listed, printed.content.decode()):
        assert "Pơloong Thị Sáu" in page
        assert "Xã Tây Giang" in page
        assert "Xã Lăng" not in page


def test_a_slip_works_once(cast, client):
    code = slip_for(cast.learner, cast.trainer)
    activate(client, cast.learner, code)
    html = activate(Client(), cast.learner, code, "mat-khau-khac-2026").content.decode()
    assert "phiếu đã dùng" in html
    cast.learner.refresh_from_db()
    assert cast.learner.check_password(PASSWORD)


def test_of_two_at_the_same_moment_one_gets_in(cast):
    now = timezone.now()
    slip = find_slip("TG-001", slip_for(cast.learner, cast.trainer, now), now)
    use_slip(slip, PASSWORD, now)
    with pytest.raises(NotValid):
        use_slip(slip, "mat-khau-khac", now)


def test_a_slip_ends_after_two_weeks(cast, client):
    code = slip_for(cast.learner, cast.trainer, timezone.now() - timedelta(days=14, seconds=1))
    assert "quá hạn" in activate(client, cast.learner, code).content.decode()


def test_a_new_slip_ends_the_old_one(cast, client):
    old = slip_for(cast.learner, cast.trainer)
    new = slip_for(cast.learner, cast.trainer, reason="Mất phiếu")
    assert activate(client, cast.learner, old).status_code == 200
    assert activate(client, cast.learner, new).status_code == 302


def test_somebody_elses_code_is_of_no_use(cast, client):
    code = slip_for(cast.learner, cast.trainer)
    assert activate(client, cast.other_learner, code).status_code == 200
    cast.other_learner.refresh_from_db()
    assert not cast.other_learner.has_usable_password()


def test_what_is_wrong_tells_nothing_about_who_exists(cast, client):
    known = activate(client, cast.learner, "AAAAA-AAAAA").content.decode()
    unknown = client.post(
        PAGE, {"staff_code": "KHONG-CO", "code": "AAAAA-AAAAA", "password1": PASSWORD, "password2": PASSWORD}
    ).content.decode()

    def message_of(html):
        return re.search(r'role="alert"><p>(.*?)</p>', html)[1]

    assert message_of(known) == message_of(unknown)


def test_a_weak_password_or_two_different_ones_leave_the_slip_unused(cast, client):
    code = slip_for(cast.learner, cast.trainer)
    assert activate(client, cast.learner, code, "12345678").status_code == 200
    data = {"staff_code": "TG-001", "code": code, "password1": PASSWORD, "password2": PASSWORD + "x"}
    html = client.post(PAGE, data).content.decode()
    assert "Hai lần nhập chưa giống nhau" in html
    # on a phone the field lies below the first screen
    assert '<a href="#id_password2">Mật khẩu mới, nhập lại: Hai lần nhập chưa giống nhau' in html
    assert activate(client, cast.learner, code).status_code == 302


def test_guessing_codes_is_slowed(cast, client):
    code = slip_for(cast.learner, cast.trainer)
    with time_machine.travel(timezone.now(), tick=False):
        for _try in range(10):
            activate(Client(), cast.learner, "AAAAA-AAAAA")
        assert "tạm dừng đến" in activate(client, cast.learner, code).content.decode()


def test_who_may_no_longer_sign_in_cannot_activate(cast, client):
    code = slip_for(cast.learner, cast.trainer)
    User.objects.filter(pk=cast.learner.pk).update(is_active=False)
    assert activate(client, cast.learner, code).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_new_password_by_slip_ends_the_sessions_of_the_old_one(cast, client_of, client):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    old = client_of(cast.learner)
    activate(client, cast.learner, slip_for(cast.learner, cast.trainer, reason="Quên"), "mat-khau-moi-2026")
    assert old.get("/tai-khoan/").status_code == 302


# --- who prints for whom


def test_the_list_holds_those_in_reach_who_cannot_sign_in(cast, client_of):
    ready = make_person("Người Đã Có Mật Khẩu", "TG-009", password=PASSWORD)
    make_posting(ready, cast.units.tay_giang)
    html = client_of(cast.trainer).get("/tai-khoan/phieu-kich-hoat/20455/").content.decode()
    assert "Alăng Thị Hà" in html
    assert "Người Đã Có Mật Khẩu" not in html
    assert "Zơrâm Văn Nam" not in html


def test_a_unit_out_of_reach_is_not_there(cast, client_of):
    assert client_of(cast.trainer).get("/tai-khoan/phieu-kich-hoat/20695/").status_code == 404
    assert print_nothing(client_of(cast.trainer), cast.units.tay_giang, cast.other_learner)


def print_nothing(client, unit, person):
    client.post(f"/tai-khoan/phieu-kich-hoat/{unit.code}/", {"batch": uuid.uuid4(), "person": person.pk})
    return not ActivationSlip.objects.filter(person=person).exists()


@pytest.mark.parametrize("who", ["learner", "teacher", "editor", "observer", "translator", "stranger"])
def test_who_answers_for_nobody_prints_nothing(cast, client_of, who):
    client = client_of(getattr(cast, who))
    assert client.get("/tai-khoan/phieu-kich-hoat/").status_code == 403
    assert client.get("/tai-khoan/phieu-kich-hoat/20455/").status_code == 403
    assert client.get("/tai-khoan/phieu-kich-hoat/can-bo/TG-001/").status_code == 403


def test_the_public_is_led_to_sign_in(client, cast):
    assert client.get("/tai-khoan/phieu-kich-hoat/20455/")["Location"].startswith("/tai-khoan/login/")


def test_nobody_gets_above_themselves_by_a_slip(cast):
    """A slip is a way into an account: staff get theirs from the province, administrators from administrators."""
    make_posting(cast.editor, cast.units.tay_giang)
    make_posting(cast.administrator, cast.units.tay_giang)

    def reached(user):
        return set(User.objects.filter(within_reach(user)).values_list("staff_code", flat=True))

    staff, chief = cast.editor.staff_code, cast.administrator.staff_code
    assert not {staff, chief} & reached(cast.trainer)
    assert staff in reached(cast.manager)
    assert chief not in reached(cast.manager)
    other = make_person("Quản trị khác", "QT-002")
    give(other, RoleKind.ADMINISTRATOR, cast.units.da_nang)
    assert chief in reached(other)
    assert chief not in reached(cast.administrator), "nobody prints for themselves"


def test_a_slip_for_somebody_who_can_sign_in_needs_a_reason(cast, client_of):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    client = client_of(cast.unit_head)
    address = "/tai-khoan/phieu-kich-hoat/can-bo/TG-001/"
    assert "Ghi lý do" in client.post(address, {"batch": uuid.uuid4(), "reason": ""}).content.decode()
    sheet = client.post(address, {"batch": uuid.uuid4(), "reason": "Quên mật khẩu, không có email"})
    assert len(printed_codes(sheet.content.decode())) == 1
    slip = ActivationSlip.objects.get()
    assert (slip.reason, slip.made_by) == ("Quên mật khẩu, không có email", cast.unit_head)
    cast.learner.refresh_from_db()
    assert cast.learner.check_password(PASSWORD), "the old password works until the slip is used"


def test_the_same_form_sent_twice_makes_no_second_code(cast, client_of):
    client = client_of(cast.trainer)
    data = {"batch": uuid.uuid4(), "person": cast.learner.pk}
    first = client.post("/tai-khoan/phieu-kich-hoat/20455/", data)
    again = client.post("/tai-khoan/phieu-kich-hoat/20455/", data)
    assert len(printed_codes(first.content.decode())) == 1
    assert again.status_code == 409
    assert ActivationSlip.objects.count() == 1


def test_the_qr_leads_to_base_url_and_never_holds_the_code(cast, client_of, settings):
    import segno

    from people.screens.slips import qr

    settings.BASE_URL = "https://hoc.example.gov.vn"
    want = segno.make(f"https://hoc.example.gov.vn{PAGE}?can-bo=TG-001", error="m", micro=False)
    drawn = want.svg_inline(scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None, title=None)
    assert qr("TG-001") == drawn
    assert "style=" not in drawn


def test_a_page_of_forty_costs_a_constant_number_of_queries(cast, client_of, django_assert_num_queries):
    client = client_of(cast.trainer)
    client.get("/tai-khoan/phieu-kich-hoat/20455/")
    for n in range(45):
        make_posting(make_person(f"Người {n:02}", f"NG-{n:02}"), cast.units.tay_giang)
    # session, person; roles: may print, the unit, the people, as manager, the children, of which kinds; whether for the
    # province; the unit; count, people, their units; children
    with django_assert_num_queries(14):
        html = client.get("/tai-khoan/phieu-kich-hoat/20455/").content.decode()
    assert html.count('name="person"') == 40


def test_a_lost_phone_is_helped_by_a_slip_of_an_administrator_only(cast, client_of, client):
    from allauth.mfa.totp.internal.auth import TOTP

    make_posting(cast.editor, cast.units.tay_giang)
    TOTP.activate(cast.editor, "JBSWY3DPEHPK3PXP")
    address = f"/tai-khoan/phieu-kich-hoat/can-bo/{cast.editor.staff_code}/"
    form = {"reason": "Mất điện thoại", "drops_second_step": "on"}
    assert "drops_second_step" not in client_of(cast.manager).get(address).content.decode()
    client_of(cast.manager).post(address, form | {"batch": uuid.uuid4()})
    assert not ActivationSlip.objects.get().drops_second_step
    sheet = client_of(cast.administrator).post(address, form | {"batch": uuid.uuid4()})
    (code,) = printed_codes(sheet.content.decode())
    assert activate(client, cast.editor, code)["Location"] == "/cms/"
    assert not cast.editor.authenticator_set.exists()


def test_a_slip_leaves_the_second_step_alone(cast, client):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(cast.learner, "JBSWY3DPEHPK3PXP")
    code = slip_for(cast.learner, cast.trainer, reason="Quên mật khẩu")
    assert activate(client, cast.learner, code)["Location"] == "/tai-khoan/hai-buoc/xac-nhan/"
    assert "_auth_user_id" not in client.session
