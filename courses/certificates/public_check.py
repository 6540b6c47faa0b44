"""`/chung-nhan/<code>/`: whether a certificate is valid, for anybody who has its code.

The page shows the person's name and course, nothing else. A malformed code and an unknown code get the same query and
the same page, so guessing reveals nothing; too many wrong codes from one address have to wait.
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
from courses.certificates.laws import law_of
from people.times import today

# wrong codes allowed from one address within ten minutes: a whole province shares a few addresses, and 80 random bits
# need no narrow limit; right codes are not counted, so checks at the door of a conference are not slowed
MISSES = 120
WINDOW = 600


def _private(view):
    """The response is neither cached nor indexed by search engines."""

    @require_safe
    @never_cache
    def private(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return private


@_private
def ask(request) -> HttpResponse:
    """The form for a code typed from paper; redirects to the code's page."""
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
    certificates = described(
        Certificate.objects.with_ending().select_related("replaced_by").filter(code=codes.read(code)), today()
    )
    if not certificates:
        cache.add(counter, 0, WINDOW)
        cache.incr(counter)
        return render(request, "certificates/unknown.html", {"ask": reverse("ask_certificate")}, status=404)
    one = certificates[0]
    law = law_of(one.course_key, one.completed_on)
    return render(request, "certificates/check.html", {"one": one, "law": law})
