"""The picture of a share card: the page's own words as a PNG, rendered in the background whenever the page is
published.

It shows nothing but neutral words, in case somebody looks over a shoulder. An editor's own picture takes precedence.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published

from media.consents.ending import consent_changed
from media.models import Picture
from outbox.effects import Job, Refused, effect, enqueue
from pages.base import PublicPage
from pages.serving import version
from printing import MissingLetter, picture

DESIGN = Path(__file__).parent / "designs" / "share_card.typ"
# the size that Facebook and Zalo show; at 96 dots an inch one point of the design is 4/3 of a pixel
WIDTH, HEIGHT = 1200, 630
# increased when the design changes, so that every card is made anew when its page is next published
DESIGN_NUMBER = 1
# the rendition of an editor's own picture
RENDITION = f"fill-{WIDTH}x{HEIGHT}|format-jpeg"


@dataclass(frozen=True)
class Card:
    """A share picture as a page shows it: path, size in pixels, alternative text."""

    url: str
    width: int
    height: int
    alt: str


class SharePicture(models.Model):
    page = models.OneToOneField(Page, models.CASCADE, related_name="made_share_picture")
    # hash of the words on it
    made_of = models.CharField(max_length=40)
    file = models.FileField(upload_to="images/share/")

    class Meta:
        verbose_name = _("hình chia sẻ")
        verbose_name_plural = _("hình chia sẻ")

    def __str__(self):
        return self.file.name


def words_of(page: PublicPage) -> dict[str, str]:
    """The words on the card. A page class may set `share_card_title` where its title is too plain."""
    return {"title": getattr(page, "share_card_title", "") or page.share_title, "text": page.share_text}


def mark_of(words: dict) -> str:
    text = json.dumps([DESIGN_NUMBER, words], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def picture_of(page: PublicPage) -> Card | None:
    """The picture to share; None while the background effect makes it. Two queries at most."""
    own = _own(page)
    if own is not None:
        rendition = own.renditions.filter(filter_spec=RENDITION).first()
        return Card(rendition.url, rendition.width, rendition.height, own.default_alt_text) if rendition else None
    card = SharePicture.objects.filter(page_id=page.pk).first()
    return Card(card.file.url, WIDTH, HEIGHT, words_of(page)["title"]) if card else None


def _own(page: PublicPage):
    """What the editor chose, while the people in it agree."""
    return page.share_picture if page.share_picture_id and not page.share_picture.consent_ended else None


def ask_for(page, again: str = "") -> None:
    """Enqueues the effect that makes the card, if there is none with these words or this picture yet; where the consent
    for the picture ended or was taken back, once more for each `again`.
    """
    if not isinstance(page, PublicPage) or not page.live:
        return
    if _own(page):
        enqueue("share_picture", {"page": page.pk}, key=f"share_picture:{page.pk}:p{page.share_picture_id}{again}")
        return
    mark = mark_of(words_of(page))
    if not SharePicture.objects.filter(page_id=page.pk, made_of=mark).exists():
        enqueue("share_picture", {"page": page.pk}, key=f"share_picture:{page.pk}:{mark}{again}")


@effect("share_picture", label=_("Tạo hình chia sẻ"))
def make(job: Job) -> dict | None:
    page = Page.objects.filter(pk=job.payload["page"], live=True).first()
    page = page.specific if page else None
    if not isinstance(page, PublicPage):
        return None
    if _own(page):
        page.share_picture.get_rendition(RENDITION)
        version.raise_version()
        return None
    words = words_of(page)
    mark = mark_of(words)
    card = SharePicture.objects.filter(page_id=page.pk).first()
    if card and card.made_of == mark:
        return {"file": card.file.name}
    try:
        content = picture(DESIGN, words)
    except MissingLetter as missing:
        raise Refused(str(missing)) from None
    return {"file": _keep(page, card or SharePicture(page_id=page.pk), mark, content)}


def _keep(page, card: SharePicture, mark: str, content: bytes) -> str:
    """Stores the file under a name that changes with the words, since browsers and share sites keep pictures long."""
    old = card.file.name
    card.made_of = mark
    card.file.save(f"{page.pk}-{mark[:12]}.png", ContentFile(content), save=False)
    card.save()
    version.raise_version()
    if old and old != card.file.name:
        card.file.storage.delete(old)
    return str(card.file.name)


def _published(sender, instance, **kwargs) -> None:
    ask_for(instance)


def _consent_changed(sender, row, **kwargs) -> None:
    """A page that showed it gets a card of its own words, and its own picture again when that was a mistake."""
    if isinstance(row, Picture):
        for model in get_page_models():
            for page in model.objects.filter(share_picture=row, live=True) if issubclass(model, PublicPage) else ():
                ask_for(page, again=f":{timezone.now().isoformat()}")


def connect() -> None:
    page_published.connect(_published, dispatch_uid="pages.sharing.pictures")
    consent_changed.connect(_consent_changed, dispatch_uid="pages.sharing.pictures")
