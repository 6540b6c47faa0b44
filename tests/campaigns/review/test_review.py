"""What an editor submits, the right reviewer alone is told of, and approves or sends back with a reason."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent
from factories import make_person
from time_machine import travel
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from campaigns.communes.notices import NoticePage
from campaigns.communes.panel import overviews
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.review.reviewers import Reviewers
from campaigns.review.task import deciders
from outbox.effects import Effect
from people.rights.reader import Reader
from people.rights.roles import RoleKind, end, give
from people.roster.waiting import Desk, waiting_for
from people.times import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_passwords(settings):
    settings.SECOND_STEP_REQUIRED = False


def form(title="Họp thôn", **fields):
    own = {
        "title": title,
        "slug": "hop-thon",
        "text": rich_text("<p>Mời bà con đến nhà văn hóa.</p>"),
        "place": "Nhà văn hóa",
    }
    return nested_form_data({**own, "summary": "", "comments": inline_formset([]), **fields})


def add_address(space):
    return reverse("wagtailadmin_pages:add", args=["campaigns", "noticepage", space.pk])


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def decide_address(page, action):
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, current(page).pk])


def current(page):
    return Page.objects.get(pk=page.pk).current_workflow_task_state


@pytest.fixture
def submitted(communes, client_of):
    """A notice that the editor of Tây Giang wrote and submitted through the editor's screen."""

    def submit(person=None, space=None, **fields):
        person = person or communes.cast.editor
        answer = client_of(person).post(
            add_address(space or communes.tay_giang), form(**fields, **{"action-submit": "1"})
        )
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        return NoticePage.objects.latest("pk")

    return submit


def may(person, page):
    """What a person may decide on now, read anew."""
    person = type(person).objects.get(pk=person.pk)
    state = current(page)
    return {name for name, *_rest in state.task.specific.get_actions(Page.objects.get(pk=page.pk).specific, person)}


def mails():
    return [effect.payload["to"] for effect in Effect.objects.filter(kind="mail").order_by("pk")]


BOTH = {"approve", "reject"}


# --- who reviews


def test_the_head_of_the_commune_reviews_and_nobody_else(communes, submitted):
    page = submitted()
    cast = communes.cast
    assert may(cast.unit_head, page) == BOTH
    others = (
        cast.editor,
        cast.other_editor,
        cast.manager,
        cast.administrator,
        cast.trainer,
        cast.observer,
        cast.stranger,
    )
    assert [may(person, page) for person in others] == [set()] * len(others)


def test_where_a_commune_has_no_head_the_province_manager_reviews(communes, submitted):
    page = submitted(communes.cast.other_editor, communes.thanh_my)
    assert may(communes.cast.manager, page) == BOTH
    assert may(communes.cast.unit_head, page) == may(communes.cast.administrator, page) == set()


def test_the_nearest_head_at_or_above_the_commune_comes_before_the_manager(communes, submitted):
    give(communes.cast.stranger, RoleKind.UNIT_HEAD, communes.units.da_nang)
    page = submitted(communes.cast.other_editor, communes.thanh_my)
    assert may(communes.cast.stranger, page) == BOTH
    assert may(communes.cast.manager, page) == set()
    assert may(communes.cast.stranger, submitted(title="Hai", slug="hai")) == set()


def test_a_role_given_or_ended_counts_at_once_for_what_already_waits(communes, submitted):
    page = submitted()
    role = communes.cast.unit_head.roles.get()
    second = give(communes.cast.stranger, RoleKind.UNIT_HEAD, communes.units.tay_giang)
    assert may(communes.cast.stranger, page) == BOTH
    end(role)
    end(second)
    assert may(communes.cast.unit_head, page) == may(communes.cast.stranger, page) == set()
    assert may(communes.cast.manager, page) == BOTH


def test_nobody_reviews_their_own(communes, submitted):
    give(communes.cast.unit_head, RoleKind.COMMUNE_EDITOR, communes.units.tay_giang)
    page = submitted(communes.cast.unit_head)
    assert may(communes.cast.unit_head, page) == set()
    assert may(communes.cast.manager, page) == BOTH


