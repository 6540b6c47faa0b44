"""An editor works in her own commune's pages and files, in every language, and never sees into another commune."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from factories import make_page, make_person
from PIL import Image
from sharing import shared
from telephones import of_bytes
from wagtail.models import Collection, Locale, Page

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from media.holdings import UnitCollection, shared_collection
from media.models import DocumentFile, Picture, Recording
from people.rights.roles import RoleKind, end, give

pytestmark = pytest.mark.django_db

# what stands in the other commune; no editor of Tây Giang may meet these words
SECRET = "Chuyện riêng của Thạnh Mỹ"


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


def notice(space, title, owner=None, live=True):
    page = make_page(space, NoticePage, title, text="<p>Mời bà con.</p>", owner=owner)
    revision = page.save_revision(user=owner, log_action=True)
    if live:
        revision.publish(user=owner, skip_permission_checks=True)
    else:
        page.unpublish()
    return page


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def picture(title, collection):
    return Picture.objects.create(title=title, file=ContentFile(png(), "a.png"), collection=collection, description="x")


def collection_of(unit) -> Collection:
    return UnitCollection.objects.get(unit=unit).collection


@shared
def two(communes):
    """A draft and a live notice in each commune; a file of each kind in each collection and in the shared one."""
    for space, word in ((communes.tay_giang, "Của Tây Giang"), (communes.thanh_my, SECRET)):
        editor = communes.cast.editor if space == communes.tay_giang else communes.cast.other_editor
        notice(space, f"{word}, đã đăng", editor)
        notice(space, f"{word}, bản nháp", editor, live=False)
    places = {
        "Của Tây Giang": collection_of(communes.units.tay_giang),
        SECRET: collection_of(communes.units.thanh_my),
        "Dùng chung": shared_collection(),
        "Kho của tỉnh": Collection.get_first_root_node(),
    }
    for word, collection in places.items():
        picture(f"Ảnh {word}", collection)
        DocumentFile.objects.create(title=f"Tệp {word}", file=ContentFile(b"x", "a.txt"), collection=collection)
        Recording.objects.create(
            title=f"Âm {word}", file=of_bytes(1, "a.mp3"), type="audio", duration=1, collection=collection
        )
    call_command("update_index", verbosity=0)
    communes.mine = NoticePage.objects.get(title="Của Tây Giang, đã đăng")
    communes.theirs = NoticePage.objects.get(title=f"{SECRET}, đã đăng")
    communes.their_draft = NoticePage.objects.get(title=f"{SECRET}, bản nháp")
    return communes


@pytest.fixture
def editor(two, client_of):
    return client_of(two.cast.editor)


def text_of(answer) -> str:
    if answer.status_code == 302:
        return ""
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# --- what is hers


def can(user, page):
    user = type(user).objects.get(pk=user.pk)
    tester = page.permissions_for_user(user)
    checks = {"add": tester.can_add_subpage, "edit": tester.can_edit, "publish": tester.can_publish,
              "lock": tester.can_lock, "delete": tester.can_delete, "unpublish": tester.can_unpublish}  # fmt: skip
    return {name for name, check in checks.items() if check()}


def test_what_each_may_do_with_a_space_and_with_a_live_notice(two):
    expected = {
        "editor": ({"add", "edit"}, {"edit", "unpublish"}),
        "other_editor": (set(), set()),
        "unit_head": (set(), set()),
        "translator": (set(), set()),
        "trainer": (set(), set()),
        "observer": (set(), set()),
        "teacher": (set(), set()),
        "learner": (set(), set()),
        "stranger": (set(), set()),
    }
    answers = {
        who: (can(getattr(two.cast, who), two.tay_giang), can(getattr(two.cast, who), two.mine)) for who in expected
    }
    assert answers == expected
    assert can(two.cast.manager, two.tay_giang) >= {"add", "edit", "publish", "delete", "unpublish"}


def test_every_languages_copy_of_her_space_is_hers_too_as_soon_as_it_is_made(two):
    english = Locale.objects.get(language_code="en")
    two.page.copy_for_translation(english, copy_parents=True)
    copy = two.tay_giang.copy_for_translation(english)
    assert can(two.cast.editor, copy) == {"add", "edit"}
    assert can(two.cast.other_editor, copy) == set()


def test_a_role_given_or_ended_takes_effect_at_once(two, client_of):
    role = give(two.cast.stranger, RoleKind.COMMUNE_EDITOR, two.units.avuong)
    assert can(two.cast.stranger, two.avuong) == {"add", "edit"}
    assert client_of(two.cast.stranger).get(reverse("wagtailadmin_explore", args=[two.avuong.pk])).status_code == 200
    end(role)
    assert can(two.cast.stranger, two.avuong) == set()
    assert client_of(two.cast.stranger).get("/cms/").status_code == 302


def test_an_editor_of_the_province_holds_one_page_above_all_spaces_and_not_ninety_four(two):
    person = make_person("Biên Tập Tỉnh")
    give(person, RoleKind.COMMUNE_EDITOR, two.units.da_nang)
    pages = {row.page_id for row in person.groups.get().page_permissions.all()}
    assert pages == {two.page.pk}
    assert can(person, two.tay_giang) == {"add", "edit"}


def test_a_role_on_a_unit_that_ended_reaches_the_space_of_its_successor(two):
    person = make_person("Biên Tập Cũ")
    give(person, RoleKind.COMMUNE_EDITOR, two.units.bha_le)
    assert can(person, two.avuong) == {"add", "edit"}
    assert can(person, two.tay_giang) == set()


# --- the explorer and its screens


def test_the_explorer_shows_her_space_and_sends_her_back_from_another(two, editor):
    own = text_of(editor.get(reverse("wagtailadmin_explore", args=[two.tay_giang.pk])))
    assert "Của Tây Giang, đã đăng" in own
    assert SECRET not in own
    for page in (two.thanh_my, two.page, two.home, Page.get_first_root_node()):
        answer = editor.get(reverse("wagtailadmin_explore", args=[page.pk]), follow=True)
        assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=[two.tay_giang.pk])
        assert SECRET not in answer.content.decode()


def test_with_a_second_language_the_way_down_shows_only_what_is_hers(two, client_of):
    english = Locale.objects.get(language_code="en")
    two.page.copy_for_translation(english, copy_parents=True)
    two.tay_giang.copy_for_translation(english)
    two.thanh_my.copy_for_translation(english)
    editor = client_of(two.cast.editor)
    for page in Page.objects.filter(depth__lte=3):
        html = text_of(editor.get(reverse("wagtailadmin_explore", args=[page.pk])))
        assert "Xã Thạnh Mỹ" not in html


PAGE_SCREENS = [
    "edit", "history", "usage", "view_draft", "copy", "delete", "unpublish", "move", "revisions_index",
    "set_privacy", "workflow_history", "add_subpage", "convert_alias", "preview_on_edit",
]  # fmt: skip


@pytest.mark.parametrize("screen", PAGE_SCREENS)
def test_no_screen_of_another_communes_page_opens(two, editor, screen):
    for page in (two.theirs, two.their_draft, two.thanh_my):
        answer = editor.get(reverse(f"wagtailadmin_pages:{screen}", args=[page.pk]))
        if answer.status_code == 200:
            assert SECRET not in answer.content.decode()
        assert answer.status_code in {302, 403, 404}, screen


def test_no_earlier_version_of_another_communes_page_opens(two, editor):
    page, revision = two.theirs, two.theirs.get_latest_revision()
    for name, extra in [
        ("revisions_revert", [revision.pk]),
        ("revisions_view", [revision.pk]),
        ("revisions_compare", ["earliest", revision.pk]),
        ("revisions_unschedule", [revision.pk]),
    ]:
        answer = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *extra]))
        assert answer.status_code in {302, 403, 404}, name


def test_nothing_is_written_into_another_commune(two, editor):
    before = list(Page.objects.order_by("pk").values_list("pk", "live", "title", "path"))
    editor.post(reverse("wagtailadmin_pages:add", args=["campaigns", "noticepage", two.thanh_my.pk]), {"title": "x"})
    editor.post(reverse("wagtailadmin_pages:edit", args=[two.theirs.pk]), {"title": "x"})
    for name in ("delete", "unpublish"):
        editor.post(reverse(f"wagtailadmin_pages:{name}", args=[two.theirs.pk]))
    editor.post(reverse("wagtailadmin_pages:copy", args=[two.mine.pk]), {"new_title": "x", "new_slug": "x",
                "new_parent_page": two.thanh_my.pk, "publish_copies": "", "copy_subpages": ""})  # fmt: skip
    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[two.mine.pk, two.thanh_my.pk]))
    editor.post(reverse("take_message", args=[two.thanh_my.pk, two.message.pk]))
    editor.post(reverse("republish_page", args=[two.their_draft.pk]))
    assert list(Page.objects.order_by("pk").values_list("pk", "live", "title", "path")) == before


# --- finding


def test_the_editors_search_finds_her_pages_only(two, editor):
    for address in ("wagtailadmin_pages:search", "wagtailadmin_pages:search_results"):
        assert SECRET not in text_of(editor.get(reverse(address), {"q": "Thạnh Mỹ"}))
        assert "Của Tây Giang, đã đăng" in text_of(editor.get(reverse(address), {"q": "Tây Giang"}))


def test_the_explorer_menu_answers_with_her_pages_only(two, editor):
    for params in ({}, {"child_of": two.page.pk}, {"child_of": two.thanh_my.pk}, {"for_explorer": 1}):
        answer = editor.get("/cms/api/main/pages/", {**params, "fields": "*"})
        assert SECRET not in answer.content.decode()
        assert "Xã Thạnh Mỹ" not in answer.content.decode()
    assert editor.get(f"/cms/api/main/pages/{two.theirs.pk}/").status_code == 404


# --- choosers


def test_the_page_chooser_offers_hers_and_what_the_public_reads_outside_communes(two, editor):
    listed = editor.get(reverse("wagtailadmin_choose_page_child", args=[two.page.pk])).json()["html"]
    assert "Xã Tây Giang" in listed
    assert "Xã Thạnh Mỹ" not in listed
    campaign = two.message.get_parent()
    home = editor.get(reverse("wagtailadmin_choose_page_child", args=[campaign.pk])).json()["html"]
    assert "Đi làm xa" in home
    assert SECRET not in text_of(editor.get(reverse("wagtailadmin_choose_page_search"), {"q": "Thạnh Mỹ"}))
    assert "Của Tây Giang" in text_of(editor.get(reverse("wagtailadmin_choose_page_search"), {"q": "Tây Giang"}))


def test_the_page_chooser_neither_descends_into_another_commune_nor_tells_a_title_by_number(two, editor):
    answer = editor.get(reverse("wagtailadmin_choose_page_child", args=[two.thanh_my.pk]))
    assert SECRET not in answer.content.decode()
    assert (answer.status_code, getattr(answer, "url", "")) == (302, "/cms/")
    chosen = editor.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": [two.theirs.pk, two.mine.pk]})
    assert SECRET not in chosen.content.decode()
    assert str(two.mine.pk) in chosen.content.decode()


CHOOSERS = [
    ("wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results", "Ảnh"),
    ("wagtaildocs_chooser:choose", "wagtaildocs_chooser:choose_results", "Tệp"),
]


@pytest.mark.parametrize(("browse", "results", "kind"), CHOOSERS)
def test_file_choosers_offer_hers_and_the_shared_ones(two, editor, browse, results, kind):
    html = editor.get(reverse(browse)).content.decode() + editor.get(reverse(results)).content.decode()
    search_results = editor.get(reverse(results), {"q": kind}).content.decode()
    for word, there in ((SECRET, False), ("Kho của tỉnh", False), ("Của Tây Giang", True), ("Dùng chung", True)):
        assert (f"{kind} {word}" in html) is there, word
        assert (f"{kind} {word}" in search_results) is there, word


def test_the_recording_chooser_offers_hers(two, editor):
    """wagtailmedia knows no right to choose what one may not change, so the shared ones are the managers' to place."""
    html = editor.get(reverse("wagtailmedia:chooser")).json()["html"]
    for word, there in ((SECRET, False), ("Kho của tỉnh", False), ("Của Tây Giang", True)):
        assert (f"Âm {word}" in html) is there, word


