"""A signed-in person's own page: who they are on the roster, the language they read in, password, sign out."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from letters.numbers import is_number
from people.guarding.insistence import READERS
from people.guarding.notices import unseen
from people.guarding.role_requests import waiting_for
from people.guarding.sign_ins import SHOWN
from people.persons.user import User
from people.rights.roles import RoleKind
from people.signing_in.resuming import signed_in_or_kept
from people.signing_in.second_step import second_steps
from people.signing_in.sessions import DeviceSession, end, end_others, sessions_of
from people.times import covering, today


class ReadingLanguageForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["reads_in"]
        labels = {"reads_in": _("Ngôn ngữ đọc")}
        help_texts = {"reads_in": _("Chỉ để hiển thị, không báo cáo cho ai. Bài chưa dịch thì hiện bằng tiếng Việt.")}


class NamedForm(forms.ModelForm):
    """A trainer's own consent, on the trainer's own page."""

    class Meta:
        model = User
        fields = ["named_as_trainer"]


def current_postings(user: User, day):
    return user.postings.current().filter(covering(day)).select_related("unit").order_by("start")


@signed_in_or_kept
def account(request):
    roles = list(request.user.roles.current().select_related("unit").order_by("kind"))
    trains = any(role.kind == RoleKind.TRAINER for role in roles)
    if trains and "consent" in request.POST:
        NamedForm(request.POST, instance=request.user).save()
        messages.success(request, _("Đã lưu."))
        return redirect("account")
    form = ReadingLanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu ngôn ngữ đọc."))
        return redirect("account")
    oversees = request.user.is_superuser or any(role.kind == RoleKind.ADMINISTRATOR for role in roles)
    context = {
        "form": form,
        "postings": current_postings(request.user, today()),
        "roles": roles,
        "notices": unseen(request.user)[:SHOWN],
        "sign_ins": request.user.sign_ins.all()[:SHOWN],
        "offered": waiting_for(request.user, timezone.now()),
        "sessions": sessions_of(request.user, timezone.now()),
        "session_key": request.session.session_key,
        "second_steps": second_steps(request.user).count(),
        "oversees": oversees,
        "reads_insistences": request.user.is_superuser or any(role.kind in READERS for role in roles),
        "named_form": NamedForm(instance=request.user) if trains else None,
    }
    return render(request, "account/account.html", context)


@require_POST
@signed_in_or_kept
def end_session(request):
    """Ends one of the user's own sessions, or with `others` all but this one. Another person's session is not found."""
    if "others" in request.POST:
        end_others(request.user, request)
        messages.success(request, _("Đã đăng xuất khỏi các thiết bị khác."))
        return redirect("account")
    pk = request.POST.get("session", "")
    row = DeviceSession.objects.filter(person=request.user, pk=pk).first() if is_number(pk) else None
    if row is not None and row.session_key != request.session.session_key:
        end(row)
        messages.success(request, _("Đã đăng xuất khỏi thiết bị đó."))
    return redirect("account")
