"""Finding a lesson: by band, topic, minutes, language, and what a class need not have; and the series of the year."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.schools.facets import Band, Topic
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.schools.series import series_of
from campaigns.schools.steps import short_steps_of
from config.languages import NAMES
from letters.numbers import is_number
from pages.languages import SOURCE

# minutes that a teacher has
LENGTHS = (30, 45, 90)


@dataclass(frozen=True)
class Wanted:
    """What was asked; "" or False asks nothing. Unknown values ask nothing."""

    band: str = ""
    topic: str = ""
    minutes: int | None = None
    language: str = ""
    no_projector: bool = False
    no_power: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Wanted()

    def fits(self, page: SchoolLessonPage, languages: set[str]) -> bool:
        return (
            (not self.band or self.band in page.bands)
            and (not self.topic or page.topic == self.topic)
            and (self.minutes is None or shortest(page) <= self.minutes)
            and (not self.language or self.language in languages)
            and not (self.no_projector and page.needs_projector)
            and not (self.no_power and page.needs_power)
        )


def shortest(page: SchoolLessonPage) -> int:
    """Minutes of the lesson, or of its short plan."""
    return sum(step.minutes for step in short_steps_of(page)) or page.minutes


def wanted(asked) -> Wanted:
    minutes = asked.get("phut", "")
    return Wanted(
        band=_one_of(asked.get("bac", ""), Band.values),
        topic=_one_of(asked.get("chu-de", ""), Topic.values),
        minutes=int(minutes) if is_number(minutes) and int(minutes) in LENGTHS else None,
        language=_one_of(asked.get("tieng", ""), NAMES),
        no_projector=asked.get("khong-may-chieu") == "1",
        no_power=asked.get("khong-dien") == "1",
    )


def _one_of(typed: str, known) -> str:
    return typed if typed in known else ""


def languages_of(schools: SchoolsPage) -> dict[UUID, set[str]]:
    """{lesson: languages in which it can be read}; one query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    live = SchoolLessonPage.objects.live().filter(alias_of=None)
    for key, language in live.values_list("translation_key", "locale__language_code"):
        found[key].add(language)
    return found


def schools_context(request, page: SchoolsPage) -> dict:
    """The lessons that were asked for, in the order of the tree, with what may be asked. Two queries."""
    asked, languages = wanted(request.GET), languages_of(page)
    lessons = list(_lessons(page))
    spoken = sorted({tag for tags in languages.values() for tag in tags if tag in NAMES and tag != SOURCE})
    fitting = [one for one in lessons if asked.fits(one, languages[one.translation_key])]
    bands = [(band.value, str(band.label), series_of(lessons, band.value)) for band in Band]
    return {
        "lessons": fitting,
        "wanted": asked,
        "of_all": len(lessons),
        "bands": Band.choices,
        "topics": Topic.choices,
        "lengths": [(minutes, _("%d phút trở xuống") % minutes) for minutes in LENGTHS],
        "tongues": [(tag, NAMES[tag][0]) for tag in spoken],
        "series": [(name, placed) for _key, name, placed in bands if placed] if asked.is_empty else [],
    }


def _lessons(page: SchoolsPage) -> QuerySet:
    return SchoolLessonPage.objects.child_of(page).live().filter(school_copy=None).order_by("path")
