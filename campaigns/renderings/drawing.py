"""Draws a composed sheet or picture. What does not fit or has no letter is refused with its reason, never cut off."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import gettext as _

from campaigns.renderings.composing import DESIGN_NUMBER, Unprintable
from campaigns.renderings.formats import Format, slot_label
from printing import MissingLetter, PrintingError, picture, pictures, render

DESIGNS = Path(__file__).parent / "designs"
PICTURE = DESIGNS / "picture.typ"
DAY = 24 * 3600
_OVERFLOW = re.compile(r"OVERFLOW:([a-z]+(?:\.\w+)?)")
Made = TypeVar("Made")


def pdf(one: Format, data: dict[str, Any]) -> bytes:
    """Raises Unprintable."""
    return _refusing(lambda: render(DESIGNS / f"{one.design}.typ", data))


def pages(one: Format, data: dict[str, Any], dots: int) -> list[bytes]:
    """Each page as PNG. Raises Unprintable."""
    return _refusing(lambda: pictures(DESIGNS / f"{one.design}.typ", data, dots))


def to_post(data: dict[str, Any]) -> bytes:
    """A picture to post, as PNG in its own size. Raises Unprintable."""
    return _refusing(lambda: picture(PICTURE, data))


def seen(mark: str, one: Format, data: dict[str, Any]) -> list[bytes]:
    """The preview, kept for a day by what is on it."""
    key = f"sheet-seen:{mark}:{hashlib.sha256((data['stamp'] + data['foot']).encode()).hexdigest()[:16]}"
    kept = cache.get(key)
    if kept is None:
        kept = pages(one, data, one.seen)
        cache.set(key, kept, DAY)
    return kept


def seen_to_post(data: dict[str, Any]) -> bytes:
    """The same for a look, kept for a day."""
    text = json.dumps([DESIGN_NUMBER, data], ensure_ascii=False, sort_keys=True)
    key = f"post-seen:{hashlib.sha256(text.encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = to_post(data)
        cache.set(key, kept, DAY)
    return kept


def _refusing(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except MissingLetter as missing:
        raise Unprintable(str(missing)) from None
    except PrintingError as error:
        if found := _OVERFLOW.search(str(error)):
            place = {"place": slot_label(found[1])}
            raise Unprintable(
                _("Chữ ở “%(place)s” dài quá nên không vừa tờ này. Rút ngắn lại, hoặc tách từ quá dài.") % place
            ) from None
        raise
