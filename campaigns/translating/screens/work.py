"""`/dich/<tiếng>/bai/<trang>/`: side by side, sentence by sentence; saved, handed over, approved, sent back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from campaigns.translating import whose
from campaigns.translating.deciding import approve, send_back
from campaigns.translating.kinds import title_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.refusing import Refused
from campaigns.translating.rules import State
from campaigns.translating.screens import gate
from campaigns.translating.sentences import SentenceTranslation
from campaigns.translating.told import po
from campaigns.translating.told.lines import Group, groups_of
from campaigns.translating.working import Outcome, Typed, cleaned, write
from letters.numbers import is_number
from people.guarding.wording import writes
from people.rights.languages import Does

# of more fields a page has none
MOST = 400
# one button sends what is ticked and what has a reason; pages that were open before had a button for each
DECIDES = ("decide", "approve", "back")


@require_http_methods(["GET", "HEAD", "POST"])
@gate.in_language
@writes("translation_back", gettext_lazy("Lý do gửi lại câu dịch"), "back-*")
def work(request, orthography: Orthography, pk: int) -> HttpResponse:
    page = gate.page_or_404(pk)
    if request.method != "POST":
        return _shown(request, page, orthography)
    act = request.POST.get("act", "")
    if act in DECIDES:
        return _decided(request, page, orthography)
    return _written(request, page, orthography, hands_over=act == "submit")


def _shown(
    request, page: Page, orthography: Orthography, typed: dict | None = None, outcome: Outcome | None = None, status=200
) -> HttpResponse:
    user, language = request.user, orthography.language
    groups = groups_of(user, page, orthography, typed or {}, outcome or Outcome())
    lines = [line for group in groups for line in group.lines]
    picked, reasons, seen = _picked(request), _reasons(request), _numbers(request, "seen-")
    for line in lines:
        line.reason = reasons.get(line.source.pk, "")
        # what changed since she read it is ticked anew
        line.is_picked = line.source.pk in picked and seen.get(line.source.pk) == line.seal
    context = {
        "page_of": page,
        "page_title": title_of(page),
        "orthography": orthography,
        "query": gate.query_of(orthography),
        "groups": groups,
        "translates": whose.does(user, language, Does.TRANSLATES),
        "decides": any(line.may_decide for line in lines),
        "own_waiting": any(line.is_own for line in lines),
        "done": sum(line.state == State.APPROVED for line in lines),
        "total": len(lines),
        "first": _first(groups),
        "wrong": sum(bool(line.errors or line.other is not None) for line in lines),
        "has_conflict": any(line.other is not None for line in lines),
        "trail": gate.trail(orthography),
    }
    return render(request, "translating/work.html", context, status=status)


def _first(groups: list[Group]) -> int | None:
    """The first sentence that waits for somebody to do something, to which a link leads."""
    return next((line.source.pk for group in groups for line in group.lines if line.is_to_do or line.may_decide), None)


def _numbers(request, prefix: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for name, value in request.POST.items():
        key = name.removeprefix(prefix)
        if name.startswith(prefix) and is_number(key) and len(key) < 19 and len(found) < MOST:
            found[int(key)] = value
    return found


def _picked(request) -> set[int]:
    """Sentences ticked as right."""
    return set(_numbers(request, "pick-"))


def _reasons(request) -> dict[int, str]:
    """{sentence: what to mend in it}."""
    return {pk: word for pk, word in _numbers(request, "back-").items() if word.strip()}


def _written(request, page: Page, orthography: Orthography, *, hands_over: bool) -> HttpResponse:
    if not whose.does(request.user, orthography.language, Does.TRANSLATES):
        raise PermissionDenied(_("Dịch tiếng này là việc của người có vai trò dịch tiếng ấy."))
    texts, seen, still = (_numbers(request, name) for name in ("text-", "seen-", "still-"))
    typed = [Typed(key, text, seen.get(key, "")) for key, text in texts.items()]
    handed = _to_hand_over(orthography, texts, set(still)) if hands_over else set()
    try:
        outcome = write(request.user, orthography, page.translation_key, typed, timezone.now(), hand_over=handed)
    except Refused as sentence:
        messages.error(request, str(sentence))
        outcome = Outcome()
    picked, reasons = _picked(request), _reasons(request)
    if outcome.saved or outcome.submitted:
        _say(request, outcome)
    elif not (outcome.refused or outcome.conflicts or picked or reasons):
        messages.info(request, _("Không có chữ nào mới."))
    if outcome.conflicts or outcome.refused:
        return _shown_again(request, page, orthography, texts, outcome)
    if picked:
        # of who approves as well: nothing is public by a button that only saves
        messages.info(request, _("Quyết định của anh chị còn ở trang này, chưa gửi: bấm “Gửi các quyết định”."))
        return _shown(request, page, orthography)
    if reasons:
        # Enter in the field of a reason pressed the first button
        return _decided(request, page, orthography)
    return _back_to(page, orthography)


def _shown_again(request, page: Page, orthography: Orthography, texts: dict[int, str], outcome: Outcome):
    kept = {key: text for key, text in texts.items() if key in outcome.conflicts}
    return _shown(request, page, orthography, kept, outcome, 409 if outcome.conflicts else 422)


def _to_hand_over(orthography: Orthography, texts: dict[int, str], still: set[int]) -> set[int]:
    """What she wrote and nobody waits for yet; of what stands from before only what she ticked as still right."""
    rows = {row.source_id: row for row in SentenceTranslation.objects.filter(orthography=orthography, source__in=texts)}
    chosen = set()
    for key, text in texts.items():
        row = rows.get(key)
        is_new = cleaned(text) != (row.text if row else "")
        is_draft = row is not None and row.state == State.DRAFT
        if cleaned(text) and (is_new or is_draft or key in still):
            chosen.add(key)
    return chosen


def _say(request, outcome: Outcome) -> None:
    said = []
    if outcome.saved:
        said.append(ngettext("Đã lưu %d câu.", "Đã lưu %d câu.", outcome.saved) % outcome.saved)
    if outcome.submitted:
        said.append(_("Đã gửi duyệt %d câu; người duyệt là người bản ngữ khác.") % outcome.submitted)
    messages.success(request, " ".join(said))


def _decided(request, page: Page, orthography: Orthography) -> HttpResponse:
    """Both at once: what is ticked is approved, what has a reason goes back; or neither, and the page keeps both."""
    if not whose.does(request.user, orthography.language, Does.APPROVES):
        raise PermissionDenied(_("Duyệt tiếng này là việc của người có vai trò duyệt tiếng ấy."))
    key, now, seen = page.translation_key, timezone.now(), _numbers(request, "seen-")
    picked, reasons = _picked(request), _reasons(request)
    if whose.does(request.user, orthography.language, Does.TRANSLATES):
        texts = _numbers(request, "text-")
        typed = [Typed(source, text, seen.get(source, "")) for source, text in texts.items()]
        try:
            outcome = write(request.user, orthography, key, typed, now)
        except Refused as sentence:
            messages.error(request, str(sentence))
            return _shown(request, page, orthography, texts, status=409)
        if outcome.conflicts:
            return _shown_again(request, page, orthography, texts, outcome)
    if both := picked & reasons.keys():
        messages.error(request, _("%d câu vừa chọn duyệt vừa có lý do gửi lại: chỉ làm một việc.") % len(both))
        return _shown(request, page, orthography, status=422)
    if not picked and not reasons:
        messages.error(request, _("Ghi lý do ở câu cần sửa, hoặc chọn câu để duyệt."))
        return _back_to(page, orthography)
    try:
        with transaction.atomic():
            if reasons:
                send_back(request.user, orthography, key, {pk: seen.get(pk, "") for pk in reasons}, reasons, now)
            if picked:
                approve(request.user, orthography, key, {pk: seen.get(pk, "") for pk in picked}, now)
    except Refused as sentence:
        messages.error(request, str(sentence))
        return _shown(request, page, orthography, status=409)
    if reasons:
        messages.success(request, _("Đã gửi lại %d câu; người dịch đọc lý do.") % len(reasons))
    if picked:
        live = _("Bạn đọc thấy ngay.") if orthography.is_live else _("Bộ chữ này chưa dùng trên trang.")
        messages.success(request, _("Đã duyệt %d câu.") % len(picked) + " " + live)
    return _back_to(page, orthography)


def _back_to(page: Page, orthography: Orthography) -> HttpResponse:
    found = redirect("desk:work", orthography.language, page.pk)
    found["Location"] += gate.query_of(orthography)
    return found


# --- as a PO file


@require_safe
@gate.in_language
def po_file(request, orthography: Orthography, pk: int) -> HttpResponse:
    page = gate.page_or_404(pk)
    answer = HttpResponse(po.exported(page, orthography), content_type="text/x-gettext-translation; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}-{orthography.language}.po"'
    return answer


@require_POST
@gate.in_language
def take_po(request, orthography: Orthography, pk: int) -> HttpResponse:
    page = gate.page_or_404(pk)
    if not whose.does(request.user, orthography.language, Does.TRANSLATES):
        raise PermissionDenied(_("Dịch tiếng này là việc của người có vai trò dịch tiếng ấy."))
    file = request.FILES.get("po")
    if file is None:
        messages.error(request, _("Chọn tệp PO đã tải từ bài này."))
        return _back_to(page, orthography)
    try:
        brought = po.bring_in(request.user, page, orthography, file.read(po.MOST_BYTES + 1), timezone.now())
    except Refused as sentence:
        messages.error(request, str(sentence))
        return _back_to(page, orthography)
    context = {
        "page_of": page,
        "page_title": title_of(page),
        "orthography": orthography,
        "query": gate.query_of(orthography),
        "brought": brought,
        "trail": gate.trail(orthography),
    }
    return render(request, "translating/po.html", context)
