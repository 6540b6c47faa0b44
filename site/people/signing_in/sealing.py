"""Text that only this site can read back: carried by a browser, or kept in the database beside what it protects."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Broken(Exception):
    """Not sealed here, changed on the way, or too old."""


def _sealer(purpose: str) -> MultiFernet:
    """A key a purpose, so that what is sealed for one is of no use for another. Old secret keys still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"sealing:{purpose}:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in digests])


def seal(purpose: str, text: str) -> str:
    return _sealer(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, token: str, seconds: int | None = None) -> str:
    """Raises Broken; `seconds` is the longest age, None any."""
    try:
        return _sealer(purpose).decrypt(token.encode(), ttl=seconds).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Broken from error
