"""How much a door reads before it works on it: addresses, bodies of forms, files.

The bound of a body stands before everything that would read it, the check of the CSRF token included, and goes by who
sends: anybody may send what a search or a sign-in needs, somebody signed in what the longest quiz needs, and only staff
what the largest page or a file needs. What is typed into one field is bounded where it is read (`letters.folding` is
never given more than a field may hold); tests/config/test_bounds.py has the table.
"""

from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.http import JsonResponse

from config.serving import errors
from config.serving.policies import hardened
from letters.numbers import is_number
from people.signing_in.sessions import is_staff

KB, MB = 1024, 1024 * 1024
# bytes of path and query as decoded; gunicorn and nginx refuse a request line beyond 8 KB
ADDRESS = 4000
PUBLIC, SIGNED_IN = 64 * KB, MB
# the sign-in pages carry on a form of 64 KB that was posted without a session, sealed (people.signing_in.kept_forms)
CARRYING = 128 * KB
EDITORS = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
# the fields that a form has beside its file
BESIDE = MB


@dataclass(frozen=True)
class Door:
    """Addresses that begin so; bytes that anybody, somebody signed in, and somebody with a role of staff may send."""

    path: str
    anybody: int = PUBLIC
    signed_in: int = SIGNED_IN
    staff: int = SIGNED_IN

    def bound_for(self, user) -> int:
        if not user.is_authenticated:
            return self.anybody
        return self.staff if self.staff > self.signed_in and is_staff(user) else self.signed_in


# the first that fits
DOORS = (
    Door("/cms/images/", staff=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + BESIDE),
    Door("/cms/documents/", staff=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE + BESIDE),
    Door("/cms/media/", staff=settings.RECORDING_MAX_UPLOAD_SIZE + BESIDE),
    Door("/cms/", staff=EDITORS),
    Door("/bao-cao/danh-sach/", staff=settings.ROSTER_MAX_UPLOAD_SIZE + BESIDE),
    Door("/bao-cao/nhap/", staff=settings.ROSTER_MAX_UPLOAD_SIZE + BESIDE),
    Door("/lop-tap-huan/diem-danh/", staff=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + BESIDE),
    Door("/lop-tap-huan/noi-khac/ghi/", staff=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + BESIDE),
    Door("/ke-hoach/ban/", staff=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + BESIDE),
    Door("/hoat-dong/muc/", staff=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + BESIDE),
    Door("/tieng-noi/gui/", staff=settings.RECORDING_MAX_UPLOAD_SIZE + BESIDE),
    Door("/tai-khoan/login/", anybody=CARRYING),
    Door("/tai-khoan/hai-buoc/", anybody=CARRYING),
    Door("/tai-khoan/gui-tiep/", anybody=CARRYING),
    Door("/"),
)


def door_of(path: str) -> Door:
    return next(door for door in DOORS if path.startswith(door.path))


def bytes_of_body(request) -> int:
    """As the request says; 0 where it says none, since then nobody reads one (`KnownLength`)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if is_number(length) else 0


class BodyBoundMiddleware:
    """Stands behind the one that knows the user, who is looked up only for a large body."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sent = bytes_of_body(request)
        if sent > PUBLIC and sent > door_of(request.path_info).bound_for(request.user):
            return too_much(request)
        return self.get_response(request)


class AddressBoundMiddleware:
    def __init__(self, get_response):
        self.get_response, self.refuse = get_response, hardened(errors.address_too_long)

    def __call__(self, request):
        if len(request.META.get("QUERY_STRING", "")) + len(request.path_info.encode()) > ADDRESS:
            return self.refuse(request)
        return self.get_response(request)


def too_much(request):
    page = errors.too_much_sent(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": "Nội dung gửi lên quá lớn."}, status=page.status_code)
    return page


class KnownLength:
    """A body that comes in pieces without its length (chunked) is read to the largest bound of a form and has one then.
    No browser sends a form so; behind nginx each has its length anyway.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower() and not environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(EDITORS + 1)
            environ["CONTENT_LENGTH"], environ["wsgi.input"] = str(len(body)), BytesIO(body)
        return self.application(environ, start_response)
