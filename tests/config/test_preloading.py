"""What every process of an installation holds in memory for as long as it runs."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# what only some work in the background needs, and loads itself or in a process of its own
LATER = ["av", "boto3", "docx", "icalendar", "openpyxl"]
LOADED = f"""
import sys
sys.path[:0] = ["site", "."]
import django
django.setup()
from config.preloading import preload
preload()
print(*[name for name in {LATER} if name in sys.modules])
"""


def test_nothing_is_loaded_for_all_that_only_some_work_needs(tmp_path):
    environment = {
        **os.environ,
        "INSECURE_HTTP": "1",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
