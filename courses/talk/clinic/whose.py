"""Who reads a case and who moderates it. What is not one's own is not found.

Moderators are who leads training where the author is posted today. A case is heard by those posted at or below the unit
for which it was released, and by those who lead training there: a trainer of a commune releases for her commune, one of
the province for all. Of whom an erasure left no author the province's moderate.
"""

from django.db.models import Q, QuerySet

from courses.talk.clinic.case import HEARD, CaseState, ClinicCase
from courses.talk.inquiries.whose import ANSWERING_KINDS, of_people_of, one_is_the_province
from people.persons.merges import one_person
from people.persons.user import User
from people.postings.posting import Posting
from people.rights import scope
from people.times import covering, today
from people.units.successions import Reach


def own(user) -> QuerySet[ClinicCase]:
    return ClinicCase.objects.filter(author__in=one_person(user))


def moderated_by(user, units: set[int] | None = None) -> QuerySet[ClinicCase]:
    """Cases of people for whom the user leads training, never her own nor a withdrawn one. `units` are those of her
    roles where they were read before.
    """
    if scope.reaches_everything(user):
        return ClinicCase.objects.filter(of_people_of(user, "author") | Q(author=None)).exclude(
            state=CaseState.WITHDRAWN
        )
    units = scope.role_units(user, ANSWERING_KINDS) if units is None else units
    theirs = of_people_of(user, "author", units) | (Q(author=None) & one_is_the_province(units))
    return ClinicCase.objects.filter(theirs).exclude(state=CaseState.WITHDRAWN)


def heard_by(user) -> Q:
    """Released for a unit at or above one where the user is posted today or leads training."""
    posted = Posting.objects.current().filter(covering(today()), person=user.pk).values("unit")
    mine = Q(unit__in=posted) | Q(unit__in=scope.role_units(user, ANSWERING_KINDS))
    above = Reach.objects.filter(mine, covering(today())).values("ancestor")
    counting = Reach.objects.filter(covering(today()), depth=0, ancestor__in=above).values("unit")
    return Q(state__in=HEARD, heard_in__in=counting)


def readable(user) -> QuerySet[ClinicCase]:
    """What others than moderators open: what was released for one, and one's own."""
    return ClinicCase.objects.filter(heard_by(user) | Q(author__in=one_person(user)))


def released_for(user: User, case: ClinicCase) -> int | None:
    """The highest unit on which a role of the user rests that leads training where the author is; None: no such."""
    at = Posting.objects.current().filter(covering(today()), person=case.author_id).values("unit")
    places = Reach.objects.filter(Q(unit__in=at) | Q(unit=case.unit_id), covering(today()))
    if not scope.reaches_everything(user):
        places = places.filter(ancestor__in=scope.role_units(user, ANSWERING_KINDS))
    return places.order_by("-depth", "ancestor").values_list("ancestor", flat=True).first()
