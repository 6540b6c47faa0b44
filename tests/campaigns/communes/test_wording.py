"""A commune's page tells of nobody: a number stops publishing, an uncertain sign asks for a reason; drafts keep all."""

import html

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from campaigns.communes.notices import NoticePage
from people.guarding.insistence import Insistence
from people.log.audit import Act, Entry

pytestmark = pytest.mark.django_db
STORY = "<p>Mời bà con chia sẻ với chị Bhling Thị Đào ở <b>thôn Aur</b>, vừa bị lừa trở về.</p>"
CARD = "<p>Ai biết người mang căn cước 048<b>199</b>012345 xin báo xã.</p>"
WHY = "Gia đình nhờ đăng và đã ký đồng ý"


@pytest.fixture(autouse=True)
def plain_passwords(settings):
    settings.SECOND_STEP_REQUIRED = False


def send(client, space, text, **more):
    own = {"title": "Họp thôn", "slug": "hop-thon", "text": rich_text(text), "place": "Nhà văn hóa", "summary": ""}
    data = nested_form_data({**own, "comments": inline_formset([]), **more})
    return client.post(reverse("wagtailadmin_pages:add", args=["campaigns", "noticepage", space.pk]), data)


def said(answer):
    return html.unescape(answer.content.decode())


def test_a_number_stops_submitting_beside_its_field_and_a_draft_keeps_it(communes, client_of):
    client = client_of(communes.cast.editor)
    answer = send(client, communes.tay_giang, CARD, **{"action-submit": "1"})
    assert answer.status_code == 200
    assert "Có số căn cước hay giấy tờ của một người." in str(answer.context["form"].errors["text"])
    assert not NoticePage.objects.exists()
    assert send(client, communes.tay_giang, CARD).status_code == 302
    assert "048" in NoticePage.objects.get().get_latest_revision_as_object().text
    assert not NoticePage.objects.get().live


def test_an_uncertain_sign_goes_on_with_a_reason_that_the_head_reads(communes, client_of):
    client = client_of(communes.cast.editor)
    answer = send(client, communes.tay_giang, STORY, **{"action-submit": "1"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"text", "insisting"}
    assert "Vẫn giữ như đã viết, lý do" in said(answer)
    assert send(client, communes.tay_giang, STORY, insisting=WHY, **{"action-submit": "1"}).status_code == 302
    kept = Insistence.objects.get()
    assert (kept.by, kept.unit, kept.form, kept.reason) == (
        communes.cast.editor,
        communes.units.tay_giang,
        "commune_page",
        WHY,
    )
    assert Entry.objects.get(act=Act.INSISTED).detail == "commune_page"
    page = said(client_of(communes.cast.unit_head).get("/tai-khoan/chu-van-giu/"))
    assert "Trang của xã: tên người cùng nơi ở và chuyện đã xảy ra" in page
    assert "Đào" not in page


def test_a_page_that_was_not_stored_leaves_no_reason(communes, client_of, monkeypatch):
    client = client_of(communes.cast.editor)
    with monkeypatch.context() as broken:
        broken.setattr(NoticePage, "full_clean", lambda *args, **kwargs: (_ for _ in ()).throw(PermissionDenied))
        send(client, communes.tay_giang, STORY, insisting=WHY, **{"action-submit": "1"})
    assert not NoticePage.objects.exists()
    assert not Insistence.objects.exists()


def test_nothing_else_makes_a_number_public(communes):
    page = NoticePage(title="Họp thôn", slug="hop-thon", text=CARD, live=False)
    communes.tay_giang.add_child(instance=page)
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    assert not Page.objects.get(pk=page.pk).live


def test_what_is_live_since_before_stays(communes):
    page = NoticePage(title="Họp thôn", slug="hop-thon", text="<p>Mời bà con.</p>")
    communes.tay_giang.add_child(instance=page)
    NoticePage.objects.filter(pk=page.pk).update(text=CARD)
    page.refresh_from_db()
    page.place = "Nhà văn hóa"
    page.save_revision().publish()
    assert NoticePage.objects.get().place == "Nhà văn hóa"


def test_a_reviewers_word_is_guarded_in_the_dialog_and_at_the_decision(communes, client_of):
    send(client_of(communes.cast.editor), communes.tay_giang, "<p>Mời bà con.</p>", **{"action-submit": "1"})
    page = NoticePage.objects.get()
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    client = client_of(communes.cast.unit_head)
    for comment, sentence in (
        ("Bỏ số 0905 123 456 đi", "Bỏ số đi và ghi nơi cần gọi"),
        ("chị Hoa ở thôn Aur bị bán là ai?", "Nên viết lại, không nêu ai."),
    ):
        answer = client.post(address, {"comment": comment}, headers={"X-Requested-With": "XMLHttpRequest"})
        shown = html.unescape(answer.json()["html"])
        assert sentence in shown
        assert comment in shown
    task = state.task.specific
    for comment in ("Bỏ số 0905 123 456 đi", "chị Hoa ở thôn Aur bị bán là ai?"):
        with pytest.raises(PermissionDenied):
            task.on_action(state, communes.cast.unit_head, "reject", comment=comment)
    client.post(address, {"comment": "chị Hoa ở thôn Aur bị bán là ai?", "insisting": WHY})
    assert Insistence.objects.get().form == "commune_review"
