"""Every figure, one runner after the other.

Pages, the first page of the reports over 10,000 people, the list of 100,000, coverage over 100,000 and a million
people, a roster of 10,000 rows, the same by the screens, lists of 10,000 people, 10,000 certificates, what communes
print, the board of messages, an alert, the handbooks of courses, the deadline day, a class quiz, the analysis of
questions, what starting and idling cost, `make serve` on a clean clone.

python benchmarks/run.py [pages|nginx|reports|roster|coverage|million|imports|import-screens|exports|certificates|…]
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNNERS = {
    "pages": "page_costs.py",
    "nginx": "behind_nginx.py",
    "reports": "report_page.py",
    "roster": "roster_list.py",
    "coverage": "coverage.py",
    "million": "million.py",
    "imports": "imports.py",
    "import-screens": "import_screens.py",
    "exports": "exports.py",
    "certificates": "certificates.py",
    "prints": "prints.py",
    "board": "board.py",
    "alerts": "alerts.py",
    "handbooks": "handbooks.py",
    "deadline": "deadline_day.py",
    "quiz": "class_quiz.py",
    "items": "item_analysis.py",
    "search": "searching.py",
    "start": "start.py",
    "serve": "serve_time.py",
}


def main() -> int:
    wanted = sys.argv[1:] or list(RUNNERS)
    if unknown := set(wanted) - set(RUNNERS):
        sys.exit(f"No such figures: {', '.join(sorted(unknown))}. There are: {', '.join(RUNNERS)}.")
    failed = 0
    for name in wanted:
        print(f"\n== {name} ({os.cpu_count()} processors, Python {sys.version.split()[0]})", flush=True)
        failed |= subprocess.run([sys.executable, str(HERE / RUNNERS[name])], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
