"""Records that may be one person: found, compared, merged or held apart, and merges taken back."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.changes.change import ChangedRow
from people.guarding.wording import writes
from people.log.audit import Act, administered_unit, record
from people.merging import merging
from people.merging.comparing import compared, foreseen
from people.merging.doubles import doubles
from people.merging.merging import CannotMerge
from people.merging.rights import may_look, refusal, refusal_of_undo, roles_ended
from people.persons.merges import Merge, NotSame
from people.persons.user import PERSON, User
from people.postings.posting import Posting
from people.rights.giving import decides_for_the_province
from people.rights.roles import role_kinds
from people.rights.scope import EVERYTHING, TRAINING_KINDS, at_the_top, reaches_everything, role_units, under
from people.signing_in.resuming import signed_in_or_kept
from people.times import covering, today
from people.undoing import carrying_out

PAIRS_A_PAGE = 30
SHOWN = 30


def merging_people(view):
    """Allows those who lead training; who of them may merge whom is asked about each pair."""

    @never_cache
    @signed_in_or_kept
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not (reaches_everything(request.user) or role_kinds(request.user) & TRAINING_KINDS):
            raise PermissionDenied(_("Trang này dành cho người phụ trách tập huấn và người quản lý cấp tỉnh."))
        return view(request, *args, **kwargs)

    return gate


@require_safe
@merging_people
def doubles_page(request):
    page = Paginator(doubles(request.user), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    reached = _within(request.user)
    merges = Merge.objects.filter(reached("stays")).select_related("gone", "stays", "by")
    apart = NotSame.objects.current().filter(reached("one"), reached("other")).select_related("one", "other", "by")
    record(Act.SAW_PEOPLE, request.user, unit=administered_unit(request.user), on=today(), count=len(page.object_list))
    context = {"page": page, "merges": merges.order_by("-pk")[:SHOWN], "apart": apart.order_by("-pk")[:SHOWN]}
    return render(request, "account/doubles.html", context)


def _within(user):
    """By the name of a person's field: whether she is posted in reach; the same units as in `doubles`."""
    units = role_units(user, TRAINING_KINDS)
    if reaches_everything(user) or at_the_top(units):
        return lambda name: EVERYTHING
    posted = Posting.objects.current().filter(covering(today()), unit__in=under(units)).values("person")
    return lambda name: Q(**{f"{name}__in": posted})


@require_http_methods(["GET", "HEAD", "POST"])
@merging_people
@writes("merge", gettext_lazy("Lý do gộp hai hồ sơ"), "ly-do")
def pair(request, one, other):
    """Two records beside each other; with `giu`, who stays, also what merging them would do. A POST merges them, or
    says that they are two people.
    """
    people = [get_object_or_404(User, pk=pk) for pk in (one, other)]
    if one == other or not may_look(request.user, people):
        raise Http404
    why_not = merging.obstacle(*people) or refusal(request.user, people)
    asked, wrong = request.POST if request.method == "POST" else request.GET, ""
    stays = next((person for person in people if str(person.pk) == asked.get("giu")), None)
    if request.method == "POST":
        try:
            if done := _decided(request, people, stays):
                return done
            wrong = _("Hãy chọn hồ sơ được giữ lại.")
        except CannotMerge as sentence:
            wrong = str(sentence)
    for person in people:
        record(Act.SAW_PERSON, request.user, person=person)
    gone = next((person for person in people if stays and person != stays), None)
    context = {
        "people": people,
        "lines": compared(*people, addresses=not why_not),
        "stays": stays,
        "gone": gone,
        "foreseen": foreseen(gone, stays) if gone and stays and not why_not else [],
        "reason": asked.get("ly-do", ""),
        "wrong": wrong,
        "why_not": why_not,
    }
    return render(request, "account/merge_pair.html", context, status=422 if wrong else 200)


def _decided(request, people, stays):
    """Raises CannotMerge."""
    now = timezone.now()
    if "hai-nguoi" in request.POST:
        merging.hold_apart(people[0], people[1], request.user, now)
        messages.success(request, _("Đã ghi: hai hồ sơ này là hai người. Cặp này không hiện trong danh sách nữa."))
        return redirect("doubles")
    if stays is None:
        return None
    gone = next(person for person in people if person != stays)
    said = merging.merge(gone, stays, request.user, request.POST.get("ly-do", "")[:300], now)
    messages.success(request, _("Đã gộp hai hồ sơ. Từ hôm nay hai hồ sơ được tính là một người."))
    return redirect("merge", said.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@merging_people
def merged(request, pk):
    """What a merge did, and what taking it back would do, for who answers for who stays; a POST takes it back."""
    said = get_object_or_404(Merge.objects.select_related("gone", "stays", "by", "change"), pk=pk)
    if not may_look(request.user, [said.stays]):
        raise Http404
    wrong = ""
    if request.method == "POST":
        try:
            merging.take_back(said, request.user, timezone.now())
            messages.success(request, _("Đã hoàn tác: lại là hai người. Con số của những ngày trước không đổi."))
            return redirect("merge", said.pk)
        except CannotMerge as sentence:
            wrong = str(sentence)
    record(Act.SAW_PERSON, request.user, person=said.stays)
    open_ = said.superseded_at is None and said.change is not None
    why_not = refusal_of_undo(request.user, said) if open_ else ""
    result = merging.preview(said, request.user) if open_ else {"stays": []}
    # addresses are for who may act upon them
    shown = merging.rows_of(said).exclude(kind=PERSON) if why_not else merging.rows_of(said)
    context = {
        "merge": said,
        "rows": carrying_out.in_words(list(_rows(shown))),
        "stays": _staying(said, result["stays"]),
        "open": open_,
        "roles": [f"{role.get_kind_display()}, {role.unit.name}" for role in roles_ended(said)],
        "gives_roles": decides_for_the_province(request.user),
        "why_not": why_not,
        "wrong": wrong,
    }
    return render(request, "account/merge.html", context, status=422 if wrong else 200)


def _rows(rows: QuerySet[ChangedRow]) -> QuerySet[ChangedRow]:
    return rows.select_related("person", "unit").order_by("pk")


def _staying(said: Merge, stays: list[dict]) -> list[ChangedRow]:
    why = {one["row"]: one["why"] for one in stays}
    shown = carrying_out.in_words(list(_rows(merging.rows_of(said).filter(pk__in=why))))
    for row in shown:
        row.stays = why[row.pk]
    return shown


@require_POST
@merging_people
def not_same(request, pk):
    """A pair that was held apart is looked at again."""
    said = get_object_or_404(NotSame.objects.current().select_related("one", "other"), pk=pk)
    if not may_look(request.user, [said.one, said.other]):
        raise Http404
    try:
        merging.look_again(said, request.user, timezone.now())
    except CannotMerge as sentence:
        messages.error(request, str(sentence))
        return redirect("doubles")
    return redirect("merge_pair", said.one_id, said.other_id)
