"""Addresses that no page can have."""

from config import errors


class ReadableAddressMiddleware:
    """A NUL in a path names nothing, and PostgreSQL refuses to look for it: not found, whichever page would ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return errors.page_not_found(request) if "\0" in request.path_info else self.get_response(request)
