"""Signing in by staff code, e-mail or phone, through django-allauth."""

import secrets
import threading
import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outbox.mail import enqueue_mail
from people.persons.user import User
from people.signing_in import limits
from people.signing_in.landing import landing_of

CHECKS = threading.BoundedSemaphore(settings.PASSWORD_CHECKS_AT_ONCE)
# seconds
CHECK_WAIT = 10
# sent with `person_id`, `stopped` (by the limits) and `now` for a refused try at an account that exists; with
# `at_second_step` where the password was right and the code was not
sign_in_refused = Signal()


class SignInBackend(AuthenticationBackend):
    """Signs in by staff code, e-mail or phone."""

    def authenticate(self, request, **credentials):
        user = _person(request, _login(credentials))
        if user is None:
            User().set_password(credentials.get("password"))  # hashes anyway, so that it takes as long as a real check
            return None
        return self._check_password(user, credentials.get("password"))


def _login(credentials) -> str:
    return credentials.get("username") or credentials.get("email") or credentials.get("login") or ""


def _person(request, login: str) -> User | None:
    """Whom the login names; looked up once for a request, since the limits ask before the password is looked at."""
    if request is None:
        return User.objects.by_login(login)
    if getattr(request, "_named", (None, None))[0] != login:
        request._named = (login, User.objects.by_login(login))
    return request._named[1]


def stopped_sentence(stopped: limits.Stopped) -> str:
    """Says until when the user must wait and what else they can do; the same whether the account exists or not."""
    params = {"at": f"{timezone.localtime(stopped.until):%H:%M}"}
    if not stopped.account:
        return gettext("Từ mạng này đang có quá nhiều lần nhập sai. Anh chị thử lại sau %(at)s.") % params
    return (
        gettext(
            "Đã nhập sai nhiều lần nên tạm dừng đến %(at)s. Cần vào ngay: đặt lại mật khẩu bằng email, hoặc xin "
            "người phụ trách tập huấn của đơn vị một phiếu kích hoạt mới."
        )
        % params
    )


NOT_MATCHING = _("Mã cán bộ (hoặc email, số điện thoại) và mật khẩu không khớp. Anh chị kiểm tra rồi nhập lại.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_MATCHING,
        "email_password_mismatch": NOT_MATCHING,
        "phone_password_mismatch": NOT_MATCHING,
        "incorrect_password": _("Mật khẩu không đúng. Anh chị nhập lại."),
        "enter_current_password": _("Mật khẩu đang dùng không đúng. Anh chị nhập lại."),
        # message of allauth's own limits: the code of the second step, a repeated password
        "too_many_login_attempts": _("Đã nhập sai nhiều lần. Anh chị chờ 5 phút rồi thử lại."),
        "rate_limited": _("Quá nhiều yêu cầu trong một lúc. Anh chị chờ một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request):
        """Nobody registers: people come from the roster."""
        return False

    def get_login_redirect_url(self, request):
        return landing_of(request.user)

    def get_client_ip(self, request):
        """Uses the address that ClientAddressMiddleware has read from the trusted proxies."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"

    def authenticate(self, request, **credentials):
        """A flood of passwords takes no more than so many processors and so much memory; the others wait a while."""
        if not CHECKS.acquire(timeout=CHECK_WAIT):
            raise ValidationError(gettext("Đang có quá nhiều người đăng nhập cùng lúc. Anh chị thử lại sau ít phút."))
        try:
            return super().authenticate(request, **credentials)
        finally:
            CHECKS.release()

    # --- limits that allauth's ACCOUNT_RATE_LIMITS cannot say: by account however it is written, and by device

    def pre_authenticate(self, request, **credentials):
        login = _login(credentials)
        person = _person(request, login)
        account = limits.stranger(login)
        if person is not None:
            account = limits.device_account(request, person.pk) or limits.account_of(person.pk)
        self._tries = limits.Tries(account, self.get_client_ip(request))
        self._person, now = person, timezone.now()
        try:
            self._tries.take(now)
        except limits.Stopped as stopped:
            if person is not None:
                sign_in_refused.send(sender=User, person_id=person.pk, stopped=True, now=now)
            raise ValidationError(stopped_sentence(stopped), code="too_many_login_attempts") from None

    def authentication_failed(self, request, **credentials):
        super().authentication_failed(request, **credentials)
        if self._person is not None:
            sign_in_refused.send(sender=User, person_id=self._person.pk, stopped=False, now=timezone.now())

    def _rollback_login_failed_rl_usage(self):
        self._tries.give_back(timezone.now())

    def login(self, request, user):
        """All that a sign-in writes is one transaction: on a day when everybody signs in, each costs a disk's time; and
        who ends her sessions at that moment ends this one or none of it is there yet.
        """
        with transaction.atomic():
            super().login(request, user)
            # as allauth says it afterwards, so that there is nothing to write then
            request.session.set_expiry(settings.SESSION_COOKIE_AGE)
            request.session.save()

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        limits.remember_device(request, response, user.pk)
        return response

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not right after signing in, since users who must set up the second step come from there."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def set_password(self, user, password):
        super().set_password(user, password)
        limits.forgive(user.pk, self.request)

    def send_mail(self, template_prefix, email, context):
        """Sends mail through the outbox, so that a request takes as long for an unknown address as for a known one."""
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        # each request is a separate mail, since its link differs
        enqueue_mail(to=email, subject=message.subject, body=message.body, key=f"account:{secrets.token_hex(16)}")
