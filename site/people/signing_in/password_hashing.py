"""The password hasher (docs/signing-in.md)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id (RFC 9106) with 7 MiB, five passes and one lane, after OWASP's Password Storage Cheat Sheet.

    Of what it names as equal defences this holds the least memory, so a wave of sign-ins takes little, and it is no
    dearer: what it works on stays in a processor's cache.
    """

    memory_cost = 7 * 1024  # KiB for each password that is being checked
    time_cost = 5
    parallelism = 1
