"""What a course that goes live whole refuses is said in one sentence with the way on, whichever way it was tried."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editor_forms import sent
from factories import make_course, make_page, make_person, with_words
from new_pages import JSON, add_address, form_of
from sharing import shared
from wagtail.models import Page

from courses.approving.deciding import approve
from courses.approving.parts import parts_of
from courses.approving.submitting import submit
from courses.content.lesson import LessonPage
from pages.cms.groups import sync_all
from pages.cms.refusals import Act, tell_of_what_stayed_below
from people.persons.user import User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
COURSE = "Nhận diện nạn nhân bị mua bán"
WHO = ("manager", "superuser")
each_person = pytest.mark.parametrize("name", WHO)
each_state = pytest.mark.parametrize("state", ["đã duyệt", "đang chờ duyệt"], ids=["approved", "waiting"])


@shared
def it(cast):
    """An approved course with a draft, and a live one that nobody approved."""
    made = with_words(make_course(lessons=2, questions=2))
    other = with_words(make_course("khoa-khac", lessons=2, questions=1, title="Khóa khác"))
    sync_all()
    people = {"manager": cast.manager, "superuser": make_person("Máy Chủ", "VT-root", is_superuser=True)}
    approve(made.course, TODAY, "", cast.manager, NOW)
    new = make_page(made.module, LessonPage, "Mục nháp", live=False)
    new.body = [("takeaway", "Câu mới.")]
    new.save_revision()
    made.lessons[0].save_revision()
    return SimpleNamespace(**vars(made), other=other, people=people, new=new, trainer=cast.trainer, editor=cast.editor)


@pytest.fixture
def door(it, client_of, state):
    """The approved course, or the same while it waits to be approved anew."""
    if state == "đang chờ duyệt":
        submit(it.course, [part.name for part in parts_of(it.course).changed], "", it.trainer, NOW)
    it.state = state
    return it


def told(answer) -> list[str]:
    """Every sentence of Wagtail's and ours, on this screen or the next."""
    shown = answer.context["messages"] if answer.context and "messages" in answer.context else ()
    return [str(message) for message in shown or get_messages(answer.wsgi_request)]


def bulk(kind: str, *pages) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', kind])}?{chosen}"


def not_published(door, what: str) -> str:
    return (
        f"{what} chưa đăng: khóa “{COURSE}” {door.state} nên từng phần lên cùng cả khóa. "
        "Lưu bản nháp, rồi gửi duyệt cả khóa ở dàn bài."
    )


def not_moved(door, what: str) -> str:
    return (
        f"Không chuyển được “{what}” vào khóa “{COURSE}”: khóa ấy {door.state} nên trang đang đăng không vào riêng. "
        "Gỡ trang xuống, chuyển vào thành bản nháp, rồi gửi duyệt cả khóa ở dàn bài."
    )


@each_state
@each_person
def test_a_move_into_it(door, client_of, name):
    page, client = door.other.lessons[0], client_of(door.people[name])
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, door.module.pk])
    for answer in (client.get(address, follow=True), client.post(address, follow=True)):
        assert not_moved(door, page.title) in told(answer)
        assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:move", args=[page.pk])
    assert Page.objects.get(pk=page.pk).get_parent().pk == door.other.module.pk


@each_state
@each_person
def test_a_move_of_several_into_it(door, client_of, name):
    first, second = door.other.lessons
    client = client_of(door.people[name])
    form = {"chooser": door.module.pk, "move_applicable": "on"}
    answer = client.post(bulk("move", first, second), form)
    assert told(answer).count(not_moved(door, first.title)) == 1
    assert not_moved(door, second.title) in told(answer)
    assert not Page.objects.get(pk=door.module.pk).get_children().filter(pk=first.pk).exists()


@each_state
@each_person
def test_the_button_of_a_form_that_was_open_before(door, client_of, name):
    user, lesson = door.people[name], LessonPage.objects.get(pk=door.lessons[0].pk)
    form = sent(form_of(LessonPage, door.module, user, lesson.get_latest_revision_as_object()), sources="Nguồn mới")
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client_of(user).post(edit, form | {"action-publish": "1"}, follow=True)
    assert not_published(door, "“Mục 1”") in told(answer)
    lesson.refresh_from_db()
    assert (lesson.sources, lesson.get_latest_revision_as_object().sources) == ("", "Nguồn mới")
    # saved by itself, nothing is asked for
    assert client_of(user).post(edit, form, headers=JSON).status_code == 200
    assert not any("chưa đăng" in said for said in told(client_of(user).get(edit)))


