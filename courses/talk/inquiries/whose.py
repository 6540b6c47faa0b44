"""Who reads an inquiry and who answers it. What is not one's own is not found.

Who answers goes by where the person who asked is posted today: a transfer moves it to the trainers there. Until it is
answered nobody else reads it but she; then her unit, where she asked for the unit.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.talk.inquiries.inquiry import Inquiry, InquiryState, Said, SaidKind
from people.persons.merges import one_person
from people.postings.posting import Posting
from people.rights import scope
from people.rights.roles import RoleKind, role_kinds
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit

# who answers; the province's manager too, since not every unit has a trainer
ANSWERING_KINDS = frozenset({RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER})


def may_answer(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & ANSWERING_KINDS)


def of_people_of(user, path: str, units: set[int] | None = None) -> Q:
    """On rows whose `path` is a person: of people for whom the user leads training today, herself apart. Whoever is
    posted nowhere is the province's. `units` are those of her roles where they were read before.
    """
    others = ~Q(**{f"{path}__in": one_person(user)})
    if scope.reaches_everything(user):
        return others
    units = scope.role_units(user, ANSWERING_KINDS) if units is None else units
    posted = Posting.objects.current().filter(covering(today()))
    hers = Q(**{f"{path}__in": posted.filter(unit__in=scope.under(units)).values("person")})
    hers |= one_is_the_province(units) & ~Q(Exists(posted.filter(person=OuterRef(path))))
    return hers & others


def one_is_the_province(units: set[int]) -> Q:
    """Whether one of these units is under no other today, asked within the query."""
    below = Reach.objects.filter(covering(today()), depth__gt=0).values("unit")
    return Q(Exists(Unit.objects.filter(pk__in=units).exclude(pk__in=below)))


def answered_by(user, units: set[int] | None = None) -> QuerySet[Inquiry]:
    """Those on which the user may answer, whatever their state; a withdrawn one is nobody's but hers who asked."""
    return Inquiry.objects.filter(of_people_of(user, "asked_by", units)).exclude(state=InquiryState.WITHDRAWN)


def waiting_for(user, units: set[int] | None = None) -> QuerySet[Inquiry]:
    """Those that wait for the user's answer; who waits longest first."""
    return answered_by(user, units).filter(state=InquiryState.WAITING).order_by("waits_since", "pk")


def own(user) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(asked_by__in=one_person(user))


def in_unit_of(user) -> Q:
    """On rows with a `unit`: the unit where the user is posted today, with those that have become it."""
    posted = Posting.objects.current().filter(covering(today()), person=user.pk).values("unit")
    here = Reach.objects.filter(covering(today()), depth=0, unit__in=posted).values("ancestor")
    return Q(unit__in=Reach.objects.filter(covering(today()), depth=0, ancestor__in=here).values("unit"))


def read_in_unit(user) -> Q:
    """Asked for the user's unit by somebody else, and answered at least once."""
    answered = Exists(Said.objects.filter(inquiry=OuterRef("pk"), kind=SaidKind.ANSWER))
    others = ~Q(state=InquiryState.WITHDRAWN) & ~Q(asked_by__in=one_person(user))
    return Q(for_unit=True) & in_unit_of(user) & others & Q(answered)


def for_the_unit(inquiry: Inquiry) -> list[Said]:
    """What the unit reads: questions and answers up to the last answer, and neither what was sent back nor what waits.
    The rows of `said` are read before.
    """
    rows = [one for one in inquiry.said.all() if one.kind in (SaidKind.QUESTION, SaidKind.ANSWER)]
    last = max((place for place, one in enumerate(rows) if one.kind == SaidKind.ANSWER), default=-1)
    return rows[: last + 1]
