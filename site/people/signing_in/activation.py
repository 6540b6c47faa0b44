"""Activation slips: a one-time code on paper with which somebody without e-mail sets their password.

Only a keyed hash of the code is stored, so it can be printed once, when it is made. The alphabet leaves out letters and
digits that look alike in print or in handwriting (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
"""

import re
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine
from people.log.audit import Act, record, record_each
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.admin_policy import ADMINISTRATORS
from people.rights.roles import STAFF_KINDS, Role, RoleKind
from people.rights.scope import (
    EVERYTHING,
    NOTHING,
    ROSTER_KINDS,
    at_the_top,
    reaches_everything,
    role_units,
    role_units_each,
    under,
)
from people.signing_in.second_step import second_step_changed
from people.signing_in.sessions import DeviceSession, end
from people.times import covering, today

ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 10  # 23^10, about 45 bits: beyond guessing at 30 tries a day
# sent in the transaction that printed or used them: with `people`, `by` and `now`; with `slip` and `now`
slips_printed, slip_used = Signal(), Signal()
VALID = timedelta(days=14)
# only these kinds may print slips for holders of staff roles, since a slip gives access to the account
PROVINCIAL_KINDS = {RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}


class NotValid(Exception):
    """No open slip of this person has this code: it is wrong, used, replaced or too old; the message does not say
    which.
    """


class SlipQuerySet(models.QuerySet):
    def open(self, now: datetime):
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


class ActivationSlip(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64)
    # one press of the button, so that a form sent twice prints once
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="slips_made")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # the reason for a slip of a person who can sign in; "" for a first slip
    reason = FreeLine(_("lý do"), max_length=200, blank=True)
    # the slip also removes the second step, for staff who lost their phone and their recovery codes
    drops_second_step = models.BooleanField(default=False)
    # NULL: not yet
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("phiếu kích hoạt")
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="slip_once_a_batch"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at=None, withdrawn_at=None), name="slip_one_open"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {timezone.localtime(self.made_at):%d/%m/%Y}"


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


