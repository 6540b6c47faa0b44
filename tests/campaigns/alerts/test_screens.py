"""The screens of `/canh-bao-nhanh/`: one writes, a second approves, communes open; and who may not."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.alerts import deciding
from campaigns.alerts.alert import Alert, AlertWording, State
from campaigns.alerts.queued import of_communes, of_the_province
from campaigns.alerts.screens.forms import AlertForm
from people.rights.reader import Reader
from people.roster.waiting import Desk
from people.times import today

from .conftest import WORDS

pytestmark = pytest.mark.django_db
HOME = "/canh-bao-nhanh/"


@pytest.fixture(autouse=True)
def one_step(settings):
    settings.SECOND_STEP_REQUIRED = False


def typed(**more):
    day = today() + timedelta(days=20)
    fields = {"title": WORDS.title, "how": WORDS.how, "signs": WORDS.signs, "act": WORDS.act}
    return {**fields, "ends_on": f"{day:%d/%m/%Y}", **more}


def waiting(source, user):
    rows = source(Desk(Reader(user), today()))
    return {str(row.title): row.count if isinstance(row.count, int) else row.count.count() for row in rows}


def test_one_screen_to_write_one_button_to_approve(ready, client_of):
    writer, second = client_of(ready.writer), client_of(ready.second)
    said = typed(title="Cảnh báo thứ hai", signs="Hỏi mượn thẻ", spoken="Bà con nghe đây.")
    page = writer.post(f"{HOME}viet/", {**said, "viec": "save"})
    row = AlertWording.objects.get(title="Cảnh báo thứ hai")
    assert page["Location"] == f"{HOME}{row.alert_id}/"
    assert row.state == State.DRAFT
    writer.post(page["Location"], {"act": "send"})
    own = writer.get(page["Location"]).content.decode()
    assert "người quản lý khác duyệt" in own
    assert "Duyệt và cho lên" not in own
    seen = second.get(page["Location"]).content.decode()
    for words in ("Bà con nghe đây.", "Duyệt và cho lên mọi xã", "Xem thử: Tờ gấp 6 mặt"):
        assert words in seen
    row.refresh_from_db()
    second.post(page["Location"], {"act": "approve", "stamp": row.stamp})
    assert Alert.objects.get(pk=row.alert_id).version == 1
    shown = second.get(page["Location"]).content.decode()
    assert "0/3 xã đã mở bản này" in shown
    assert "Xã Tây Giang" in shown


def test_the_buttons_of_the_form_have_no_name_of_a_field(ready, client_of):
    """A button called like a field takes its place: “send” would be what people are told to do."""
    client = client_of(ready.writer)
    page = client.get(f"{HOME}viet/").content.decode()
    assert sorted(re.findall(r'<button[^>]* name="(\w+)"', page)) == ["viec", "viec"]
    assert not set(AlertForm.base_fields) & {"viec"}
    client.post(f"{HOME}viet/", typed(title="Gửi ngay", viec="send"))
    row = AlertWording.objects.get(title="Gửi ngay")
    assert (row.state, row.act) == (State.AWAITING, WORDS.act)


def test_what_tells_a_case_stays_on_the_screen_with_its_sentence(ready, client_of):
    page = client_of(ready.writer).post(
        f"{HOME}viet/", typed(how="Ngày 5/3, chị Hoa ở thôn Arâng bị lừa bán sang bên kia biên giới.")
    )
    assert page.status_code == 422
    said = page.content.decode()
    assert "có thể nói ra một vụ việc" in said
    assert "chị Hoa ở thôn Arâng" in said
    assert AlertWording.objects.count() == 1


def test_the_writers_post_does_not_approve(ready, client_of):
    page = client_of(ready.writer).post(
        f"{HOME}{ready.alert.pk}/", {"act": "approve", "stamp": ready.wording.stamp}, follow=True
    )
    assert "người quản lý khác duyệt" in page.content.decode()
    assert not Alert.objects.exclude(version=0).exists()


def test_a_look_at_the_paper_is_stamped(ready, client_of):
    for key in ("to-gap", "the", "loa"):
        pdf = client_of(ready.second).get(f"{HOME}{ready.alert.pk}/thu-{key}.pdf")
        assert pdf.content[:5] == b"%PDF-"
    assert client_of(ready.second).get(f"{HOME}{ready.alert.pk}/thu-a4.pdf").status_code == 404


def test_withdrawing_says_why_and_can_be_taken_back(out, client_of):
    client, page = client_of(out.second), f"{HOME}{out.alert.pk}/"
    assert client.post(page, {"act": "withdraw", "why": ""}).status_code == 422
    assert client.post(page, {"act": "withdraw", "why": "Chị Hoa ở thôn Arâng bị lừa bán."}).status_code == 422
    client.post(page, {"act": "withdraw", "why": "Số liệu sai."})
    assert "Số liệu sai." in client.get(page).content.decode()
    client.post(page, {"act": "bring_back"})
    assert "đang có giá trị" in client.get(page).content.decode()


def test_an_alert_is_offered_as_what_it_can_be_and_a_list_of_withdrawn_sheets_says_so(out, client_of):
    space = out.tay_giang.pk
    editor, gallery = client_of(out.cast.editor), f"/in-an/xa/{space}/?thong-diep={out.alert.message_id}"
    page = editor.get(gallery).content.decode()
    assert "chưa in được" not in page
    assert "Áp phích" not in page
    for label in ("Tờ gấp 6 mặt", "Thẻ bỏ túi", "Bài đọc trên loa"):
        assert label in page
    assert "Chưa tờ nào được lấy số" in editor.get(f"/in-an/xa/{space}/da-lay-so/").content.decode()
    editor.post(f"/in-an/xa/{space}/{out.alert.message_id}/the/", {})
    client_of(out.second).post(f"{HOME}{out.alert.pk}/", {"act": "withdraw", "why": "Số liệu sai."})
    listed = editor.get(f"/in-an/xa/{space}/da-lay-so/").content.decode()
    assert "Mọi tờ đã lấy số đều đã rút" in listed
    assert "Đã rút, hãy gỡ" in editor.get(f"/in-an/xa/{space}/").content.decode()


def test_an_editor_sees_what_her_commune_has_to_do(out, client_of, django_assert_max_num_queries):
    client = client_of(out.cast.editor)
    client.get(HOME)
    with django_assert_max_num_queries(25):
        page = client.get(HOME).content.decode()
    for words in ("Xã chưa mở.", f"/in-an/xa/{out.tay_giang.pk}/?thong-diep={out.page.pk}", "/loa-xa/"):
        assert words in page
    client.post(f"{HOME}{out.alert.pk}/mo/")
    assert "Xã đã mở." in client.get(HOME).content.decode()
    assert "Viết cảnh báo" not in page


def test_the_queue_of_the_second_and_of_communes(ready):
    assert waiting(of_the_province, ready.second)["Cảnh báo chờ anh chị duyệt"] == 1
    assert waiting(of_the_province, ready.writer)["Cảnh báo chờ anh chị duyệt"] == 0
    assert waiting(of_communes, ready.cast.editor) == {"Cảnh báo của tỉnh chưa mở": 0}
    deciding.approve(ready.second, ready.wording, ready.wording.stamp, timezone.now())
    assert waiting(of_communes, ready.cast.editor) == {"Cảnh báo của tỉnh chưa mở": 1}
    assert of_communes(Desk(Reader(ready.writer), today())) == []


def test_empty_screens_say_so(communes, client_of):
    assert "Hôm nay không có cảnh báo nào." in client_of(communes.cast.manager).get(HOME).content.decode()
    assert client_of(communes.cast.manager).get(f"{HOME}999999999999999999999/").status_code == 404
    assert client_of(communes.cast.teacher).get(HOME).status_code == 403
