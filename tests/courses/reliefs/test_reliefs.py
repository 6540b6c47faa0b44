"""Excuses, exclusions and extensions: asked by the unit, granted by another above it, never for oneself."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person, make_posting, make_relief, make_unit
from sharing import shared

from courses.reliefs import deciding
from courses.requirements.relief import Relief, ReliefRequest
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from people.rights.roles import RoleKind, give
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db
KEY = "nhan-dien-nan-nhan"
LIST, ASK, DECIDE = "/bao-cao/mien-hoan/", "/bao-cao/mien-hoan/moi/", "/bao-cao/mien-hoan/quyet-dinh/"
NOW = timezone.make_aware(datetime(2026, 12, 1, 9))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def requirement(cast):
    found = seed_requirements(NOW - timedelta(days=300))[0]
    rebuild_all()
    return found


def form(**changed):
    filled = {"codes": "TG-001", "kind": "exclusion", "requirement": KEY, "start": "1/12/2026", "end": "31/5/2027"}
    return filled | {"reason": "Nghỉ thai sản theo quyết định của đơn vị."} | changed


def asked(client_of, by, **changed):
    answer = client_of(by).post(ASK, form(**changed))
    assert answer.status_code == 302, answer.context["form"].errors
    return ReliefRequest.objects.latest("pk")


def refusal(client_of, by, field, **changed):
    answer = client_of(by).post(ASK, form(**changed))
    assert answer.status_code == 422
    assert not ReliefRequest.objects.exists()
    return answer.context["form"].errors[field][0]


def figures(as_of=date(2026, 12, 20), **days):
    total = coverage(KEY, as_of=as_of, **days).total
    return total.required, total.excused, total.overdue


def test_a_head_asks_the_province_grants_and_the_person_is_excused_in_the_figures(cast, client_of, requirement):
    assert figures() == (2, 0, 2)
    request = asked(client_of, cast.unit_head)
    assert figures() == (2, 0, 2)
    client_of(cast.manager).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    relief = Relief.objects.get()
    assert (relief.person, relief.asked_by, relief.granted_by) == (cast.learner, cast.unit_head, cast.manager)
    assert figures() == (1, 1, 1)
    assert list(differences()) == []


def test_what_was_known_before_it_was_granted_stays_as_it_was(cast, client_of, requirement):
    with time_machine.travel(NOW - timedelta(days=2)):
        request = asked(client_of, cast.unit_head, start="1/11/2026", end="1/4/2027")
    client_of(cast.manager).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    assert figures(date(2026, 12, 1), known_on=date(2026, 11, 30)) == (2, 0, 0)
    assert figures(date(2026, 12, 1), known_on=date(2026, 12, 1)) == (1, 1, 0)


def test_an_extension_moves_the_due_day_of_that_person_alone(cast, client_of, requirement):
    request = asked(client_of, cast.unit_head, kind="extension", start="", end="15/3/2027")
    client_of(cast.manager).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    assert figures(date(2026, 12, 20)) == (2, 0, 1)
    assert figures(date(2027, 3, 15)) == (2, 0, 1)
    assert figures(date(2027, 3, 16)) == (2, 0, 2)
    assert list(differences()) == []
    page = client_of(cast.unit_head).get(f"/bao-cao/{KEY}/20455/can-bo/?ngay=2026-12-20").content.decode()
    assert "hạn 15/03/2027" in page
    assert "hạn 15/03/2027" in client_of(cast.trainer).get("/bao-cao/can-bo/TG-001/").content.decode()
    assert "15/03/2027" in client_of(cast.learner).get("/hoc-tap/").content.decode()


def test_several_are_asked_for_at_once_and_granted_at_once(cast, client_of, requirement):
    people = [make_person(f"Người {n}", f"TG-1{n:02}") for n in range(12)]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    rebuild_all()
    asked(client_of, cast.unit_head, codes=", ".join(person.staff_code for person in people))
    ids = list(ReliefRequest.objects.values_list("pk", flat=True))
    assert len(ids) == 12
    client_of(cast.manager).post(DECIDE, {"chon": ids, "dong_y": "1"})
    assert figures() == (2, 12, 2)


def test_asked_twice_the_same_waits_once(cast, client_of, requirement):
    asked(client_of, cast.unit_head)
    answer = client_of(cast.trainer).post(ASK, form(), follow=True).content.decode()
    assert ReliefRequest.objects.count() == 1
    assert "1 người đã có đề nghị như vậy đang chờ" in answer


# --- who may


def test_who_asked_does_not_decide_and_a_role_at_the_unit_itself_does_not_either(cast, client_of, requirement):
    request = asked(client_of, cast.unit_head)
    for person in (cast.unit_head, cast.trainer):
        client_of(person).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    assert not Relief.objects.exists()
    give(cast.unit_head, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    client_of(cast.unit_head).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    assert not Relief.objects.exists()


def test_nobody_asks_for_herself(cast, client_of, requirement):
    make_posting(cast.unit_head, cast.units.tay_giang)
    rebuild_all()
    code = cast.unit_head.staff_code
    assert "Không ai đề nghị cho chính mình" in refusal(client_of, cast.unit_head, "codes", codes=code)


def test_nobody_decides_about_herself(cast, client_of, requirement):
    give(cast.learner, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    request = asked(client_of, cast.unit_head)
    client_of(cast.learner).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    assert not Relief.objects.exists()


def test_a_role_between_the_unit_and_the_province_decides_and_one_beside_it_does_not(cast, client_of, requirement):
    ward = make_unit("20456", "Tổ Lăng", parent=cast.units.tay_giang)
    rebuild_reach()
    member = make_person("Bríu Thị Lan", "TL-001")
    make_posting(member, ward)
    head = make_person("Coor Văn Bé", "TL-002")
    give(head, RoleKind.UNIT_HEAD, ward)
    rebuild_all()
    request = asked(client_of, head, codes="TL-001")
    decides = {
        person.staff_code: ReliefRequest.objects.filter(deciding.decided_by(person), pk=request.pk).exists()
        for person in (head, cast.unit_head, cast.trainer, cast.manager, cast.observer, cast.learner)
    }
    assert [code for code, may in decides.items() if may] == ["VT-unit_head", "VT-trainer", "VT-manager"]


def test_the_province_decides_about_its_own_people_by_another_person(cast, client_of, requirement):
    make_posting(cast.editor, cast.units.da_nang)
    rebuild_all()
    request = asked(client_of, cast.manager, codes=cast.editor.staff_code)
    client_of(cast.administrator).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    assert Relief.objects.get().granted_by == cast.administrator


def test_nobody_is_asked_for_out_of_reach_and_the_form_does_not_tell_whether_she_exists(cast, client_of, requirement):
    for code in ("TM-001", "NO-999"):
        assert "Không có ai đang công tác trong phạm vi" in refusal(client_of, cast.unit_head, "codes", codes=code)


def test_what_another_commune_asked_is_not_seen(cast, client_of, requirement):
    request = asked(client_of, cast.manager, codes="TM-001")
    assert client_of(cast.trainer).get(f"{LIST}{request.pk}/").status_code == 404
    assert "TM-001" not in client_of(cast.trainer).get(f"{LIST}?loc=cho").content.decode()
    assert client_of(cast.observer).get(LIST).status_code == 403


@pytest.mark.parametrize(
    "roles",
    [("unit_head", "unit_head"), ("learner", "manager"), ("unit_head", "learner")],
    ids=["both", "asks", "grants"],
)
def test_the_database_refuses_what_one_person_asks_and_grants_or_decides_for_herself(cast, requirement, roles):
    good = make_relief(cast, cast.learner, requirement, "excuse", date(2026, 1, 1), date(2026, 2, 1))
    asks, grants = (getattr(cast, name) for name in roles)
    with pytest.raises(IntegrityError), transaction.atomic():
        Relief.objects.filter(pk=good.pk).update(asked_by=asks, granted_by=grants)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReliefRequest.objects.filter(pk=good.request_id).update(asked_by=asks, decided_by=grants)


def test_the_database_refuses_more_than_a_year(cast, requirement):
    good = make_relief(cast, cast.learner, requirement, "excuse", date(2027, 3, 1), date(2028, 3, 1))
    for model, pk in ((Relief, good.pk), (ReliefRequest, good.request_id)):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=pk).update(end=date(2028, 3, 2))


# --- what is typed


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"start": ""}, "start", "Hãy ghi ngày đầu tiên"),
        ({"end": "30/11/2026"}, "end", "Ngày cuối trước ngày đầu"),
        ({"end": "2/12/2027"}, "end", "Nhiều nhất 12 tháng: hãy chọn đến hết ngày 01/12/2027"),
        ({"start": "1/6/2027", "end": "31/12/2027"}, "end", "đến hết ngày 01/12/2027"),
        ({"kind": "extension", "end": "15/12/2026"}, "end", "hạn mới phải sau ngày ấy"),
        ({"codes": "  "}, "codes", "ít nhất một mã"),
        ({"reason": ""}, "reason", "Hãy ghi lý do"),
    ],
)
def test_each_mistake_is_said_beside_its_field(cast, client_of, requirement, changed, field, said):
    assert said in refusal(client_of, cast.unit_head, field, **changed)


def test_who_is_not_required_is_named(cast, client_of, requirement):
    make_posting(make_person("Hôih Văn Tư", "TG-777"), cast.units.tay_giang, duties=("giang_day",))
    assert "TG-777" in refusal(client_of, cast.unit_head, "codes", codes="TG-777 TG-001")


def test_a_telephone_number_in_the_reason_is_refused(cast, client_of, requirement):
    answer = client_of(cast.unit_head).post(ASK, form(reason="Gọi chị Hà 0905000001 để hỏi"))
    assert answer.status_code == 422
    assert not ReliefRequest.objects.exists()


# --- answers


def test_a_refusal_needs_a_word_and_who_asked_is_told_without_a_name(cast, client_of, requirement):
    cast.unit_head.email = "tam@example.vn"
    cast.unit_head.save()
    request = asked(client_of, cast.unit_head)
    client = client_of(cast.manager)
    client.post(DECIDE, {"chon": request.pk, "khong": "1"})
    assert ReliefRequest.objects.get().state == "asked"
    client.post(DECIDE, {"chon": request.pk, "khong": "1", "answer": "Người này còn làm việc."})
    request.refresh_from_db()
    assert (request.state, request.answer) == ("refused", "Người này còn làm việc.")
    drain()
    (letter,) = mail.outbox
    assert letter.to == ["tam@example.vn"]
    assert LIST in letter.body
    assert not any(said in letter.body for said in ("Alăng", "TG-001", "thai sản"))
    assert "Người này còn làm việc." in client_of(cast.unit_head).get(f"{LIST}?loc=toi").content.decode()


def test_decided_twice_it_is_decided_once(cast, client_of, requirement):
    request = asked(client_of, cast.unit_head)
    client_of(cast.manager).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    client_of(cast.administrator).post(DECIDE, {"chon": request.pk, "khong": "1", "answer": "Không."})
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("granted", cast.manager)
    assert Relief.objects.count() == 1


def test_withdrawn_it_holds_no_more_and_the_past_still_knows_it(cast, client_of, requirement):
    with time_machine.travel(NOW - timedelta(days=2)):
        request = asked(client_of, cast.unit_head, start="29/11/2026")
        client_of(cast.manager).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    client_of(cast.unit_head).post(f"{LIST}{request.pk}/", {"answer": "Ghi nhầm người."})
    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert figures() == (2, 0, 2)
    assert figures(date(2026, 12, 1), known_on=date(2026, 11, 30)) == (1, 1, 0)
    assert list(differences()) == []


def test_who_returns_early_is_excused_until_the_day_before(cast, client_of, requirement):
    request = asked(client_of, cast.unit_head)
    client_of(cast.manager).post(DECIDE, {"chon": request.pk, "dong_y": "1"})
    page = f"{LIST}{request.pk}/"
    assert client_of(cast.manager).post(page, {"answer": "Đi làm lại.", "last": "1/6/2027"}).status_code == 422
    client_of(cast.manager).post(page, {"answer": "Đi làm lại.", "last": "31/1/2027"})
    assert figures(date(2027, 1, 31)) == (1, 1, 1)
    assert figures(date(2027, 2, 1)) == (2, 0, 2)
    assert [row.superseded_at is None for row in Relief.objects.order_by("pk")] == [False, True]
    assert list(differences()) == []


def test_only_who_asked_or_decides_withdraws(cast, client_of, requirement):
    request = asked(client_of, cast.unit_head)
    assert client_of(cast.trainer).post(f"{LIST}{request.pk}/", {"answer": "Thôi."}).status_code == 403
    client_of(cast.unit_head).post(f"{LIST}{request.pk}/", {"answer": "Thôi."})
    assert ReliefRequest.objects.get().state == "withdrawn"


# --- pages


def test_the_list_costs_the_same_for_one_and_for_many(cast, client_of, requirement):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert client_of(cast.manager).get(LIST).status_code == 200
        return len(seen)

    asked(client_of, cast.unit_head)
    queries()
    one = queries()
    people = [make_person(f"Người {n}", f"TG-2{n:02}") for n in range(9)]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    rebuild_all()
    asked(client_of, cast.unit_head, codes=" ".join(person.staff_code for person in people))
    assert queries() == one


def test_the_people_of_a_figure_can_be_asked_for_from_their_list(cast, client_of, requirement):
    page = client_of(cast.unit_head).get(f"/bao-cao/{KEY}/20455/can-bo/").content.decode()
    assert f"{ASK}?yeu_cau={KEY}&amp;ma=TG-001" in page
    filled = client_of(cast.unit_head).get(f"{ASK}?yeu_cau={KEY}&ma=TG-001&ma=TG-002").content.decode()
    assert "TG-001\nTG-002" in filled


def test_beside_a_hundred_percent_stands_how_many_are_excused(cast, client_of, requirement):
    from courses.reports.query.wording import percent_words

    full = {"percent": 100.0, "required": 3, "completed": 3, "unconfirmed_units": 0, "excused": 2}
    assert percent_words(full) == "100 % (miễn 2)"
    assert percent_words(full | {"excused": 0}) == "100 %"


def test_a_request_stands_at_the_unit_in_which_the_person_counts_today(requirement, cast, client_of):
    """Her posting is of a commune that a reform merged away."""
    person = make_person("Dương Minh Tuấn", "TG-38")
    make_posting(person, cast.units.lang, start=date(2025, 1, 1))
    rebuild_reach()
    rebuild_all()
    assert asked(client_of, cast.unit_head, codes="TG-38").unit == cast.units.tay_giang
