"""Every act upon an alert is a line of the log, in plain words; what communes open is none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.alerts import deciding, ending
from campaigns.alerts.ledger import note_opened
from campaigns.renderings import issuing, reading
from campaigns.renderings.composing import composed
from campaigns.renderings.formats import FORMATS
from people.log.audit import Act, Entry

from .conftest import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_step(settings):
    settings.SECOND_STEP_REQUIRED = False


def acts() -> list[tuple]:
    return list(
        Entry.objects.filter(act__startswith="alert").order_by("pk").values_list("act", "by", "detail", "count")
    )


def later(**more):
    return timezone.now() + timedelta(**more)


def test_from_the_first_word_to_the_end_each_act_is_a_line(ready, client_of):
    it, first = ready, f"{ready.alert.pk}/1"
    deciding.send_back(it.second, it.wording, "Thêm dấu hiệu.", it.wording.stamp)
    row = deciding.write(it.writer, it.alert, WORDS, it.wording.ends_on, later())
    deciding.submit(it.writer, row, later())
    deciding.call_back(it.writer, row)
    deciding.submit(it.writer, row, later())
    row.refresh_from_db()
    alert = deciding.approve(it.second, row, row.stamp, later())
    order = reading.order(reading.message_or_404(alert.message_id), FORMATS["to-gap"], it.tay_giang)
    issuing.issue(composed(order), it.cast.editor, later())
    note_opened(it.cast.editor, alert, later())
    ending.withdraw(it.second, alert, "Số liệu sai.", None, later())
    ending.bring_back(it.writer, alert, later())
    draft = deciding.write(it.writer, alert, WORDS, row.ends_on, later())
    deciding.discard(it.second, draft)
    ending.expire(later(days=60))
    writer, second = it.writer.pk, it.second.pk
    assert acts() == [
        (Act.WROTE_ALERT, writer, first, None),
        (Act.SUBMITTED_ALERT, writer, first, None),
        (Act.RETURNED_ALERT, second, first, None),
        (Act.WROTE_ALERT, writer, first, None),
        (Act.SUBMITTED_ALERT, writer, first, None),
        (Act.UNSUBMITTED_ALERT, writer, first, None),
        (Act.SUBMITTED_ALERT, writer, first, None),
        (Act.APPROVED_ALERT, second, first, None),
        (Act.WITHDREW_ALERT, second, first, 1),
        (Act.ALERT_BACK, writer, first, 1),
        (Act.WROTE_ALERT, writer, f"{alert.pk}/2", None),
        (Act.DISCARDED_ALERT, second, f"{alert.pk}/2", None),
        (Act.ALERT_OVER, None, first, 1),
    ]
    shown = " ".join(client_of(it.second).get("/tai-khoan/nhat-ky/tat-ca/").content.decode().split())
    for said in (
        f"Duyệt cảnh báo, cho lên mọi xã: số {alert.pk}, bản 1",
        f"Trả lại cảnh báo để sửa: số {alert.pk}, bản 1",
        f'Rút cảnh báo: số {alert.pk}, bản 1 <span class="sm mute">1 tờ phải gỡ</span>',
        f'Đưa lại cảnh báo rút nhầm: số {alert.pk}, bản 1 <span class="sm mute">1 tờ thôi phải gỡ</span>',
        f"Bỏ bản nháp cảnh báo: số {alert.pk}, bản 2",
        f"Cảnh báo hết hạn: số {alert.pk}, bản 1",
    ):
        assert said in shown, said
    # neither what it says nor why it was sent back stands in the log
    assert WORDS.title not in shown
    assert "Thêm dấu hiệu" not in shown


def test_what_is_refused_is_no_line(ready):
    before = acts()
    for refused in (
        lambda: deciding.approve(ready.writer, ready.wording, ready.wording.stamp, later()),
        lambda: deciding.send_back(ready.second, ready.wording, "", ready.wording.stamp),
        lambda: ending.withdraw(ready.second, ready.alert, "Sai.", None, later()),
        lambda: ending.bring_back(ready.second, ready.alert, later()),
    ):
        with pytest.raises(deciding.Refused):
            refused()
    assert acts() == before
    assert len(before) == 2


def test_a_sheet_that_was_taken_down_is_named_by_the_number_on_it(out, client_of):
    order = reading.order(reading.message_or_404(out.page.pk), FORMATS["the"], out.tay_giang)
    version = issuing.issue(composed(order), out.cast.editor, later())
    ending.withdraw(out.second, out.alert, "Số liệu sai.", None, later())
    client_of(out.cast.editor).post(f"/in-an/xa/{out.tay_giang.pk}/da-go/{version.pk}/")
    shown = client_of(out.second).get("/tai-khoan/nhat-ky/tat-ca/").content.decode()
    assert f"Ghi tờ đã gỡ: số {version.sheet_id}, bản {version.number}" in shown
