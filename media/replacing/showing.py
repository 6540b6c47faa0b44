"""Which pages show a file to the public, by Wagtail's reference index, which is brought up to date as a page is
published; or will show it at a time that is set already.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from media.replacing.replacement import TARGETS
from media.replacing.scheduled import scheduled_pages

Ref = tuple[str, int]


def live_pages(refs: Iterable[Ref]) -> dict[Ref, list[Page]]:
    """{("picture", id): live and scheduled pages that show it, in the order of the tree}, without those that none
    shows. A constant number of queries.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in refs:
        wanted[kind].add(pk)
    choosing: dict[Ref, set[int]] = defaultdict(set)
    coming: dict[Ref, set[int]] = defaultdict(set)
    pages_kind = ContentType.objects.get_for_model(Page)
    for model, kind in TARGETS.items():
        if wanted[kind]:
            rows = ReferenceIndex.objects.filter(
                base_content_type=pages_kind,
                to_content_type=ContentType.objects.get_for_model(model),
                to_object_id__in=[str(pk) for pk in wanted[kind]],
            )
            for chosen, page in rows.values_list("to_object_id", "object_id"):
                choosing[kind, int(chosen)].add(int(page))
            for chosen, page in scheduled_pages(kind, wanted[kind]):
                coming[kind, chosen].add(page)
    numbers = {pk for those in (*choosing.values(), *coming.values()) for pk in those}
    known = {page.pk: page for page in Page.objects.filter(pk__in=numbers)} if numbers else {}
    found = {
        ref: {pk for pk in choosing[ref] if pk in known and known[pk].live} | (coming[ref] & known.keys())
        for ref in {*choosing, *coming}
    }
    return {
        ref: sorted((known[pk] for pk in those), key=lambda page: page.path) for ref, those in found.items() if those
    }


def is_shown(kind: str, pk: int) -> bool:
    return bool(live_pages([(kind, pk)]))


def replaced_since(page: Page, moment: datetime) -> bool:
    """Whether a file that the page shows was replaced, undecided, after that moment."""
    for model in TARGETS:
        rows = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(page.pk),
            to_content_type=ContentType.objects.get_for_model(model),
        )
        chosen = [int(pk) for pk in rows.values_list("to_object_id", flat=True)]
        if chosen and model._default_manager.filter(pk__in=chosen, replaced_at__gt=moment).exists():
            return True
    return False
