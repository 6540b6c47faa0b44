"""The screens of observed practice: planning, forms, agreeing, the learner's own side; and whose each of them is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from factories import make_person, make_posting

from courses.practice.observed import planning
from courses.practice.observed.observation import Observation
from courses.practice.observed.outcome import Outcome
from courses.practice.observed.session import Performance, PracticeSession
from people.log.audit import Act, Entry
from people.rights.roles import RoleKind, give
from people.times import today

pytestmark = pytest.mark.django_db


def filled(practice, levels=None, **more):
    """What a browser sends: level 3 everywhere but for {number: value}."""
    count = len(practice.session.version.frozen.behaviours)
    sent = {f"{number}-level": str((levels or {}).get(number, 3)) for number in range(1, count + 1)}
    return {"token": str(uuid4()), **sent, **more}


@pytest.fixture
def form_address(practice):
    return f"/buoi-tap/phieu/{practice.performance.pk}/"


@pytest.fixture
def agree_address(practice):
    return f"/buoi-tap/thong-nhat/{practice.performance.pk}/"


@pytest.fixture
def own_address(practice):
    return f"/buoi-tap/cua-toi/{practice.performance.pk}/"


# --- planning


def test_a_trainer_plans_a_session_and_chooses_people(client_of, cast, first_meeting):
    second = make_person("Coor Thị Nghệ", "TG-002")
    make_posting(second, cast.units.tay_giang)
    client = client_of(cast.trainer)
    sent = {"rubric": first_meeting.pk, "on": today().isoformat(), "unit": cast.units.tay_giang.pk}
    assert "Buổi gặp đầu tiên" in client.get("/buoi-tap/moi/").text
    answer = client.post("/buoi-tap/moi/", sent, follow=True)
    session = PracticeSession.objects.get()
    address = f"/buoi-tap/buoi/{session.pk}/"
    assert answer.redirect_chain[-1][0] == address
    assert "Coor Thị Nghệ" in answer.text
    client.post(address, {"act": "second", "who": second.pk})
    page = client.post(address, {"act": "add", "who": cast.learner.pk}, follow=True).text
    assert Performance.objects.get().person == cast.learner
    assert "phiếu của anh chị chưa nộp" in page
    refused = client.post(address, {"act": "second", "who": cast.learner.pk}, follow=True).text
    assert "nên không quan sát được" in refused


def test_a_unit_out_of_reach_and_a_far_day_are_refused_with_a_sentence(client_of, cast, first_meeting):
    client = client_of(cast.trainer)
    sent = {"rubric": first_meeting.pk, "on": today().isoformat(), "unit": cast.units.thanh_my.pk}
    assert client.post("/buoi-tap/moi/", sent).status_code == 422
    far = {**sent, "unit": cast.units.tay_giang.pk, "on": (today() + timedelta(days=500)).isoformat()}
    assert "trong khoảng một năm" in client.post("/buoi-tap/moi/", far).text
    assert "24/11/2026" in client.post("/buoi-tap/moi/", {**far, "on": "mai"}).text
    assert not PracticeSession.objects.exists()


def test_a_rubric_out_of_use_is_not_offered(client_of, cast, first_meeting):
    first_meeting.active = False
    first_meeting.save()
    assert "Buổi gặp đầu tiên" not in client_of(cast.trainer).get("/buoi-tap/moi/").text


@pytest.mark.parametrize("who", ["learner", "unit_head", "observer", "editor"])
def test_planning_is_for_who_leads_training(client_of, cast, who):
    assert client_of(getattr(cast, who)).get("/buoi-tap/moi/").status_code == 403


def test_a_session_is_dropped_while_nothing_is_written(client_of, cast, practice, send):
    client, address = client_of(cast.trainer), f"/buoi-tap/buoi/{practice.session.pk}/"
    send(1)
    assert "được giữ lại" in client.post(address, {"act": "drop"}, follow=True).text
    Observation.objects.all().delete()
    assert "Đã bỏ buổi tập" in client.post(address, {"act": "drop"}, follow=True).text


# --- forms


def test_an_observer_fills_a_form_and_then_waits_for_the_other(client_of, practice, form_address):
    client = client_of(practice.second)
    assert client.get(form_address).text.count("Không có dịp") == 10
    page = client.post(form_address, filled(practice, {2: 0}, **{"1-evidence": "phút 2: “mời anh”"}), follow=True).text
    assert "đã nộp lúc" in page
    assert "phút 2: “mời anh”" in page
    assert client.get(form_address).text.count("Không có dịp") == 1


def test_a_form_with_gaps_comes_back_with_what_was_written(client_of, practice, form_address):
    sent = filled(practice, {1: 1}, **{"2-evidence": "nói tên"})
    answer = client_of(practice.second).post(form_address, sent)
    assert answer.status_code == 422
    assert "cần một câu nói hay cử chỉ cụ thể" in answer.text
    assert 'value="nói tên"' in answer.text
    assert answer.text.count(" checked") == 10
    assert sent["token"] in answer.text
    assert not Observation.objects.exists()


def test_the_script_gets_short_answers(client_of, practice, form_address):
    client, json = client_of(practice.second), {"Accept": "application/json"}
    assert client.post(form_address, {}, headers=json).status_code == 422
    sent = filled(practice)
    for _time in range(2):
        answer = client.post(form_address, sent, headers=json)
        assert (answer.status_code, answer.json()) == (200, {"next": form_address})
    another = client.post(form_address, filled(practice), headers=json)
    assert another.status_code == 409
    assert "đã nộp" in another.json()["error"]
    assert Observation.objects.count() == 1


def test_neither_observer_sees_the_others_form_before_both_are_in(
    client_of, cast, practice, send, form_address, agree_address
):
    send(2, evidence="câu chỉ người thứ hai biết")
    first, session_page = client_of(cast.trainer), f"/buoi-tap/buoi/{practice.session.pk}/"
    assert first.get(agree_address).status_code == 302
    for address in (form_address, agree_address, session_page, "/buoi-tap/"):
        assert "câu chỉ người thứ hai biết" not in first.get(address, follow=True).text
    # nor does anybody who leads, though they observe nothing
    assert "câu chỉ người thứ hai biết" not in client_of(cast.manager).get(agree_address, follow=True).text
    send(1)
    assert "câu chỉ người thứ hai biết" in first.get(form_address, follow=True).text


def test_a_form_opens_on_the_day(client_of, practice, form_address):
    PracticeSession.objects.update(on=today() + timedelta(days=2))
    client = client_of(practice.second)
    assert "Phiếu mở từ ngày" in client.get(form_address).text
    assert "Phiếu mở từ ngày" in client.post(form_address, filled(practice), follow=True).text
    assert not Observation.objects.exists()


# --- agreeing


def test_two_observers_agree_on_a_difference_and_the_outcome_stands(client_of, cast, practice, send, behaviour):
    send(1, {2: 2})
    send(2, {2: 4})
    address = f"/buoi-tap/thong-nhat/{practice.performance.pk}/"
    first, second = client_of(cast.trainer), client_of(practice.second)
    page = second.get(address).text
    assert "Còn 1 trên 1 chỗ lệch" in page
    named = {"act": "propose", "behaviour": behaviour(2), "level": "4"}
    assert "ghi một dòng lý do" in second.post(address, named, follow=True).text
    second.post(address, {**named, "reason": "nói đủ ba ý ở phút 1"})
    page = first.get(address).text
    assert "nay chọn" in page
    assert "nói đủ ba ý ở phút 1" in page
    assert "tôi quyết" not in page
    page = first.post(address, named, follow=True).text
    practice.performance.refresh_from_db()
    assert practice.performance.outcome == Outcome.PASSED
    assert "10/10 việc có dịp thấy ở mức 3 trở lên" in page


def test_the_leader_decides_what_stays_open(client_of, cast, practice, send, behaviour, agree_address):
    send(1, {2: 2})
    send(2)
    first, second = client_of(cast.trainer), client_of(practice.second)
    first.post(agree_address, {"act": "propose", "behaviour": behaviour(2), "level": "2"})
    second.post(agree_address, {"act": "propose", "behaviour": behaviour(2), "level": "3"})
    assert "tôi quyết" in first.get(agree_address).text
    assert "tôi quyết" not in second.get(agree_address).text
    page = first.post(
        agree_address, {"act": "decide", "behaviour": behaviour(2), "level": "3", "reason": "đã sửa kịp"}, follow=True
    ).text
    assert "trưởng buổi tập quyết: đã sửa kịp" in page


@pytest.mark.parametrize("level", ["", "9", "x", "1"])
def test_a_level_that_nobody_gave_is_refused(client_of, cast, practice, send, behaviour, agree_address, level):
    send(1, {2: 2})
    send(2)
    sent = {"act": "propose", "behaviour": behaviour(2), "level": level}
    assert "một trong hai mức" in client_of(cast.trainer).post(agree_address, sent, follow=True).text


def test_one_thing_to_keep_and_one_to_change(client_of, cast, practice, send, agree_address, own_address):
    send(1)
    send(2)
    said = {"act": "say", "keep": "Lời mời ngồi", "change": "Chờ thêm ba giây"}
    client_of(practice.second).post(agree_address, said)
    page = client_of(cast.learner).get(own_address).text
    assert "Lời mời ngồi" in page
    assert "Chờ thêm ba giây" in page


def test_who_leads_reads_the_record_which_is_logged_and_changes_nothing(client_of, cast, practice, send, agree_address):
    send(1)
    send(2)
    client = client_of(cast.manager)
    assert "Đã có mức chung" in client.get(agree_address).text
    assert Entry.objects.filter(act=Act.SAW_PERSON, by=cast.manager, person=cast.learner).exists()
    assert client.post(agree_address, {"act": "say", "keep": "x"}).status_code == 403


# --- the learner


def test_the_learner_sees_her_own_card_then_her_result_and_answers(client_of, cast, practice, send, own_address):
    client = client_of(cast.learner)
    page = client.get(own_address).text
    assert "Anh chị là cán bộ trực ở trụ sở xã." in page
    assert "Kết quả hiện ở đây" in page
    send(1)
    assert "Kết quả hiện ở đây" in client.get(own_address).text
    assert "Chưa có kết quả" in client.post(own_address, {"answer": "Vội"}, follow=True).text
    send(2)
    page = client.get(own_address).text
    assert "Đạt" in page
    assert "Hai người đã ghi" in page
    page = client.post(own_address, {"answer": "Lần sau tôi sẽ chờ lâu hơn."}, follow=True).text
    assert "Lần sau tôi sẽ chờ lâu hơn." in page
    assert "Lần sau" in client_of(cast.trainer).get(f"/buoi-tap/thong-nhat/{practice.performance.pk}/").text


def test_the_actors_card_never_reaches_the_learner(client_of, cast, practice, send, own_address):
    client = client_of(cast.learner)
    send(1)
    send(2)
    actor = practice.session.version.frozen.cards["actor"]
    for address in (own_address, "/buoi-tap/"):
        page = client.get(address).text
        assert actor["who"] not in page
        assert actor["knows"] not in page
    for name in ("actor", "learner"):
        assert client.get(f"/buoi-tap/buoi/{practice.session.pk}/the-{name}.pdf").status_code == 404


# --- whose each page is


def test_everybody_elses_pages_are_not_found(client_of, cast, practice, send, form_address, agree_address, own_address):
    send(1)
    send(2)
    session_page = f"/buoi-tap/buoi/{practice.session.pk}/"
    pages = [session_page, f"{session_page}phieu.pdf", f"{session_page}the-actor.pdf", form_address, agree_address]
    pages += [own_address, f"{own_address}the.pdf"]
    trainer_elsewhere = make_person("Người Phụ Trách Thạnh Mỹ")
    give(trainer_elsewhere, RoleKind.TRAINER, cast.units.thanh_my)

    def found(who):
        return [client_of(who).get(page).status_code != 404 for page in pages]

    for who in (cast.stranger, cast.observer, cast.unit_head, cast.other_learner, trainer_elsewhere):
        assert found(who) == [False] * 7, who
    assert found(cast.trainer) == [True] * 5 + [False] * 2
    assert found(practice.second) == [True] * 5 + [False] * 2
    assert found(cast.manager) == [True, True, True, False, True, False, False]
    assert found(cast.learner) == [False] * 5 + [True] * 2


def test_the_second_observer_changes_nothing_of_the_session(client_of, practice):
    address = f"/buoi-tap/buoi/{practice.session.pk}/"
    client = client_of(practice.second)
    assert "Thêm vào người tập" not in client.get(address).text
    assert client.post(address, {"act": "drop"}).status_code == 403
    assert PracticeSession.objects.exists()


def test_an_observed_trainer_meets_no_actors_card_of_that_session(client_of, cast, practice):
    colleague = make_person("Tơ Ngôl Văn Sáu")
    make_posting(colleague, cast.units.tay_giang)
    give(colleague, RoleKind.TRAINER, cast.units.tay_giang)
    address = f"/buoi-tap/buoi/{practice.session.pk}/the-actor.pdf"
    assert client_of(colleague).get(address).status_code == 200
    planning.add(cast.trainer, practice.session, colleague.pk)
    assert client_of(colleague).get(address).status_code == 404


# --- lists


def test_the_first_page_names_what_waits_for_each(client_of, cast, practice, send):
    assert "Phiếu chưa nộp" in client_of(practice.second).get("/buoi-tap/").text
    assert "Buổi gặp đầu tiên" in client_of(cast.learner).get("/buoi-tap/").text
    assert "không có buổi tập nào" in client_of(cast.stranger).get("/buoi-tap/").text
    send(2)
    assert "Đã nộp, chờ người kia" in client_of(practice.second).get("/buoi-tap/").text
    send(1, {1: 2})
    assert "Còn chỗ cần thống nhất" in client_of(practice.second).get("/buoi-tap/").text
    assert "có kết quả 0/1" in client_of(cast.manager).get("/buoi-tap/").text


def more_people(cast, practice, count):
    for number in range(count):
        person = make_person(f"Người Tập {number}")
        make_posting(person, cast.units.tay_giang)
        planning.add(cast.trainer, practice.session, person.pk)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # session and user 2, roles 1, forms to fill 1, own 1, reach 2 (roles, units), sessions' number and page 2
        ("/buoi-tap/", 10),
        ("/buoi-tap/buoi/{session}/", 16),
        ("/buoi-tap/thong-nhat/{performance}/", 10),
        ("/buoi-tap/phieu/{performance}/", 8),
    ],
)
def test_a_page_costs_the_same_number_of_queries_for_any_number_of_people(
    client_of, cast, practice, send, django_assert_max_num_queries, address, queries
):
    address = address.format(session=practice.session.pk, performance=practice.performance.pk)
    client = client_of(cast.trainer)
    if "thong-nhat" in address:
        send(1, {1: 2, 2: 2, 3: 4})
        send(2)
    with django_assert_max_num_queries(queries) as few:
        client.get(address)
    more_people(cast, practice, 5)
    with django_assert_max_num_queries(queries) as many:
        client.get(address)
    assert len(many) == len(few)
