"""A draft may lack what its columns ask for: rows within every page type, and every snippet that has drafts."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField, TypedChoiceField
from django.urls import reverse
from editor_forms import sent, untouched
from modelcluster.models import get_all_child_relations
from new_pages import CREATABLE, JSON, add_address, form_of, parent_of
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import BlockField
from wagtail.models import DraftStateMixin, Page

from media.models import Recording
from pages.cms.drafts import lacking, numbers_of, sentences_of_lacking

pytestmark = pytest.mark.django_db
ROWS = [
    (model, relation.get_accessor_name())
    for model in CREATABLE
    for relation in get_all_child_relations(model)
    if not relation.related_model.__module__.startswith("wagtail.")
]
SNIPPETS = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)]
each_relation = pytest.mark.parametrize(("model", "relation"), ROWS, ids=lambda one: getattr(one, "__name__", one))
each_snippet = pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)


@pytest.fixture
def manager(tree, client_of):
    Recording.objects.create(title="Lời", type="audio", file="media/loi.mp3", duration=1)
    return client_of(tree.cast.manager, raise_request_exception=False)


def fillable(form) -> dict:
    return {name: field for name, field in form.fields.items() if name not in ("id", "ORDER", "DELETE")}


def value_for(field, number: int):
    if isinstance(field, ModelChoiceField):
        return field.queryset.all()[0].pk
    if isinstance(field, TypedChoiceField):
        return [key for key, _label in field.choices if key != ""][number]
    return "7"


def proposed(form) -> dict:
    values = {name: form.get_initial_for_field(field, name) for name, field in fillable(form).items()}
    return {name: "" if value is None else value for name, value in values.items()}


def row(formset, number: int, **typed) -> dict:
    """One that was added: as it is proposed, with what is typed."""
    values = proposed(formset.empty_form) | typed
    at = f"{formset.prefix}-{number}"
    own = {f"{at}-id": "", f"{at}-ORDER": number + 1, f"{at}-DELETE": ""}
    return own | {f"{at}-{name}": value for name, value in values.items()}


def management(formset, rows: int, initial: int = 0) -> dict:
    at = formset.prefix
    return {
        f"{at}-TOTAL_FORMS": rows,
        f"{at}-INITIAL_FORMS": initial,
        f"{at}-MIN_NUM_FORMS": 0,
        f"{at}-MAX_NUM_FORMS": 1000,
    }


def numbers(formset) -> list[str]:
    return [name for name in fillable(formset.empty_form) if name in numbers_of(formset.model)]


def asked(form) -> set[str]:
    return {name for name, field in fillable(form).items() if field.required}


def saved_twice_by_itself(client, address, edit_of, data):
    """(primary key, what the form in the browser sends next)."""
    first = client.post(address, data, headers=JSON)
    assert first.status_code == 200, first.content.decode()
    said = first.json()
    for _time in range(2):
        data = data | said["field_updates"] | {"overwrite_revision_id": said["revision_id"]}
        answer = client.post(edit_of(said["pk"]), data, headers=JSON)
        assert answer.status_code == 200, answer.content.decode()
        said = said | answer.json()
    return said["pk"], data | said["field_updates"]


def edit_page(pk) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])


def complete(form) -> dict:
    """What a page must have, besides rows."""
    return {
        name: value_for(field, 0)
        for name, field in form.fields.items()
        if field.required and not isinstance(field, BlockField) and form.initial.get(name) in (None, "")
    }


@each_relation
def test_a_row_is_kept_as_it_was_left_and_asked_for_at_publishing(tree, manager, model, relation):
    parent = parent_of(model)
    form = form_of(model, parent, tree.cast.manager)
    formset = form.formsets[relation]
    names = fillable(formset.empty_form)
    # one without a thing, one as it was added, and two that lack nothing but one thing, each thing in turn
    only = sorted(asked(formset.empty_form)) * 2
    full = [{name: value_for(field, number) for name, field in names.items()} for number in range(len(only) + 2)]
    rows = [dict.fromkeys(names, ""), proposed(formset.empty_form)]
    rows += [full[number] | {name: ""} for number, name in enumerate(only, start=2)]
    # a quiz that draws counts what it has
    page_data = sent(form) | complete(form) | {"title": "Bỏ dở", "slug": "bo-do", "draw_from": "khoa"}
    data = page_data | management(formset, len(rows))
    for number, typed in enumerate(rows):
        data |= row(formset, number, **typed)
    pk, again = saved_twice_by_itself(manager, add_address(model, parent), edit_page, data)
    edit = edit_page(pk)
    assert manager.post(edit, again).status_code == 302
    # whoever comes back finds what was left
    for address in (
        edit,
        reverse("wagtailadmin_pages:view_draft", args=[pk]),
        reverse("wagtailadmin_pages:history", args=[pk]),
    ):
        assert manager.get(address).status_code == 200
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[pk, "earliest", "latest"])
    assert manager.get(compare).status_code == 200
    shown = manager.get(edit).context["form"]
    kept = shown.formsets[relation].initial_forms
    left = [{name: one[name].value() or "" for name in names} for one in kept]
    wanted = [{name: str(value) for name, value in typed.items()} for typed in rows]
    assert [{name: str(value) for name, value in one.items()} for one in left] in (wanted, wanted[2:])
    # publishing says it beside the fields, and what was left stays
    data = sent(shown)
    refused = manager.post(edit, data | {"action-publish": "1"})
    assert refused.status_code == 200
    lacks = [{name for name in asked(one) if one[name].value() in (None, "")} for one in kept]
    said = refused.context["form"].formsets[relation].errors
    assert [set(errors) for errors in said] == lacks
    assert all(str(sentence) for errors in said for some in errors.values() for sentence in some)
    # and nobody else publishes it either, who asks no form
    draft = Page.objects.get(pk=pk).specific
    assert len(list(sentences_of_lacking(draft.get_latest_revision_as_object()))) == sum(map(len, lacks))
    with pytest.raises(ValidationError):
        draft.get_latest_revision().publish(user=tree.cast.manager, skip_permission_checks=True)
    assert not Page.objects.get(pk=pk).live
    stays = refused.context["form"].formsets[relation].forms
    assert [{name: str(one[name].value() or "") for name in names} for one in stays] == [
        {name: str(one[name].value() or "") for name in names} for one in kept
    ]
    for number, one in enumerate(kept):
        data |= {one.add_prefix(name): value for name, value in full[number].items()}
    published = manager.post(edit, data | {"action-publish": "1"})
    assert published.status_code == 302, published.context["form"].errors
    page = Page.objects.get(pk=pk).specific
    assert page.live
    rows = list(getattr(page, relation).all())
    assert len(rows) == len(kept)
    assert not any(map(lacking, rows))
    assert all(getattr(one, name) == 7 for one in rows for name in numbers(formset))
    # a draft beside the published page lacks them again, the page does not
    shown = manager.get(edit).context["form"]
    data = sent(shown)
    for one in shown.formsets[relation].initial_forms:
        data |= {one.add_prefix(name): "" for name in names}
    assert manager.post(edit, data, headers=JSON).status_code == 200
    left = manager.get(edit).context["form"].formsets[relation].initial_forms
    assert {one[name].value() or "" for one in left for name in names} == {""}
    assert not any(map(lacking, getattr(Page.objects.get(pk=pk).specific, relation).all()))


def address_of(model, view: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def emptied(data: dict) -> dict:
    """Without what blocks propose; what says which blocks there are stays, and what is ticked."""
    shape = ("-count", "-deleted", "-order", "-type", "-id")
    # of several boxes of one name with none ticked, a browser sends nothing
    left = {name: [] if isinstance(value, list) else "" for name, value in data.items()}
    return {
        name: value if name.endswith(shape) or value in ("on", "null") else left[name] for name, value in data.items()
    }


def each_body(form):
    """Each block of each stream of the form with nothing in it."""
    streams = [(name, field.block) for name, field in form.fields.items() if isinstance(field, BlockField)]
    for name, block in streams:
        for kind, child in block.child_blocks.items():
            at = f"{name}-0"
            body = {f"{name}-count": 1, f"{at}-deleted": "", f"{at}-order": 0, f"{at}-type": kind, f"{at}-id": ""}
            yield body | emptied(untouched(child, f"{at}-value"))
    if not streams:
        yield {}


@each_snippet
def test_a_snippet_is_kept_as_it_was_left_and_asked_for_at_publishing(tree, manager, model):
    form = get_edit_handler(model).get_form_class()(instance=model(), for_user=tree.cast.manager)
    streams = {name for name, field in form.fields.items() if isinstance(field, BlockField)}
    nothing = dict.fromkeys(asked(form) - streams, "")
    assert nothing

    def edit_of(pk) -> str:
        return address_of(model, "edit", pk)

    for body in each_body(form):
        data = sent(form) | body | nothing
        pk, again = saved_twice_by_itself(manager, address_of(model, "add"), edit_of, data)
        # whoever goes back to the first form begins another one
        assert manager.post(address_of(model, "add"), data, headers=JSON).status_code == 200
        assert manager.post(edit_of(pk), again).status_code == 302
        shown = manager.get(edit_of(pk)).context["form"]
        assert {name: shown[name].value() or "" for name in nothing} == nothing
        refused = manager.post(edit_of(pk), again | {"action-publish": "1"}).context["form"]
        assert (nothing.keys() | streams) <= refused.errors.keys()
        assert {name: refused[name].value() for name in nothing} == nothing
        assert not model.objects.get(pk=pk).live
    # the last of them, once it is filled in
    full = {name: value_for(form.fields[name], 0) for name in nothing}
    assert manager.post(edit_of(pk), again | full).status_code == 302
    assert {name: str(manager.get(edit_of(pk)).context["form"][name].value()) for name in nothing} == {
        name: str(value) for name, value in full.items()
    }
    refused = manager.post(edit_of(pk), again | full | {"action-publish": "1"}).context["form"]
    assert refused.errors.keys() == streams
    whole = model.objects.filter(live=True)[0]
    filled = sent(get_edit_handler(model).get_form_class()(instance=whole, for_user=tree.cast.manager))
    bodies = {name: value for name, value in filled.items() if name.split("-")[0] in streams}
    empty = {name for name in again if name.split("-")[0] in streams}
    data = {name: value for name, value in again.items() if name not in empty} | bodies | full
    assert manager.post(edit_of(pk), data | {"action-publish": "1"}).status_code == 302
    assert model.objects.get(pk=pk).live
