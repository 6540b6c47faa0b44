"""Hands out the zip for a USB stick: of one lesson, or of all of them."""

import zipfile
from io import BytesIO

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.stick.files import stick
from campaigns.schools.views import taken_back
from pages.serving import version
from people.times import today
from printing import MissingLetter

KEPT_SECONDS = 24 * 60 * 60
# of every entry, so that the same content is the same file
STAMP = (1980, 1, 1, 0, 0, 0)
# what is compressed already
STORED = (".pdf", ".png", ".jpg", ".webp", ".mp3", ".ogg")


def live_lessons():
    return SchoolLessonPage.objects.live().public().filter(locale__language_code="vi").order_by("path")


@require_safe
def of_one(request, slug: str) -> HttpResponse:
    packs = list(live_lessons().filter(slug=slug))
    return _zip(request, packs, slug) if packs else taken_back(request, slug)


@require_safe
def of_all(request) -> HttpResponse:
    packs = list(live_lessons())
    if not packs:
        raise Http404
    return _zip(request, packs, "tat-ca")


def _zip(request, packs: list[SchoolLessonPage], name: str) -> HttpResponse:
    day = today()
    key = f"school-stick:{name}:{day}:{version.of(request)}"
    content = cache.get(key)
    if content is None:
        try:
            content = zipped(stick(request, packs, day))
        except MissingLetter:
            raise Http404 from None
        cache.set(key, content, KEPT_SECONDS)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="bai-hoc-{name}-{day}.zip"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            how = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(f"la-chan/{name}", STAMP)
            archive.writestr(entry, files[name], how, compresslevel=9)
    return out.getvalue()
