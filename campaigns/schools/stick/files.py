"""The files of a stick: {name: bytes}. Everything is read as a visitor without an account reads it."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve, reverse

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.stick.rewriting import addresses_in, apart, rewrite
from campaigns.schools.teaching.plans import plans_of, steps_in
from pages.serving.kept import RENEWED_AFTER

FIRST = "index.html"


def stick(
    request, packs: list[SchoolLessonPage], day: date, progress: Callable[[int, int], object] = lambda *told: None
) -> dict[str, bytes]:
    """`packs` are live lessons; `day` is written on every page; `progress` hears how many files are made."""
    schools = packs[0].schools
    names = {schools.url: FIRST}
    for page in packs:
        names |= _names_of(page)
    names |= _pdfs(schools, packs)
    until = day + timedelta(days=RENEWED_AFTER)
    about = {"day": day, "until": until, "site": settings.BASE_URL}
    pages = {
        address: _first(request, packs, about) if name == FIRST else _read(request, address).decode()
        for address, name in names.items()
        if name.endswith(".html")
    }
    told = render_to_string("campaigns/stick_note.html", about)
    drawn = [one for html in (told, *pages.values()) for one in addresses_in(html)]
    names |= {address: _name_of_file(address) for address in drawn if address not in names}
    files: dict[str, bytes] = {}
    for number, (address, name) in enumerate(names.items(), 1):
        progress(number, len(names))
        if "#" in name:
            continue
        if address in pages:
            # what is taught fills the screen; its first page and the list say of when it is
            note = "" if '<body class="run' in pages[address] or name == FIRST else told
            files[name] = rewrite(pages[address], name, names, settings.BASE_URL, note).encode()
        elif name not in files:
            files[name] = _script(name, _read(request, address))
    return files


def _names_of(page: SchoolLessonPage) -> dict[str, str]:
    """{address: file} of the pages of a lesson. What is a page of its own where no script runs is a place in the whole
    run here.
    """
    slug = page.slug
    below = [reverse(name, args=[slug]) for name in ("pack_script", "pack_board")]
    below += [reverse("pack_part", args=[slug, one.value["code"].lower()]) for one in page.printed]
    places = {}
    for plan in plans_of(page):
        below += [reverse(name, args=[slug, plan]) for name in ("pack_run", "pack_class")]
        run = _page_file(reverse("pack_run", args=[slug, plan]))
        for number in range(1, len(steps_in(page, plan)) + 2):
            places[reverse("pack_run_step", args=[slug, plan, number])] = f"{run}#buoc-{number}"
            places[reverse("pack_run_danger", args=[slug, plan, number])] = f"{run}#nguy-hiem"
    return {**{address: _page_file(address) for address in (page.url, *below)}, **places}


def _page_file(address: str) -> str:
    return f"{address.strip('/')}/index.html"


def _pdfs(schools, packs: list[SchoolLessonPage]) -> dict[str, str]:
    """The whole lesson, where its single sheets are too; the answer cards, and the shared sheets."""
    found = {reverse("answer_cards"): "in/the-tra-loi.pdf"}
    for one in schools.shared:
        code = one.value["code"].lower()
        found[reverse("shared_sheet", args=[code])] = f"in/{code}.pdf"
    for page in packs:
        found[reverse("school_pack", args=[page.slug])] = f"in/{page.slug}.pdf"
        singles = [*page.printed, *([schools.protocol] if schools.protocol else [])]
        for one in singles:
            found[reverse("school_sheet", args=[page.slug, one.value["code"].lower()])] = f"in/{page.slug}.pdf"
    return found


def _name_of_file(address: str) -> str:
    return address.removeprefix("/").removeprefix("static/")


def _first(request, packs: list[SchoolLessonPage], about: dict) -> str:
    context = {**about, "packs": packs, "schools": packs[0].schools, "page": packs[0].schools}
    return render_to_string("campaigns/stick_first.html", context)


def _script(name: str, content: bytes) -> bytes:
    return apart(content.decode()).encode() if name.endswith(".js") else content


def _read(request, address: str) -> bytes:
    if address.startswith(settings.STATIC_URL):
        return _static(address.removeprefix(settings.STATIC_URL))
    # as a visitor without an account, in the language of the source
    environ = {key: value for key, value in request.META.items() if key not in ("HTTP_COOKIE", "QUERY_STRING")}
    asked = WSGIRequest({**environ, "REQUEST_METHOD": "GET", "PATH_INFO": address, "wsgi.input": BytesIO()})
    asked.user = AnonymousUser()
    found = resolve(address)
    response: HttpResponse = found.func(asked, *found.args, **found.kwargs)
    if hasattr(response, "render"):
        response = response.render()
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return b"".join(response) if response.streaming else response.content


def _static(name: str) -> bytes:
    found = finders.find(name)
    if found:
        return Path(found).read_bytes()
    with staticfiles_storage.open(name) as file:
        return file.read()
