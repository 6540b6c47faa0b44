"""The clinic: told without anybody in it, released by another, talked over, closed, and gone in time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.talk.clinic import ending, moderating, telling
from courses.talk.clinic.case import CaseState, ClinicCase, Contribution
from courses.talk.clinic.personal_data import cases as own_cases
from courses.talk.clinic.personal_data import contributions as own_contributions
from courses.talk.clinic.telling import Told
from courses.talk.clinic.whose import heard_by, moderated_by, readable
from courses.talk.refusing import Refused
from people.guarding.insistence import Insistence
from people.log.audit import Act, Entry
from people.postings.posting import Posting
from people.privacy import erasure
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk, waiting_for
from people.times import today

pytestmark = pytest.mark.django_db
TOLD = Told("y_te", "returned", "young", "border", "work", "Hỏi gì trước?", "Một người vừa về, chưa muốn khai.", "")
CASES, MODERATING = "/hoi-dap/ca/", "/hoi-dap/phu-trach/ca/"
FORM = {"sector": "y_te", "whom": "returned", "age": "young", "area": "border", "matter": "work",
        "asked": "Hỏi gì trước?", "happened": "Một người vừa về.", "done": ""}  # fmt: skip


@pytest.fixture
def case(cast):
    return telling.tell(cast.learner, TOLD, uuid4(), timezone.now())


def release(by, case):
    moderating.release(by, case, case.stamp, timezone.now())
    case.refresh_from_db()


def colleague(unit, code):
    person = make_person("Bhling Văn Bạn", code)
    make_posting(person, unit)
    return person


def heard(person):
    return list(ClinicCase.objects.filter(heard_by(person)))


# --- reach


def test_nobody_else_reads_a_case_before_a_moderator_has_released_it(cast, case):
    mate = colleague(cast.units.tay_giang, "TG-9")
    assert [list(readable(one)) for one in (cast.learner, mate, cast.unit_head)] == [[case], [], []]
    assert list(moderated_by(cast.trainer)) == list(moderated_by(cast.manager)) == [case]
    for person in (cast.learner, mate, cast.unit_head, cast.administrator, cast.stranger, cast.observer):
        assert not moderated_by(person).exists(), person
    release(cast.trainer, case)
    assert heard(mate) == [case]


def test_a_trainer_of_a_commune_releases_for_her_commune_and_the_province_for_all(cast, case):
    far, school = colleague(cast.units.thanh_my, "TM-9"), colleague(cast.units.school, "TH-9")
    release(cast.trainer, case)
    assert (case.heard_in, heard(far), heard(school)) == (cast.units.tay_giang, [], [case])
    with pytest.raises(Refused, match="không còn chờ duyệt"):
        release(cast.trainer, case)
    release(cast.manager, case)
    assert (case.heard_in, heard(far)) == (cast.units.da_nang, [case])
    with pytest.raises(Refused, match="không còn chờ duyệt"):
        release(cast.trainer, case)
    assert heard(cast.stranger) == []


def test_a_trainer_of_another_commune_moderates_nothing_of_it_and_a_transfer_moves_who_does(cast, case):
    there = make_person("Tập Huấn Thạnh Mỹ", "TM-9")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    assert not moderated_by(there).exists()
    Posting.objects.filter(person=cast.learner).update(unit=cast.units.thanh_my)
    assert list(moderated_by(there)) == [case]
    assert not moderated_by(cast.trainer).exists()


def test_who_is_posted_nowhere_tells_no_case_and_a_form_sent_twice_tells_one(cast):
    with pytest.raises(Refused, match="chưa công tác"):
        telling.tell(cast.stranger, TOLD, uuid4(), timezone.now())
    key = uuid4()
    assert telling.tell(cast.learner, TOLD, key, timezone.now()) == telling.tell(
        cast.learner, TOLD, key, timezone.now()
    )
    for _time in range(telling.MOST_WAITING - 1):
        telling.tell(cast.learner, TOLD, uuid4(), timezone.now())
    with pytest.raises(Refused, match="5 ca chờ duyệt"):
        telling.tell(cast.learner, TOLD, uuid4(), timezone.now())


# --- moderation


def test_what_comes_back_is_worded_anew_and_what_was_read_is_what_is_released(cast, case):
    seen = case.stamp
    with pytest.raises(Refused, match="cần sửa chỗ nào"):
        moderating.send_back(cast.trainer, case, "", seen, timezone.now())
    moderating.send_back(cast.trainer, case, "Bỏ chi tiết nghề.", seen, timezone.now())
    telling.reword(case, TOLD, timezone.now())
    with pytest.raises(Refused, match="vừa sửa lời"):
        moderating.release(cast.trainer, case, seen, timezone.now())
    case.refresh_from_db()
    assert (case.state, case.word, case.moderated_by) == (CaseState.WAITING, "", None)
    release(cast.trainer, case)
    with pytest.raises(Refused, match="không sửa được"):
        telling.reword(case, TOLD, timezone.now())
    assert Entry.objects.filter(act=Act.MODERATED, person=cast.learner, by=cast.trainer).count() == 2


def test_each_contribution_waits_for_another_person(cast, case):
    release(cast.trainer, case)
    mate = colleague(cast.units.tay_giang, "TG-9")
    key = uuid4()
    for _time in range(2):
        telling.contribute(mate, case, "Hỏi nơi ở trước.", key, timezone.now())
    telling.contribute(cast.trainer, case, "Gọi 111.", uuid4(), timezone.now())
    one, hers = Contribution.objects.all()
    with pytest.raises(Refused, match="của mình"):
        moderating.moderate(cast.trainer, case, hers.pk, True, "", timezone.now())
    with pytest.raises(Refused, match="vì sao không đăng"):
        moderating.moderate(cast.trainer, case, one.pk, False, "", timezone.now())
    moderating.moderate(cast.trainer, case, one.pk, True, "", timezone.now())
    moderating.moderate(cast.manager, case, hers.pk, False, "Đã có lời này.", timezone.now())
    assert list(Contribution.objects.values_list("state", flat=True)) == ["shown", "refused"]
    with pytest.raises(Refused, match="vừa được duyệt"):
        moderating.moderate(cast.manager, case, one.pk, False, "x", timezone.now())


def test_it_closes_with_a_summary_and_then_nobody_contributes(cast, case):
    with pytest.raises(Refused, match="đang bàn"):
        moderating.close(cast.trainer, case, "Rút ra.", timezone.now())
    release(cast.trainer, case)
    moderating.close(cast.trainer, case, "Hỏi nơi ở trước.", timezone.now())
    with pytest.raises(Refused, match="đã kết lại"):
        telling.contribute(cast.unit_head, case, "Trễ.", uuid4(), timezone.now())


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "open"}, "heard_once_released"),
        ({"moderated_by": "author"}, "moderated_by_another"),
        ({"asked": ""}, "says_something"),
    ],
)
def test_the_database_knows_no_case_that_cannot_be(cast, case, fields, name):
    fields = {key: cast.learner if value == "author" else value for key, value in fields.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ClinicCase.objects.filter(pk=case.pk).update(**fields)


# --- on screen


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_from_telling_to_the_summary_on_screen(cast, client_of):
    here, trainer = client_of(cast.learner), client_of(cast.trainer)
    mate = client_of(colleague(cast.units.tay_giang, "TG-9"))
    answer = here.post(f"{CASES}moi/", {**FORM, "key": str(uuid4())})
    case = ClinicCase.objects.get()
    assert answer.url == f"{CASES}{case.pk}/"
    assert mate.get(answer.url).status_code == 404
    html = page(trainer, f"{MODERATING}{case.pk}/")
    assert "Alăng Thị Hà, Xã Tây Giang nêu" in html
    sent = {"act": "send_back", "seen": case.stamp, "text": ""}
    assert "cần sửa chỗ nào" in trainer.post(f"{MODERATING}{case.pk}/", sent).content.decode()
    trainer.post(f"{MODERATING}{case.pk}/", {**sent, "text": "Ngắn hơn."})
    assert "Ngắn hơn." in page(here, f"{CASES}{case.pk}/sua/")
    assert here.post(f"{CASES}{case.pk}/sua/", {**FORM, "asked": "Hỏi gì trước hết?"}).status_code == 302
    case.refresh_from_db()
    trainer.post(f"{MODERATING}{case.pk}/", {"act": "release", "seen": case.stamp})
    html = page(mate, f"{CASES}{case.pk}/")
    assert "Hỏi gì trước hết?" in html
    assert "Alăng" not in html
    assert "Tây Giang" not in html
    assert "Hỏi gì trước hết?" in page(mate, f"{CASES}?chuyen=work")
    assert "Hỏi gì trước hết?" not in page(mate, f"{CASES}?chuyen=online")
    contributed = {"act": "contribute", "text": "Hỏi nơi ở trước.", "key": str(uuid4())}
    assert mate.post(f"{CASES}{case.pk}/", contributed).status_code == 302
    assert "Hỏi nơi ở trước." not in page(here, f"{CASES}{case.pk}/")
    which = Contribution.objects.get().pk
    hidden = trainer.post(f"{MODERATING}{case.pk}/", {"act": "hide", "which": which, "text": ""})
    assert hidden.status_code == 422
    assert f'id="text-{which}_error"' in hidden.content.decode()
    trainer.post(f"{MODERATING}{case.pk}/", {"act": "show", "which": which})
    html = page(here, f"{CASES}{case.pk}/")
    assert "Hỏi nơi ở trước." in html
    assert "Bhling" not in html
    assert trainer.post(f"{MODERATING}{case.pk}/", {"act": "close", "text": ""}).status_code == 422
    trainer.post(f"{MODERATING}{case.pk}/", {"act": "close", "text": "Nơi ở an toàn trước."})
    assert "Nơi ở an toàn trước." in page(mate, f"{CASES}{case.pk}/")
    assert "Hỏi gì trước hết?" in page(mate, f"{CASES}?loc=da-ket")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"asked": ""}, "Hãy ghi điều muốn hỏi."),
        ({"happened": "x" * 1501}, "Dài quá 1500"),
        ({"area": "Xã Tây Giang"}, "Hãy chọn một ý"),
        ({"age": ""}, "Hãy chọn một ý"),
        ({"happened": "Chị Hoa ở thôn Arầng vừa về."}, "Không ghi tên"),
        ({"done": "Gọi lại ngày 12/03/2026."}, "Không ghi ngày tháng"),
        ({"happened": "Gọi số 0905 123 456."}, "số điện thoại"),
        ({"happened": "Thẻ 048199012345."}, "giấy tờ"),
    ],
)
def test_what_tells_who_or_where_comes_back(cast, client_of, fields, sentence):
    answer = client_of(cast.learner).post(f"{CASES}moi/", {**FORM, "key": str(uuid4()), **fields})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ClinicCase.objects.exists()


def test_an_uncertain_sign_is_asked_about_and_kept_with_a_reason(cast, client_of):
    told = {**FORM, "key": str(uuid4())}
    client = client_of(cast.learner)
    told["happened"] = "Nguyễn Thị Mai, Trường THCS Tây Giang, lớp 9, bị lừa bán qua mạng."
    assert client.post(f"{CASES}moi/", told).status_code == 422
    assert client.post(f"{CASES}moi/", {**told, "vi-sao-giu": "Tên đã đổi."}).status_code == 302
    assert Insistence.objects.get().form == "clinic_case"


def test_what_is_not_ones_own_is_not_found(cast, case, client_of):
    there = make_person("Tập Huấn Thạnh Mỹ", "TM-9")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    for person in (there, cast.unit_head, cast.other_learner, cast.trainer):
        for path in (f"{CASES}{case.pk}/", f"{CASES}{case.pk}/sua/"):
            page(client_of(person), path, 404)
    page(client_of(there), f"{MODERATING}{case.pk}/", 404)
    assert client_of(there).post(f"{MODERATING}{case.pk}/", {"act": "release"}).status_code == 404
    page(client_of(cast.learner), f"{MODERATING}{case.pk}/", 403)
    page(client_of(cast.learner), MODERATING, 403)
    assert "Hỏi gì trước?" not in page(client_of(there), MODERATING)
    release(cast.trainer, case)
    page(client_of(cast.learner), f"{CASES}{case.pk}/sua/", 404)
    assert client_of(cast.unit_head).post(f"{CASES}{case.pk}/", {"act": "withdraw"}).status_code == 404
    for path in (f"{CASES}?page=x&loc=%00&chuyen=gi", f"{CASES}?loc=cua-toi"):
        page(client_of(cast.learner), path)
    page(client_of(cast.learner), f"{CASES}{'9' * 30}/", 404)


def test_the_author_withdraws_it_from_everybody(cast, case, client_of):
    release(cast.trainer, case)
    assert client_of(cast.learner).post(f"{CASES}{case.pk}/", {"act": "withdraw"}).url == CASES
    assert heard(colleague(cast.units.tay_giang, "TG-9")) == []
    page(client_of(cast.trainer), f"{MODERATING}{case.pk}/", 404)
    page(client_of(cast.learner), f"{CASES}{case.pk}/")


def test_the_queue_has_what_waits_and_costs_the_same_for_many(cast, case):
    def listed():
        with CaptureQueriesContext(connection) as queries:
            found = [one for one in waiting_for(Desk(Reader(cast.trainer), today())) if one.address == MODERATING]
        return found, len(queries)

    listed()
    (one,), before = listed()
    assert (one.count, one.rows[0].text) == (1, "Hỏi gì trước?")
    for _time in range(3):
        telling.tell(cast.learner, TOLD, uuid4(), timezone.now())
    (one,), after = listed()
    assert (one.count, after) == (4, before)
    for row in ClinicCase.objects.all():
        release(cast.trainer, row)
    assert listed()[0] == []
    telling.contribute(cast.unit_head, case, "Góp.", uuid4(), timezone.now())
    assert listed()[0][0].count == 1


@pytest.mark.parametrize(("who", "path"), [("mate", CASES), ("trainer", f"{MODERATING}?loc=dang-ban")])
def test_lists_cost_the_same_for_any_number(cast, client_of, who, path):
    cast.mate = colleague(cast.units.tay_giang, "TG-9")
    client = client_of(getattr(cast, who))

    def add(number):
        for _time in range(number):
            release(cast.trainer, telling.tell(cast.learner, TOLD, uuid4(), timezone.now()))

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client, path)
        return len(queries)

    add(1)
    count()
    one = count()
    add(5)
    assert count() == one <= 12


# --- kept and gone


def test_the_copy_has_ones_own_words_and_an_erasure_forgets_whose_they_are(cast, case):
    release(cast.trainer, case)
    telling.contribute(cast.learner, case, "Thêm một ý.", uuid4(), timezone.now())
    waiting = telling.tell(cast.learner, TOLD, uuid4(), timezone.now())
    assert len(own_cases(cast.learner)) == 2
    assert own_contributions(cast.learner)[0]["Lời góp"] == "Thêm một ý."
    assert own_cases(cast.trainer) == []
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    case.refresh_from_db()
    assert case.author is None
    assert not ClinicCase.objects.filter(pk=waiting.pk).exists()
    assert not Contribution.objects.exists()
    assert list(moderated_by(cast.manager)) == [case]
    assert not moderated_by(cast.trainer).exists()
    moderating.close(cast.manager, case, "Rút ra.", timezone.now())


def test_two_years_after_the_last_word_a_case_is_gone_and_a_withdrawn_one_after_a_month(cast):
    rows = [telling.tell(cast.learner, TOLD, uuid4(), timezone.now()) for _time in range(3)]
    ages = [("open", 729), ("open", 731), ("withdrawn", 31)]
    for row, (state, days) in zip(rows, ages, strict=True):
        release(cast.trainer, row)
        ClinicCase.objects.filter(pk=row.pk).update(state=state, changed_at=timezone.now() - timedelta(days=days))
    ending.end_old(timezone.now())
    assert list(ClinicCase.objects.all()) == [rows[0]]
