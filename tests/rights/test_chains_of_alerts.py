"""Chains through rapid alerts: who writes approves by no entrance, nobody below the province writes, alters, approves,
withdraws or brings back, and the ledger is read by who leads the province alone.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from factories import make_person
from rows import create_alert
from wagtail.models import Page

from campaigns.alerts.alert import Alert, AlertOpened, AlertWording, State
from campaigns.alerts.publishing import NotApproved
from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.message import MessagePage
from campaigns.renderings.sheets import Sheet, SheetVersion, Withdrawal
from campaigns.renderings.texts.passages import Passage
from campaigns.spaces.spaces import bring_in_step, create_communes
from pages.home.page import create_home
from people.merging.merging import merge
from people.rights.roles import Role, RoleKind, end, give
from people.times import today

pytestmark = pytest.mark.django_db
DESK = "/canh-bao-nhanh/"
ACTS = ("send", "call_back", "discard", "approve", "send_back", "withdraw", "bring_back")
# a manager of one commune leads no province
PLAYERS = [
    RoleKind.PROVINCE_MANAGER,
    RoleKind.ADMINISTRATOR,
    RoleKind.COMMUNE_EDITOR,
    RoleKind.UNIT_HEAD,
    RoleKind.TRAINER,
    RoleKind.TRANSLATOR,
    RoleKind.OBSERVER,
    RoleKind.TEACHER,
]
SAID = {"title": "Đừng đưa căn cước", "how": "Chúng hỏi mượn căn cước.", "signs": "Hỏi mượn", "act": "Giữ lấy."}


@pytest.fixture(autouse=True)
def one_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def standing(cast):
    """An alert that stands, printed in both communes, and in each a space."""
    home = create_home()
    create_communes(home)
    bring_in_step(today())
    alert = create_alert(cast)
    now = timezone.now()
    for unit in (cast.units.tay_giang, cast.units.thanh_my):
        sheet = Sheet.objects.create(message=alert.message, unit=unit, format="to-gap")
        SheetVersion.objects.create(sheet=sheet, number=1, made_of="x", issued_at=now)
    return alert


@pytest.fixture
def waiting(cast, standing):
    """The next version, written by the manager, waiting for another of the province."""
    now, day = timezone.now(), today() + timedelta(days=30)
    said = {**SAID, "ends_on": day, "state": State.AWAITING, "written_by": cast.manager, "written_at": now}
    return AlertWording.objects.create(alert=standing, version=2, submitted_at=now, stamp=3, **said)


@pytest.fixture(params=PLAYERS)
def player(request, cast):
    person = make_person("Người Giữ Quyền", "VT-choi", email="choi@example.vn")
    give(person, request.param, cast.units.tay_giang)
    return person


def everything() -> list:
    """All that a chain could have changed."""
    models = (Alert, AlertWording, Passage, SheetVersion, Withdrawal, Role)
    pages = MessagePage.objects.order_by("pk").values("pk", "live", "title", "heading", "truth", "act")
    return [*(list(model.objects.order_by("pk").values()) for model in models), list(pages)]


def typed(**more):
    return {**SAID, "ends_on": f"{today() + timedelta(days=20):%d/%m/%Y}", "stamp": "3", **more}


def shut(answer) -> bool:
    return answer.status_code in (302, 403, 404, 405)


def approving(client, wording) -> None:
    """Every form that could approve it."""
    here = f"{DESK}{wording.alert_id}/"
    for stamp in (str(wording.stamp), "", "0", "-1", str(wording.stamp + 1)):
        client.post(here, {"act": "approve", "stamp": stamp})
    client.post(f"{here}viet/", typed(viec="approve", act="approve", state="approved", approved_by="1"))


# --- one writes, another approves


def test_who_writes_approves_by_no_entrance(cast, client_of, waiting):
    client, page = client_of(cast.manager), waiting.alert.message
    approving(client, waiting)
    # the words on its leaflet and cards, the page in the editor, an earlier version of it
    for passage in Passage.objects.filter(message=page):
        shown = {"loi": passage.pk, f"thay-{passage.pk}": passage.written_at.isoformat()}
        client.post(f"/in-an/loi/{page.pk}/", shown)
        client.post(f"/in-an/loi/sua/{passage.pk}/", {"title": "", "text": "Tự viết."})
    revision = page.save_revision()
    for path in ("edit/", f"revisions/{revision.pk}/revert/", "unpublish/", "delete/", "copy/"):
        client.post(f"/cms/pages/{page.pk}/{path}", {"title": "Tự viết", "action-publish": "1", "truth": "Tự viết."})
    client.post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.approved_by) == (State.AWAITING, None)
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Đừng đưa thẻ")
    assert Alert.objects.get().version == 1
    assert not Passage.objects.filter(text="Tự viết.").exists()


def test_neither_by_another_role_nor_by_another_record_of_hers(cast, client_of, waiting):
    give(cast.manager, RoleKind.ADMINISTRATOR, cast.units.da_nang)
    approving(client_of(cast.manager), waiting)
    twin = make_person("Trần Thị Quản Lý Hai", "DN-hai", email="hai@example.vn")
    give(twin, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    merge(cast.manager, twin, None, "Một người.", timezone.now())
    approving(client_of(twin), waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.approved_by) == (State.AWAITING, None)


def test_who_rewrites_what_another_wrote_is_refused_and_does_not_become_its_second(cast, client_of, waiting):
    """She would write her own words into it, and he who wrote first would approve them, or she herself."""
    second, here = client_of(cast.administrator), f"{DESK}{waiting.alert_id}/"
    second.post(f"{here}viet/", typed(title="Lời của tôi", viec="send"))
    second.post(here, {"act": "send_back", "word": "Thêm dấu hiệu.", "stamp": str(waiting.stamp)})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.title) == (State.DRAFT, SAID["title"])
    for form in (typed(title="Lời của tôi", viec="send"), typed(title="Lời của tôi", viec="save", stamp="")):
        second.post(f"{here}viet/", form)
    second.post(here, {"act": "send"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.title, waiting.written_by) == (State.DRAFT, SAID["title"], cast.manager)


def test_a_draft_is_approved_by_nobody_and_an_approved_one_by_nobody_again(cast, client_of, waiting):
    second, here = client_of(cast.administrator), f"{DESK}{waiting.alert_id}/"
    AlertWording.objects.filter(pk=waiting.pk).update(state=State.DRAFT)
    before = everything()
    second.post(here, {"act": "approve", "stamp": "3"})
    assert everything() == before
    AlertWording.objects.filter(pk=waiting.pk).update(state=State.AWAITING)
    second.post(here, {"act": "approve", "stamp": "3"})
    approved = everything()
    second.post(here, {"act": "approve", "stamp": "4"})
    client_of(cast.manager).post(here, {"act": "send_back", "word": "Thêm.", "stamp": "4"})
    assert everything() == approved


# --- below the province


def test_nobody_below_the_province_writes_decides_or_reads_what_waits(client_of, player, standing, waiting):
    client, before, here = client_of(player), everything(), f"{DESK}{standing.pk}/"
    for act in ACTS:
        assert shut(client.post(here, {"act": act, "stamp": "3", "why": "Tôi muốn", "word": "Sửa."}))
    for path in ("viet/", f"{standing.pk}/viet/"):
        assert shut(client.get(DESK + path))
        assert shut(client.post(DESK + path, typed(viec="send")))
    for path in (f"{standing.pk}/", *(f"{standing.pk}/thu-{key}.pdf" for key in ("to-gap", "the", "loa"))):
        assert shut(client.get(DESK + path))
    listed = client.get(DESK)
    assert shut(listed) or SAID["title"] not in listed.content.decode()
    public = Client().get(f"/canh-bao/so/{standing.pk}/", follow=True).content.decode()
    assert SAID["title"] not in public
    assert everything() == before


def test_no_commune_alters_withdraws_copies_or_takes_an_alert(cast, client_of, player, standing):
    client, before, page = client_of(player), everything(), standing.message
    space = CommuneSpacePage.objects.get(unit=cast.units.tay_giang)
    client.post(f"/cms/trang-xa/{space.pk}/lay/{page.pk}/")
    for path in ("edit/", "unpublish/", "delete/", "copy/", "workflow/action/approve/1/"):
        client.post(f"/cms/pages/{page.pk}/{path}", {"title": "Tự viết", "action-publish": "1"})
    client.post(f"/cms/pages/add/campaigns/messagepage/{space.pk}/", {"title": "Tự viết", "kind": "alert"})
    client.post(f"/cms/pages/add/campaigns/messagepage/{page.get_parent().pk}/", {"title": "Tự viết"})
    for path in ("loi/", "rut/"):
        client.post(f"/in-an/{path}", {"message": page.pk, "why": "Tôi muốn"})
    assert everything() == before
    assert not CommuneMessagePage.objects.exists()
    assert not Page.objects.filter(title="Tự viết").exists()


def test_an_alert_is_withdrawn_by_who_leads_alone_and_a_commune_ticks_its_own_sheets_alone(cast, client_of, standing):
    editor, here = client_of(cast.editor), f"{DESK}{standing.pk}/"
    own, far = (SheetVersion.objects.get(sheet__unit=unit) for unit in (cast.units.tay_giang, cast.units.thanh_my))
    spaces = {unit: CommuneSpacePage.objects.get(unit=unit) for unit in (cast.units.tay_giang, cast.units.thanh_my)}
    # nothing is taken down before it is withdrawn
    assert shut(editor.post(f"/in-an/xa/{spaces[cast.units.tay_giang].pk}/da-go/{own.pk}/"))
    client_of(cast.administrator).post(here, {"act": "withdraw", "why": "Số liệu sai."})
    assert SheetVersion.objects.exclude(withdrawal=None).count() == 2
    before = everything()
    for act in ("bring_back", "withdraw"):
        assert shut(editor.post(here, {"act": act, "why": "Tôi muốn"}))
    for space in spaces.values():
        assert shut(editor.post(f"/in-an/xa/{space.pk}/da-go/{far.pk}/"))
    assert shut(editor.post(f"/in-an/xa/{spaces[cast.units.thanh_my].pk}/da-go/{own.pk}/"))
    assert everything() == before
    assert editor.post(f"/in-an/xa/{spaces[cast.units.tay_giang].pk}/da-go/{own.pk}/").status_code == 302
    own.refresh_from_db()
    far.refresh_from_db()
    assert (own.taken_down_by, far.taken_down_at) == (cast.editor, None)


# --- the ledger


def test_the_ledger_is_read_by_who_leads_and_written_by_staff_of_a_commune_for_it_alone(cast, client_of, standing):
    for person in (cast.learner, cast.trainer, cast.translator, cast.observer, cast.teacher):
        assert shut(client_of(person).post(f"{DESK}{standing.pk}/mo/"))
    # who leads is staff of no commune, and the public is never counted
    client_of(cast.manager).post(f"{DESK}{standing.pk}/mo/", {"unit": cast.units.tay_giang.pk})
    Client().post(f"{DESK}{standing.pk}/mo/")
    Client().get(standing.message.url)
    Client().get(f"/canh-bao/so/{standing.pk}/")
    assert not AlertOpened.objects.exists()
    client_of(cast.editor).post(f"{DESK}{standing.pk}/mo/", {"unit": cast.units.thanh_my.pk, "version": "9"})
    row = AlertOpened.objects.get()
    assert (row.unit, row.version) == (cast.units.tay_giang, 1)
    for person in (cast.editor, cast.other_editor, cast.unit_head, cast.trainer, cast.observer, cast.learner):
        assert shut(client_of(person).get(f"{DESK}{standing.pk}/"))
    for person in (cast.manager, cast.administrator):
        assert "Xã Tây Giang" in client_of(person).get(f"{DESK}{standing.pk}/").content.decode()


def test_the_ledger_holds_nobodys_name():
    assert {field.name for field in AlertOpened._meta.fields} == {"id", "alert", "unit", "version", "at"}


def test_a_role_that_ended_shuts_the_desk_in_the_same_session(cast, client_of, standing, waiting):
    person = make_person("Quản Lý Thôi Việc", "DN-tv")
    role = give(person, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    client, here = client_of(person), f"{DESK}{standing.pk}/"
    assert client.get(here).status_code == 200
    end(role)
    before = everything()
    assert shut(client.get(here))
    for act in ACTS:
        assert shut(client.post(here, {"act": act, "stamp": "3", "why": "Tôi muốn", "word": "Sửa."}))
    assert everything() == before


# --- the store


def test_the_table_takes_no_approval_by_who_wrote_and_no_page_other_words(waiting):
    rows = AlertWording.objects.filter(pk=waiting.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=State.APPROVED, approved_by=waiting.written_by, approved_at=timezone.now())
    page = MessagePage.objects.get(pk=waiting.alert.message_id)
    page.act = "Gọi số của tôi."
    for change in (page.save, lambda: page.save_revision().publish()):
        with pytest.raises(NotApproved), transaction.atomic():
            change()
