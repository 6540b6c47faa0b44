"""The password hasher (docs/signing-in.md)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id (RFC 9106) with 19 MiB, two passes and one lane, after OWASP's Password Storage Cheat Sheet."""

    memory_cost = 19 * 1024  # KiB for each password that is being checked
    time_cost = 2
    parallelism = 1
