"""Naming a buddy for chosen people, and the list of who accompanies whom."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice
from courses.buddies.buddy import going
from courses.buddies.naming import MOST, end, free_places, may_be_buddy, name_buddy, sort_out
from courses.reports.chosen.gate import end_row, frame, of_choice
from courses.reports.query.gate import reading_people
from letters.folding import spelled, visible
from people.log.audit import Act, record
from people.messages.calls import answered_for
from people.persons.user import User
from people.rights.scope import visible_to
from people.times import today

PAGE = 50
NAMED = 20


class BuddyForm(forms.Form):
    """When valid, `cleaned_data["buddy"]` is the person. Whoever is out of reach is answered like nobody."""

    buddy = forms.CharField(
        label=gettext_lazy("Người kèm: mã cán bộ, hoặc họ tên đầy đủ"),
        max_length=100,
        help_text=gettext_lazy("Người anh chị phụ trách, hoặc chính anh chị. Người ấy được hỏi và có thể không nhận."),
        error_messages={"required": gettext_lazy("Hãy ghi mã cán bộ hoặc họ tên của người kèm.")},
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_buddy(self) -> User:
        typed = visible(self.cleaned_data["buddy"])
        known = [one for one in [User.objects.by_code(typed)] if one] or [
            one for one in User.objects.found(typed)[:200] if spelled(one.full_name) == spelled(typed)
        ]
        found = [one for one in known if may_be_buddy(self.user, one)]
        if len(found) > 1:
            codes = ", ".join(one.staff_code for one in found[:5])
            raise forms.ValidationError(_("Nhiều người có họ tên ấy: %s. Hãy ghi mã cán bộ.") % codes)
        if not found:
            raise forms.ValidationError(_("Không có ai như vậy do anh chị phụ trách hôm nay; hãy ghi mã cán bộ."))
        if not free_places(found[0]):
            raise forms.ValidationError(_("Người này đã kèm %d người; hãy chọn người khác.") % MOST)
        return found[0]


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
def name_for_chosen(request, choice: Choice):
    form = BuddyForm(request.user, request.POST if request.method == "POST" else None)
    found = sort_out(request.user, choice.people, None)
    if form.is_valid():
        buddy = form.cleaned_data["buddy"]
        asked = name_buddy(request.user, choice.people, buddy, timezone.now())
        if asked:
            said = _("%(name)s được đề nghị kèm %(n)d người.") % {"name": buddy.full_name, "n": asked}
            messages.success(request, said)
            return redirect("reports:buddies")
        form.add_error("buddy", _("Không ghi được cho ai: họ đã có người kèm, hoặc chính là người này."))
    context = {
        "form": form,
        "found": found,
        "names": list(User.objects.filter(pk__in=found.new).by_name()[:NAMED]),
        "most": MOST,
        **frame(choice),
    }
    return render(request, "reports/chosen/buddying.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def buddies(request):
    """Who accompanies whom; a buddy out of reach is not named. A POST with `thoi` (an id) ends one."""
    hers = User.objects.filter(visible_to(request.user, User)).values("pk")
    rows = going().filter(person__in=hers)
    if request.method == "POST":
        end_row(request, rows, end, _("Đã ghi: hôm nay là ngày cuối kèm nhau."))
        return redirect("reports:buddies")
    page = Paginator(
        rows.select_related("person", "buddy").order_by("-start", "person__name_order", "-pk"), PAGE
    ).get_page(request.GET.get("page"))
    found = list(page.object_list)
    if found:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(found))
    seen = set(hers.filter(pk__in=[row.buddy_id for row in found]).values_list("pk", flat=True))
    answered = answered_for(request.user, [row.person_id for row in found])
    context = {
        "page": page,
        "rows": [(row, row.buddy_id in seen, row.person_id in answered) for row in found],
        "trail": [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))],
    }
    return render(request, "reports/chosen/buddies.html", context)
