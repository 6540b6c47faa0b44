"""A virus scanner in the test's own process: a real socket that speaks as clamd(8) does."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

# what every scanner takes for a virus, in two parts so that this file is none (eicar.org)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class Scanner:
    address: str = ""
    # bytes of each file that it was given
    given: list[bytes] = field(default_factory=list)
    # longer ones are refused as by StreamMaxLength
    most: int = 8 << 20
    # what it says in place of looking
    says: bytes = b""


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        scanner: Scanner = self.server.scanner
        command = self._line()
        if command == b"zPING":
            self.wfile.write(scanner.says or b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(scanner.says or self._looked(scanner))

    def _line(self) -> bytes:
        said = b""
        while not said.endswith(b"\0"):
            said += self.rfile.read(1)
        return said[:-1]

    def _looked(self, scanner: Scanner) -> bytes:
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > scanner.most:
                return b"INSTREAM size limit exceeded. ERROR\0"
        scanner.given.append(content)
        return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def scanner_running():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.scanner = Scanner(f"tcp://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.scanner
        finally:
            server.shutdown()
            thread.join()
