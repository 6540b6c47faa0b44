"""Erasure: a person asks to have their personal data erased, and an administrator decides (law 91/2025/QH15).

The person becomes a code. The data behind the figures (postings, excuses, completions, attempts and standings) stays,
so no past report becomes wrong. Apps delete texts about the person, and data that only the person needs, on
`person_erased`.
"""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from outbox.effects import Effect
from outbox.private_files import private_files
from people.changes.change import ChangedRow
from people.free_text import FreeLine
from people.guarding import withdrawal
from people.log.audit import Act, record
from people.persons.merges import Merge, merged_into, with_merged
from people.persons.user import ERASED, User, is_erased
from people.rights.roles import Role, end
from people.roster.acting import ActReason
from people.signing_in.sessions import DeviceSession
from people.signing_in.sessions import end as end_session

# sent with `person` and `now`, inside the transaction, after the person became a code
person_erased = Signal()
# no 0, 1, I, L, O: the code may be read out from a certificate
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# related names of sign-in rows in other apps, if they are installed
SIGN_IN_ROWS = (
    "emailaddress_set",
    "authenticator_set",
    "socialaccount_set",
    "slips",
    "role_requests",
    "sign_ins",
    "account_notices",
)


class CannotErase(Exception):
    """The message is one sentence that says why."""


class ErasureState(models.TextChoices):
    ASKED = "asked", _("Đang chờ quyết định")
    WITHDRAWN = "withdrawn", _("Đã rút")
    REFUSED = "refused", _("Không xóa")
    DONE = "done", _("Đã xóa")


class ErasureRequest(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure_requests")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ErasureState.choices, default=ErasureState.ASKED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # the reason of a refusal, in one sentence for the person who asked
    answer = FreeLine(max_length=300, blank=True)

    class Meta:
        verbose_name = _("đề nghị xóa thông tin")
        verbose_name_plural = _("đề nghị xóa thông tin")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="asked"), name="erasure_asked_once"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="erasure_decided_with_its_day",
            ),
        ]


@transaction.atomic
def ask(person: User, now: datetime) -> ErasureRequest:
    """Returns the waiting request, or creates one."""
    erasure_request, created = ErasureRequest.objects.get_or_create(
        person=person, state=ErasureState.ASKED, defaults={"asked_at": now}
    )
    if created:
        record(Act.ASKED_ERASURE, person, person=person, at=now)
    return erasure_request


@transaction.atomic
def withdraw(person: User, now: datetime) -> bool:
    _locked(person)
    if closed := _close(person, ErasureState.WITHDRAWN, person, now):
        record(Act.WITHDREW_ERASURE, person, person=person, at=now)
    return closed


@transaction.atomic
def refuse(person: User, by, answer: str, now: datetime) -> bool:
    """False where it was withdrawn or decided meanwhile."""
    _locked(person)
    if closed := _close(person, ErasureState.REFUSED, by, now, answer.strip()):
        record(Act.REFUSED_ERASURE, by, person=person, at=now)
    return closed


def _locked(person: User) -> User:
    """Whoever decides about the same person at the same moment waits here, and finds what was decided; so does who
    merges her or takes that back: records that are merged into hers are held with it, in the order of `people.merging`.
    """
    held = User.objects.filter(pk__in=with_merged([person.pk])).order_by("pk").select_for_update(no_key=True)
    return {one.pk: one for one in held}[person.pk]


def _close(person: User, state: str, by, now: datetime, answer: str = "") -> bool:
    waiting = ErasureRequest.objects.filter(person=person, state=ErasureState.ASKED)
    return bool(waiting.update(state=state, decided_at=now, decided_by=by, answer=answer))


@transaction.atomic
def erase(person: User, by, now: datetime, asked: ErasureRequest | None = None) -> str:
    """Answers the request, or one on paper where `asked` is None: then none may be needed.

    Replaces the person's name by a code, ends their roles and sign-in, and returns the code. Raises CannotErase.

    The sign-in ends at once: a session holds only as long as its person is active and the password is the same.
    """
    person = _locked(person)
    if asked is not None and not ErasureRequest.objects.filter(pk=asked.pk, state=ErasureState.ASKED).exists():
        raise CannotErase(gettext("Đề nghị này vừa được người khác trả lời hoặc đã rút."))
    if person.is_superuser:
        raise CannotErase(gettext("Đây là tài khoản quản trị máy chủ; hãy bỏ quyền ấy trước khi xóa."))
    if by is not None and by.pk == person.pk:
        raise CannotErase(gettext("Không ai tự quyết định xóa cho chính mình; một quản trị viên khác sẽ quyết định."))
    if is_erased(person):
        raise CannotErase(gettext("Thông tin của người này đã được xóa."))
    _forget_works(person)
    for role in Role.objects.current().filter(user=person).select_related("unit"):
        end(role, now, by)
    code = _become_code(person)
    withdrawal.withdraw([person.pk], now)
    for rows in SIGN_IN_ROWS:
        if hasattr(person, rows):
            getattr(person, rows).all().delete()
    for session in DeviceSession.objects.filter(person=person):
        end_session(session)
    UserProfile.objects.filter(user=person).delete()
    ChangedRow.objects.filter(person=person).update(before=None, after=None)
    ActReason.objects.filter(change__rows__person=person).update(reason="")
    person.insistences.update(reason="")
    Merge.objects.filter(Q(gone=person) | Q(stays=person)).update(reason="")
    _rename_in_history(person, code)
    _close(person, ErasureState.DONE, by, now)
    person_erased.send(sender=User, person=person, now=now)
    record(Act.ERASED, by, person=person, at=now)
    # records that were merged into hers are hers
    for other in User.objects.filter(pk__in=merged_into([person.pk])):
        if not is_erased(other):
            erase(other, by, now)
    return code


def _become_code(person: User) -> str:
    code = _new_code()
    person.staff_code = person.full_name = code
    person.email = person.phone = None
    person.is_active = False
    person.reads_in = User._meta.get_field("reads_in").default
    person.set_unusable_password()
    person.last_login = None
    person.save()
    person.groups.clear()
    return code


def _new_code() -> str:
    """Eight random signs that say nothing about the person."""
    while True:
        code = ERASED + "".join(secrets.choice(LETTERS) for _sign in range(8))
        if not User.objects.filter(staff_code=code).exists():
            return code


def _forget_works(person: User) -> None:
    """Deletes their background effects with the files made by them, and mails to them, sent or not."""
    works = Effect.objects.filter(requested_by=person)
    files = [name for row in works for name in (row.payload.get("file"), row.result.get("file")) if name]

    def delete_files() -> None:
        for name in files:
            private_files.delete(name)

    transaction.on_commit(delete_files, robust=True)
    works.delete()
    if person.email:
        Effect.objects.filter(kind="mail", payload__to__iexact=person.email).delete()


def _rename_in_history(person: User, code: str) -> None:
    """Replaces the name in Wagtail's history, which stores the names of objects."""
    roles = Role.objects.filter(user=person).values_list("pk", flat=True)
    about = {User: [str(person.pk)], Role: [str(pk) for pk in roles]}
    for model, ids in about.items():
        kind = ContentType.objects.get_for_model(model)
        ModelLogEntry.objects.filter(content_type=kind, object_id__in=ids).update(label=code, data={})
