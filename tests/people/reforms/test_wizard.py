"""The wizard: a reform is drafted by hand or from tables, looked at, applied, and taken back, on its screens."""

from datetime import date, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories import make_person, make_posting
from openpyxl import Workbook
from sharing import shared

from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.log.audit import Act, Entry
from people.postings.posting import Posting
from people.reforms.reform import Reform, ReformState
from people.units.successions import Reach, Succession, rebuild_reach
from people.units.unit import Unit

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 3, 2, 9))
ON = date(2026, 3, 1)
HOME = "/tai-khoan/sap-xep/"


@shared(on=NOW)
def counted(cast):
    rebuild_reach()
    seed_requirements(NOW)
    rebuild_all()


@pytest.fixture(autouse=True)
def monday(counted):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def boss(client_of, cast):
    return client_of(cast.manager)


def begun(boss, on="01/03/2026") -> Reform:
    answer = boss.post(HOME, {"decree": "Nghị quyết 12/NQ-HĐND", "on": on})
    assert answer.status_code == 302, answer.context["form"].errors
    return Reform.objects.get(pk=int(answer.url.split("/")[-2]))


def added(boss, reform, what, **form):
    answer = boss.post(f"{HOME}{reform.pk}/ghi/{what}/", form)
    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["form"].non_field_errors())
    reform.refresh_from_db()


def looked(boss, reform):
    """The page of the preview."""
    return boss.get(boss.post(f"{HOME}{reform.pk}/").url)


def applied(boss, reform):
    page = looked(boss, reform)
    assert page.context["result"]["wrong"] == []
    boss.post(page.request["PATH_INFO"])
    reform.refresh_from_db()
    assert reform.state == ReformState.CARRIED
    return page


def seen_back(boss, reform):
    """The page of what taking it back would do."""
    boss.post(f"{HOME}{reform.pk}/hoan-tac/", {"xem": "1"})
    return boss.get(f"{HOME}{reform.pk}/hoan-tac/")


def taken_back(boss, reform):
    page = seen_back(boss, reform)
    assert page.context["look"]["obstacles"] == []
    boss.post(f"{HOME}{reform.pk}/hoan-tac/")
    reform.refresh_from_db()


def parts(*cells):
    """The fields of the form for parts (code, name)."""
    return {f"phan-{n}-{name}": value for n, part in enumerate(cells, start=1)
            for name, value in zip(("code", "name"), part, strict=True)}  # fmt: skip


def standing_at(unit, day=ON):
    return Reach.objects.filter(unit=unit, depth=0, start__lte=day).order_by("-start").first()


def test_two_communes_become_one_and_nobody_is_lost_or_counted_twice(boss, cast):
    make_posting(cast.learner, cast.units.avuong, position="Kiêm nhiệm")
    rebuild_all()
    reform = begun(boss)
    added(boss, reform, "gop", olds="20455\nXã Avương", code="20701", name="Xã Sông Vàng")
    page = applied(boss, reform)
    assert "Chưa có gì thay đổi" in page.content.decode()
    lines = {line["name"]: line for line in page.context["result"]["figures"][0]["lines"]}
    assert lines["Xã Sông Vàng"]["before"] is None
    assert lines["Xã Sông Vàng"]["after"] == [1, 0, 0]
    assert lines["Xã Tây Giang"]["before"] == lines["Xã Avương"]["before"] == [1, 0, 0]
    assert lines["Thành phố Đà Nẵng"]["before"] == lines["Thành phố Đà Nẵng"]["after"]
    # what was foreseen is what is
    assert coverage("nhan-dien-nan-nhan", unit="20701", as_of=ON).total.required == 1
    new = Unit.objects.get(code="20701")
    assert (new.kind, new.sector, new.parent) == ("xa", "chinh_quyen", cast.units.da_nang)
    assert standing_at(cast.units.tay_giang).ancestor == standing_at(cast.units.avuong).ancestor == new
    assert set(Succession.objects.filter(new=new).values_list("decree", flat=True)) == {"Nghị quyết 12/NQ-HĐND"}
    assert Entry.objects.filter(act=Act.REFORMED, by=cast.manager).count() == 1


def test_a_commune_goes_into_another_that_goes_on(boss, cast):
    reform = begun(boss)
    added(boss, reform, "gop", olds="Avương", code="20455")
    applied(boss, reform)
    assert standing_at(cast.units.avuong).ancestor == cast.units.tay_giang
    assert Unit.objects.get(pk=cast.units.tay_giang.pk).valid_to is None


