"""Compresses the pages of signed-in people, since a weak line is slower than any processor.

Public pages and static files are stored compressed and pass untouched. Against BREACH Django masks the CSRF token anew
for each page and adds a random number of bytes to each answer.
"""

from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "application/json", "text/csv")


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses text only. Pictures and archives gain nothing, and a byte range would no longer fit."""

    def process_response(self, request, response):
        if getattr(response, "coding_chosen", False) or response.streaming:
            return response
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
