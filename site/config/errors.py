"""Error pages in the look of the site; they must render without the database."""

from django.http import HttpResponseForbidden


def csrf_failure(request, reason=""):
    return HttpResponseForbidden("403")
