"""What raises the content version, through the editors' own screens: only what somebody may read changes it."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent
from factories import make_page
from numbers_called import called
from sharing import shared
from telephones import of_bytes, taken
from wagtail.models import Page, PageViewRestriction

from media.models import DocumentFile, Picture, Recording
from outbox.chores import publish_scheduled
from pages.contacts.confirming import record_call, take_off
from pages.contacts.contact import Contact
from pages.serving import cache, version
from pages.texts import TextPage
from people.times import today

pytestmark = pytest.mark.django_db
BODY = json.dumps([{"type": "text", "value": "<p>Lời.</p>"}])


def picture_named(title):
    words = {"credit": "Sở", "consent": "không có người", "description": "Ngôi nhà"}
    return Picture.objects.create(title=title, file=ContentFile(taken("PNG"), name=f"{title}.png"), **words)


@shared
def rows(cast, starter):
    """A live page with a draft beside it, a live one below a closed one; a picture that is shown, and one not."""
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    live = make_page(starter, TextPage, "Sống", slug="song", body=BODY)
    draft = make_page(starter, TextPage, "Nháp", slug="nhap", live=False, body=BODY)
    above = make_page(starter, TextPage, "Đóng", slug="dong", live=False, body=BODY)
    make_page(above, TextPage, "Dưới", slug="duoi", body=BODY)
    for page in (live, draft):
        page.save_revision()
    starter.scene, starter.picture = "", picture_named("Dung")
    starter.save_revision().publish()
    unit = cast.units.tay_giang
    known = Contact.objects.create(number="0235 1", name="Xã", when="x", unit=unit)
    called(known, cast.administrator)
    return SimpleNamespace(
        home=starter,
        live=live,
        draft=draft,
        above=above,
        shown=starter.picture,
        unused=picture_named("Khong"),
        document=DocumentFile.objects.create(title="Tệp", file=ContentFile(b"x", name="tep.txt")),
        recording=Recording.objects.create(title="Lời", type="audio", duration=1, file=of_bytes(1, "a.mp3")),
        known=known,
        unknown=Contact.objects.create(number="0235 2", name="Xã", when="x", unit=unit),
        user=cast.manager,
        head=cast.administrator,
    )


class Editor:
    """Does one thing at a time, as the browser of an editor sends it."""

    def __init__(self, client, it):
        self.client, self.it = client, it

    def post(self, name, *args, **data):
        answer = self.client.post(reverse(name, args=args), data)
        assert answer.status_code in (200, 302), answer.content.decode()[:2000]
        if answer.status_code == 200 and (context := answer.context) and (form := context.get("form")):
            assert not form.errors, form.errors
        return answer

    def form_of(self, page, **typed):
        page = Page.objects.get(pk=page.pk).specific
        form = page.get_edit_handler().get_form_class()
        return sent(form(instance=page, parent_page=page.get_parent(), for_user=self.it.user), **typed)

    def save(self, page, **typed):
        self.post("wagtailadmin_pages:edit", page.pk, **self.form_of(page, **typed))

    def look(self, page):
        self.client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), self.form_of(page))
        assert self.client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])).status_code == 200

    def picture(self, name, *args, **fields):
        self.post(
            name,
            *args,
            **{"title": "Hình", "description": "Nhà", "credit": "Sở", "consent": "x", "collection": 1, **fields},
        )

    def contact(self, contact, **changed):
        row = {"number": contact.number, "name": contact.name, "when": "x", "order": 50, "unit_code": "20455"}
        blank = dict.fromkeys(("hours", "cost", "source", "note", "country"), "")
        answer = self.client.post(f"/cms/so-lien-he/edit/{contact.pk}/", {**row, **blank, **changed})
        assert answer.status_code == 302


def render(picture):
    picture.get_rendition("width-20|format-jpeg")


def change_and_confirm(editor, it):
    editor.contact(it.known, name="Ủy ban")
    called(it.known, it.head)


def close(page):
    page.live = False
    page.save()


def add_draft(editor, it):
    form = TextPage.get_edit_handler().get_form_class()(instance=TextPage(), parent_page=it.home, for_user=it.user)
    editor.post("wagtailadmin_pages:add", "pages", "textpage", it.home.pk, **sent(form, title="Mới", slug="moi"))


def schedule(editor, it):
    """For tomorrow: nothing shows until then."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    editor.save(it.draft, go_live_at=tomorrow.strftime("%d/%m/%Y %H:%M"), **{"action-publish": "1"})


def scheduled_time_comes(editor, it):
    page = Page.objects.get(pk=it.draft.pk)
    page.latest_revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    page.latest_revision.save()
    publish_scheduled(timezone.now())


def upload(editor, it):
    editor.picture("wagtailimages:add", file=SimpleUploadedFile("moi.png", taken("PNG", (9, 9))))


