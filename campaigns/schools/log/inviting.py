"""A school's manager brings in a teacher: an account with that one role, no posting and no duty, so no figure of the
training moves. The teacher opens it with the code on the slip that is printed at once.
"""

from django.db import transaction

from people.persons.user import User
from people.rights.roles import Role, RoleKind, role_changed
from people.units.unit import Unit

# accounts of teachers at one school
MOST_TEACHERS = 200


class Refused(Exception):
    """Why nobody was invited: `TWICE` or `TOO_MANY`."""

    TWICE, TOO_MANY = "twice", "too many"


@transaction.atomic
def invite_teacher(by, school: Unit, full_name: str) -> User:
    """The caller asked whether `by` manages the school. Raises Refused."""
    Unit.objects.select_for_update(of=("self",)).get(pk=school.pk)
    held = Role.objects.current().filter(kind=RoleKind.TEACHER, unit=school)
    if held.filter(user__full_name__iexact=full_name, user__is_active=True).exists():
        raise Refused(Refused.TWICE)
    if held.count() >= MOST_TEACHERS:
        raise Refused(Refused.TOO_MANY)
    person = User.objects.create_user(_free_code(school), full_name=full_name)
    role = Role.objects.create(user=person, kind=RoleKind.TEACHER, unit=school)
    role_changed.send(sender=Role, role=role, by=by)
    return person


def _free_code(school: Unit) -> str:
    """As in "GV-THCS-01-7": the first number that nobody has."""
    start = f"GV-{school.code}-"
    taken = set(User.objects.filter(staff_code__startswith=start).values_list("staff_code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{start}{number}") not in taken)
