"""Forms in which people write about people: a number stops them, an uncertain sign asks for a reason to go on."""

import html
import logging
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.utils import timezone
from factories import make_person, make_posting

from people.guarding.insistence import Insistence, may_read, read_by
from people.guarding.wording import INSISTING, judged, writes
from people.log.audit import Act, Entry
from people.privacy import erasure, retention
from people.rights.roles import RoleKind, give
from people.signing_in.activation import ActivationSlip
from people.units.unit import UnitFlag

pytestmark = pytest.mark.django_db
LIST = "/tai-khoan/chu-van-giu/"
SLIP = "/tai-khoan/phieu-kich-hoat/can-bo/TG-001/"
BATCH = "5a0f4a3e-6f0e-4a62-8f43-7a6f6c1e9a10"
NUMBER = "Nhờ gọi 0905 123 456"
STORY = "Chị Bhling Thị Đào ở thôn Aur bị lừa, em ấy mất phiếu"
WHY = "Cần để nhận ra phiếu nào"


@pytest.fixture
def head(cast):
    """The unit's head, posted in her commune."""
    make_posting(cast.unit_head, cast.units.tay_giang)
    return cast.unit_head


def send(client, reason, **more):
    return client.post(SLIP, {"reason": reason, "batch": BATCH, **more})


def said(response):
    return html.unescape(response.content.decode())


def test_a_number_stops_the_form_and_nothing_typed_is_lost(head, client_of):
    answer = send(client_of(head), NUMBER, drops_second_step="on")
    assert answer.status_code == 422
    assert "Bỏ số đi và ghi nơi cần gọi" in said(answer)
    assert f">{NUMBER}</textarea>" in said(answer)
    assert f'<input type="hidden" name="batch" value="{BATCH}">' in said(answer)
    assert 'name="drops_second_step" value="on"' in said(answer)
    assert INSISTING not in said(answer)
    assert not ActivationSlip.objects.exists()


def test_no_reason_lets_a_number_through(head, client_of):
    assert send(client_of(head), NUMBER, **{INSISTING: WHY}).status_code == 422
    assert send(client_of(head), "CCCD 048199012345", **{INSISTING: WHY}).status_code == 422
    assert not ActivationSlip.objects.exists()
    assert not Insistence.objects.exists()


def test_an_uncertain_sign_asks_and_goes_on_with_a_reason(head, client_of, caplog):
    client = client_of(head)
    answer = send(client, STORY)
    assert answer.status_code == 422
    assert "tên người cùng nơi ở và chuyện đã xảy ra" in said(answer)
    assert "Vẫn giữ như đã viết, lý do:" in said(answer)
    with caplog.at_level(logging.DEBUG):
        assert send(client, STORY, **{INSISTING: WHY}).status_code == 200
    assert ActivationSlip.objects.get().reason == STORY
    kept = Insistence.objects.get()
    assert (kept.by, kept.unit, kept.form, kept.signs, kept.reason) == (
        head,
        head.roles.get().unit,
        "slip",
        "event",
        WHY,
    )
    entry = Entry.objects.get(act=Act.INSISTED)
    assert (entry.by, entry.unit, entry.detail) == (head, kept.unit, "slip")
    written = str(list(Entry.objects.values()) + list(Insistence.objects.values())) + caplog.text
    assert "Đào" not in written
    assert "Aur" not in written


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("  ", "Vẫn giữ như đã viết, lý do:"),
        (NUMBER, "Bỏ số đi và ghi nơi cần gọi"),
        ("vì chị Hoa ở thôn Aur bị bán", "Nên viết lại, không nêu ai."),
        ("x" * 301, "Lý do dài quá 300 chữ cái; ghi ngắn lại."),
    ],
)
def test_the_reason_is_guarded_itself_and_stays(head, client_of, why, sentence):
    answer = send(client_of(head), STORY, **{INSISTING: why})
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert STORY in said(answer)
    assert not ActivationSlip.objects.exists()


def test_a_form_that_is_wrong_otherwise_keeps_no_reason(head, client_of):
    assert send(client_of(head), STORY, batch="x", **{INSISTING: WHY}).status_code == 404
    assert not Insistence.objects.exists()


def guarded(user, view, **posted):
    """Answers such a form as `user`, who was warned and gave her reason."""
    request = RequestFactory().post("/", {INSISTING: WHY, **posted})
    request.user = user
    return writes("trial", "Lý do", "*reason")(view)(request)


def flag(units, reason, start="2026-01-01"):
    return UnitFlag.objects.create(unit=units.tay_giang, kind=UnitFlag.Kind.values[0], start=start, reason=reason)


