"""What only breaks things is closed, on the screens and in the store; what has expired can still be edited."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent
from factories import make_page
from wagtail.models import Locale, Page, Site

from campaigns.communes.notices import NoticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(tree, client_of):
    return client_of(tree.cast.administrator)


def there(home) -> bool:
    return Page.objects.filter(pk=home.pk, live=True, depth=2).exists() and Site.objects.filter(root_page=home).exists()


def test_the_site_has_no_screens(tree, administrator):
    for path in ("", "new/", f"edit/{tree.site.pk}/", f"delete/{tree.site.pk}/"):
        assert administrator.get(f"/cms/sites/{path}").status_code == 404
        assert administrator.post(f"/cms/sites/{path}").status_code == 404
    assert "/cms/sites/" not in administrator.get("/cms/").content.decode()


def test_no_news_of_wagtail_asks_to_be_looked_at(tree, administrator):
    html = administrator.get("/cms/").content.decode()
    assert "whats-new-in-wagtail" not in html
    assert "editor-guide" not in html


def test_the_last_site_and_its_first_page_are_not_deleted_by_anything(tree):
    for delete in (Site.objects.get().delete, Site.objects.all().delete, Page.objects.get(pk=tree.home.pk).delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    other = make_page(Page.objects.get(depth=1), type(tree.home.specific), "Khác", heading="A", lead="B")
    Site.objects.create(hostname="khac.example", root_page=other).delete()
    assert there(tree.home)


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_the_first_page_is_neither_deleted_nor_taken_down(tree, administrator, action):
    administrator.post(reverse(f"wagtailadmin_pages:{action}", args=[tree.home.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    administrator.post(f"{bulk}?id={tree.home.pk}")
    assert there(tree.home)


def test_the_first_page_is_not_shut_behind_a_password(tree, administrator):
    form = {"restriction_type": "login"}
    administrator.post(reverse("wagtailadmin_pages:set_privacy", args=[tree.home.pk]), form)
    assert not Page.objects.get(pk=tree.home.pk).get_view_restrictions().exists()


def test_the_first_language_keeps_its_code(tree, administrator):
    vi = Locale.objects.get(language_code="vi")
    for path in (f"/cms/locales/edit/{vi.pk}/", f"/cms/locales/delete/{vi.pk}/"):
        assert administrator.get(path).url == "/cms/"
        assert administrator.post(path, {"language_code": "lo"}).url == "/cms/"
    assert Locale.objects.filter(pk=vi.pk, language_code="vi").exists()


# --- what has expired


@pytest.fixture
def expired(tree):
    space = tree.spaces[tree.cast.units.tay_giang.pk]
    notice = make_page(space, NoticePage, "Họp thôn", text="<p>Mời bà con.</p>")
    notice.expire_at = timezone.now() - timedelta(seconds=90)
    notice.save_revision().publish()
    Page.objects.filter(pk=notice.pk).update(live=False, expired=True)
    return NoticePage.objects.get(pk=notice.pk)


def form_of(notice, user, **typed):
    form_class = NoticePage.get_edit_handler().get_form_class()
    return sent(form_class(instance=notice, parent_page=notice.get_parent(), for_user=user), **typed)


def test_an_expired_notice_is_edited_and_keeps_its_day(tree, expired, client_of):
    data = form_of(expired, tree.cast.editor, title="Họp thôn lần hai")
    assert data["expire_at"]
    address = reverse("wagtailadmin_pages:edit", args=[expired.pk])
    client = client_of(tree.cast.editor)
    assert client.post(address, data, headers={"Accept": "application/json"}).status_code == 200
    assert client.post(address, data).status_code == 302
    draft = Page.objects.get(pk=expired.pk).get_latest_revision_as_object()
    assert draft.title == "Họp thôn lần hai"
    assert abs(draft.expire_at - expired.expire_at) < timedelta(seconds=1)


def test_what_is_wrong_with_the_days_is_said_above_the_form(tree, expired, client_of):
    client, address = client_of(tree.cast.editor), reverse("wagtailadmin_pages:edit", args=[expired.pk])
    other_day = (timezone.localtime() - timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    for typed in ({"action-submit": "1"}, {"expire_at": other_day}):
        answer = client.post(address, form_of(expired, tree.cast.editor, **typed))
        assert answer.status_code == 200
        said = str(answer.context["form"].non_field_errors())
        assert "Sửa hoặc xóa trong phần lên trang và hết hạn" in said
        assert "expire_at" in answer.context["form"].errors
