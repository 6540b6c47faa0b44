"""Requests for a role of somebody posted elsewhere than the asker reaches: the province decides, the official agrees.

Nothing opens before both have said yes; then the role is given in the name of who decided, if she may still give it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.mail import enqueue_mail
from people.free_text import FreeLine
from people.log.audit import Act, record
from people.persons.user import User
from people.rights.giving import decides_for_the_province, may_give
from people.rights.languages import Work, give_works, read, told, written
from people.rights.roles import NotHers, RoleKind, give
from people.units.unit import Unit

# what nobody answered for so long is closed; the answer may be asked for anew
OPEN_FOR = timedelta(days=30)


class RequestState(models.TextChoices):
    ASKED = "asked", _("Đang chờ cấp tỉnh")
    GRANTED = "granted", _("Cấp tỉnh đồng ý, đang chờ chính người ấy")
    GIVEN = "given", _("Đã giao")
    REFUSED = "refused", _("Cấp tỉnh không đồng ý")
    DECLINED = "declined", _("Người ấy không nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")
    EXPIRED = "expired", _("Quá hạn")


OPEN_STATES = [RequestState.ASKED, RequestState.GRANTED]


class RoleRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)


class RoleRequest(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_requests")
    kind = models.CharField(_("vai trò"), max_length=20, choices=RoleKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles_asked_for")
    asked_at = models.DateTimeField()
    why = FreeLine(_("lý do"), max_length=300)
    # of a translator's role: what it is for, as `people.rights.languages` writes it
    works = models.CharField(_("tiếng và việc"), max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    # NULL: not by the province yet
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # the reason of a refusal, in one sentence for who asked
    answer = FreeLine(max_length=300, blank=True)
    # when the state last changed
    changed_at = models.DateTimeField()

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị giao vai trò")
        verbose_name_plural = _("đề nghị giao vai trò")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "unit"], condition=Q(state__in=["asked", "granted"]), name="role_asked_once"
            )
        ]

    def __str__(self):
        return f"{self.person.staff_code}: {self.get_kind_display()}, {self.unit}"

    @property
    def works_told(self) -> str:
        return told(read(self.works))


@transaction.atomic
def ask(
    person: User, kind: str, unit: Unit, by: User, why: str, now: datetime, works: Iterable[Work] = ()
) -> RoleRequest:
    """Returns the open request for the same, or creates one; gives nothing. Other works are asked for in place of those
    of a request that the province has not answered yet.
    """
    forget_unanswered(now)
    wanted = written(works)
    defaults = {"asked_by": by, "asked_at": now, "changed_at": now, "why": why, "works": wanted}
    request, created = RoleRequest.objects.open().get_or_create(person=person, kind=kind, unit=unit, defaults=defaults)
    if not created and request.works != wanted and request.state == RequestState.ASKED:
        request.works = wanted
        request.save(update_fields=["works"])
    if created:
        # about her commune alone: who the official is stays untold until the role is hers
        record(Act.ASKED_ROLE, by, unit=unit, detail=kind, at=now)
    return request


def decides(user, request: RoleRequest) -> bool:
    """An administrator of the province, who asked for it neither herself nor for herself, and may give the role."""
    if user.pk in (request.asked_by_id, request.person_id):
        return False
    return decides_for_the_province(user) and may_give(user, request.person, request.unit)


@transaction.atomic
def grant(request: RoleRequest, by: User, now: datetime) -> bool:
    """Leaves the rest to the official. False where it was answered meanwhile."""
    return _move(request, RequestState.ASKED, RequestState.GRANTED, by, now, decided_by=by)


@transaction.atomic
def refuse(request: RoleRequest, by: User, answer: str, now: datetime) -> bool:
    return _move(request, RequestState.ASKED, RequestState.REFUSED, by, now, decided_by=by, answer=answer.strip())


@transaction.atomic
def withdraw(request: RoleRequest, by: User, now: datetime) -> bool:
    return any(_move(request, state, RequestState.WITHDRAWN, by, now) for state in OPEN_STATES)


@transaction.atomic
def decline(request: RoleRequest, now: datetime) -> bool:
    return _move(request, RequestState.GRANTED, RequestState.DECLINED, request.person, now)


@transaction.atomic
def agree(request: RoleRequest, now: datetime) -> bool:
    """Gives the role. Raises NotHers where who decided may not give it any more, and TooManyRoles."""
    if not _move(request, RequestState.GRANTED, RequestState.GIVEN, request.person, now):
        return False
    if request.decided_by is None or not decides(request.decided_by, request):
        raise NotHers
    if request.kind == RoleKind.TRANSLATOR:
        give_works(request.person, request.unit, read(request.works), request.decided_by)
    else:
        give(request.person, request.kind, request.unit, request.decided_by)
    return True


def _move(request: RoleRequest, before: str, after: str, by: User | None, now: datetime, **more) -> bool:
    """From one state to another once, whoever else decides at the same moment; who asked is told."""
    waiting = RoleRequest.objects.filter(pk=request.pk, state=before)
    if after != RequestState.EXPIRED:
        waiting = waiting.filter(changed_at__gt=now - OPEN_FOR)
    if not waiting.update(state=after, changed_at=now, **more):
        return False
    request.refresh_from_db()
    if by == request.asked_by:
        record(Act.ANSWERED_ROLE, by, unit=request.unit_id, detail=after, at=now)
    else:
        record(Act.ANSWERED_ROLE, by, person=request.person, detail=after, at=now)
    if request.asked_by.email and by != request.asked_by:
        body = [str(request), str(request.get_state_display()), request.answer, settings.BASE_URL]
        enqueue_mail(
            to=request.asked_by.email,
            subject=str(_("Đề nghị giao vai trò")),
            body="\n\n".join(filter(None, body)),
            key=f"role_request:{request.pk}:{after}",
        )
    return True


def forget_unanswered(now: datetime) -> None:
    """Closes what was not answered for OPEN_FOR."""
    for request in RoleRequest.objects.open().filter(changed_at__lt=now - OPEN_FOR):
        _move(request, request.state, RequestState.EXPIRED, None, now)


def waiting_for(person, now: datetime) -> models.QuerySet:
    """What the province has granted and the official has not answered yet."""
    granted = RoleRequest.objects.filter(person=person, state=RequestState.GRANTED, changed_at__gt=now - OPEN_FOR)
    return granted.select_related("unit", "asked_by")
