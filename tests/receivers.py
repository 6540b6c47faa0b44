"""A receiver of text messages in the test's own process: a real HTTP server that keeps what is posted to it."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    address: str = ""
    # (headers, message) of each post
    posted: list[tuple[dict, dict]] = field(default_factory=list)
    # what it answers, in turn; the last one again and again
    answers: list[int] = field(default_factory=lambda: [202])


class Talk(BaseHTTPRequestHandler):
    def do_POST(self):
        receiver: Receiver = self.server.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.posted.append((dict(self.headers), json.loads(body)))
        answer = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
        self.send_response(answer)
        self.end_headers()

    def log_message(self, *args):
        """Says nothing."""


@contextmanager
def receiver_running():
    with ThreadingHTTPServer(("127.0.0.1", 0), Talk) as server:
        server.receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/gui")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.receiver
        finally:
            server.shutdown()
            thread.join()
