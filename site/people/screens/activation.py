"""`/tai-khoan/kich-hoat/`: a person sets a password with the code of the slip and the staff code, and is signed in."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.persons.user import User
from people.signing_in import limits
from people.signing_in.activation import NotValid, find_slip, use_slip
from people.signing_in.backend import sign_in_refused, stopped_sentence
from people.signing_in.forms import NewPassword, RepeatedPassword, reword

WRONG = _(
    "Mã cán bộ và mã trên phiếu không khớp, hoặc phiếu đã dùng hay đã quá hạn. "
    "Anh chị xem lại phiếu, hoặc xin phiếu mới."
)


class ActivationForm(RepeatedPassword, NewPassword, forms.Form):
    staff_code = forms.CharField(max_length=40)
    code = forms.CharField(max_length=40)
    field_order = ["staff_code", "code", "password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain = {"autocapitalize": "characters", "spellcheck": "false"}
        reword(
            self.fields["staff_code"],
            _("Mã cán bộ"),
            _("Điền mã cán bộ ghi trên phiếu."),
            autocomplete="username",
            **plain,
        )
        reword(
            self.fields["code"],
            _("Mã kích hoạt"),
            _("Điền mã kích hoạt ghi trên phiếu."),
            _("Mười chữ và số trên phiếu; chữ hoa hay chữ thường, có gạch hay không đều được."),
            autocomplete="one-time-code",
            **plain,
        )

    def person(self) -> User | None:
        return User.objects.by_code(self.data.get("staff_code", ""))

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "")
        elif first:
            # not against the person: whoever has no slip would learn her e-mail by what is too similar to it
            self.judge(first)
        return cleaned

    def judge(self, password: str, person: User | None = None) -> bool:
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password1", error)
            return False
        return True


@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request):
    """GET takes the staff code of the QR code from `can-bo`; people type the one-time code, so no URL holds it."""
    if request.method != "POST":
        form = ActivationForm(initial={"staff_code": request.GET.get("can-bo", "")[:40]})
        return render(request, "account/activate.html", {"form": form})
    form = ActivationForm(request.POST)
    if form.is_valid() and (person := _activated(request, form)):
        if request.user.is_authenticated:
            get_adapter().logout(request)
        record_authentication(request, person, method="activation")
        return perform_login(request, Login(user=person))
    return render(request, "account/activate.html", {"form": form})


def _activated(request, form: ActivationForm) -> User | None:
    now = timezone.now()
    known = form.person()
    account = limits.account_of(known.pk) if known else limits.stranger(form.cleaned_data["staff_code"])
    address = get_adapter().get_client_ip(request)
    tries = limits.Tries(account, address, limits=limits.SLIP, address_limits=limits.SLIP_ADDRESS)
    try:
        tries.take(now)
        slip = find_slip(form.cleaned_data["staff_code"], form.cleaned_data["code"], now)
        if not form.judge(form.cleaned_data["password1"], slip.person):
            tries.give_back(now)
            return None
        person = use_slip(slip, form.cleaned_data["password1"], now)
    except limits.Stopped as stopped:
        if known:
            sign_in_refused.send(sender=User, person_id=known.pk, stopped=True, now=now)
        form.add_error(None, stopped_sentence(stopped))
        return None
    except NotValid:
        if known:
            sign_in_refused.send(sender=User, person_id=known.pk, stopped=False, now=now)
        form.add_error(None, WRONG)
        return None
    tries.give_back(now)
    limits.forgive(person.pk, request)
    return person