def test_a_split_names_its_heir_and_posts_chosen_people_to_another_part(boss, cast):
    other = make_person("Bríu Thị Nga", "TG-002")
    make_posting(other, cast.units.tay_giang)
    rebuild_all()
    reform = begun(boss)
    added(boss, reform, "tach", old="20455", **parts(("20801", "Xã Đông Giang"), ("20802", "Xã Bắc Giang")))
    page = looked(boss, reform)
    assert page.context["result"]["undivided"] == ["Xã Tây Giang"]
    address = f"{HOME}{reform.pk}/phan/20455/"
    shown = boss.get(address)
    assert {one.person.full_name for one in shown.context["page"].object_list} == {"Alăng Thị Hà", "Bríu Thị Nga"}
    posting = Posting.objects.get(person=other)
    boss.post(address, {"thua-ke": "20801", f"nguoi-{posting.pk}": "20802"})
    page = applied(boss, reform)
    assert page.context["result"]["posted"] == [{"name": "Bríu Thị Nga", "part": "Xã Bắc Giang"}]
    counted = {code: coverage("nhan-dien-nan-nhan", unit=code, as_of=ON).total.required for code in ("20801", "20802")}
    assert counted == {"20801": 1, "20802": 1}
    lines = {line["name"]: line for line in page.context["result"]["figures"][0]["lines"]}
    assert [lines[name]["after"][0] for name in ("Xã Đông Giang", "Xã Bắc Giang")] == [1, 1]
    held = Posting.objects.current().filter(person=other).order_by("start")
    assert [(one.unit.code, one.start, one.end) for one in held] == [
        ("20455", date(2025, 7, 1), date(2026, 2, 28)), ("20802", ON, None),
    ]  # fmt: skip
    # nobody else was rewritten
    assert Posting.objects.filter(person=cast.learner).count() == 1
    taken_back(boss, reform)
    held = Posting.objects.current().filter(person=other)
    assert [(one.unit.code, one.end) for one in held] == [("20455", None)]


def test_a_unit_gets_another_name_and_keeps_its_code(boss, cast):
    reform = begun(boss)
    added(boss, reform, "doi-ten", old="Avương", name="Xã A Vương")
    applied(boss, reform)
    assert Unit.objects.filter(code="20458").order_by("valid_from").last().name == "Xã A Vương"
    assert Unit.objects.get(pk=cast.units.avuong.pk).valid_to == date(2026, 2, 28)


def test_tables_give_the_rows_of_the_day_and_say_how_many_are_of_another(boss):
    reform = begun(boss)
    units = "ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay\n20701,Xã Sông Vàng,xa,,48,2026-03-01,\n"
    units += "20999,Khác,xa,,48,2026-05-01,\n"
    passed = "ma_cu,ma_moi,thua_ke,quyet_dinh,ngay\n20455,20701,,QĐ 5,2026-03-01\n20458,20701,,,2026-03-01\n"
    files = {
        "units": SimpleUploadedFile("u.csv", units.encode()),
        "successions": SimpleUploadedFile("s.csv", passed.encode()),
    }
    answer = boss.post(f"{HOME}{reform.pk}/bang/", files, follow=True)
    text = answer.content.decode()
    assert "Đã lấy 1 đơn vị, 2 dòng chuyển." in text
    assert "1 dòng của ngày khác được bỏ qua." in text
    applied(boss, reform)
    assert sorted(Succession.objects.filter(on=ON).values_list("decree", flat=True)) == [
        "Nghị quyết 12/NQ-HĐND",
        "QĐ 5",
    ]


def test_a_wrong_row_takes_nothing_in_and_is_named(boss):
    reform = begun(boss)
    units = "ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay\n20701,Xã Sông Vàng,lang,,48,2026-03-01,\n"
    answer = boss.post(f"{HOME}{reform.pk}/bang/", {"units": SimpleUploadedFile("u.csv", units.encode())})
    assert answer.status_code == 422
    assert "Dòng 2, loai (20701)" in answer.content.decode()
    reform.refresh_from_db()
    assert reform.acts == []


def hidden_row() -> SimpleUploadedFile:
    """A table of units in which a filter hides one row."""
    book, content = Workbook(), BytesIO()
    book.active.append(["ma", "ten", "loai", "nganh", "ma_cha", "tu_ngay", "den_ngay"])
    for code, name in (("20701", "Xã Sông Vàng"), ("20702", "Xã Bến Giằng")):
        book.active.append([code, name, "xa", "", "48", "2026-03-01", ""])
    book.active.row_dimensions[3].hidden = True
    book.save(content)
    return SimpleUploadedFile("u.xlsx", content.getvalue())


