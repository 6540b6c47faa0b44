"""Encrypts text that only this site can read again, in a browser or in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Broken(Exception):
    """The text was not sealed here, was changed, or is too old."""


def _sealer(purpose: str) -> MultiFernet:
    """One key for each purpose, so text sealed for one cannot be used for another. Old secret keys still decrypt."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"sealing:{purpose}:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in digests])


def seal(purpose: str, text: str) -> str:
    return _sealer(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, token: str, seconds: int | None = None) -> str:
    """Decrypts the token or raises Broken; `seconds` is the maximum age, None for any."""
    try:
        return _sealer(purpose).decrypt(token.encode(), ttl=seconds).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Broken from error
