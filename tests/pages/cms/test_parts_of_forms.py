"""A form of which a part did not arrive comes back with what did, or with what is stored, and one sentence."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.urls import reverse
from editor_forms import as_query, sent, untouched
from new_pages import CREATABLE, JSON, add_address, form_of, parent_of
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BlockField
from wagtail.models import DraftStateMixin, Page

from campaigns.communes.notices import NoticePage
from campaigns.messages.message import MessagePage
from courses.content.lesson import LessonPage
from pages.cms.parts import Arrived, sentence

pytestmark = pytest.mark.django_db
SNIPPETS = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)]
each_type = pytest.mark.parametrize("model", CREATABLE, ids=lambda model: model.__name__)
each_snippet = pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
ROWS = re.compile(r"-(?:TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$")


def without(pattern: str) -> Callable[[dict], dict]:
    return lambda data: {name: value for name, value in data.items() if not re.search(pattern, name)}


def instead(pattern: str, value: str) -> Callable[[dict], dict]:
    return lambda data: {name: value if re.search(pattern, name) else given for name, given in data.items()}


DAMAGED = ("{", '{"blocks": 3}')
# what becomes of the data on its way
WAYS = {
    "the title alone": lambda data: {name: data[name] for name in ("title", "slug", "name") if name in data},
    "no counts": without("-count$"),
    "no orders": without("-order$"),
    "no types": without("-type$"),
    "no marks of what was deleted": without("-deleted$"),
    "no values": without("-value"),
    "no counts of rows": without(ROWS.pattern),
    "no ids": without("-id$"),
    "words for numbers": instead(r"-(?:count|order)$", "mấy"),
    "one place for all": instead("-order$", "0"),
    "endless": instead(r"-(?:count|TOTAL_FORMS|INITIAL_FORMS)$", "999999999"),
    "below nothing": instead(r"-(?:count|TOTAL_FORMS|INITIAL_FORMS)$", "-1"),
    "unknown types": instead("-type$", "không-có"),
    "words for words in rich text": instead("-value(?:-text)?$|^(?:text|aims|background|conventions)$", "{"),
    "something else in rich text": instead("-value(?:-text)?$|^(?:text|aims|background|conventions)$", '{"blocks": 3}'),
    "another's rows": instead("-id$", "99999"),
}


@pytest.fixture
def manager(tree, client_of):
    return client_of(tree.cast.manager, raise_request_exception=False)


def filled(form) -> dict:
    """With one untouched block of each kind in each stream."""
    data = sent(form, **{name: "Bỏ dở" for name in ("title", "name") if name in form.fields})
    for name, field in form.fields.items():
        if isinstance(field, BlockField):
            data |= untouched(field.block, name)
    return data | ({"slug": "bo-do"} if "slug" in form.fields else {})


def lacks_a_stream(form, data: dict) -> bool:
    return any(isinstance(field, BlockField) and f"{name}-count" not in data for name, field in form.fields.items())


def lacks_a_rich_text(form, data: dict) -> bool:
    """Outside a stream."""
    names = [name for name, field in form.fields.items() if isinstance(field.widget, DraftailRichTextArea)]
    return any(data.get(name) in (None, *DAMAGED) for name in names)


def tried(form, data: dict, as_draft: bool):
    """The same form with this data, checked and with its values read as a template reads them."""
    kept = {"instance": form.instance, "for_user": form.for_user}
    if hasattr(form, "parent_page"):
        kept["parent_page"] = form.parent_page
    again = type(form)(as_query({name: str(value) for name, value in data.items()}), **kept)
    if as_draft:
        again.defer_required_fields()
    valid = again.is_valid()
    for one in (again, *(row for rows in again.formsets.values() for row in rows)):
        str([one[name].value() for name in one.fields])
    again.has_changed()
    return again, valid


def wrong_with(form) -> list[str]:
    whole, wrong = filled(form), []
    for name, way in WAYS.items():
        data = way(whole)
        for as_draft in (True, False):
            try:
                again, valid = tried(form, data, as_draft)
            except Exception as error:  # what a browser would see as a server error
                wrong.append(f"{name}, draft {as_draft}: {error!r}")
                continue
            if (lacks_a_stream(form, data) or lacks_a_rich_text(form, data)) and (
                valid or sentence() not in str(again.errors)
            ):
                wrong.append(f"{name}, draft {as_draft}: {again.errors}")
    return wrong


@each_type
def test_no_part_of_a_page_that_is_missing_or_wrong_ends_in_an_error(tree, model):
    assert wrong_with(form_of(model, parent_of(model), tree.cast.manager)) == []


@each_snippet
def test_nor_of_a_snippet(tree, model):
    form_class = get_edit_handler(model).get_form_class()
    assert wrong_with(form_class(instance=model(), for_user=tree.cast.manager)) == []


def stored(tree, manager, model):
    parent = parent_of(model)
    data = filled(form_of(model, parent, tree.cast.manager))
    answer = manager.post(add_address(model, parent), data, headers=JSON)
    assert answer.status_code == 200, answer.content.decode()
    return Page.objects.get(pk=answer.json()["pk"]).specific


@pytest.mark.parametrize("model", [LessonPage, MessagePage], ids=["LessonPage", "MessagePage"])
def test_on_every_screen_of_a_page_and_what_is_stored_stays(tree, manager, model):
    """Preview, saving by itself, saving; of a new page and of one that is stored."""
    page, parent = stored(tree, manager, model), parent_of(model)
    label = [model._meta.app_label, model._meta.model_name]
    before = page.get_latest_revision_as_object().serializable_data()
    data = sent(form_of(model, parent, tree.cast.manager, page.get_latest_revision_as_object()))
    cut = WAYS["the title alone"](data)
    add = (reverse("wagtailadmin_pages:preview_on_add", args=[*label, parent.pk]), add_address(model, parent))
    edit = [reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("preview_on_edit", "edit")]
    for preview, save in (add, edit):
        assert manager.post(preview, cut).json()["is_valid"] is False
        assert manager.post(save, cut, headers=JSON).status_code == 400
        refused = manager.post(save, cut)
        assert refused.status_code == 200
        assert sentence() in refused.content.decode()
    page = Page.objects.get(pk=page.pk).specific
    assert page.get_latest_revision_as_object().serializable_data() == before


def lesson_with_words(tree, manager):
    lesson = stored(tree, manager, LessonPage)
    lesson.body = [("takeaway", {"text": "Một câu."}), ("takeaway", {"text": "Hai câu."})]
    lesson.save_revision()
    return lesson


def edited(tree, lesson) -> tuple[str, dict]:
    form = form_of(LessonPage, lesson.get_parent(), tree.cast.manager, lesson.get_latest_revision_as_object())
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk]), sent(form)


def test_what_arrived_is_shown_and_what_did_not_is_as_stored(tree, manager):
    address, data = edited(tree, lesson_with_words(tree, manager))
    data |= {"body-0-value-text": "Câu vừa gõ.", "title": "Tên vừa gõ"}
    answer = manager.post(address, without("^body-count$")(data))
    form = answer.context["form"]
    assert form.errors == {"body": [sentence()]}
    assert [block.value["text"] for block in form["body"].value()] == ["Câu vừa gõ.", "Hai câu."]
    assert form["title"].value() == "Tên vừa gõ"
    assert json.dumps("Câu vừa gõ.")[1:-1] in answer.content.decode()
    nothing = manager.post(address, without("^body-")(data)).context["form"]
    assert [block.value["text"] for block in nothing["body"].value()] == ["Một câu.", "Hai câu."]


def test_the_order_of_what_arrived_is_kept(tree, manager):
    address, data = edited(tree, lesson_with_words(tree, manager))
    data |= {"body-0-order": "1", "body-1-order": "0"}
    form = manager.post(address, without("^body-count$")(data)).context["form"]
    assert [block.value["text"] for block in form["body"].value()] == ["Hai câu.", "Một câu."]


def test_a_count_that_lies_costs_no_more_than_what_was_sent():
    data = as_query({"body-0-type": "a", "body-1-type": "a", "body-9999-type": "a", "body-count": "99999999999"})
    arrived = Arrived(data, "body")
    assert arrived["body-count"] == 2
    assert arrived["body-0-deleted"] == ""
    assert not Arrived(as_query({"body": "x", "other-0-type": "a"}), "body")


@pytest.mark.parametrize("sent_instead", [*DAMAGED, "", '{"blocks": [{}]}', "7", None])
@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
def test_a_rich_text_that_is_damaged_or_did_not_arrive_loses_nothing(tree, manager, sent_instead, button):
    page = stored(tree, manager, NoticePage)
    page.text = "<p>Mời bà con</p>"
    page.save_revision()
    data = filled(form_of(NoticePage, page.get_parent(), tree.cast.manager, page)) | button
    data = {name: value for name, value in data.items() if name != "text"}
    data |= {"title": "Tên mới"} | ({} if sent_instead is None else {"text": sent_instead})
    answer = manager.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert sentence() in shown
    assert answer.context["form"]["text"].value() == "<p>Mời bà con</p>"
    assert "Tên mới" in shown
    kept = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (kept.title, kept.text) == ("Bỏ dở", "<p>Mời bà con</p>")


@pytest.mark.parametrize("hour", ["go_live_at", "expire_at"])
def test_an_hour_of_publishing_stays_where_the_form_has_no_dialog(tree, manager, hour):
    """Without scripts there is none, since Wagtail keeps it in a template."""
    page = stored(tree, manager, NoticePage)
    at = datetime(2030, 1, 1, 8, tzinfo=UTC)
    page.text = "<p>Mời bà con</p>"
    setattr(page, hour, at)
    page.save_revision()
    data = filled(form_of(NoticePage, page.get_parent(), tree.cast.manager, page))
    data = {name: value for name, value in data.items() if name not in ("go_live_at", "expire_at")}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    manager.post(address, data | {"title": "Tên mới"})
    kept = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (kept.title, getattr(kept, hour)) == ("Tên mới", at)
    # taken out by hand, it goes
    manager.post(address, data | {"go_live_at": "", "expire_at": ""})
    assert getattr(Page.objects.get(pk=page.pk).get_latest_revision_as_object(), hour) is None
