"""A state has one colour, whoever looks at it."""

import re
from pathlib import Path

from django.conf import settings

from courses.learning import dues
from courses.reports.people import person_record
from courses.reports.query import people_rows
from courses.standing.spans import State
from courses.standing.state_tones import TONES


def test_every_state_has_a_colour_that_the_stylesheet_knows():
    assert set(TONES) == set(State)
    css = "".join(
        path.read_text(encoding="utf-8") for path in (Path(settings.BASE_DIR) / "site/static/css").glob("*.css")
    )
    known = set(re.findall(r"\.(ok|warn|bad|info)\b", css)) | {""}
    assert set(TONES.values()) <= known


def test_learners_and_trainers_are_shown_the_same_colours():
    assert dues.TONES is people_rows.TONES is person_record.TONES is TONES
