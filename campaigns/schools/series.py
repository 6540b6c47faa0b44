"""The series of lessons across the school year, and what comes next. Pure but for the pages that it is given."""

from collections.abc import Collection, Iterable
from datetime import date

from campaigns.schools.facets import MONTHS, place_in_year
from campaigns.schools.lesson import SchoolLessonPage


def series_of(packs: Iterable[SchoolLessonPage], band: str) -> list[SchoolLessonPage]:
    """The lessons of a band that have a month, as the year goes."""
    placed = [page for page in packs if page.month and band in page.bands]
    return sorted(placed, key=lambda page: (page.place_in_year, page.path))


def place_of(day: date) -> int:
    """How far the school year is; the summer months belong to the year that comes."""
    return place_in_year(day.month) if day.month in MONTHS else 0


def next_of(
    packs: Iterable[SchoolLessonPage], taught: Collection, day: date, bands: Collection[str]
) -> list[SchoolLessonPage]:
    """Lessons not taught yet, of these bands (none: of all), those whose month is near first."""
    left = [page for page in packs if page.translation_key not in taught and page.month]
    ours = [page for page in left if set(page.bands) & set(bands)] or left
    now = place_of(day)
    return sorted(ours, key=lambda page: ((page.place_in_year - now) % len(MONTHS), page.path))


def follows(packs: Iterable[SchoolLessonPage], page: SchoolLessonPage) -> SchoolLessonPage | None:
    """What comes after a lesson in the series of its bands."""
    known = list(packs)
    after = [
        one
        for band in page.bands
        for one in series_of(known, band)
        if page.month and one.pk != page.pk and one.place_in_year > page.place_in_year
    ]
    return min(after, key=lambda one: one.place_in_year, default=None)
