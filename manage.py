#!/usr/bin/env python
"""Entry point of every command; puts the project folder `site/` on the path."""

import gc
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent / "site")]


def main():
    """A value that cannot be read, and a database that is away or not set up, are told in one line; `--traceback` shows
    everything.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # what is loaded stays: looking through it for garbage again and again is a tenth of the start (`config.apps`)
    gc.disable()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:
        # whoever read our output has had enough, as `| head` does; the flush at exit would fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        reason = str(error).splitlines()[0]
        sys.exit(f"Cơ sở dữ liệu chưa sẵn sàng ({reason}); hãy kiểm tra DATABASE_URL rồi chạy `manage.py prepare`.")


if __name__ == "__main__":
    main()
