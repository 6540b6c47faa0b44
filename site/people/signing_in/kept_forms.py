"""Keeps a form posted after its session had ended: the sign-in page carries it sealed.

    {% sent_by %}    in the form of a signed-in user: their id, signed

A view that meets such a POST without a session answers `resuming.kept_for_sign_in(request)`: the sign-in page with the
fields in one sealed hidden value. After signing in, `/tai-khoan/gui-tiep/` sends them on, if the same person signed in
within two hours. Only forms that name their user and come from a page of this site (Origin, else Referer) are kept: no
other site can have a form sent in a person's name, and no answer lands in another account.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people.signing_in.sealing import Broken, seal, unseal

FIELD = "sent_by"
SALT = PURPOSE = "kept form"
SECONDS = 2 * 3600
MOST_BYTES = 64 * 1024
IN_SESSION = "kept_form"
NOT_CARRIED = {"csrfmiddlewaretoken", FIELD}


@dataclass(frozen=True)
class KeptForm:
    person_id: int
    path: str
    fields: list[tuple[str, str]]


def mark_of(person) -> str:
    return signing.Signer(salt=SALT).sign(str(person.pk))


def sender_field(request) -> SafeString:
    """The hidden field of `{% sent_by %}`, made once a request; "" where nobody is signed in."""
    person = request.user
    if not person.is_authenticated:
        return SafeString()
    # with the person, since somebody may sign in during the request
    kept = getattr(request, "kept_sender_field", None)
    if kept is None or kept[0] != person.pk:
        field = format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark_of(person))
        kept = request.kept_sender_field = person.pk, field
    return kept[1]


def _sender(mark: str) -> int | None:
    try:
        return int(signing.Signer(salt=SALT).unsign(mark))
    except (signing.BadSignature, ValueError):
        return None


def _from_here(request) -> bool:
    """Whether a page of this site sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}" in {settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}


def seal_form(request) -> str:
    """The sealed form, or "" where it cannot be kept."""
    if request.method != "POST" or request.FILES or not _from_here(request):
        return ""
    person_id = _sender(request.POST.get(FIELD, ""))
    if person_id is None:
        return ""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_CARRIED]
    text = json.dumps({"person": person_id, "path": request.get_full_path(), "fields": fields})
    return seal(PURPOSE, text) if len(text) <= MOST_BYTES else ""


def open_form(token: str) -> KeptForm | None:
    """The form; None where it was not sealed here or is too old."""
    try:
        payload = json.loads(unseal(PURPOSE, token, SECONDS))
    except Broken:
        return None
    return KeptForm(payload["person"], payload["path"], [(name, value) for name, value in payload["fields"]])


def address() -> str:
    return reverse("send_kept_form")
