"""The province's screens: texts of the kit with their open points, approving, settling; all communes; withdrawing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.messages.message import MessagePage
from campaigns.renderings import pictures, reading
from campaigns.renderings.formats import HEADS, WRITTEN, slot_label
from campaigns.renderings.screens import gate
from campaigns.renderings.screens.forms import KitForm, OpenPointForm, PassageForm, SettlementForm
from campaigns.renderings.texts import approving
from campaigns.renderings.texts.approving import Refused, hindrance
from campaigns.renderings.texts.passages import MessageKit, OpenPoint, Passage
from people.guarding.wording import writes

TEXTS = gettext_lazy("Lời trên tờ in")


@require_safe
@gate.leading
def texts(request) -> HttpResponse:
    """Each message with how many of its texts are approved and what is open."""
    rows = []
    for message in reading.printed_messages():
        passages = list(message.passages.all())
        points = [point for passage in passages for point in passage.open_points]
        rows.append((message, sum(one.is_approved for one in passages), len(passages), points))
    context = {"rows": rows, "unprinted": reading.unprinted_messages(), "trail": gate.trail()}
    return render(request, "prints/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def message_texts(request, message: int) -> HttpResponse:
    """POST approves what is ticked (`loi`), as it was shown (`thay-<key>` is the moment of its last change)."""
    page = _printable_or_404(message)
    if not hasattr(page, "kit"):
        return redirect("prints:scene", page.pk)
    passages = list(page.passages.all())
    if request.method == "POST":
        ticked = [one for one in passages if str(one.pk) in request.POST.getlist("loi") and _as_shown(one, request)]
        count = approving.approve(ticked, request.user, timezone.now())
        if count:
            pictures.ask_for(page.pk)
            messages.success(request, _("Đã duyệt %d lời.") % count)
        else:
            messages.error(request, _("Không duyệt lời nào: chưa chọn, hoặc lời vừa đổi. Đọc lại rồi chọn."))
        return redirect("prints:message_texts", page.pk)
    rows = [(one, "" if one.is_approved else hindrance(one, request.user)) for one in passages]
    written = {one.slot for one in passages}
    context = {
        "message": page,
        "rows": rows,
        "unwritten": [(slot, slot_label(slot)) for slot in WRITTEN if slot not in written],
        "trail": gate.trail(None, (str(TEXTS), reverse("prints:texts"))),
    }
    return render(request, "prints/message_texts.html", context)


def _as_shown(passage: Passage, request) -> bool:
    return request.POST.get(f"thay-{passage.pk}") == passage.written_at.isoformat()


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def scene(request, message: int) -> HttpResponse:
    """What is drawn on its sheets; the first choice of a message begins its kit."""
    page = _printable_or_404(message)
    kit = MessageKit.objects.filter(message=page).first()
    form = KitForm(request.POST or None, instance=kit or MessageKit(message=page))
    if request.method == "POST" and form.is_valid():
        begins = approving.choose_scene(page, form.cleaned_data["scene"], request.user)
        pictures.ask_for(page.pk)
        if begins:
            messages.success(request, _("Bây giờ viết từng lời. Mỗi lời chờ một người khác duyệt."))
        return redirect("prints:message_texts", page.pk)
    return _form(request, form, page, _("Hình vẽ trên tờ in"), _("Lưu hình vẽ") if kit else _("Bắt đầu viết lời"))


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("print_text", gettext_lazy("lời trên tờ in"), "title", "text")
def write(request, message: int, slot: str) -> HttpResponse:
    """A text that the message has not yet; it begins with what its page says."""
    page = _printable_or_404(message)
    if slot not in WRITTEN:
        raise Http404
    if found := Passage.objects.filter(message=page, slot=slot).first():
        return redirect("prints:passage", found.pk)
    said = {"poster.title": page.heading, "loud.30": page.spoken, "share": page.share_text}
    form = PassageForm(
        request.POST or None, slot=slot, initial={"title": HEADS.get(slot, ""), "text": said.get(slot, "")}
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            approving.write(page, slot, given["title"], given["text"], request.user, timezone.now())
        except Refused as why:
            form.add_error("text", str(why))
        else:
            messages.success(request, _("Đã lưu. Lời này chờ người khác duyệt."))
            return redirect("prints:message_texts", page.pk)
    return _form(request, form, page, slot_label(slot), _("Lưu lời"))


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("print_text", gettext_lazy("lời trên tờ in"), "title", "text")
def passage(request, pk: int) -> HttpResponse:
    row = _passage_or_404(pk)
    form = PassageForm(request.POST or None, slot=row.slot, initial={"title": row.title, "text": row.text})
    if form.is_valid():
        try:
            changed = approving.rewrite(
                row, form.cleaned_data["title"], form.cleaned_data["text"], request.user, timezone.now()
            )
        except Refused as why:
            form.add_error("text", str(why))
        else:
            if changed:
                pictures.ask_for(row.message_id)
                messages.success(
                    request, _("Đã sửa. Lời này chờ người khác duyệt; tờ đã in trước đó vào danh sách tờ cũ.")
                )
            return redirect("prints:message_texts", row.message_id)
    return _form(request, form, row.message, row.label, _("Lưu lời"))


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("print_point", gettext_lazy("điều phải xác nhận"), "what", "office")
def leave_open(request, pk: int) -> HttpResponse:
    """What an office still has to settle in a text: until then it is not approved."""
    row = _passage_or_404(pk)
    form = OpenPointForm(request.POST or None, text=row.text)
    if form.is_valid():
        given = form.cleaned_data
        try:
            approving.leave_open(row, given["sentence"], given["what"], given["office"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            pictures.ask_for(row.message_id)
            messages.success(request, _("Đã ghi. Lời này chỉ duyệt được khi cơ quan ấy đã xác nhận."))
            return redirect("prints:message_texts", row.message_id)
    return _form(request, form, row.message, _("Thêm điều phải xác nhận"), _("Ghi điều phải xác nhận"), quoted=row)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("print_settlement", gettext_lazy("xác nhận của cơ quan"), "answered_by", "paper")
def settle(request, pk: int) -> HttpResponse:
    point = _point_or_404(pk)
    form = SettlementForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            approving.settle(
                point, given["answered_by"], given["answered_on"], given["paper"], request.user, timezone.now()
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi. Hết điều phải xác nhận thì lời này duyệt được."))
            return redirect("prints:message_texts", point.passage.message_id)
    heading, button = point.what, _("Ghi là đã xác nhận")
    return _form(request, form, point.passage.message, heading, button, quoted=point.passage, office=point.office)


@require_POST
@gate.leading
def reopen(request, pk: int) -> HttpResponse:
    point = _point_or_404(pk)
    approving.reopen(point, request.user, timezone.now())
    pictures.ask_for(point.passage.message_id)
    messages.success(request, _("Điều này mở lại; lời liên quan phải duyệt lại."))
    return redirect("prints:message_texts", point.passage.message_id)


def _form(
    request, form, message: MessagePage, heading: str, button: str, *, quoted: Passage | None = None, office: str = ""
) -> HttpResponse:
    steps = [(str(TEXTS), reverse("prints:texts")), (message.title, reverse("prints:message_texts", args=[message.pk]))]
    if not MessageKit.objects.filter(message=message).exists():
        del steps[1:]
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "quoted": quoted,
        "office": office,
        "trail": gate.trail(None, *steps),
    }
    return render(request, "prints/form.html", context, status=422 if form.errors else 200)


def _printable_or_404(pk: int) -> MessagePage:
    """One that is printed, or may be once it has texts."""
    found = reading.printable_messages().filter(pk=min(pk, gate.LARGEST)).first()
    if found is None:
        raise Http404
    return found


def _passage_or_404(pk: int) -> Passage:
    found = Passage.objects.select_related("message").filter(pk=min(pk, gate.LARGEST)).first()
    if found is None:
        raise Http404
    return found


def _point_or_404(pk: int) -> OpenPoint:
    found = OpenPoint.objects.select_related("passage__message").filter(pk=min(pk, gate.LARGEST)).first()
    if found is None:
        raise Http404
    return found
