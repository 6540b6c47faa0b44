"""Chains through plans, reforms, saved reports and talk: give a role → see → edit → export → go on once it has ended.

The player holds one role in Tây Giang; whatever she sends about Thạnh Mỹ leaves it as it is and tells her nothing.
"""

from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from factories import make_course, make_person, make_posting

from courses.plans.made import deciding, making, recording, writing
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.recording import Said
from courses.plans.made.result import Result
from courses.plans.made.task import Task, TaskKind
from courses.reports.saved.report import SavedReport, going, roles_of, save
from courses.reports.saved.sending import send_due
from courses.talk.clinic import moderating, telling
from courses.talk.clinic.case import CaseState, ClinicCase
from courses.talk.exemplars import writing as exemplar_writing
from courses.talk.exemplars.exemplar import Exemplar, ExemplarState
from courses.talk.exemplars.writing import Words
from courses.talk.inquiries.asking import Wish, ask
from courses.talk.inquiries.inquiry import InquiryState
from courses.talk.news import TalkNews
from outbox.draining import drain
from people.reforms.reform import Reform
from people.rights.roles import RoleKind, end, give
from people.times import today
from people.units.unit import Unit

pytestmark = pytest.mark.django_db
SECRET = "Việc riêng của Thạnh Mỹ"
PLAYERS = [RoleKind.TRAINER, RoleKind.UNIT_HEAD, RoleKind.ADMINISTRATOR, RoleKind.COMMUNE_EDITOR]


@pytest.fixture(params=PLAYERS)
def player(request, cast):
    person = make_person("Người Giữ Quyền", "VT-choi", email="choi@example.vn")
    make_posting(person, cast.units.tay_giang)
    give(person, request.param, cast.units.tay_giang)
    return person


