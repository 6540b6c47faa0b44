"""The message of the communes' fixture with the starter's texts, and who approves them."""

from datetime import UTC, datetime
from types import SimpleNamespace

from nonsense import thu
from sharing import shared
from starter_kit import messages

from campaigns.renderings.texts.approving import approve, settle
from campaigns.renderings.texts.passages import MessageKit, OpenPoint, Passage
from pages.contacts.starter import create_contacts

__all__ = ["thu"]
NOW = datetime(2026, 7, 1, 3, tzinfo=UTC)


@shared
def printed(communes):
    """`message` has every text, one of which (`licence`) is open; nothing is approved yet."""
    create_contacts()
    message = communes.message
    MessageKit.objects.create(message=message, scene="two-paths")
    said = messages()["2.1"].passages
    rows = [Passage(message=message, slot=one.slot, title=one.title, text=one.text, written_at=NOW) for one in said]
    Passage.objects.bulk_create(rows)
    for row, one in zip(rows, said, strict=True):
        for point in one.points:
            OpenPoint.objects.create(passage=row, sentence=point.sentence, what=point.what, office=point.office)
    return SimpleNamespace(**vars(communes), passages={row.slot: row for row in rows})


@shared
def approved(printed):
    """Settled and approved, so that everything may be issued."""

    manager = printed.cast.manager
    for point in OpenPoint.objects.all():
        settle(point, "Trưởng phòng Việc làm", NOW.date(), "Công văn 12", manager, NOW)
    approve(printed.passages.values(), manager, NOW)
    return SimpleNamespace(**vars(printed))
