"""Wagtail's groups follow from roles, and its own addresses of accounts are closed."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from factories import make_person
from sharing import shared
from wagtail.models import Locale, Page, Site

from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from pages.cms.groups import RoleGroup, sync_all
from pages.home.page import HomePage
from people.rights.roles import RoleKind, end, give

pytestmark = pytest.mark.django_db


@shared
def site_pages():
    """Home, catalogue and one course in Vietnamese, in place of Wagtail's welcome page."""
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node()
    home = HomePage.objects.first()
    if home is None:
        home = root.add_child(instance=HomePage(title="Trang đầu", slug="trang-dau", heading="Chào", lead="Chào"))
        Site.objects.update(root_page=home)
    catalogue = CataloguePage.objects.first() or home.add_child(
        instance=CataloguePage(title="Khóa học", slug="khoa-hoc")
    )
    course = catalogue.add_child(instance=CoursePage(title="Khóa thử", slug="khoa-thu", key="khoa-thu"))
    return {"home": home, "catalogue": catalogue, "course": course}


def can(user, page):
    """What Wagtail lets a person do with a page."""
    user = type(user).objects.get(pk=user.pk)
    tester = page.permissions_for_user(user)
    checks = {"add": tester.can_add_subpage, "edit": tester.can_edit, "publish": tester.can_publish,
              "lock": tester.can_lock, "delete": tester.can_delete}  # fmt: skip
    return {name for name, check in checks.items() if check()}


EVERYTHING = {"add", "edit", "publish", "lock", "delete"}
# on the page on which the site stands
ALL_BUT_THE_SITE = EVERYTHING - {"delete"}


@pytest.mark.parametrize(
    ("who", "home", "course"),
    [
        ("manager", ALL_BUT_THE_SITE, EVERYTHING),
        ("administrator", ALL_BUT_THE_SITE, EVERYTHING),
        ("trainer", set(), {"add", "edit"}),
        ("editor", set(), set()),
        ("translator", set(), set()),
        ("observer", set(), set()),
        ("teacher", set(), set()),
        ("learner", set(), set()),
        ("stranger", set(), set()),
    ],
)
def test_what_each_role_may_do_with_pages(cast, site_pages, who, home, course):
    sync_all()
    assert can(getattr(cast, who), site_pages["home"]) == home
    assert can(getattr(cast, who), site_pages["course"]) == course


@pytest.mark.parametrize(
    ("who", "enters"),
    [
        ("manager", True),
        ("administrator", True),
        ("trainer", True),
        ("editor", True),
        ("translator", True),
        ("observer", False),
        ("teacher", False),
        ("unit_head", True),
        ("learner", False),
        ("stranger", False),
    ],
)
def test_who_may_enter_the_editors_rooms(cast, site_pages, client_of, who, enters):
    answer = client_of(getattr(cast, who)).get("/cms/")
    assert (answer.status_code == 200) is enters
    if not enters:
        assert answer.url == "/cms/login/?next=/cms/"
        assert client_of(getattr(cast, who)).get(answer.url).status_code == 403


def test_the_public_signs_in_through_the_site_and_comes_back(client_of):
    client = client_of()
    answer = client.get("/cms/pages/", follow=True)
    assert answer.redirect_chain[-1][0] == "/tai-khoan/login/?next=/cms/pages/"
    assert client.get("/cms/login/?next=https://evil.example/").url == "/tai-khoan/login/?next=/cms/"


def test_signing_out_of_the_editors_rooms_signs_out_of_the_site(cast, client_of):
    client = client_of(cast.manager)
    assert client.post("/cms/logout/").url == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    [
        "/cms/users/",
        "/cms/users/new/",
        "/cms/users/edit/1/",
        "/cms/groups/",
        "/cms/groups/new/",
        "/cms/password_reset/",
        "/cms/password_reset/confirm/MQ/x-y/",
        "/cms/bulk/people/user/delete/",
        "/cms/bulk/people/user/assign_role/",
    ],
)
def test_the_screens_beside_roles_are_shut_even_for_superusers(db, client_of, path):
    client = client_of(make_person("Siêu Quản Trị", is_superuser=True))
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_no_menu_leads_to_a_shut_screen(db, client_of):
    page = client_of(make_person("Siêu Quản Trị", is_superuser=True)).get("/cms/").content.decode()
    for path in ("/cms/users/", "/cms/groups/", "/cms/password_reset/"):
        assert path not in page