@pytest.fixture
def far_head(cast):
    person = make_person("Thủ Trưởng Xa", "TM-thu")
    give(person, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    return person


@pytest.fixture
def far_plan(cast, far_head):
    """Approved, with a result; its one task and note bear the secret."""
    year, now = today().year, timezone.now()
    version = making.begin(far_head, cast.units.thanh_my, year, now)
    first, last = today().replace(month=1, day=2), today().replace(month=12, day=31)
    task = Task(title=SECRET, kind=TaskKind.TELLING, first_day=first, last_day=last)
    writing.write_task(version, task, [])
    deciding.submit(far_head, version, now)
    deciding.approve(cast.manager, version, now)
    recording.say(far_head, version.plan, task.key, Said(None, None, None, SECRET), None, now)
    return version.plan


def opened(client, *addresses):
    """What she reads anywhere; nothing there may be hers."""
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    return "".join(answer.content.decode(errors="replace") for answer in answers)


# --- plans


def test_a_plan_of_another_commune_is_neither_read_written_approved_nor_taken_away(cast, client_of, player, far_plan):
    client, page, key = client_of(player), f"/ke-hoach/ban/{far_plan.pk}/", far_plan.versions.get().tasks.get().key
    files = [f"{page}ke-hoach.{kind}" for kind in ("csv", "xlsx", "docx")]
    seen = opened(client, page, f"{page}can-cu/", f"{page}phien-ban/1/", f"{page}them-viec/", *files)
    seen += opened(client, f"{page}viec/{key}/", f"{page}viec/{key}/?tu=lop", f"{page}viec/{key}/sua/")
    assert SECRET not in seen
    for act in ("submit", "take-back", "change", "drop", "follow", "carry", "approve", "return"):
        data = {"act": act, "reason": "Vì thế", "answer": "Không"}
        assert client.post(page, data).status_code in (403, 404), act
    assert client.post(f"{page}viec/{key}/", {"note": "Của tôi", "drawn_from": "lop"}).status_code in (403, 404)
    assert client.post(f"{page}viec/{key}/", {"act": "take-back"}).status_code in (403, 404)
    assert PlanVersion.objects.filter(plan=far_plan).count() == 1
    assert Result.objects.current().get().note == SECRET


def test_a_plan_is_begun_for_no_unit_of_another_and_no_template_by_a_commune(cast, client_of, player):
    client, year = client_of(player), today().year
    client.post("/ke-hoach/lap/", {"unit": cast.units.thanh_my.pk, "year": year})
    client.post("/ke-hoach/lap/", {"unit": cast.units.da_nang.pk, "year": year})
    client.post("/ke-hoach/lap-mau/", {"year": year, "begins": "starter"})
    assert not Plan.objects.exists()


def test_who_is_given_a_role_there_reads_it_and_once_it_ends_reads_nothing(cast, client_of, player, far_plan):
    page = f"/ke-hoach/ban/{far_plan.pk}/"
    role = give(player, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    assert SECRET in client_of(player).get(page).text
    assert client_of(player).get(f"{page}ke-hoach.csv").status_code == 200
    end(role)
    assert SECRET not in opened(client_of(player), page, f"{page}ke-hoach.csv")
    assert SECRET not in client_of(player).get("/ke-hoach/").content.decode()


def test_nobody_approves_what_she_handed_over_by_a_second_role_or_record(cast, client_of, far_head, far_plan):
    version = deciding.change(far_head, far_plan, "Thêm", timezone.now())
    deciding.submit(far_head, version, timezone.now())
    give(far_head, RoleKind.UNIT_HEAD, cast.units.da_nang)
    give(far_head, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    page = f"/ke-hoach/ban/{far_plan.pk}/"
    assert client_of(far_head).post(page, {"act": "approve"}).status_code == 403
    version.refresh_from_db()
    assert version.state == PlanState.SUBMITTED


# --- reforms


def test_a_commune_begins_reads_changes_applies_and_undoes_no_reform(cast, client_of, player):
    base, client = "/tai-khoan/sap-xep/", client_of(player)
    reform = Reform.objects.create(decree=SECRET, on=today(), by=cast.manager)
    before = list(Unit.objects.order_by("pk").values_list("pk", "code", "valid_to"))
    page = f"{base}{reform.pk}/"
    assert SECRET not in opened(client, base, page, f"{page}bang/", f"{page}ghi/gop/", f"{page}hoan-tac/")
    for address in (base, page, f"{page}bang/", f"{page}ghi/gop/", f"{page}ghi/doi-ten/", f"{page}hoan-tac/"):
        answer = client.post(address, {"decree": "QĐ", "on": f"{today():%d/%m/%Y}", "act": "apply", "code": "20455"})
        assert answer.status_code in (302, 403, 404, 405)
        assert answer.status_code != 302 or page not in answer["Location"]
    assert Reform.objects.count() == 1
    assert list(Unit.objects.order_by("pk").values_list("pk", "code", "valid_to")) == before
    reform.refresh_from_db()
    assert (reform.acts, reform.applied_at) == ([], None)


# --- saved reports


def test_what_somebody_saved_is_hers_alone_and_ends_with_the_role_on_which_it_rests(cast, client_of, player):
    other = make_person("Người Lưu", "TM-luu", email="luu@example.vn")
    role = give(other, RoleKind.TRAINER, cast.units.thanh_my)
    kept = save(other, role, SECRET, "/bao-cao/can-bo/?nhiem_vu=x&cot=ho_ten", "weekly", timezone.now())
    client, address = client_of(player), "/bao-cao/dinh-ky/"
    assert SECRET not in client.get(address).content.decode()
    assert client.get(f"{address}{kept.pk}/").status_code in (403, 404)
    assert client.post(address, {"act": "stop", "which": kept.pk}).status_code in (403, 404)
    form = {"tu": "/bao-cao/can-bo/", "title": "Của tôi", "rhythm": "weekly", "role": role.pk}
    assert client.post(address, form).status_code in (403, 422)
    assert SavedReport.objects.get() == kept
    end(role)
    assert not going().exists()
    assert client_of(other).get(f"{address}{kept.pk}/").status_code in (403, 404)


def test_a_saved_link_to_another_commune_opens_nothing_there_and_its_mail_names_nothing(cast, client_of):
    player = make_person("Người Giữ Quyền", "VT-choi", email="choi@example.vn")
    role = give(player, RoleKind.TRAINER, cast.units.tay_giang)
    far = f"/bao-cao/ho-tro-tam-ly-ban-dau/{cast.units.thanh_my.code}/can-bo/?cot=ho_ten"
    assert list(roles_of(player)) == [role]
    kept = save(player, role, "Người bên cạnh", far, "weekly", timezone.now())
    SavedReport.objects.update(told_for=today().replace(year=today().year - 1))
    answer = client_of(player).get(f"/bao-cao/dinh-ky/{kept.pk}/", follow=True)
    assert answer.status_code == 404
    assert cast.other_learner.full_name not in answer.content.decode()
    send_due(timezone.now())
    drain()
    assert not [one for one in mail.outbox if cast.other_learner.full_name in one.body + one.subject]
    assert quote(cast.units.thanh_my.name) not in "".join(one.body for one in mail.outbox)


# --- talk


@pytest.fixture
def far_talk(cast):
    """An inquiry, a case and an exemplar of Thạnh Mỹ that wait."""
    course = make_course(lessons=1)
    wish = Wish(course.course.key, course.lessons[0].translation_key, SECRET, True, False)
    told = telling.Told("y_te", "returned", "young", "border", "work", SECRET, "Một người vừa về.", "")
    now, writer = timezone.now(), cast.manager
    words = Words(SECRET, "y_te", "joining", 2023, "a", "b", "c", None, "", "UBND xã")
    return (
        ask(cast.other_learner, wish, uuid4(), now),
        telling.tell(cast.other_learner, told, uuid4(), now),
        exemplar_writing.write(writer, cast.units.thanh_my, words, uuid4(), True, now),
    )


def test_what_waits_in_another_commune_is_neither_read_answered_released_nor_listed(cast, client_of, player, far_talk):
    inquiry, case, exemplar = far_talk
    client, base = client_of(player), "/hoi-dap/"
    pages = [
        f"{base}cau/{inquiry.pk}/",
        f"{base}phu-trach/cau/{inquiry.pk}/",
        f"{base}phu-trach/cau/{inquiry.pk}/ghi-lai/",
    ]
    pages += [f"{base}ca/{case.pk}/", f"{base}ca/{case.pk}/sua/", f"{base}phu-trach/ca/{case.pk}/"]
    pages += [f"/mo-hinh-hay/{exemplar.pk}/", f"/mo-hinh-hay/phu-trach/{exemplar.pk}/"]
    assert SECRET not in opened(client, *pages)
    lists = (
        f"{base}phu-trach/",
        f"{base}phu-trach/ca/",
        f"{base}ca/",
        "/mo-hinh-hay/",
        "/mo-hinh-hay/phu-trach/",
        "/bao-cao/",
    )
    assert SECRET not in "".join(client.get(address).content.decode() for address in lists)
    stamps = {"which": "1", "text": "Thôi", "key": uuid4(), "seen": case.stamp}
    for page in pages:
        for act in ("answer", "release", "send_back", "close", "show", "withdraw", "list", "take_off", "contribute"):
            assert client.post(page, {"act": act, **stamps}).status_code in (302, 403, 404, 405)
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.WAITING
    assert ClinicCase.objects.get().state == CaseState.WAITING
    assert Exemplar.objects.get().state == ExemplarState.WAITING


def test_news_of_a_case_is_its_authors_and_no_reader_of_the_case_takes_it_away(cast, client_of, far_talk):
    _inquiry, case, _exemplar = far_talk
    moderating.release(cast.manager, case, case.stamp, timezone.now())
    for reader in (cast.learner, cast.manager, cast.trainer):
        client_of(reader).get(f"/hoi-dap/ca/{case.pk}/")
    assert TalkNews.objects.get().person == cast.other_learner
    client_of(cast.other_learner).get(f"/hoi-dap/ca/{case.pk}/")
    assert not TalkNews.objects.exists()
