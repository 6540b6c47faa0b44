"""One sheet: tried on a page before it is printed, given its number, fetched as PDF and PNG, printed again."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.reading import local_contacts
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.renderings import drawing, reading
from campaigns.renderings.composing import (
    Composed,
    Order,
    Unprintable,
    composed,
    numbered,
    picture_data,
    unnumbered,
    untranslated,
)
from campaigns.renderings.formats import AUDIENCES, FORMATS, PICTURES, Format
from campaigns.renderings.issuing import again, issue
from campaigns.renderings.screens import gate
from campaigns.renderings.screens.hung_pages import form_for
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.texts.at_the_desk import spoken_in
from campaigns.renderings.texts.languages import Spoken
from config.languages import NAMES
from people.times import today


class Asked:
    """What is asked of a sheet in the address or a form: for whom, which number, the commune's draft words, bleed."""

    def __init__(self, given, one: Format):
        audience = given.get("doi-tuong", "")
        self.audience = audience if one.for_audiences and audience in AUDIENCES else ""
        self.contact = given.get("so", "")[:20]
        self.trial = bool(given.get("thu"))
        self.bleed = bool(given.get("le"))
        language = given.get("tieng", "")
        self.language = language if language in NAMES else "vi"

    @property
    def query(self) -> str:
        language = "" if self.language == "vi" else self.language
        trial = "1" if self.trial else ""
        said = {"doi-tuong": self.audience, "so": self.contact, "thu": trial, "tieng": language}
        return "&".join(f"{name}={value}" for name, value in said.items() if value)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.of_space
def sheet(request, space, message: int, key: str) -> HttpResponse:
    """GET tries it; POST gives it its number."""
    one, page = gate.format_or_404(key), reading.message_or_404(min(message, gate.LARGEST))
    asked = Asked(request.POST if request.method == "POST" else request.GET, one)
    commune = gate.commune(space)
    contacts = local_contacts(commune) if commune else []
    spoken = spoken_in(page)
    order = _order(page, one, commune, asked, contacts, spoken.get(asked.language))
    whole, fault = None, ""
    try:
        whole = composed(order)
        drawing.seen(whole.mark, one, unnumbered(whole, today()))
        if request.method == "POST":
            version = issue(whole, request.user, timezone.now())
            return redirect("prints:version", version.sheet_id, version.number)
    except Unprintable as why:
        fault = str(why)
    taken = CommuneMessagePage.objects.child_of(commune).filter(message=page).first() if commune else None
    context = {
        "space": space,
        "commune": commune,
        "languages": _languages(order, spoken),
        "message": page,
        "format": one,
        "asked": asked,
        "whole": whole,
        "fault": fault,
        "unapproved": [(slot, page_label(whole, slot)) for slot in whole.unapproved] if whole else [],
        "shown_pages": range(1, one.pages + 1),
        "audiences": AUDIENCES.items() if one.for_audiences else [],
        "contacts": contacts,
        "chosen_contact": whole.order.contact if whole else None,
        "taken": taken,
        "trail": gate.trail(space, (page.title, f"{reverse('prints:gallery', args=[space.pk])}?thong-diep={page.pk}")),
    }
    return render(request, "prints/sheet.html", context, status=422 if fault and request.method == "POST" else 200)


def _languages(order: Order, spoken: Mapping[str, Spoken]) -> list[tuple[str, str, list[str]]]:
    """(tag, name, the Vietnamese sentences that it lacks) of every language that has something, Vietnamese first."""
    lacking = {tag: untranslated(replace(order, spoken=one)) for tag, one in spoken.items()}
    return [(tag, NAMES[tag][0], lacking.get(tag, [])) for tag in NAMES if tag == "vi" or tag in lacking]


def page_label(whole: Composed, slot: str) -> str:
    return whole.order.source.passages[slot].label


def _order(page, one: Format, commune, asked: Asked, contacts=None, spoken: Spoken | None = None) -> Order:
    return reading.order(
        page,
        one,
        commune,
        audience=asked.audience,
        contact=asked.contact,
        trial=asked.trial,
        contacts=contacts,
        language=asked.language,
        spoken=spoken,
    )


@require_safe
@gate.of_space
def preview(request, space, message: int, key: str, place: int) -> HttpResponse:
    """A page of it as PNG, for the screen."""
    one, page = gate.format_or_404(key), reading.message_or_404(min(message, gate.LARGEST))
    try:
        whole = composed(_order(page, one, gate.commune(space), Asked(request.GET, one)))
        drawn = drawing.seen(whole.mark, one, unnumbered(whole, today()))
    except Unprintable:
        raise Http404 from None
    return _picture(drawn, place)


