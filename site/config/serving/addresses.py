"""Middleware for addresses that no page can have, and for those that only accept a form."""

from config.serving import errors
from config.serving.policies import hardened


class ReadableAddressMiddleware:
    """Answers 404 to a path with a NUL, which PostgreSQL refuses to look up."""

    def __init__(self, get_response):
        self.get_response, self.refuse = get_response, hardened(errors.page_not_found)

    def __call__(self, request):
        return self.refuse(request) if "\0" in request.path_info else self.get_response(request)


class SentNotOpenedMiddleware:
    """Explains an address that only accepts a form, where somebody opened it by hand or from the history, instead of
    answering with an empty page.
    """

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
