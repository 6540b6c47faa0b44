"""Everything a province starts with: units, duties, home page, courses with their questions, requirements."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from courses.certificates.issuers import starter_issuer
from courses.content.catalogue import CataloguePage
from courses.standing.rules import seed_requirements
from courses.starter.loading import load_courses
from pages.home.page import create_home
from pages.publishing import add_published
from people.postings.posting import seed_duties
from people.units.starter import seed_units

INTRO = "Hai khóa học ngắn cho cán bộ làm công tác hỗ trợ nạn nhân bị mua bán. Học được trên điện thoại."
TEASER = "Hai khóa học cho cán bộ làm công tác hỗ trợ nạn nhân."


def seed(now: datetime, progress: Callable[[str], None]) -> None:
    """Adds what is missing and changes nothing that exists."""
    seed_duties()
    seed_units(now, progress)
    home = create_home()
    load_courses(_catalogue(home), progress)
    seed_requirements(now)
    starter_issuer(timezone.localdate(now))


def _catalogue(home) -> CataloguePage:
    catalogue = CataloguePage.objects.child_of(home).first()
    if catalogue is None:
        catalogue = CataloguePage(
            title="Khóa học", slug="khoa-hoc", intro=INTRO, search_description=TEASER, show_in_menus=True
        )
        add_published(home, catalogue)
    return catalogue
