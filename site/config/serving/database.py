"""Tells an unreachable database from a wrong query."""

from django.db import InterfaceError, OperationalError, connection


def is_away(error: BaseException) -> bool:
    """Whether the error means that the database could not be reached or was too busy."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    if connection.vendor != "sqlite":
        return True
    text = str(error)
    return any(sign in text for sign in ("locked", "unable to open", "disk I/O", "disk is full", "readonly"))
