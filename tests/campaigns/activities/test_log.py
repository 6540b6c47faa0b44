"""Writing, verifying, correcting, withdrawing: a second person, two times, no small number in the store."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person

from campaigns.activities.made import whose, writing
from campaigns.activities.made.activity import Activity, ActivityState
from campaigns.activities.made.doubles import doubles_of, hold_apart
from campaigns.activities.made.rules import Mark
from campaigns.activities.made.writing import Refused
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db


def test_it_counts_once_a_second_person_verified_it(log, sent):
    row = sent(people=30, women=12, languages=("vi", "ktv"), others=[log.units.thanh_my])
    assert not Activity.objects.standing().exists()
    assert not whose.decides(log.editor, row)
    with pytest.raises(Refused):
        writing.verify(log.editor, row.key, row.pk, timezone.now())
    writing.verify(log.unit_head, row.key, row.pk, timezone.now())
    found = Activity.objects.standing().get()
    assert (found.people, found.women, found.minors_mark) == (30, 12, Mark.UNKNOWN)
    assert found.languages == ["ktv", "vi"]


def test_who_wrote_any_wording_of_it_verifies_none(log, said, sent):
    row = sent(by=log.unit_head, people=30)
    again = writing.write(log.editor, row.key, said(people=31), timezone.now(), send=True)
    for person in (log.unit_head, log.editor):
        with pytest.raises(Refused):
            writing.verify(person, again.key, again.pk, timezone.now())
    writing.verify(log.manager, again.key, again.pk, timezone.now())


def test_what_changed_meanwhile_is_not_verified_unseen(log, said, sent):
    seen = sent(people=30)
    writing.write(log.editor, seen.key, said(people=300), timezone.now(), send=True)
    with pytest.raises(Refused):
        writing.verify(log.unit_head, seen.key, seen.pk, timezone.now())


def test_a_correction_counts_from_its_verification_on(log, said, verified):
    before = verified(people=30)
    then = timezone.now()
    again = writing.write(log.editor, before.key, said(people=50), timezone.now(), send=True)
    assert Activity.objects.standing().get().people == 30
    writing.verify(log.unit_head, again.key, again.pk, timezone.now())
    assert Activity.objects.standing().get().people == 50
    assert Activity.objects.counted_at(then).get().people == 30
    writing.withdraw(log.editor, before.key, "Ghi nhầm ngày.", timezone.now())
    assert not Activity.objects.standing().exists()
    assert Activity.objects.counted_at(then).get().people == 30
    with pytest.raises(Refused):
        writing.write(log.editor, before.key, said(people=5), timezone.now(), send=True)


def test_sent_back_with_a_word_and_sent_again(log, said, sent):
    row = sent(people=30)
    with pytest.raises(Refused):
        writing.send_back(log.unit_head, row.key, row.pk, " ", timezone.now())
    writing.send_back(log.unit_head, row.key, row.pk, "Thiếu số phút.", timezone.now())
    row.refresh_from_db()
    assert (row.state, row.answer) == (ActivityState.BACK, "Thiếu số phút.")
    with pytest.raises(Refused):
        writing.verify(log.unit_head, row.key, row.pk, timezone.now())
    writing.send(log.editor, row.key, timezone.now())
    writing.verify(log.unit_head, row.key, row.pk, timezone.now())


def test_a_draft_needs_no_reason_and_what_was_sent_does(log, said, sent):
    draft = writing.write(log.editor, uuid4(), said(), timezone.now(), send=False)
    writing.withdraw(log.editor, draft.key, "", timezone.now())
    row = sent()
    with pytest.raises(Refused):
        writing.withdraw(log.editor, row.key, "", timezone.now())


def test_the_store_refuses_small_numbers_and_small_rests(log, sent):
    row = sent(people=30)
    for wrong in ({"people": 3}, {"women": 27, "women_mark": Mark.TOLD}, {"officials": 7}, {"budget": 10**13}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(ValidationError), transaction.atomic():
        Activity.objects.filter(pk=row.pk).update(note="Gọi anh Tư 0905 123 456")


def test_doubles_are_shown_and_a_person_decides(log, sent, verified):
    first = verified(hamlet=log.hamlet)
    second = sent(hamlet=log.hamlet)
    elsewhere = sent()
    assert [one.key for one in doubles_of(second)] == [first.key]
    assert doubles_of(elsewhere) == []
    with pytest.raises(Refused):
        writing.verify(log.unit_head, second.key, second.pk, timezone.now())
    hold_apart(log.unit_head, second.key, first.key, timezone.now())
    writing.verify(log.unit_head, second.key, second.pk, timezone.now())
    assert doubles_of(first) == []


def test_whose_it_is(log, sent, said):
    row = sent(people=30)
    far = make_person("Biên Tập Xa")
    give(far, RoleKind.COMMUNE_EDITOR, log.units.thanh_my)
    for person in (log.editor, log.unit_head, log.manager, log.trainer):
        assert whose.read_by(person).filter(key=row.key).exists(), person
    for person in (far, log.learner, log.stranger, log.translator, log.observer):
        assert not whose.read_by(person).filter(key=row.key).exists(), person
    joint = sent(others=[log.units.thanh_my], on=row.on - timedelta(days=1))
    assert whose.read_by(far).filter(key=joint.key).exists()
    assert not whose.written_by(far).filter(key=joint.key).exists()
    draft = writing.write(log.editor, uuid4(), said(), timezone.now(), send=False)
    assert not whose.read_by(far).filter(key=draft.key).exists()
    with pytest.raises(Refused):
        writing.write(far, joint.key, said(unit=log.units.thanh_my), timezone.now(), send=True)
