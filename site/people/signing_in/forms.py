"""The forms of sign-in and passwords in the words of this site; allauth does the checking."""

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outbox.effects import enqueue

# the kind of effect that mails a link to a new password
PASSWORD_RESET = "password_reset"
SHOW = {"data-reveal": _("Hiện"), "data-reveal-label": _("Hiện mật khẩu")}


def reword(field: forms.Field, label, required, hint="", **attributes) -> None:
    field.label = label
    field.help_text = hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"required": True, **attributes})


def _reword_new_password(form: forms.Form) -> None:
    rules = format_lazy("{}", " ".join(password_validators_help_texts()))
    reword(form.fields["password1"], _("Mật khẩu mới"), _("Điền mật khẩu mới."), rules, **SHOW)
    reword(form.fields["password2"], _("Mật khẩu mới, nhập lại"), _("Nhập lại mật khẩu mới."), **SHOW)


class NewPassword(forms.Form):
    """Two fields for a form that is not allauth's."""

    password1 = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    password2 = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword_new_password(self)


class RepeatedPassword:
    """Says in Vietnamese that the two new passwords differ; allauth's own sentence has no translation."""

    def add_error(self, field, error):
        if field == "password2" and not isinstance(error, forms.ValidationError):
            error = _("Hai lần nhập chưa giống nhau. Nhập lại cả hai ô.")
        super().add_error(field, error)  # type: ignore[misc]


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self.fields["login"],
            _("Mã cán bộ, email hoặc số điện thoại"),
            _("Điền mã cán bộ, email hoặc số điện thoại của anh chị."),
            _("Cái nào cũng được. Ví dụ: TG-001 hoặc 0905 123 456."),
            autocapitalize="none",
            spellcheck="false",
        )
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs["maxlength"] = 254
        reword(self.fields["password"], _("Mật khẩu"), _("Điền mật khẩu."), **SHOW)


class ChangePasswordForm(RepeatedPassword, allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self.fields["oldpassword"], _("Mật khẩu đang dùng"), _("Điền mật khẩu đang dùng."), **SHOW)
        _reword_new_password(self)


class SetPasswordForm(RepeatedPassword, allauth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword_new_password(self)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks no database who bears the address: a worker does (`people.guarding.password_resets`)."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs):
        enqueue(PASSWORD_RESET, {"email": self.cleaned_data["email"]})
        return self.cleaned_data["email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self.fields["email"],
            _("Email của anh chị"),
            _("Điền email mà đơn vị đã đăng ký cho anh chị."),
        )


class ResetPasswordKeyForm(RepeatedPassword, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword_new_password(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self.fields["password"], _("Mật khẩu"), _("Điền mật khẩu."), **SHOW)