def test_where_there_is_nobody_else_at_all_the_page_waits_and_it_is_said_what_lacks(communes, submitted, client_of):
    give(communes.cast.unit_head, RoleKind.COMMUNE_EDITOR, communes.units.tay_giang)
    for person in (communes.cast.manager, communes.cast.administrator):
        for role in person.roles.all():
            end(role)
    head = client_of(communes.cast.unit_head)
    said = head.post(add_address(communes.tay_giang), form(**{"action-submit": "1"}), follow=True).content.decode()
    page = NoticePage.objects.latest("pk")
    assert may(communes.cast.unit_head, page) == set()
    assert "Chưa có người thứ hai để duyệt trang này" in said
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    assert not NoticePage.objects.get(pk=page.pk).live
    queue = waiting_for(Desk(Reader(make_person("Siêu Quản Trị", is_superuser=True)), today()))
    assert [one.count for one in queue if "người thứ hai" in str(one.title)] == [1]
    give(communes.cast.stranger, RoleKind.ADMINISTRATOR, communes.units.da_nang)
    assert may(communes.cast.stranger, page) == BOTH


def test_a_superuser_decides_for_others_alone(communes, submitted):
    root = make_person("Siêu Quản Trị", is_superuser=True)
    assert may(root, submitted(root)) == set()
    assert may(root, submitted(title="Hai", slug="hai")) == BOTH


def test_a_reviewer_who_rewrites_leaves_the_decision_to_another(communes, submitted, client_of):
    page = submitted()
    answer = client_of(communes.cast.unit_head).post(edit_address(page), form(title="Viết lại"))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision().user == communes.cast.unit_head
    assert may(communes.cast.unit_head, page) == set()
    assert may(communes.cast.manager, page) == BOTH


def test_somebody_who_was_shut_out_decides_nothing(communes, submitted):
    page = submitted()
    type(communes.cast.unit_head).objects.filter(pk=communes.cast.unit_head.pk).update(is_active=False)
    assert may(communes.cast.unit_head, page) == set()
    assert may(communes.cast.manager, page) == BOTH


def test_who_decides_is_found_in_as_many_queries_for_several_pages_as_for_one(
    communes, submitted, django_assert_num_queries
):
    for n in range(3):
        submitted(title=f"Trang {n}", slug=f"trang-{n}")
    # states, paths, spaces, who wrote, the units above them, the holders of three kinds
    with django_assert_num_queries(8):
        assert len(deciders(TaskState.objects.filter(status="in_progress"))) == 3
    with django_assert_num_queries(4):
        Reviewers([communes.units.tay_giang.pk, communes.units.avuong.pk])


# --- being told


def test_only_who_decides_is_told_by_one_mail_without_what_the_page_says(communes, submitted, mailoutbox):
    cast = communes.cast
    for person in (cast.unit_head, cast.manager, cast.editor, cast.administrator, cast.other_editor):
        type(person).objects.filter(pk=person.pk).update(email=f"{person.staff_code.lower()}@example.vn")
    make_person("Siêu Quản Trị", is_superuser=True, email="sieu@example.vn")
    page = submitted(title="Chuyện riêng")
    assert mails() == [f"{cast.unit_head.staff_code.lower()}@example.vn"]
    body = Effect.objects.get(kind="mail").payload
    assert "Xã Tây Giang" in body["subject"]
    assert f"/cms/pages/{page.pk}/edit/" in body["body"]
    assert "Chuyện riêng" not in body["subject"] + body["body"]
    assert mailoutbox == []


def test_mails_about_comments_go_only_to_who_asks_for_them(communes):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(communes.cast.editor)
    assert not profile.updated_comments_notifications
    profile.updated_comments_notifications = True
    profile.save()
    assert UserProfile.objects.get(pk=profile.pk).updated_comments_notifications


def test_the_editor_is_told_of_the_decision_and_reads_the_reason_on_her_screen_not_in_the_mail(
    communes, submitted, client_of, mailoutbox
):
    editor = communes.cast.editor
    type(editor).objects.filter(pk=editor.pk).update(email="mo@example.vn")
    page = submitted()
    reason = "Thiếu giờ họp, xin ghi thêm."
    client_of(communes.cast.unit_head).post(decide_address(page, "reject"), {"comment": reason})
    assert mails() == ["mo@example.vn"]
    assert reason not in Effect.objects.get(kind="mail").payload["body"]
    assert reason in client_of(editor).get("/cms/").content.decode()
    assert mailoutbox == []


# --- deciding


