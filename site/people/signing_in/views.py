"""The sign-in page: allauth's, extended to carry a form that was posted without a session."""

from allauth.account.views import LoginView
from django.http import HttpResponse
from django.middleware.csrf import get_token

from people.signing_in import kept_forms
from people.signing_in.identity_provider import provider_name

FIELD = "kept"


class SignInView(LoginView):
    def get_context_data(self, **kwargs):
        kept = self.request.POST.get(FIELD, "")
        known = kept if kept and kept_forms.open_form(kept) else ""
        return super().get_context_data(kept=known, provider_name=provider_name(), **kwargs)

    def get_success_url(self):
        """A kept form is sent first; its user is compared after signing in."""
        kept = self.request.POST.get(FIELD, "")
        if kept and kept_forms.open_form(kept):
            self.request.session[kept_forms.IN_SESSION] = kept
            return kept_forms.address()
        return super().get_success_url()


sign_in = SignInView.as_view()


def page_for(request, token: str) -> HttpResponse:
    """The sign-in page with status 401, since nothing was saved yet; its form posts to the sign-in URL."""
    view = SignInView()
    view.setup(request)
    form = view.get_form_class()(request=request)
    context = {"form": form, "kept": token, "provider_name": provider_name(), "view": view}
    get_token(request)
    return view.response_class(request=request, template=["account/login.html"], context=context, status=401)