@each_state
@each_person
def test_an_hour_at_which_it_should_go_up(door, client_of, name):
    user, lesson = door.people[name], door.lessons[0]
    form = sent(form_of(LessonPage, door.module, user, lesson), go_live_at="2027-01-01 08:00")
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client_of(user).post(edit, form | {"action-publish": "1"}, follow=True)
    assert not_published(door, "“Mục 1”") in told(answer)


@each_state
@each_person
def test_an_older_version(door, client_of, name):
    user, lesson = door.people[name], LessonPage.objects.get(pk=door.lessons[0].pk)
    older = lesson.revisions.order_by("created_at").first()
    form = sent(form_of(LessonPage, door.module, user, older.as_object())) | {"revision": older.pk}
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client_of(user).post(edit, form | {"action-publish": "1"}, follow=True)
    assert not_published(door, "“Mục 1”") in told(answer)
    screen = client_of(user).get(reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, older.pk]))
    assert 'name="action-publish"' not in screen.content.decode()


@each_state
@each_person
def test_a_new_page(door, client_of, name):
    user = door.people[name]
    data = sent(form_of(LessonPage, door.module, user), title="Mục mới", slug="muc-moi") | {"action-publish": "1"}
    answer = client_of(user).post(add_address(LessonPage, door.module), data, follow=True)
    assert not_published(door, "Trang mới") in told(answer)
    assert not LessonPage.objects.get(title="Mục mới").live


@each_state
@each_person
def test_several_at_once(door, client_of, name):
    client = client_of(door.people[name])
    address = bulk("publish", door.lessons[0], door.new)
    for answer in (client.get(address), client.post(address, {"include_descendants": ""}, follow=True)):
        assert not_published(door, "“Mục 1”") in told(answer)
        assert not_published(door, "“Mục nháp”") in told(answer)


@each_state
@each_person
def test_what_stands_below_several(door, client_of, name):
    client, catalogue = client_of(door.people[name]), door.course.get_parent()
    answer = client.post(bulk("publish", catalogue), {"include_descendants": "on"}, follow=True)
    assert not_published(door, "“Mục nháp”") in told(answer)
    assert not LessonPage.objects.get(pk=door.new.pk).live


def test_what_many_pages_are_asked_about_is_asked_in_vietnamese(it, client_of):
    client, catalogue = client_of(it.people["superuser"]), it.course.get_parent()
    for kind in ("publish", "unpublish"):
        html = client.get(bulk(kind, catalogue)).content.decode()
        assert "Cả các trang bên dưới" in html
        assert "Include descendants" not in html


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.UNPUBLISH])
@pytest.mark.parametrize("state", ["đang chờ duyệt"], ids=["waiting"])
def test_what_stands_below_is_told_by_as_many_queries_however_much_it_is(door, rf, act):
    def asked() -> tuple[int, str]:
        request = rf.get("/")
        request.user, request._messages = User.objects.get(pk=door.people["manager"].pk), CookieStorage(request)
        catalogue = Page.objects.get(pk=door.course.get_parent().pk)
        with CaptureQueriesContext(connection) as queries:
            tell_of_what_stayed_below(request, [catalogue], act)
        [said] = map(str, request._messages)
        return len(queries), said

    few, _said = asked()
    for number in range(12):
        door.module.add_child(instance=LessonPage(title=f"Thêm {number}", live=act == Act.UNPUBLISH))
    many, said = asked()
    assert few < 40
    assert many <= few
    assert "Còn " in said


@each_person
@pytest.mark.parametrize("state", ["đang chờ duyệt"], ids=["waiting"])
def test_taking_it_down_while_it_waits(door, client_of, name):
    client, lesson = client_of(door.people[name]), door.lessons[0]
    said = f"“Mục 1” thuộc khóa “{COURSE}” đang chờ duyệt: trong lúc chờ, không đăng hay gỡ riêng từng phần."
    address = reverse("wagtailadmin_pages:unpublish", args=[lesson.pk])
    for answer in (client.get(address, follow=True), client.post(address, follow=True)):
        assert said in told(answer)
    for answer in (client.get(bulk("unpublish", lesson)), client.post(bulk("unpublish", lesson), follow=True)):
        assert said in told(answer)
    below = client.post(bulk("unpublish", door.course.get_parent()), {"include_descendants": "on"}, follow=True)
    assert any("đang chờ duyệt: trong lúc chờ" in one for one in told(below))
    assert LessonPage.objects.get(pk=lesson.pk).live


@each_state
def test_who_may_do_nothing_there_is_not_told_of_the_course(door, client_of):
    page, client = door.other.lessons[0], client_of(door.editor)
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, door.module.pk])
    assert not any("khóa ấy" in said for said in told(client.post(address, follow=True)))
