"""Who may merge whom: who answers today for both, never for herself; the province alone where one holds a role."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.changes.change import ChangedRow
from people.persons.merges import Merge
from people.persons.user import User
from people.postings.posting import POSTING, Posting
from people.rights.giving import decides_for_the_province
from people.rights.roles import Role, RoleKind
from people.rights.scope import TRAINING_KINDS, answers_today, at_the_top, reaches_everything, role_units, under
from people.times import covering, today


def may_look(by, people: Collection[User]) -> bool:
    """Whether she answers today for each of them: who does not learns nothing of the pair."""
    return all(answers_today(by, person, TRAINING_KINDS) for person in people)


def refusal(by, people: Collection[User]) -> str:
    """Why these may not be merged by her, or held apart as two people; "" if she may."""
    if not may_look(by, people):
        return _("Anh chị không phụ trách cả hai hồ sơ này hôm nay.")
    if by.pk in {person.pk for person in people}:
        return _("Không ai tự gộp hồ sơ của chính mình; người phụ trách khác làm.")
    return _of_roles(by, people)


def _of_roles(by, people: Collection[User]) -> str:
    if any(person.is_superuser for person in people) and not reaches_everything(by):
        return _("Một hồ sơ là tài khoản quản trị máy chủ nên không gộp ở đây.")
    held = counting(Role.objects.current().filter(user__in=people))
    if not decides_for_the_province(by) and held.exists():
        return _("Một trong hai hồ sơ đang giữ vai trò; quản trị viên cấp tỉnh gộp.")
    return ""


def refusal_of_undo(by, merge: Merge) -> str:
    """The same for taking a merge back: by who answers today for who stays and for where the other was posted."""
    people = [merge.gone, merge.stays]
    if not (may_look(by, [merge.stays]) and _answers_for_gone(by, merge)):
        return _("Anh chị không phụ trách cả hai hồ sơ này hôm nay.")
    if by.pk in {person.pk for person in people}:
        return _("Không ai tự hoàn tác lần gộp hồ sơ của chính mình; người phụ trách khác làm.")
    if roles_ended(merge).exists() and not decides_for_the_province(by):
        return _("Hồ sơ đã gộp từng giữ vai trò; quản trị viên cấp tỉnh hoàn tác.")
    return _of_roles(by, people)


def counting(roles: QuerySet[Role]) -> QuerySet[Role]:
    """Without that of a learner, which everybody on the roster is without being given it."""
    return roles.exclude(kind=RoleKind.LEARNER)


def roles_ended(merge: Merge) -> QuerySet[Role]:
    """Those of who went that ended with the merge; an undo gives none back."""
    ended = Role.objects.filter(user=merge.gone, ended_at=merge.recorded_at)
    return counting(ended).select_related("unit").order_by("pk")


def _answers_for_gone(by, merge: Merge) -> bool:
    """By what was moved away from it and covers today: she would be posted there again."""
    if reaches_everything(by):
        return True
    moved = ChangedRow.objects.filter(change=merge.change_id, kind=POSTING, person=merge.gone).values("old")
    posted = Posting.objects.filter(covering(today()), pk__in=moved, person=merge.gone)
    places, units = set(posted.values_list("unit", flat=True)), role_units(by, TRAINING_KINDS)
    if not places:
        return bool(units) and bool(at_the_top(units, today()))
    return under(units).filter(unit__in=places).exists()
