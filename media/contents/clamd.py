"""Asks ClamAV's daemon whether a file is infected.

The two commands that are used here are from the manual of clamd(8): `PING`, and `INSTREAM`, by which the daemon needs
no way to our disk. PyPI's clients have not been touched since 2014 and 2017, and are no longer than this.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO
from urllib.parse import urlsplit

PORT = 3310
# seconds to reach it, and to wait for the next piece of an answer: an archive of 50 MB takes it many
CONNECTING, ANSWERING = 5, 120
# whether it is there at all is asked by machines that watch
ALIVE = 2
PIECE = 256 * 1024
# an answer is one line
MOST_OF_ANSWER = 4096


class Away(Exception):
    """It does not answer, or answers that it could not look; the file is to be asked about again."""


def infection(address: str, file: IO[bytes]) -> str:
    """The name of what it found, "" where it found nothing. `address` as `tcp://host:3310` or `unix:///path`. Raises
    Away.
    """
    with _connected(address) as connection:
        # it closes at once where a file is longer than its StreamMaxLength, and says so
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
        said = _answer(connection)
    if said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND") or "?"
    if said != "stream: OK":
        raise Away(said or "no answer")
    return ""


def answers(address: str) -> bool:
    """Raises Away."""
    with _connected(address, ALIVE, ALIVE) as connection:
        connection.sendall(b"zPING\0")
        return _answer(connection) == "PONG"


@contextmanager
def _connected(address: str, connecting: float = CONNECTING, answering: float = ANSWERING) -> Iterator[socket.socket]:
    try:
        with _connection(address, connecting) as connection:
            connection.settimeout(answering)
            yield connection
    except OSError as error:
        raise Away(type(error).__name__) from None


def _connection(address: str, connecting: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme != "unix":
        return socket.create_connection((parts.hostname, parts.port or PORT), timeout=connecting)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(connecting)
    connection.connect(parts.path)
    return connection


def _answer(connection: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < MOST_OF_ANSWER and (piece := connection.recv(MOST_OF_ANSWER)):
        said += piece
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
