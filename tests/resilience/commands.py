"""Commands of one installation, each in a process of its own, without starting Django for each of them.

    python tests/resilience/commands.py

reads one line of JSON for each command, {"arguments", "out", "err"}, runs it in a fork with these files for what it
prints, and answers with its exit status. Starting costs more than what most commands do; that each starts by itself is
proven where statuses are (tests/contract, tests/outbox).
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(arguments: list[str], out: str, err: str) -> int:
    """The exit status of `manage.py` with these arguments."""
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    status = 1
    try:
        for descriptor, name in ((1, out), (2, err)):
            os.dup2(os.open(name, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), descriptor)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        status = _managed(arguments)
        from django.db import connections

        connections.close_all()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _managed(arguments: list[str]) -> int:
    import manage

    sys.argv = ["manage.py", *arguments]
    try:
        manage.main()
    except SystemExit as leaving:
        if isinstance(leaving.code, str):
            print(leaving.code, file=sys.stderr)
            return 1
        return leaving.code or 0
    except BaseException:
        import traceback

        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    sys.path.insert(0, str(ROOT))
    # puts `site/` on the path
    import manage  # noqa: F401

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
