"""Who submitted a commune's page does not put it up: who she is × way in. What a course has is in
tests/courses/approval/test_single_door.py, an alert in tests/campaigns/alerts/.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent
from factories import make_page, make_person
from new_pages import form_of
from sharing import shared
from wagtail.models import Page, Revision

from campaigns.communes.notices import NoticePage
from outbox.chores import publish_scheduled
from people.persons.user import User
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
WHO = ("manager", "administrator", "head", "superuser")


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@shared
def it(communes):
    cast = communes.cast
    give(cast.unit_head, RoleKind.COMMUNE_EDITOR, communes.units.tay_giang)
    communes.people = {
        "manager": cast.manager,
        "administrator": cast.administrator,
        "head": cast.unit_head,
        "superuser": make_person("Siêu Quản Trị", "VT-root", is_superuser=True),
    }
    notice = make_page(communes.tay_giang, NoticePage, "Họp thôn", text="<p>Mời bà con.</p>")
    communes.notice = notice
    return communes


def again(user):
    """As the next request reads it."""
    return User.objects.get(pk=user.pk)


def submitted(page, user):
    """The page with a draft of hers that waits for a reviewer."""
    draft = Page.objects.get(pk=page.pk).specific
    draft.title = "Chữ của tôi"
    draft.save_revision(user=user)
    draft.get_workflow().start(draft, user)
    return Page.objects.get(pk=page.pk).specific


def bulk(kind: str, page) -> str:
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', kind])}?id={page.pk}"


def edit_of(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form(page, user, **typed) -> dict:
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    return sent(form_of(type(page), page.get_parent(), user, draft), **typed)


# --- the ways in


def by_the_reviewers_button(client, page, user):
    state = page.current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    client.post(edit_of(page), form(page, user) | {"action-workflow-action": "1", "workflow-action-name": "approve"})


def by_the_publish_button(client, page, user):
    client.post(edit_of(page), form(page, user) | {"action-publish": "1"})


def by_a_list(client, page, user):
    client.post(bulk("publish", page), {"include_descendants": ""})


def by_a_list_with_what_stands_below(client, page, user):
    client.post(bulk("publish", page.get_parent()), {"include_descendants": "on"})


def by_an_hour(client, page, user):
    client.post(edit_of(page), form(page, user, go_live_at="2027-01-01 08:00") | {"action-publish": "1"})
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=2)
    )
    publish_scheduled(timezone.now())


def by_cancelling_and_publishing(client, page, user):
    client.post(edit_of(page), form(page, user) | {"action-cancel-workflow": "1"})


def by_the_revision_itself(client, page, user):
    with suppress(PermissionDenied):
        page.get_latest_revision().publish(user=again(user))


WAYS = [
    by_the_reviewers_button,
    by_the_publish_button,
    by_a_list,
    by_a_list_with_what_stands_below,
    by_an_hour,
    by_cancelling_and_publishing,
    by_the_revision_itself,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", WHO)
def test_what_she_submitted_does_not_go_live_by_her(it, client_of, name, way):
    user = it.people[name]
    page = submitted(it.notice, user)
    way(client_of(user), page, user)
    live = Page.objects.get(pk=page.pk)
    assert live.title != "Chữ của tôi", name