def test_the_account_screen_asks_for_no_password_name_or_email(cast, client_of):
    panels = client_of(cast.manager).get("/cms/account/").context["panels_by_tab"]
    names = {panel.name for group_panels in panels.values() for panel in group_panels}
    assert "theme" in names
    assert not names & {"name_email", "password"}


def test_a_role_given_or_ended_takes_effect_at_once(cast, site_pages):
    role = give(cast.stranger, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    assert can(cast.stranger, site_pages["home"]) == ALL_BUT_THE_SITE
    end(role)
    assert can(cast.stranger, site_pages["home"]) == set()


def test_a_group_goes_with_the_last_role_of_its_kind_and_unit(cast):
    def standing():
        return RoleGroup.objects.filter(kind=RoleKind.COMMUNE_EDITOR, unit=cast.units.tay_giang).count()

    second = give(cast.stranger, RoleKind.COMMUNE_EDITOR, cast.units.tay_giang)
    assert standing() == 1
    end(cast.editor.roles.get())
    assert standing() == 1
    groups = Group.objects.count()
    end(second)
    assert (standing(), Group.objects.count()) == (0, groups - 1)


def test_roles_that_edit_nothing_make_no_group(cast):
    assert not cast.observer.groups.exists()
    assert not cast.learner.groups.exists()


def test_a_role_given_before_the_pages_exist_holds_once_they_do(cast, site_pages):
    other = site_pages["home"].add_child(instance=CataloguePage(title="Khóa học khác", slug="khac"))
    assert can(cast.trainer, other) >= {"edit"}


def test_who_may_write_and_who_may_also_publish_questions(cast):
    def rights(user):
        user = type(user).objects.get(pk=user.pk)
        return {name.split(".")[1] for name in user.get_all_permissions() if name.endswith("_question")}

    every = Permission.objects.filter(content_type__model="question", content_type__app_label="courses")
    assert rights(cast.manager) == set(every.values_list("codename", flat=True))
    assert rights(cast.trainer) == {"add_question", "change_question", "view_question"}
    assert rights(cast.editor) == set()


def test_a_manager_has_the_library_and_a_trainer_adds_to_it(cast):
    from wagtail.documents.permissions import permission_policy as documents
    from wagtail.images.permissions import permission_policy as images

    for policy in (images, documents):
        assert policy.user_has_permission(cast.manager, "change")
        assert policy.user_has_permission(cast.trainer, "add")
        assert not policy.user_has_permission(cast.editor, "add")


def test_syncing_again_changes_nothing(cast, site_pages):
    sync_all()
    before = set(cast.manager.groups.get().page_permissions.values_list("pk", flat=True))
    sync_all()
    assert set(cast.manager.groups.get().page_permissions.values_list("pk", flat=True)) == before


def test_what_a_trainer_submits_a_manager_approves(cast, site_pages):
    # a course is submitted whole (courses.approving); the page above it is reviewed as any other
    page = site_pages["course"].get_parent().specific
    page.title = "Danh mục đã sửa"
    page.save_revision(user=cast.trainer)
    state = page.get_workflow().start(page, cast.trainer)
    task = state.current_task_state.task.specific

    def offered(user):
        return {name for name, *_rest in task.get_actions(page, user)}

    assert "approve" in offered(cast.manager)
    assert offered(cast.trainer) == offered(cast.editor) == set()
    state.current_task_state.approve(user=cast.manager)
    page.refresh_from_db()
    assert page.title == "Danh mục đã sửa"


# --- on a unit below the province


@pytest.fixture
def local(cast):
    """Administers, and manages for the province, in the commune of Tây Giang only."""
    person = make_person("Quản Trị Xã", "VT-local")
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.PROVINCE_MANAGER):
        give(person, kind, cast.units.tay_giang)
    return person


