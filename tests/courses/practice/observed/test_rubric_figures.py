"""How far two observers agree, by behaviour: for whoever looks after the rubric, never as a mark of an observer."""

from fractions import Fraction

import pytest
from factories import make_person, make_posting

from courses.practice.observed import planning
from courses.practice.observed.figures import figures_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def another(practice, cast):
    """One more official who plays in the session."""

    def another():
        person = make_person("Người Tập")
        make_posting(person, cast.units.tay_giang)
        return planning.add(cast.trainer, practice.session, person.pk)

    return another


def figures(practice):
    return figures_of(practice.rubric, practice.session.version.frozen)


def test_figures_are_of_the_levels_before_agreeing_and_by_behaviour(practice, send, another):
    """Behaviour 2 is alike once, one apart once, three apart once."""
    for first, second in [(3, 3), (2, 3), (1, 4)]:
        performance = another()
        send(1, {2: first}, performance=performance)
        send(2, {2: second}, performance=performance)
    found = figures(practice)
    assert found.records == 3
    second = found.behaviours[1].found
    assert (second.pairs, second.exact, second.within_one) == (3, 1, 2)
    first = found.behaviours[0].found
    assert (first.pairs, first.exact, first.within_one) == (3, 3, 3)
    assert (found.whole.pairs, found.whole.exact) == (30, 28)


def test_one_form_alone_is_no_pair_and_no_occasion_is_none_either(practice, send, another):
    send(1)
    performance = another()
    send(1, {2: None}, performance=performance)
    send(2, performance=performance)
    found = figures(practice)
    assert found.records == 1
    assert found.behaviours[1].found.pairs == 0
    assert found.behaviours[0].found.pairs == 1


def test_kappa_comes_with_the_twentieth_pair_of_a_behaviour(practice, send, another):
    """Nineteen alike at 3 and 2 in turn; the twentieth one apart."""
    for turn in range(19):
        performance = another()
        for place in (1, 2):
            send(place, {2: 3 if turn % 2 else 2}, performance=performance)
    assert figures(practice).behaviours[1].found.kappa is None
    performance = another()
    send(1, {2: 2}, performance=performance)
    send(2, {2: 3}, performance=performance)
    # first: 11 of 20 at 2; second: 10: chance expects (11 * 10 + 9 * 10) / 400 = 1/2, seen 1/20
    assert figures(practice).behaviours[1].found.kappa == Fraction(9, 10)
    # where everybody always gave 3 there is still none
    assert figures(practice).behaviours[0].found.kappa is None


def test_the_page_names_no_observer_and_says_what_cannot_be_told(client_of, cast, practice, send):
    send(1)
    send(2)
    page = client_of(cast.manager).get(f"/buoi-tap/bo-tieu-chi/{practice.rubric.pk}/").text
    assert "chưa tính được" in page
    assert "1/1 (100\u00a0%)" in page
    for name in (cast.trainer.full_name, practice.second.full_name, cast.learner.full_name):
        assert name not in page


def test_without_forms_the_page_says_so(client_of, cast, practice):
    page = client_of(cast.manager).get(f"/buoi-tap/bo-tieu-chi/{practice.rubric.pk}/").text
    assert "Chưa có lượt nào đủ hai phiếu" in page


@pytest.mark.parametrize("who", ["trainer", "observer", "unit_head", "learner"])
def test_nobody_else_sees_it(client_of, cast, practice, who):
    assert client_of(getattr(cast, who)).get(f"/buoi-tap/bo-tieu-chi/{practice.rubric.pk}/").status_code == 403


def test_the_page_costs_the_same_for_any_number_of_forms(
    client_of, cast, practice, send, another, django_assert_max_num_queries
):
    client, address = client_of(cast.manager), f"/buoi-tap/bo-tieu-chi/{practice.rubric.pk}/"

    def cost():
        # session, user, roles at the top 2 and for the menu 1, rubric, guide, levels
        with django_assert_max_num_queries(9) as asked:
            client.get(address)
        return len(asked)

    few = cost()
    for _turn in range(3):
        performance = another()
        for place in (1, 2):
            send(place, performance=performance)
    assert cost() == few
