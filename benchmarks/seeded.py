"""What the runners over a seeded database of their own share: options, the database, and the printed lines."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable

from coverage import Scratch, set_up

FLOOR = "floor: two queries by key"


def print_figures(results: dict[str, dict]) -> None:
    """One line a figure, with its ratio to the floor of the same run."""
    floor = results[FLOOR]["seconds"]
    for name, figure in results.items():
        rest = "  ".join(f"{value} {of}" for of, value in figure.items() if of != "seconds")
        print(f"{name:44} {figure['seconds']:>9} s {figure['seconds'] / floor:>10.1f} × floor  {rest}".rstrip())


def main(description: str | None, figures: Callable[[], dict[str, dict]], database: str = "") -> None:
    """Seeds a scratch database, on SQLite where no other is named, prints what `figures` measured there, and drops the
    database again.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    own = database or f"sqlite:///{tempfile.mkdtemp(prefix='la-chan-bench-')}/bench.sqlite3"
    parser.add_argument("--database", default=own)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    set_up(options.database)
    from django.core.management import call_command

    with Scratch(options.database):
        call_command("migrate", verbosity=0)
        call_command("seed", verbosity=0)
        results = figures()
    if options.json:
        json.dump(results, sys.stdout, indent=2)
    else:
        print_figures(results)
