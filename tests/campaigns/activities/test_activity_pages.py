"""The pages under /hoat-dong/: an activity from its form to the log, and nobody in another's."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories import make_person, make_unit
from openpyxl import load_workbook
from PIL import Image

from campaigns.activities.made import evidence
from campaigns.activities.made.activity import Activity, ActivityState
from campaigns.activities.made.complete import LogComplete, SpokenThere
from campaigns.activities.made.evidence import Evidence
from campaigns.activities.made.hamlet import Hamlet, in_order
from campaigns.activities.made.rules import Mark
from campaigns.activities.told.queued import activities as queued
from outbox.private_files import private_files
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk, waiting_for
from people.times import today
from people.units.successions import rebuild_reach
from people.units.unit import UnitKind

pytestmark = pytest.mark.django_db
HOME = "/hoat-dong/"
KEY = re.compile(r'name="key" value="([0-9a-f-]{36})"')
TYPED = {"quantity": "1", "people": "1.250", "women": "600", "minors": "dưới 5", "languages": ["vi", "ktv"]}


def typed(**more):
    return {"on": f"{today():%d/%m/%Y}", "audience": "moi_nguoi", "act": "send", **TYPED, **more}


def photo():
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("anh.jpg", made.getvalue(), "image/jpeg")


def page_of(row):
    return f"{HOME}muc/{row.key}/"


def test_from_the_form_to_the_log(client_of, log):
    editor, head = client_of(log.editor), client_of(log.unit_head)
    assert "Buổi nói chuyện ở thôn" in editor.get(f"{HOME}ghi/").content.decode()
    form = editor.get(f"{HOME}ghi/noi-chuyen/").content.decode()
    key = KEY.search(form)[1]
    answer = editor.post(f"{HOME}ghi/noi-chuyen/", typed(key=key, hamlet=str(log.hamlet.pk)))
    assert answer.url == f"{HOME}muc/{key}/"
    # the finger that came down twice
    assert editor.post(f"{HOME}ghi/noi-chuyen/", typed(key=key)).url == answer.url
    row = Activity.objects.get(key=key)
    assert (row.people, row.women, row.minors_mark, row.hamlet) == (1250, 600, Mark.SMALL, log.hamlet)
    shown = head.get(answer.url).content.decode()
    assert "1.250" in shown
    assert "dưới 5" in shown
    for page in (shown, editor.get(answer.url).content.decode(), editor.get(f"{answer.url}sua/").content.decode()):
        assert "Agrồng" not in page.replace(f'value="{log.hamlet.pk}"', "") or 'value="giu" selected' in page
    assert "Agrồng" not in shown
    assert editor.post(answer.url, {"act": "verify", "pk": row.pk}).status_code == 403
    head.post(answer.url, {"act": "verify", "pk": row.pk})
    row.refresh_from_db()
    assert row.is_standing
    assert "1.250 lượt người" in editor.get(HOME).content.decode()


def test_a_correction_keeps_the_place_and_shows_it_to_nobody(client_of, log, verified):
    row = verified(people=30, women=28, hamlet=log.hamlet)
    editor = client_of(log.editor)
    page = editor.get(f"{page_of(row)}sua/").content.decode()
    assert "không nêu" in page
    assert f'<option value="{log.hamlet.pk}" selected' not in page
    sent = typed(people="40", women="không nêu", minors="", hamlet="giu")
    assert editor.post(f"{page_of(row)}sua/", sent).status_code == 302
    again = Activity.objects.open().get(key=row.key)
    assert (again.people, again.women_mark, again.hamlet) == (40, Mark.REST, log.hamlet)
    assert "Bản đang được tính" in editor.get(page_of(row)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "32/13/2026"}, "ngày"),
        ({"people": "nhiều"}, "Ghi bằng chữ số"),
        ({"people": "9" * 20}, "Ghi bằng chữ số"),
        ({"women": "2.000"}, "Lớn hơn tổng số lượt"),
        ({"people": ""}, "Ghi tổng số lượt trước"),
        ({"quantity": "0"}, "Ghi số lớn hơn 0"),
        ({"languages": []}, "languages_error"),
        ({"others": "Xã Không Có Thật"}, "Không có đơn vị"),
        ({"hamlet": "999999"}, "hamlet_error"),
        ({"note": "Gọi anh Tư 0905 123 456"}, "số điện thoại"),
        ({"audience": "ai_do"}, "audience_error"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(client_of, log, wrong, said):
    answer = client_of(log.editor).post(f"{HOME}ghi/noi-chuyen/", typed(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_day_to_come_is_refused(client_of, log):
    answer = client_of(log.editor).post(f"{HOME}ghi/noi-chuyen/", typed(on=f"{today() + timedelta(days=2):%d/%m/%Y}"))
    assert "tương lai" in answer.content.decode()


@pytest.mark.parametrize("kind", ["phat-loa", "bai-dang", "cam-ket", "ap-phich", "to-gap"])
def test_each_kind_asks_what_it_counts(client_of, log, kind):
    editor = client_of(log.editor)
    page = editor.get(f"{HOME}ghi/{kind}/").content.decode()
    assert ('name="people"' in page) is (kind == "cam-ket")
    assert ('name="minutes"' in page) is (kind == "phat-loa")
    assert ('name="views"' in page) is (kind == "bai-dang")
    sent = typed(minutes="20", views="150", people="40", women="12", minors="")
    answer = editor.post(f"{HOME}ghi/{kind}/", sent)
    assert answer.status_code == 302
    row = Activity.objects.get()
    assert (row.people is None) is (kind != "cam-ket")
    assert client_of(log.unit_head).get(answer.url).status_code == 200


def test_who_has_no_commune_says_where(client_of, log):
    post = make_unit("BP1", "Đồn Biên phòng", UnitKind.AGENCY, log.units.da_nang)
    rebuild_reach()
    guard = make_person("Thủ Trưởng Đồn")
    give(guard, RoleKind.UNIT_HEAD, post)
    client = client_of(guard)
    assert "Chọn xã" in client.post(f"{HOME}ghi/mit-tinh/", typed()).content.decode() or Activity.objects.count() == 0
    answer = client.post(f"{HOME}ghi/mit-tinh/", typed(commune=log.units.tay_giang.pk, others="Xã Tây Giang"))
    assert answer.status_code == 302
    row = Activity.objects.get()
    assert (row.unit, row.commune, [*row.others.all()]) == (post, log.units.tay_giang, [log.units.tay_giang])
    assert "Đồn Biên phòng" in client_of(log.unit_head).get(answer.url).content.decode()


def test_a_school_is_named_to_its_own_alone(client_of, log, said, sent):
    school = make_unit("TH9", "Trường Ban Mai", UnitKind.SCHOOL, log.units.tay_giang)
    rebuild_reach()
    teacher = make_person("Cô Giáo")
    give(teacher, RoleKind.TEACHER, school)
    answer = client_of(teacher).post(f"{HOME}ghi/ngoai-khoa/", typed(people="80", women="40", minors="80"))
    assert "Trường Ban Mai" in client_of(teacher).get(answer.url).content.decode()
    trainer = client_of(log.trainer).get(answer.url).content.decode()
    assert "một trường ở Xã Tây Giang" in trainer or "Trường Ban Mai" in trainer
    file = client_of(log.manager).get(f"{HOME}so.csv").content.decode()
    assert "80" in file
    assert client_of(log.teacher).get(answer.url).status_code == 404


def test_anothers_activity_is_not_found_and_a_forbidden_act_is_refused(client_of, log, sent):
    row = sent(people=30)
    evidence.keep_photo(row.key, row.unit, evidence.cleaned_photo(photo()), log.editor, timezone.now())
    held = f"{HOME}anh/{Evidence.objects.get().pk}/"
    far = make_person("Biên Tập Xa")
    give(far, RoleKind.COMMUNE_EDITOR, log.units.thanh_my)
    for address in (page_of(row), f"{page_of(row)}sua/", held, f"{HOME}xa/{log.units.tay_giang.pk}/"):
        assert client_of(far).get(address).status_code == 404, address
    assert client_of(far).post(page_of(row), {"act": "withdraw", "reason": "x"}).status_code == 404
    assert client_of(far).post(f"{held}xoa/").status_code == 404
    # taking somebody else's key for one's own
    assert client_of(far).post(f"{HOME}ghi/noi-chuyen/", typed(key=str(row.key))).status_code == 404
    assert client_of(far).post(f"{HOME}xa/{log.units.tay_giang.pk}/", {"act": "complete"}).status_code == 404
    for person in (log.learner, log.stranger, log.translator, log.observer):
        assert client_of(person).get(page_of(row)).status_code == 403, person
    administrator = client_of(log.administrator)
    assert administrator.get(page_of(row)).status_code == 200
    assert administrator.post(page_of(row), {"act": "withdraw", "reason": "x"}).status_code == 403
    assert administrator.post(page_of(row), {"act": "verify", "pk": row.pk}).status_code == 403
    assert client_of(log.unit_head).get(f"{HOME}loai/").status_code == 403


def test_photographs_are_private_without_faces_and_end(client_of, log, sent):
    row = sent()
    editor = client_of(log.editor)
    refused = editor.post(page_of(row), {"act": "photo", "photo": photo()})
    assert "không có gương mặt" in refused.content.decode()
    assert not Evidence.objects.exists()
    editor.post(page_of(row), {"act": "photo", "photo": photo(), "without_faces": "on"})
    kept = Evidence.objects.get()
    address = f"{HOME}anh/{kept.pk}/"
    for person, status in ((log.editor, 200), (log.unit_head, 200), (log.manager, 200), (log.trainer, 404)):
        assert client_of(person).get(address).status_code == status, person
    name = kept.file
    evidence.end_old(timezone.now() + timedelta(days=729))
    assert private_files.exists(name)
    evidence.end_old(timezone.now() + timedelta(days=731))
    assert editor.get(address).status_code == 404
    assert "đã hết hạn giữ" in editor.get(page_of(row)).content.decode()


def test_a_photograph_is_deleted_by_who_wrote(client_of, log, sent, django_capture_on_commit_callbacks):
    row = sent()
    editor = client_of(log.editor)
    editor.post(page_of(row), {"act": "photo", "photo": photo(), "without_faces": "on"})
    kept = Evidence.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(f"{HOME}anh/{kept.pk}/xoa/").status_code == 302
    assert not private_files.exists(kept.file)


def test_hamlets_stand_as_people_list_them(client_of, log):
    for name in ("Thôn 10", "Thôn Đăng", "Thôn 2", "Thôn Zrượt", "Thôn Ating"):
        Hamlet.objects.create(commune=log.hamlet.commune, name=name)
    listed = in_order(Hamlet.objects.filter(commune=log.hamlet.commune).exclude(pk=log.hamlet.pk))
    names = ["Thôn 2", "Thôn 10", "Thôn Ating", "Thôn Đăng", "Thôn Zrượt"]
    assert [one.name for one in listed] == names
    page = client_of(log.editor).get(f"{HOME}ghi/noi-chuyen/").content.decode()
    places = [page.index(f">{name}</option>") for name in names]
    assert places == sorted(places)


def test_a_commune_keeps_its_hamlets_languages_and_whether_its_log_is_complete(client_of, log):
    page, editor = f"{HOME}xa/{log.units.tay_giang.pk}/", client_of(log.editor)
    editor.post(page, {"act": "hamlet", "name": "Thôn Arầng"})
    editor.post(page, {"act": "hamlet", "name": "thôn arầng"})
    assert Hamlet.objects.filter(commune=log.units.tay_giang).count() == 2
    editor.post(page, {"act": "end", "which": log.hamlet.pk})
    assert "Agrồng" not in editor.get(f"{HOME}ghi/noi-chuyen/").content.decode()
    editor.post(page, {"act": "complete", "until": f"{today():%d/%m/%Y}"})
    assert LogComplete.objects.get(superseded_at=None).until == today()
    assert "sổ đã đủ đến hết ngày" in editor.get(page).content.decode()
    editor.post(page, {"act": "incomplete"})
    assert not LogComplete.objects.filter(superseded_at=None).exists()
    later = f"{today() + timedelta(days=3):%d/%m/%Y}"
    assert editor.post(page, {"act": "complete", "until": later}).status_code == 422
    editor.post(page, {"act": "spoken", "languages": ["vi", "ktv"]})
    editor.post(page, {"act": "spoken", "languages": ["ktv"]})
    assert [*SpokenThere.objects.filter(superseded_at=None).values_list("language", flat=True)] == ["ktv"]
    assert SpokenThere.objects.count() == 2


def test_the_province_renames_a_kind(client_of, log):
    kind, manager = log.kinds["mit-tinh"], client_of(log.manager)
    manager.post(f"{HOME}loai/", {"which": kind.pk, "name": "Lễ mít tinh", "retired": "on"})
    kind.refresh_from_db()
    assert (kind.name, kind.retired) == ("Lễ mít tinh", True)
    assert client_of(log.editor).get(f"{HOME}ghi/mit-tinh/").status_code == 404
    assert manager.post(f"{HOME}loai/", {"which": kind.pk, "name": ""}).status_code == 422
    assert manager.post(f"{HOME}loai/", {"which": "x", "name": "a"}).status_code == 404


def test_the_log_as_a_file(client_of, log, verified):
    verified(people=30, women=3, note="Chữ nhỏ.")
    answer = client_of(log.unit_head).get(f"{HOME}so.xlsx?nam={today().year}")
    rows = [*load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert any(row[1] == "Xã Tây Giang" and "dưới 5" in row and 30 in row for row in rows)
    assert not any("Chữ nhỏ." in row for row in rows)


def test_the_log_asks_as_much_whatever_its_length(client_of, log, sent, django_assert_num_queries):
    client = client_of(log.unit_head)
    sent()
    client.get(HOME)
    with django_assert_num_queries(11) as few:
        client.get(HOME)
    for _n in range(5):
        sent()
    with django_assert_num_queries(len(few)):
        client.get(HOME)


def test_the_queue(log, sent):
    sent()
    row = sent(by=log.unit_head)
    Activity.objects.filter(pk=row.pk).update(state=ActivityState.BACK)

    def counts(person):
        return {str(one.title): one.count for one in waiting_for(Desk(Reader(person), today()))}

    assert counts(log.unit_head)["Hoạt động chờ anh chị xác nhận"] == 1
    assert counts(log.unit_head)["Hoạt động được gửi lại để sửa"] == 1
    assert "Hoạt động chờ anh chị xác nhận" not in counts(log.editor)
    assert queued(Desk(Reader(log.learner), today())) == []
