"""Carries a kept form through the sign-in page and sends it on for the same person (`people.signing_in.kept_forms`)."""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.signing_in.kept_forms import IN_SESSION, open_form, seal_form
from people.signing_in.views import page_for


def kept_for_sign_in(request) -> HttpResponse | None:
    """The sign-in page that carries the posted form; None where there is nothing to carry."""
    token = seal_form(request)
    if not token:
        return None
    return page_for(request, token)


def signed_in_or_kept(view):
    """Like login_required, but a form posted after the session had ended is carried through the sign-in page."""

    @wraps(view)
    def gate(request, *args, **kwargs):
        if not request.user.is_authenticated and (kept := kept_for_sign_in(request)):
            return kept
        return login_required(view)(request, *args, **kwargs)

    return gate


def send_again(request) -> HttpResponse | None:
    """Sends on the form of a user with an old CSRF token (they signed in anew in between); None if it is not theirs."""
    token = seal_form(request)
    kept = open_form(token) if token else None
    if kept is None or not request.user.is_authenticated or kept.person_id != request.user.pk:
        return None
    request.session[IN_SESSION] = token
    return redirect("send_kept_form")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_kept_form(request):
    """Shows the kept form; its button (or the script) sends it, and a 307 repeats the POST at the original URL."""
    kept = open_form(request.session.get(IN_SESSION, ""))
    if kept is None or kept.person_id != request.user.pk:
        if request.session.pop(IN_SESSION, None):
            sentence = _("Điều vừa gửi là của người khác hoặc đã quá lâu, nên không gửi tiếp. Anh chị mở lại trang đó.")
            messages.warning(request, sentence)
        return redirect(get_adapter().get_login_redirect_url(request))
    if request.method == "POST":
        del request.session[IN_SESSION]
        return redirect(kept.path, preserve_request=True)
    return render(request, "account/send_kept_form.html", {"kept": kept})
