"""Packs an office document again, so that the same content gives the same bytes: libraries write the time of day into
the archive and into its properties.
"""

import io
import re
import zipfile
from datetime import UTC, datetime

# what an archive can hold begins in 1980
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
PROPERTIES = "docProps/core.xml"
WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def packed_again(document: bytes, at: datetime) -> bytes:
    """The parts in their order, each with the time `at`, as are the times of creation and of change in the document."""
    at = max(at.astimezone(UTC), EARLIEST)
    out, stamp = io.BytesIO(), f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == PROPERTIES:
                content = WRITTEN.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            part = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(part, content)
    return out.getvalue()