def test_no_chooser_tells_of_another_communes_file_by_its_number(two, editor):
    for model, name in ((Picture, "wagtailimages_chooser:chosen"), (DocumentFile, "wagtaildocs_chooser:chosen")):
        other = model.objects.get(title__endswith=SECRET)
        answer = editor.get(reverse(name, args=[other.pk]))
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("index", ["wagtailimages:index", "wagtaildocs:index", "wagtailmedia:index"])
def test_file_lists_hold_her_files_only(two, editor, index):
    html = text_of(editor.get(reverse(index)))
    assert SECRET not in html
    assert "Của Tây Giang" in html
    assert SECRET not in text_of(editor.get(reverse(index), {"q": "Thạnh Mỹ"}))


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (Picture, ["wagtailimages:edit", "wagtailimages:delete", "wagtailimages:image_usage"]),
        (DocumentFile, ["wagtaildocs:edit", "wagtaildocs:delete", "wagtaildocs:document_usage"]),
        (Recording, ["wagtailmedia:edit", "wagtailmedia:delete", "wagtailmedia:media_usage"]),
    ],
)
def test_no_screen_of_another_communes_file_opens(two, editor, model, names):
    other = model.objects.get(title__endswith=SECRET)
    for name in names:
        assert editor.get(reverse(name, args=[other.pk])).status_code in {302, 403, 404}, name


