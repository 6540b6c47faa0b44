"""Tells our own forms from those of another site without a CSRF token, since an anonymous page sets no cookie."""

from urllib.parse import urlsplit

OURS = {"same-origin", "none"}


def is_from_elsewhere(request) -> bool:
    """Decides by Sec-Fetch-Site, which no script can set, or by Origin for browsers that do not send it.

    `Origin: null` alone is what our own pages with `no-referrer` send from an old browser, and a sandboxed frame of
    anybody; without a token nothing tells them apart, so it is refused. No header at all is no browser.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in OURS
    origin = request.headers.get("Origin")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
