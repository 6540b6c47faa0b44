"""The view in which a trainer grants one more attempt at a quiz."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.content.quiz import QuizPage
from courses.quizzes.admission import admission, grant, granted
from courses.quizzes.views import signed_in
from people.guarding.wording import writes
from people.rights.scope import can_grant_attempt, can_see


class GrantForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        help_text=gettext_lazy("Một câu, không nêu chuyện riêng của ai. Ví dụ: mất điện khi đang làm bài."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )
    # the number of grants when the form was opened
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@writes("grant", gettext_lazy("Lý do thêm lượt làm bài"), "reason")
def grant_attempt(request, pk: int, quiz_key):
    """`?next=` leads back to where the trainer came from."""
    person = get_object_or_404(get_user_model(), pk=pk)
    if person == request.user:
        raise PermissionDenied
    if not can_grant_attempt(request.user, person):
        if can_see(request.user, person):
            raise PermissionDenied(_("Thêm lượt làm bài là việc của người phụ trách tập huấn và người quản lý."))
        raise Http404
    quiz = QuizPage.objects.live().filter(translation_key=quiz_key).order_by("locale_id").first()
    if quiz is None:
        raise Http404
    form = GrantForm(request.POST or None, initial={"seen": granted(person, quiz)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new_grant = grant(person, quiz, request.user, data["reason"], timezone.now(), data["seen"])
        sentence = (
            _("Đã thêm một lần làm bài cho %(name)s.") if new_grant else _("%(name)s vừa được thêm; không thêm nữa.")
        )
        messages.success(request, sentence % {"name": person.full_name})
        return redirect(_way_back(request) or request.path)
    state = admission(person, quiz, timezone.now())
    context = {"person": person, "quiz": quiz, "form": form, "admission": state, "back": _way_back(request)}
    return render(request, "quiz/grant.html", context)


def _way_back(request) -> str:
    """Where to go afterwards: an address of this site, "" for none."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""
