"""Pictures to post (Zalo and the like), made in the background once the words are approved, kept by what is on them."""

import hashlib
import json

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.messages.message import MessagePage
from campaigns.renderings import drawing, reading
from campaigns.renderings.composing import DESIGN_NUMBER, Source, Unprintable, picture_data
from campaigns.renderings.formats import PICTURE_SLOTS, PICTURES
from letters.cutting import shortened
from media.scenes import SCENES
from outbox.effects import Job, Refused, effect, enqueue
from people.times import today

EFFECT = "message_pictures"


class MessagePicture(models.Model):
    """One card of a message in one size, public. It goes when its words are no longer approved."""

    message = models.ForeignKey(MessagePage, models.CASCADE, related_name="pictures_to_post")
    slot = models.CharField(max_length=20)
    size = models.CharField(max_length=10)
    # hash of what is on it
    made_of = models.CharField(max_length=40)
    file = models.FileField(upload_to="images/post/")
    # what is drawn, and the words on it
    alt = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "slot", "size"], name="picture_to_post_once")]

    def __str__(self):
        return str(self.file.name)

    @property
    def pixels(self) -> tuple[int, int]:
        return PICTURES[self.size].width, PICTURES[self.size].height


def alternative(source: Source, slot: str) -> str:
    """The scene's own words, then those on the card."""
    said = source.passages[slot].text
    return f"{SCENES[source.scene]} {said}" if source.scene else said


def _mark(data: dict) -> str:
    text = json.dumps([DESIGN_NUMBER, data], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def ask_for(message: int) -> None:
    """After an approval or its end, in the same transaction."""
    enqueue(EFFECT, {"message": message})


@effect(EFFECT, label=_("Tạo hình để đăng"))
def make(job: Job) -> dict | None:
    message = reading.printed_messages().filter(pk=job.payload["message"]).first()
    if message is None:
        return None
    source, made, wanted = reading.source(message), 0, set()
    rows = {(row.slot, row.size): row for row in message.pictures_to_post.all()}
    for slot in PICTURE_SLOTS:
        passage = source.passages.get(slot)
        if passage is None or not passage.is_approved:
            continue
        for size in PICTURES.values():
            wanted.add((slot, size.key))
            made += _keep(rows.get((slot, size.key)), source, slot, size)
    for place in rows.keys() - wanted:
        _remove(rows[place])
    return {"made": made}


def _keep(row: MessagePicture | None, source: Source, slot: str, size) -> bool:
    """Whether it was drawn. Its name changes with its content, since browsers and share sites keep pictures long."""
    try:
        data = picture_data(source, slot, size, today())
        mark = _mark(data)
        if row is not None and row.made_of == mark:
            return False
        content = drawing.to_post(data)
    except Unprintable as why:
        raise Refused(str(why)) from None
    row = row or MessagePicture(message=source.message, slot=slot, size=size.key)
    old, storage = row.file.name, row.file.storage
    row.made_of, row.alt = mark, shortened(alternative(source, slot), 500)
    row.file.save(f"{source.message.slug}-{slot[-1]}-{size.key}-{mark[:12]}.png", ContentFile(content), save=False)
    row.save()
    if old and old != row.file.name:
        storage.delete(old)
    return True


def _remove(row: MessagePicture) -> None:
    name, storage = str(row.file.name), row.file.storage
    with transaction.atomic():
        row.delete()
        transaction.on_commit(lambda: storage.delete(name), robust=True)
