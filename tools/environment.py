"""Makes `.venv` from a lock file with hashes: `environment.py LOCK STAMP`. Needs nothing but Python 3.11.

Debian's python3 comes without ensurepip; then a pip or uv that is on the machine fills the environment, and if there
is none the one package to install is named. The stamp is written last, so that an interrupted run starts again.
"""

import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    print(text, flush=True)


def has(module: str, python: str | Path = sys.executable) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0:
        return
    say(f"Creating .venv with Python {sys.version.split()[0]} …")
    shutil.rmtree(VENV, ignore_errors=True)
    complete = has("venv") and has("ensurepip")
    command = [sys.executable, "-m", "venv", *([] if complete else ["--without-pip"]), str(VENV)]
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"{' '.join(command)} failed: install python3-venv (Debian: apt-get install python3-venv).")


def installer() -> list[str]:
    """The command that fills `.venv` from a lock file with hashes."""
    if has("pip", PYTHON):
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--require-hashes"]
    if has("pip"):
        return [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(PYTHON)),
            *("install", "--no-deps", "--require-hashes"),
        ]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", str(PYTHON), "--no-deps", "--require-hashes"]
    sys.exit(
        "This Python has neither ensurepip nor pip, and there is no uv: install one of them "
        "(Debian and Ubuntu: apt-get install python3-venv), then run the same command again."
    )


def packages_in(lock: Path) -> int:
    return sum("==" in line and not line.startswith((" ", "#")) for line in lock.read_text().splitlines())


def install(lock: Path) -> None:
    say(f"Installing {packages_in(lock)} packages from {lock} (a minute or two the first time) …")
    started, seen = time.monotonic(), 0
    tail: list[str] = []
    command = [*installer(), "-r", str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            tail = [*tail[-30:], line]
            if line.startswith(("Collecting", "Requirement already")):
                seen += 1
                if seen % 10 == 0:
                    say(f"  {seen} packages fetched")
            elif line.startswith("Installing collected"):
                say("  unpacking them")
    if pip.returncode:
        sys.stderr.write("".join(tail))
        sys.exit(f"The packages of {lock} could not be installed; the lines above are the installer's own.")
    say(f"  done in {time.monotonic() - started:.0f} s")


def main() -> None:
    lock, stamp = Path(sys.argv[1]), Path(sys.argv[2])
    if sys.version_info < (3, 11) or not sysconfig.get_path("stdlib"):
        sys.exit("Python 3.11 or newer is needed.")
    make_venv()
    install(lock)
    if lock.name == "requirements-dev.lock":  # it holds the runtime's packages too, at the same versions
        (stamp.parent / ".runtime").touch()
    stamp.touch()


if __name__ == "__main__":
    main()
