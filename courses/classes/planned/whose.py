"""Whose a class is: who leads it, and who may open it. What is not one's own is not found."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import TrainingClass
from people.postings.posting import Posting
from people.rights import scope
from people.times import covering, today

# who plans classes in the units that such a role reaches, invites and takes attendance
LEADING_KINDS = scope.TRAINING_KINDS
# who may open a class of such units: heads confirm
OPENING_KINDS = scope.ROSTER_KINDS


def answered_for(user, units: set[int] | None = None) -> Q:
    """On rows with a `person`: those about people for whom the user answers today. Whoever is posted nowhere is the
    province's. `units` are those of her roles where they were read before.
    """
    if scope.reaches_everything(user):
        return scope.EVERYTHING
    units = scope.role_units(user, OPENING_KINDS) if units is None else units
    posted = Posting.objects.current().filter(covering(today()))
    hers = Q(person__in=posted.filter(unit__in=scope.under(units)).values("person"))
    if scope.at_the_top(units):
        hers |= ~Q(Exists(posted.filter(person=OuterRef("person"))))
    return hers


def led_by(user) -> QuerySet[TrainingClass]:
    return _reached(user, LEADING_KINDS)


def opened_to(user) -> QuerySet[TrainingClass]:
    return _reached(user, OPENING_KINDS)


def _reached(user, kinds) -> QuerySet[TrainingClass]:
    """But for those in which the user has a seat or waits: there, somebody who leads is a learner like others."""
    classes = TrainingClass.objects.all()
    if not scope.reaches_everything(user):
        classes = classes.filter(unit__in=scope.under(scope.role_units(user, kinds)))
    return classes.exclude(pk__in=Participant.objects.taking_part().filter(person=user.pk).values("training_class"))
