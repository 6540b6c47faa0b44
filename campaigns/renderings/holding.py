"""Which sheets and voices still hold a sentence that was said to have been wrong."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.loudspeakers.package import Package
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.sheets import Sheet, SheetVersion
from campaigns.renderings.texts.languages import SCENE, WORD
from campaigns.translating.holding import HOLDERS, NAMED, Held
from campaigns.translating.kinds import PRINTED, SOURCE
from campaigns.translating.sentences import SourceSentence


def sheets(sentence: SourceSentence) -> list[Held]:
    """Versions issued before it was corrected, in any language, that nobody withdrew; two queries."""
    if not sentence.path.startswith(f"{PRINTED}/"):
        return []
    rows = SheetVersion.objects.newest().filter(withdrawal=None, sheet__in=_bearing(sentence))
    if sentence.changed_at is not None:
        rows = rows.filter(issued_at__lt=sentence.changed_at)
    count = rows.count()
    first = rows.select_related("sheet__unit").order_by("sheet__unit__name_order", "sheet")[:NAMED]
    named = tuple(
        f"{row.sheet.unit.name if row.sheet.unit else _('Của tỉnh')}: {row.label}, {row.sheet.get_language_display()}, "
        + _("tờ số %(number)s, bản %(version)s") % {"number": row.sheet_id, "version": row.number}
        for row in first
    )
    message = _message(sentence)
    url = reverse("prints:withdrawals") + (f"?message={message.pk}" if message else "")
    return [Held(_("Tờ đã lấy số"), count, named, url, _("Rút tờ đã in"))]


def _message(sentence: SourceSentence) -> MessagePage | None:
    return MessagePage.objects.filter(translation_key=sentence.page_key, locale__language_code=SOURCE).first()


def _bearing(sentence: SourceSentence):
    """Sheets in whose format it stands. What the design says itself stands on every sheet in another language."""
    rows = Sheet.objects.all()
    if sentence.path.startswith(WORD):
        return rows.exclude(language=SOURCE)
    of_message = rows.filter(message__translation_key=sentence.page_key)
    if sentence.path == SCENE:
        return of_message
    slot = sentence.path.removeprefix(f"{PRINTED}/").partition("/")[0]
    if slot.startswith("audience."):
        return of_message.filter(audience=slot.removeprefix("audience."))
    return of_message.filter(format__in=[one.key for one in FORMATS.values() if slot in one.slots])


def voices(sentence: SourceSentence) -> list[Held]:
    """Recordings of the whole message, which may speak it in any language; one query."""
    rows = MessageRecording.objects.filter(
        message__translation_key=sentence.page_key, message__locale__language_code=SOURCE
    ).select_related("recording", "message")
    named = tuple(f"{row.recording.title} ({row.get_language_display()})" for row in rows)
    page = next((row.message for row in rows), None)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
    return [Held(_("Tiếng nói: nghe lại, thu lại nếu có câu này"), len(named), named[:NAMED], url, _("Mở thông điệp"))]


def packages(sentence: SourceSentence) -> list[Held]:
    """For loudspeakers, with the message's voice, that may still be played; two queries."""
    rows = Package.objects.holding(sentence.page_key).select_related("commune")
    count = rows.count()
    named = tuple(
        _("%(commune)s: gói số %(number)s, đến hết ngày %(day)s")
        % {"commune": one.commune.name, "number": one.pk, "day": f"{one.use_until:%d/%m/%Y}"}
        for one in rows[:NAMED]
    )
    return [Held(_("Gói âm thanh cho loa: gọi xã xóa khỏi thẻ"), count, named)]


def connect() -> None:
    HOLDERS.extend(one for one in (sheets, voices, packages) if one not in HOLDERS)
