"""A mail server that remembers what it accepted: the outside world, which no database can take back."""

import re
import socketserver
import threading
import time
from collections import Counter


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 postbox")
        while line := self.rfile.readline():
            match line[:4].upper():
                case b"EHLO" | b"HELO":
                    self.say("250 postbox")
                case b"DATA":
                    self.say("354 go on")
                    self.accept(self.message())
                case b"QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def accept(self, message: bytes) -> None:
        """Accepted from here on, whether or not the sender lives to hear it."""
        self.server.accepted[re.search(rb"(?im)^Message-ID: (\S+)", message)[1].decode()] += 1
        time.sleep(0.05)
        self.say("250 accepted")

    def say(self, line: str) -> None:
        try:
            self.wfile.write(f"{line}\r\n".encode())
        except OSError:  # the sender was killed
            self.close_connection = True


class Postbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.accepted: Counter[str] = Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A sender that died in the middle is what this is about."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"
