"""Error pages that the web server in front shows by itself: `prepare` writes them beside the static files.

Somebody whom nginx refuses reads the same page, in the site's look, as somebody whom the site refuses
(docs/nginx.conf names them by status).
"""

from pathlib import Path

from django.conf import settings

from config.serving import errors

PAGES = {413: errors.too_much_sent, 414: errors.address_too_long, 429: errors.too_many_requests}


def folder() -> Path:
    return settings.DATA_DIR / "error-pages"


def write_pages() -> None:
    """Each whole or not at all; anew each time, since they name stylesheets that an upgrade renames."""
    folder().mkdir(parents=True, exist_ok=True)
    for status, page in PAGES.items():
        draft = folder() / f".{status}.html"
        draft.write_bytes(page().content)
        draft.replace(folder() / f"{status}.html")
