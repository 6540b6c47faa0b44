"""Signing in with the province's identity provider (OpenID Connect), off until OIDC_ISSUER is set.

The person is looked up on the roster by the provider's staff code, else by an e-mail that it has verified. No user is
created, and no provider data is stored; each sign-in is matched anew, so people who leave the roster lose access.
"""

import logging

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from requests import RequestException

from people.persons.user import User

logger = logging.getLogger("people")
PROVIDER = "tinh"
# signatures by a private key only: with a shared secret, anybody who reads our settings could forge one
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


def provider_name() -> str:
    """The name of the identity provider for its button; "" where none is set."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


class CheckedAdapter(OpenIDConnectOAuth2Adapter):
    """Checks the signature of every ID token, where allauth trusts the line on which it came (OIDC Core 3.1.3.7)."""

    def _decode_id_token(self, app, id_token):
        try:
            with get_adapter().get_requests_session() as line:
                answer = line.get(self.openid_config["jwks_uri"])
                answer.raise_for_status()
            return jwt.decode(
                id_token,
                signing_key(answer.json(), jwt.get_unverified_header(id_token)),
                algorithms=ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except (KeyError, ValueError, jwt.PyJWTError) as error:
            raise OAuth2Error("unreadable id_token") from error


def signing_key(published: dict, header: dict) -> jwt.PyJWK:
    """The key that the token's header names; without a name the only one there is (OpenID Connect Core 10.1)."""
    keys = [key for key in jwt.PyJWKSet.from_dict(published).keys if key.public_key_use in (None, "sig")]
    if "kid" in header:
        keys = [key for key in keys if key.key_id == header["kid"]]
    if len(keys) != 1:
        raise KeyError("kid")
    return keys[0]


def person_for(claims: dict) -> User | None:
    """The person with the claimed staff code; only without one, the person with the e-mail that the provider has
    verified.

    `email_verified` must be true itself: some providers write it as text.
    """
    code = str(claims.get(settings.OIDC_STAFF_CODE_CLAIM) or "").strip()
    if code:
        return User.objects.by_code(code)
    email = str(claims.get("email") or "").strip()
    if email and claims.get("email_verified") is True:
        return User.objects.filter(email__iexact=email).first()
    return None


class ProvinceAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Signs in a person on the roster; else stops with a message, since allauth would go on to a registration."""
        extra_data = sociallogin.account.extra_data
        signed, userinfo = extra_data.get("id_token") or {}, extra_data.get("userinfo") or {}
        # OpenID Connect Core 5.3.2: a response about another subject must not be used
        if not signed or (userinfo and userinfo.get("sub") != signed.get("sub")):
            raise ImmediateHttpResponse(refused(request, NOT_DONE))
        person = person_for({**userinfo, **signed})
        if person is None:
            raise ImmediateHttpResponse(refused(request, NOT_ON_THE_ROSTER))
        if not person.is_active:
            raise ImmediateHttpResponse(redirect("account_inactive"))
        sociallogin.user = person

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        logger.warning("identity provider: %s", type(exception).__name__ if exception else error)
        raise ImmediateHttpResponse(refused(request, NOT_DONE))


NOT_ON_THE_ROSTER = "roster"
NOT_DONE = "failed"


def refused(request, why: str):
    sentence = {
        NOT_ON_THE_ROSTER: _(
            "Tài khoản này chưa khớp với ai trong danh sách cán bộ. Anh chị hỏi người phụ trách tập huấn của đơn vị."
        ),
        NOT_DONE: _("Chưa đăng nhập được qua hệ thống của tỉnh. Anh chị thử lại, hoặc đăng nhập bằng mật khẩu."),
    }[why]
    return render(request, "account/provider_refused.html", {"sentence": sentence}, status=403)


def _adapter(request, provider_id: str) -> CheckedAdapter:
    if not settings.OIDC_ISSUER or provider_id != PROVIDER:
        raise Http404
    return CheckedAdapter(request, PROVIDER)


def provider_login(request, provider_id=PROVIDER):
    try:
        return OAuth2LoginView.adapter_view(_adapter(request, provider_id))(request)
    except RequestException:
        logger.warning("identity provider: not reached")
        return refused(request, NOT_DONE)


def provider_callback(request, provider_id=PROVIDER):
    try:
        return OAuth2CallbackView.adapter_view(_adapter(request, provider_id))(request)
    except RequestException:
        logger.warning("identity provider: not reached")
        return refused(request, NOT_DONE)
