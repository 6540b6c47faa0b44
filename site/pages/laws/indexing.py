"""Keeps the index of citations in step with what is written."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished, published, unpublished

from outbox.clock import daily
from pages.laws.citation import LawCitation
from pages.laws.kinds import CitingKind, Passage, kinds
from pages.laws.known import slug_of
from pages.laws.parsing import citations

UID = "pages.laws.indexing"


@transaction.atomic
def index(kind: CitingKind, targets: Collection[str] | None = None) -> None:
    """Makes the rows of these targets again (None: of all). What a draft cites and the published text does too is of
    the published one alone.
    """
    old = LawCitation.objects.filter(kind=kind.key)
    if targets is not None:
        old = old.filter(target__in=targets)
    # what is the same stays, so that a night in which nothing changed writes nothing
    there = {_key(row): row.pk for row in old}
    wanted = {_key(row): row for row in _rows(kind, kind.read(targets))}
    if gone := [pk for key, pk in there.items() if key not in wanted]:
        LawCitation.objects.filter(pk__in=gone).delete()
    if new := [row for key, row in wanted.items() if key not in there]:
        LawCitation.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)


def _key(row: LawCitation) -> tuple:
    return row.target, row.place, row.is_draft, row.document, row.article, row.clause, row.point


def _rows(kind: CitingKind, passages: Iterable[Passage]) -> Iterator[LawCitation]:
    published: set[tuple] = set()
    for passage in sorted(passages, key=lambda one: one.is_draft):
        for one in citations(passage.text):
            cited = (passage.target, passage.place, one.document, one.article, one.clause, one.point)
            if not one.document or (passage.is_draft and cited in published):
                continue
            if not passage.is_draft:
                published.add(cited)
            yield LawCitation(
                kind=kind.key,
                target=passage.target,
                place=passage.place,
                is_draft=passage.is_draft,
                document=one.document,
                slug=slug_of(one.document),
                article=one.article,
                clause=one.clause,
                point=one.point,
            )


@daily("pages.laws.index_all", at="04:05")
def index_every_night(now: datetime) -> None:
    """What came without a signal: an import, an upgrade, a restored copy."""
    index_all()


def index_all() -> None:
    for kind in kinds():
        index(kind)


# --- as it happens


def connect() -> None:
    for signal in (page_published, page_unpublished, published, unpublished, post_delete):
        signal.connect(_follow, dispatch_uid=UID)
    post_save.connect(_follow_draft, sender=Revision, dispatch_uid=UID)


def _follow(sender, instance, **kwargs) -> None:
    for kind in kinds():
        if isinstance(instance, kind.model):
            index(kind, [kind.target_of(instance)])


def _follow_draft(sender, instance: Revision, **kwargs) -> None:
    model = ContentType.objects.get_for_id(instance.content_type_id).model_class()
    if not any(model and issubclass(model, kind.model) for kind in kinds()):
        return
    written = model.objects.filter(pk=instance.object_id).first()  # type: ignore[union-attr]
    if written is not None:
        # the revision is saved before the row says that it is the latest
        transaction.on_commit(lambda: _follow(model, written), robust=True)
