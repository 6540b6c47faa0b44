"""Two who decide, print or press at the same moment: one of them does it, and the other is told."""

import uuid

import pytest
from at_once import at_once
from django.test import Client
from django.utils import timezone
from factories import make_cast, make_map, make_person, make_posting

from people.log.audit import Entry
from people.privacy import erasure
from people.privacy.erasure import CannotErase, ErasureRequest, ErasureState
from people.signing_in.activation import ActivationSlip
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    """Committed, so that threads see it."""
    units = make_map()
    rebuild_reach()
    people = make_cast(units)
    people.units = units
    return people


def test_erase_and_refuse_at_the_same_moment_end_in_one_of_the_two(cast):
    now = timezone.now()
    for number in range(4):
        person = make_person(f"Người Xin Xóa {number}", f"XOA-{number}")
        asked = erasure.ask(person, now)
        erased, refused = at_once(
            lambda person=person, asked=asked: erasure.erase(person, cast.administrator, now, asked),
            lambda person=person: erasure.refuse(person, cast.administrator, "Còn tranh chấp", now),
        )
        person.refresh_from_db()
        state = ErasureRequest.objects.get(person=person).state
        if isinstance(erased, str):
            assert (refused, state, erasure.is_erased(person)) == (False, ErasureState.DONE, True)
        else:
            assert isinstance(erased, CannotErase)
            assert (refused, state, erasure.is_erased(person)) == (True, ErasureState.REFUSED, False)
        assert Entry.objects.filter(person=person, act__in=["erased", "refused"]).count() == 1


def test_withdrawn_at_the_same_moment_is_either_erased_or_withdrawn(cast):
    now = timezone.now()
    asked = erasure.ask(cast.learner, now)
    erased, withdrawn = at_once(
        lambda: erasure.erase(cast.learner, cast.administrator, now, asked), lambda: erasure.withdraw(cast.learner, now)
    )
    assert isinstance(erased, str) is not withdrawn


def test_a_batch_of_slips_printed_eight_times_at_once_is_one_batch_and_seven_sentences(cast):
    people = [make_person(f"Người {n}", f"TG-1{n:02}") for n in range(5)]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    form = {"batch": uuid.uuid4(), "person": [person.pk for person in people]}
    clients = [Client() for _press in range(8)]
    for client in clients:
        client.force_login(cast.trainer)
    address = "/tai-khoan/phieu-kich-hoat/20455/"
    answers = at_once(*[lambda client=client: client.post(address, form).status_code for client in clients])
    assert sorted(answers) == [200] + [409] * 7
    assert ActivationSlip.objects.filter(used_at=None, withdrawn_at=None).count() == 5


def test_several_batches_at_once_leave_one_open_slip_for_each(cast):
    clients = [Client() for _press in range(4)]
    for client in clients:
        client.force_login(cast.trainer)
    address = "/tai-khoan/phieu-kich-hoat/20455/"
    answers = at_once(
        *[
            lambda client=client: client.post(address, {"batch": uuid.uuid4(), "person": cast.learner.pk}).status_code
            for client in clients
        ]
    )
    assert set(answers) == {200}
    assert ActivationSlip.objects.filter(used_at=None, withdrawn_at=None).count() == 1
