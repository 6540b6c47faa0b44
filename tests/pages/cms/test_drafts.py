"""A draft may be incomplete: each page type and block is saved as it was added; publishing says what is missing."""

import pytest
from django.forms import IntegerField
from django.urls import reverse
from editor_forms import sent, untouched
from new_pages import CREATABLE, JSON, add_address, form_of, parent_of
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import BlockField
from wagtail.models import Page

from campaigns.communes.commune import CommunesPage
from campaigns.communes.notices import NoticePage
from courses.content.quiz import QuizPage
from courses.practice.conversations.page import ConversationPage
from courses.questions.bank import Question
from pages.cms.drafts import numbers_of
from pages.contacts.page import ContactsPage

pytestmark = pytest.mark.django_db
# what is taken out of a form that proposes it
EMPTIED = {"CampaignPage": {"year": "", "starts_on": "", "day": "", "ends_on": ""}}
# what a published page of this type must have, besides blocks
LACKING = {NoticePage, QuizPage, ConversationPage, ContactsPage}
each_type = pytest.mark.parametrize("model", CREATABLE, ids=lambda model: model.__name__)


@pytest.fixture
def manager(tree, client_of):
    return client_of(tree.cast.manager, raise_request_exception=False)


def blocks_of(form) -> dict:
    """Each stream of the form with one untouched block of each kind."""
    data = {}
    for name, field in form.fields.items():
        if isinstance(field, BlockField):
            data |= untouched(field.block, name)
    return data


@each_type
def test_a_new_page_is_kept_as_it_was_left_and_again_and_says_what_is_missing(tree, manager, model):
    """With a block of each kind in each of its streams, none of them filled in."""
    if model is CommunesPage:  # there is one already, and one at most
        Page.objects.type(CommunesPage).get().delete()
    parent = parent_of(model)
    form = form_of(model, parent, tree.cast.manager)
    data = sent(form, title="Bỏ dở", slug="bo-do") | blocks_of(form) | EMPTIED.get(model.__name__, {})
    first = manager.post(add_address(model, parent), data, headers=JSON)
    assert first.status_code == 200, first.content.decode()
    saved = first.json()
    page = Page.objects.get(pk=saved["pk"]).specific
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    # the form in the browser goes on with what it was told, and is opened again later
    again = data | saved["field_updates"] | {"overwrite_revision_id": saved["revision_id"]}
    assert manager.post(edit, again | {"title": "Bỏ dở hai"}, headers=JSON).status_code == 200
    assert manager.get(saved["hydrate_url"]).status_code == 200
    assert manager.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    assert manager.post(edit, again | {"title": "Bỏ dở ba"}).status_code == 302
    # whoever goes back to the first form is told that its address is taken
    returned = manager.post(add_address(model, parent), data, headers=JSON)
    # or led away, where there is one below its parent
    assert returned.status_code in (400, 302)
    page = page.get_latest_revision_as_object()
    assert page.title == "Bỏ dở ba"
    data = sent(form_of(model, parent, tree.cast.manager, page))
    assert manager.post(edit, data, headers=JSON).status_code == 200
    published = manager.post(edit, data | {"action-publish": "1"})
    assert (published.status_code == 200) is bool(blocks_of(form) or model in LACKING)
    assert published.status_code == 302 or published.context["form"].errors


@each_type
def test_a_new_page_without_an_address_has_one_of_its_title(tree, manager, model):
    """A script fills that field; where scripts do not run it arrives empty."""
    if model is CommunesPage:
        Page.objects.type(CommunesPage).get().delete()
    parent = parent_of(model)
    data = sent(form_of(model, parent, tree.cast.manager), title="Bỏ dở", slug="")
    answer = manager.post(add_address(model, parent), data)
    assert answer.status_code == 302, answer.context["form"].errors
    page = Page.objects.child_of(parent).order_by("-pk")[0]
    assert page.slug.startswith("bo-do")
    # one that has an address keeps it
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = sent(form_of(model, parent, tree.cast.manager, page.specific), slug="")
    assert list(manager.post(edit, data).context["form"].errors) == ["slug"]