def test_an_approved_page_is_live_at_once(communes, submitted, client_of):
    page = submitted()
    assert client_of().get("/xa-phuong/xa-tay-giang/hop-thon/").status_code == 404
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    assert client_of().get("/xa-phuong/xa-tay-giang/hop-thon/").status_code == 200


def decide(client, page, action, user, **fields):
    """With the page as it was submitted: whoever changes it decides no more."""
    draft = page.get_latest_revision_as_object()
    form_class = NoticePage.get_edit_handler().get_form_class()
    shown = sent(form_class(instance=draft, parent_page=page.get_parent(), for_user=user))
    own = {"action-workflow-action": "1", "workflow-action-name": action, **fields}
    return " ".join(client.post(edit_address(page), shown | own, follow=True).content.decode().split())


def test_a_decision_says_what_came_of_it(communes, submitted, client_of):
    reviewer = communes.cast.unit_head
    head = client_of(reviewer)
    assert "Đã duyệt và đăng “Họp thôn”." in decide(head, submitted(), "approve", reviewer)
    back = submitted(title="Họp lại", slug="hop-lai")
    said = decide(head, back, "reject", reviewer, **{"workflow-action-extra-data": '{"comment": "Ghi rõ ngày."}'})
    assert "Đã gửi lại “Họp lại”; người viết được báo" in said
    assert "đã được lưu" not in said
    later = submitted(title="Tháng sau", slug="thang-sau", go_live_at="2030-01-02 08:00")
    said = decide(head, later, "approve", reviewer)
    assert "Đã duyệt “Tháng sau”; trang tự lên lúc 08:00 02/01/2030." in said


def test_an_approved_page_with_a_day_goes_live_on_that_day_by_the_clock(communes, submitted, client_of):
    ahead = timezone.localtime() + timedelta(days=3)
    page = submitted(go_live_at=ahead.strftime("%Y-%m-%d %H:%M"))
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    assert not NoticePage.objects.get(pk=page.pk).live
    call_command("publish_scheduled", stdout=StringIO())
    assert not NoticePage.objects.get(pk=page.pk).live
    with travel(ahead + timedelta(hours=1)):
        call_command("publish_scheduled", stdout=StringIO())
    assert NoticePage.objects.get(pk=page.pk).live


def test_a_head_looks_on_in_her_commune_and_compares_what_waits_with_what_is_live(communes, submitted, client_of):
    page = submitted()
    head, cast = client_of(communes.cast.unit_head), communes.cast
    head.post(decide_address(page, "approve"))
    assert head.get(reverse("wagtailadmin_explore", args=[communes.tay_giang.pk])).status_code == 200
    assert head.get(edit_address(page)).status_code == 302
    client_of(cast.editor).post(edit_address(page), form(title="Bản hai", **{"action-submit": "1"}))
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
    assert "Bản hai" in head.get(compare).content.decode()
    answer = head.get(reverse("wagtailadmin_explore", args=[communes.thanh_my.pk]), follow=True)
    assert "Xã Thạnh Mỹ" not in answer.content.decode()
    head.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert NoticePage.objects.get(pk=page.pk).live


