"""The printed call list: A4, with who printed it and when on every page; logged, and its file goes after a day."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.acts.choice import Choice, choice_of, chosen_people
from courses.reports.query.works import lists_works
from outbox.clock import every
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files, remove_old
from people.log.audit import Act, record_each
from people.messages.calls import answered_for, places_of
from people.messages.planning import chunks
from people.messages.sending import still_standing
from people.messages.topics import Told
from people.persons.phones import local_phone
from people.persons.user import User
from printing import MissingLetter, render

CALLS, FOLDER = "call_sheets", "call-lists"
DESIGN = Path(__file__).parent / "designs" / "calls.typ"
lists_works(CALLS, counted=gettext_lazy("người"), kept="call_lists")


def ask(choice: Choice) -> Effect:
    """Asked twice it is printed once."""
    return enqueue(CALLS, {"choice": choice.pk}, f"{CALLS}:{choice.pk}", requested_by=choice.by)


@effect(CALLS, label=gettext_lazy("In danh sách gọi"))
def print_calls(job: Job) -> dict:
    """Only those for whom the printer answers, and something stands, as it is printed."""
    now = job.clock()
    choice = choice_of(job.requested_by, job.payload["choice"], now) if job.requested_by else None
    if choice is None:
        raise Refused(_("Lựa chọn này đã cũ hơn một ngày; anh chị chọn lại từ danh sách."))
    found = to_print(choice, now)
    people = found.people
    if not people:
        raise Refused(_("Không còn ai trong lựa chọn này mà anh chị phụ trách hôm nay và còn việc cần gọi."))
    try:
        content = render(DESIGN, sheet(found, choice.by, now), now.replace(microsecond=0))
    except MissingLetter as missing:
        raise Refused(_("Phông chữ in thiếu chữ “%s”; anh chị báo quản trị.") % missing.letter) from None
    name = private_files.save(f"{FOLDER}/goi.pdf", ContentFile(content))
    record_each(Act.PRINTED_CALLS, choice.by, people, now)
    job.progress(len(people), len(people))
    return {"file": name, "download": f"danh-sach-goi-{timezone.localdate(now):%Y-%m-%d}.pdf", "rows": len(people)}


@dataclass(frozen=True)
class ToPrint:
    """`told` is what each of the people would be told; the others are numbers of people."""

    people: list[User]
    told: Told
    not_hers: int
    nothing: int


def to_print(choice: Choice, now: datetime) -> ToPrint:
    """Those for whom the printer answers and something stands at `now`: who was excused, left or completed since she
    was chosen is not called.
    """
    hers = answered_for(choice.by, choice.people)
    people = [person for person in chosen_people(choice) if person.pk in hers]
    told: Told = {}
    for some in chunks(person.pk for person in people):
        told |= still_standing(some, timezone.localdate(now))
    called = [person for person in people if told.get(person.pk)]
    return ToPrint(called, told, len(choice.people) - len(people), len(people) - len(called))


def sheet(found: ToPrint, by: User, now: datetime) -> dict:
    places = places_of([person.pk for person in found.people], timezone.localdate(now))
    return {
        "title": _("Danh sách gọi"),
        "printed": _("%(name)s in lúc %(at)s. Chỉ để gọi trong ngày; hủy sau khi dùng.")
        % {"name": by.full_name, "at": f"{timezone.localtime(now):%H:%M %d/%m/%Y}"},
        "heads": [_("Cán bộ"), _("Điện thoại, email"), _("Việc"), _("Kết quả gọi")],
        "rows": [
            {
                "name": person.full_name,
                "about": " · ".join(filter(None, [person.staff_code, places.get(person.pk, "")])),
                "reach": [one for one in (local_phone(person.phone or ""), person.email or "") if one],
                "lines": [line.text for line in found.told[person.pk].values()],
            }
            for person in found.people
        ],
    }


@every("courses.reminders.forget_call_lists", minutes=60)
def forget_call_lists(now: datetime) -> None:
    remove_old(now, settings.RETENTION["call_lists"], FOLDER)
