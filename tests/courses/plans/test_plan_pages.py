"""The pages under /ke-hoach/: a year walked by its people, and nobody in another's plan."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from factories import make_person, make_unit
from openpyxl import load_workbook
from PIL import Image

from courses.plans.made import deciding, making, papers, recording
from courses.plans.made.making import approved_version
from courses.plans.made.plan import Plan, PlanState
from courses.plans.made.recording import Said
from courses.plans.made.result import Result
from courses.plans.told.queued import plans as queued
from courses.plans.told.section import told
from outbox.private_files import private_files
from people.annual_sections import Asked, values_of
from people.log.audit import Act, Entry
from people.postings.coverage import places_of
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk
from people.times import today
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db
HOME = "/ke-hoach/"


def photo():
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("anh.jpg", made.getvalue(), "image/jpeg")


def page_of(plan):
    return f"{HOME}ban/{plan.pk}/"


def task_page(version, number=0):
    return f"{page_of(version.plan)}viec/{version.tasks.all()[number].key}/"


NO_LINES = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}


def test_a_whole_year_by_the_forms(client_of, cast, year):
    manager, head = client_of(cast.manager), client_of(cast.unit_head)
    answer = manager.post(f"{HOME}lap-mau/", {"year": year, "begins": "starter"})
    template = Plan.objects.get(is_template=True)
    assert answer.url == page_of(template)
    assert head.get(page_of(template)).status_code == 404
    manager.post(page_of(template), {"act": "submit"})
    assert "ban hành ngày" in head.get(page_of(template)).content.decode()
    answer = head.post(f"{HOME}lap/", {"unit": cast.units.tay_giang.pk, "year": year})
    plan = Plan.objects.get(is_template=False)
    assert answer.url == page_of(plan)
    typed = {"kind": "truyen_thong", "title": "Loa thôn", "number": "", "measure": "", "first_day": f"01/02/{year}"}
    lines = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-words": "Loa", "form-0-amount": "1.250.000 đ"}
    refused = head.post(f"{page_of(plan)}them-viec/", {**typed, **lines})
    assert refused.status_code == 422
    assert "1.250.000 đ" in refused.content.decode()
    assert head.post(f"{page_of(plan)}them-viec/", {**typed, **lines, "form-0-source": "xa"}).status_code == 302
    head.post(page_of(plan), {"act": "submit"})
    assert head.post(page_of(plan), {"act": "approve"}).status_code == 403
    manager.post(page_of(plan), {"act": "return", "answer": "Thiếu ngày."})
    assert "Thiếu ngày." in head.get(page_of(plan)).content.decode()
    head.post(page_of(plan), {"act": "submit"})
    manager.post(page_of(plan), {"act": "approve"})
    version = approved_version(plan)
    assert "1.250.000" in head.get(page_of(plan)).content.decode()
    sent = {"done_on": f"{today():%d/%m/%Y}", "number": "1", "cost": "900.000", "note": "BC 1", "paper": photo()}
    assert head.post(task_page(version), sent).status_code == 302
    shown = head.get(task_page(version)).content.decode()
    assert "chi 900.000 đồng" in shown
    paper = f"{HOME}minh-chung/{Result.objects.get().pk}/"
    assert head.get(paper)["Content-Type"] == "image/jpeg"
    assert Entry.objects.filter(act=Act.SAW_PLAN_PAPER).count() == 1
    head.post(page_of(plan), {"act": "change", "reason": "Bão."})
    assert plan.versions.count() == 2
    assert "Bão." in head.get(page_of(plan)).content.decode()
    assert head.get(f"{page_of(plan)}phien-ban/1/").status_code == 200
    assert head.post(page_of(plan), {"act": "drop"}).status_code == 302
    assert plan.versions.count() == 1


def test_another_units_plan_is_not_found_and_a_forbidden_act_on_ones_own_is_refused(client_of, cast, approved):
    other = make_person("Thủ Trưởng Xa")
    give(other, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    page, key = page_of(approved.plan), approved.tasks.first().key
    recording.say(
        cast.unit_head, approved.plan, key, Said(today(), 1, None, ""), papers.cleaned_paper(photo()), timezone.now()
    )
    paper = f"{HOME}minh-chung/{Result.objects.get().pk}/"
    addresses = [page, f"{page}can-cu/", f"{page}phien-ban/1/", f"{page}ke-hoach.csv", f"{page}them-viec/", paper]
    addresses += [f"{page}viec/{key}/", f"{page}viec/{key}/sua/", f"{page}ke-hoach.docx"]
    for address in addresses:
        assert client_of(other).get(address).status_code == 404, address
        assert client_of(other).post(address).status_code in (404, 405), address
    trainer = client_of(cast.trainer)
    assert trainer.get(page).status_code == 200
    for address, posted in ((page, {"act": "change", "reason": "x"}), (f"{page}viec/{key}/", {"number": "1"})):
        assert trainer.post(address, posted).status_code == 403, address
    for address in (f"{page}them-viec/", f"{page}viec/{key}/sua/", f"{page}can-cu/", f"{HOME}lap/"):
        assert trainer.get(address).status_code == 403, address
    for person in (cast.learner, cast.stranger, cast.editor, cast.teacher):
        assert client_of(person).get(HOME).status_code == 403


def test_an_observer_sees_how_many_and_opens_no_plan(client_of, cast, approved, template, year):
    observer = client_of(cast.observer)
    assert "Tuyên truyền ở thôn" in observer.get(f"{HOME}tong-hop/{year}/").content.decode()
    rows = observer.get(f"{HOME}tong-hop/{year}/{template.tasks.first().key}/").content.decode()
    assert "Xã Tây Giang" in rows
    assert f"/ban/{approved.plan.pk}/" not in rows
    assert observer.get(page_of(approved.plan)).status_code == 404


def test_what_is_being_written_is_seen_by_who_writes_it_alone(client_of, cast, draft):
    assert client_of(cast.unit_head).get(page_of(draft.plan)).status_code == 200
    assert client_of(cast.trainer).get(page_of(draft.plan)).status_code == 404
    assert "Xã Tây Giang</a>" not in client_of(cast.trainer).get(HOME).content.decode()
    deciding.submit(cast.unit_head, draft, timezone.now())
    assert client_of(cast.trainer).get(page_of(draft.plan)).status_code == 200


def test_who_handed_over_and_the_head_below_do_not_approve_by_a_form(client_of, cast, draft):
    deciding.submit(cast.unit_head, draft, timezone.now())
    for person in (cast.unit_head, cast.trainer):
        assert client_of(person).post(page_of(draft.plan), {"act": "approve"}).status_code == 403
    draft.refresh_from_db()
    assert draft.state == PlanState.SUBMITTED


def test_a_wrong_result_is_told_beside_its_field_and_what_was_typed_stays(client_of, cast, approved):
    head, page = client_of(cast.unit_head), task_page(approved)
    late = f"{today() + timedelta(days=1):%d/%m/%Y}"
    answer = head.post(page, {"done_on": late, "cost": "chín trăm", "note": "Số 12"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Ngày này ở tương lai", "Ghi số đồng bằng chữ số", "chín trăm", "Số 12"):
        assert words in shown
    assert head.post(page, {}).status_code == 422
    assert not Result.objects.exists()


def test_a_telephone_number_is_kept_nowhere(client_of, cast, approved, draft):
    head = client_of(cast.unit_head)
    answer = head.post(task_page(approved), {"number": "1", "note": "Gọi 0905 000 001"})
    assert answer.status_code == 422
    assert not Result.objects.exists()


def test_tasks_not_done_the_year_before_are_carried_by_ticking_them(client_of, cast, approved, year):
    head = client_of(cast.unit_head)
    head.post(f"{HOME}lap/", {"unit": cast.units.tay_giang.pk, "year": year + 1})
    plan = Plan.objects.get(year=year + 1)
    key = approved.tasks.first().key
    assert "Việc năm trước chưa xong" in head.get(page_of(plan)).content.decode()
    head.post(page_of(plan), {"act": "carry", "key": [str(key)]})
    assert plan.versions.get().tasks.get().carried_from == key
    head.post(page_of(plan), {"act": "carry", "key": [str(key)]})
    assert plan.versions.get().tasks.count() == 1


def test_a_task_is_left_out_with_a_reason_by_its_form(client_of, cast, draft):
    head, page = client_of(cast.unit_head), task_page(draft) + "sua/"
    head.post(page, {"act": "leave-out", "why": ""})
    assert not draft.tasks.filter(left_out=True).exists()
    head.post(page, {"act": "leave-out", "why": "Xã không có thôn giáp biên."})
    assert "Xã không có thôn giáp biên." in head.get(page_of(draft.plan)).content.decode()
    head.post(page, {"act": "put-back"})
    assert not draft.tasks.filter(left_out=True).exists()


def test_the_files_of_a_plan(client_of, cast, approved, template, year):
    manager = client_of(cast.manager)
    page = page_of(approved.plan)
    words = "\n".join(p.text for p in Document(io.BytesIO(manager.get(f"{page}ke-hoach.docx").content)).paragraphs)
    assert "1. Tuyên truyền ở thôn" in words
    assert "In tờ rơi, 2.500.000 đồng (Ngân sách xã, phường, đặc khu)" in words
    sheet = load_workbook(io.BytesIO(manager.get(f"{page}ke-hoach.xlsx").content)).active
    assert any("Tuyên truyền ở thôn" in row for row in sheet.iter_rows(values_only=True))
    assert "Tuyên truyền ở thôn" in manager.get(f"{page}ke-hoach.csv").content.decode()
    table = manager.get(f"{HOME}tong-hop/{year}/bang.csv").content.decode()
    assert "Chưa trả lời" in table
    assert Entry.objects.filter(act=Act.EXPORTED_PLAN).count() == 4


def test_a_trainers_figures_are_those_of_her_own_units(client_of, cast, approved, template, year):
    rows = client_of(cast.trainer).get(f"{HOME}tong-hop/{year}/{template.tasks.first().key}/").content.decode()
    assert "Xã Tây Giang" in rows
    assert "Thạnh Mỹ" not in rows
    table = client_of(cast.trainer).get(f"{HOME}tong-hop/{year}/bang.csv").content.decode()
    assert "Thạnh Mỹ" not in table


def test_what_waits_stands_in_the_queue(cast, template):
    def waiting(person):
        return {str(one.title): one.count for one in queued(Desk(Reader(person), today())) if one.count}

    assert waiting(cast.unit_head) == {"Kế hoạch năm chưa gửi duyệt": 1}
    assert waiting(cast.trainer) == {}
    year = template.plan.year
    version = making.begin(cast.unit_head, cast.units.tay_giang, year, timezone.now(), template=template)
    deciding.submit(cast.unit_head, version, timezone.now())
    assert waiting(cast.unit_head) == {}
    assert waiting(cast.manager) == {"Kế hoạch năm chờ anh chị duyệt": 1}
    deciding.approve(cast.manager, version, timezone.now())
    assert waiting(cast.unit_head) == {"Việc trong kế hoạch đã quá hạn": 1}
    late = version.tasks.first()
    recording.say(cast.unit_head, version.plan, late.key, Said(today(), 4, None, ""), None, timezone.now())
    assert waiting(cast.unit_head) == {}


def test_the_list_and_a_plan_ask_as_many_queries_for_many_as_for_few(
    client_of, cast, approved, template, year, django_assert_max_num_queries
):
    manager = client_of(cast.manager)
    manager.get(HOME)
    with django_assert_max_num_queries(40) as first:
        manager.get(HOME)
    for number in range(12):
        unit = make_unit(f"3{number:04}", f"Xã {number}", parent=cast.units.da_nang)
        making.begin(cast.manager, unit, year, timezone.now(), template=template)
    rebuild_reach()
    with django_assert_max_num_queries(len(first)):
        manager.get(HOME)
    page = page_of(approved.plan)
    with django_assert_max_num_queries(40) as one:
        manager.get(page)
    making.copy_tasks(making.with_lines(approved), approved, lambda task: {"key": uuid4()})
    with django_assert_max_num_queries(len(one)):
        manager.get(page)


def test_the_paper_goes_after_its_time_and_the_note_stays(cast, approved, settings):
    key = approved.tasks.first().key
    long_ago = timezone.now() - settings.RETENTION["plan_papers"] - timedelta(days=1)
    said = Said(today(), 1, None, "Số 12")
    row = recording.say(cast.unit_head, approved.plan, key, said, papers.cleaned_paper(photo()), long_ago)
    assert private_files.exists(row.paper)
    again = recording.say(cast.unit_head, approved.plan, key, said, None, timezone.now())
    assert again.paper == row.paper
    papers.end_old(timezone.now())
    again.refresh_from_db()
    assert again.paper
    Result.objects.update(recorded_at=long_ago)
    papers.end_old(timezone.now())
    again.refresh_from_db()
    assert (again.paper, again.note) == ("", "Số 12")


def test_the_sections_of_the_annual_report_are_filled_from_what_happened(cast, approved, template):
    first = approved.tasks.first()
    recording.say(cast.unit_head, approved.plan, first.key, Said(today(), 4, 900_000, ""), None, timezone.now())
    places = places_of(cast.units.da_nang, today())
    asked = Asked(places, today().replace(month=1, day=1), today(), timezone.now(), str)
    made = told(asked)
    values = values_of(made.figures, made.annexes)
    assert values["ke_hoach.so_don_vi"] == 1
    assert values["ke_hoach.so_viec"] == 2
    assert values["ke_hoach.xong"] == 1
    assert values["ke_hoach.chua_ro"] >= 2
    assert values["ke_hoach.xong.truyen_thong"] == 1
    before = Asked(places, today(), today(), timezone.now() - timedelta(days=1), str)
    assert told(before).groups == ()
