"""docs/nginx.conf as it stands, started on a free port of this machine."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import free_port, listens, wait_for

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CONFIGURATION = Path(__file__).resolve().parents[1] / "docs" / "nginx.conf"
# blocks of it that several machines need in another form
HOSTS = CONFIGURATION.with_name("nginx-hosts.conf")
MODULES = Path("/usr/lib/nginx/modules")
with_nginx = pytest.mark.skipif(
    not Path(NGINX).exists(), reason="nginx is not installed: docs/nginx.conf was NOT tried"
)


def for_hosts(text: str) -> str:
    """The file with the blocks of nginx-hosts.conf in place of its own."""
    others = re.sub(r"^ *#.*\n", "", HOSTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    upstream, locations = re.fullmatch(r"\s*(upstream .*?\n\}\n)\n*(.*)", others, re.DOTALL).groups()
    text, upstreams = re.subn(r"^upstream .*?^\}\n", lambda _own: upstream, text, flags=re.DOTALL | re.MULTILINE)
    own = r"^    location ~ \^/tep/.*?^    \}\n"
    text, places = re.subn(own, lambda _own: locations, text, flags=re.DOTALL | re.MULTILINE)
    assert (upstreams, places) == (1, 1)
    return text


def configuration(folder: Path, port: int, application: int, *others: int) -> str:
    """The file of the docs with this machine's paths, without TLS and the redirect to it; for several applications that
    of several machines."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for other in others:
        text = for_hosts(text).replace("10.0.0.12:8000", f"127.0.0.1:{other}")
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"    ssl_.*\n", "", text).replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{application}",
        "/var/cache/nginx/la-chan": f"{folder}/cache",
        "/var/log/nginx/la-chan.log": f"{folder}/access.log",
        "/srv/la-chan/var": str(folder),
    }.items():
        assert old in text
        text = text.replace(old, new)
    modules = "".join(f"load_module {path};\n" for path in MODULES.glob("*brotli_static*.so"))
    if not modules:
        text = text.replace("        brotli_static on;\n", "")
    return (
        f"{modules}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
        f"{'user root;' if os.geteuid() == 0 else ''}\nevents {{ worker_connections 4096; }}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\nsendfile on;\nserver_names_hash_bucket_size 64;\n{text}\n}}\n"
    )


@contextmanager
def in_front_of(application: int, folder: Path, *others: int):
    """The port on which nginx serves that of the application, and those of others; `folder` is its DATA_DIR."""
    port = free_port()
    (folder / "nginx.conf").write_text(configuration(folder, port, application, *others), encoding="utf-8")
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: listens(port), "nginx listens")
        yield port
    finally:
        process.terminate()
        process.wait(10)
