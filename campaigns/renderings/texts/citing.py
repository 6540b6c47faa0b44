"""What is printed as a citing kind: posters, leaflets, cards, what is read out, and the three questions of a message.

Who leads is led to the texts, approved or not; who prints to the prints, of what is approved alone.
"""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.messages.message import MessageKind
from campaigns.renderings import whose
from campaigns.renderings.texts import passages
from pages.laws.indexing import index
from pages.laws.kinds import CitingKind, Passage, Reading, Shown, Where, cites


def _read(targets: Collection[str] | None) -> Iterator[Passage]:
    rows = passages.Passage.objects.exclude(message__kind=MessageKind.ALERT)
    if targets is not None:
        rows = rows.filter(message__in=[int(target) for target in targets])
    for row in rows.order_by("pk"):
        yield Passage(str(row.message_id), row.slot, f"{row.title}\n{row.text}", is_draft=row.approved_at is None)


def _show(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
    leads = whose.leads(reading.user)
    if not leads and not whose.prints(reading.user):
        return {}
    found = {
        (str(row.message_id), row.slot): row
        for row in passages.Passage.objects.filter(message__in={int(target) for target, _place, _draft in rows})
        .select_related("message")
        .order_by("pk")
    }
    told = (row for row in rows if row[:2] in found and (leads or not row[2]))
    return {row: _shown(found[row[:2]], leads, is_draft=row[2]) for row in told}


def _shown(passage: passages.Passage, leads: bool, *, is_draft: bool) -> Shown:
    address = reverse("prints:message_texts", args=[passage.message_id]) if leads else reverse("prints:home")
    note = _("%s, chưa duyệt") % passage.message.title if is_draft else passage.message.title
    return Shown(passage.label, address, note)


def _target(passage: Model) -> str:
    return str(passage.message_id)  # type: ignore[attr-defined]


PRINTED = CitingKind("printed", gettext_lazy("Tờ in, thẻ, bài đọc loa"), 78, passages.Passage, _read, _show, _target)


def connect() -> None:
    cites(PRINTED)
    post_save.connect(_follow, sender=passages.Passage, dispatch_uid="campaigns.renderings.citing")


def _follow(sender, instance: passages.Passage, **kwargs) -> None:
    index(PRINTED, [_target(instance)])
