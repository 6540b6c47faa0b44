"""A message that a manager wrote gets what is printed of it: scene, texts, what offices have to settle, approval."""

import pytest
from django.utils import timezone

from campaigns.messages.message import MessageKind, MessagePage
from campaigns.renderings.texts.approving import Refused, leave_open, write
from campaigns.renderings.texts.passages import MessageKit, Passage
from people.log.audit import Act, Entry
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
TITLE = "Đi đâu, với ai? Nói với nhà trước."


@pytest.fixture
def new(printed):
    """A live message without a kit, beside the starter's."""
    page = MessagePage(title="Theo bạn qua biên giới", slug="theo-ban", heading=TITLE, spoken="Loa đọc bài này.")
    printed.message.get_parent().add_child(instance=page)
    page.save_revision().publish()
    printed.new = MessagePage.objects.get(pk=page.pk)
    give(printed.cast.other_learner, RoleKind.PROVINCE_MANAGER, printed.cast.units.da_nang)
    return printed


@pytest.fixture
def client(new, client_of):
    return client_of(new.cast.manager)


def begun(new) -> MessagePage:
    MessageKit.objects.create(message=new.new)
    return new.new


def test_from_the_page_to_a_banner_that_is_printed(new, client, client_of, django_assert_max_num_queries):
    page, approver = new.new, client_of(new.cast.other_learner)
    listed = client.get("/in-an/loi/").content.decode()
    assert f"/in-an/loi/{page.pk}/hinh/" in listed
    # communes are not shown what has no texts
    assert page.title not in client.get(f"/in-an/xa/{new.tay_giang.pk}/").content.decode()
    assert client.get(f"/in-an/loi/{page.pk}/")["Location"] == f"/in-an/loi/{page.pk}/hinh/"
    assert f'<a href="/in-an/loi/{page.pk}/">' in client.get("/in-an/xa/0/bang/").content.decode()

    answer = client.post(f"/in-an/loi/{page.pk}/hinh/", {"scene": "hands-four"})
    assert answer["Location"] == f"/in-an/loi/{page.pk}/"
    assert page.title not in client.get(f"/in-an/xa/{new.tay_giang.pk}/").content.decode()
    unwritten = client.get(answer["Location"]).content.decode()
    assert f"/in-an/loi/{page.pk}/viet/leaflet.6/" in unwritten
    assert "Duyệt những lời đã chọn" not in unwritten

    # it begins with what the page says
    address = f"/in-an/loi/{page.pk}/viet/poster.title/"
    assert TITLE in client.get(address).content.decode()
    assert "HỎI" in client.get(f"/in-an/loi/{page.pk}/viet/poster.ask/").content.decode()
    assert "Loa đọc bài này." in client.get(f"/in-an/loi/{page.pk}/viet/loud.30/").content.decode()
    refused = client.post(address, {"title": "", "text": "Gọi 0905 123 456 ngay."})
    assert refused.status_code == 422
    assert "0905 123 456" in refused.content.decode()
    client.post(address, {"title": "", "text": f" {TITLE}  "})
    row = Passage.objects.get(message=page)
    assert (row.text, row.written_by, row.is_approved) == (TITLE, new.cast.manager, False)
    # there is one now
    assert client.get(address)["Location"] == f"/in-an/loi/sua/{row.pk}/"
    assert "viet/poster.title/" not in client.get(f"/in-an/loi/{page.pk}/").content.decode()

    # not by who wrote it
    shown = {"loi": row.pk, f"thay-{row.pk}": row.written_at.isoformat()}
    client.post(f"/in-an/loi/{page.pk}/", shown)
    assert not Passage.objects.get(message=page).is_approved
    approver.post(f"/in-an/loi/{page.pk}/", shown)
    assert Passage.objects.get(message=page).is_approved
    assert Entry.objects.filter(act=Act.APPROVED_TEXTS).count() == 1
    gallery = client.get(f"/in-an/xa/{new.tay_giang.pk}/?thong-diep={page.pk}").content.decode()
    assert gallery.count("in được</span>") == gallery.count("chưa in được</span>") + 1
    sheet = f"/in-an/xa/{new.tay_giang.pk}/{page.pk}/bang-ron/"
    assert "/in-an/to/" in client.post(sheet, {})["Location"]
    with django_assert_max_num_queries(25):
        client.get(f"/in-an/loi/{page.pk}/")


def test_the_right_answer_of_a_question_is_a_letter(new, client):
    page = begun(new)
    address = f"/in-an/loi/{page.pk}/viet/pulse.1/"
    assert client.post(address, {"title": "Đúng", "text": "Ai giữ hộ chiếu?"}).status_code == 422
    assert client.post(address, {"title": "B", "text": "Ai giữ hộ chiếu?"}).status_code == 302
    row = Passage.objects.get(message=page)
    assert client.post(f"/in-an/loi/sua/{row.pk}/", {"title": "", "text": "Ai giữ?"}).status_code == 422
    assert '<option value="B" selected>' in client.get(f"/in-an/loi/sua/{row.pk}/").content.decode()


