"""Error pages in the look of the site.

They are rendered without the request, so no context processor runs and no query is made. A session's cookie says, as
far as it can be known without one, that somebody is signed in: she reads the words of her own pages and can sign out.
If even that fails, the answer is a bare page with the numbers to call.
"""

import logging
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _

from config.serving.database import is_away

logger = logging.getLogger("config.serving.errors")

# what Django says while it reads a form
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = 30
RETRY_AFTER_CROWD_SECONDS = 60
BARE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Lá Chắn</title><h1>{title}</h1><p>{words}</p>'
    '<p><a href="/">Trang đầu</a> · <a href="tel:111">111</a> · <a href="tel:113">113</a></p></html>'
)


def page(request, status: int, title: str, *sentences: str, **more) -> HttpResponse:
    """A page that says what happened and what to do; without a request it is for nginx. `more`: reload (an address),
    to_learning.
    """
    has_session = request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES
    context = {"status": status, "title": title, "sentences": sentences, "has_session": has_session, **more}
    html: str
    try:
        html = render_to_string("error.html", context)
    except Exception:
        logger.exception("the error page itself failed")
        html = BARE.format(title=escape(title), words=escape(" ".join(sentences)))
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    if isinstance(exception, TOO_MUCH):
        return too_much_sent(request)
    return page(
        request,
        400,
        _("Máy chủ không hiểu yêu cầu này"),
        _("Đường dẫn hoặc nội dung gửi lên bị sai. Quay lại trang trước và thử lại."),
    )


def permission_denied(request, exception=None):
    reason = str(exception) if exception and str(exception) else ""
    return page(
        request,
        403,
        _("Anh chị chưa được mở trang này"),
        reason or _("Trang này dành cho người có vai trò khác hoặc đơn vị khác."),
        _("Nếu cần xem, hỏi người quản lý tập huấn của đơn vị."),
        to_learning=True,
    )


def page_not_found(request, exception=None):
    return page(
        request,
        404,
        _("Không có trang này"),
        # of an exception of ours: why it is not there any more
        str(getattr(exception, "sentence", "")) or _("Đường dẫn có thể bị gõ sai, hoặc trang đã được chuyển đi."),
        to_learning=True,
    )


def method_not_allowed(request):
    return page(
        request,
        405,
        _("Địa chỉ này không mở trực tiếp được"),
        _("Nó chỉ nhận biểu mẫu được gửi đi. Mở lại trang có biểu mẫu rồi bấm nút ở đó; chưa có gì bị thay đổi."),
        to_learning=True,
    )


def too_much_sent(request=None):
    """413: the form or the file is larger than this door takes. Said by nginx too, which knows no request."""
    return page(
        request,
        413,
        _("Nội dung gửi lên quá lớn"),
        _("Máy chủ chưa nhận gì của lần gửi này. Những gì đã báo “Đã lưu” vẫn còn."),
        _("Quay lại trang trước, gửi ít chữ hơn hoặc chọn tệp nhỏ hơn; trang có biểu mẫu nói tệp được lớn đến đâu."),
        reload=_came_from(request) if request else "",
    )


def address_too_long(request=None):
    """414: the address or a header of the request is longer than any page of this site makes."""
    return page(
        request,
        414,
        _("Địa chỉ quá dài"),
        _("Địa chỉ này dài hơn mọi địa chỉ của trang; có thể bị dán nhầm hoặc bị cắt ghép."),
        _("Mở trang đầu rồi đi tiếp từ đó. Muốn tìm thì gõ ít chữ hơn."),
    )


def too_many_requests(request=None):
    """429, written down for nginx, which counts them."""
    response = page(
        request,
        429,
        _("Anh chị chờ một phút"),
        _("Có quá nhiều yêu cầu trong một lúc từ mạng này. Chờ một phút rồi tải lại trang; chưa có gì bị mất."),
        _("Những gì đã báo “Đã lưu” vẫn còn, và câu trả lời đang chờ vẫn ở trên máy của anh chị."),
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_CROWD_SECONDS)
    return response


def server_error(request):
    error = sys.exc_info()[1]
    if error is not None and is_away(error):
        return unavailable(request)
    return page(
        request,
        500,
        _("Có lỗi ở máy chủ"),
        _("Lỗi này không do anh chị. Những gì đã báo “Đã lưu” vẫn còn. Chờ một phút rồi tải lại trang."),
        reload=_here(request),
    )


def unavailable(request):
    """The database is away or too busy."""
    response = page(
        request,
        503,
        _("Hệ thống đang tạm ngừng"),
        _("Những gì đã báo “Đã lưu” vẫn còn. Chờ một phút rồi tải lại trang."),
        reload=_here(request),
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def csrf_failure(request, reason=""):
    """A form that was opened before its sender signed in (again), or in a browser without cookies. The form is kept and
    sent again if a page of this site sent it and it names its sender.
    """
    if request.headers.get("Accept", "").startswith("application/json"):
        # the script of the page puts the new token into its form and tries once more; other sites cannot read this
        text = _("Trang này mở đã lâu. Hãy tải lại trang; câu trả lời đang chờ vẫn ở trên máy này.")
        return JsonResponse({"error": text, "csrf": get_token(request)}, status=403)
    # a browser without cookies would come back here each time, so it gets the page that explains it
    if request.path == settings.LOGIN_URL and settings.CSRF_COOKIE_NAME in request.COOKIES:
        return redirect_to_login(request.POST.get("next") or settings.LOGIN_REDIRECT_URL)
    if kept := _kept(request):
        return kept
    return page(
        request,
        403,
        _("Trang này mở đã lâu, chưa gửi được"),
        _("Có thể anh chị đã đăng nhập lại ở một tab khác, hoặc trình duyệt đang chặn cookie."),
        _("Quay lại trang trước, tải lại, rồi gửi lại. Câu trả lời đã báo “Đã lưu” vẫn còn."),
        reload=_came_from(request),
        to_learning=True,
    )


def _kept(request) -> HttpResponse | None:
    # urls.py imports this module before the models are loaded
    from people.signing_in.resuming import kept_for_sign_in, send_again

    user = getattr(request, "user", None)
    return send_again(request) if user is not None and user.is_authenticated else kept_for_sign_in(request)


def _here(request) -> str:
    """The address to try again: this one, or after a POST the page of the form."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else _came_from(request)


def _came_from(request) -> str:
    """The page of this site whose form was sent; "" where the browser does not say."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if not came_from.path.startswith("/") or came_from.netloc != request.get_host():
        return ""
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
