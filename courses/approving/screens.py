"""`/cms/duyet-khoa-hoc/`: what reviewers must check, course by course, and the decision about each course."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from courses.approval.approval import Approval
from courses.approval.review_items import BODIES, ReviewItem, reopen, settle
from courses.approving.deciding import CourseState, NotDecided, approve, may_approve, may_review, state_of, states
from courses.approving.deciding import withdraw as withdraw_approval
from courses.approving.forms import ChosenItems, DecisionForm, GiveForm, RecognitionForm, SendBackForm, SettleForm
from courses.approving.moved import Moves, moves_since
from courses.approving.publishing import approve_submission, guessed_in
from courses.approving.readiness import faults_of
from courses.approving.submitted import refs_of, review_of
from courses.approving.submitting import send_back
from courses.completions.recognising import recognisable, recognise
from outbox.effects import Effect, EffectState
from people.guarding.wording import writes

COURSE = "wagtailadmin/courses/approval.html"
deciding_in_words = writes(
    "course_review", gettext_lazy("Lý do, kết luận khi duyệt khóa học"), "reason", "word", "gui-lai-reason"
)


def reviewing(view: Callable) -> Callable:
    """For reviewers and approvers of the province; a course that is not there is 404."""

    @wraps(view)
    def gate(request, key: str | None = None) -> HttpResponse:
        if not may_review(request.user):
            return permission_denied(request)
        if key is None:
            return view(request)
        if (state := state_of(key)) is None:
            raise Http404
        return view(request, state)

    return gate


def deciding(view: Callable) -> Callable:
    """A POST about a course by who may approve."""

    @require_POST
    @reviewing
    @wraps(view)
    def gate(request, state: CourseState) -> HttpResponse:
        if not may_approve(request.user):
            return permission_denied(request)
        if state.page is None:
            raise Http404
        return view(request, state)

    return gate


@require_safe
@reviewing
def courses(request) -> HttpResponse:
    page = {"states": states(), "breadcrumbs_items": _trail()}
    return render(request, "wagtailadmin/courses/approvals.html", page)


@require_safe
@reviewing
def course(request, state: CourseState) -> HttpResponse:
    return _shown(request, state)


def _shown(request, state: CourseState, **bound) -> HttpResponse:
    """The page of one course; `bound` is the form that was not taken, if any."""
    items = ReviewItem.objects.filter(subject=state.key).with_settlement()
    which = request.GET.get("xem", "")
    body = request.GET.get("giao", "")
    shown = [item for item in items if (which == "tat-ca" or not item.settled) and (not body or item.body == body)]
    approval = state.approval
    waiting = recognisable(approval, state.texts).count() if approval and state.texts else 0
    page = {
        "state": state,
        "items": shown,
        "all_shown": which == "tat-ca",
        "body": body,
        "bodies": sorted({item.body for item in items if item.body}),
        "known_bodies": sorted({*(str(name) for name in BODIES), *(item.body for item in items if item.body)}),
        "faults": faults_of(state.page) if state.page and not state.submission else [],
        "may_approve": may_approve(request.user) and state.page is not None,
        "review": review_of(state.submission) if state.submission else None,
        "moves": _moves(state),
        "guessed": guessed_in(state.key),
        "is_own": state.submission is not None and state.submission.by_id == request.user.pk,
        "send_back": SendBackForm(prefix="gui-lai"),
        "decisions": Approval.objects.filter(course_key=state.key).select_related("by").order_by("-on", "-pk"),
        "waiting": waiting,
        "give": GiveForm(state.key),
        "settle": SettleForm(state.key, initial={"by_name": request.user.full_name}),
        "decide": DecisionForm(),
        "recognise": RecognitionForm(),
        "breadcrumbs_items": _trail(state),
        **bound,
    }
    return render(request, COURSE, page, status=422 if bound else 200)


def _moves(state: CourseState) -> Moves | None:
    if state.page is None:
        return None
    parts = state.submission.parts.all() if state.submission else ()
    return moves_since(state.page, state.approval, refs_of(parts))


def _trail(state: CourseState | None = None) -> list[dict]:
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")}]
    items.append({"url": reverse("course_approvals") if state else "", "label": _("Duyệt khóa học")})
    return [*items, {"url": "", "label": state.title}] if state else items


def _done(request, state: CourseState, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("course_approval", state.key)


@require_POST
@reviewing
def give(request, state: CourseState) -> HttpResponse:
    form = GiveForm(state.key, request.POST)
    if not form.is_valid():
        return _shown(request, state, give=form)
    count = form.cleaned_data["items"].update(body=form.cleaned_data["body"].strip())
    return _done(request, state, _("Đã ghi nơi được giao: %d điều.") % count)


@require_POST
@reviewing
@deciding_in_words
def settle_items(request, state: CourseState) -> HttpResponse:
    form = SettleForm(state.key, request.POST)
    if not form.is_valid():
        return _shown(request, state, settle=form)
    data = form.cleaned_data
    count = settle(data["items"], data["by_name"], data["on"], data["word"], request.user, timezone.now())
    return _done(request, state, _("Đã ghi kết luận: %d điều.") % count)


@require_POST
@reviewing
def reopen_items(request, state: CourseState) -> HttpResponse:
    form = ChosenItems(state.key, request.POST)
    if not form.is_valid():
        return _shown(request, state, give=form)
    return _done(request, state, _("Đã mở lại: %d điều.") % reopen(form.cleaned_data["items"], timezone.now()))


@deciding
@deciding_in_words
def approve_course(request, state: CourseState) -> HttpResponse:
    """What was submitted, where it is what the form showed; else what is live."""
    if state.submission is None:
        if request.POST.get("submission"):
            messages.error(request, _("Bài gửi này không còn chờ; người gửi đã rút hoặc người khác đã quyết định."))
            return redirect("course_approval", state.key)
        return _decided(request, state, approve, _("Đã ghi: khóa học được duyệt."))
    if request.POST.get("submission") != str(state.submission.pk):
        messages.error(request, _("Khóa học vừa có một bài gửi duyệt mới; xem bài ấy rồi quyết định."))
        return redirect("course_approval", state.key)
    form = DecisionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        said = (data["on"], data["reason"], request.user, timezone.now(), data["marked"])
        try:
            work = approve_submission(state.submission, *said)
        except NotDecided as why:
            form.add_error("reason", str(why))
        else:
            return _published(request, state, work)
    return _shown(request, state_of(state.key) or state, decide=form)


def _published(request, state: CourseState, work: Effect) -> HttpResponse:
    if work.state == EffectState.FAILED:
        messages.error(request, _("Không đăng được, khóa học vẫn như trước: %s") % work.error)
    elif work.state == EffectState.DONE:
        return _done(request, state, _("Đã duyệt và đăng khóa học đúng như đã gửi."))
    elif work.error:
        messages.warning(request, _("Đã duyệt nhưng chưa đăng được: %s Máy chủ tự thử lại trong ít phút.") % work.error)
    else:
        messages.success(request, _("Đã duyệt; khóa học đang được đăng. Trang này cho biết đã đến đâu."))
    return redirect("course_approval", state.key)


@deciding
@deciding_in_words
def send_course_back(request, state: CourseState) -> HttpResponse:
    if state.submission is None or request.POST.get("submission") != str(state.submission.pk):
        messages.error(request, _("Bài gửi này không còn chờ; người gửi đã rút hoặc người khác đã quyết định."))
        return redirect("course_approval", state.key)
    form = SendBackForm(request.POST, prefix="gui-lai")
    if form.is_valid():
        try:
            send_back(state.submission, form.cleaned_data["reason"], request.user, timezone.now())
        except NotDecided as why:
            form.add_error("reason", str(why))
        else:
            messages.success(request, _("Đã gửi lại; người gửi đọc lý do ở dàn bài của khóa."))
            return redirect("course_approvals")
    return _shown(request, state, send_back=form)


@deciding
@deciding_in_words
def withdraw_course(request, state: CourseState) -> HttpResponse:
    return _decided(request, state, withdraw_approval, _("Đã ghi: khóa học không còn được duyệt."))


def _decided(request, state: CourseState, decision: Callable, sentence: str) -> HttpResponse:
    form = DecisionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            decision(state.page, data["on"], data["reason"], request.user, timezone.now())
        except NotDecided as why:
            form.add_error("reason", str(why))
        else:
            return _done(request, state, sentence)
    return _shown(request, state, decide=form)


@deciding
@deciding_in_words
def recognise_completions(request, state: CourseState) -> HttpResponse:
    form = RecognitionForm(request.POST)
    if state.approval is None or state.texts is None:
        form.add_error(None, _("Khóa học chưa được duyệt nên chưa công nhận được lần nào."))
    if not form.is_valid():
        return _shown(request, state, recognise=form)
    rows, data = recognisable(state.approval, state.texts), form.cleaned_data  # type: ignore[arg-type]
    count = recognise(rows, data["on"], data["reason"], request.user, timezone.now())
    return _done(request, state, _("Đã công nhận %d lần hoàn thành; chứng nhận được cấp trong ít phút.") % count)


urlpatterns = [
    path("duyet-khoa-hoc/", courses, name="course_approvals"),
    path("duyet-khoa-hoc/<slug:key>/", course, name="course_approval"),
    path("duyet-khoa-hoc/<slug:key>/giao/", give, name="give_review_items"),
    path("duyet-khoa-hoc/<slug:key>/ket-luan/", settle_items, name="settle_review_items"),
    path("duyet-khoa-hoc/<slug:key>/mo-lai/", reopen_items, name="reopen_review_items"),
    path("duyet-khoa-hoc/<slug:key>/duyet/", approve_course, name="approve_course"),
    path("duyet-khoa-hoc/<slug:key>/gui-lai/", send_course_back, name="send_course_back"),
    path("duyet-khoa-hoc/<slug:key>/rut/", withdraw_course, name="withdraw_approval"),
    path("duyet-khoa-hoc/<slug:key>/cong-nhan/", recognise_completions, name="recognise_completions"),
]
