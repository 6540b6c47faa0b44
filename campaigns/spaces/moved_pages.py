"""Pages and spaces that followed their units, as rows of the reform's change: moving them, and moving them back.

A page keeps its words, history, review and schedule; its old address leads to it. Of two pages that took one message of
the province the first stays live and the other's address leads to it. Moved back, a page stands at its old address
again and nothing is left at the one in between.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.taken_messages import CommuneMessagePage
from media.holdings import UnitCollection
from people.changes.change import ChangedRow, Deed, Journal
from people.undoing.kinds import Doing, RowKind, opposite, undoes


def hold() -> None:
    """Two updates of the spaces at one moment come one after the other."""
    list(CommunesPage.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def free_slug(space: Page, slug: str, besides: int) -> str:
    used = set(Page.objects.child_of(space).exclude(pk=besides).values_list("slug", flat=True))
    return next(free for free in (slug, *(f"{slug}-{n}" for n in range(2, 1000))) if free not in used)


# --- forward


@transaction.atomic
def move_page(pk: int, old: CommuneSpacePage, new: CommuneSpacePage, journal: Journal, now: datetime) -> bool:
    """From the space `old` to `new`; False where it is there no more."""
    hold()
    page = Page.objects.child_of(Page.objects.get(pk=old.pk)).filter(pk=pk).specific().first()
    if page is None:
        return False
    there = Page.objects.get(pk=new.pk)
    closed = None if page.live else _closed_with_its_space(page, old)
    shown, address = page.live or closed is not None, page.url
    before = {"space": old.pk, "slug": page.slug, "live": page.live, "revision": page.live_revision_id}
    if shown and not page.live:
        # where its address led meanwhile
        before["led"] = _led(address)
    kept = _same_message(page, there) if shown else None
    if kept is not None and page.live:
        page.unpublish()
    slug = free_slug(there, page.slug, page.pk)
    _put(page, there, slug)
    if closed is not None and kept is None:
        show_again(Page.objects.get(pk=page.pk).specific, closed)
    if shown and address:
        lead(address, kept or page)
    after = {"space": new.pk, "slug": slug, "live": shown and kept is None}
    row = ChangedRow(kind=PAGES.key, what=Deed.CHANGED, unit_id=old.unit_id, new=page.pk, before=before, after=after)
    journal.keep([row], now)
    return True


def keep_closed(page: Page, space: CommuneSpacePage, journal: Journal, now: datetime) -> None:
    """That a page is taken down with its space; call it before, in the same transaction."""
    before = {"space": space.pk, "slug": page.slug, "live": True, "revision": page.live_revision_id}
    after = {"space": space.pk, "slug": page.slug, "live": False}
    row = ChangedRow(kind=PAGES.key, what=Deed.ENDED, unit_id=space.unit_id, new=page.pk, before=before, after=after)
    journal.keep([row], now)


def _closed_with_its_space(page: Page, space: CommuneSpacePage) -> int | None:
    """What was live until a reform closed the space, which had no successor yet; 0 where that is not known."""
    rows = ChangedRow.objects.filter(kind=PAGES.key, new=page.pk, undone_by=None).order_by("-pk")
    last = rows.first()
    if last is None or last.what != Deed.ENDED or last.after != {"space": space.pk, "slug": page.slug, "live": False}:
        return None
    return last.before["revision"] or 0


def _same_message(page: Page, there: Page) -> CommuneMessagePage | None:
    """The live page in that space that took the same message, unless this one waits for its review."""
    if not isinstance(page, CommuneMessagePage) or page.message_id is None or page.workflow_in_progress:
        return None
    return CommuneMessagePage.objects.child_of(there).live().filter(message=page.message_id).first()


def _put(page: Page, there: Page, slug: str) -> None:
    """Below `there`, without the redirects that Wagtail makes of itself, also for pages that nobody saw."""
    if page.slug != slug:
        _rename(page, slug)
    page = Page.objects.get(pk=page.pk)
    paths = set(Redirect.objects.values_list("pk", flat=True))
    page.move(there, pos="last-child")
    Redirect.objects.filter(redirect_page=page.pk, automatically_created=True).exclude(pk__in=paths).delete()


def _rename(page: Page, slug: str) -> None:
    """In its revisions too, since publishing one brings back what it holds."""
    Page.objects.filter(pk=page.pk).update(slug=slug)
    for revision in Revision.page_revisions.filter(object_id=str(page.pk)):
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


def lead(address: str, page: Page) -> None:
    path = Redirect.normalise_path(address.rstrip("/"))
    Redirect.objects.filter(old_path=path).delete()
    Redirect.add_redirect(path, redirect_to=page, is_permanent=False)


def _led(address: str | None) -> int | None:
    paths = Redirect.objects.filter(old_path=Redirect.normalise_path((address or "").rstrip("/")))
    return paths.values_list("redirect_page", flat=True).first()


def _lead_nowhere(*addresses: str | None) -> None:
    """Those at which a page stands, or stood in between."""
    paths = [Redirect.normalise_path(address.rstrip("/")) for address in addresses if address]
    Redirect.objects.filter(old_path__in=paths).delete()


@transaction.atomic
def pass_space_on(old: int, new: int, journal: Journal | None, now: datetime) -> None:
    """The spaces of a unit that goes on under another row, in every language, and its files."""
    hold()
    spaces = CommuneSpacePage.objects.filter(unit=old)
    pks = list(spaces.values_list("pk", flat=True))
    spaces.filter(own_unit=old).update(own_unit=new)
    CommuneSpacePage.objects.filter(pk__in=pks).update(unit=new)
    files = not UnitCollection.objects.filter(unit=new).exists() and UnitCollection.objects.filter(unit=old).exists()
    if files:
        UnitCollection.objects.filter(unit=old).update(unit=new)
    if journal is not None and pks:
        before, after = {"unit": old, "spaces": pks, "files": files}, {"unit": new, "spaces": pks, "files": files}
        row = ChangedRow(kind=SPACES.key, what=Deed.CHANGED, unit_id=old, new=pks[0], before=before, after=after)
        journal.keep([row], now)


# --- back


class PageRows(RowKind):
    key, title, order = "commune_page", gettext_lazy("Trang trong trang của xã"), 30

    def plan(self, rows, chosen, by=None):
        parents = _parents([row.new for row in rows])
        spaces = set(Page.objects.filter(pk__in=[row.before["space"] for row in rows]).values_list("pk", flat=True))
        stays = {}
        for row in rows:
            if row.new not in parents or row.before["space"] not in spaces:
                stays[row.pk] = _("Trang hoặc trang của xã đã bị xóa nên giữ như hiện nay.")
            elif parents[row.new] != row.after["space"]:
                stays[row.pk] = _("Sau đó trang đã được chuyển đi nơi khác nên giữ.")
        return stays

    def undo(self, rows, doing: Doing):
        hold()
        return [_back(row) for row in rows]

    def words(self, rows):
        titles = dict(Page.objects.filter(pk__in=[row.new for row in rows]).values_list("pk", "title"))
        return {row.pk: titles.get(row.new, "") for row in rows}


class SpaceRows(RowKind):
    key, title, order = "commune_space", gettext_lazy("Trang của xã"), 32

    def plan(self, rows, chosen, by=None):
        # a space that somebody deleted, or that a later reform passed on, is not where the row left it
        there = dict(CommuneSpacePage.objects.filter(pk__in=[row.new for row in rows]).values_list("pk", "unit"))
        moved = _("Trang của xã đã thuộc đơn vị khác nên giữ.")
        return {row.pk: moved for row in rows if there.get(row.new) != row.after["unit"]}

    def undo(self, rows, doing: Doing):
        hold()
        for row in rows:
            old, new = row.before["unit"], row.after["unit"]
            spaces = CommuneSpacePage.objects.filter(pk__in=row.before["spaces"], unit=new)
            spaces.filter(own_unit=new).update(own_unit=old)
            CommuneSpacePage.objects.filter(pk__in=row.before["spaces"], unit=new).update(unit=old)
            if row.before["files"] and not UnitCollection.objects.filter(unit=old).exists():
                UnitCollection.objects.filter(unit=new).update(unit=old)
        return [opposite(row, new=row.new, before=row.after, after=row.before) for row in rows]

    def words(self, rows):
        titles = dict(Page.objects.filter(pk__in=[row.new for row in rows]).values_list("pk", "title"))
        return {row.pk: titles.get(row.new, "") for row in rows}


PAGES, SPACES = undoes(PageRows()), undoes(SpaceRows())


def _parents(pks) -> dict[int, int]:
    """{page: the page above it}; two queries."""
    paths = dict(Page.objects.filter(pk__in=pks).values_list("pk", "path"))
    above = {path[: -Page.steplen] for path in paths.values()}
    by_path = dict(Page.objects.filter(path__in=above).values_list("path", "pk"))
    return {pk: by_path[path[: -Page.steplen]] for pk, path in paths.items() if path[: -Page.steplen] in by_path}


def _back(row: ChangedRow) -> ChangedRow:
    assert row.before is not None
    assert row.after is not None
    page = Page.objects.get(pk=row.new)
    there = Page.objects.get(pk=row.before["space"])
    was_live, address = page.live, page.url
    slug = free_slug(there, row.before["slug"], page.pk)
    if row.before["space"] != row.after["space"]:
        _put(page, there, slug)
    page = Page.objects.get(pk=row.new).specific
    if row.before["live"] and not row.after["live"] and not was_live:
        show_again(page, row.before["revision"])
    elif was_live and row.after["live"] and not row.before["live"]:
        page.unpublish()
    page = Page.objects.get(pk=row.new)
    if page.live or was_live:
        _lead_nowhere(address, page.url)
    if target := Page.objects.filter(pk=row.before.get("led")).first():
        lead(page.url, target)
    after = {"space": there.pk, "slug": slug, "live": page.live}
    return opposite(row, new=row.new, before={**row.after, "revision": None}, after=after)


def show_again(page: Page, revision: int | None = None) -> None:
    """What the public saw last, never a draft that was written since. An alias follows what it is an alias of."""
    if page.alias_of_id:
        Page.objects.filter(pk=page.pk).update(live=page.alias_of.live)
        return
    shown = Revision.objects.filter(pk=revision).first() or _last_shown(page)
    (shown or page.save_revision()).publish()


def _last_shown(page: Page) -> Revision | None:
    entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exclude(revision=None)
    entry = entries.select_related("revision").order_by("-timestamp", "-pk").first()
    return entry.revision if entry else page.get_latest_revision()
