"""What a search costs over 185 and 10,000 pages, with the index of words and without, in milliseconds.

    python benchmarks/searching.py [--database postgres://root@127.0.0.1/la_chan_bench]

Makes its own scratch database and drops it again. The pages speak passages of the starter courses in a drawn order, of
350 words each. Each query is asked in both ways in turns; what stands is the best of so many. A loop of the same run,
which takes 700 ms on the reference machine, says how busy this one is.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from coverage import ROOT, Scratch, set_up
from start import loop

SIZES, RUNS = (185, 10_000), 5
# rare, none, everywhere, neighbours, one letter each
TYPED = (
    *("campuchia", "zzxq wvut", "người", "nạn nhân", "mua bán người"),
    *("đường dây nóng", "việc nhẹ lương cao", "lay chong trung quoc", "v c l k n t m h g d"),
)


def best(query) -> float:
    from pages.search.finding import find

    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        find(query)
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def measure(pages: int) -> None:
    from django.db import connection
    from django.db.models import Q
    from search_rows import make_rows

    from pages.search import finding, narrowing
    from pages.search.index import SearchEntry

    there = SearchEntry.objects.count()
    make_rows(pages - there, first=there)
    by_index = finding.may_fit
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for text in TYPED:
            query, postgres = finding.read(text), connection.vendor == "postgresql"
            finding.may_fit = by_index
            narrowed = best(query)
            finding.may_fit = lambda words, typed: Q()
            if postgres:
                cursor.execute("SET enable_bitmapscan = off")
            whole = best(query)
            if postgres:
                cursor.execute("SET enable_bitmapscan = on")
            print(f"{pages:6} pages  {text:24} {whole:8.1f} ms by LIKE alone {narrowed:8.1f} ms by the index")
    finding.may_fit = by_index
    assert narrowing.make()


def main() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(f"a loop: {loop() * 1000:.0f} ms")
    for pages in SIZES:
        measure(pages)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database")
    options = parser.parse_args()
    sys.path.append(str(ROOT / "tests"))
    with tempfile.TemporaryDirectory(prefix="la-chan-bench-") as folder:
        database = options.database or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        set_up(database)
        with Scratch(database):
            main()
