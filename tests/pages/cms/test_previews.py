"""Whoever may edit a page sees it before it is published: each type, new and old, in every role."""

import pytest
from django.urls import reverse
from editor_forms import sent
from factories import make_page
from rows import create_rows
from sharing import shared
from wagtail.models import Page, get_page_models

from campaigns.communes.notices import NoticePage
from pages.contacts.page import ContactsPage
from pages.home.page import HomePage
from pages.models import TextPage

pytestmark = pytest.mark.django_db
# an administrator may edit the same pages as a manager
EVERY_ROLE = pytest.mark.soak("previews in every role")
EDITORS = ["editor", "trainer", "unit_head", "translator", "manager", "local"]
EDITORS.append(pytest.param("administrator", marks=EVERY_ROLE))
OURS = [model for model in get_page_models() if model is not Page]


@shared
def tree(cast):
    """A page of every type, published, and one of each below the commune and the course that was never published."""
    it = create_rows(cast)
    make_page(it.home, TextPage, "Luật nói gì", summary="Luật.")
    make_page(it.home, ContactsPage, "Gọi ai", heading="Gọi ai")
    for name, live in (("Họp thôn", True), ("Chưa đăng", False)):
        make_page(it.spaces[cast.units.tay_giang.pk], NoticePage, name, text="<p>Mời bà con.</p>", live=live)
    it.cast = cast
    return it


def form_for(model, parent, user, instance=None):
    form_class = model.get_edit_handler().get_form_class()
    return form_class(instance=instance or model(), parent_page=parent, for_user=user)


def previews(client, address: str, data: dict, page) -> list[str]:
    """What goes wrong between “xem trước” and the drawn page, in each mode; [] for nothing."""
    answer = client.post(address, data)
    if answer.json() != {"is_valid": True, "is_available": True}:
        return [f"{address}: {answer.content.decode()}"]
    wrong = []
    for mode, _label in page.preview_modes:
        drawn = client.get(address, {"mode": mode})
        html = drawn.content.decode()
        if drawn.status_code != 200 or "</html>" not in html or "Không xem trước được" in html:
            wrong.append(f"{address}?mode={mode}: {drawn.status_code}")
        wrong += [f"{address}: {part}" for part in ("None/", ">None<", "/0/ma.svg") if part in html]
    return wrong


@pytest.mark.parametrize("who", EDITORS)
def test_what_somebody_may_write_anew_is_previewed_before_it_is_saved(tree, client_of, who):
    user, tried, wrong = getattr(tree.cast, who), [], []
    client = client_of(user)
    for model in OURS:
        for parent_model in model.allowed_parent_page_models():
            for parent in parent_model.objects.all()[:3]:
                may = parent.permissions_for_user(user).can_add_subpage()
                if not may or model not in parent.creatable_subpage_models() or not model.can_create_at(parent):
                    continue
                label = [model._meta.app_label, model._meta.model_name]
                address = reverse("wagtailadmin_pages:preview_on_add", args=[*label, parent.pk])
                data = sent(form_for(model, parent, user), title="Trang mới", slug="trang-moi")
                wrong += previews(client, address, data, model())
                tried.append(model)
    assert wrong == []
    if who in {"manager", "administrator"}:
        assert {*tried} >= {model for model in OURS if model.is_creatable and model.max_count is None} - {HomePage}


@pytest.mark.parametrize("who", EDITORS)
def test_what_somebody_may_edit_is_previewed_as_it_is_in_the_form_and_as_it_was_saved(tree, client_of, who):
    user, seen, wrong = getattr(tree.cast, who), set(), []
    client = client_of(user)
    for page in Page.objects.filter(depth__gt=1).specific():
        if not page.permissions_for_user(user).can_edit():
            continue
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        form = form_for(type(page), page.get_parent(), user, page.get_latest_revision_as_object())
        wrong += previews(client, address, sent(form), page)
        saved = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        if saved.status_code != 200:
            wrong.append(f"saved {page}: {saved.status_code}")
        seen.add(type(page))
    assert wrong == []
    if who in {"manager", "administrator"}:
        assert seen == {*OURS}


def test_a_page_that_nobody_can_open_yet_shows_no_code_to_it(tree, client_of):
    notice = Page.objects.get(title="Chưa đăng")
    client = client_of(tree.cast.editor)
    drawn = client.get(reverse("wagtailadmin_pages:view_draft", args=[notice.pk])).content.decode()
    assert "Mời bà con." in drawn
    assert "ma.svg" not in drawn
    published = Page.objects.get(title="Họp thôn")
    drawn = client.get(reverse("wagtailadmin_pages:view_draft", args=[published.pk])).content.decode()
    assert f"/chia-se/{published.pk}/ma.svg" in drawn
