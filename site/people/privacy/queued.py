"""In the queue of administrators: roles asked of the province, and people who ask that their data be erased."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.guarding.role_requests import RequestState, RoleRequest
from people.privacy.erasure import ErasureRequest, ErasureState
from people.rights.admin_policy import ADMINISTRATORS
from people.rights.giving import decides_for_the_province
from people.rights.roles import Role
from people.rights.scope import answered_by, reaches_everything, role_units, under
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(82, lambda: RoleRequest.objects.filter(state=RequestState.ASKED))
def roles_asked(desk: Desk) -> list[Waiting]:
    if not decides_for_the_province(desk.user):
        return []
    asked = RoleRequest.objects.filter(state=RequestState.ASKED).exclude(person=desk.user).exclude(asked_by=desk.user)
    address = reverse("role_requests")
    return [Waiting(_("Đề nghị giao vai trò"), tally(asked), address, (), _("Xem và trả lời"), address)]


@waits(84, lambda: ErasureRequest.objects.filter(state=ErasureState.ASKED))
def erasures_asked(desk: Desk) -> list[Waiting]:
    if not (desk.user.is_superuser or desk.reader.holds(ADMINISTRATORS)):
        return []
    asked = ErasureRequest.objects.filter(state=ErasureState.ASKED).exclude(person=desk.user)
    people = _edited_by(desk.user, set(asked.values_list("person", flat=True)))
    address = reverse("erasures")
    return [Waiting(_("Đề nghị xóa thông tin cá nhân"), len(people), address, (), _("Xem và trả lời"), address)]


def _edited_by(user, people: set[int]) -> set[int]:
    """Those among them whom `may_edit` lets her edit: answered for today, with no role beyond her reach."""
    if reaches_everything(user) or not people:
        return people
    units = role_units(user, ADMINISTRATORS)
    beyond = Role.objects.current().filter(user__in=people).exclude(unit__in=under(units))
    return answered_by(units, people) - set(beyond.values_list("user", flat=True))
