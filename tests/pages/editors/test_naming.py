"""Lists under /cms/ name the editors of one's reach, not everybody who ever edited."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course

from pages.cms.groups import sync_all
from pages.editors.naming import named_to
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


@pytest.fixture
def edited(cast, settings):
    """A lesson that a trainer of two communes edited, and the province, another commune and somebody without a role."""
    settings.SECOND_STEP_REQUIRED = False
    lesson = make_course().lessons[0]
    sync_all()
    for person in (cast.trainer, cast.manager, cast.other_editor, cast.stranger):
        lesson.sources = person.full_name.upper()
        lesson.save_revision(user=person, log_action=True)
    return lesson


def words(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return html.unescape(content.decode())


HISTORIES = ["/cms/pages/{}/history/", "/cms/reports/site-history/", "/cms/reports/site-history/?export=csv"]


@pytest.mark.parametrize("address", HISTORIES)
def test_histories_tell_others_by_role_and_unit(edited, cast, client_of, address):
    said = words(client_of(cast.trainer).get(address.format(edited.pk)))
    assert cast.trainer.full_name in said
    for other in (cast.manager, cast.other_editor, cast.stranger):
        assert other.full_name not in said
        assert other.staff_code not in said
    assert "Quản lý cấp tỉnh, Thành phố Đà Nẵng" in said
    assert "Biên tập viên xã, Xã Thạnh Mỹ" in said
    assert "người ngoài phạm vi của anh chị" in said
    everything = words(client_of(cast.manager).get(address.format(edited.pk)))
    assert cast.other_editor.full_name in everything
    assert cast.stranger.full_name in everything


def test_a_longer_history_costs_no_query_more(edited, cast, client_of):
    client, counts = client_of(cast.trainer), []
    for _round in range(2):
        for address in HISTORIES[:2]:
            client.get(address.format(edited.pk))
            with CaptureQueriesContext(connection) as asked:
                client.get(address.format(edited.pk))
            counts.append(len(asked))
        for _again in range(3):
            edited.save_revision(user=cast.other_editor, log_action=True)
    assert counts[:2] == counts[2:]
