"""Everything a province starts with: units, duties, home page, courses with their questions, requirements."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from courses.certificates.issuers import starter_issuer
from courses.content.catalogue import CataloguePage
from courses.standing.rules import seed_requirements
from courses.starter.arrival import arrival
from courses.starter.bringing import seed_courses
from courses.starter.conversations import load_conversations
from courses.starter.rubrics import load_rubrics
from pages.home.page import create_home
from pages.publishing import add_published
from people.postings.posting import seed_duties
from people.units.starter import seed_units

INTRO = "Khóa học ngắn cho cán bộ làm công tác phòng, chống mua bán người và hỗ trợ nạn nhân. Học được trên điện thoại."
TEASER = "Khóa học ngắn cho cán bộ làm công tác hỗ trợ nạn nhân."


def seed(now: datetime, progress: Callable[[str], None]) -> None:
    """Adds what is missing and changes nothing that exists."""
    seed_duties()
    seed_units(now, progress)
    home = create_home()
    seed_courses(_catalogue(home), now, progress)
    load_conversations(progress)
    load_rubrics()
    row = arrival()
    seed_requirements(now, on_new_site=row is not None and row.on_new_site)
    starter_issuer(timezone.localdate(now))


def _catalogue(home) -> CataloguePage:
    catalogue = CataloguePage.objects.child_of(home).first()
    if catalogue is None:
        catalogue = CataloguePage(
            title="Khóa học", slug="khoa-hoc", intro=INTRO, search_description=TEASER, show_in_menus=True
        )
        add_published(home, catalogue)
    return catalogue
