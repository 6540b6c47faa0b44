"""Security headers: strict on the site, looser under the editor's path, as Wagtail needs."""

from collections.abc import Callable

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware


def hardened(refusal: Callable) -> Callable:
    """A refusal by what stands before all that says how a browser is to take a page: it says it too."""
    return SecurityMiddleware(XFrameOptionsMiddleware(PolicyMiddleware(refusal)))


class PolicyMiddleware(CSPMiddleware):
    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path_info.startswith(settings.EDITOR_PATH):
            parts.config = settings.EDITOR_SECURITY_POLICY
        elif getattr(request, "is_preview", False):
            # a preview is a page of the site inside the editor's frame
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if self._posts_nothing(request, response):
            response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # a phone or an office computer is shared: the back button must not show the last person's page
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response

    def _posts_nothing(self, request, response) -> bool:
        """Whether this is a public page without a form that posts to us. With a form, "no-referrer" would make browsers
        send "Origin: null", and our own checks would refuse the form.
        """
        return (
            settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not response.streaming
            and response.headers.get("Content-Type", "").startswith("text/html")
            and b'method="post"' not in response.content.lower()
        )
