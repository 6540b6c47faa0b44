"""Serves uploaded files under /tep/ on a site without a web server in front; nginx may take over the public folders.

Renditions and recordings are public. Documents go through Wagtail's view, which checks the rights on a collection. Only
editors see the originals of pictures, since these may hold where they were taken.
"""

import mimetypes
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from config.serving import errors
from outbox.private_files import StorageAway

# the browser displays these; everything else is downloaded
SHOWN = ("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", "audio/", "video/", "text/vtt")
PUBLIC = ("images", "media", "media_thumbnails")
VOICES = ("media", "media_thumbnails")
FOR_EDITORS = ("original_images",)
# eighteen digits are enough for any file, and Python refuses to read a number of thousands of digits
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass
class Stretch:
    """The next `left` bytes of an open file, so that a long recording is never held in memory: players ask for
    "bytes=0-" first.
    """

    handle: IO[bytes]
    left: int

    def read(self, size: int) -> bytes:
        chunk = self.handle.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.handle.close()


@require_safe
def serve(request, path):
    parts = PurePosixPath(path).parts
    folder = parts[:1]
    # `..` would lead from a public folder into a private one
    if ".." in parts or "\0" in path:
        raise Http404
    if folder and folder[0] in FOR_EDITORS:
        if not request.user.has_perm("wagtailadmin.access_admin") or is_on_its_way(path):
            raise Http404
    elif not folder or folder[0] not in PUBLIC:
        raise Http404
    try:
        handle = default_storage.open(path)
    except StorageAway:
        return errors.unavailable(request)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(handle, content_type=kind, as_attachment=not kind.startswith(SHOWN))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = _kept(folder[0])
    response.headers["Accept-Ranges"] = "bytes"
    return _part_of(response, handle, request.headers.get("Range", ""))


def _kept(folder: str) -> str:
    """A voice is asked for anew each time: who spoke may agree no more."""
    if folder in FOR_EDITORS:
        return "private, no-store"
    return "public, no-cache" if folder in VOICES else "public, max-age=86400"


def is_on_its_way(path: str) -> bool:
    """Whether it is the file of a picture that nobody has cleaned yet."""
    return get_image_model().objects.filter(file=path, is_clean=False).exists()


def _from(handle, start: int, length: int) -> IO[bytes]:
    """A storage on another machine is asked for these bytes alone."""
    if open_part := getattr(default_storage, "open_part", None):
        return open_part(handle.name, start, length)
    handle.seek(start)
    return handle


def _part_of(response, handle, wanted: str):
    """One byte range (RFC 9110, 14.2), without which a player cannot jump in a recording."""
    match = RANGE.fullmatch(wanted)
    if not match or match.groups() == ("", ""):
        return response
    size = handle.size
    first, last = match.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    part = FileResponse(Stretch(_from(handle, start, end - start + 1), end - start + 1), status=206)
    part.headers = response.headers
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    part.headers["Content-Length"] = str(end - start + 1)
    return part
