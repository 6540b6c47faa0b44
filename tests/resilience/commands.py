"""Commands of one installation, each in a process of its own, without starting Django for each of them.

    python tests/resilience/commands.py

reads one line of JSON for each command, {"arguments", "out", "err"}, runs it in a fork with these files for what it
prints, and answers with its exit status. Starting costs more than what most commands do; that each starts by itself is
proven where statuses are (tests/contract, tests/outbox).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Commands:
    """Runs the commands of one installation; what they print goes through files of the folder."""

    def __init__(self, folder: Path, log):
        self.folder, self.log = folder, log
        self.server: subprocess.Popen | None = None
        self.environment: dict[str, str] = {}

    def run(self, arguments, environment: dict[str, str]) -> tuple[int, str, str]:
        """(exit status, stdout, stderr)"""
        if self.server is None or self.environment != environment:
            self._start(environment)
        out, err = self.folder / "out", self.folder / "err"
        request = {"arguments": list(map(str, arguments)), "out": str(out), "err": str(err)}
        self.server.stdin.write(json.dumps(request) + "\n")
        self.server.stdin.flush()
        status = self.server.stdout.readline()
        assert status, "commands.py ended"
        return json.loads(status), out.read_text(), err.read_text()

    def _start(self, environment: dict[str, str]) -> None:
        """Anew where the environment has changed since: settings are read from it once."""
        self.close()
        self.environment = dict(environment)
        self.server = subprocess.Popen(
            [sys.executable, __file__],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self.server.stdout.readline(), "commands.py did not start; its log says why"

    def close(self) -> None:
        if self.server is not None:
            self.server.stdin.close()
            self.server.wait(60)
            self.server.stdout.close()
            self.server = None


# --- in the process that has started Django


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
