"""Debian's stock Firefox, led by Marionette, the protocol that it speaks itself: no driver has to be installed."""

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

from processes import free_port

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "dom.disable_open_during_load": False,
    "browser.startup.homepage_override.mstone": "ignore",
}


class Firefox:
    """`visit`, `run` a script's body, `press` keys, `click`, `windows`."""

    def __init__(self, folder: Path):
        self.port, self.number, self.left = free_port(), 0, b""
        folder.mkdir(parents=True)
        said = {**PREFERENCES, "marionette.port": self.port}
        (folder / "user.js").write_text(
            "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in said.items())
        )
        command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.line = self._connected()
        self._read()
        self.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True}}})

    def _connected(self) -> socket.socket:
        for _try in range(300):
            try:
                line = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                time.sleep(0.2)
            else:
                line.settimeout(120)
                return line
        raise AssertionError("Firefox does not answer")

    def _read(self):
        while b":" not in self.left:
            self.left += self.line.recv(65536)
        size, _colon, self.left = self.left.partition(b":")
        while len(self.left) < int(size):
            self.left += self.line.recv(65536)
        said, self.left = self.left[: int(size)], self.left[int(size) :]
        return json.loads(said)

    def ask(self, command: str, about: dict | None = None):
        self.number += 1
        said = json.dumps([0, self.number, command, about or {}]).encode()
        self.line.sendall(str(len(said)).encode() + b":" + said)
        _kind, _number, error, result = self._read()
        assert not error, error
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def visit(self, address: str) -> None:
        self.ask("WebDriver:Navigate", {"url": address})

    def reload(self) -> None:
        self.ask("WebDriver:Refresh")

    def run(self, body: str):
        return self.ask("WebDriver:ExecuteScript", {"script": body, "args": []})

    def press(self, key: str) -> None:
        keys = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self.ask("WebDriver:PerformActions", {"actions": [{"type": "key", "id": "k", "actions": keys}]})

    def click(self, selector: str) -> None:
        found = self.ask("WebDriver:FindElement", {"using": "css selector", "value": selector})
        self.ask("WebDriver:ElementClick", {"id": next(iter(found.values()))})

    def windows(self) -> list[str]:
        return self.ask("WebDriver:GetWindowHandles")

    def turn_to(self, window: str) -> None:
        self.ask("WebDriver:SwitchToWindow", {"handle": window})

    def close(self) -> None:
        self.line.close()
        self.process.terminate()
        self.process.wait(30)
