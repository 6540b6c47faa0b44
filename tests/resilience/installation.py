"""A whole installation in processes of its own, on SQLite or on a PostgreSQL cluster of its own, to be shot at."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from processes import children_of, free_port, wait_for
from resilience.commands import Commands

ROOT = Path(__file__).resolve().parents[2]
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def can_make_clusters() -> bool:
    return bool(BINARIES or shutil.which("initdb"))


class Cluster:
    """A PostgreSQL server that nobody else uses. It refuses to run as root, so root runs it as `postgres`."""

    def __init__(self):
        # not under pytest's folder: each start of another pytest closes that one to all but its owner
        folder = Path(tempfile.mkdtemp(prefix="la-chan-cluster-"))
        self.folder, self.port = folder, free_port()
        self.binaries = BINARIES[-1] if BINARIES else Path(shutil.which("initdb") or "").parent
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self._do("initdb", "-D", folder, "-A", "trust", "-U", "root", "-E", "UTF8", "--no-sync")
        self.start()
        self._do("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "root", "installation")

    @property
    def url(self) -> str:
        return f"postgres://root@127.0.0.1:{self.port}/installation"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        log = self.folder / "log"
        self._do("pg_ctl", "-D", self.folder, "-w", "-t", "60", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """SIGKILL for the server and everything that it started, at once."""
        postmaster = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        # held first: a backend forked between counting and killing would keep the shared memory, and no start succeeds
        os.kill(postmaster, signal.SIGSTOP)
        victims = [postmaster, *children_of(postmaster)]
        for pid in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in victims), "the dead are gone")

    def stop(self) -> None:
        self._do("pg_ctl", "-D", self.folder, "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, name: str, *arguments, check: bool = True) -> None:
        command = [str(self.binaries / name), *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # no pipe: the server would keep it open for ever
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", check=False)
        assert not check or done.returncode == 0, f"{name} ended with {done.returncode}: {self._last_words()}"

    def _last_words(self) -> str:
        log = self.folder / "log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else ""


class Installation:
    def __init__(self, folder: Path, mail_url: str, *, postgres: bool, **environment: str):
        self.folder, self.port = folder, free_port()
        self.cluster = Cluster() if postgres else None
        self.environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
        self.environment |= {
            "DATA_DIR": str(folder / "var"),
            "INSECURE_HTTP": "1",
            "PORT": str(self.port),
            # nginx, where a test puts it in front
            "TRUSTED_PROXIES": "127.0.0.1",
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": mail_url,
            "OUTBOX_LEASE": "4",
            "LOG_LEVEL": "WARNING",
        }
        if self.cluster:
            self.environment["DATABASE_URL"] = self.cluster.url
        self.environment |= environment
        self.log = open(folder / "run.log", "w")  # noqa: SIM115
        self.process: subprocess.Popen | None = None
        self.commands = Commands(folder, self.log)

    def manage(self, *arguments: str) -> str:
        """What the command printed; it runs in a fork of a process that has started Django."""
        status, out, err = self.commands.run(arguments, self.environment)
        assert status == 0, f"{arguments[0]}: {err[-2000:]}"
        return out

    def shell(self, code: str) -> str:
        return self.manage("shell", "-v", "0", "-c", code)

    def begin(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log)

    def serve(self, workers: int = 2) -> None:
        self.process = self.begin("run", "--workers", str(workers))
        wait_for(lambda: self.status("/readyz") == 200, "the installation is ready", 90)

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def child(self, word: str) -> int | None:
        """The process that the supervisor runs and whose command holds `word`."""
        return next((pid for pid, line in children_of(self.process.pid).items() if word in line), None)

    def kill(self, word: str) -> None:
        """SIGKILL for the whole group: the server's master and all its workers; returns when there is a new one."""
        victim = wait_for(lambda: self.child(word), f"{word} runs")
        os.killpg(victim, signal.SIGKILL)
        wait_for(lambda: self.child(word) not in (victim, None), f"{word} is back", 60)

    def rows(self, query: str) -> list[tuple]:
        """Read past everything that the site believes."""
        if self.cluster:
            import psycopg

            with psycopg.connect(self.cluster.url) as connection:
                return connection.execute(query).fetchall()
        connection = sqlite3.connect(f"file:{self.folder / 'var' / 'db.sqlite3'}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def close(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(90)
        self.commands.close()
        if self.cluster:
            self.cluster.stop()
        self.log.close()
