"""The forms of the second step in the words of this site; allauth does the checking."""

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.signing_in.backend import sign_in_refused
from people.signing_in.forms import reword

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


class _Code:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = _("Sáu số đang hiện trong ứng dụng, hoặc một mã dự phòng tám số.")
        reword(self.fields["code"], _("Mã xác nhận"), _("Điền mã xác nhận."), hint, **CODE)  # type: ignore[attr-defined]

    def clean_code(self):
        """A refused code is a refused try to sign in: whoever sends one has the password, or a session."""
        try:
            return super().clean_code()  # type: ignore[misc]
        except ValidationError as why:
            said = {"stopped": why.code == "too_many_login_attempts", "at_second_step": True, "now": timezone.now()}
            sign_in_refused.send(sender=type(self.user), person_id=self.user.pk, **said)  # type: ignore[attr-defined]
            raise


class AuthenticateForm(_Code, base_forms.AuthenticateForm):
    pass


class ReauthenticateForm(_Code, base_forms.ReauthenticateForm):
    pass


class ActivateForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = _("Sáu số đang hiện trong ứng dụng.")
        reword(self.fields["code"], _("Mã xác nhận"), _("Điền sáu số đang hiện trong ứng dụng."), hint, **CODE)


NAME, NAME_HINT = _("Tên khóa"), _("Để anh chị phân biệt các khóa. Ví dụ: điện thoại của tôi.")


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self.fields["name"], NAME, _("Điền tên khóa."), NAME_HINT, maxlength=60)


class RenameKeyForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self.fields["name"], NAME, _("Điền tên khóa."), NAME_HINT, maxlength=60)
