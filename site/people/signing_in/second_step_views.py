"""Changes to allauth's views of the second step."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.http import HttpResponse


class RemoveKeyView(RemoveWebAuthnView):
    """Keeps the last second step of staff; allauth checks only authenticator apps."""

    def form_valid(self, form) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


remove_key = RemoveKeyView.as_view()
