"""Where the code on a sheet leads: to today's page of its message, or to *đã rút, hãy gỡ* and what replaces it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.renderings.screens.gate import LARGEST
from campaigns.renderings.sheets import Sheet, SheetVersion


@require_safe
def sheet(request, number: int) -> HttpResponse:
    """Of its newest version."""
    rows = SheetVersion.objects.newest().filter(sheet=min(number, LARGEST))
    return _answer(request, rows.select_related("sheet__message__locale", "withdrawal__replaced_by").first())


@require_safe
def version(request, number: int, version: int) -> HttpResponse:
    rows = SheetVersion.objects.filter(sheet=min(number, LARGEST), number=min(version, LARGEST))
    return _answer(request, rows.select_related("sheet__message__locale", "withdrawal__replaced_by").first())


def _answer(request, row: SheetVersion | None) -> HttpResponse:
    if row is None:
        raise Http404
    target = page_of(row.sheet)
    if row.withdrawal_id is None and target:
        response: HttpResponse = HttpResponseRedirect(target)
    else:
        newer = row.sheet.versions.filter(withdrawal=None, number__gt=row.number).order_by("-number").first()
        replaced_by = row.withdrawal.replaced_by if row.withdrawal else None
        context = {
            "row": row,
            "newer": newer,
            "replaced_by": replaced_by if replaced_by is not None and replaced_by.live else None,
            "target": target,
        }
        response = render(request, "prints/withdrawn.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response


def page_of(sheet: Sheet) -> str:
    """The commune's own page of the message, else the province's, in the sheet's language; "" where neither is live."""
    message = sheet.message
    if message is None:
        return ""
    spaces = CommuneSpacePage.objects.live().filter(unit=sheet.unit_id, locale__language_code=sheet.language)
    if sheet.unit_id is not None and (space := spaces.first()) is not None:
        own = CommuneMessagePage.objects.live().child_of(space).filter(message=message).first()
        if own is not None:
            return own.url or ""
    if not message.live or not message.url:
        return ""
    if message.locale.language_code == sheet.language:
        return message.url
    translated = message.get_translations().live().filter(locale__language_code=sheet.language, alias_of=None).first()
    # without one the Vietnamese page stands there with its notice in her language, and her voice
    return (translated.url if translated else "") or f"/{sheet.language}{message.url}"
