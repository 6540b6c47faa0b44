"""`/truong-hoc/bao-phu/`: which schools taught, which did not, and what comes next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.schools.log.years import in_words
from campaigns.schools.screens import gate
from campaigns.schools.screens.asked import question, seen_by
from campaigns.schools.screens.forms import packs
from campaigns.schools.series import next_of
from config.languages import NAMES
from people.rights.roles import FIGURE_KINDS, role_kinds
from people.times import today
from people.units.levels import Level

# schools of a page; the file has all
MOST = 300


@require_safe
@gate.seeing
def page(request) -> HttpResponse:
    asked = question(request)
    found, known = seen_by(request.user, asked), packs()
    titles = {one.translation_key: one.title for one in known}
    year = asked.window.year
    context = {
        "asked": asked,
        "found": found,
        "lines": [(row, [titles.get(pack, _("bài đã gỡ")) for pack in row.packs]) for row in found.rows[:MOST]],
        "left_out": max(0, found.schools - MOST),
        "silent": found.silent[:MOST],
        "grades": found.by_grade(),
        "languages": [(NAMES[tag][0] if tag in NAMES else tag, number) for tag, number in found.by_language()],
        "communes": found.by_commune(),
        "next": next_of(known, set(), today(), ())[:3],
        "levels": [("", _("Mọi cấp học")), *Level.choices],
        "years": [(one, in_words(one)) for one in (year - 1, year, year + 1)],
        "year_words": in_words(year),
        "trail": [_place_above(request.user)],
    }
    return render(request, "schools/coverage.html", context)


def _place_above(user) -> tuple[str, str]:
    """Where the link to this page is: among the figures, for a school's manager at her desk."""
    if user.is_superuser or role_kinds(user) & FIGURE_KINDS:
        return _("Tiến độ"), reverse("reports:home")
    return _("Việc ở trường"), reverse("school_desk")