@pytest.mark.parametrize(("answer", "taken"), [("nhap", ["20701", "20702"]), ("bo_dong", ["20701"])])
def test_what_only_the_sender_can_know_is_asked_and_answered_on_the_page(boss, answer, taken):
    reform = begun(boss)
    asked = boss.post(f"{HOME}{reform.pk}/bang/", {"units": hidden_row()})
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "Cần anh chị trả lời" in text
    assert "dòng sai" not in text
    token = asked.context["token"]
    reform.refresh_from_db()
    assert reform.acts == []
    still = boss.post(f"{HOME}{reform.pk}/bang/", {"tep": token, "answers": "1"})
    assert "Cần anh chị trả lời" in still.content.decode()
    boss.post(f"{HOME}{reform.pk}/bang/", {"tep": token, "answers": "1", "tra_loi:dong_an:*": answer})
    reform.refresh_from_db()
    assert [row["ma"] for one in reform.acts for row in one["units"]] == taken
    # the files went with the answer
    gone = boss.post(f"{HOME}{reform.pk}/bang/", {"tep": token, "answers": "1", "tra_loi:dong_an:*": answer})
    assert "không còn được giữ" in gone.content.decode()


def test_files_that_another_sent_or_for_another_reform_are_not_read(boss, client_of, cast):
    reform, other = begun(boss), begun(boss)
    token = boss.post(f"{HOME}{reform.pk}/bang/", {"units": hidden_row()}).context["token"]
    answers = {"tep": token, "answers": "1", "tra_loi:dong_an:*": "nhap"}
    for client, pk, tep in (
        (boss, other.pk, token),
        (client_of(cast.administrator), reform.pk, token),
        (boss, reform.pk, token[:-2]),
    ):
        page = client.post(f"{HOME}{pk}/bang/", {**answers, "tep": tep})
        assert "không còn được giữ" in page.content.decode()
    assert [one.acts for one in Reform.objects.all()] == [[], []]


