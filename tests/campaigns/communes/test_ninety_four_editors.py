"""With an editor in each of 94 communes and a manager over all, no screen of either takes longer than it should.

`pytest -s` prints the times. The limits are those of the issue: 60 queries and one second.
"""

from time import perf_counter

import pytest
from costs import slower
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import make_page, make_person, make_unit
from wagtail.models import Locale

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.spaces.spaces import bring_in_step
from pages.cms.groups import sync_all
from people.rights.roles import Role, RoleKind
from people.times import today
from people.units.successions import rebuild_reach

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST_QUERIES, MOST_SECONDS = 60, 1.0
# with a few the queries are counted; how long a screen takes is judged with all, and no other worker beside it
FEW, ALL = 4, 94


@pytest.fixture(params=[FEW, pytest.param(ALL, marks=pytest.mark.soak)])
def many(request) -> int:
    return request.param


@pytest.fixture
def spaces(communes, settings, many):
    """So many spaces in two languages with an editor each; each submitted a notice and has another as a draft."""
    settings.SECOND_STEP_REQUIRED = False
    for n in range(many - 3):
        make_unit(f"9{n:04}", f"Xã Số {n:02}", parent=communes.units.da_nang)
    rebuild_reach()
    bring_in_step(today())
    english = Locale.objects.get(language_code="en")
    communes.page.copy_for_translation(english, copy_parents=True)
    for space in CommuneSpacePage.objects.filter(locale__language_code="vi"):
        if not Role.objects.filter(kind=RoleKind.COMMUNE_EDITOR, unit=space.unit).exists():
            # the groups follow all at once below
            Role.objects.create(
                user=make_person(f"Biên tập {space.unit.code}"), kind=RoleKind.COMMUNE_EDITOR, unit=space.unit
            )
        editor = Role.objects.get(kind=RoleKind.COMMUNE_EDITOR, unit=space.unit).user
        space.copy_for_translation(english)
        for title in ("Họp thôn", "Nháp"):
            page = make_page(space, NoticePage, title, text="<p>x</p>", owner=editor, live=False)
            page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
    # a busy commune fills every page of a list
    for n in range(30):
        page = make_page(communes.tay_giang, NoticePage, f"Họp thôn {n}", text="<p>x</p>", owner=communes.cast.editor)
        page.save_revision(user=communes.cast.editor, log_action=True)
    sync_all()
    call_command("update_index", verbosity=0)
    assert CommuneSpacePage.objects.filter(locale__language_code="vi").count() == many
    return communes


def measure(client, name, address, tries):
    """The best of so many times, since other work on the machine is no fault of the screen's."""
    client.get(address)
    best = float("inf")
    for _try in range(tries):
        with CaptureQueriesContext(connection) as queries:
            begun = perf_counter()
            answer = client.get(address)
            best = min(best, perf_counter() - begun)
        if best <= MOST_SECONDS * slower():
            break
    return name, answer.status_code, len(queries), best


def test_every_screen_of_an_editor_is_quick(spaces, many, client_of, figure):
    editor, manager, head = (client_of(p) for p in (spaces.cast.editor, spaces.cast.manager, spaces.cast.unit_head))
    notice = NoticePage.objects.child_of(spaces.tay_giang).first()
    screens = [
        ("first screen", editor, "/cms/"),
        ("explorer", editor, reverse("wagtailadmin_explore", args=[spaces.tay_giang.pk])),
        ("explorer, way down", editor, reverse("wagtailadmin_explore", args=[spaces.page.pk])),
        ("edit the space", editor, reverse("wagtailadmin_pages:edit", args=[spaces.tay_giang.pk])),
        ("edit a notice", editor, reverse("wagtailadmin_pages:edit", args=[notice.pk])),
        (
            "new notice",
            editor,
            reverse("wagtailadmin_pages:add", args=["campaigns", "noticepage", spaces.tay_giang.pk]),
        ),
        ("history", editor, reverse("wagtailadmin_pages:history", args=[notice.pk])),
        ("search", editor, reverse("wagtailadmin_pages:search") + "?q=Họp"),
        ("page chooser", editor, reverse("wagtailadmin_choose_page_child", args=[spaces.page.pk])),
        ("page chooser, own pages", editor, reverse("wagtailadmin_choose_page_child", args=[spaces.tay_giang.pk])),
        ("page chooser, search", editor, reverse("wagtailadmin_choose_page_search") + "?q=Họp"),
        ("picture chooser", editor, reverse("wagtailimages_chooser:choose")),
        ("document chooser", editor, reverse("wagtaildocs_chooser:choose")),
        ("pictures", editor, reverse("wagtailimages:index")),
        ("explorer menu", editor, f"/cms/api/main/pages/?child_of={spaces.page.pk}&for_explorer=1"),
        ("head: first screen", head, "/cms/"),
        ("manager: first screen", manager, "/cms/"),
        ("manager: explorer", manager, reverse("wagtailadmin_explore", args=[spaces.page.pk])),
        ("manager: explorer, home", manager, reverse("wagtailadmin_explore", args=[spaces.home.pk])),
        ("manager: explorer, space", manager, reverse("wagtailadmin_explore", args=[spaces.tay_giang.pk])),
        ("manager: next page", manager, reverse("wagtailadmin_explore_results", args=[spaces.page.pk]) + "?p=2"),
        ("manager: explorer menu", manager, f"/cms/api/main/pages/?child_of={spaces.page.pk}&for_explorer=1"),
        ("manager: edit a space", manager, reverse("wagtailadmin_pages:edit", args=[spaces.tay_giang.pk])),
        ("manager: edit a message", manager, reverse("wagtailadmin_pages:edit", args=[spaces.message.pk])),
        ("manager: units", manager, "/cms/don-vi/"),
        ("manager: history", manager, reverse("wagtailadmin_reports:site_history")),
        ("manager: search", manager, reverse("wagtailadmin_pages:search") + "?q=Họp"),
        ("manager: page chooser", manager, reverse("wagtailadmin_choose_page_child", args=[spaces.page.pk])),
    ]
    figures = [measure(client, name, address, 5 if many == ALL else 1) for name, client, address in screens]
    rows = [f"{name:26} {queries:4} queries  {seconds * 1000:6.0f} ms" for name, _status, queries, seconds in figures]
    figure("\n".join([f"with {many} editors and a manager over all:", *rows]))
    assert {status for _name, status, _queries, _seconds in figures} == {200}
    slow = [row for row in figures if row[2] > MOST_QUERIES or (row[3] > MOST_SECONDS * slower() and many == ALL)]
    assert slow == []
