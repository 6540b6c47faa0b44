"""Every address that exports a table: no cell can be run as a formula, none holds a control character."""

import csv
import io
import re
import zipfile
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone
from factories import make_course, make_duty, make_page, make_person, make_posting
from openpyxl import load_workbook
from reported import frozen_report
from sharing import shared
from sittings import sit
from wagtail.contrib.redirects.models import Redirect

from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.writing import Said
from campaigns.activities.made.writing import write as log_activity
from courses.classes.planned import planning, seating
from courses.completions.completion import Completion
from courses.plans.made import deciding, making, writing
from courses.plans.made.offers import published
from courses.plans.made.task import Task
from courses.questions.writing import create_or_update_question
from courses.reports.files import export_jobs
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from outbox.effects import Effect
from pages.home.page import create_home
from pages.models import TextPage
from people.log.audit import Act, record
from people.units.unit import Unit

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
FORMULA = "=HYPERLINK(1)"
RISKY = re.compile(r"^ *[=+\-@\t\r\n＝＋－＠]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NUMBER = re.compile(r"-?\d+(,\d+)?")


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def hostile(cast):
    """Whatever somebody else can write into a table begins like a formula."""
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    Unit.objects.filter(pk=cast.units.tay_giang.pk).update(name="@Xã\x0b Tây Giang")
    person = make_person("\x0b" + FORMULA, "+TG-9", email="h@example.vn")
    make_posting(person, cast.units.tay_giang, position="-Công chức\x1b")
    Completion.objects.create(
        person=person, course_key=COURSE, completed_on=date(2026, 11, 2), source="import", evidence="\t=QĐ 12"
    )
    record(Act.GRANTED, cast.manager, person=person, detail="+84 gọi")
    rebuild_all()
    return SimpleNamespace(**vars(cast), hostile=person)


def fetched(response) -> bytes:
    assert response.status_code == 200, response
    return b"".join(response.streaming_content) if response.streaming else response.content


def at(address):
    def export(cast, client_of):
        return {address: fetched(client_of(cast.administrator if "nhat-ky" in address else cast.manager).get(address))}

    return export


def in_the_background(kind):
    def export(cast, client_of, monkeypatch):
        monkeypatch.setattr(export_jobs, "ROWS_AT_ONCE", 1)
        client = client_of(cast.manager)
        client.post(f"/bao-cao/{COURSE}/48/can-bo/xuat.{kind}")
        drain(kinds={export_jobs.EXPORT})
        return {kind: fetched(client.get(f"/bao-cao/viec/{Effect.objects.get(kind=export_jobs.EXPORT).pk}/tep/"))}

    return export


def rejected_rows(cast, client_of):
    make_duty()
    client = client_of(cast.manager)
    lines = [
        "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay",
        "+X-1,Không,,,99999,,,01/07/2025,",
    ]
    file = SimpleUploadedFile("danh-sach.csv", "\n".join(lines).encode())
    page = client.get(client.post("/bao-cao/danh-sach/", {"file": file})["Location"]).content.decode()
    (address,) = re.findall(r'href="(/bao-cao/viec/\d+/tep/[^"]*)"', page)
    return {"rejected.xlsx": fetched(client.get(address))}


def own_data(cast, client_of):
    client = client_of(cast.hostile)
    client.post("/tai-khoan/du-lieu/")
    drain()
    answer = fetched(client.get(f"/tai-khoan/du-lieu/{Effect.objects.get(kind='own_data').pk}/tep/"))
    archive = zipfile.ZipFile(io.BytesIO(answer))
    return {name: archive.read(name) for name in archive.namelist() if name.endswith(".csv")}


def annual(name):
    """A file of a frozen annual report, or the table of whose numbers stand in it."""

    def export(cast, client_of):
        with time_machine.travel(NOW.replace(hour=23), tick=False):
            report = frozen_report(cast.units.da_nang, now=NOW.replace(hour=23))
            return {name: fetched(client_of(cast.manager).get(f"/bao-cao/nam/{report.pk}/{name}"))}

    return export


def of_wagtail(report, kind):
    def export(cast, client_of):
        page = make_page(create_home(), TextPage, FORMULA, slug="cong-thuc")
        page.save_revision(user=cast.manager, log_action=True).publish(user=cast.manager)
        page.refresh_from_db()
        page.locked, page.locked_by, page.locked_at = True, cast.manager, NOW
        page.save()
        Redirect.add_redirect("/cu", redirect_to="@moi")
        superuser = make_person("Siêu Quản Trị", "SU", is_superuser=True)
        return {kind: fetched(client_of(superuser).get(reverse(report), {"export": kind}))}

    return export


def of_a_class(kind):
    def export(cast, client_of):
        start = timezone.now() + timedelta(days=1)
        meetings = [planning.MeetingTimes(start, start + timedelta(hours=1), "Phòng")]
        fields = {"course_key": COURSE, "unit": cast.units.tay_giang, "title": FORMULA, "seats": 5}
        made = planning.plan(cast.manager, fields, meetings, timezone.now())
        seating.invite(cast.manager, made, [cast.hostile.pk], timezone.now())
        return {kind: fetched(client_of(cast.manager).get(f"/lop-tap-huan/lop/{made.pk}/diem-danh.{kind}"))}

    return export


def of_a_plan(address):
    """A task whose title begins like a formula, from the province's template to a commune's approved plan."""

    def export(cast, client_of):
        year, now, day = NOW.year, timezone.now(), NOW.date()
        template = making.begin_template(cast.manager, cast.units.da_nang, year, now)
        task = Task(kind="tap_huan", title=FORMULA, first_day=day, last_day=day)
        writing.write_task(template, task, [])
        deciding.publish(cast.manager, template, now)
        version = making.begin(cast.unit_head, cast.units.tay_giang, year, now, template=published([year])[0])
        deciding.submit(cast.unit_head, version, now)
        deciding.approve(cast.manager, version, now)
        return {address: fetched(client_of(cast.manager).get(address.format(plan=version.plan_id)))}

    return export


def of_the_log(kind):
    """A unit whose name begins like a formula took part in an activity."""

    def export(cast, client_of):
        kind_of = ActivityKind.objects.create(key="noi-chuyen", name="Nói chuyện", measure="buoi")
        unit = cast.units.tay_giang
        said = Said(kind_of, unit, unit, None, NOW.date(), {"people": 30}, {}, ["vi"])
        log_activity(cast.editor, uuid4(), said, NOW, send=True)
        return {kind: fetched(client_of(cast.manager).get(f"/hoat-dong/so.{kind}?nam={NOW.year}"))}

    return export


def of_the_questions(kind):
    """A question that begins like a formula, answered."""

    def export(cast, client_of):
        quiz = make_course(questions=1).quiz
        row = quiz.questions.get()
        choices = [{"text": "+84", "right": True}, {"text": "@b"}]
        row.question = create_or_update_question(
            category="k", name="=1", kind="single_choice", text=FORMULA, choices=choices
        )
        row.save()
        sit(quiz, [[0], [1]])
        return {kind: fetched(client_of(cast.manager).get(f"/bao-cao/cau-hoi/{quiz.translation_key}/xuat.{kind}"))}

    return export


MOVED, SEVERAL = (f"/bao-cao/{COURSE}/20455/{what}/" for what in ("bien-dong", "gop"))
# address pattern, or what stands for it: (export, what a guarded cell of it holds; None: nothing of others is in it)
EXPORTS = {
    "bao-cao/<slug:requirement>/<str:code>/xuat.csv": (at(f"/bao-cao/{COURSE}/48/xuat.csv"), "'@Xã Tây Giang"),
    "bao-cao/<slug:requirement>/<str:code>/xuat.xlsx": (at(f"/bao-cao/{COURSE}/48/xuat.xlsx"), "'@Xã Tây Giang"),
    "bao-cao/<slug:requirement>/<str:code>/can-bo/xuat.csv": (
        at(f"/bao-cao/{COURSE}/48/can-bo/xuat.csv"),
        "'" + FORMULA,
    ),
    "bao-cao/<slug:requirement>/<str:code>/can-bo/xuat.xlsx": (
        at(f"/bao-cao/{COURSE}/48/can-bo/xuat.xlsx"),
        "'-Công chức",
    ),
    "bao-cao/<slug:requirement>/<str:code>/bien-dong/xuat.csv": (at(f"{MOVED}xuat.csv"), None),
    "bao-cao/<slug:requirement>/<str:code>/bien-dong/xuat.xlsx": (at(f"{MOVED}xuat.xlsx"), "'@Xã Tây Giang (20455)"),
    "bao-cao/<slug:requirement>/<str:code>/bien-dong/can-bo/xuat.csv": (at(f"{MOVED}can-bo/xuat.csv"), "'+TG-9"),
    "bao-cao/<slug:requirement>/<str:code>/bien-dong/can-bo/xuat.xlsx": (
        at(f"{MOVED}can-bo/xuat.xlsx"),
        "'" + FORMULA,
    ),
    "bao-cao/<slug:requirement>/<str:code>/gop/xuat.csv": (
        at(f"{SEVERAL}xuat.csv?theo=chuc-danh"),
        "'-Công chức",
    ),
    "bao-cao/<slug:requirement>/<str:code>/gop/xuat.xlsx": (at(f"{SEVERAL}xuat.xlsx"), "'@Xã Tây Giang (20455)"),
    "bao-cao/<slug:requirement>/<str:code>/gop/can-bo/xuat.csv": (at(f"{SEVERAL}can-bo/xuat.csv"), "'+TG-9"),
    "bao-cao/<slug:requirement>/<str:code>/gop/can-bo/xuat.xlsx": (at(f"{SEVERAL}can-bo/xuat.xlsx"), "'" + FORMULA),
    "bao-cao/nam/<int:pk>/tra-so.xlsx": (annual("tra-so.xlsx"), "'+TG-9"),
    "annual report, CSV": (annual("tep/can-bo.csv"), None),
    "annual report, XLSX": (annual("tep/so-lieu.xlsx"), None),
    "bao-cao/nhap/<slug:kind>/mau.csv": (at("/bao-cao/nhap/mien/mau.csv"), None),
    "bao-cao/nhap/<slug:kind>/mau.xlsx": (at("/bao-cao/nhap/don-vi/mau.xlsx"), None),
    "bao-cao/danh-sach/mau.csv": (at("/bao-cao/danh-sach/mau.csv"), None),
    "bao-cao/danh-sach/mau.xlsx": (at("/bao-cao/danh-sach/mau.xlsx"), None),
    "bao-cao/danh-sach/xuat.csv": (at("/bao-cao/danh-sach/xuat.csv"), "'+TG-9"),
    "bao-cao/danh-sach/xuat.xlsx": (at("/bao-cao/danh-sach/xuat.xlsx"), "'-Công chức"),
    "lop-tap-huan/lop/<int:pk>/diem-danh.csv": (of_a_class("csv"), "'+TG-9"),
    "lop-tap-huan/lop/<int:pk>/diem-danh.xlsx": (of_a_class("xlsx"), "'" + FORMULA),
    "ke-hoach/ban/<int:pk>/ke-hoach.csv": (of_a_plan("/ke-hoach/ban/{plan}/ke-hoach.csv"), "'" + FORMULA),
    "ke-hoach/ban/<int:pk>/ke-hoach.xlsx": (of_a_plan("/ke-hoach/ban/{plan}/ke-hoach.xlsx"), "'" + FORMULA),
    "ke-hoach/tong-hop/<int:year>/bang.csv": (of_a_plan("/ke-hoach/tong-hop/2026/bang.csv"), "'" + FORMULA),
    "ke-hoach/tong-hop/<int:year>/bang.xlsx": (of_a_plan("/ke-hoach/tong-hop/2026/bang.xlsx"), "'" + FORMULA),
    "bao-cao/cau-hoi/<uuid:quiz_key>/xuat.csv": (of_the_questions("csv"), "'" + FORMULA),
    "bao-cao/cau-hoi/<uuid:quiz_key>/xuat.xlsx": (of_the_questions("xlsx"), "'" + FORMULA),
    "hoat-dong/so.csv": (of_the_log("csv"), "'@Xã Tây Giang"),
    "hoat-dong/so.xlsx": (of_the_log("xlsx"), "'@Xã Tây Giang"),
    "hoat-dong/do-phu/bang.csv": (at("/hoat-dong/do-phu/bang.csv"), "'@Xã Tây Giang"),
    "hoat-dong/do-phu/bang.xlsx": (at("/hoat-dong/do-phu/bang.xlsx"), "'@Xã Tây Giang"),
    "truong-hoc/bao-phu/bang.csv": (at("/truong-hoc/bao-phu/bang.csv"), "'@Xã Tây Giang"),
    "truong-hoc/bao-phu/bang.xlsx": (at("/truong-hoc/bao-phu/bang.xlsx"), "'@Xã Tây Giang"),
    "hoat-dong/bao-cao-30-7/bang.csv": (at("/hoat-dong/bao-cao-30-7/bang.csv"), None),
    "hoat-dong/bao-cao-30-7/bang.xlsx": (at("/hoat-dong/bao-cao-30-7/bang.xlsx"), None),
    "tai-khoan/nhat-ky/tat-ca/xuat.csv": (at("/tai-khoan/nhat-ky/tat-ca/xuat.csv"), "'+84 gọi"),
    "a long list, CSV": (in_the_background("csv"), "'+TG-9"),
    "a long list, XLSX": (in_the_background("xlsx"), "'+TG-9"),
    "rows of a roster that were refused": (rejected_rows, "'+X-1"),
    "my own data": (own_data, "'\t=QĐ 12"),
    "Wagtail: history, CSV": (of_wagtail("wagtailadmin_reports:site_history", "csv"), "'" + FORMULA),
    "Wagtail: history, XLSX": (of_wagtail("wagtailadmin_reports:site_history", "xlsx"), "'" + FORMULA),
    "Wagtail: locked pages, CSV": (of_wagtail("wagtailadmin_reports:locked_pages", "csv"), "'" + FORMULA),
    "Wagtail: aging pages, CSV": (of_wagtail("wagtailadmin_reports:aging_pages", "csv"), "'" + FORMULA),
    "Wagtail: redirects, CSV": (of_wagtail("wagtailredirects:index", "csv"), "'@moi"),
}


def cells(content: bytes) -> list:
    if content.startswith(b"PK"):
        return [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    text = content.decode("utf-8-sig")
    return [
        cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text else ",") for cell in row
    ]


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_in_a_table_can_be_run(hostile, client_of, monkeypatch, name):
    export, guarded = EXPORTS[name]
    more = (monkeypatch,) if "a long list" in name else ()
    files = export(hostile, client_of, *more)
    all_cells = [cell for content in files.values() for cell in cells(content)]
    texts = [cell if isinstance(cell, str) else cell.value for cell in all_cells]
    texts = [text for text in texts if isinstance(text, str)]
    assert [text for text in texts if RISKY.match(text) and not NUMBER.fullmatch(text)] == []
    assert [text for text in texts if CONTROL.search(text)] == []
    assert not [cell for cell in all_cells if getattr(cell, "data_type", "s") == "f"]
    assert guarded is None or guarded in texts, texts


def test_the_table_names_every_address_of_a_table():
    def patterns(resolver, before=""):
        for one in resolver.url_patterns:
            if hasattr(one, "url_patterns"):
                yield from patterns(one, before + str(one.pattern))
            else:
                yield before + str(one.pattern)

    files = {all_cells for all_cells in patterns(get_resolver()) if re.search(r"\.(csv|xlsx)\$?$", all_cells)}
    assert files == {name for name in EXPORTS if re.search(r"\.(csv|xlsx)$", name)}
