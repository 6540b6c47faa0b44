"""The client's address behind proxies: X-Forwarded-* is believed from TRUSTED_PROXIES only, else dropped."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings

LOOPBACK = ("127.0.0.1", "::1")


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]):
    return [ip_network(text, strict=False) for text in trusted]


def is_trusted(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


def client_address(peer: str, forwarded_for: str) -> str:
    """The nearest address that is not a trusted proxy, read from the right; else the peer itself."""
    address = peer
    for hop in reversed([part.strip() for part in forwarded_for.split(",") if part.strip()]):
        if not is_trusted(address):
            break
        try:
            ip_address(hop)
        except ValueError:
            break
        address = hop
    return address


FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_own(meta: dict[str, str]) -> bool:
    """Whether the request is this machine's or a trusted proxy's own, not one that it forwards."""
    peer = meta.get("REMOTE_ADDR", "")
    ours = peer in LOOPBACK or is_trusted(peer)
    return ours and not any(name in meta for name in FORWARDED)


class ClientAddressMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        meta = request.META
        peer = meta.get("REMOTE_ADDR", "")
        forwarded_for = meta.pop("HTTP_X_FORWARDED_FOR", "")
        if is_trusted(peer):
            meta["REMOTE_ADDR"] = client_address(peer, forwarded_for)
        else:
            # only a trusted proxy may say that the client used https, and which host it asked for
            for name in ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED"):
                meta.pop(name, None)
        return self.get_response(request)
