"""`/chung-nhan/<code>/`: whether a certificate holds, for anybody who has its code.

Of the person it says the name and the course, nothing else. A code that is not one, or nobody's, is looked up by the
same query and answered by the same page, so trying teaches nothing; who tries too often from one address has to wait.
"""

import time

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.certificates import codes
from courses.certificates.certificate import Certificate
from courses.certificates.described import described
from people.times import today

# wrong codes from one address within ten minutes: a whole province sits behind a few addresses, and 80 random bits
# need no narrow limit; right codes count nothing, so a check at the gate of a conference is not slowed
MISSES = 120
WINDOW = 600


def _private(view):
    """Neither stored on the way nor found by a search engine."""

    @require_safe
    @never_cache
    def private(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return private


@_private
def ask(request) -> HttpResponse:
    """A code typed from paper leads to its page."""
    if typed := request.GET.get("ma", "").strip():
        code = codes.read(typed)
        return redirect("check_certificate", codes.written(code) if code else "khong-dung")
    return render(request, "certificates/ask.html")


@_private
def check(request, code: str) -> HttpResponse:
    window = int(time.time()) // WINDOW
    counter = f"certificate-misses:{request.META.get('REMOTE_ADDR', '')}:{window}"
    if cache.get(counter, 0) >= MISSES:
        response = render(request, "certificates/slow_down.html", {"minutes": WINDOW // 60}, status=429)
        response["Retry-After"] = str(WINDOW - int(time.time()) % WINDOW)
        return response
    certificates = described(Certificate.objects.with_ending().filter(code=codes.read(code)), today())
    if not certificates:
        cache.add(counter, 0, WINDOW)
        cache.incr(counter)
        return render(request, "certificates/unknown.html", {"ask": reverse("ask_certificate")}, status=404)
    return render(request, "certificates/check.html", {"one": certificates[0]})