def test_what_an_office_has_to_settle_ends_the_approval_until_it_did(new, client, client_of):
    page = begun(new)
    row = write(page, "share", "", "Hỏi trước. Gọi 111.", new.cast.other_learner, timezone.now())
    Passage.objects.update(approved_by=new.cast.manager, approved_at=timezone.now())
    address = f"/in-an/loi/them-dieu/{row.pk}/"
    form = client.get(address).content.decode()
    assert '<option value="Hỏi trước."' in form
    said = {"sentence": "Hỏi trước.", "what": "Hỏi ở đâu", "office": "Sở Nội vụ"}
    assert client.post(address, {**said, "sentence": "Câu khác."}).status_code == 422
    assert client.post(address, {**said, "what": ""}).status_code == 422
    assert client.post(address, said).status_code == 302
    row.refresh_from_db()
    assert row.approved_at is None
    (point,) = row.open_points
    assert "Sở Nội vụ" in client.get(f"/in-an/loi/{page.pk}/").content.decode()
    # nobody approves before it is settled
    client.post(f"/in-an/loi/{page.pk}/", {"loi": row.pk, f"thay-{row.pk}": row.written_at.isoformat()})
    assert not Passage.objects.get(pk=row.pk).is_approved
    settled = {"answered_by": "Trưởng phòng", "answered_on": "1/7/2026", "paper": "Công văn 9"}
    client.post(f"/in-an/loi/xac-nhan/{point.pk}/", settled)
    client.post(f"/in-an/loi/{page.pk}/", {"loi": row.pk, f"thay-{row.pk}": row.written_at.isoformat()})
    assert Passage.objects.get(pk=row.pk).is_approved


def test_two_who_write_the_same_text_keep_the_first(new, client):
    page = begun(new)
    write(page, "share", "", "Lời thứ nhất.", new.cast.other_learner, timezone.now())
    with pytest.raises(Refused, match="Vừa có người viết"):
        write(page, "share", "", "Lời thứ hai.", new.cast.manager, timezone.now())
    assert Passage.objects.get(message=page).text == "Lời thứ nhất."


def test_an_alert_and_what_is_not_there_are_out_of_reach(new, client):
    page = begun(new)
    for path in (f"{page.pk}/viet/poster.khac/", "999999/hinh/", "999999/viet/share/", f"{2**70}/hinh/"):
        assert client.get(f"/in-an/loi/{path}").status_code == 404
    row = write(page, "share", "", "Hỏi trước.", new.cast.manager, timezone.now())
    MessagePage.objects.filter(pk=page.pk).update(kind=MessageKind.ALERT)
    alert = MessagePage.objects.get(pk=page.pk)
    with pytest.raises(Refused, match="cảnh báo"):
        write(alert, "loud.30", "", "Lời khác.", new.cast.manager, timezone.now())
    row = Passage.objects.get(pk=row.pk)
    with pytest.raises(Refused, match="cảnh báo"):
        leave_open(row, "", "Điều gì", "Sở nào")
    assert client.post(f"/in-an/loi/them-dieu/{row.pk}/", {"what": "a", "office": "b"}).status_code == 422


def test_the_scene_is_changed_later_and_an_unknown_one_refused(new, client):
    page = begun(new)
    address = f"/in-an/loi/{page.pk}/hinh/"
    assert client.post(address, {"scene": "khac"}).status_code == 422
    client.post(address, {"scene": "two-paths"})
    assert MessageKit.objects.get(message=page).scene == "two-paths"
    client.post(address, {"scene": ""})
    assert MessageKit.objects.get(message=page).scene == ""


def approved(page) -> set[str]:
    return {row.slot for row in Passage.objects.filter(message=page) if row.approved_at}


def test_a_scene_needs_two_as_words_do(new, client, client_of):
    page, other = begun(new), client_of(new.cast.other_learner)
    for slot in ("poster.title", "leaflet.1", "card.1", "door.front", "loud.30", "audience.men"):
        write(page, slot, "", "Hỏi trước.", new.cast.manager, timezone.now())
    rows = list(Passage.objects.filter(message=page))

    def tick(who):
        fresh = Passage.objects.filter(message=page)
        data = {"loi": [row.pk for row in fresh], **{f"thay-{row.pk}": row.written_at.isoformat() for row in fresh}}
        who.post(f"/in-an/loi/{page.pk}/", data)

    tick(other)
    assert approved(page) == {row.slot for row in rows}
    # chosen again as it is: nothing to look at
    other.post(f"/in-an/loi/{page.pk}/hinh/", {"scene": ""})
    assert approved(page) == {row.slot for row in rows}
    other.post(f"/in-an/loi/{page.pk}/hinh/", {"scene": "two-paths"})
    assert approved(page) == {"door.front", "loud.30"}
    # neither who chose it nor who wrote the words
    said = other.get(f"/in-an/loi/{page.pk}/").content.decode()
    assert "Anh chị đã chọn hình vẽ bên lời này, nên người khác duyệt." in said
    for who in (other, client):
        tick(who)
        assert approved(page) == {"door.front", "loud.30"}
    give(new.cast.learner, RoleKind.PROVINCE_MANAGER, new.cast.units.da_nang)
    tick(client_of(new.cast.learner))
    assert approved(page) == {row.slot for row in rows}


def test_who_begins_a_kit_chose_its_scene(new, client, client_of):
    client.post(f"/in-an/loi/{new.new.pk}/hinh/", {"scene": "two-paths"})
    assert MessageKit.objects.get(message=new.new).scene_by == new.cast.manager
