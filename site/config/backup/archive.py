"""The archive file: parts, each with its SHA-256, and a manifest that lists them. It knows neither database nor
storage.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1 << 20
# already compressed: deflating them again only costs time
PACKED = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".webm", ".zip"}
PACKED |= {".pdf", ".xlsx", ".docx", ".pptx"}


class BackupError(Exception):
    """The message is one sentence for the operator."""


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def pieces(stream: Readable) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


class Writer:
    """Writes to a draft beside the final path and renames it on `finish`, so nobody finds half an archive. Only its
    owner may read it.
    """

    def __init__(self, path: Path):
        self.path, self.draft = path, path.with_name(path.name + ".part")
        try:
            # overwrites a draft that a killed backup left
            descriptor = os.open(self.draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BackupError(_("Không ghi được vào %(path)s: %(why)s.") % {"path": path, "why": reason}) from None
        os.fchmod(descriptor, 0o600)
        self.handle = os.fdopen(descriptor, "wb")
        self.zip = zipfile.ZipFile(self.handle, "w", allowZip64=True)

    def add(self, name: str, content: Iterable[bytes]) -> dict:
        """{"bytes", "sha256"} of the part as it was written."""
        part = zipfile.ZipInfo(name)
        part.compress_type = zipfile.ZIP_STORED if Path(name).suffix.lower() in PACKED else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self.zip.open(part, "w", force_zip64=True) as target:
            for piece in content:
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        return {"bytes": size, "sha256": digest.hexdigest()}

    def finish(self, manifest: dict) -> None:
        self.add(MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1).encode()])
        self.zip.close()
        self.handle.flush()
        os.fsync(self.handle.fileno())
        self.handle.close()
        self.draft.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def give_up(self) -> None:
        self.handle.close()
        self.draft.unlink(missing_ok=True)


class Reader:
    """Raises BackupError where the file is no archive of ours, or one of a newer format."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self.zip.read(MANIFEST))
            kind = self.manifest["product"], self.manifest["format"]
        except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
            raise BackupError(
                _("%(path)s không phải tệp sao lưu của Lá Chắn, hoặc tệp bị cắt cụt; hãy chọn bản khác.")
                % {"path": path}
            ) from None
        if kind[0] != "la-chan" or kind[1] > FORMAT:
            raise BackupError(
                _("Tệp sao lưu này do bản mới hơn (%(version)s) ghi; hãy cài bản đó rồi khôi phục.")
                % {"version": self.manifest.get("version", "?")}
            )

    def parts(self) -> list[dict]:
        """Every part that the manifest names: tables, files, and the secret key where it was asked for."""
        secret = self.manifest["secret_key"].get("part")
        return [*self.manifest["tables"], *self.manifest["files"], *([secret] if secret else [])]

    def verify(self, progress=lambda done, of: None) -> None:
        """Reads every part and compares it with the manifest. Raises BackupError, naming the first that differs."""
        parts = self.parts()
        for number, part in enumerate(parts, start=1):
            if self._digest(part["part"]) != part["sha256"]:
                raise BackupError(
                    _("Phần %(part)s của tệp sao lưu bị hỏng; chưa khôi phục gì, hãy chọn bản khác.")
                    % {"part": part["part"]}
                )
            progress(number, len(parts))

    def _digest(self, name: str) -> str | None:
        digest = hashlib.sha256()
        try:
            with self.zip.open(name) as stream:
                for piece in pieces(stream):
                    digest.update(piece)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError):
            return None
        except Exception as error:  # zipfile lets zlib.error through
            if type(error).__module__ != "zlib":
                raise
            return None
        return digest.hexdigest()
