"""The floor: what Django itself costs here. Every figure is a ratio to it, measured in the same run.

`/floor/` is a plain view: the site's own middleware, a session, a user and two queries. `/floor/save/` is a plain
POST: session, user, CSRF, and one transaction that reads one row and writes one.
"""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as site_patterns
from outbox.leases import Lease
from people.units.unit import Unit


@login_required
def page(request):
    unit = Unit.objects.order_by("pk").first()
    count = Unit.objects.filter(parent=unit).count()
    return HttpResponse(f"<!doctype html><title>{unit}</title><p>{request.user} {count} {get_token(request)}")


@require_POST
@login_required
def save(request):
    with transaction.atomic():
        unit = Unit.objects.order_by("pk")[0]
        Lease.objects.create(name=f"floor:{uuid4().hex}", holder=unit.code, until=timezone.now())
    return HttpResponse("ok")


urlpatterns = [path("floor/", page), path("floor/save/", save), *site_patterns]
handler404 = "config.serving.errors.page_not_found"
handler500 = "config.serving.errors.server_error"
