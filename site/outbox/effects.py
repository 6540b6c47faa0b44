"""Effects outside the database (mail, files, long imports and exports) as rows with their own state and lease.

How an app uses it
------------------
Register a handler in `<app>/effects.py` (every app's `effects` module is imported at start):

    from outbox.effects import Job, Refused, effect

    @effect("roster_import", label=_("Nhập danh sách cán bộ"))
    def import_roster(job: Job) -> dict | None:
        for number, row in enumerate(rows, start=1):
            ...
            job.progress(number, len(rows))        # writes at most twice a second
        return {"created": 12, "file": name}       # JSON, kept in `Effect.result`

and ask for it inside the transaction that makes it necessary; nothing happens if that rolls back:

    row = enqueue("roster_import", {"file": name}, key=f"roster:{sha256}", requested_by=request.user)

The same key gives the same row back, so a double click or a repeated request asks once; `key=None` asks each time. A
page shows `row.state`, `row.done` / `row.total`, `row.error` (one Vietnamese sentence, safe to show) and `row.result`;
`Effect.objects.of(user)` are a person's own. `retry(row, now)` gives a failed one its tries back.

A handler runs outside any transaction and may run again after a killed worker, so it is idempotent: `job.key` is the
same at each attempt. It raises `Refused("câu cho người dùng")` when trying again cannot help, and
`TryLater(minutes, "câu")` when it can; any other exception is tried again with growing waits and given up after
`tries`. Files that only their owner may fetch go into `private_files` (`outbox.private_files`). In tests,
`outbox.draining.drain()` runs all that is waiting.

Who runs it: `manage.py worker`, under `manage.py run`. A row whose worker died is taken back when its lease runs out.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.wake_ups import tell_workers

_WAKERS: list[Callable[[], object]] = []

LEASE = timedelta(seconds=settings.OUTBOX_LEASE)
TRIES = 6


class Refused(Exception):
    """Trying again cannot help; the message is one Vietnamese sentence for the person who asked."""


class TryLater(Exception):
    """What the effect needs is away for now; `minutes` says when to come back."""

    def __init__(self, minutes: float, sentence: Any):
        super().__init__(sentence)
        self.wait = timedelta(minutes=minutes)


class EffectState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang làm")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không làm được")


OPEN_STATES = {EffectState.WAITING, EffectState.RUNNING}


class EffectQuerySet(models.QuerySet):
    def ready(self, now: datetime):
        """Waiting and due, or left behind by a worker whose lease ran out."""
        return self.filter(
            Q(state=EffectState.WAITING, available_at__lte=now) | Q(state=EffectState.RUNNING, lease_until__lt=now)
        )

    def next_due(self) -> datetime | None:
        """When the next row that is open may be taken; None when there is none."""
        waiting = self.filter(state=EffectState.WAITING).aggregate(at=Min("available_at"))["at"]
        running = self.filter(state=EffectState.RUNNING).aggregate(at=Min("lease_until"))["at"]
        return min((at for at in (waiting, running) if at), default=None)

    def of(self, user):
        return self.filter(requested_by=user).order_by("-pk")

    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Effect(models.Model):
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="effects"
    )
    state = models.CharField(max_length=8, choices=EffectState.choices, default=EffectState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # attempts that ended in an error of their own; one whose worker was killed says nothing of what it needs
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    available_at = models.DateTimeField(default=timezone.now)
    # set while running: the worker's name and the moment at which somebody else may take the row
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # progress in the handler's own units; total 0 means not known yet
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # what the handler returned, or notes it keeps between attempts
    result = models.JSONField(default=dict)
    # one Vietnamese sentence, safe to show to who asked
    error = models.CharField(max_length=400, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc nền")
        verbose_name_plural = _("việc nền")
        indexes = [
            models.Index(fields=["state", "available_at"], name="effect_ready"),
            models.Index(fields=["requested_by", "kind"], name="effect_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=EffectState.RUNNING) | Q(lease_until__isnull=False),
                name="effect_running_has_lease",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def is_finished(self) -> bool:
        return self.state not in OPEN_STATES

    @property
    def label(self) -> str:
        handler = HANDLERS.get(self.kind)
        return str(handler.label) if handler else self.kind


@dataclass(frozen=True)
class Handler:
    run: Callable[["Job"], dict | None]
    label: Any
    tries: int
    forgets: bool
    given_up: Callable[["Job"], None] | None = None


HANDLERS: dict[str, Handler] = {}


def effect(
    kind: str,
    *,
    label: Any = "",
    tries: int = TRIES,
    forgets: bool = False,
    given_up: Callable[["Job"], None] | None = None,
):
    """Registers the decorated function as the handler of `kind`; a second one of that kind is a programming error.

    What `forgets` keeps no payload once it is done; an attempt that is killed before that still finds all of it.
    `given_up` is called in the transaction in which the row fails for good, refused, out of tries or killed too often:
    there whoever waits for it is told, since the handler may never come to its end.
    """

    def register(function):
        if kind in HANDLERS and HANDLERS[kind].run.__qualname__ != function.__qualname__:
            raise ValueError(f"two handlers for effect {kind!r}")
        HANDLERS[kind] = Handler(function, label or kind, tries, forgets, given_up)
        return function

    return register


def enqueue(
    kind: str,
    payload: dict,
    key: str | None = None,
    *,
    requested_by=None,
    available_at: datetime | None = None,
    wakes: bool = True,
) -> Effect:
    """The effect, new or the one that already bears `key`. Call it inside the transaction that makes it necessary.

    With `wakes` off no task is queued for it, which spares two queries: our own worker is told all the same.
    """
    now = timezone.now()
    row = Effect(
        kind=kind,
        payload=payload,
        key=key or f"{kind}:{uuid.uuid4()}",
        requested_by=requested_by,
        created_at=now,
        available_at=available_at or now,
    )
    if key is None:
        row.save(force_insert=True)
    else:
        Effect.objects.bulk_create([row], ignore_conflicts=True)
        row = Effect.objects.get(key=key)
    if row.state == EffectState.WAITING:
        # one for later too: the worker learns until when it may wait
        transaction.on_commit(_wake if wakes and row.available_at <= now else tell_workers, robust=True)
    return row


def retry(row: Effect, now: datetime) -> bool:
    """Gives a failed effect its tries back; False when it had not failed."""
    changed = Effect.objects.filter(pk=row.pk, state=EffectState.FAILED).update(
        state=EffectState.WAITING,
        attempts=0,
        failures=0,
        available_at=now,
        error="",
        finished_at=None,
        done=0,
        total=0,
    )
    if changed:
        transaction.on_commit(_wake, robust=True)
    return bool(changed)


def wakes_by(waker: Callable[[], object]) -> None:
    """Registers what is called after a commit that left something to do; the workers stand above this module."""
    _WAKERS.append(waker)


def _wake() -> None:
    for waker in _WAKERS:
        waker()


@dataclass
class Job:
    """What a handler is given: the row's data, and ways to tell how far it is."""

    effect: Effect
    clock: Callable[[], datetime] = timezone.now
    _last_write: float = field(default=float("-inf"))

    @property
    def payload(self) -> dict:
        return self.effect.payload

    @property
    def key(self) -> str:
        return self.effect.key

    @property
    def attempt(self) -> int:
        """1 at the first try."""
        return self.effect.attempts

    @property
    def failures(self) -> int:
        """How many attempts before this one failed; the next wait grows with them, not with killed workers."""
        return self.effect.failures

    @property
    def requested_by(self):
        return self.effect.requested_by

    def mine(self):
        """The row while this attempt still holds it; empty once another worker took it back."""
        return Effect.objects.filter(pk=self.effect.pk, state=EffectState.RUNNING, attempts=self.effect.attempts)

    def progress(self, done: int, total: int) -> None:
        """Shows how far it is and keeps the lease; written at most twice a second, and at the end."""
        if done < total and monotonic() - self._last_write < 0.5:
            return
        self._last_write = monotonic()
        if not self.mine().update(done=done, total=total, lease_until=self.clock() + LEASE):
            raise LeaseLost(self.effect.key)

    def remember(self, **notes) -> None:
        """Keeps notes in `result` at once, for the next attempt to find."""
        self.effect.result = {**self.effect.result, **notes}
        if not self.mine().update(result=self.effect.result):
            raise LeaseLost(self.effect.key)


class LeaseLost(Exception):
    """Another worker took the row back; this attempt stops and changes nothing more."""