QUIET = {
    "a draft of a live page": lambda e, it: e.save(it.live, title="Sắp đổi"),
    "a draft of a page that was never live": lambda e, it: e.save(it.draft, title="Còn viết"),
    "a new draft": add_draft,
    "a lock": lambda e, it: e.post("wagtailadmin_pages:lock", it.live.pk),
    "a lock taken off": lambda e, it: e.post("wagtailadmin_pages:unlock", it.live.pk),
    "a preview": lambda e, it: e.look(it.live),
    "a draft moved": lambda e, it: e.post("wagtailadmin_pages:move_confirm", it.draft.pk, it.live.pk),
    "a draft deleted": lambda e, it: e.post("wagtailadmin_pages:delete", it.draft.pk),
    "a draft that waits for its day": schedule,
    "a draft sent for review": lambda e, it: e.save(it.live, **{"action-submit": "1"}),
    "a picture uploaded": upload,
    "sizes of a picture that nothing shows": lambda e, it: render(it.unused),
    "words of a picture that nothing shows": lambda e, it: e.picture("wagtailimages:edit", it.unused.pk),
    "a picture deleted that nothing shows": lambda e, it: e.post("wagtailimages:delete", it.unused.pk),
    "a document uploaded": lambda e, it: e.post(
        "wagtaildocs:add", title="Đơn", collection=1, file=SimpleUploadedFile("don.txt", b"x")
    ),
    "a document that nothing shows": lambda e, it: e.post(
        "wagtaildocs:edit", it.document.pk, title="Khác", collection=1
    ),
    "a recording that nothing shows": lambda e, it: it.recording.save(),
    "words of a public number that wait for a call": lambda e, it: e.contact(it.known, name="Ủy ban"),
    "where a public number is from": lambda e, it: e.contact(it.known, source="Công văn 1"),
    "a first call": lambda e, it: record_call(it.unknown, it.user, today(), True, timezone.now()),
    "a number that nobody confirmed": lambda e, it: e.contact(it.unknown, name="Ủy ban"),
    "a number deleted that nobody confirmed": lambda e, it: it.unknown.delete(),
    "somebody signs in": lambda e, it: e.client.get("/cms/"),
}
SEEN = {
    "a page published": lambda e, it: e.save(it.live, title="Đã đổi", **{"action-publish": "1"}),
    "a draft published": lambda e, it: e.save(it.draft, **{"action-publish": "1"}),
    "a page taken off": lambda e, it: e.post("wagtailadmin_pages:unpublish", it.live.pk),
    "a live page moved": lambda e, it: e.post("wagtailadmin_pages:move_confirm", it.live.pk, it.draft.pk),
    "a live page deleted": lambda e, it: e.post("wagtailadmin_pages:delete", it.live.pk),
    "a page saved by a script": lambda e, it: it.live.save(),
    "a page closed by a script": lambda e, it: close(it.live),
    "a closed page renamed above a live one": lambda e, it: e.save(it.above, title="Trên"),
    "a time that comes": scheduled_time_comes,
    "a page that only some may read": lambda e, it: PageViewRestriction.objects.create(
        page=it.live, restriction_type="login"
    ),
    "words of a picture that a page shows": lambda e, it: e.picture("wagtailimages:edit", it.shown.pk),
    "another file of a picture that a page shows": lambda e, it: e.picture(
        "wagtailimages:edit", it.shown.pk, file=SimpleUploadedFile("khac.png", taken("PNG", (9, 9)))
    ),
    "sizes of a picture that a page shows": lambda e, it: render(it.shown),
    "a picture deleted that a page shows": lambda e, it: e.post("wagtailimages:delete", it.shown.pk),
    "words of a public number, confirmed": lambda e, it: (
        e.contact(it.known, name="Ủy ban"),
        called(it.known, it.head),
    ),
    "a number confirmed": lambda e, it: called(it.unknown, it.user),
    "a number taken off": lambda e, it: take_off(it.known, it.user, "Đổi số", timezone.now()),
    "a number that nobody answers": lambda e, it: record_call(it.known, it.user, today(), False, timezone.now()),
    "a public number deleted": lambda e, it: it.known.delete(),
}


@pytest.fixture
def editor(rows, client_of):
    for picture in (rows.shown, rows.unused):
        # each test has a store of its own
        picture.file.storage.save(picture.file.name, ContentFile(taken("PNG")))
    return Editor(client_of(rows.user), rows)


@pytest.fixture
def raised(rows, editor, django_capture_on_commit_callbacks):
    """Whether this change raised the version, by the time that it is there for all."""

    def changed_by(act) -> bool:
        before = version.current()
        with django_capture_on_commit_callbacks(execute=True):
            act(editor, rows)
        return version.current() != before

    return changed_by


@pytest.mark.parametrize("what", QUIET)
def test_what_nobody_reads_leaves_every_kept_page(raised, what):
    assert not raised(QUIET[what])


@pytest.mark.parametrize("what", SEEN)
def test_what_somebody_reads_is_drawn_anew(raised, what):
    assert raised(SEEN[what])


def test_what_a_page_chooses_is_known_as_soon_as_it_is_published(rows, raised):
    """Wagtail writes it down in the background, where it would come after the sizes of a new picture."""
    rows.home.picture = rows.unused
    rows.home.save_revision().publish()
    assert raised(lambda editor, it: render(it.unused))


@pytest.mark.parametrize("many", [3, pytest.param(94, marks=pytest.mark.soak)])
def test_while_editors_save_drafts_readers_get_kept_pages(rows, editor, client, many, figure):
    """Each editor saves the draft of a page of their own; a reader asks after each."""
    cache._entries.clear()
    caches["pages"].clear()
    pages = [make_page(rows.home, TextPage, f"Trang {n}", slug=f"trang-{n}", body=BODY) for n in range(many)]
    for page in pages:
        page.save_revision()
    client.get("/")
    drawn = 0
    for page in pages:
        editor.save(page, title="Đang viết")
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        drawn += bool(len(seen))
    figure(f"of {many} readers beside {many} editors who save drafts, {drawn} had the home page drawn")
    assert drawn == 0
