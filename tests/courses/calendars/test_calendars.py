"""Calendars: what stands in them, who may fetch them and until when; read by a parser that is not ours."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_person, make_posting
from icalendar import Calendar

from courses.calendars.address import CalendarAddress, make, withdraw
from courses.calendars.of_unit import falling_due
from courses.calendars.personal_data import addresses
from courses.classes.planned import planning, seating
from courses.classes.planned.participant import SeatState
from courses.reminders.due import turns_of
from courses.requirements.requirement import Excuse
from courses.standing.rules import seed_requirements
from courses.standing.spans import State
from courses.standing.standing import Standing, rebuild_all
from people.log.audit import Act, Entry
from people.merging import merging
from people.privacy import erasure
from people.rights.roles import Role, RoleKind, end, give
from people.rights.scope import under
from people.times import today

pytestmark = pytest.mark.django_db
# long enough that its line has to be folded inside Vietnamese letters
TITLE = "Lớp tập huấn về nhận diện nạn nhân của nạn mua bán người; buổi một, buổi hai, ở xã Tây Giang"


@pytest.fixture
def course(cast):
    return make_course()


@pytest.fixture
def asked(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    rebuild_all()
    return cast


@pytest.fixture
def training_class(cast, course):
    """In Tây Giang, the day after tomorrow from eight to eleven."""
    start = timezone.make_aware(datetime.combine(today() + timedelta(days=2), datetime.min.time())) + timedelta(hours=8)
    fields = {"course_key": course.course.key, "unit": cast.units.tay_giang, "title": TITLE, "seats": 9}
    return planning.plan(
        cast.trainer, fields, [planning.MeetingTimes(start, start + timedelta(hours=3), "Hội trường")], timezone.now()
    )


def role_of(person, kind=RoleKind.TRAINER) -> Role:
    roles = Role.objects.current().filter(user=person, kind=kind)
    return roles.filter(unit__name="Xã Tây Giang").first() or roles.get()


def fetch(secret: str, **headers):
    """Without a cookie, as a calendar's program does."""
    return Client().get(f"/lich/{secret}.ics", headers=headers)


def entries(secret: str) -> list:
    answer = fetch(secret)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def made(person, role=None) -> str:
    return make(person, role, timezone.now())


# --- a person's own


def test_a_persons_calendar_says_when_what_is_due_and_her_classes(asked, training_class):
    seating.invite(asked.trainer, training_class, [asked.learner.pk], timezone.now())
    found = entries(made(asked.learner))
    turns = turns_of(asked.learner.pk, today())
    assert turns
    dues = [one for one in found if not isinstance(one.decoded("dtstart"), datetime)]
    assert sorted(one.decoded("dtstart") for one in dues) == sorted(turn.day for turn in turns.values())
    assert all(one.decoded("dtend") - one.decoded("dtstart") == timedelta(days=1) for one in dues)
    [meeting] = [one for one in found if one not in dues]
    row = training_class.meetings.get()
    assert meeting.decoded("dtstart") == row.starts_at
    assert meeting.decoded("dtstart").utcoffset() == timedelta(0)
    assert (meeting.decoded("dtend"), str(meeting["location"])) == (row.ends_at, "Hội trường")
    assert str(meeting["summary"]) == f"Lớp tập huấn: {TITLE}"
    assert asked.learner.full_name not in fetch(made(asked.learner)).text


def test_an_extension_moves_the_day_and_an_excuse_takes_it_away_under_the_same_uid(asked):
    secret = made(asked.learner)
    before = {str(one["uid"]): one.decoded("dtstart") for one in entries(secret)}
    moved = Standing.objects.filter(person=asked.learner, state=State.OVERDUE).order_by("requirement").first()
    Standing.objects.filter(
        person=asked.learner, requirement=moved.requirement, end=moved.start - timedelta(days=1)
    ).update(end=moved.start + timedelta(days=9))
    Standing.objects.filter(pk=moved.pk).update(start=moved.start + timedelta(days=10))
    after = {str(one["uid"]): one.decoded("dtstart") for one in entries(secret)}
    assert after.keys() == before.keys()
    assert {after[uid] - before[uid] for uid in before if after[uid] != before[uid]} == {timedelta(days=10)}
    assert all(UUID(uid) for uid in before)
    days = {"start": today() - timedelta(days=1), "end": today() + timedelta(days=30)}
    for key in Standing.objects.filter(person=asked.learner).values_list("requirement", flat=True).distinct():
        Excuse.objects.create(person=asked.learner, requirement_id=key, reason="Nghỉ", **days)
    rebuild_all()
    assert entries(secret) == []


def test_only_a_seat_in_a_class_that_is_not_cancelled_is_shown(cast, training_class):
    seating.invite(cast.trainer, training_class, [cast.learner.pk], timezone.now())
    secret = made(cast.learner)
    assert len(entries(secret)) == 1
    own = training_class.participants.get()
    seating.leave(own, SeatState.DECLINED, timezone.now())
    assert entries(secret) == []
    type(own).objects.update(state=SeatState.SEATED)
    planning.cancel(training_class, timezone.now())
    assert entries(secret) == []


