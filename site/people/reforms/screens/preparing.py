"""The list of reforms, and preparing one: its acts by hand, heirs of splits, who is posted where."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from letters.numbers import is_number
from people.log.audit import Act, record
from people.reforms.drafting import drafted
from people.reforms.posting_people import posted_in
from people.reforms.reform import Reform
from people.reforms.screens.forms import MergeForm, ReformForm, RenameForm, SplitForm
from people.reforms.screens.gate import reforming, trail_to
from people.times import today
from tabular.tables import TableError

REFORMS_A_PAGE, PEOPLE_A_PAGE = 20, 50
HAND_FORMS = {
    "gop": (MergeForm, "account/reform_act.html"),
    "doi-ten": (RenameForm, "account/reform_act.html"),
    "tach": (SplitForm, "account/reform_split.html"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def reforms(request):
    """All reforms, the latest first; a POST begins one."""
    form = ReformForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reform = form.save(commit=False)
        reform.by = request.user
        reform.save()
        return redirect("reform", reform.pk)
    page = Paginator(Reform.objects.select_related("by"), REFORMS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/reforms.html", {"form": form, "page": page}, status=422 if form.errors else 200)


def draft_or_404(pk: int) -> Reform:
    reform = get_object_or_404(Reform, pk=pk)
    if not reform.is_draft:
        raise Http404
    return reform


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def act_by_hand(request, pk, what):
    """The form of one act; a POST adds it to the draft."""
    if what not in HAND_FORMS:
        raise Http404
    reform = draft_or_404(pk)
    form_class, template = HAND_FORMS[what]
    form = form_class(request.POST or None, on=reform.on)
    if request.method == "POST" and form.is_valid():
        add_act(reform.pk, form.cleaned_data["act"])
        messages.success(request, _("Đã thêm: %s") % form.cleaned_data["act"]["said"])
        return redirect("reform", reform.pk)
    heading = {"gop": _("Gộp đơn vị"), "doi-ten": _("Đổi tên đơn vị"), "tach": _("Chia tách đơn vị")}[what]
    context = {"reform": reform, "form": form, "heading": heading, "trail": trail_to(reform)}
    return render(request, template, context, status=422 if form.is_bound else 200)


@transaction.atomic
def add_act(pk: int, act: dict, *, instead_of: str | None = None) -> None:
    """Adds to the draft, in place of acts of the kind `instead_of`."""
    reform = Reform.objects.select_for_update().get(pk=pk)
    if not reform.is_draft:
        raise Http404
    kept = [one for one in reform.acts if one["kind"] != instead_of]
    reform.acts = [*kept, act]
    reform.save(update_fields=["acts"])


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def split(request, pk, code):
    """Names the heir of a unit that is split, and posts people to another part."""
    reform = draft_or_404(pk)
    try:
        found = next((one for one in drafted(reform).splits if one.code == code), None)
    except TableError:
        found = None
    if found is None:
        raise Http404
    page = Paginator(posted_in(found.unit, reform.on), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        _choose(reform.pk, found, request.POST, page.object_list)
        messages.success(request, _("Đã ghi vào bản soạn."))
        return redirect("reform", reform.pk)
    record(Act.SAW_PEOPLE, request.user, unit=None, on=today(), count=len(page.object_list))
    chosen = [(posting, reform.posted.get(str(posting.pk), "")) for posting in page.object_list]
    context = {"reform": reform, "split": found, "page": page, "chosen": chosen, "trail": trail_to(reform)}
    return render(request, "account/reform_heir.html", context)


@transaction.atomic
def _choose(pk: int, split, form, postings) -> None:
    reform = Reform.objects.select_for_update().get(pk=pk)
    codes = {part.code for part in split.parts}
    if (heir := form.get("thua-ke", "")) in {*codes, ""}:
        reform.heirs = {**reform.heirs, split.code: heir}
    for posting in postings:
        chosen = form.get(f"nguoi-{posting.pk}", "")
        reform.posted.pop(str(posting.pk), None)
        if chosen in codes:
            reform.posted[str(posting.pk)] = chosen
    reform.save(update_fields=["heirs", "posted"])


def drop_act(reform: Reform, place: str) -> None:
    if is_number(place) and int(place) < len(reform.acts):
        reform.acts = [one for number, one in enumerate(reform.acts) if number != int(place)]
        reform.save(update_fields=["acts"])
