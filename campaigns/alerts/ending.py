"""An alert that is over: expired by its day, or withdrawn, with what replaces it. Its address and the codes on paper
say so from that moment; each commune has its sheets to take down; what was withdrawn by mistake comes back as it was.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from campaigns.alerts import mail
from campaigns.alerts.alert import Alert, Ended, State
from campaigns.alerts.deciding import Refused
from campaigns.alerts.publishing import put_on_paper
from campaigns.alerts.words import told
from campaigns.messages.message import MessagePage
from campaigns.renderings.pictures import ask_for
from campaigns.renderings.sheets import SheetVersion, Withdrawal
from campaigns.renderings.texts.passages import Passage
from campaigns.speaking.hearing import ask_to_join
from campaigns.speaking.publishing import withdraw as stop_voice
from campaigns.speaking.takes import MessageVoice
from outbox.clock import daily
from people.log.audit import Act, record


@transaction.atomic
def withdraw(by, alert: Alert, why: str, replaced_by: Alert | None, now: datetime) -> int:
    """How many printed sheets are to be taken down. Raises Refused."""
    if not why.strip():
        raise Refused(_("Hãy ghi vì sao rút; ai quét mã trên tờ đã in sẽ đọc câu này."))
    if said := told(why):
        raise Refused(said[0])
    row = _locked(alert)
    if replaced_by is not None and (
        replaced_by.pk == row.pk or not replaced_by.is_standing_on(timezone.localdate(now))
    ):
        raise Refused(_("Chọn một cảnh báo khác đang có giá trị, hoặc để trống."))
    row.replaced_by, row.why, row.ended_by = replaced_by, why.strip()[:200], by
    count = _end(row, Ended.WITHDRAWN, now, by)
    record(Act.WITHDREW_ALERT, by, count=count, detail=_of(row), at=now)
    mail.tell_communes(row, mail.WITHDRAWN)
    return count


@daily("campaigns.alerts.ending.expire", at="00:02")
def expire(now: datetime) -> None:
    """Lists leave an alert out from the first minute of the day after its last; this closes its address."""
    day = timezone.localdate(now)
    for alert in Alert.objects.filter(ended_at=None, version__gt=0, ends_on__lt=day):
        with transaction.atomic():
            row = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
            if row.ended_at is None and row.ends_on is not None and row.ends_on < day:
                row.why = f"Cảnh báo này có giá trị đến hết ngày {row.ends_on:%d/%m/%Y}."
                count = _end(row, Ended.EXPIRED, now, None)
                record(Act.ALERT_OVER, None, count=count, detail=_of(row), at=now)


def _of(row: Alert) -> str:
    """As its wordings are named in the log."""
    return f"{row.pk}/{row.version}"


def _locked(alert: Alert) -> Alert:
    row = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if row.version == 0:
        raise Refused(_("Cảnh báo này chưa lên trang; trả lại hoặc bỏ bản nháp."))
    if row.ended_at is not None:
        raise Refused(_("Cảnh báo này đã hết hạn hoặc đã rút."))
    return row


def _end(row: Alert, how: Ended, now: datetime, by) -> int:
    row.ended, row.ended_at = how, now
    row.save()
    page = row.message
    if page is None:
        return 0
    page = MessagePage.objects.get(pk=page.pk)
    lead_to_the_end(page, row)
    if page.live:
        page.unpublish(user=by)
    Passage.objects.filter(message=page.pk).update(approved_by=None, approved_at=None)
    for voice in MessageVoice.objects.filter(page_key=row.key).exclude(recording=None):
        stop_voice(voice, now)
    ask_for(page.pk)
    return _take_down(page, row, by, now)


def _take_down(page: MessagePage, row: Alert, by, now: datetime) -> int:
    """Every sheet printed of it; of its commune to take down."""
    sheets = SheetVersion.objects.filter(sheet__message=page, withdrawal=None)
    if not sheets.exists():
        return 0
    replaced_by = row.replaced_by.message if row.replaced_by else None
    withdrawal = Withdrawal.objects.create(message=page, why=row.why, replaced_by=replaced_by, by=by, at=now)
    return sheets.update(withdrawal=withdrawal)


def lead_to_the_end(page: MessagePage, row: Alert) -> None:
    path = Redirect.normalise_path((page.url or "").rstrip("/"))
    Redirect.objects.filter(old_path=path).delete()
    Redirect.add_redirect(path, redirect_to=reverse("alert", args=[row.pk]), is_permanent=False)


@transaction.atomic
def bring_back(by, alert: Alert, now: datetime) -> None:
    """Withdrawn by mistake: the words that two people agreed on are public again, and so are the sheets that no commune
    took down yet. Raises Refused.
    """
    row = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    wording = row.wordings.filter(version=row.version, state=State.APPROVED).first()
    page = row.message
    if row.ended != Ended.WITHDRAWN or wording is None or page is None:
        raise Refused(_("Chỉ đưa lại được cảnh báo đã rút."))
    if row.ends_on is None or row.ends_on < timezone.localdate(now):
        raise Refused(_("Cảnh báo này đã quá ngày cuối; viết một cảnh báo mới."))
    ended_at = row.ended_at
    assert ended_at is not None
    row.ended, row.ended_at, row.ended_by, row.why, row.replaced_by = "", None, None, "", None
    row.save()
    page = MessagePage.objects.get(pk=page.pk)
    path = Redirect.normalise_path((page.get_url() or f"/canh-bao/{page.slug}").rstrip("/"))
    Redirect.objects.filter(old_path=path).delete()
    page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    put_on_paper(page, wording)
    for voice in MessageVoice.objects.filter(page_key=row.key):
        ask_to_join(voice.page_key, voice.language, voice.part)
    back = SheetVersion.objects.filter(sheet__message=page, withdrawal__at=ended_at, taken_down_at=None)
    count = back.update(withdrawal=None)
    record(Act.ALERT_BACK, by, count=count, detail=_of(row), at=now)
    mail.tell_communes(row, mail.OUT)