def test_a_picture_she_uploads_lies_in_her_collection_and_in_no_other(two, editor):
    def upload(collection):
        file = SimpleUploadedFile("b.png", png(), "image/png")
        fields = {"title": "Mới", "file": file, "collection": collection.pk, "description": "Nhà văn hóa", "tags": "",
                  "credit": "", "language": "", "consent": ""}  # fmt: skip
        return editor.post(reverse("wagtailimages:add"), fields)

    upload(collection_of(two.units.tay_giang))
    mine = collection_of(two.units.tay_giang)
    assert Picture.objects.filter(title="Mới", collection=mine).count() == 1
    for other in (collection_of(two.units.thanh_my), Collection.get_first_root_node(), shared_collection()):
        upload(other)
    # where she has one collection Wagtail asks for none and takes hers
    assert not Picture.objects.filter(title="Mới").exclude(collection=mine).exists()


# --- lists over many pages


BULK = ["delete", "unpublish", "publish", "move"]


@pytest.mark.parametrize("action", BULK)
def test_no_bulk_action_touches_another_communes_page(two, editor, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = f"?id={two.their_draft.pk}&id={two.theirs.pk}&next=/cms/"
    answer = editor.get(address + query)
    assert SECRET not in answer.content.decode()
    editor.post(address + query, {"chooser": two.tay_giang.pk, "include_descendants": "on"})
    assert NoticePage.objects.get(pk=two.theirs.pk).live
    assert NoticePage.objects.get(pk=two.their_draft.pk).get_parent().pk == two.thanh_my.pk


def test_all_that_is_listed_is_all_that_she_sees(two, editor):
    for parent in (two.thanh_my, two.page, two.home):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        for query in (f"?id=all&childOf={parent.pk}", f"?id=all&childOf={parent.pk}&q=Thạnh", "?id=all"):
            html = editor.get(address + query).content.decode()
            assert SECRET not in html
            assert "Xã Thạnh Mỹ" not in html


def test_no_bulk_action_on_files_touches_anothers(two, editor):
    other = picture(f"Ảnh {SECRET}", collection_of(two.units.thanh_my))
    for app, model, pk in (("media", "picture", other.pk),):
        for action in ("delete", "add_to_collection", "add_tags"):
            address = reverse("wagtail_bulk_action", args=[app, model, action]) + f"?id={pk}&next=/cms/"
            assert f"Ảnh {SECRET}" not in editor.get(address).content.decode(), action
            mine = collection_of(two.units.tay_giang)
            editor.post(address, {"collection": mine.pk, "tags": "x"})
    other.refresh_from_db()
    assert other.collection == collection_of(two.units.thanh_my)


REPORTS = ["locked_pages", "aging_pages", "site_history", "page_types_usage", "workflow", "workflow_tasks"]


@pytest.mark.parametrize("report", REPORTS)
def test_reports_tell_her_nothing_of_another_commune(two, editor, client_of, report):
    state = two.theirs.get_workflow().start(two.theirs, two.cast.other_editor)
    assert state is not None
    html = text_of(editor.get(reverse(f"wagtailadmin_reports:{report}")))
    assert SECRET not in html


def test_the_first_screen_shows_another_commune_nothing_of_what_waits(two, editor, client_of):
    two.theirs.get_workflow().start(two.theirs, two.cast.other_editor)
    two.mine.get_workflow().start(two.mine, two.cast.editor)
    assert SECRET not in text_of(editor.get("/cms/"))
    head = text_of(client_of(two.cast.unit_head).get("/cms/"))
    assert "Của Tây Giang, đã đăng" in head
    assert SECRET not in head


def test_the_menu_of_an_editor_holds_what_she_needs(two, editor):
    html = text_of(editor.get("/cms/"))
    for path in (
        "/cms/reports/",
        "/cms/snippets/",
        "/cms/settings",
        "/cms/workflows/",
        "/cms/vai-tro/",
        "/cms/don-vi/",
    ):
        assert f'"{path}' not in html, path
    assert "/cms/trang-xa/" in html
    assert editor.get("/cms/trang-xa/").url == reverse("wagtailadmin_explore", args=[two.tay_giang.pk])


def test_preview_is_a_phone_first(two, editor):
    html = text_of(editor.get(reverse("wagtailadmin_pages:edit", args=[two.mine.pk])))
    assert 'data-device-width="360"' in html
    assert two.mine.default_preview_size == "phone"
    assert CommuneSpacePage().preview_sizes[0]["device_width"] == 360
