"""What stands before allauth's pages of the second step: where a first one may begin, the password once more; and that
a change ends every other session.
"""

import time
from functools import wraps
from urllib.parse import quote

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.guarding import first_enrolment
from people.signing_in.second_step import second_step_changed
from people.signing_in.sessions import end_others


def changing(view):
    """A page that adds, removes or renews a second step."""

    @never_cache
    @login_required
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not first_enrolment.may_begin(request):
            settled = first_enrolment.address_is_settled(request.user, timezone.now())
            return render(request, "account/second_step_start.html", {"may_mail": settled}, status=403)
        if request.user.has_usable_password() and not _typed_lately(request):
            return redirect(f"{reverse('account_reauthenticate')}?next={quote(request.path)}")
        before = _means(request.user)
        response = view(request, *args, **kwargs)
        if (after := _means(request.user)) != before:
            _changed(request, before, after)
        return response

    return gate


def _means(user) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))


def _changed(request, before: dict[int, str], after: dict[int, str]) -> None:
    """This session has passed what it has just set up; no other has."""
    for pk in after.keys() - before.keys():
        record_authentication(request, request.user, method="mfa", id=pk, type=after[pk])
    end_others(request.user, request)
    second_step_changed.send(
        sender=Authenticator, person=request.user, added=bool(after.keys() - before.keys()), by=request.user
    )


def _typed_lately(request) -> bool:
    """Whether the password was asked for once more, or set by a slip, within allauth's few minutes."""
    since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    return any(
        record["at"] > since and (record["method"] == first_enrolment.SLIP or _is_password_again(record))
        for record in get_authentication_records(request, request.user)
    )


def _is_password_again(record: dict) -> bool:
    return record["method"] == "password" and record.get("reauthenticated", False)


# --- the link


@require_POST
@login_required
def ask_link(request):
    now = timezone.now()
    if first_enrolment.may_begin(request) or not first_enrolment.address_is_settled(request.user, now):
        return redirect("mfa_index")
    first_enrolment.mail_link(request.user, now)
    messages.info(request, _("Đã gửi liên kết tới email của anh chị; liên kết có hiệu lực một giờ."))
    return redirect("mfa_index")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request, token: str):
    """Opened by a button, so that nothing which only fetches addresses begins anything."""
    if not first_enrolment.is_hers(token, request.user):
        raise Http404
    if request.method == "POST":
        first_enrolment.begin_by_link(request)
        return redirect("mfa_activate_totp")
    return render(request, "account/second_step_link.html")
