"""`/bao-chi/`: packages for broadcasters and press, for everybody and without an account; nobody is counted."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.press.contents import contents_of, offered
from campaigns.press.making import is_current
from campaigns.press.press_package import PressPackage, withdrawn
from outbox.private_files import file_answer
from people.times import today

LARGEST = 2**31 - 1
MOST_WITHDRAWN = 20


@require_safe
def packages(request) -> HttpResponse:
    """A constant number of queries."""
    newest = list(PressPackage.objects.newest().select_related("message__locale").order_by("message__path", "number"))
    gone = withdrawn(newest)
    standing = [row for row in newest if row.pk not in gone and row.use_until >= today()]
    over = [(row, row.why) for row in PressPackage.objects.exclude(why="").order_by("-withdrawn_at")[:MOST_WITHDRAWN]]
    noted = {row.pk for row, _why in over}
    # withdrawn since it was noted last
    over = [(row, gone[row.pk]) for row in newest if row.pk in gone and row.pk not in noted] + over
    return _answer(request, "press/packages.html", {"rows": standing, "over": over[:MOST_WITHDRAWN]})


@require_safe
def package(request, number: int, version: int | None = None) -> HttpResponse:
    """The newest version, or this one: what is in it, until when; of one that was withdrawn that, and what is newer."""
    rows = list(PressPackage.objects.filter(number=min(number, LARGEST)).select_related("message__locale"))
    row = next((one for one in rows if version in (None, one.version)), None)
    if row is None:
        raise Http404
    gone = withdrawn(rows)
    why = gone.get(row.pk, "")
    newest = rows[0]
    context = {
        "row": row,
        "why": why,
        "newer": newest if newest.pk != row.pk and newest.pk not in gone else None,
        "over": row.use_until < today(),
        "ready": row.pk == newest.pk and _is_ready(row, why),
        "versions": [(one, gone.get(one.pk, "")) for one in rows if one.pk != row.pk][:MOST_WITHDRAWN],
    }
    return _answer(request, "press/package.html", context, status=410 if why else 200)


def _is_ready(row: PressPackage, why: str) -> bool:
    """What changed since it was made is not handed out: another version is on its way."""
    if why or not row.file or row.use_until < today():
        return False
    message = next(iter(offered().filter(pk=row.number)), None)  # type: ignore[attr-defined]
    return message is not None and is_current(row, contents_of(message))


@require_safe
def file(request, number: int, version: int) -> HttpResponseBase:
    row = PressPackage.objects.newest().filter(number=min(number, LARGEST), version=min(version, LARGEST)).first()
    if row is None or not _is_ready(row, withdrawn([row]).get(row.pk, "")):
        return redirect("press_package", number)
    response = file_answer(row.file, as_attachment=True, filename=row.file_name, content_type="application/zip")
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_store=True)
    return response


def _answer(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    patch_cache_control(response, no_cache=True)
    return response
