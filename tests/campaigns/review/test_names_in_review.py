"""Who reviewed, locked or published a page is told by name within one's reach, else by role and unit."""

import html

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import make_page
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.models import Page

from campaigns.communes.notices import NoticePage
from pages.editors.telling import read_by

pytestmark = pytest.mark.django_db
MANAGER = "Quản lý cấp tỉnh, Thành phố Đà Nẵng"


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


def words(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return html.unescape(content.decode())


@pytest.fixture
def sent_back(communes):
    """A notice of Thạnh Mỹ, which has no head: its editor submitted it, the province sent it back and locked it."""
    page = make_page(communes.thanh_my, NoticePage, "Họp thôn", text="<p>Mời bà con.</p>", live=False)
    page.save_revision(user=communes.cast.other_editor)
    state = page.get_workflow().start(page, communes.cast.other_editor)
    task = state.current_task_state
    task.task.specific.on_action(task, communes.cast.manager, "reject", comment="Ghi rõ giờ họp.")
    Page.objects.filter(pk=page.pk).update(
        locked=True, locked_by=communes.cast.manager, locked_at=timezone.now(), owner=communes.cast.other_editor
    )
    communes.notice, communes.state = page, state
    return communes


def addresses(it) -> list[str]:
    return [
        reverse("wagtailadmin_pages:edit", args=[it.notice.pk]),
        reverse("wagtailadmin_pages:workflow_history", args=[it.notice.pk]),
        reverse("wagtailadmin_pages:workflow_history_detail", args=[it.notice.pk, it.state.pk]),
        "/cms/reports/workflow/",
        "/cms/reports/workflow/?export=csv",
        "/cms/reports/workflow_tasks/",
        "/cms/reports/workflow_tasks/?export=csv",
    ]


def test_no_screen_and_no_file_names_who_is_out_of_reach(sent_back, client_of):
    cast, told = sent_back.cast, []
    editor, manager = client_of(cast.other_editor), client_of(cast.manager)
    for address in addresses(sent_back):
        answer = editor.get(address)
        assert answer.status_code == 200, address
        said = words(answer)
        assert cast.manager.full_name not in said, address
        assert cast.manager.get_username() not in said, address
        if MANAGER in said:
            told.append(address)
            assert cast.manager.full_name in words(manager.get(address)), address
    assert told == [addresses(sent_back)[0], addresses(sent_back)[2], "/cms/reports/workflow_tasks/?export=csv"]


def test_who_submitted_is_named_to_her_own_and_to_the_province(sent_back, client_of):
    cast = sent_back.cast
    for who in (cast.other_editor, cast.manager):
        assert cast.other_editor.full_name in words(client_of(who).get("/cms/reports/workflow/"))


def seen(view_class, reader):
    """A report as its view makes it, for a reader to whom no role opens it today."""
    request = RequestFactory().get("/cms/")
    request.user = reader
    view = view_class()
    view.setup(request)
    return view, request


def test_the_report_of_locked_pages_names_within_reach(sent_back):
    cast = sent_back.cast
    for reader, name in ((cast.other_editor, MANAGER), (cast.manager, cast.manager.full_name)):
        view, request = seen(LockedPagesView, reader)
        with read_by(request):
            (row,) = view.decorate_paginated_queryset(list(Page.objects.filter(pk=sent_back.notice.pk)))
        assert str(row.locked_by) == name


def test_the_report_of_aging_pages_names_within_reach(communes, client_of):
    cast = communes.cast
    page = make_page(communes.thanh_my, NoticePage, "Họp thôn", text="<p>Mời bà con.</p>")
    page.save_revision(user=cast.manager).publish(user=cast.manager, skip_permission_checks=True)
    for reader, name in ((cast.other_editor, MANAGER), (cast.manager, cast.manager.get_username())):
        view, request = seen(AgingPagesView, reader)
        page.last_published_by = str(cast.manager.pk)
        with read_by(request):
            view.add_last_publisher_name_to_page({cast.manager.pk: cast.manager.get_username()}, page)
        assert page.last_published_by_user == name
    assert client_of(cast.manager).get("/cms/reports/aging-pages/").status_code == 200


def test_many_names_cost_no_query_more_than_one(sent_back, client_of):
    cast, counts = sent_back.cast, []
    editor = client_of(cast.other_editor)
    for _round in range(2):
        for address in ("/cms/reports/workflow/", "/cms/reports/workflow_tasks/"):
            editor.get(address)
            with CaptureQueriesContext(connection) as asked:
                editor.get(address)
            counts.append([one["sql"] for one in asked if "people_" in one["sql"]])
        for number in range(3):
            page = make_page(sent_back.thanh_my, NoticePage, f"Tin {number} {_round}", text="<p>a</p>", live=False)
            page.save_revision(user=cast.other_editor)
            page.get_workflow().start(page, cast.other_editor)
            Page.objects.filter(pk=page.pk).update(
                locked=True, locked_by=(cast.manager, cast.editor, cast.stranger)[number], locked_at=timezone.now()
            )
    assert [len(one) for one in counts[:2]] == [len(one) for one in counts[2:]]
