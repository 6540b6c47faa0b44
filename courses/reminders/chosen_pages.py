"""The pages of the acts on chosen people: what would happen to whom, then the button."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice
from courses.reminders import call_sheets, chosen
from courses.reports.chosen.gate import frame, of_choice
from people.messages.calls import answered_for

MANY = 200


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
def remind(request, choice: Choice):
    found = chosen.reminding(choice)
    if request.method == "POST" and found.told:
        chosen.ask(choice)
        messages.success(request, _("Đang nhắc %d người. Trang này cho biết đã gửi đến đâu.") % len(found.told))
        return redirect("reminders:overview")
    return render(request, "reminders/remind.html", {"found": found, **frame(choice)})


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
def print_calls(request, choice: Choice):
    hers = answered_for(request.user, choice.people)
    if request.method == "POST" and hers:
        call_sheets.ask(choice)
        messages.success(request, _("Đang làm danh sách gọi; tệp nằm ở trang này khi xong và tự xóa sau một ngày."))
        return redirect("reports:works")
    context = {"count": len(hers), "not_hers": len(choice.people) - len(hers), **frame(choice)}
    return render(request, "reminders/print_calls.html", context)
