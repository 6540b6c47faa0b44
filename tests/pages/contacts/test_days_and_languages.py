"""A number is shown on its days, both included, and says which languages are answered in."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_page
from numbers_called import public_contact
from sharing import shared

from courses.content.blocks.reference import ContactBlock
from pages.contacts.contact import Contact
from pages.contacts.page import ContactsPage
from pages.home.page import create_home
from pages.serving import version
from pages.serving.changes import draw_anew_on_a_contacts_day

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 10), date(2026, 12, 20)


@shared
def it(cast):
    cast.page = make_page(create_home(), ContactsPage, "Gọi cho ai", slug="goi-ai", heading="Gọi cho ai")
    return cast


def dated(it, **fields):
    return public_contact(**{"number": "0236 1234", "valid_from": FIRST, "valid_to": LAST, **fields})


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_current_timezone())


@pytest.mark.parametrize(
    ("first", "last", "day", "shows"),
    [
        (FIRST, LAST, FIRST - timedelta(days=1), False),
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, LAST + timedelta(days=1), False),
        (FIRST, None, date(2030, 1, 1), True),
        (None, LAST, date(2020, 1, 1), True),
        (None, None, date(2020, 1, 1), True),
    ],
)
def test_the_days_of_a_number(first, last, day, shows):
    assert Contact(valid_from=first, valid_to=last).holds_on(day) == shows


def test_every_page_shows_it_on_its_days_alone(it, client):
    contact = dated(it, languages="vi,lo")
    commune = dated(it, unit=it.units.tay_giang)
    for day, shows in ((FIRST - timedelta(days=1), False), (FIRST, True), (LAST + timedelta(days=1), False)):
        with time_machine.travel(at(day), tick=False):
            version.raise_version()
            page = client.get(it.page.url).content.decode()
            assert (contact.number in page) == shows
            assert ("Nói được: Tiếng Việt, ພາສາລາວ" in page) == shows
            assert (ContactBlock().get_context({"contact": contact})["contact"] is not None) == shows
            assert Contact.objects.public().filter(pk=commune.pk).exists() == shows


@pytest.mark.parametrize(
    ("day", "anew"), [(FIRST - timedelta(days=1), 0), (FIRST, 1), (LAST, 0), (LAST + timedelta(days=1), 1)]
)
def test_kept_pages_are_drawn_anew_on_its_first_day_and_after_its_last(it, day, anew):
    dated(it)
    before = version.current()
    draw_anew_on_a_contacts_day(at(day))
    assert (version.current() != before) == bool(anew)


def test_the_last_day_is_not_before_the_first(it, client_of):
    with pytest.raises(IntegrityError), transaction.atomic():
        dated(it, valid_from=LAST, valid_to=FIRST)
    it.manager.is_superuser = True
    it.manager.save()
    row = {"number": "0236 99", "name": "Trung tâm", "when": "Cần gặp", "order": "100"}
    days = {"valid_from": "20/12/2026", "valid_to": "10/12/2026"}
    page = client_of(it.manager).post("/cms/so-lien-he/new/", {**row, **days}).content.decode()
    assert "Ngày cuối đứng trước ngày đầu" in page
    assert "20/12/2026" in page


def test_what_is_typed_comes_back_in_the_form(it, client_of):
    it.manager.is_superuser = True
    it.manager.save()
    client = client_of(it.manager)
    row = {"number": "0236 99", "name": "Trung tâm", "when": "Cần gặp", "order": "100", "source": "", "note": ""}
    answer = client.post(
        "/cms/so-lien-he/new/", {**row, "languages": ["lo", "vi"], "valid_to": "20/12/2026", "unit_code": ""}
    )
    assert answer.status_code == 302
    contact = Contact.objects.get(number="0236 99")
    assert (contact.languages, contact.valid_to, contact.spoken) == ("vi,lo", LAST, "Tiếng Việt, ພາສາລາວ")
    page = client.get(f"/cms/so-lien-he/edit/{contact.pk}/").content.decode()
    assert page.count("checked") >= 2
    assert "20/12/2026" in page
    refused = client.post("/cms/so-lien-he/new/", {**row, "number": "0236 98", "languages": ["xx"]})
    assert refused.status_code == 200
