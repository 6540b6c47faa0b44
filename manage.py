#!/usr/bin/env python
"""Entry point of every command; puts the project folder `site/` on the path."""
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent / "site")]

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
