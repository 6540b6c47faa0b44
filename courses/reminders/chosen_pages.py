"""The pages of the acts on chosen people: what would happen to whom, then the button."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice
from courses.reminders import call_sheets, chosen
from courses.reports.chosen.gate import frame, of_choice

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
    found = call_sheets.to_print(choice, timezone.now())
    if request.method == "POST" and found.people:
        call_sheets.ask(choice)
        messages.success(request, _("Đang làm danh sách gọi; tệp nằm ở trang này khi xong và tự xóa sau một ngày."))
        return redirect("reports:works")
    context = {
        "count": len(found.people),
        "not_hers": found.not_hers,
        "nothing": found.nothing,
        **frame(choice),
    }
    return render(request, "reminders/print_calls.html", context)
