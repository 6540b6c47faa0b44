"""Writing, handing over, sending back and approving an alert. Raises Refused, one Vietnamese sentence for who asked."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.alerts import mail
from campaigns.alerts.alert import Alert, AlertWording, State
from campaigns.alerts.fitting import fault_on_paper
from campaigns.alerts.publishing import publish
from campaigns.alerts.words import FIELDS, MOST_DAYS, Words, faults, told
from people.log.audit import Act, record
from people.persons.merges import one_person


class Refused(ValueError):
    """`fields` says where, for a form."""

    def __init__(self, sentence: str, fields: dict[str, list[str]] | None = None):
        super().__init__(sentence)
        self.fields = fields or {}


@transaction.atomic
def write(
    by, alert: Alert | None, words: Words, ends_on: date, now: datetime, stamp: int | None = None
) -> AlertWording:
    """Her own draft, new or written anew; of an alert that is out the next version. `stamp` is that of the draft as she
    was shown it.
    """
    _may_say(words, ends_on, timezone.localdate(now))
    if alert is None:
        alert = Alert.objects.create()
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if alert.ended_at is not None:
        raise Refused(_("Cảnh báo này đã hết hạn hoặc đã rút; viết một cảnh báo mới."))
    row = alert.wordings.exclude(state=State.APPROVED).first()
    if row is None:
        row = AlertWording(alert=alert, version=alert.version + 1, written_by=by)
    else:
        _hers(row, by)
        if row.state == State.AWAITING:
            raise Refused(_("Lời này đang chờ duyệt; lấy lại rồi hãy sửa."))
        if stamp is not None and stamp != row.stamp:
            raise Refused(_("Bản nháp này vừa được sửa ở nơi khác. Mở lại trang để xem bản mới."))
    for name in FIELDS:
        setattr(row, name, getattr(words, name))
    row.ends_on, row.written_at, row.word, row.stamp = ends_on, now, "", row.stamp + 1
    row.save()
    record(Act.WROTE_ALERT, by, detail=str(row), at=now)
    return row


@transaction.atomic
def submit(by, wording: AlertWording, now: datetime) -> None:
    """Nothing is handed over that would not fit on its leaflet and cards."""
    row = _locked(wording)
    _hers(row, by)
    if row.state != State.DRAFT:
        raise Refused(_("Lời này đã gửi duyệt."))
    _may_say(row.words, row.ends_on, timezone.localdate(now))
    if fault := fault_on_paper(row.words, row.ends_on):
        raise Refused(fault)
    row.state, row.submitted_at, row.word, row.stamp = State.AWAITING, now, "", row.stamp + 1
    row.save()
    record(Act.SUBMITTED_ALERT, by, detail=str(row), at=now)
    mail.tell_deciders(row, by)


@transaction.atomic
def call_back(by, wording: AlertWording) -> None:
    row = _locked(wording)
    _hers(row, by)
    if row.state != State.AWAITING:
        raise Refused(_("Lời này không còn chờ duyệt."))
    row.state, row.submitted_at, row.stamp = State.DRAFT, None, row.stamp + 1
    row.save()
    record(Act.UNSUBMITTED_ALERT, by, detail=str(row))


@transaction.atomic
def send_back(by, wording: AlertWording, word: str, stamp: int) -> None:
    row = _awaiting(by, wording, stamp)
    if not word.strip():
        raise Refused(_("Hãy ghi cần sửa gì; người viết đọc câu này."))
    if said := told(word):
        raise Refused(said[0])
    row.state, row.word, row.submitted_at, row.stamp = State.DRAFT, word.strip()[:300], None, row.stamp + 1
    row.save()
    record(Act.RETURNED_ALERT, by, detail=str(row))
    mail.tell_writer(row, sent_back=True)


@transaction.atomic
def discard(by, wording: AlertWording) -> None:
    """A draft, with the alert if it has nothing else; anybody of the province may, so that none stands in the way."""
    row = _locked(wording)
    if row.state != State.DRAFT:
        raise Refused(_("Chỉ bỏ được bản nháp; lời đang chờ thì lấy lại hoặc trả lại trước."))
    alert = row.alert
    record(Act.DISCARDED_ALERT, by, detail=str(row))
    row.delete()
    if alert.version == 0:
        alert.delete()


@transaction.atomic
def approve(by, wording: AlertWording, stamp: int, now: datetime) -> Alert:
    """Public at once everywhere: page, leaflet, cards, loudspeaker, feeds. The work does not grow with the communes."""
    row = _awaiting(by, wording, stamp)
    _may_say(row.words, row.ends_on, timezone.localdate(now))
    row.state, row.approved_by, row.approved_at, row.stamp = State.APPROVED, by, now, row.stamp + 1
    row.save()
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=row.alert_id)
    alert.version, alert.ends_on, alert.approved_at = row.version, row.ends_on, now
    alert.save()
    publish(alert, row, by, now)
    record(Act.APPROVED_ALERT, by, detail=str(row), at=now)
    mail.tell_writer(row)
    mail.tell_communes(alert, mail.OUT)
    return alert


def _awaiting(by, wording: AlertWording, stamp: int) -> AlertWording:
    row = _locked(wording)
    if row.state != State.AWAITING or row.stamp != stamp:
        raise Refused(_("Lời này vừa được sửa hoặc quyết định. Mở lại trang để đọc."))
    if row.alert.ended_at is not None:
        raise Refused(_("Cảnh báo này đã hết hạn hoặc đã rút; viết một cảnh báo mới."))
    if is_hers(row, by):
        raise Refused(_("Anh chị đã viết lời này, nên người quản lý khác duyệt."))
    return row


def _locked(wording: AlertWording) -> AlertWording:
    row = AlertWording.objects.select_for_update(of=("self",)).filter(pk=wording.pk).select_related("alert").first()
    if row is None:
        raise Refused(_("Bản nháp này đã bỏ."))
    return row


def is_hers(row: AlertWording, by) -> bool:
    """Also where two records of one person were merged."""
    return row.written_by_id == by.pk or row.written_by_id in {pk for (pk,) in one_person(by).values_list("pk")}


def _hers(row: AlertWording, by) -> None:
    if not is_hers(row, by):
        raise Refused(_("Lời này do người khác viết; chỉ người ấy sửa. Cần đổi thì trả lại kèm một câu."))


def _may_say(words: Words, ends_on: date, day: date) -> None:
    if found := faults(words):
        raise Refused(next(iter(found.values()))[0], found)
    if not day <= ends_on <= day + timedelta(days=MOST_DAYS):
        said = _("Ngày cuối phải từ hôm nay đến hết %d ngày nữa.") % MOST_DAYS
        raise Refused(said, {"ends_on": [said]})