def test_a_leading_role_below_the_province_has_no_right_on_what_all_units_share(cast, site_pages, local):
    sync_all()
    assert can(local, site_pages["home"]) == can(local, site_pages["course"]) == set()
    rights = type(local).objects.get(pk=local.pk).get_all_permissions()
    assert {name for name in rights if not name.startswith("wagtailadmin.")} == set()
    assert can(cast.administrator, site_pages["home"]) == ALL_BUT_THE_SITE


def test_it_approves_nothing_of_the_workflow_that_all_share(cast, site_pages, local):
    page = site_pages["course"].get_parent().specific
    page.save_revision(user=cast.trainer)
    task = page.get_workflow().start(page, cast.trainer).current_task_state.task.specific
    assert task.get_actions(page, type(local).objects.get(pk=local.pk)) == []


def test_an_upgrade_takes_the_rights_away_that_such_a_role_had_before(cast, site_pages, local):
    group = local.groups.first()
    root = Page.get_first_root_node()
    group.page_permissions.create(page=root, permission=Permission.objects.get(codename="change_page"))
    sync_all()
    assert can(local, site_pages["course"]) == set()


def test_it_changes_no_requirement_duty_or_unit_of_others(cast, local, client_of):
    client = client_of(local)
    for path in ("/cms/yeu-cau/", "/cms/nhiem-vu/", "/cms/nhiem-vu/new/"):
        assert client.get(path).url == "/cms/", path
    assert client.get(f"/cms/don-vi/edit/{cast.units.tay_giang.pk}/").status_code == 200
    assert client.get(f"/cms/don-vi/edit/{cast.units.thanh_my.pk}/").status_code == 404
    units = client.get("/cms/don-vi/").content.decode()
    assert "Xã Tây Giang" in units
    assert "Xã Thạnh Mỹ" not in units


def test_a_role_on_the_province_of_before_the_reform_leads_the_one_of_today(cast, site_pages):
    give(cast.stranger, RoleKind.PROVINCE_MANAGER, cast.units.quang_nam)
    assert can(cast.stranger, site_pages["home"]) == ALL_BUT_THE_SITE


def test_a_role_on_an_ended_district_leads_no_province(cast, site_pages):
    give(cast.stranger, RoleKind.PROVINCE_MANAGER, cast.units.old_tay_giang)
    assert can(cast.stranger, site_pages["home"]) == set()


# --- choosers


def drawn(answer) -> str:
    """A chooser opens as JSON with HTML in it; its search answers HTML alone."""
    text = answer.content.decode()
    return json.loads(text)["html"] if text.startswith("{") else text


def test_a_chooser_shows_drafts_only_to_whoever_works_there(cast, site_pages, client_of):
    draft = CoursePage(title="Chưa công bố", slug="nhap", key="nhap", live=False)
    site_pages["catalogue"].add_child(instance=draft)
    below = f"/cms/choose-page/{site_pages['catalogue'].pk}/"
    for path in (below, "/cms/choose-page/search/?q=bố"):
        assert "Chưa công bố" not in drawn(client_of(cast.editor).get(path)), path
    assert "Chưa công bố" in drawn(client_of(cast.trainer).get(below))
    for path in (
        f"/cms/choose-page/{draft.pk}/",
        f"/cms/choose-page/chosen-multiple/?id={draft.pk}",
        f"/cms/bulk/wagtailcore/page/delete/?id={draft.pk}",
        f"/cms/pages/{draft.pk}/move/1/confirm/",
    ):
        assert client_of(cast.editor).get(path).url == "/cms/", path
    assert client_of(cast.trainer).get(f"/cms/choose-page/{draft.pk}/").status_code == 200


def test_a_chooser_of_questions_is_no_way_to_read_an_exam(cast, client_of):
    from factories import make_course

    chooser = "/cms/snippets/choose/courses/question/"
    for path in (
        chooser,
        f"{chooser}chosen/{make_course().questions[0].pk}/",
        "/cms/localize/api/snippets/courses/question/",
    ):
        assert client_of(cast.editor).get(path).url == "/cms/", path
        assert client_of(cast.trainer).get(path).status_code == 200, path