# --- a unit's


def test_a_units_calendar_counts_and_names_nobody(asked, training_class):
    for number in range(3):
        make_posting(make_person(f"Bríu Số {number}", f"TG-8{number}"), asked.units.tay_giang)
    rebuild_all()
    seating.invite(asked.trainer, training_class, [asked.learner.pk], timezone.now())
    secret = made(asked.trainer, role_of(asked.trainer))
    text = fetch(secret).content.replace(b"\r\n ", b"").decode()
    for person in type(asked.learner).objects.exclude(full_name=""):
        assert person.full_name not in text
        assert person.staff_code not in text
    assert "Đã có người: 1 trên 9 chỗ" in text.replace("\\,", ",")
    counted = falling_due(under([asked.units.tay_giang.pk]), today())
    expected: dict = {}
    for person in Standing.objects.filter(unit=asked.units.tay_giang).values_list("person", flat=True).distinct():
        for key, turn in turns_of(person, today()).items():
            if not turn.is_late_on(today()) and turn.day < today() + timedelta(days=400):
                expected[turn.day + timedelta(days=1), key] = expected.get((turn.day + timedelta(days=1), key), 0) + 1
    assert expected
    assert {(first, key): n for first, _state, key, _slug, _name, n in counted} == expected
    dues = [one for one in entries(secret) if not isinstance(one.decoded("dtstart"), datetime)]
    assert sorted(str(one["summary"]).split()[0] for one in dues) == sorted(str(n) for n in expected.values())


def test_a_person_who_is_late_in_two_units_in_turn_counts_once(asked):
    day = today()
    key = Standing.objects.filter(person=asked.learner).first().requirement_id
    Standing.objects.filter(requirement=key).delete()
    rows = [
        (day, day + timedelta(days=9), State.NOT_STARTED, asked.units.tay_giang),
        (day + timedelta(days=10), day + timedelta(days=19), State.OVERDUE, asked.units.tay_giang),
        (day + timedelta(days=20), None, State.OVERDUE, asked.units.thanh_my),
    ]
    for start, last, state, unit in rows:
        Standing.objects.create(person=asked.learner, requirement_id=key, unit=unit, start=start, end=last, state=state)

    def counted(unit):
        return [row[0] for row in falling_due(under([unit.pk]), day) if row[2] == key]

    assert counted(asked.units.tay_giang) == [day + timedelta(days=10)]
    assert counted(asked.units.thanh_my) == []


