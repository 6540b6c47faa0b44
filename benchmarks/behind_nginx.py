"""A kept public page behind nginx (docs/nginx.conf) against a static file of the same bytes, in turns.

    BENCH_DATA_DIR=… python benchmarks/behind_nginx.py

One nginx process with the configuration of the docs, one keep-alive connection at a time; requests per second.
"""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import trial
from trial import ROOT, Visitor, free_port

MESSAGE, BATCH, ROUNDS = "/ngay-30-7/di-lam-xa/", 900, 15


def rate(port: int, path: str) -> float:
    """Requests per second over a bare socket: a client that parses headers would cost more than nginx."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request)
        time.sleep(0.3)
        size = len(line.recv(1 << 20))
        started = time.perf_counter()
        for _request in range(BATCH):
            line.sendall(request)
            left = size
            while left > 0:
                left -= len(line.recv(1 << 20))
        return BATCH / (time.perf_counter() - started)


def main() -> None:
    environment = trial.prepare()
    sys.path[:0] = environment["PYTHONPATH"].split(":") + [str(ROOT / "tests")]
    import os

    os.environ.update(environment)
    from nginx import NGINX, configuration

    folder, port = Path(tempfile.mkdtemp(prefix="la-chan-nginx-")), free_port()
    folder.chmod(0o755)
    with trial.server(environment):
        page = Visitor(int(environment["PORT"]))
        assert page.ask("GET", MESSAGE, **{"Accept-Encoding": "gzip"}) == 200
        (folder / "static").mkdir()
        (folder / "static" / "page.html").write_bytes(b"x")
        (folder / "static" / "page.html.gz").write_bytes(page.body)
        (folder / "nginx.conf").write_text(configuration(folder, port, int(environment["PORT"])), encoding="utf-8")
        process = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
        try:
            time.sleep(1)
            rates_by_path: dict[str, list[float]] = {MESSAGE: [], "/static/page.html": []}
            for _round in range(ROUNDS):
                for path, rates in rates_by_path.items():
                    rates.append(rate(port, path))
        finally:
            process.terminate()
            process.wait(10)
    kept, static = (statistics.median(rates) for rates in rates_by_path.values())
    print(
        f"{'public page behind nginx':40} {kept:>8.0f} a second, {kept / static:.0%} of a static file  (at least 90 %)"
    )


if __name__ == "__main__":
    main()
