"""A commune's notice: the hour and the day that an editor types are what goes public, or nothing is saved."""

from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from campaigns.communes.notices import NoticePage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_one_day(settings):
    settings.SECOND_STEP_REQUIRED = False
    with travel("2026-11-29T03:15:00Z", tick=False):
        yield


def send(client, space, **typed):
    empty = dict.fromkeys(("place", "summary", "on", "at", "go_live_at", "expire_at", "picture"), "")
    words = {"title": "Họp thôn", "slug": "hop-thon", "text": rich_text("<p>Mời bà con.</p>")}
    form = {**empty, **words, "comments": inline_formset([]), **typed}
    add = reverse("wagtailadmin_pages:add", args=["campaigns", "noticepage", space.pk])
    return client.post(add, nested_form_data(form))


def told_of(answer) -> dict:
    """By field; what is wrong in the closed dialog of the schedule is said above the form too."""
    return {name: list(errors) for name, errors in answer.context["form"].errors.items() if name != "__all__"}


def test_what_people_write_is_shown_in_full_and_saved_when_sent_again(communes, client_of):
    editor = client_of(communes.cast.editor)
    answer = send(editor, communes.tay_giang, on="5/12", at="7h30 tối", go_live_at="8h sáng ngày 1/12")
    meant = {
        "on": ("5/12", "thứ Bảy, ngày 5 tháng 12 năm 2026"),
        "at": ("7h30 tối", "19 giờ 30"),
        "go_live_at": ("8h sáng ngày 1/12", "8 giờ 00, thứ Ba, ngày 1 tháng 12 năm 2026"),
    }
    sentence = "“{}” được hiểu là {}. Nếu đúng, hãy gửi lại; nếu không, hãy sửa."
    assert told_of(answer) == {name: [sentence.format(*said)] for name, said in meant.items()}
    assert not NoticePage.objects.exists()
    shown = {name: answer.context["form"][name].value() for name in meant}
    assert (shown["on"], shown["at"]) == (date(2026, 12, 5), time(19, 30))
    html = answer.content.decode()
    for value in ("05/12/2026", "19:30", "01/12/2026 08:00"):
        assert f'value="{value}"' in html
    send(editor, communes.tay_giang, on="05/12/2026", at="19:30", go_live_at="01/12/2026 08:00")
    page = NoticePage.objects.get()
    assert (page.on, page.at) == (date(2026, 12, 5), time(19, 30))
    assert page.go_live_at == timezone.make_aware(datetime(2026, 12, 1, 8, 0))


def test_what_is_not_understood_is_refused_beside_its_field(communes, client_of):
    editor = client_of(communes.cast.editor)
    answer = send(editor, communes.tay_giang, on="19 giờ", at="5/12", expire_at="khi nào xong")
    assert told_of(answer) == {
        "on": ["Không hiểu “19 giờ” là ngày nào. Ghi ngày/tháng/năm, như 24/11/2026."],
        "at": ["Không hiểu “5/12” là mấy giờ; hãy ghi như 19:30."],
        "expire_at": ["Không hiểu “khi nào xong” là lúc nào; hãy ghi ngày và giờ như 05/12/2026 19:30."],
    }
    assert not NoticePage.objects.exists()
    assert 'value="19 giờ"' in answer.content.decode()