def written_code(code: str) -> str:
    """The code as printed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def read_code(typed: str) -> str:
    return re.sub(r"[\s\-–.]", "", typed or "").upper()


def hash_of(person_id: int, code: str, secret: str | None = None) -> str:
    return salted_hmac("people.activation", f"{person_id}:{code}", secret=secret, algorithm="sha256").hexdigest()


# --- who gets one


def within_reach(user, day=None) -> Q:
    """People for whom `user` may print slips: posted today in her reach (posted nowhere: the province's), with no role
    that ranks above hers or reaches beyond it. Who holds a staff role gets one from a manager or administrator only. A
    school's manager prints for the teachers who were invited to her school (`campaigns.schools.log.inviting`).
    """
    day = day or today()
    roster = role_units(user, ROSTER_KINDS, day)
    provincial, managed = role_units_each(user, PROVINCIAL_KINDS, {RoleKind.SCHOOL_MANAGER}, day=day)
    staff = Role.objects.current().filter(kind__in=STAFF_KINDS)
    may = _hers(roster, day) & ~_holds_beyond(roster, day) & ~Q(pk__in=staff.values("user"))
    if provincial:
        # a manager must not reset the password of an administrator
        highest = ~_holds_beyond(role_units(user, ADMINISTRATORS, day), day, kind=RoleKind.ADMINISTRATOR)
        may |= _hers(provincial, day) & ~_holds_beyond(provincial, day) & highest
    if managed:
        may |= _invited(managed, day)
    if user.is_superuser:
        may = EVERYTHING
    return may & Q(is_active=True, is_superuser=False) & ~Q(pk=user.pk) if user.is_active else NOTHING


def _hers(units: set[int], day) -> Q:
    """Whoever is posted on `day` at or under these units; if one is the province, also who is posted nowhere then."""
    posted = Posting.objects.current().filter(covering(day))
    hers = Q(pk__in=posted.filter(unit__in=under(units, day)).values("person"))
    return hers | ~Q(pk__in=posted.values("person")) if units and at_the_top(units, day) else hers


def _invited(units: set[int], day) -> Q:
    """Who is nothing but a teacher at schools at or under these units, and was never posted anywhere: invited there."""
    teaches = Role.objects.current().filter(kind=RoleKind.TEACHER, unit__in=under(units, day))
    other = Role.objects.current().exclude(pk__in=teaches.values("pk"))
    hers = Q(pk__in=teaches.values("user")) & ~Q(pk__in=other.values("user"))
    return hers & ~Q(pk__in=Posting.objects.values("person"))


def _holds_beyond(units: set[int], day, **roles) -> Q:
    """Whoever holds a role, or one of these, on a unit that is not at or under these."""
    beyond = Role.objects.current().filter(**roles).exclude(unit__in=under(units, day))
    return Q(pk__in=beyond.values("user"))


def cannot_sign_in() -> Q:
    """People who never had a usable password."""
    return Q(password="") | Q(password__startswith="!")


def posted_under(unit, day=None) -> Q:
    day = day or today()
    return Q(pk__in=Posting.objects.current().filter(covering(day), unit__in=under([unit.pk], day)).values("person"))


def may_print(user) -> bool:
    return reaches_everything(user) or bool(role_units(user, ROSTER_KINDS))


# --- making and using


@transaction.atomic
def make_slips(
    people: Iterable[User],
    made_by: User,
    now: datetime,
    *,
    batch: uuid.UUID,
    reason: str = "",
    drops_second_step: bool = False,
) -> list[tuple[User, str]]:
    """Returns (person, code) of each new slip and withdraws their open ones. Returns [] for a batch that was made
    before, or is made at the same moment.

    The caller must check `within_reach`, and give a reason for people who can sign in already.
    """
    people = list(people)
    # whoever prints for the same people at the same moment waits here, and finds the batch made
    chosen = User.objects.filter(pk__in=[person.pk for person in people]).order_by("pk")
    list(chosen.select_for_update(no_key=True).values_list("pk"))
    if ActivationSlip.objects.filter(batch=batch).exists():
        return []
    ActivationSlip.objects.filter(person__in=people, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    codes = [(person, new_code()) for person in people]
    ActivationSlip.objects.bulk_create(
        ActivationSlip(
            person=person,
            code_hash=hash_of(person.pk, code),
            batch=batch,
            made_by=made_by,
            made_at=now,
            expires_at=now + VALID,
            reason=reason,
            drops_second_step=drops_second_step,
        )
        for person, code in codes
    )
    act = Act.PRINTED_SLIP_DROPPING if drops_second_step else Act.PRINTED_SLIP
    record_each(act, made_by, people, now)
    slips_printed.send(sender=ActivationSlip, people=people, by=made_by, now=now)
    return codes


def find_slip(staff_code: str, typed: str, now: datetime) -> ActivationSlip:
    """The open slip of an active person, of whom who printed it may still print one; raises NotValid."""
    code = read_code(typed)
    person = User.objects.filter(is_active=True).by_code(staff_code)
    slip = ActivationSlip.objects.open(now).filter(person=person).first() if person else None
    keys = [None, *settings.SECRET_KEY_FALLBACKS]
    hashes = [hash_of(person.pk if person else 0, code, key) for key in keys]
    kept = slip.code_hash if slip else ""
    # every key is compared, even if the first matches
    if not sum(secrets.compare_digest(candidate, kept) for candidate in hashes) or slip is None or not holds(slip):
        raise NotValid
    return slip


def holds(slip: ActivationSlip) -> bool:
    """Whether who printed the slip may still print it today: either of them may have other roles or postings now."""
    if slip.drops_second_step and not may_drop_second_step(slip.made_by, slip.person):
        return False
    return User.objects.filter(within_reach(slip.made_by), pk=slip.person_id).exists()


@transaction.atomic
def use_slip(slip: ActivationSlip, password: str, now: datetime) -> User:
    """Sets the password once; all sessions of the old password end. Raises NotValid if the slip was used meanwhile."""
    if not ActivationSlip.objects.open(now).filter(pk=slip.pk).update(used_at=now):
        raise NotValid
    person = User.objects.select_for_update().get(pk=slip.person_id)
    person.set_password(password)
    person.save(update_fields=["password"])
    if slip.drops_second_step:
        drop_second_step(person, by=person)
    slip_used.send(sender=ActivationSlip, slip=slip, now=now)
    return person


@transaction.atomic
def drop_second_step(person: User, by: User | None = None) -> int:
    """Removes all means of the second step, ends all sessions and returns the number of means; `by` None is the server
    itself.
    """
    # that app is loaded after this one
    from allauth.mfa.models import Authenticator

    count = Authenticator.objects.filter(user=person).delete()[0]
    for session in DeviceSession.objects.filter(person=person):
        end(session)
    if count:
        record(Act.DROPPED_SECOND_STEP, by, person=person)
        second_step_changed.send(sender=User, person=person, added=False, by=by)
    return count


def may_drop_second_step(user, person: User) -> bool:
    """An administrator of the person and of all her roles; the caller must check `within_reach` too."""
    if reaches_everything(user):
        return True
    day, units = today(), role_units(user, ADMINISTRATORS)
    may = _hers(units, day) & ~_holds_beyond(units, day)
    return bool(units) and User.objects.filter(may, pk=person.pk).exists()
