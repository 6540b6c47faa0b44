"""The second step of signing in (TOTP, recovery codes, security keys): open to all, required of staff roles.

It is required of every role with access to other people's data (`STAFF_KINDS`), except in a trial on one machine
(`SECOND_STEP_REQUIRED`).
"""

import base64
import logging
import secrets
from urllib.parse import quote

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.dispatch import Signal
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.rights.roles import STAFF_KINDS, role_kinds
from people.signing_in.sealing import Broken, seal, unseal

logger = logging.getLogger("people.signing_in.second_step")
PURPOSE = "second step"
# sent with `person` and `added` (False: one was taken away) after the owner changed the means of the second step
second_step_changed = Signal()


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Vai trò của anh chị cần bước xác nhận thứ hai, nên không tắt được cách cuối cùng. Thêm cách khác trước."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Bật bước xác nhận thứ hai trước, rồi mới lấy mã dự phòng."),
        "incorrect_code": gettext_lazy("Mã không đúng hoặc đã hết hạn. Anh chị nhập mã mới nhất."),
    }

    def encrypt(self, text: str) -> str:
        return seal(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(PURPOSE, encrypted_text)
        except Broken:
            # after a restore under another SECRET_KEY no code is valid, and the message says so
            logger.error("a second step was sealed under another SECRET_KEY; name it in SECRET_KEY_FALLBACKS")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return "Lá Chắn"

    def get_totp_label(self, user) -> str:
        return user.staff_code

    def can_delete_authenticator(self, authenticator) -> bool:
        if not must_have(authenticator.user):
            return True
        others = second_steps(authenticator.user).exclude(pk=authenticator.pk)
        return authenticator.type == Authenticator.Type.RECOVERY_CODES or others.exists()

    def generate_authenticator_name(self, user, type) -> str:
        return _("Khóa bảo mật %(n)d") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}


def second_steps(user):
    """The person's means of the second step; recovery codes alone do not count."""
    return Authenticator.objects.filter(user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def has_passed(request, means: set[int]) -> bool:
    """Whether this very session gave a code or key of one of these means (ids, recovery codes too): one that is older
    than the second step did not.
    """
    records = get_authentication_records(request, request.user)
    return bool(means & {record.get("id") for record in records if record["method"] == "mfa"})


def must_have(user) -> bool:
    return settings.SECOND_STEP_REQUIRED and (user.is_superuser or bool(role_kinds(user) & STAFF_KINDS))


def is_door(path: str) -> bool:
    return any(path.startswith(door) for door in settings.STAFF_DOORS)


class SecondStepMiddleware:
    """Redirects staff from staff pages to the set-up of a second step, or to where this session passes it. Learning
    stays open to them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (settings.SECOND_STEP_REQUIRED and is_door(request.path_info)):
            return self.get_response(request)
        user = request.user
        if not (user.is_authenticated and must_have(user)):
            return self.get_response(request)
        means = dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))
        if not set(means.values()) - {Authenticator.Type.RECOVERY_CODES}:
            sentence = _("Vai trò của anh chị cần bước xác nhận thứ hai. Bật ở đây một lần, mất chừng hai phút.")
            return self._led_to(reverse("mfa_index"), request, sentence)
        if not has_passed(request, {*means}):
            sentence = _("Lần đăng nhập này chưa qua bước xác nhận thứ hai. Anh chị nhập mã một lần.")
            wanted = quote(request.get_full_path())
            return self._led_to(f"{reverse('mfa_reauthenticate')}?next={wanted}", request, sentence)
        return self.get_response(request)

    def _led_to(self, address: str, request, sentence: str):
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"error": sentence}, status=403)
        messages.warning(request, sentence)
        return redirect(address)
