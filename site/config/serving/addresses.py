"""Addresses that no page can have, and those that only take what a form sends."""

from config.serving import errors


class ReadableAddressMiddleware:
    """A NUL in a path names nothing, and PostgreSQL refuses to look for it: not found, whichever page would ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return errors.page_not_found(request) if "\0" in request.path_info else self.get_response(request)


class SentNotOpenedMiddleware:
    """An address that only takes a form, opened by hand or from the history, says so instead of an empty page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        opened = request.method in ("GET", "HEAD")
        if not opened or response.status_code != 405 or response.streaming or response.content:
            return response
        said = errors.method_not_allowed(request)
        said.headers["Allow"] = response.headers.get("Allow", "")
        return said
