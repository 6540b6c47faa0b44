"""Planning a session: who observes with the leader, and who is observed, from the roster of the planner's reach."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.practice.observed.rubric import Rubric
from courses.practice.observed.session import LEADING_KINDS, Performance, PracticeSession
from courses.practice.observed.versions import record
from people.persons.user import User, UserQuerySet
from people.postings.posting import Posting
from people.rights import scope
from people.times import covering
from people.units.unit import Unit

MOST_SHOWN = 30


class Refused(ValueError):
    """The act is not possible; str() is one sentence for the person who tried."""


def units_to_plan_in(user, day: date) -> QuerySet[Unit]:
    """The units of `day` that the user's roles reach."""
    units = Unit.objects.on(day)
    if not scope.reaches_everything(user):
        units = units.filter(pk__in=scope.under(scope.role_units(user, LEADING_KINDS)))
    return units.by_name()


def plan(leader, rubric: Rubric, unit: Unit, on: date, now: datetime) -> PracticeSession:
    """Freezes the rubric's words of now."""
    version = record(rubric)
    return PracticeSession.objects.create(
        rubric=rubric, version=version, unit=unit, on=on, leader=leader, planned_at=now
    )


def on_the_roster(user, day: date) -> UserQuerySet:
    """People with a posting on `day` in the user's reach, whose account is open."""
    postings = Posting.objects.current().filter(covering(day))
    if not scope.reaches_everything(user):
        postings = postings.filter(unit__in=scope.under(scope.role_units(user, LEADING_KINDS)))
    return User.objects.filter(pk__in=postings.values("person"), is_active=True)


def found_for(user, session: PracticeSession, words: str) -> list[User]:
    """Who may still take part: of the session's unit or, by name or staff code, of the reach; at most MOST_SHOWN."""
    people = on_the_roster(user, session.on).exclude(pk__in=[session.leader_id, session.second_id or session.leader_id])
    people = people.exclude(performances__session=session)
    if words.strip():
        people = people.found(words)
    else:
        there = Posting.objects.current().filter(covering(session.on), unit__in=scope.under([session.unit_id]))
        people = people.filter(pk__in=there.values("person"))
    return list(people.by_name()[:MOST_SHOWN])


def _locked(session: PracticeSession) -> PracticeSession:
    return PracticeSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _has_forms(session: PracticeSession) -> bool:
    return session.performances.filter(observations__isnull=False).exists()


def _found(user, session: PracticeSession, person_id: int) -> User:
    person = on_the_roster(user, session.on).filter(pk=person_id).first()
    if person is None:
        raise Refused(_("Hôm ấy người này không có trong danh sách cán bộ thuộc phạm vi của anh chị."))
    return person


@transaction.atomic
def name_second(user, session: PracticeSession, person_id: int) -> User:
    """Raises Refused; nobody is two of observer, observer and observed."""
    session, person = _locked(session), _found(user, session, person_id)
    if person.pk == session.leader_id:
        raise Refused(_("Hai người quan sát phải là hai người khác nhau."))
    if session.performances.filter(person=person).exists():
        raise Refused(_("%s đang là người tập trong buổi này nên không quan sát được.") % person.full_name)
    if _has_forms(session):
        raise Refused(_("Đã có phiếu nộp, nên không đổi người quan sát của buổi này nữa."))
    session.second = person
    session.save(update_fields=["second"])
    session.performances.update(second=person)
    return person


@transaction.atomic
def add(user, session: PracticeSession, person_id: int) -> Performance:
    """Adds an official to be observed. Raises Refused."""
    session, person = _locked(session), _found(user, session, person_id)
    if person.pk in (session.leader_id, session.second_id):
        raise Refused(_("%s quan sát buổi này nên không tập trong buổi này được.") % person.full_name)
    performance, _new = session.performances.get_or_create(
        person=person, defaults={"first_id": session.leader_id, "second_id": session.second_id}
    )
    return performance


@transaction.atomic
def take_out(session: PracticeSession, performance_id: int) -> None:
    """Raises Refused once a form about the person is in."""
    session = _locked(session)
    performance = session.performances.filter(pk=performance_id).first()
    if performance is not None and performance.observations.exists():
        raise Refused(_("Đã có phiếu về người này, nên không bỏ ra khỏi buổi được."))
    session.performances.filter(pk=performance_id).delete()


@transaction.atomic
def drop(session: PracticeSession) -> None:
    """Deletes a session of which nothing was written yet. Raises Refused."""
    session = _locked(session)
    if _has_forms(session):
        raise Refused(_("Buổi này đã có phiếu nộp, nên được giữ lại."))
    session.delete()
