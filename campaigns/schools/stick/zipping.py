"""Files as one archive, the same bytes for the same files."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

# of every entry, so that the same content is the same file
STAMP = (1980, 1, 1, 0, 0, 0)
# what is compressed already
STORED = (".pdf", ".png", ".jpg", ".webp", ".mp3", ".ogg")


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            how = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(f"la-chan/{name}", STAMP)
            archive.writestr(entry, files[name], how, compresslevel=9)
    return out.getvalue()
