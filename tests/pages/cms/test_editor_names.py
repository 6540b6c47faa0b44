"""Lists under /cms/ name the editors of one's reach, not everybody who ever edited."""

import pytest
from django.utils import timezone
from factories import make_course

from pages.cms.editor_names import named_to
from people.persons.user import User

pytestmark = pytest.mark.django_db


def named(user) -> set[str]:
    return set(User.objects.filter(named_to(user)).values_list("full_name", flat=True))


def test_a_commune_names_its_own_and_the_province_everybody(cast):
    ours = {cast.editor.full_name, cast.trainer.full_name, cast.unit_head.full_name}
    assert ours <= named(cast.editor)
    assert not {cast.other_editor.full_name, cast.manager.full_name} & named(cast.editor)
    assert {person.full_name for person in vars(cast).values() if isinstance(person, User)} <= named(cast.manager)


@pytest.mark.parametrize("address", ["/cms/reports/locked/", "/cms/reports/workflow/"])
def test_filters_offer_no_name_from_elsewhere(cast, client_of, address):
    page = make_course().lessons[0]
    page.locked, page.locked_by, page.locked_at = True, cast.other_editor, timezone.now()
    page.owner = cast.other_editor
    page.save()
    page.save_revision(user=cast.other_editor, log_action=True)
    for who in (cast.editor, cast.trainer, cast.administrator):
        answer = client_of(who).get(address)
        if answer.status_code == 200 and who is not cast.administrator:
            assert cast.other_editor.staff_code not in answer.content.decode()
            assert cast.other_editor.full_name not in answer.content.decode()


def test_the_filters_of_the_page_list_do_not_either(cast, client_of):
    course = make_course().course
    course.owner = cast.other_editor
    course.save()
    answer = client_of(cast.trainer).get(f"/cms/pages/{course.get_parent().pk}/")
    assert cast.other_editor.full_name not in answer.content.decode()
