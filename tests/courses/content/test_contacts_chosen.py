"""Numbers that were typed into lessons before they were chosen from the list: kept, and public once somebody called."""

import json
from importlib import import_module

import pytest
from bodies import block
from django.apps import apps
from factories import make_course
from wagtail.models import Revision

from courses.content.lesson import LessonPage
from pages.contacts.contact import Contact

pytestmark = pytest.mark.django_db
migration = import_module("courses.migrations.0017_contacts_chosen")


def typed(number, name="Trung tâm", **more):
    return {"number": number, "name": name, "note": "", "hours": "", "cost": "", **more}


def test_a_typed_number_is_chosen_from_the_list_or_goes_into_it_unconfirmed():
    lesson = make_course(lessons=1).lessons[0]
    known = Contact.objects.create(number="0236 3822 222", name="Trung tâm", when="Cần hỏi")
    body = [
        block("contact", typed("02363.822.222", note="Khi nghi"), 1),
        block("contact", typed("0905 111 222", "Chị Lan", hours="24/7", sectors=["cong_an"]), 2),
        block("text", "<p>Còn lại như cũ.</p>", 3),
    ]
    revision = lesson.save_revision()
    revision.content["body"] = json.dumps(body)
    revision.save()
    lesson.body = json.dumps(body)
    LessonPage.objects.filter(pk=lesson.pk).update(body=lesson.body)
    migration.choose(apps, None)
    new = Contact.objects.get(number="0905 111 222")
    assert (new.name, new.hours, new.is_public, new.unit) == ("Chị Lan", "24/7", False, None)
    expected = [
        {"contact": known.pk, "note": "Khi nghi"},
        {"contact": new.pk, "note": "", "sectors": ["cong_an"]},
        "<p>Còn lại như cũ.</p>",
    ]
    stored = LessonPage.objects.get(pk=lesson.pk).body.raw_data
    assert [one["value"] for one in stored] == expected
    drafted = json.loads(Revision.objects.get(pk=revision.pk).content["body"])
    assert [one["value"] for one in drafted] == expected
    before = Contact.objects.count()
    migration.choose(apps, None)
    assert Contact.objects.count() == before
