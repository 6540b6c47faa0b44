"""The printed call list: A4, with who printed it and when on every page; logged, and its file goes after a day."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.acts.choice import Choice, choice_of, chosen_people
from courses.reminders.due import standing
from courses.reports.query.works import lists_works
from outbox.clock import every
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files, remove_old
from people.log.audit import Act, record_each
from people.messages.calls import answered_for, places_of
from people.messages.planning import chunks
from people.messages.topics import Told
from people.persons.phones import local_phone
from people.persons.user import User
from printing import MissingLetter, render

CALLS, FOLDER = "call_sheets", "call-lists"
DESIGN = Path(__file__).parent / "designs" / "calls.typ"
lists_works(CALLS, counted=gettext_lazy("người"))


def ask(choice: Choice) -> Effect:
    """Asked twice it is printed once."""
    return enqueue(CALLS, {"choice": choice.pk}, f"{CALLS}:{choice.pk}", requested_by=choice.by)


@effect(CALLS, label=gettext_lazy("In danh sách gọi"))
def print_calls(job: Job) -> dict:
    """Only those for whom the printer answers as it is printed."""
    now = job.clock()
    choice = choice_of(job.requested_by, job.payload["choice"], now) if job.requested_by else None
    if choice is None:
        raise Refused(_("Lựa chọn này đã cũ hơn một ngày; anh chị chọn lại từ danh sách."))
    hers = answered_for(choice.by, choice.people)
    people = [person for person in chosen_people(choice) if person.pk in hers]
    if not people:
        raise Refused(_("Không còn ai trong lựa chọn này mà anh chị phụ trách hôm nay."))
    try:
        content = render(DESIGN, sheet(people, choice.by, now), now.replace(microsecond=0))
    except MissingLetter as missing:
        raise Refused(_("Phông chữ in thiếu chữ “%s”; anh chị báo quản trị.") % missing.letter) from None
    name = private_files.save(f"{FOLDER}/goi.pdf", ContentFile(content))
    record_each(Act.PRINTED_CALLS, choice.by, people, now)
    job.progress(len(people), len(people))
    return {"file": name, "download": f"danh-sach-goi-{timezone.localdate(now):%Y-%m-%d}.pdf", "rows": len(people)}


def sheet(people: list[User], by: User, now: datetime) -> dict:
    day = timezone.localdate(now)
    ids = [person.pk for person in people]
    places = places_of(ids, day)
    told: Told = {}
    for some in chunks(ids):
        told |= standing(some, day)
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
                "lines": [line.text for line in told.get(person.pk, {}).values()],
            }
            for person in people
        ],
    }


@every("courses.reminders.forget_call_lists", minutes=60)
def forget_call_lists(now: datetime) -> None:
    remove_old(now, settings.RETENTION["call_lists"], FOLDER)
