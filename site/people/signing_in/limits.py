"""Limits on tries: strict for one account, loose for one network address (docs/signing-in.md).

A whole province sits behind a few addresses, so limits go by account. But anybody who knows a staff code could lock its
owner out by guessing, so a browser in which the owner signed in before (OWASP's "device cookies") is counted
separately, and guesses elsewhere do not stop it.

Counts live in the shared cache: a window opens with the first wrong try and closes by itself. A try is counted before
the password is checked and given back if it was right, so that parallel tries cannot pass the limit.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache

from letters.folding import spelled

DEVICE_SECONDS = 365 * 24 * 3600
DEVICE_SALT = "people.device"
# enough for a shared computer; beyond that the earliest is forgotten
MOST_ON_A_DEVICE = 12


@dataclass(frozen=True)
class Limit:
    name: str
    most: int
    seconds: int


ACCOUNT = [Limit("account", 10, 15 * 60), Limit("account-day", 50, 24 * 3600)]
ADDRESS = [Limit("address", 600, 5 * 60), Limit("address-day", 10_000, 24 * 3600)]
# one-time codes on paper, which nobody types often
SLIP = [Limit("slip", 10, 15 * 60), Limit("slip-day", 30, 24 * 3600)]
SLIP_ADDRESS = [Limit("slip-address", 200, 5 * 60)]


@dataclass(frozen=True)
class Stopped(Exception):
    """`account` is True where the account is stopped, False where the whole network address is."""

    until: datetime
    account: bool


def _key(limit: Limit, whose: str) -> str:
    return f"limit:{limit.name}:{hashlib.sha256(whose.encode()).hexdigest()}"


def _read(limit: Limit, whose: str, now: datetime) -> tuple[int, float]:
    """(tries in the open window, its end as a timestamp)"""
    count, end = cache.get(_key(limit, whose)) or (0, 0.0)
    return (count, end) if end > now.timestamp() else (0, now.timestamp() + limit.seconds)


def _write(limit: Limit, whose: str, count: int, end: float, now: datetime) -> None:
    cache.set(_key(limit, whose), (count, end), max(1, end - now.timestamp()))


class Tries:
    """One try under these limits: `take()` it first, `give_back()` if it was right."""

    def __init__(self, account: str, address: str, *, limits=ACCOUNT, address_limits=ADDRESS):
        self.counted = [(limit, account) for limit in limits] + [(limit, address) for limit in address_limits]
        self.account = account

    def take(self, now: datetime) -> None:
        """Counts the try, or raises Stopped where a limit is reached; a stopped try is not counted."""
        read = [(limit, whose, *_read(limit, whose, now)) for limit, whose in self.counted]
        full = [(end, whose) for limit, whose, count, end in read if count >= limit.most]
        if full:
            end, whose = max(full)
            raise Stopped(datetime.fromtimestamp(end, UTC), whose == self.account)
        for limit, whose, count, end in read:
            _write(limit, whose, count + 1, end, now)

    def give_back(self, now: datetime) -> None:
        for limit, whose in self.counted:
            count, end = _read(limit, whose, now)
            if count:
                _write(limit, whose, count - 1, end, now)


def forgive(person_id: int, request) -> None:
    """Clears the wrong tries of a person after a new password was set by slip or by mail."""
    whose = {account_of(person_id), device_account(request, person_id)}
    cache.delete_many([_key(limit, one) for limit in ACCOUNT + SLIP for one in whose if one])


# --- the account


def account_of(person_id: int) -> str:
    return f"person:{person_id}"


def stranger(login: str) -> str:
    """The key of a login that does not exist: it is counted too, so that the limit does not reveal who exists."""
    return f"login:{spelled(login)}"


def device_account(request, person_id: int) -> str:
    """The key of the person on this device; "" where they never signed in there."""
    device = known_device(request)
    return f"device:{device['id']}:{person_id}" if person_id in device["people"] else ""


# --- the device cookie


def known_device(request) -> dict[str, Any]:
    """{"id", "people": ids of those who signed in there}; without either where the cookie is missing or forged."""
    try:
        sealed = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        payload = signing.loads(sealed, salt=DEVICE_SALT, max_age=DEVICE_SECONDS)
    except signing.BadSignature:
        payload = {}
    return {"id": payload.get("id", ""), "people": payload.get("people", [])}


def remember_device(request, response, person_id: int) -> None:
    device = known_device(request)
    people = [one for one in device["people"] if one != person_id] + [person_id]
    payload = {"id": device["id"] or secrets.token_urlsafe(12), "people": people[-MOST_ON_A_DEVICE:]}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(payload, salt=DEVICE_SALT),
        max_age=DEVICE_SECONDS,
        path="/tai-khoan/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