@require_safe
@gate.of_space
def draft(request, space, message: int, key: str) -> HttpResponse:
    """The stamped PDF of what may not be printed yet."""
    one, page = gate.format_or_404(key), reading.message_or_404(min(message, gate.LARGEST))
    asked = Asked(request.GET, one)
    try:
        whole = composed(_order(page, one, gate.commune(space), asked))
        if whole.may_be_issued:
            raise Unprintable(_("Tờ này đã duyệt: lấy số rồi in bản có số."))
        drawn = drawing.pdf(one, unnumbered(whole, today(), bleed=asked.bleed))
    except Unprintable as why:
        return _unprintable(request, str(why), space)
    return _file(drawn, "application/pdf", f"ban-nhap-{one.key}-{page.slug}.pdf")


@require_safe
@gate.printing
def picture(request, message: int, slot: str, size: str) -> HttpResponse:
    """A picture to post that is not approved, stamped."""
    page = reading.message_or_404(min(message, gate.LARGEST))
    if size not in PICTURES or not slot.startswith("card."):
        raise Http404
    try:
        drawn = drawing.seen_to_post(picture_data(reading.source(page), slot, PICTURES[size], today()))
    except Unprintable:
        raise Http404 from None
    return HttpResponse(drawn, content_type="image/png")


# --- with a number


@require_safe
@gate.of_version
def version(request, row: SheetVersion) -> HttpResponse:
    one = FORMATS.get(row.sheet.format)
    _whole, fault = _again(row)
    space = _space_of(row)
    context = {
        "row": row,
        "format": one,
        "language": NAMES.get(row.sheet.language, (row.sheet.language,))[0],
        "fault": fault,
        "shown_pages": range(1, one.pages + 1) if one else [],
        "space": space,
        "hung_form": form_for(request.user, row),
        "trail": gate.trail(space),
    }
    return render(request, "prints/version.html", context)


@require_safe
@gate.of_version
def file(request, row: SheetVersion) -> HttpResponse:
    """The PDF; `?le=1` adds 3 mm of bleed."""

    def answer(one: Format, data: dict, name: str) -> HttpResponse:
        return _file(drawing.pdf(one, data), "application/pdf", f"{name}.pdf")

    return _numbered(request, row, answer)


@require_safe
@gate.of_version
def page_file(request, row: SheetVersion, place: int) -> HttpResponse:
    """A page as PNG, for a printer that takes pictures."""

    def answer(one: Format, data: dict, name: str) -> HttpResponse:
        response = _picture(drawing.pages(one, data, one.dots), place)
        response["Content-Disposition"] = f'attachment; filename="{name}-{place}.png"'
        return response

    return _numbered(request, row, answer)


def _numbered(request, row: SheetVersion, answer: Callable[[Format, dict, str], HttpResponse]) -> HttpResponse:
    whole, fault = _again(row)
    if whole is None or fault:
        return _unprintable(request, fault, _space_of(row))
    one, day = whole.order.format, timezone.localdate(row.issued_at)
    data = numbered(whole, row.sheet_id, row.number, day, bleed=bool(request.GET.get("le")))
    tongue = "" if row.sheet.language == "vi" else f"-{row.sheet.language}"
    name = f"to-{row.sheet_id}-ban-{row.number}-{one.key}{tongue}-{whole.order.source.message.slug}"
    try:
        return answer(one, data, name)
    except Unprintable as why:
        return _unprintable(request, str(why), _space_of(row))


@require_POST
@gate.of_version
def reprint(request, row: SheetVersion) -> HttpResponse:
    """The same sheet with what is true now; its number stays, its version is the next."""
    try:
        made = issue(again(row), request.user, timezone.now())
    except Unprintable as why:
        messages.error(request, str(why))
        return redirect("prints:version", row.sheet_id, row.number)
    return redirect("prints:version", made.sheet_id, made.number)


def _again(row: SheetVersion) -> tuple[Composed | None, str]:
    """What it shows, and why that is not printed under this version any more ("")."""
    if row.withdrawal_id is not None:
        return None, _("Bản này đã rút.")
    try:
        whole = again(row)
    except Unprintable as why:
        return None, str(why)
    if whole.mark != row.made_of:
        return whole, _("Lời hoặc số liên hệ đã đổi từ khi lấy số bản này. Bấm “In lại bản mới”.")
    return whole, "" if whole.may_be_issued else _("Lời của tờ này phải duyệt lại trước khi in.")


def _space_of(row: SheetVersion):
    if row.sheet.unit_id is None:
        return gate.Province()
    spaces = CommuneSpacePage.objects.filter(unit=row.sheet.unit_id, closed_on=None)
    return spaces.filter(locale__language_code="vi").first()


def _picture(drawn: list[bytes], place: int) -> HttpResponse:
    if not 1 <= place <= len(drawn):
        raise Http404
    return HttpResponse(drawn[place - 1], content_type="image/png")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _unprintable(request, why: str, space) -> HttpResponse:
    return render(request, "prints/not_printed.html", {"reason": why, "trail": gate.trail(space)}, status=422)