EMPTY = '{"blocks": [{"key": "k", "type": "unstyled", "text": "%s", "depth": 0, "inlineStyleRanges": [], '
EMPTY += '"entityRanges": []}], "entityMap": {}}'


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0\u200b"])
def test_a_text_of_empty_paragraphs_is_none(tree, manager, blank):
    """As an editor sends it whose script did not run, or in which somebody pressed the space bar."""
    parent = parent_of(NoticePage)
    form = form_of(NoticePage, parent, tree.cast.manager)
    data = sent(form, title="Họp thôn", slug="hop-thon") | {"text": EMPTY % blank}
    for act in ("action-publish", "action-submit"):
        answer = manager.post(add_address(NoticePage, parent), data | {act: "1"})
        assert list(answer.context["form"].errors) == ["text"]
    assert manager.post(add_address(NoticePage, parent), data).status_code == 302
    assert NoticePage.objects.get(slug="hop-thon").get_latest_revision_as_object().text == ""


def test_a_line_or_a_picture_in_a_text_is_something(tree):
    field = form_of(NoticePage, parent_of(NoticePage), tree.cast.manager).fields["text"]
    for text in ("<p>a</p>", "<hr/>", '<embed embedtype="image" id="1"/>', "<p>&amp;</p>"):
        assert field.clean(text) == text


def numbers_in(form) -> list[str]:
    return [name for name, field in form.fields.items() if isinstance(field, IntegerField) and field.required]


# the minutes of a lesson are worked out from its text where none are given
WITH_NUMBERS = [model for model in CREATABLE if numbers_of(model).keys() - {"path", "depth", "numchild", "minutes"}]


@pytest.mark.parametrize("model", WITH_NUMBERS, ids=lambda model: model.__name__)
def test_a_number_that_was_cleared_stays_empty_in_the_draft_and_is_asked_for_at_publishing(tree, manager, model):
    parent = parent_of(model)
    form = form_of(model, parent, tree.cast.manager)
    names = numbers_in(form)
    assert names
    data = sent(form, title="Bỏ dở", slug="bo-do") | dict.fromkeys(names, "")
    first = manager.post(add_address(model, parent), data, headers=JSON)
    assert first.status_code == 200, first.content.decode()
    page = Page.objects.get(pk=first.json()["pk"]).specific
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert manager.post(edit, data | {"title": "Bỏ dở hai"}).status_code == 302
    assert manager.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    shown = manager.get(edit).context["form"]
    assert {shown[name].value() for name in names} == {None}
    refused = manager.post(edit, data | {"action-publish": "1"}).context["form"].errors
    assert set(names) <= refused.keys()
    assert not Page.objects.get(pk=page.pk).live


def test_a_question_of_each_kind_is_kept_as_it_was_left_and_does_not_go_live(tree, manager):
    block, address = (
        Question._meta.get_field("body").stream_block,
        reverse(Question.snippet_viewset.get_url_name("add")),
    )
    form_class = get_edit_handler(Question).get_form_class()
    for kind, child in block.child_blocks.items():
        body = {"body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": kind, "body-0-id": ""}
        body |= untouched(child, "body-0-value")
        data = sent(form_class(instance=Question(), for_user=tree.cast.manager), name=f"Bỏ dở {kind}") | body
        saved = manager.post(address, data, headers=JSON)
        assert saved.status_code == 200, f"{kind}: {saved.content.decode()}"
        edit = reverse(Question.snippet_viewset.get_url_name("edit"), args=[saved.json()["pk"]])
        assert manager.get(edit).status_code == 200
        again = data | saved.json()["field_updates"] | {"overwrite_revision_id": saved.json()["revision_id"]}
        assert manager.post(edit, again, headers=JSON).status_code == 200
        assert manager.post(edit, data | {"action-publish": "1"}).context["form"].errors
    assert not Question.objects.filter(name__startswith="Bỏ dở", live=True).exists()
