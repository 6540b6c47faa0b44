"""Of an approved course nothing goes live by itself: who × way in. What must be quick, taking down, stays quick."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent
from factories import make_course, make_page, make_person, with_words
from new_pages import add_address, form_of
from sharing import shared
from wagtail.models import GroupApprovalTask, ModelLogEntry, Page, PageLogEntry, Revision, Workflow, WorkflowTask

from courses.approving.deciding import approve, withdraw
from courses.approving.parts import parts_of
from courses.approving.publishing import approve_submission
from courses.approving.submitting import submit
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage
from courses.content.texts import read_texts
from courses.questions.bank import Question
from outbox.chores import NOT_PUBLISHED, publish_scheduled
from outbox.effects import Effect
from pages.cms.groups import sync_all
from people.persons.user import User
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WHO = ("manager", "second_manager", "administrator", "trainer", "superuser")
MINE = "Câu tự đăng"


@shared
def it(cast):
    """An approved course with drafts over and below what is live, and a live course that nobody approved."""
    made = with_words(make_course(lessons=2, questions=2))
    other = with_words(make_course("khoa-khac", lessons=2, questions=1, title="Khóa khác"))
    sync_all()
    people = {name: getattr(cast, name) for name in ("manager", "administrator", "trainer")}
    people["second_manager"] = make_person("Lý Thị Xuân", "VT-manager2")
    give(people["second_manager"], RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    people["superuser"] = make_person("Máy Chủ", "VT-root", is_superuser=True)
    approve(made.course, TODAY, "", cast.manager, NOW)
    lesson = made.lessons[0]
    lesson.sources = MINE
    lesson.save_revision()
    new = make_page(made.module, LessonPage, "Mục nháp", live=False)
    new.body = [("takeaway", MINE)]
    new.save_revision()
    question = made.questions[0]
    question.body[0].value["text"] = MINE
    question.save_revision()
    return SimpleNamespace(**vars(made), other=other, people=people, new=new)


def again(user):
    """As the next request reads it."""
    return User.objects.get(pk=user.pk)


def live(it) -> tuple:
    """What learners see of the course."""
    course = Page.objects.get(pk=it.course.pk).specific
    pages = Page.objects.descendant_of(course, inclusive=True).live()
    return read_texts(course).digest, sorted(pages.values_list("pk", flat=True))


def edit_of(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form(page, user, **typed) -> dict:
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    return sent(form_of(type(page), page.get_parent(), user, draft), **typed) | {"action-publish": "1"}


def bulk(kind: str, *pages) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', kind])}?{chosen}"


# --- the ways in; each is walked by everybody


def by_the_editors_button(client, it, user):
    client.post(edit_of(it.lessons[0]), form(it.lessons[0], user))


def by_the_button_of_a_quiz(client, it, user):
    client.post(edit_of(it.quiz), form(it.quiz, user, pass_percent="10"))


def by_a_new_page(client, it, user):
    data = sent(form_of(LessonPage, it.module, user), title="Mục mới", slug="muc-moi")
    client.post(add_address(LessonPage, it.module), data | {"action-publish": "1"})


def by_an_hour_in_the_form(client, it, user):
    client.post(edit_of(it.lessons[0]), form(it.lessons[0], user, go_live_at="2027-01-01 08:00"))
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def by_a_list(client, it, user):
    client.post(bulk("publish", it.lessons[0], it.new), {"include_descendants": ""})


def by_a_list_with_what_stands_below(client, it, user):
    client.post(bulk("publish", it.course), {"include_descendants": "on"})


def by_a_copy(client, it, user):
    for page in (it.lessons[1], it.other.lessons[0]):
        data = {"new_title": MINE, "new_slug": f"ban-sao-{page.pk}", "new_parent_page": it.module.pk}
        client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data | {"publish_copies": "on"})


def by_a_move(client, it, user):
    page = it.other.lessons[0]
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, it.module.pk]))
    client.post(bulk("move", page), {"chooser": it.module.pk, "move_applicable": "on"})
    assert LessonPage.objects.get(pk=page.pk).get_parent().pk == it.other.module.pk


def by_a_question(client, it, user):
    question = Question.objects.get(pk=it.questions[0].pk).get_latest_revision_as_object()
    form_class = Question.snippet_viewset.get_edit_handler().get_form_class()
    data = sent(form_class(instance=question, for_user=user)) | {"action-publish": "1"}
    address = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    answer = client.post(address, data)
    if answer.status_code == 200:
        said = "Câu hỏi thuộc khóa đã duyệt “Nhận diện nạn nhân bị mua bán”"
        assert said in " ".join(answer.context["form"].non_field_errors())


def by_the_revision_itself(client, it, user):
    draft = LessonPage.objects.get(pk=it.lessons[0].pk).latest_revision
    with pytest.raises(PermissionDenied):
        draft.publish(user=again(user))
    with pytest.raises(ValidationError, match="lên cùng cả khóa"):
        draft.publish(user=again(user), skip_permission_checks=True)


def by_a_review_that_was_left(client, it, user):
    task = GroupApprovalTask.objects.create(name=f"Duyệt {user.pk}")
    workflow = Workflow.objects.create(name=f"Quy trình {user.pk}")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    with transaction.atomic():
        state = workflow.start(LessonPage.objects.get(pk=it.lessons[0].pk), user)
        with pytest.raises(PermissionDenied):
            state.current_task_state.approve(user=again(user))
        transaction.set_rollback(True)


WAYS = [
    by_the_editors_button,
    by_the_button_of_a_quiz,
    by_a_new_page,
    by_an_hour_in_the_form,
    by_a_list,
    by_a_list_with_what_stands_below,
    by_a_copy,
    by_a_move,
    by_a_question,
    by_the_revision_itself,
    by_a_review_that_was_left,
]
# those that look for a refusal themselves
TELLING = (by_an_hour_in_the_form, by_a_move, by_the_revision_itself, by_a_review_that_was_left)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_goes_live_by_itself(it, client_of, way):
    before = live(it)
    for name in WHO:
        user = it.people[name]
        way(client_of(user), it, user)
        assert live(it) == before, name


def test_each_way_leads_in_where_nobody_approved_the_course(it, client_of):
    """So that the table above is one of doors, not of walls."""
    withdraw(it.course, TODAY, "Viết lại", it.people["manager"], NOW)
    manager, before = it.people["manager"], live(it)
    for way in WAYS:
        if way not in TELLING:
            with transaction.atomic():
                way(client_of(manager), it, manager)
                assert live(it) != before, way.__name__
                transaction.set_rollback(True)


def test_an_hour_that_was_set_before_the_approval_publishes_nothing(it):
    before = live(it)
    past = timezone.now() - timedelta(minutes=2)
    drafts = [
        LessonPage.objects.get(pk=it.lessons[0].pk).latest_revision_id,
        Question.objects.get(pk=it.questions[0].pk).latest_revision_id,
    ]
    assert Revision.objects.filter(pk__in=drafts).update(approved_go_live_at=past) == 2
    publish_scheduled(timezone.now())
    assert live(it) == before
    # they stay drafts without an hour
    assert not Revision.objects.filter(pk__in=drafts, approved_go_live_at__isnull=False).exists()
    assert Page.objects.get(pk=it.lessons[0].pk).has_unpublished_changes


def test_who_set_the_hour_is_told_that_nothing_was_published_and_the_history_says_why(it, client_of):
    person = it.people["manager"]
    type(person).objects.filter(pk=person.pk).update(email="nguoi-hen@example.vn")
    lesson = LessonPage.objects.get(pk=it.lessons[0].pk)
    past = timezone.now() - timedelta(minutes=2)
    lesson_draft, question_draft = (
        lesson.latest_revision_id,
        Question.objects.get(pk=it.questions[0].pk).latest_revision_id,
    )
    Revision.objects.filter(pk=lesson_draft).update(approved_go_live_at=past, user=person)
    # nobody set that one, as the seed does
    Revision.objects.filter(pk=question_draft).update(approved_go_live_at=past, user=None)
    for _minute in range(2):
        publish_scheduled(timezone.now())
    (mail,) = Effect.objects.filter(kind="mail", key__startswith="mail:not-published:")
    assert (mail.payload["to"], lesson.title in mail.payload["subject"]) == ("nguoi-hen@example.vn", True)
    assert f"/cms/pages/{lesson.pk}/edit/" in mail.payload["body"]
    assert ModelLogEntry.objects.filter(action=NOT_PUBLISHED).count() == 1
    (entry,) = PageLogEntry.objects.filter(action=NOT_PUBLISHED)
    assert entry.data["why"] in mail.payload["body"]
    history = client_of(person).get(reverse("wagtailadmin_pages:history", args=[lesson.pk])).content.decode()
    assert "Đến giờ hẹn nhưng không lên trang" in history


def _with_an_hour_of_hers(it, ago: timedelta) -> int:
    person = it.people["manager"]
    type(person).objects.filter(pk=person.pk).update(email="nguoi-hen@example.vn")
    draft = LessonPage.objects.get(pk=it.lessons[0].pk).latest_revision_id
    Revision.objects.filter(pk=draft).update(approved_go_live_at=timezone.now() - ago, user=person)
    return draft


def test_an_hour_that_is_taken_away_is_told_or_stays_also_where_the_work_is_killed_between(it, monkeypatch):
    draft = _with_an_hour_of_hers(it, timedelta(minutes=2))

    def killed(**_mail):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr("outbox.chores.enqueue_mail", killed)
        with pytest.raises(SystemExit):
            publish_scheduled(timezone.now())
    assert Revision.objects.get(pk=draft).approved_go_live_at is not None
    assert not PageLogEntry.objects.filter(action=NOT_PUBLISHED).exists()
    publish_scheduled(timezone.now())
    assert Revision.objects.get(pk=draft).approved_go_live_at is None
    assert Effect.objects.filter(kind="mail", key__startswith="mail:not-published:").count() == 1


def test_a_second_hour_of_the_same_draft_is_told_again(it):
    for minutes in (5, 2):
        _with_an_hour_of_hers(it, timedelta(minutes=minutes))
        publish_scheduled(timezone.now())
    assert Effect.objects.filter(kind="mail", key__startswith="mail:not-published:").count() == 2


def test_it_comes_down_changes_its_place_and_ends_at_once(it, client_of):
    client, (first, second) = client_of(it.people["manager"]), it.lessons
    client.post(reverse("wagtailadmin_pages:unpublish", args=[first.pk]))
    assert not LessonPage.objects.get(pk=first.pk).live
    LessonPage.objects.filter(pk=second.pk).update(expire_at=timezone.now() - timedelta(minutes=2))
    publish_scheduled(timezone.now())
    assert not LessonPage.objects.get(pk=second.pk).live
    outline = reverse("course_outline", args=[it.course.key])
    client.post(f"{outline}doi-cho/", {"phan": it.quiz.pk, "huong": "len"})
    assert [page.pk for page in it.course.get_children()] == [it.quiz.pk, it.module.pk]
    question = it.questions[1]
    client.post(reverse(Question.snippet_viewset.get_url_name("unpublish"), args=[question.pk]))
    assert not Question.objects.get(pk=question.pk).live
    client.post(reverse("wagtailadmin_pages:delete", args=[it.new.pk]))
    assert not Page.objects.filter(pk=it.new.pk).exists()


def test_a_new_question_of_a_category_that_it_draws_from_waits_for_it_too(it, client_of):
    QuizPage.objects.filter(pk=it.quiz.pk).update(draw_from="kho")
    form_class = Question.snippet_viewset.get_edit_handler().get_form_class()
    user = it.people["manager"]
    donor = sent(form_class(instance=Question.objects.get(pk=it.questions[1].pk), for_user=user))
    address = reverse(Question.snippet_viewset.get_url_name("add"))
    for category, goes in (("kho", False), ("kho/1.1", False), ("khoan", True), ("khac", True)):
        data = donor | {"name": "Câu mới", "category": category, "action-publish": "1"}
        assert (client_of(user).post(address, data).status_code == 302) is goes, category
        assert Question.objects.filter(category=category, live=True).exists() is goes


def test_the_outline_says_where_the_door_is(it, client_of):
    outline = reverse("course_outline", args=[it.course.key])
    said = "Khóa học đã duyệt: phần sửa hay mới thì lưu bản nháp"
    assert said in client_of(it.people["trainer"]).get(outline).content.decode()
    other = reverse("course_outline", args=[it.other.course.key])
    assert said not in client_of(it.people["trainer"]).get(other).content.decode()


def test_the_door_itself_is_open(it):
    names = [part.name for part in parts_of(it.course).changed]
    submission = submit(it.course, names, "", it.people["trainer"], NOW)
    approve_submission(submission, TODAY, "", again(it.people["manager"]), NOW)
    assert LessonPage.objects.get(pk=it.lessons[0].pk).sources == MINE
    assert LessonPage.objects.get(pk=it.new.pk).live
    assert Question.objects.get(pk=it.questions[0].pk).text == MINE


def test_a_withdrawn_approval_opens_the_doors_again(it):
    withdraw(it.course, TODAY, "Viết lại", it.people["manager"], NOW)
    LessonPage.objects.get(pk=it.lessons[0].pk).latest_revision.publish(user=again(it.people["manager"]))
    assert LessonPage.objects.get(pk=it.lessons[0].pk).sources == MINE


# --- what is said of it


@pytest.mark.parametrize("name", ["manager", "superuser"])
def test_a_copy_that_would_go_live_is_refused_with_the_reason_and_made_as_a_draft(it, client_of, name):
    client = client_of(it.people[name])
    data = {"new_title": MINE, "new_slug": "ban-sao", "new_parent_page": it.module.pk}
    address = reverse("wagtailadmin_pages:copy", args=[it.lessons[1].pk])
    errors = client.post(address, data | {"publish_copies": "on"}).context["form"].errors
    assert list(errors) == ["publish_copies"]
    assert "Khóa học đã duyệt nên bản sao không tự đăng: bỏ chọn ô này" in errors["publish_copies"][0]
    assert client.post(address, data).status_code == 302
    assert not Page.objects.get(slug="ban-sao").live


def test_a_copy_that_may_not_stand_there_is_refused_for_that(it, client_of):
    data = {"new_title": MINE, "new_slug": "ban-sao", "new_parent_page": it.lessons[0].pk, "publish_copies": "on"}
    address = reverse("wagtailadmin_pages:copy", args=[it.lessons[1].pk])
    errors = client_of(it.people["manager"]).post(address, data).context["form"].errors
    assert "new_parent_page" in errors
    assert "bản sao không tự đăng" in errors["publish_copies"][0]


def test_a_copy_into_a_course_that_waits_is_told_that_it_waits(it, client_of):
    names = [part.name for part in parts_of(it.course).changed]
    submit(it.course, names, "", again(it.people["trainer"]), NOW)
    data = {"new_title": MINE, "new_slug": "ban-sao", "new_parent_page": it.module.pk, "publish_copies": "on"}
    address = reverse("wagtailadmin_pages:copy", args=[it.other.lessons[0].pk])
    errors = client_of(it.people["manager"]).post(address, data).context["form"].errors
    assert "Khóa học đang chờ duyệt nên bản sao không tự đăng" in errors["publish_copies"][0]
