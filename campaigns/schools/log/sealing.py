"""Keys with which a teacher's device seals what it has not sent yet, so that nobody else at that device reads it.

They follow from the server's secret and the person, so they are the same at each sign-in and stand nowhere. The first
one seals; the others, of secrets that were renewed, only open.
"""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "campaigns.schools.log.sealing"


def keys_of(person) -> list[str]:
    """Of 256 bits each, as base64."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [salted_hmac(SALT, str(person.pk), secret=secret, algorithm="sha256").digest() for secret in secrets]
    return [base64.b64encode(key).decode() for key in made]
