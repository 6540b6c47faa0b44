"""A page that a program publishes is what an editor's would be."""

import pytest
from django.forms.models import model_to_dict
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.signals import page_published, published

from pages.home.page import create_home
from pages.models import HomePage, TextPage
from pages.publishing import add_published

pytestmark = pytest.mark.django_db

# what two pages never share
OWN = {"id", "page_ptr", "path", "slug", "url_path", "title", "draft_title", "translation_key"}
TIMES = {"latest_revision_created_at", "first_published_at", "last_published_at", "latest_revision", "live_revision"}


@pytest.fixture
def home(db):
    return create_home()


def new(slug: str) -> TextPage:
    body = [("paragraph", "<p>Gọi 111 khi cần giúp.</p>")]
    return TextPage(title=f"Trang {slug}", slug=slug, summary="Một trang.", body=body, show_in_menus=True)


@pytest.fixture
def pages(home):
    """(as Wagtail publishes it, as this does), read again from the database."""
    theirs, ours = new("theirs"), new("ours")
    home.add_child(instance=theirs)
    theirs.save_revision().publish()
    add_published(HomePage.objects.get(pk=home.pk), ours)
    return TextPage.objects.get(pk=theirs.pk), TextPage.objects.get(pk=ours.pk)


def columns(page) -> dict:
    return {field.name: field.value_from_object(page) for field in page._meta.concrete_fields}


def test_it_has_the_same_fields(pages):
    theirs, ours = map(columns, pages)
    assert {name for name in theirs if str(theirs[name]) != str(ours[name])} <= OWN | TIMES
    for name in TIMES:
        assert theirs[name] is not None
        assert ours[name] is not None


def test_its_one_revision_is_live_and_says_the_same(pages):
    theirs, ours = pages
    assert ours.revisions.count() == theirs.revisions.count() == 1
    assert ours.live_revision == ours.latest_revision == ours.revisions.get()
    kept = [page.revisions.get() for page in pages]
    ids = {"pk", *OWN}
    said = [{name: value for name, value in one.content.items() if name not in ids} for one in kept]
    assert said[0].keys() == said[1].keys()
    assert {name for name in said[0] if said[0][name] != said[1][name]} <= {"latest_revision_created_at", "body"}
    assert [one.user_id for one in kept] == [None, None]
    assert model_to_dict(ours.revisions.get().as_object())["title"] == ours.title


def test_its_history_tells_the_same(pages):
    def told(page):
        entries = PageLogEntry.objects.filter(page=page.pk).order_by("pk")
        return [
            (entry.action, entry.user, entry.revision == page.live_revision, entry.content_changed) for entry in entries
        ]

    theirs, ours = map(told, pages)
    assert ("wagtail.publish", None, True, True) in theirs
    assert ours == theirs


def test_it_is_announced_once(home):
    heard = []

    def hear(sender, instance, revision, **kwargs):
        heard.append((sender, instance.pk, revision))

    for signal in (page_published, published):
        signal.connect(hear)
    try:
        page = add_published(home, new("ours"))
    finally:
        for signal in (page_published, published):
            signal.disconnect(hear)
    assert heard == [(TextPage, page.pk, page.live_revision)] * 2


def test_what_it_refers_to_is_known(pages):
    theirs, ours = (ReferenceIndex.get_references_for_object(page).count() for page in pages)
    assert theirs == ours


def test_it_is_found_by_search_and_served(pages, client):
    for page in pages:
        assert client.get(page.url).status_code == 200
