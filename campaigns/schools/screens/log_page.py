"""A teacher's first page, and the form with which a lesson is written down, corrected or taken back."""

from functools import wraps
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.schools.lesson import SchoolsPage
from campaigns.schools.log import whose, writing
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.log.sealing import keys_of
from campaigns.schools.log.writing import OtherText, Refused, digest_of
from campaigns.schools.log.years import first_day, in_words, school_year_of
from campaigns.schools.quiz.whose import belongs_to, of_logs
from campaigns.schools.screens import gate
from campaigns.schools.screens.forms import LogForm, filled, number_in, packs
from campaigns.schools.series import next_of
from pages.serving.only_pages import address_of
from people.guarding.wording import INSISTING, writes
from people.times import today

WORDS = gettext_lazy("Điều nên sửa của bài dạy")
# of the list; the table of the school has all
SHOWN = 30


@require_safe
@gate.writing
def home(request) -> HttpResponse:
    """What she taught, what comes next, what waits on her device."""
    user, year = request.user, school_year_of(today())
    rows = list(
        whose.read_by(user)
        .standing()
        .filter(on__gte=first_day(year))
        .select_related("school", "taught_by", "written_by")[:SHOWN]
    )
    schools = list(whose.schools_of(user))
    known = packs(schools)
    by_key = {page.translation_key: page for page in known}
    taught, quizzes = {row.pack for row in rows}, of_logs(row.activity_key for row in rows)
    context = {
        "rows": [(row, by_key.get(row.pack), quizzes.get(row.activity_key)) for row in rows],
        "year": in_words(year),
        "next": next_of(
            [page for page in known if page.copied is None],
            taught,
            today(),
            {band for row in rows for band in row.bands},
        ),
        "manages": whose.schools_of(user, whose.MANAGING_KINDS).exists(),
        "lessons": address_of(SchoolsPage)(request),
        "shown": SHOWN,
    }
    return render(request, "schools/home.html", context)


def _first_as_kept(view):
    """What was sent before is answered as the first time, before anything is asked of its words: rules may have changed
    since, and what was kept stays kept.
    """

    @wraps(view)
    def gated(request, *args, **kwargs):
        known = _sent_before(request) if request.method == "POST" else None
        return known or view(request, *args, **kwargs)

    return gated


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
@_first_as_kept
@writes("lesson_log", WORDS, "improve")
def write(request) -> HttpResponse:
    """A new entry. What is sent again under its number is answered as the first time, and kept once."""
    posted = request.POST if request.method == "POST" else None
    start = {"on": today(), "languages": ["vi"], "number": uuid4(), "pack": request.GET.get("bai", "")}
    start["quiz"] = request.GET.get("do", "")
    form = LogForm(request.user, posted, initial=start)
    if not form.offered:
        raise PermissionDenied(_("Vai trò của anh chị không gắn với trường nào đang có."))
    if posted is not None and form.is_valid():
        return _kept(request, form, None)
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
@_first_as_kept
@writes("lesson_log", WORDS, "improve")
def correct(request, pk: int) -> HttpResponse:
    """An entry of its own in the place of the one before."""
    before = whose.read_by(request.user).filter(pk=min(pk, gate.LARGEST)).select_related("school", "taught_by").first()
    if before is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    if not whose.may_correct(request.user, before):
        return _refusal(request, _("Bản ghi này đã được sửa hoặc rút; dưới đây là những bản đang tính."), 409)
    form = LogForm(request.user, posted, before=before, initial={**filled(before), "number": uuid4()})
    if posted is not None and form.is_valid():
        return _kept(request, form, before)
    return _page(request, form, before)


@require_http_methods(["POST"])
@gate.writing
@writes("lesson_log", gettext_lazy("Vì sao rút bài dạy"), "reason")
def take_back(request, pk: int) -> HttpResponse:
    row = whose.read_by(request.user).filter(pk=min(pk, gate.LARGEST)).first()
    if row is None:
        raise Http404
    try:
        writing.withdraw(request.user, row, request.POST.get("reason", "")[:300], timezone.now())
        messages.success(request, _("Đã rút; bài dạy này không tính nữa."))
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("school_log:home")


# --- sending


@require_safe
@gate.writing
def sending(request) -> HttpResponse:
    """What a device needs to send what waits on it: whose session this is, the token of now, the keys of her seals."""
    user = request.user
    return JsonResponse({"person": str(user.pk), "csrf": get_token(request), "keys": keys_of(user)})


def _digest(request) -> str:
    left_out = {"csrfmiddlewaretoken", INSISTING}
    return digest_of((name, value) for name, values in request.POST.lists() if name not in left_out for value in values)


def _sent_before(request) -> HttpResponse | None:
    """The answer where this number was kept."""
    number = number_in(request)
    known = LessonLog.objects.filter(number=number).first() if number else None
    if known is None:
        return None
    if known.written_by_id == request.user.pk and known.digest == _digest(request):
        return _answer(request, known)
    sentence = _("Mã của bản ghi này đã dùng cho một bản ghi khác. Mở lại trang ghi và ghi lại.")
    return _refusal(request, sentence, 409)


def _kept(request, form: LogForm, before: LessonLog | None) -> HttpResponse:
    number, now = form.cleaned_data["number"], timezone.now()
    try:
        with transaction.atomic():
            row = writing.keep(request.user, number, _digest(request), form.said, now, before)
            if form.run is not None:
                belongs_to(form.run, row.activity_key)
    except OtherText as sentence:
        return _refusal(request, str(sentence), 409)
    except Refused as sentence:
        form.add_error(None, str(sentence))
        return _page(request, form, before)
    return _answer(request, row)


def _wants_data(request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _answer(request, row: LessonLog) -> HttpResponse:
    if _wants_data(request):
        return JsonResponse({"kept": str(row.number), "at": row.recorded_at.isoformat()})
    messages.success(request, _("Đã ghi bài dạy. Người thứ hai của trường xác nhận số em dự."))
    return redirect("school_log:home")


def _refusal(request, sentence: str, status: int) -> HttpResponse:
    if _wants_data(request):
        return JsonResponse({"error": sentence}, status=status)
    messages.error(request, sentence)
    return redirect("school_log:home")


def _page(request, form: LogForm, before: LessonLog | None) -> HttpResponse:
    if form.errors and _wants_data(request):
        said = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        return JsonResponse({"error": " ".join(said), "fields": sorted(form.errors)}, status=422)
    heading = _("Sửa bản ghi: %s") % before.title if before else _("Ghi bài vừa dạy")
    context = {"form": form, "before": before, "heading": heading, "trail": gate.trail()}
    return render(request, "schools/write.html", context, status=422 if form.errors else 200)
