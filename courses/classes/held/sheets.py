"""The sign-in sheet of a meeting on paper, by unit, with the QR code of each who is invited."""

from collections import defaultdict
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import Meeting, TrainingClass
from letters.order import order
from people.postings.posting import Posting
from people.times import covering
from printing import render

DESIGN = Path(__file__).parent / "designs" / "sign_in.typ"


def address_of(participant: Participant) -> str:
    return settings.BASE_URL + reverse("classes:arrival", args=[participant.token])


@lru_cache(maxsize=512)
def qr(address: str) -> str:
    """An SVG; level M, and the quiet zone of four modules of ISO/IEC 18004."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, nl=False, omitsize=True
    )
    return picture.getvalue().decode()


def sign_in_pdf(row: TrainingClass, meeting: Meeting) -> bytes:
    """A4. Raises MissingLetter where no font has a letter of a name. Three queries for any number of people."""
    people = list(row.participants.seated().select_related("person").order_by("person__name_order", "pk"))
    places = _places([one.person_id for one in people], meeting)
    by_unit: dict[str, list[Participant]] = defaultdict(list)
    for one in people:
        by_unit[places.get(one.person_id, "")].append(one)
    numbers = iter(range(1, len(people) + 1))
    data = {
        "title": row.title,
        "unit": row.unit.name,
        "when": meeting.written,
        "room": meeting.room,
        "units": [
            {
                "name": name or _("Chưa rõ đơn vị"),
                "people": [
                    {
                        "number": next(numbers),
                        "name": one.person.full_name,
                        "code": one.person.staff_code,
                        "qr": qr(address_of(one)),
                    }
                    for one in by_unit[name]
                ],
            }
            for name in sorted(by_unit, key=order)
        ],
    }
    return render(DESIGN, data)


def _places(people: list[int], meeting: Meeting) -> dict[int, str]:
    """{person: the name of the unit in which she counts on the day}; one query."""
    rows = Posting.objects.current().filter(covering(meeting.on), person__in=people).placed_on(meeting.on)
    return dict(rows.order_by("start", "pk").values_list("person", "place"))