def test_a_text_that_was_not_stored_leaves_no_reason(cast, head):
    """The form is drawn anew, the view refuses and leads back, what it wrote is rolled back, another was first."""

    def rolled_back(request):
        with suppress(ValueError), transaction.atomic():
            flag(cast.units, request.POST["reason"])
            raise ValueError
        return redirect("/")

    def too_late(request):
        UnitFlag.objects.filter(pk=0).update(reason=request.POST["reason"])
        return redirect("/")

    def wrote_another_text(request):
        flag(cast.units, "Gần biên giới.")
        return redirect("/")

    for view in (lambda request: HttpResponse("Còn lỗi khác"), lambda request: redirect("/"), rolled_back, too_late):
        assert guarded(head, view, reason=STORY).status_code in (200, 302)
    guarded(head, wrote_another_text, reason=STORY)
    assert not Insistence.objects.exists()
    assert not Entry.objects.filter(act=Act.INSISTED).exists()


def test_of_several_texts_only_the_stored_ones_are_answered_for(cast, head):
    def stores_the_first(request):
        flag(cast.units, request.POST["first_reason"])
        return redirect("/")

    guarded(head, stores_the_first, first_reason=STORY, second_reason="Nạn nhân sinh năm 2008")
    assert Insistence.objects.get().signs == "event"


def test_a_text_that_is_stripped_or_cut_off_is_the_same_one(cast, head):
    def stores(request):
        flag(cast.units, request.POST["reason"].strip()[:55], start=request.POST["start"])
        return redirect("/")

    def cuts_the_sign_off(request):
        UnitFlag.objects.update(reason=request.POST["reason"].strip()[:8])
        return redirect("/")

    guarded(head, stores, reason=f" {STORY}\r\n và nhiều chữ nữa ở sau ", start="2026-01-01")
    assert Insistence.objects.count() == 1
    guarded(head, cuts_the_sign_off, reason=STORY)
    assert Insistence.objects.count() == 1


def test_a_view_that_breaks_after_it_wrote_keeps_neither_text_nor_reason(cast, head):
    def breaks(request):
        flag(cast.units, request.POST["reason"])
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        guarded(head, breaks, reason=STORY)
    assert not UnitFlag.objects.exists()
    assert not Insistence.objects.exists()


def test_who_may_not_come_in_is_told_that_alone(cast, client_of):
    assert send(client_of(cast.learner), STORY).status_code == 403
    assert send(client_of(None), STORY).status_code in (200, 302)
    assert not Insistence.objects.exists()


def test_a_name_on_the_roster_of_her_own_unit_is_official(cast, head, django_assert_max_num_queries):
    text = "Nhờ chị Alăng Thị Hà ở xã Tây Giang, người vừa trở về từ Lào"
    with django_assert_max_num_queries(4):
        assert judged(text, head).signs == frozenset()
    assert judged(text, cast.other_editor).signs == {"event"}
    with django_assert_max_num_queries(0):
        assert judged("Quên mật khẩu.", head).warning == ""


def insisted(by, unit, **more):
    return Insistence.objects.create(by=by, unit=unit, form="slip", signs="event,minor", reason=WHY, **more)


def test_whoever_answers_for_the_unit_reads_why(cast, client_of):
    here, there = insisted(cast.learner, cast.units.tay_giang), insisted(cast.other_learner, cast.units.thanh_my)
    nowhere = insisted(cast.stranger, None)
    assert list(read_by(cast.unit_head)) == [here]
    assert set(read_by(cast.manager)) == {here, there, nowhere}
    page = said(client_of(cast.unit_head).get(LIST))
    assert "Alăng Thị Hà" in page
    assert "Lý do cấp phiếu mới: tên người cùng nơi ở và chuyện đã xảy ra, tên trẻ em cùng trường, lớp" in page
    assert WHY in page
    assert "Zơrâm" not in page
    assert Entry.objects.get(act=Act.SAW_INSISTENCES).count == 1
    for who in (cast.trainer, cast.learner, cast.editor, cast.observer):
        assert not may_read(who)
        assert client_of(who).get(LIST).status_code == 403
    assert LIST in said(client_of(cast.unit_head).get("/tai-khoan/"))


def test_the_list_asks_the_same_however_long_it_is(cast, client_of, django_assert_num_queries):
    client = client_of(cast.unit_head)
    insisted(cast.learner, cast.units.tay_giang)
    client.get(LIST)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(30):
        insisted(make_person(f"Người Thứ {number}", f"TG-9{number:02}"), cast.units.tay_giang)
    with django_assert_num_queries(len(one)):
        client.get(LIST)


def test_an_erasure_takes_the_reason_and_the_clock_the_row(cast):
    row = insisted(cast.learner, cast.units.tay_giang, at=timezone.now() - timedelta(days=3 * 365))
    give(cast.learner, RoleKind.TEACHER, cast.units.school)
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    row.refresh_from_db()
    assert row.reason == ""
    retention.forget_insistences(timezone.now())
    assert not Insistence.objects.exists()
