"""Attendance: by QR code, by list, from paper; absent is not unmarked; nobody marks herself."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_posting
from wagtail.images.tests.utils import get_test_image_file

from courses.classes.held import papers
from courses.classes.held.attendance import Attendance, How, NotTaken, mark
from courses.classes.held.papers import Paper, cleaned_photo
from courses.classes.held.windows import Window, meant, window_of
from courses.classes.planned import planning
from courses.classes.planned.participant import Participant
from courses.classes.planned.planning import MeetingTimes, Refused
from outbox.private_files import private_files, remove_old

pytestmark = pytest.mark.django_db


def at(meeting, minutes=0):
    return meeting.starts_at + timedelta(minutes=minutes)


@pytest.fixture
def taught(training_class, invite, people):
    """Its meeting, with An and Bình invited; `places` by name."""
    invite(training_class, people.an, people.binh)
    training_class.meeting = training_class.meetings.get()
    training_class.an = Participant.objects.get(person=people.an)
    training_class.binh = Participant.objects.get(person=people.binh)
    return training_class


def believed(row) -> dict[str, str]:
    rows = Attendance.objects.current().filter(meeting__training_class=row)
    return dict(rows.values_list("person__full_name", "presence"))


# --- windows


START = datetime(2026, 7, 1, 1, tzinfo=UTC)
MORNING = MeetingTimes(START, START + timedelta(hours=3), "A")
AFTERNOON = MeetingTimes(START + timedelta(hours=6), START + timedelta(hours=9), "A")


@pytest.mark.parametrize(
    ("minutes", "window"),
    [(-61, Window.EARLY), (-60, Window.OPEN), (15, Window.OPEN), (16, Window.LATE), (240, Window.LATE)]
    + [(241, Window.OVER)],
)
def test_the_window_of_a_meeting(minutes, window):
    assert window_of(MORNING, START + timedelta(minutes=minutes)) is window


@pytest.mark.parametrize(
    ("minutes", "meeting", "window"),
    [
        (-120, MORNING, Window.EARLY),
        (0, MORNING, Window.OPEN),
        (200, MORNING, Window.LATE),
        (250, AFTERNOON, Window.EARLY),
        (300, AFTERNOON, Window.OPEN),
        (700, None, Window.OVER),
    ],
)
def test_the_meeting_that_is_meant(minutes, meeting, window):
    found = meant([AFTERNOON, MORNING], START + timedelta(minutes=minutes))
    assert (found.meeting, found.window) == (meeting, window)


# --- facts


def test_absent_is_not_unmarked_and_a_mark_can_be_taken_back(taught, cast):
    now = at(taught.meeting)
    mark(cast.trainer, taught.meeting, {taught.an.pk: "present", taught.binh.pk: "absent"}, How.LIST, now)
    assert believed(taught) == {"Bríu An": "present", "Bríu Bình": "absent"}
    mark(cast.trainer, taught.meeting, {taught.binh.pk: ""}, How.LIST, now)
    assert believed(taught) == {"Bríu An": "present"}
    assert Attendance.objects.count() == 2


def test_a_correction_supersedes_and_the_same_again_changes_nothing(taught, cast):
    first, later = at(taught.meeting), at(taught.meeting, 30)
    mark(cast.trainer, taught.meeting, {taught.an.pk: "absent"}, How.LIST, first)
    assert mark(cast.manager, taught.meeting, {taught.an.pk: "absent"}, How.LIST, later) == 0
    assert mark(cast.manager, taught.meeting, {taught.an.pk: "late"}, How.LIST, later) == 1
    rows = [(row.presence, row.by, row.superseded_at) for row in Attendance.objects.order_by("pk")]
    assert rows == [("absent", cast.trainer, later), ("late", cast.manager, None)]


def test_before_the_meeting_opens_nobody_is_marked(taught, cast):
    with pytest.raises(NotTaken, match="mở từ 07:00"):
        mark(cast.trainer, taught.meeting, {taught.an.pk: "present"}, How.LIST, at(taught.meeting, -61))


def test_a_cancelled_class_takes_no_attendance_and_somebody_off_the_list_none(taught, cast, people):
    assert mark(cast.trainer, taught.meeting, {10**9: "present"}, How.LIST, at(taught.meeting)) == 0
    planning.cancel(taught, timezone.now())
    with pytest.raises(NotTaken, match="đã hủy"):
        mark(cast.trainer, taught.meeting, {taught.an.pk: "present"}, How.LIST, at(taught.meeting))


def test_nobody_marks_herself(taught, people):
    with pytest.raises(NotTaken, match="tự điểm danh"):
        mark(people.an, taught.meeting, {taught.an.pk: "present"}, How.LIST, at(taught.meeting))
    row = {"meeting": taught.meeting, "participant": taught.an, "person": people.an, "presence": "present"}
    with pytest.raises(IntegrityError, match="attendance_marked_by_another"), transaction.atomic():
        Attendance.objects.create(**row, how="list", by=people.an)
    with pytest.raises(IntegrityError, match="attendance_on_paper_has_its_sheet"), transaction.atomic():
        Attendance.objects.create(**row, how="paper", by=people.binh)


def test_the_database_believes_one_mark_of_a_meeting(taught, people, cast):
    mark(cast.trainer, taught.meeting, {taught.an.pk: "present"}, How.LIST, at(taught.meeting))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            meeting=taught.meeting, participant=taught.an, person=people.an, presence="late", how="qr", by=cast.manager
        )


def test_a_meeting_with_attendance_keeps_its_time(taught, cast):
    mark(cast.trainer, taught.meeting, {taught.an.pk: "present"}, How.LIST, at(taught.meeting))
    fields = {"title": "Lớp", "seats": 3, "share": 100, "cost": None}
    later = taught.meeting.starts_at + timedelta(hours=1)
    with pytest.raises(Refused, match="đã điểm danh"):
        planning.change(taught, fields, [MeetingTimes(later, later + timedelta(hours=1), "A")], timezone.now())
    same = MeetingTimes(taught.meeting.starts_at, taught.meeting.ends_at, "Phòng khác")
    planning.change(taught, fields, [same, MeetingTimes(later, later + timedelta(hours=1), "A")], timezone.now())
    assert taught.meetings.count() == 2
    assert believed(taught) == {"Bríu An": "present"}


# --- the QR code


@pytest.mark.parametrize(
    ("minutes", "says", "then"),
    [
        (-120, "Điểm danh buổi này mở từ 07:00", {}),
        (5, ">Có mặt</button>", {"Bríu An": "present"}),
        (60, ">Đến muộn</button>", {"Bríu An": "late"}),
        (600, "Các buổi đã xong", {}),
    ],
)
def test_the_trainer_scans_a_code(client_of, cast, taught, minutes, says, then):
    address = f"/lop-tap-huan/ma/{taught.an.token}/"
    with time_machine.travel(at(taught.meeting, minutes), tick=False):
        client = client_of(cast.trainer)
        page = client.get(address).text
        assert "Bríu An" in page
        assert "Lớp tháng Bảy" in page
        assert says in page
        client.post(address)
        assert believed(taught) == then
        if then:
            again = client.get(address).text
            assert "Quét mã của người tiếp theo" in again
            assert '<button class="btn">' not in again


def test_scanned_again_late_who_was_there_stays_there(client_of, cast, taught):
    address = f"/lop-tap-huan/ma/{taught.an.token}/"
    for minutes in (0, 60):
        with time_machine.travel(at(taught.meeting, minutes), tick=False):
            client_of(cast.trainer).post(address)
    assert believed(taught) == {"Bríu An": "present"}


def test_the_learner_sees_time_and_place_and_others_nothing(client_of, cast, taught, people):
    address = f"/lop-tap-huan/ma/{taught.an.token}/"
    own = client_of(people.an).get(address).text
    assert taught.meeting.written in own
    assert '<form method="post"' not in own.split("<main")[1]
    assert client_of(people.an).post(address).status_code == 403
    for person in (people.binh, cast.stranger, cast.other_learner, cast.observer, cast.teacher):
        assert client_of(person).get(address).status_code == 404
        assert client_of(person).post(address).status_code == 404
    assert client_of(None).get(address).status_code == 302
    assert client_of(cast.unit_head).get(address).status_code == 403
    assert not Attendance.objects.exists()


def test_a_trainer_of_another_commune_sees_nothing_of_a_code(client_of, cast, plan, invite):
    make_posting(cast.learner, cast.units.thanh_my)
    other = plan(unit=cast.units.thanh_my, leader=cast.manager)
    invite(other, cast.learner, by=cast.manager)
    address = f"/lop-tap-huan/ma/{Participant.objects.get().token}/"
    assert client_of(cast.trainer).get(address).status_code == 404


def test_the_learners_own_page_has_her_code_while_it_is_of_use(client_of, people, taught):
    address = f"/lop-tap-huan/cua-toi/{taught.an.pk}/"
    assert "Mã QR để điểm danh" in client_of(people.an).get(address).text
    with time_machine.travel(at(taught.meeting, 24 * 60)):
        assert "Mã QR để điểm danh" not in client_of(people.an).get(address).text


# --- the list and the paper


def test_ticking_the_list(client_of, cast, taught):
    client = client_of(cast.trainer)
    address = f"/lop-tap-huan/diem-danh/{taught.meeting.pk}/"
    sent = {f"p-{taught.an.pk}": "present", f"p-{taught.binh.pk}": "absent"}
    early = client.post(address, sent)
    assert early.status_code == 422
    assert "mở từ 07:00" in early.text
    assert early.text.count(" checked") == 2
    with time_machine.travel(at(taught.meeting), tick=False):
        client = client_of(cast.trainer)
        assert "2 người, 0 người chưa ghi" in client.post(address, sent, follow=True).text
        page = client.post(address, {**sent, f"p-{taught.an.pk}": "không có"}, follow=True).text
    assert believed(taught) == {"Bríu An": "present", "Bríu Bình": "absent"}
    assert "Danh sách, Lê Văn Hùng" in page


def test_typing_in_the_paper_sheet_keeps_its_photograph_private(client_of, cast, taught, people):
    address = f"/lop-tap-huan/diem-danh/{taught.meeting.pk}/"
    photo = SimpleUploadedFile("phieu.png", get_test_image_file().file.getvalue(), "image/png")
    with time_machine.travel(at(taught.meeting), tick=False):
        page = client_of(cast.trainer).post(address, {f"p-{taught.an.pk}": "present", "photo": photo}, follow=True).text
    client = client_of(cast.trainer)
    kept = Paper.objects.get()
    assert f"/lop-tap-huan/phieu/{kept.pk}/" in page
    assert (Attendance.objects.get().how, Attendance.objects.get().paper) == ("paper", kept)
    assert client.get(f"/lop-tap-huan/phieu/{kept.pk}/")["Content-Type"] == "image/png"
    assert client_of(cast.unit_head).get(f"/lop-tap-huan/phieu/{kept.pk}/").status_code == 200
    for person in (people.an, cast.stranger, cast.other_learner):
        assert client_of(person).get(f"/lop-tap-huan/phieu/{kept.pk}/").status_code == 404
    private_files.delete(kept.file)
    assert client.get(f"/lop-tap-huan/phieu/{kept.pk}/").status_code == 404


def test_what_is_no_picture_is_refused_and_nothing_ticked_is_lost(client_of, cast, taught):
    address = f"/lop-tap-huan/diem-danh/{taught.meeting.pk}/"
    with time_machine.travel(at(taught.meeting), tick=False):
        answer = client_of(cast.trainer).post(
            address, {f"p-{taught.an.pk}": "late", "photo": SimpleUploadedFile("a.jpg", b"x")}
        )
    assert answer.status_code == 422
    assert "bị hỏng" in answer.text
    assert f'name="p-{taught.an.pk}" value="late" checked' in answer.text
    assert not Paper.objects.exists()


def test_a_photograph_loses_where_it_was_taken():
    from PIL import Image

    picture, raw = Image.new("RGB", (30, 20)), ContentFile(b"", name="a.jpg")
    exif = Image.Exif()
    exif[0x0110] = "Máy của ai đó"
    picture.save(raw, "JPEG", exif=exif)
    clean = cleaned_photo(ContentFile(raw.file.getvalue(), name="a.jpg"))
    assert not Image.open(clean).getexif()


def test_photographs_outlive_exports_and_end_after_a_time(taught, cast, settings):
    now = timezone.now()
    kept = papers.keep_paper(taught, ContentFile(b"x", name="a.png"), cast.trainer, now)
    private_files.save("exports/a.csv", ContentFile(b"x"))
    assert remove_old(now + timedelta(days=30), timedelta(days=14)) == 1
    assert private_files.exists(kept.file)
    papers.end_old(now + settings.RETENTION["class_papers"] + timedelta(days=1))
    assert not private_files.exists(kept.file)
    kept.refresh_from_db()
    assert kept.file == ""


def test_the_list_costs_the_same_for_any_number_of_people(
    client_of, cast, taught, invite, people, django_assert_max_num_queries
):
    client = client_of(cast.trainer)
    address = f"/lop-tap-huan/diem-danh/{taught.meeting.pk}/"
    client.get(address)
    with django_assert_max_num_queries(14) as first:
        client.get(address)
    invite(taught, people.chi, people.dung)
    everybody = dict.fromkeys(taught.participants.values_list("pk", flat=True), "present")
    mark(cast.trainer, taught.meeting, everybody, How.LIST, at(taught.meeting))
    with django_assert_max_num_queries(len(first)):
        client.get(address)
