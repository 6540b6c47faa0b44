"""The page of questions for anybody: it sets no cookie, so what is sent to it is told by its origin."""

from functools import wraps

from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pages.serving.same_origin import is_from_elsewhere


def for_anybody(view):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if request.method == "POST" and is_from_elsewhere(request):
            return HttpResponseForbidden(_("Biểu mẫu này không gửi từ trang của chúng tôi."))
        return view(request, *args, **kwargs)

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(gated)))


def closed(request) -> HttpResponse:
    return render(request, "pulse/closed.html", status=404)