@pytest.mark.parametrize(
    ("what", "form", "said"),
    [
        ("gop", {"olds": "99999\n20458", "code": "1", "name": "A"}, "không có đơn vị nào mã hay tên là “99999”"),
        ("gop", {"olds": "Xã", "code": "1", "name": "A"}, "có thể là:"),
        ("gop", {"olds": "20458", "code": "1", "name": "A"}, "Gộp cần ít nhất hai đơn vị."),
        ("gop", {"olds": "20458\n20455", "code": "77777"}, "đơn vị mới thì ghi cả tên"),
        ("gop", {"olds": "20458\n20455", "code": "20695", "name": "A"}, "Mã 20695 đang là của “Xã Thạnh Mỹ”"),
        ("doi-ten", {"old": "20458", "name": "Xã Avương"}, "Tên này là tên đang có."),
        ("tach", {"old": "20458", **parts(("1", "A"))}, "Ghi ít nhất hai phần"),
    ],
)
def test_what_cannot_be_is_said_beside_what_was_typed(boss, what, form, said):
    reform = begun(boss)
    answer = boss.post(f"{HOME}{reform.pk}/ghi/{what}/", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    for value in form.values():
        assert value.splitlines()[0] in answer.content.decode()


def test_a_draft_whose_rows_contradict_what_is_known_is_not_applied(boss):
    reform = begun(boss)
    added(boss, reform, "gop", olds="20455\n20458", code="20702", name="Xã Mới", parent="khong-co")
    page = looked(boss, reform)
    assert "Không có đơn vị mã khong-co" in page.content.decode()
    boss.post(page.request["PATH_INFO"])
    reform.refresh_from_db()
    assert reform.is_draft


def test_units_that_changed_since_the_preview_stop_the_reform(boss, cast):
    reform, other = begun(boss), begun(boss)
    added(boss, reform, "gop", olds="Avương", code="20455")
    added(boss, other, "doi-ten", old="20455", name="Xã Tây Giang Thượng")
    page = looked(boss, reform)
    applied(boss, other)
    boss.post(page.request["PATH_INFO"])
    reform.refresh_from_db()
    assert reform.is_draft
    assert "Đơn vị đã thay đổi sau khi xem trước" in boss.get(f"{HOME}{reform.pk}/").content.decode()


def test_an_act_leaves_the_draft_and_the_draft_is_dropped(boss):
    reform = begun(boss)
    added(boss, reform, "gop", olds="Avương", code="20455")
    added(boss, reform, "doi-ten", old="20695", name="Xã Thạnh Mỹ Mới")
    boss.post(f"{HOME}{reform.pk}/", {"bo": "0"})
    reform.refresh_from_db()
    assert [one["said"] for one in reform.acts] == ["Đổi tên Xã Thạnh Mỹ thành Xã Thạnh Mỹ Mới"]
    boss.post(f"{HOME}{reform.pk}/", {"xoa": "1"})
    assert not Reform.objects.filter(pk=reform.pk).exists()


def test_what_was_applied_is_a_draft_no_more(boss):
    reform = begun(boss)
    added(boss, reform, "gop", olds="Avương", code="20455")
    applied(boss, reform)
    for address in ("bang/", "ghi/gop/", "phan/20455/"):
        assert boss.get(f"{HOME}{reform.pk}/{address}").status_code == 404
    boss.post(f"{HOME}{reform.pk}/", {"xoa": "1"})
    assert Reform.objects.filter(pk=reform.pk).exists()


def test_taking_it_back_is_seen_beforehand_and_done_once(boss, cast):
    reform = begun(boss)
    added(boss, reform, "gop", olds="20455\n20458", code="20701", name="Xã Sông Vàng")
    applied(boss, reform)
    page = seen_back(boss, reform)
    assert page.context["look"]["obstacles"] == []
    assert Unit.objects.filter(code="20701").exists()
    for _time in range(2):
        boss.post(f"{HOME}{reform.pk}/hoan-tac/")
    reform.refresh_from_db()
    assert reform.state == ReformState.REVERSED
    assert not Unit.objects.filter(code="20701").exists()
    assert Unit.every.filter(code="20701", believed=False).count() == 1
    assert standing_at(cast.units.avuong).ancestor == cast.units.avuong
    assert "Không có gì được viết thêm ở đó." in boss.get(f"{HOME}{reform.pk}/hoan-tac/").content.decode()
    assert Entry.objects.filter(act=Act.REFORM_BACK).count() == 1


def test_where_people_are_posted_since_nothing_goes_back(boss, cast):
    reform = begun(boss)
    added(boss, reform, "gop", olds="20455\n20458", code="20701", name="Xã Sông Vàng")
    applied(boss, reform)
    make_posting(cast.stranger, Unit.objects.get(code="20701"), start=ON)
    page = seen_back(boss, reform)
    assert "Sau đó đã có dữ liệu khác ở đơn vị này nên giữ." in page.content.decode()
    boss.post(f"{HOME}{reform.pk}/hoan-tac/")
    reform.refresh_from_db()
    assert (reform.reversed_at, reform.reversing_at) == (None, None)


def test_a_reform_on_which_a_later_one_stands_goes_back_after_it(boss):
    first = begun(boss, "01/02/2026")
    added(boss, first, "gop", olds="20455\n20458", code="20701", name="Xã Sông Vàng")
    applied(boss, first)
    second = begun(boss)
    added(boss, second, "doi-ten", old="20701", name="Xã Sông Kôn")
    applied(boss, second)
    assert len(seen_back(boss, first).context["look"]["obstacles"]) == 1
    for reform in (second, first):
        taken_back(boss, reform)
        assert reform.state == ReformState.REVERSED


def test_figures_as_known_in_between_stay(boss, cast, monday, client_of):
    reform = begun(boss)
    added(boss, reform, "gop", olds="20455\n20458", code="20701", name="Xã Sông Vàng")
    applied(boss, reform)
    asked = {"unit": "20701", "as_of": ON, "known_on": ON.replace(day=2)}
    monday.shift(3 * 24 * 3600)
    between = coverage("nhan-dien-nan-nhan", **asked).as_dict()
    assert between["required"] == 1
    # her session ended meanwhile
    taken_back(client_of(cast.manager), reform)
    assert reform.reversed_at is not None
    monday.shift(3 * 24 * 3600)
    assert coverage("nhan-dien-nan-nhan", **asked).as_dict() == between


def test_the_list_and_a_reform_ask_the_same_queries_however_many(boss, django_assert_max_num_queries):
    for _time in range(3):
        reform = begun(boss)
        added(boss, reform, "gop", olds="Avương", code="20455")
    boss.get(HOME)
    # the session, the person, roles for the menu and the gate, the count, the rows
    with django_assert_max_num_queries(16):
        boss.get(HOME)
    with django_assert_max_num_queries(18):
        boss.get(f"{HOME}{reform.pk}/")


def test_nobody_of_one_commune_sees_a_draft(client_of, cast, boss):
    reform = begun(boss)
    for person in (cast.trainer, cast.unit_head, cast.editor, cast.observer, cast.learner):
        for address in (HOME, f"{HOME}{reform.pk}/"):
            assert client_of(person).get(address).status_code == 403
    assert client_of().get(HOME).status_code == 302
