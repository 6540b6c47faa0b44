"""Own notes in a person's data copy, and in the erasure of a person."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.content.lesson import LessonPage
from courses.progress.notes import LessonNote
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("ghi-chu", gettext_lazy("Ghi chú của tôi"), order=48)
def notes(person: User) -> list[dict]:
    titles = dict(LessonPage.objects.order_by("-locale_id").values_list("translation_key", "title"))
    return [
        {
            _("Bài"): titles.get(note.lesson_key, str(note.lesson_key)),
            _("Ghi chú"): note.text,
            _("Đánh dấu để đọc lại"): note.marked,
            _("Lúc"): note.at,
        }
        for note in LessonNote.objects.filter(person=person).order_by("at", "pk")
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.keeping")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    LessonNote.objects.filter(person=person).delete()
