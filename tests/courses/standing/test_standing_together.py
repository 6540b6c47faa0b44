"""Two who write about the same person at the same moment: the standing holds what both wrote."""

import threading
from datetime import date, datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone
from factories import make_cast, make_map

from courses.completions.completion import Completion
from courses.requirements.requirement import Excuse
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import refresh
from people.units.successions import rebuild_reach

NOW = timezone.make_aware(datetime(2026, 3, 10, 9))


def write(facts, barrier, errors):
    """In its own connection and transaction, as a request would."""
    try:
        barrier.wait()
        for fact in facts:
            with transaction.atomic():
                fact.save()
                refresh([fact.person_id], NOW)
    except Exception as error:  # told by the test, not lost in the thread
        errors.append(error)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_two_write_at_once_about_one_person_is_all_there():
    units = make_map()
    rebuild_reach()
    person = make_cast(units).learner
    requirement = seed_requirements()[0]
    refresh([person.pk])
    fields = {"person": person, "course_key": "nhan-dien-nan-nhan", "source": "import"}
    completions = [Completion(completed_on=date(2026, 1, day), **fields) for day in range(1, 9)]
    excuses = [
        Excuse(person=person, requirement=requirement, reason="Ốm", start=date(2026, 2, day), end=date(2026, 2, day))
        for day in range(1, 17, 2)
    ]
    barrier, errors = threading.Barrier(2), []
    writers = [threading.Thread(target=write, args=(facts, barrier, errors)) for facts in (completions, excuses)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert not [line for line in differences() if "TG-001" in line]
    states = list(person.standings.filter(requirement=requirement).order_by("start").values_list("start", "state"))
    assert states[1] == (date(2026, 1, 1), "completed")
    assert sum(state == "excused" for _start, state in states) == 8
