"""What communes published stands in the annual report, counted by commune, of the year alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from factories import make_page

from campaigns.communes.annual import PAGES, told
from campaigns.communes.notices import NoticePage
from people.annual_sections import Asked, values_of
from people.postings.coverage import places

pytestmark = pytest.mark.django_db


def published(space, title, at):
    page = make_page(space, NoticePage, title, text="<p>Mời bà con.</p>")
    NoticePage.objects.filter(pk=page.pk).update(first_published_at=at)


def counts(unit, day=None, at=None):
    now = timezone.now()
    day = day or timezone.localdate()
    asked = Asked(places(unit.code, day), day - timedelta(days=30), day, at or now, str)
    made = told(asked)
    return {key.partition(".")[2]: value for key, value in values_of(made.figures, made.annexes).items()}


def test_a_notice_of_the_year_counts_for_its_commune_and_for_the_province(communes):
    now = timezone.now()
    published(communes.tay_giang, "Họp thôn", now - timedelta(days=1))
    published(communes.tay_giang, "Họp xã", now - timedelta(days=2))
    published(communes.tay_giang, "Năm trước", now - timedelta(days=60))
    units = communes.units
    expected = {"so_xa": 1, "so_thong_bao": 2, "so_thong_diep": 0}
    assert counts(units.tay_giang) == counts(units.da_nang) == expected
    assert counts(units.thanh_my) == dict.fromkeys(expected, 0)


def test_what_was_published_after_the_moment_is_not_in_it(communes):
    now = timezone.now()
    published(communes.tay_giang, "Họp thôn", now - timedelta(hours=1))
    assert counts(communes.units.da_nang, at=now - timedelta(hours=2))["so_thong_bao"] == 0


def test_rows_have_no_title_and_no_person(communes):
    published(communes.tay_giang, "Chuyện nhà ai", timezone.now() - timedelta(days=1))
    day = timezone.localdate()
    made = told(Asked(places("48", day), date(2020, 1, 1), day, timezone.now(), str))
    (annex,) = made.annexes
    assert annex.name == PAGES
    assert "Chuyện" not in str(annex.rows)
