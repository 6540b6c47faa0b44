"""The secret key: in an archive only if asked for, but always told apart, so that a restore can say what it means."""

import hashlib

from django.conf import settings

PART = "secret_key"


def fingerprint(key: str = "") -> str:
    """Tells two keys apart and gives none away: 48 bits of a hash of at least 50 random characters."""
    return hashlib.sha256(f"la-chan backup {key or settings.SECRET_KEY}".encode()).hexdigest()[:12]


def is_known(mark: str) -> bool:
    """Whether what was sealed under the key of this fingerprint opens here, under the key or one of the old ones."""
    return mark in {fingerprint(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
