"""Signing in by staff code, e-mail or phone, through django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.utils.translation import gettext_lazy as _

from people.accounts import User


class SignInBackend(AuthenticationBackend):
    """Signs in by staff code, e-mail or phone."""

    def authenticate(self, request, **credentials):
        login = credentials.get("username") or credentials.get("email") or credentials.get("login")
        user = User.objects.by_login(login)
        if user is None:
            User().set_password(credentials.get("password"))  # as slow as a real check
            return None
        return self._check_password(user, credentials.get("password"))


NOT_MATCHING = _("Mã cán bộ (hoặc email, số điện thoại) và mật khẩu không khớp. Anh chị kiểm tra rồi nhập lại.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_MATCHING,
        "email_password_mismatch": NOT_MATCHING,
        "phone_password_mismatch": NOT_MATCHING,
        "incorrect_password": _("Mật khẩu không đúng. Anh chị nhập lại."),
        "enter_current_password": _("Mật khẩu đang dùng không đúng. Anh chị nhập lại."),
        "too_many_login_attempts": _("Đã nhập sai nhiều lần. Anh chị chờ 5 phút rồi thử lại."),
        "rate_limited": _("Quá nhiều yêu cầu trong một lúc. Anh chị chờ một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request):
        """Nobody registers: people come from the roster."""
        return False
