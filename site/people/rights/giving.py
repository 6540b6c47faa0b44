"""Who may be given a role by whom: by where they are posted today, never by the roles they hold already.

Whoever wants to give a role to somebody else's official asks the province (`people.guarding.role_requests`).
"""

from django.db.models import Exists, OuterRef, QuerySet

from people.persons.user import User
from people.postings.posting import Posting
from people.rights.admin_policy import ADMINISTRATORS
from people.rights.roles import NotHers, Role, role_wanted
from people.rights.scope import answers_today, kinds_at_the_top, reach_of, reaches_everything
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit


def may_give(by, person: User, unit: Unit) -> bool:
    """Whether `by` administers the unit and answers today for the person; the province for who is posted nowhere."""
    if reaches_everything(by):
        return True
    return unit.pk in reach_of(by, ADMINISTRATORS) and answers_today(by, person, ADMINISTRATORS)


def decides_for_the_province(user) -> bool:
    return reaches_everything(user) or (user.is_active and bool(kinds_at_the_top(user) & ADMINISTRATORS))


def connect() -> None:
    role_wanted.connect(_refuse_others, dispatch_uid="people.rights.giving")


def _refuse_others(sender, user, unit, by, **kwargs) -> None:
    if not may_give(by, user, unit):
        raise NotHers


def held_away(roles: QuerySet[Role]) -> QuerySet[Role]:
    """Of these, the roles below the province whose holder is not posted today where the role reaches."""
    day = today()
    within = Reach.objects.filter(covering(day), unit=OuterRef("unit"), ancestor=OuterRef(OuterRef("unit")))
    posted = Posting.objects.current().filter(covering(day), Exists(within), person=OuterRef("user"))
    below = Reach.objects.filter(covering(day), unit=OuterRef("unit"), depth__gt=0)
    return roles.filter(Exists(below)).exclude(Exists(posted))
