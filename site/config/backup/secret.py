"""The secret key. An archive holds it only on request, but always its fingerprint, so that a restore can tell whether
it is the same.
"""

import hashlib

from django.conf import settings

PART = "secret_key"


def fingerprint(key: str = "") -> str:
    """Tells two keys apart without revealing them: 48 bits of a hash of at least 50 random characters."""
    return hashlib.sha256(f"la-chan backup {key or settings.SECRET_KEY}".encode()).hexdigest()[:12]


def is_known(mark: str) -> bool:
    """Whether the key with this fingerprint is the current key or one of the old ones."""
    return mark in {fingerprint(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
