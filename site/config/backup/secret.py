"""The secret key: in an archive only if asked for, but always told apart, so that a restore can say what it means."""

import hashlib

from django.conf import settings

PART = "secret_key"


def fingerprint() -> str:
    """Tells two keys apart and gives none away: 48 bits of a hash of at least 50 random characters."""
    return hashlib.sha256(f"la-chan backup {settings.SECRET_KEY}".encode()).hexdigest()[:12]