def test_sending_back_needs_a_reason(communes, submitted, client_of):
    page = submitted()
    answer = client_of(communes.cast.unit_head).post(
        decide_address(page, "reject"), {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert "Hãy nêu lý do gửi lại" in answer.json()["html"]
    assert current(page).status == "in_progress"


def test_what_was_sent_back_is_mended_and_submitted_again(communes, submitted, client_of):
    page = submitted()
    head, editor = client_of(communes.cast.unit_head), client_of(communes.cast.editor)
    head.post(decide_address(page, "reject"), {"comment": "Thiếu giờ."})
    editor.post(edit_address(page), form(title="Họp thôn lúc 8 giờ", **{"action-submit": "1"}))
    head.post(decide_address(page, "approve"))
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Họp thôn lúc 8 giờ")


def test_a_decision_on_one_commune_cannot_be_borrowed_for_another(communes, submitted, client_of):
    """The address names a page and a task; a reviewer of the one must not approve the other with it."""
    mine, other = submitted(), submitted(communes.cast.other_editor, communes.thanh_my)
    address = reverse("wagtailadmin_pages:workflow_action", args=[mine.pk, "approve", current(other).pk])
    client_of(communes.cast.unit_head).post(address)
    assert not NoticePage.objects.get(pk=other.pk).live


# --- what an editor can and cannot do


def test_an_editor_cannot_publish_even_by_asking_for_it(communes, client_of):
    editor = client_of(communes.cast.editor)
    editor.post(add_address(communes.tay_giang), form(**{"action-publish": "1"}))
    page = NoticePage.objects.get()
    assert not page.live
    editor.post(edit_address(page), form(**{"action-publish": "1"}))
    assert not NoticePage.objects.get().live


def test_what_waits_cannot_be_changed_but_be_called_back(communes, submitted, client_of):
    page = submitted()
    editor = client_of(communes.cast.editor)
    editor.post(edit_address(page), form(title="Đổi lén"))
    assert page.get_latest_revision_as_object().title == "Họp thôn"
    editor.post(edit_address(page), form(**{"action-cancel-workflow": "1"}))
    assert current(page) is None


def test_an_editor_takes_her_page_down_and_puts_the_approved_one_back(communes, submitted, client_of):
    page = submitted()
    editor = client_of(communes.cast.editor)
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    assert "Gỡ xuống" in editor.get("/cms/").content.decode()
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not NoticePage.objects.get().live
    assert "Đăng lại bản đã duyệt" in editor.get("/cms/").content.decode()
    editor.post(reverse("republish_page", args=[page.pk]))
    assert NoticePage.objects.get().live


def test_what_a_manager_took_down_an_editor_cannot_put_back(communes, submitted, client_of):
    page = submitted()
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    client_of(communes.cast.manager).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    editor = client_of(communes.cast.editor)
    assert "Đăng lại bản đã duyệt" not in editor.get("/cms/").content.decode()
    editor.post(reverse("republish_page", args=[page.pk]))
    assert not NoticePage.objects.get().live


def test_putting_back_shows_the_approved_words_not_a_later_draft(communes, submitted, client_of):
    page = submitted()
    editor = client_of(communes.cast.editor)
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    editor.post(edit_address(page), form(title="Chưa duyệt"))
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    editor.post(reverse("republish_page", args=[page.pk]))
    assert NoticePage.objects.get().title == "Họp thôn"


def test_an_earlier_version_is_brought_back_through_the_review(communes, submitted, client_of):
    page = submitted()
    editor, head = client_of(communes.cast.editor), client_of(communes.cast.unit_head)
    head.post(decide_address(page, "approve"))
    first = NoticePage.objects.get().live_revision
    editor.post(edit_address(page), form(title="Bản hai", **{"action-submit": "1"}))
    head.post(decide_address(page, "approve"))
    assert editor.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])).status_code == 200
    editor.post(edit_address(page), form(revision=first.pk))
    editor.post(edit_address(page), form(**{"action-submit": "1"}))
    assert NoticePage.objects.get().title == "Bản hai"
    head.post(decide_address(page, "approve"))
    assert NoticePage.objects.get().title == "Họp thôn"


def test_the_space_itself_is_neither_taken_down_nor_deleted_by_its_editor(communes, client_of):
    editor, space = client_of(communes.cast.editor), communes.tay_giang
    for name in ("unpublish", "delete"):
        editor.post(reverse(f"wagtailadmin_pages:{name}", args=[space.pk]))
    space.refresh_from_db()
    assert space.live


# --- messages of the province


def take(client, communes, space=None):
    return client.post(reverse("take_message", args=[(space or communes.tay_giang).pk, communes.message.pk]))


def test_an_editor_takes_a_message_and_adds_her_own_words(communes, client_of):
    editor = client_of(communes.cast.editor)
    assert "Lấy về trang của xã" in editor.get("/cms/").content.decode()
    page_address = take(editor, communes).url
    page = CommuneMessagePage.objects.get()
    assert page_address == edit_address(page)
    assert (page.slug, page.live, page.message, page.is_outdated) == ("di-lam-xa", False, communes.message, False)
    assert "Lấy về trang của xã" not in editor.get("/cms/").content.decode()
    fields = {"words": "Họp ở thôn A.", "place": "", "comments": inline_formset([])}
    editor.post(page_address, nested_form_data({**fields, "action-submit": "1"}))
    client_of(communes.cast.unit_head).post(decide_address(page, "approve"))
    assert "Họp ở thôn A." in client_of().get("/xa-phuong/xa-tay-giang/di-lam-xa/").content.decode()


