"""An approved wording becomes the page and the texts on paper. One transaction, the same work for any number of
communes: their spaces, galleries and feeds read the alert where it stands.
"""

from datetime import datetime

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from campaigns.alerts.alert import Alert, AlertWording, State
from campaigns.alerts.alerts_page import AlertsPage, create_alerts
from campaigns.alerts.words import page_fields, passages
from campaigns.messages.message import MessageKind, MessagePage
from campaigns.renderings.pictures import ask_for
from campaigns.renderings.texts.passages import MessageKit, Passage
from campaigns.translating.deciding import say_wrong
from campaigns.translating.keeping import words_beside_changed
from campaigns.translating.sentences import Change, SourceSentence
from pages.home.page import create_home
from pages.publishing import add_published


class NotApproved(ValueError):
    """Somebody tried to put words of an alert in public that no second person approved."""


def publish(alert: Alert, wording: AlertWording, by, now: datetime) -> MessagePage:
    page = alert.message
    fields = page_fields(wording.words)
    if page is None:
        page = MessagePage(kind=MessageKind.ALERT, translation_key=alert.key, **fields)
        add_published(_above(), page)
        alert.message = page
        alert.save(update_fields=["message"])
    else:
        # its address stays: it is on paper
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    put_on_paper(page, wording)
    _withdraw_what_was_said_of(page, by, now)
    return page


def _above() -> AlertsPage:
    return create_alerts(create_home())


def _withdraw_what_was_said_of(page: MessagePage, by, now: datetime) -> None:
    """Translations of sentences that the new version changed: nobody waits for somebody to say what the change was."""
    changed = SourceSentence.objects.of(page.translation_key).filter(change=Change.UNSAID)
    say_wrong(by, list(changed.values_list("pk", flat=True)), now)


def put_on_paper(page: MessagePage, wording: AlertWording) -> None:
    """The texts of leaflet, cards and loudspeaker, approved by who approved the alert; the desk has them at once."""
    MessageKit.objects.get_or_create(message=page, defaults={"scene": ""})
    said = passages(wording.words, wording.ends_on)
    there = {row.slot: row for row in Passage.objects.filter(message=page)}
    rows = []
    for slot, (title, text) in said.items():
        row = there.get(slot) or Passage(message=page, slot=slot)
        if row.pk is None or (row.title, row.text) != (title, text):
            row.title, row.text, row.written_at = title, text, wording.written_at
        row.written_by, row.approved_by, row.approved_at = (
            wording.written_by,
            wording.approved_by,
            wording.approved_at,
        )
        rows.append(row)
    Passage.objects.bulk_create([row for row in rows if row.pk is None])
    names = ["title", "text", "written_by", "written_at", "approved_by", "approved_at"]
    Passage.objects.bulk_update([row for row in rows if row.pk is not None], names)
    words_beside_changed(page)
    ask_for(page.pk)


# --- the store


def guard(sender, instance: MessagePage, **kwargs) -> None:
    """No Vietnamese page of an alert is live with other words than the approved ones, whichever way it is saved."""
    if instance.kind != MessageKind.ALERT or not instance.live or instance.locale.language_code != "vi":
        return
    alert = Alert.objects.filter(key=instance.translation_key, ended_at=None).first()
    wording = alert and alert.wordings.filter(version=alert.version, state=State.APPROVED).first()
    said = page_fields(wording.words) if wording else {}
    if not said or any(getattr(instance, name) != value for name, value in said.items()):
        raise NotApproved(_("Cảnh báo chỉ lên trang với lời mà hai người của tỉnh đã viết và duyệt."))


def connect() -> None:
    pre_save.connect(guard, sender=MessagePage, dispatch_uid="campaigns.alerts.guard")
