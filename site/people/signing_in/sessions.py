"""Sessions: long for learners, who use their own phone, short for staff roles; users list and end their own.

The session's data hold when it began and was last seen, so a request needs no further query; a row beside it is for the
list on `/tai-khoan/`. No network address is kept.
"""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from people.rights.roles import STAFF_KINDS, role_kinds
from people.signing_in.device_names import device_name

LEARNER_IDLE = timedelta(days=30)
STAFF_IDLE = timedelta(minutes=60)
STAFF_LONGEST = timedelta(hours=12)
# how stale "last seen" may be, since each change writes the session
STAFF_SEEN = timedelta(minutes=2)
LEARNER_SEEN = timedelta(hours=6)
BEGAN, SEEN, STAFF, ROW = "began", "seen", "staff", "device"


class SessionStore(db.SessionStore):
    """Writes a new session once, with all that the request put into it, and again only what changed. Django's looks
    first whether its key is free and writes an empty row; of 32 random letters that is known without looking.
    """

    is_new = False
    _written = b""

    def create(self):
        self._session_key = get_random_string(32, VALID_KEY_CHARS)
        self.is_new, self._written, self.modified = True, b"", True

    def save(self, must_create=False):
        data = dict(self.items())
        if self.session_key is None:
            self.create()
        said = self.serializer().dumps(data)
        if said == self._written:
            return
        super().save(must_create=must_create or self.is_new)
        self.is_new, self._written = False, said


class DeviceSession(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="device_sessions")
    # Django changes a session's key when its rights change; `see` and `follow` update it here
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(_("thiết bị"), max_length=60)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("phiên đăng nhập")

    def __str__(self):
        return self.device


def store(key: str | None = None):
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def is_staff(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & STAFF_KINDS)


def begin(sender, request, user, **kwargs) -> None:
    """Marks the session and writes its row at each sign-in (Django's signal)."""
    now = timezone.now()
    session = request.session
    if not session.session_key:
        session.create()
    session[BEGAN] = session[SEEN] = int(now.timestamp())
    session[STAFF] = is_staff(user)
    device = device_name(request.META.get("HTTP_USER_AGENT", ""))
    row = DeviceSession(session_key=session.session_key, person=user, device=device, began_at=now, seen_at=now)
    # who signs in again in the session that she has keeps its row; one statement for both
    told = ["person", "device", "began_at", "seen_at"]
    DeviceSession.objects.bulk_create([row], update_conflicts=True, unique_fields=["session_key"], update_fields=told)
    session[ROW] = row.pk


def finish(sender, request, user, **kwargs) -> None:
    """Deletes the row when the user signs out."""
    DeviceSession.objects.filter(pk=request.session.get(ROW)).delete()


def is_over(session, now: datetime) -> bool:
    """Whether the session has ended. One without marks is older than the marks and ends like a learner's, by its
    cookie.
    """
    if BEGAN not in session or not session.get(STAFF):
        return False
    stamp = now.timestamp()
    idle = stamp - session[SEEN] > STAFF_IDLE.total_seconds()
    return idle or stamp - session[BEGAN] > STAFF_LONGEST.total_seconds()


def see(session, now: datetime) -> None:
    """Updates "last seen" now and then; this prolongs the cookie of a learner."""
    often = STAFF_SEEN if session.get(STAFF) else LEARNER_SEEN
    if SEEN in session and now.timestamp() - session[SEEN] > often.total_seconds():
        session[SEEN] = int(now.timestamp())
        DeviceSession.objects.filter(pk=session.get(ROW)).update(seen_at=now, session_key=session.session_key)


def follow(request) -> None:
    """Updates the key in the row after the session's key changed (a new password)."""
    DeviceSession.objects.filter(pk=request.session.get(ROW)).update(session_key=request.session.session_key)


def sessions_of(person, now: datetime) -> list[DeviceSession]:
    """The user's sessions, the latest first, without expired ones."""
    rows = list(DeviceSession.objects.filter(person=person).order_by("-seen_at"))
    alive = []
    for row in rows:
        kept = store(row.session_key)
        if kept.get("_auth_user_id") == str(person.pk) and not is_over(kept, now):
            alive.append(row)
        else:
            row.delete()
    return alive


def end(row: DeviceSession) -> None:
    store().delete(row.session_key)
    row.delete()


def end_others(person, request) -> int:
    others = DeviceSession.objects.filter(person=person).exclude(session_key=request.session.session_key)
    rows = list(others)
    for row in rows:
        end(row)
    return len(rows)


def password_changed(sender, request, user, **kwargs) -> None:
    """Ends the other sessions, which are invalid with the old password (Django's session hash)."""
    follow(request)
    end_others(user, request)


def role_given(sender, role, **kwargs) -> None:
    """A learner's long session becomes a short one with the first staff role, and long again after the last."""
    staff = role.user.is_superuser or role.user.roles.current().filter(kind__in=STAFF_KINDS).exists()
    for row in DeviceSession.objects.filter(person=role.user):
        kept = store(row.session_key)
        if BEGAN in kept and kept.get(STAFF) != staff:
            kept[STAFF] = staff
            kept.save()


def forget_ended(now: datetime) -> None:
    DeviceSession.objects.filter(seen_at__lt=now - LEARNER_IDLE - LEARNER_SEEN).delete()


class SessionLifeMiddleware:
    """After AuthenticationMiddleware. Without a session cookie the session is not even looked at."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "_auth_user_id" in request.session:
            now = timezone.now()
            if is_over(request.session, now):
                DeviceSession.objects.filter(pk=request.session.get(ROW)).delete()
                request.session.flush()
            else:
                see(request.session, now)
        return self.get_response(request)