def test_the_buttons_of_the_first_screen_bring_the_token_that_a_browser_must_send(communes, client_of):
    editor = client_of(communes.cast.editor, enforce_csrf_checks=True)
    html = editor.get("/cms/").content.decode()
    form = html[html.index(reverse("take_message", args=[communes.tay_giang.pk, communes.message.pk])) :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    address = reverse("take_message", args=[communes.tay_giang.pk, communes.message.pk])
    assert editor.post(address, {"csrfmiddlewaretoken": token}).status_code == 302
    assert CommuneMessagePage.objects.count() == 1


def test_what_waits_for_her_comes_first_on_her_screen(communes, submitted, client_of):
    """What was sent back, then what the province changed, then the latest."""
    editor = client_of(communes.cast.editor)
    sent_back = submitted(title="Họp thôn")
    client_of(communes.cast.unit_head).post(decide_address(sent_back, "reject"), {"comment": "Thiếu giờ."})
    take(editor, communes)
    taken = CommuneMessagePage.objects.get()
    communes.message.save_revision().publish()
    later = submitted(title="Họp sau", slug="hop-sau")
    (overview,) = overviews(communes.cast.editor)
    rows = [row.page.pk for row in overview.rows if row.page.pk != communes.tay_giang.pk]
    assert rows == [sent_back.pk, taken.pk, later.pk]
    html = editor.get("/cms/").content.decode()
    assert [html.index(title) for title in ("Họp thôn", "Họp sau")] == sorted(
        html.index(title) for title in ("Họp thôn", "Họp sau")
    )


def test_an_editor_begins_at_her_queue_and_it_says_when_nothing_waits(communes, submitted, client_of):
    editor = client_of(communes.cast.editor)
    assert "Hôm nay không có việc nào chờ." in editor.get("/cms/").content.decode()
    sent_back = submitted(title="Họp thôn")
    ending = submitted(title="Hội làng", slug="hoi-lang")
    client_of(communes.cast.unit_head).post(decide_address(sent_back, "reject"), {"comment": "Thiếu giờ."})
    NoticePage.objects.filter(pk=ending.pk).update(live=True, expire_at=timezone.now() + timedelta(days=3))
    html = editor.get("/cms/").content.decode()
    assert "Trang được gửi lại để sửa: 1" in html
    assert "Thông báo hết hạn trong 14 ngày: 1" in html
    assert f'href="{edit_address(sent_back)}"' in html
    assert waiting_for(Desk(Reader(communes.cast.other_editor), today())) == []


def test_taking_twice_leads_to_the_same_page_and_asking_by_get_takes_nothing(communes, client_of):
    editor = client_of(communes.cast.editor)
    assert take(editor, communes).url == take(editor, communes).url
    assert CommuneMessagePage.objects.count() == 1
    assert editor.get(reverse("take_message", args=[communes.tay_giang.pk, communes.message.pk])).status_code == 405


def test_a_later_change_of_the_province_is_shown_to_all_and_flagged_to_the_editor(communes, client_of):
    editor = client_of(communes.cast.editor)
    take(editor, communes)
    page = CommuneMessagePage.objects.get()
    page.get_latest_revision().publish()
    communes.message.title = "Đi làm ăn xa"
    communes.message.save_revision().publish()
    assert "Tỉnh đã sửa thông điệp này" in editor.get("/cms/").content.decode()
    assert "Tỉnh đã sửa thông điệp này" in editor.get(edit_address(page)).content.decode()
    assert "Đi làm ăn xa" in client_of().get("/xa-phuong/xa-tay-giang/di-lam-xa/").content.decode()
    editor.post(reverse("message_seen", args=[page.pk]))
    assert "Tỉnh đã sửa thông điệp này" not in editor.get("/cms/").content.decode()


def test_a_message_that_the_province_withdrew_leads_to_the_space_and_the_words_are_kept(communes, client_of):
    take(client_of(communes.cast.editor), communes)
    page = CommuneMessagePage.objects.get()
    page.get_latest_revision().publish()
    communes.message.unpublish()
    assert client_of().get("/xa-phuong/xa-tay-giang/di-lam-xa/").url == "/xa-phuong/xa-tay-giang/"
    assert client_of().get("/xa-phuong/xa-tay-giang/").status_code == 200
    communes.message.delete()
    assert CommuneMessagePage.objects.get().message is None
    assert client_of(communes.cast.editor).get(edit_address(page)).status_code == 200
