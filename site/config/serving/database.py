"""Tells an absent database from a wrong question to it."""

from django.db import InterfaceError, OperationalError, connection


def is_away(error: BaseException) -> bool:
    """Whether the database could not be reached or was too busy, rather than asked for something wrong."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    if connection.vendor != "sqlite":
        return True
    text = str(error)
    return any(sign in text for sign in ("locked", "unable to open", "disk I/O", "disk is full", "readonly"))
