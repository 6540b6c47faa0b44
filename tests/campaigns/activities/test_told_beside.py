"""What feeds the log and the report on 30/7 beside what is typed: sheets, numbers to call, notes, what was known."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from numbers_called import public_contact

from campaigns.activities.made.activity import Activity, Source
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.pulse import Moment, most_mistaken, say, sums_of
from campaigns.activities.made.writing import Said, count_from_elsewhere, take_back_from_elsewhere
from people.times import today

pytestmark = pytest.mark.django_db
PAGE = "/hoat-dong/bao-cao-30-7/"


def test_the_question_that_was_mistaken_most_is_that_of_afterwards():
    before, after = Moment.BEFORE.value, Moment.AFTER.value
    assert most_mistaken({}) is None
    assert most_mistaken({(1, before): (5, 20), (2, before): (10, 20)}) == (1, 15, 20)
    assert most_mistaken({(1, before): (0, 20), (2, after): (15, 20), (3, after): (10, 20)}) == (3, 10, 20)
    assert most_mistaken({(1, after): (10, 20), (3, after): (10, 20)}) == (1, 10, 20)


def test_what_another_room_logged_counts_once_and_is_taken_back_by_it(log):
    kind = ActivityKind.objects.get(key="ngoai-khoa")
    unit, key = log.units.tay_giang, uuid4()
    said = Said(kind, unit, unit, None, today(), {}, {"quantity": 1}, ["vi"])
    for _twice in range(2):
        count_from_elsewhere(log.manager, key, said, log.editor, timezone.now(), source=Source.SCHOOL)
    row = Activity.objects.standing().get()
    assert (row.source, row.decided_by) == (Source.SCHOOL, log.manager)
    take_back_from_elsewhere(log.manager, key, timezone.now())
    assert not Activity.objects.standing().exists()
    assert Activity.objects.counted_at(row.verified_at).count() == 1


def test_the_report_names_numbers_what_is_to_be_mended_and_what_it_knew(log, verified, client_of):
    contact = public_contact(number="0235 3796 200", unit=log.units.tay_giang)
    verified(note="Câu 2 khó hiểu.")
    client = client_of(log.editor)
    said = client.get(PAGE).content.decode()
    assert f"0235 3796 200 ({contact.confirmed_on:%d/%m/%Y})" in said
    assert "Câu 2 khó hiểu." in said
    assert "Số bản dịch đã được người bản ngữ duyệt" in said
    yesterday = today() - timedelta(days=1)
    before = client.get(f"{PAGE}?biet={yesterday:%d/%m/%Y}").content.decode()
    assert "Câu 2 khó hiểu." not in before
    assert f"biet={yesterday:%Y-%m-%d}" in before
    assert client.get(f"{PAGE}bang.csv?biet={yesterday:%d/%m/%Y}").status_code == 200
    # of all communes no note is told
    assert "Câu 2 khó hiểu." not in client_of(log.manager).get(PAGE).content.decode()


def test_counts_of_a_question_are_told_as_known_at_a_moment(log, verified):
    row = verified(kind="noi-chuyen", people=40)
    say(log.editor, row.key, {(1, Moment.BEFORE.value): (10, 30)}, timezone.now())
    then = timezone.now()
    say(log.editor, row.key, {(1, Moment.BEFORE.value): (20, 30)}, timezone.now())
    standing = Activity.objects.standing()
    assert sums_of(standing)[1, "truoc"] == (20, 30)
    assert sums_of(standing, then)[1, "truoc"] == (10, 30)
    assert sums_of(standing, timezone.now() - timedelta(days=2)) == {}
