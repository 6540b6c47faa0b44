"""Signing in by staff code, e-mail or phone, through django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from people.accounts import User


class SignInBackend(AuthenticationBackend):
    """Signs in by staff code, e-mail or phone."""

    def authenticate(self, request, **credentials):
        login = credentials.get("username") or credentials.get("email") or credentials.get("login")
        user = User.objects.by_login(login)
        if user is None:
            User().set_password(credentials.get("password"))  # as slow as a real check
            return None
        if user.check_password(credentials.get("password")) and self.user_can_authenticate(user):
            return user
        return None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Nobody registers: people come from the roster."""
        return False
