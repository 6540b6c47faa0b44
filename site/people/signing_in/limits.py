"""Limits on tries: strict for one account, loose for one network address (docs/signing-in.md).

A whole province sits behind a few addresses, so limits go by account. But anybody who knows a staff code could lock its
owner out by guessing, so a browser in which the owner signed in before (OWASP's "device cookies") is counted
separately, and guesses elsewhere do not stop it. One machine that fills the limit of its network shuts nobody there
out: known devices pass, and so does one check an hour for an account at which nobody guessed.

A try is counted before the password is checked and given back if it was right, so that parallel tries cannot pass the
limit (`people.tries`).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing

from letters.folding import spelled, visible
from people import tries
from people.persons.phones import only_phone

DEVICE_SECONDS = 365 * 24 * 3600
DEVICE_SALT = "people.device"
# enough for a shared computer; beyond that the earliest is forgotten
MOST_ON_A_DEVICE = 12
DEVICE = "device:"


@dataclass(frozen=True)
class Limit:
    name: str
    most: int
    seconds: int

    def of(self, whose: str) -> tries.Count:
        return tries.Count(_key(self, whose), self.most, self.seconds)


ACCOUNT = [Limit("account", 10, 15 * 60), Limit("account-day", 50, 24 * 3600)]
ADDRESS = [Limit("address", 600, 5 * 60), Limit("address-day", 10_000, 24 * 3600)]
# one-time codes on paper, which nobody types often
SLIP = [Limit("slip", 10, 15 * 60), Limit("slip-day", 30, 24 * 3600)]
SLIP_ADDRESS = [Limit("slip-address", 200, 5 * 60)]
# from a network whose limit is full, at an account without a wrong try
SPARE = Limit("spare", 1, 3600)


@dataclass(frozen=True)
class Stopped(Exception):
    """`account` is True where the account is stopped, False where the whole network address is."""

    until: datetime
    account: bool


def _key(limit: Limit, whose: str) -> str:
    return f"limit:{limit.name}:{hashlib.sha256(whose.encode()).hexdigest()}"


class Tries:
    """One try under these limits: `take()` it first, `give_back()` if it was right."""

    def __init__(self, account: str, address: str, *, limits=ACCOUNT, address_limits=ADDRESS):
        self.of_account = [limit.of(account) for limit in limits]
        self.of_address = [limit.of(address) for limit in address_limits]
        self.spare = SPARE.of(f"{limits[0].name}:{account}")
        self.on_known_device = account.startswith(DEVICE)
        self.counted: list[tries.Count] = []

    def take(self, now: datetime) -> None:
        """Counts the try, or raises Stopped where a limit is reached; a stopped try is not counted."""
        try:
            self._take(self.of_account + self.of_address, now)
        except tries.Full as full:
            if full.count in self.of_account:
                raise Stopped(full.until, account=True) from None
            self._take_from_a_full_address(full, now)

    def _take_from_a_full_address(self, full: tries.Full, now: datetime) -> None:
        if not self.on_known_device and tries.taken(self.of_account, now):
            raise Stopped(full.until, account=False) from None
        try:
            self._take(self.of_account + ([] if self.on_known_device else [self.spare]), now)
        except tries.Full as other:
            of_account = other.count in self.of_account
            raise Stopped(other.until if of_account else full.until, account=of_account) from None

    def _take(self, counts: list[tries.Count], now: datetime) -> None:
        tries.take(counts, now)
        # what was spared stays spent, also by a right password
        self.counted = [count for count in counts if count != self.spare]

    def give_back(self, now: datetime) -> None:
        tries.give_back(self.counted, now)


def forgive(person_id: int, request) -> None:
    """Clears the wrong tries of a person after a new password was set by slip or by mail."""
    whose = {account_of(person_id), device_account(request, person_id)}
    tries.forget([_key(limit, one) for limit in ACCOUNT + SLIP for one in whose if one])


# --- the account


def account_of(person_id: int) -> str:
    return f"person:{person_id}"


def stranger(login: str) -> str:
    """The key of a login that does not exist: it is counted too, so that the limit does not reveal who exists. What
    names one person names one stranger: a telephone in any spelling, an e-mail in any case, a code as it is spelled.
    """
    login = visible(login)
    if phone := only_phone(login):
        return f"login:{phone}"
    return f"login:{login.casefold() if '@' in login else spelled(login)}"


def device_account(request, person_id: int) -> str:
    """The key of the person on this device; "" where they never signed in there."""
    device = known_device(request)
    return f"{DEVICE}{device['id']}:{person_id}" if person_id in device["people"] else ""


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
