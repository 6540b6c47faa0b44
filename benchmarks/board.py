"""The board of messages: 94 communes, 12 ways of writing, 30 messages, their sentences at the desk.

    python benchmarks/board.py [--database sqlite:////tmp/bench.sqlite3] [--json]

Makes its own scratch database and drops it again. Ratios are to the floor measured in the same run: two queries by
primary key over the same connection.
"""

import time

from coverage import measured
from seeded import FLOOR, main

MESSAGES, LANGUAGES = 30, 12


def fill():
    """Thirty messages with the sentences of the kit, two in three of them translated."""
    from django.utils import timezone

    from campaigns.communes.commune import CommuneSpacePage
    from campaigns.communes.taking import take
    from campaigns.messages.message import MessagePage
    from campaigns.renderings.texts.passages import MessageKit, Passage
    from campaigns.translating.following import follow
    from campaigns.translating.orthography import Orthography
    from campaigns.translating.sentences import SentenceTranslation, SourceSentence
    from people.persons.user import User

    now, editor = timezone.now(), User.objects.create_superuser("BENCH", None, full_name="Đo")
    Passage.objects.update(approved_at=now)
    first = MessagePage.objects.filter(locale__language_code="vi", kit__isnull=False).order_by("path").first()
    assert first is not None
    passages = list(first.passages.all())
    texts = {name: getattr(first, name) for name in ("said", "truth", "act", "spoken", "remember")}
    while MessagePage.objects.filter(locale__language_code="vi").count() < MESSAGES:
        n = MessagePage.objects.count()
        page = first.get_parent().add_child(instance=MessagePage(title=f"Bài {n}", heading=f"Bài {n}", **texts))
        MessageKit.objects.create(message=page, scene="")
        Passage.objects.bulk_create(
            Passage(message=page, slot=one.slot, title=one.title, text=one.text, written_at=now, approved_at=now)
            for one in passages
        )
    for page in MessagePage.objects.filter(locale__language_code="vi"):
        follow(page, now)
    ways = list(Orthography.objects.live())
    ways += [Orthography.objects.create(language="ktv", name=f"Thử {n}") for n in range(LANGUAGES - len(ways))]
    sentences = list(SourceSentence.objects.present().values_list("pk", flat=True))
    SentenceTranslation.objects.bulk_create(
        [
            SentenceTranslation(
                source_id=pk, orthography=one, text="x", state=("draft", "awaiting")[pk % 2], translator=editor,
                written_at=now,
            )
            for one in ways
            for pk in sentences
            if pk % 3
        ],
        batch_size=2000,
    )  # fmt: skip
    for space in CommuneSpacePage.objects.filter(locale__language_code="vi"):
        take(space, first, editor)
    return ways, editor


def figures() -> dict:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from campaigns.communes.commune import CommuneSpacePage
    from campaigns.renderings.screens.board import board
    from people.persons.user import User
    from people.units.unit import Unit

    results: dict = {}
    ways, editor = fill()
    root = Unit.objects.filter(parent=None).first()
    assert root is not None

    def floor():
        Unit.objects.get(pk=root.pk)
        User.objects.get(pk=editor.pk)

    results[FLOOR] = measured(floor)
    before = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        rows = board(ways, named=True)
    spent = time.process_time() - before
    cells = sum(len(line.cells) for row in rows for line in row.lines)
    results[f"board: {len(rows)} messages, {cells} cells"] = {"seconds": round(spent, 3), "queries": len(queries)}
    space = CommuneSpacePage.objects.filter(closed_on=None, locale__language_code="vi").first()
    results["board of one commune"] = measured(lambda: board(ways, space))
    client = Client(HTTP_HOST="localhost")
    client.force_login(editor)
    client.get("/in-an/xa/0/bang/?tieng=tat-ca")
    before = time.process_time()
    client.get("/in-an/xa/0/bang/?tieng=tat-ca")
    results["its page in every live language, processor"] = {"seconds": round(time.process_time() - before, 3)}
    return results


if __name__ == "__main__":
    main(__doc__, figures)
