"""The communes' fixture with the province's numbers, and an alert that one wrote and another may approve."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone
from sharing import shared

from campaigns.alerts.alerts_page import create_alerts
from campaigns.alerts.deciding import approve, submit, write
from campaigns.alerts.words import Words
from pages.contacts.starter import create_contacts
from people.times import today

WORDS = Words(
    title="Mời bán tài khoản ngân hàng: đừng đưa thẻ",
    how="Chúng nhắn trên mạng, mời mở tài khoản rồi bán lại lấy tiền. Sau đó chúng rủ đi làm ở nước ngoài.",
    signs="Trả tiền ngay khi mở tài khoản\nHỏi mượn căn cước\nHẹn xe đón trong đêm",
    act="Không mở tài khoản hộ ai. Giữ thẻ và căn cước của mình.",
)


@shared
def ready(communes):
    """`writer` and `second` lead the province; `alert` waits for the second."""
    create_contacts()
    create_alerts(communes.home)
    cast, now = communes.cast, timezone.now()
    row = write(cast.manager, None, WORDS, today() + timedelta(days=30), now)
    submit(cast.manager, row, now)
    row.refresh_from_db()
    return SimpleNamespace(
        **vars(communes), writer=cast.manager, second=cast.administrator, alert=row.alert, wording=row
    )


@shared
def out(ready):
    """The second approved it."""
    alert = approve(ready.second, ready.wording, ready.wording.stamp, timezone.now())
    return SimpleNamespace(**{**vars(ready), "alert": alert, "page": alert.message})
