"""The screens of classes: planning, inviting, the class, the learner's own side; and whose each of them is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_person, make_posting

from courses.classes import listing
from courses.classes.personal_data import invited
from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import TrainingClass
from courses.standing.standing import rebuild_all
from people.privacy import erasure
from people.times import today

pytestmark = pytest.mark.django_db


def filled(cast, course, **more) -> dict:
    """What a browser sends of the form of a new class with one meeting tomorrow."""
    day = today() + timedelta(days=1)
    return {
        "course_key": course.course.key, "unit": cast.units.tay_giang.pk, "title": "Lớp tháng Bảy", "seats": "30",
        "share": "80", "cost": "12.500.000", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0",
        "form-0-on": f"{day:%d/%m/%Y}", "form-0-begins": "08:00", "form-0-ends": "11:30", "form-0-room": "Hội trường",
        "form-1-on": "", "form-1-begins": "", "form-1-ends": "", "form-1-room": "", **more,
    }  # fmt: skip


def test_a_trainer_plans_a_class_and_invites_people(client_of, cast, course, people):
    client = client_of(cast.trainer)
    assert "Mở lớp mới" in client.get("/lop-tap-huan/").text
    assert "Nhận diện nạn nhân" in client.get("/lop-tap-huan/moi/").text
    answer = client.post("/lop-tap-huan/moi/", filled(cast, course), follow=True)
    made = TrainingClass.objects.get()
    assert answer.redirect_chain[-1][0] == f"/lop-tap-huan/lop/{made.pk}/moi-nguoi/"
    assert (made.cost, made.share, [*made.trainers.all()]) == (12_500_000, 80, [cast.trainer])
    assert "Bríu An" in answer.text
    page = client.post(answer.redirect_chain[-1][0], {"act": "chosen", "who": [people.an.pk]}, follow=True).text
    assert "1 người có chỗ" in page
    assert "Có chỗ: 1 người, lớp có 30 chỗ" in page
    assert "Lớp tháng Bảy" in client.get("/lop-tap-huan/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"form-0-ends": "07:00"}, "Giờ kết thúc phải sau giờ bắt đầu"),
        ({"form-0-on": ""}, "Trường này là bắt buộc"),
        ({"form-0-on": "", "form-0-begins": "", "form-0-ends": "", "form-0-room": ""}, "ít nhất một buổi học"),
        ({"cost": "nhiều"}, "Ghi số đồng bằng chữ số"),
        ({"seats": "0"}, "1"),
        ({"form-0-on": "01/01/2031"}, "trong khoảng một năm"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client_of, cast, course, wrong, sentence):
    answer = client_of(cast.trainer).post("/lop-tap-huan/moi/", filled(cast, course, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Lớp tháng Bảy" in answer.text
    assert not TrainingClass.objects.exists()


def test_two_meetings_at_one_time_and_a_unit_out_of_reach_are_refused(client_of, cast, course):
    client, form = client_of(cast.trainer), filled(cast, course)
    again = {f"form-1-{name}": form[f"form-0-{name}"] for name in ("on", "begins", "ends", "room")}
    assert "trùng giờ" in client.post("/lop-tap-huan/moi/", {**form, **again}).text
    assert client.post("/lop-tap-huan/moi/", {**form, "unit": cast.units.thanh_my.pk}).status_code == 422
    assert "số điện thoại" in client.post("/lop-tap-huan/moi/", {**form, "title": "Gọi 0905 123 456"}).text
    assert not TrainingClass.objects.exists()


def test_the_filter_finds_by_duty_state_unit_and_words(client_of, cast, training_class, people, requirement):
    pupil = make_person("Zơrâm Thị Trường", "TH-1")
    make_posting(pupil, cast.units.school, duties=("giang_day",))
    rebuild_all()
    client, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{training_class.pk}/moi-nguoi/"
    assert "Zơrâm Thị Trường" in client.get(address).text
    for query, found in {
        "nhiem-vu=giang_day": {"Zơrâm Thị Trường"},
        "don-vi=THCS-01": {"Zơrâm Thị Trường"},
        "tim=binh": {"Bríu Bình"},
        "tinh-trang=chua-xong&tim=briu": {"Bríu An", "Bríu Bình", "Bríu Chi", "Bríu Dung"},
        "tinh-trang=qua-han": set(),
    }.items():
        page = client.get(f"{address}?{query}")
        assert {one.full_name for one in page.context["page"]} == found, query
    client.post(f"{address}?nhiem-vu=giang_day", {"act": "all"})
    assert [one.person for one in training_class.participants.all()] == [pupil]


def test_nobody_ticked_is_said_and_nobody_invited(client_of, cast, training_class, people):
    address = f"/lop-tap-huan/lop/{training_class.pk}/moi-nguoi/"
    assert "Chưa chọn ai" in client_of(cast.trainer).post(address, {"act": "chosen"}, follow=True).text
    assert not Participant.objects.exists()


def test_taking_off_and_cancelling_are_buttons_of_the_page(client_of, cast, training_class, invite, people):
    invite(training_class, people.an, people.binh, people.chi, people.dung)
    client, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{training_class.pk}/"
    one = Participant.objects.get(person=people.an)
    page = client.post(address, {"act": "off", "who": one.pk}, follow=True).text
    assert "Danh sách chờ" not in page
    assert "Đã hủy" in client.post(address, {"act": "cancel"}, follow=True).text
    assert "Mở lớp tập huấn" not in client.get(address).text


def test_the_learner_sees_time_and_place_and_declines(client_of, cast, training_class, invite, people):
    invite(training_class, people.an, people.binh)
    client, own = client_of(people.an), Participant.objects.get(person=people.an)
    meeting = training_class.meetings.get()
    learning = client.get("/hoc-tap/").text
    assert meeting.written in learning
    assert f"/lop-tap-huan/cua-toi/{own.pk}/" in learning
    page = client.get(f"/lop-tap-huan/cua-toi/{own.pk}/").text
    assert meeting.written in page
    assert "Hội trường UBND xã" in page
    assert "Bríu Bình" not in page
    client.post(f"/lop-tap-huan/cua-toi/{own.pk}/", {"act": "decline"})
    assert meeting.written not in client.get("/hoc-tap/").text
    assert "Báo không dự" in client.get("/lop-tap-huan/").text


def test_a_class_of_another_commune_and_another_persons_place_are_not_found(client_of, cast, plan, invite):
    other = plan(unit=cast.units.thanh_my, leader=cast.manager)
    invite(other, cast.other_learner, by=cast.manager)
    own = Participant.objects.get()
    for person in (cast.trainer, cast.learner, cast.stranger):
        client = client_of(person)
        assert "Lớp tháng Bảy" not in client.get("/lop-tap-huan/").text
        for address in (f"lop/{other.pk}/", f"lop/{other.pk}/sua/", f"lop/{other.pk}/moi-nguoi/", f"cua-toi/{own.pk}/"):
            assert client.get(f"/lop-tap-huan/{address}").status_code == 404
            assert client.post(f"/lop-tap-huan/{address}").status_code == 404


def test_a_head_reads_the_class_and_changes_nothing(client_of, cast, training_class, invite, people):
    invite(training_class, people.an)
    client, address = client_of(cast.unit_head), f"/lop-tap-huan/lop/{training_class.pk}/"
    page = client.get(address).text
    assert "Bríu An" in page
    assert "Mời người dự" not in page
    assert client.post(address, {"act": "cancel"}).status_code == 403
    assert client.get(f"{address}moi-nguoi/").status_code == 403
    assert client.get("/lop-tap-huan/moi/").status_code == 403


def test_a_trainer_who_learns_in_a_class_does_not_lead_it(client_of, cast, plan, invite):
    make_posting(cast.trainer, cast.units.tay_giang)
    led = plan(leader=cast.manager)
    assert client_of(cast.trainer).get(f"/lop-tap-huan/lop/{led.pk}/").status_code == 200
    invite(led, cast.trainer, by=cast.manager)
    assert client_of(cast.trainer).get(f"/lop-tap-huan/lop/{led.pk}/").status_code == 404


def test_changing_a_class_keeps_what_was_not_changed(client_of, cast, training_class):
    client, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{training_class.pk}/sua/"
    form = client.get(address).context
    sent = {name: form["form"].initial[name] or "" for name in ("title", "seats", "share", "cost")}
    bound = form["meetings"]
    sent |= {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "1"}
    for n, one in enumerate(bound):
        sent |= {f"form-{n}-{name}": one[name].value() or "" for name in ("on", "begins", "ends", "room")}
    sent |= {"form-0-on": f"{bound[0]['on'].value():%d/%m/%Y}", "form-0-begins": "08:00", "form-0-ends": "11:00"}
    before = list(training_class.meetings.values_list("pk", flat=True))
    assert client.post(address, {**sent, "title": "Tên mới"}).status_code == 302
    training_class.refresh_from_db()
    assert training_class.title == "Tên mới"
    assert list(training_class.meetings.values_list("pk", flat=True)) == before


def test_lists_cost_the_same_for_one_class_and_for_many(
    client_of, cast, plan, invite, people, django_assert_max_num_queries
):
    """The session, the user, roles and reach, own classes with their meetings, titles, the page and its count."""
    client = client_of(cast.trainer)
    invite(plan(), people.an)
    client.get("/lop-tap-huan/")
    with django_assert_max_num_queries(17) as first:
        client.get("/lop-tap-huan/")
    for n in range(4):
        invite(plan(today() + timedelta(days=n + 2)), people.an, people.binh, people.chi, people.dung)
    with django_assert_max_num_queries(len(first)):
        page = client.get("/lop-tap-huan/")
    assert [one.seated for one in page.context["page"]] == [3, 3, 3, 3, 1]
    assert [one.waiting for one in page.context["page"]] == [1, 1, 1, 1, 0]


def test_the_page_of_a_class_costs_the_same_for_any_number_of_people(
    client_of, cast, training_class, invite, people, django_assert_max_num_queries
):
    client, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{training_class.pk}/"
    invite(training_class, people.an)
    client.get(address)
    with django_assert_max_num_queries(25) as first:
        client.get(address)
    invite(training_class, people.binh, people.chi, people.dung)
    with django_assert_max_num_queries(len(first)):
        client.get(address)


def test_the_state_follows_the_days(plan, training_class):
    past = plan(today() - timedelta(days=2))
    rows, now = listing.with_counts(TrainingClass.objects.all()), timezone.now()
    assert {row.pk: listing.state_of(row, now) for row in rows} == {training_class.pk: "planned", past.pk: "held"}
    for state, found in {
        "planned": [training_class],
        "held": [past],
        "cancelled": [],
        "": [training_class, past],
    }.items():
        assert list(listing.in_state(rows, state, now)) == found


def test_erasing_somebody_gives_her_seat_to_who_waits(training_class, invite, people, cast):
    invite(training_class, people.an, people.binh, people.chi, people.dung)
    erasure.erase(people.an, cast.administrator, timezone.now())
    assert training_class.participants.get(person=people.an).state == "off"
    assert training_class.participants.get(person=people.dung).state == "seated"


def test_own_data_has_the_classes(training_class, invite, people):
    invite(training_class, people.an, people.binh)
    (row,) = invited(people.an)
    assert (row["Lớp"], row["Tình trạng"]) == ("Lớp tháng Bảy", "Có chỗ")