def test_a_unit_sees_no_class_of_another(cast, training_class):
    give(cast.other_learner, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    assert entries(made(cast.other_learner, role_of(cast.other_learner, RoleKind.UNIT_HEAD))) == []
    assert len(entries(made(cast.manager, role_of(cast.manager, RoleKind.PROVINCE_MANAGER)))) == 1


def test_a_calendar_holds_no_more_than_so_many_entries_of_a_sort(cast, training_class, monkeypatch):
    monkeypatch.setattr("courses.calendars.of_unit.MOST_EVENTS", 1)
    start = timezone.now() + timedelta(days=9)
    fields = {"course_key": training_class.course_key, "unit": cast.units.tay_giang, "title": "Sau", "seats": 5}
    later = planning.MeetingTimes(start, start + timedelta(minutes=5), "A")
    planning.plan(cast.trainer, fields, [later], timezone.now())
    [first] = entries(made(cast.trainer, role_of(cast.trainer)))
    assert TITLE in str(first["summary"])


# --- the file


def test_lines_are_folded_and_the_same_facts_give_the_same_bytes(asked, training_class):
    secret = made(asked.trainer, role_of(asked.trainer))
    answer = fetch(secret)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert any(line.startswith(b" ") for line in lines)
    assert fetch(secret).content == answer.content
    stamps = {one.decoded("dtstamp") for one in entries(secret)}
    assert stamps == {CalendarAddress.objects.get().made_at.astimezone(UTC).replace(microsecond=0)}
    uids = [str(one["uid"]) for one in entries(secret)]
    assert len(uids) == len(set(uids))
    assert fetch(secret, if_none_match=answer["ETag"]).status_code == 304
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-cache", "noindex, nofollow, noarchive")
    assert "Set-Cookie" not in answer


def test_the_number_of_queries_does_not_grow(asked, training_class):
    own, of_unit = made(asked.learner), made(asked.trainer, role_of(asked.trainer))
    seating.invite(asked.trainer, training_class, [asked.learner.pk], timezone.now())

    def queries(secret) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            fetch(secret)
        return len(found)

    before = [queries(secret) for secret in (own, of_unit, "sai", "sai-" * 200)]
    for number in range(4):
        person = make_person(f"Bríu {number}", f"TG-9{number}")
        make_posting(person, asked.units.tay_giang)
        start = timezone.now() + timedelta(days=3 + number)
        fields = {"course_key": training_class.course_key, "unit": asked.units.tay_giang, "title": "Lớp", "seats": 5}
        more = planning.plan(
            asked.trainer, fields, [planning.MeetingTimes(start, start + timedelta(minutes=5), "A")], timezone.now()
        )
        seating.invite(asked.trainer, more, [person.pk, asked.learner.pk], timezone.now())
    rebuild_all()
    assert [queries(secret) for secret in (own, of_unit, "sai", "sai-" * 200)] == before
    # two of a wrong one are those of every address that is not found
    assert before == [5, 3, 3, 3]


# --- the address


def test_a_withdrawn_or_older_address_is_like_one_that_never_was(cast):
    first = made(cast.learner)
    second = made(cast.learner)
    assert first != second
    assert fetch(first).status_code == 404
    assert fetch(second).status_code == 200
    assert withdraw(cast.learner, None, timezone.now())
    assert not withdraw(cast.learner, None, timezone.now())
    gone, never = fetch(second), fetch("khong-co")
    assert (gone.status_code, gone.content, gone["Cache-Control"]) == (404, never.content, never["Cache-Control"])
    acts = Entry.objects.filter(person=cast.learner).order_by("pk").values_list("act", flat=True)
    assert list(acts) == [Act.MADE_CALENDAR, Act.MADE_CALENDAR, Act.WITHDREW_CALENDAR]
    assert first not in str(Entry.objects.values_list()) + str(CalendarAddress.objects.values_list())


def test_a_units_address_ends_with_the_role_and_does_not_come_back_with_it(cast):
    secret = made(cast.trainer, role_of(cast.trainer))
    own = made(cast.trainer)
    end(role_of(cast.trainer))
    assert fetch(secret).status_code == 404
    give(cast.trainer, RoleKind.TRAINER, cast.units.tay_giang)
    assert fetch(secret).status_code == 404
    assert fetch(own).status_code == 200


def test_addresses_end_with_the_account_and_do_not_come_back_with_it(cast):
    secrets = [made(cast.trainer), made(cast.trainer, role_of(cast.trainer))]
    cast.trainer.is_active = False
    cast.trainer.save()
    cast.trainer.is_active = True
    cast.trainer.save()
    assert [fetch(secret).status_code for secret in secrets] == [404, 404]


def test_a_merge_and_an_erasure_end_the_addresses(cast):
    gone = make_person("Bríu Hà", "TG-old")
    make_posting(gone, cast.units.tay_giang)
    secret, stays = made(gone), made(cast.learner)
    said = merging.merge(gone, cast.learner, None, "Cùng một người", timezone.now())
    assert (fetch(secret).status_code, fetch(stays).status_code) == (404, 200)
    merging.take_back(said, None, timezone.now())
    assert fetch(secret).status_code == 404
    assert addresses(cast.learner)[0]["Lịch"] == "Của riêng tôi"
    erasure.erase(cast.learner, None, timezone.now())
    assert fetch(stays).status_code == 404
    assert not CalendarAddress.objects.exists()


def test_an_address_is_of_a_person_or_of_a_role_and_there_is_one_each(cast):
    made(cast.trainer)
    made(cast.trainer, role_of(cast.trainer))
    wrong = [
        {},
        {"person": cast.learner, "role": role_of(cast.manager, RoleKind.PROVINCE_MANAGER)},
        {"person": cast.trainer},
        {"role": role_of(cast.trainer)},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarAddress.objects.create(secret_hash="x", made_at=timezone.now(), **fields)


# --- its page


def test_the_page_makes_shows_once_and_withdraws(client_of, cast):
    client = client_of(cast.trainer)
    assert "/lich/" in client.get("/tai-khoan/").text
    page = client.get("/lich/").text
    assert "Lịch của tôi" in page
    assert "Rút địa chỉ" not in page
    role = role_of(cast.trainer)
    answer = client.post(f"/lich/don-vi/{role.pk}/")
    assert "chỉ hiện một lần" in answer.text
    assert "no-store" in answer["Cache-Control"]
    secret = answer.context["new"].rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) == 32
    assert entries(secret) == []
    assert secret not in client.get("/lich/").text
    assert "Đã rút địa chỉ" in client.post(f"/lich/don-vi/{role.pk}/", {"rut": "1"}, follow=True).text
    assert "không đổi gì" in client.post(f"/lich/don-vi/{role.pk}/", {"rut": "1"}, follow=True).text
    assert fetch(secret).status_code == 404


def test_no_address_is_made_of_a_role_that_is_not_ones_own_or_answers_for_nobody(client_of, cast):
    foreign, observer = role_of(cast.trainer), cast.observer.roles.get()
    assert client_of(cast.manager).post(f"/lich/don-vi/{foreign.pk}/").status_code == 404
    assert client_of(cast.observer).post(f"/lich/don-vi/{observer.pk}/").status_code == 404
    assert client_of(cast.manager).post(f"/lich/don-vi/{2**70}/").status_code == 404
    assert not CalendarAddress.objects.exists()
