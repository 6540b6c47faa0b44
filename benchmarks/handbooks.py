"""What printing the handbook of a starter course takes of the processor, in loops: cold and warm.

    python benchmarks/handbooks.py

A loop is `sum(i * i for i in range(20_000_000))`, timed in the same run; it takes 0.7 s on the reference machine, where
a handbook may take 2 s, so 2.9 loops. Cold is the first print of a process, with reading the fonts; warm is the next
one of the same texts. Each cold print has a process of its own. Makes its own scratch database.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from coverage import set_up
from start import loop, say

MOST_LOOPS = 2.9


def seed() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from courses.starter.seeding import seed

    call_command("migrate", verbosity=0)
    seed(timezone.now(), lambda _line: None)


def prints(key: str) -> None:
    """Cold and warm loops, queries' part included, and how many pages."""
    import io

    from pypdf import PdfReader

    from courses.content.course import CoursePage
    from courses.keeping.handbook import DESIGN, handbook_data
    from courses.learning.outline import outline
    from pages.serving import version
    from people.times import today
    from printing import render

    course, a_loop, figures = CoursePage.objects.live().get(key=key), loop(), []
    for _turn in ("cold", "warm"):
        before = time.process_time()
        pdf = render(DESIGN, handbook_data(outline(course), version.current(), today()))
        figures.append((time.process_time() - before) / a_loop)
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    for name, figure in zip(("cold", "warm"), figures, strict=True):
        say(f"{key}, {pages} pages, {name}", f"{figure:.2f} loops", f"{MOST_LOOPS}")


def main(database: str) -> None:
    from courses.starter.edition import COURSES

    seed()
    for key in COURSES:
        subprocess.run([sys.executable, __file__, database, key], check=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        set_up(sys.argv[1])
        prints(sys.argv[2])
    else:
        with tempfile.TemporaryDirectory(prefix="la-chan-bench-") as folder:
            database = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            set_up(database)
            main(database)
