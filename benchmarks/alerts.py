"""An alert: from the second person's approval until all 94 spaces show it, and who put it out in all of them.

    python benchmarks/alerts.py [--database sqlite:////tmp/bench.sqlite3] [--json]

Makes its own scratch database and drops it again. Ratios are to the floor measured in the same run: two queries by
primary key over the same connection.
"""

import time
from datetime import timedelta

from coverage import measured
from seeded import FLOOR, main

WORDS = {
    "title": "Mời bán tài khoản ngân hàng: đừng đưa thẻ",
    "how": "Chúng nhắn trên mạng, mời mở tài khoản rồi bán lại lấy tiền.",
    "signs": "Trả tiền ngay khi mở tài khoản\nHỏi mượn căn cước",
    "act": "Không mở tài khoản hộ ai. Giữ thẻ và căn cước của mình.",
}


def figures() -> dict:
    from django.test import Client
    from django.utils import timezone

    from campaigns.alerts.deciding import approve, submit, write
    from campaigns.alerts.ledger import ledger
    from campaigns.alerts.words import Words
    from campaigns.communes.commune import CommuneSpacePage
    from people.persons.user import User
    from people.times import today
    from people.units.unit import Unit

    results: dict = {}
    root = Unit.objects.filter(parent=None).first()
    one, two = (User.objects.create_superuser(f"BENCH-{n}", None, full_name="Đo") for n in (1, 2))
    assert root is not None

    def floor():
        Unit.objects.get(pk=root.pk)
        User.objects.get(pk=one.pk)

    results[FLOOR] = measured(floor)
    row = write(one, None, Words(**WORDS), today() + timedelta(days=30), timezone.now())
    submit(one, row, timezone.now())
    row.refresh_from_db()
    spaces = CommuneSpacePage.objects.filter(closed_on=None, locale__language_code="vi", live=True)
    addresses = [space.url for space in spaces]
    client = Client(HTTP_HOST="localhost")
    for address in addresses:
        # kept as before the alert
        client.get(address)
    before = time.perf_counter()
    alert = approve(two, row, row.stamp, timezone.now())
    approved = time.perf_counter()
    showing = sum(WORDS["title"] in client.get(address).content.decode() for address in addresses)
    shown = time.perf_counter()
    results["approval"] = {"seconds": round(approved - before, 3)}
    results["approval until every space shows it"] = {
        "seconds": round(shown - before, 2),
        "spaces": len(addresses),
        "showing": showing,
    }
    results["ledger of every commune"] = measured(lambda: ledger(alert))
    return results


if __name__ == "__main__":
    main(__doc__, figures)
