"""An import of a roster is undone row by row: what was believed before is recorded again, and the past stays known."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from people.changes.change import BulkChange, ChangedRow, ChangeState, Deed, Journal, Origin, Stopped
from people.log.audit import Act, Entry, about_person
from people.merging.merging import merge, take_back
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import RoleKind, give
from people.roster.importing import prepare_roster
from people.times import today
from people.undoing import carrying_out
from people.undoing.carrying_out import preview, undo

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
HA = "TG-9,Alăng Thị Hà,Ha@Example.vn,0905 123 456,20455,Công chức,ho_tro_nan_nhan|xac_minh,2025-07-01,"
SUNDAY, MONDAY, TUESDAY, WEDNESDAY = (timezone.make_aware(datetime(2026, 3, day, 9)) for day in (1, 2, 3, 4))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def bring(tmp_path, units):
    def bring(*lines, **options):
        path = tmp_path / "roster.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        prepare_roster(path, timezone.now(), **options).carry_out()
        return BulkChange.objects.filter(undoes=None).first()

    return bring


def undone(change, *, by=None, **which):
    return undo(change, change.rows.filter(**which), by)


def now_held(code="TG-9"):
    return [
        (one.unit.code, one.start, one.end, {duty.key for duty in one.duties.all()})
        for one in Posting.objects.current().filter(person__staff_code=code).order_by("start")
    ]


def test_a_person_whom_it_brought_stays_without_posting_and_cannot_sign_in(bring):
    change = bring(HA)
    assert (change.kind, change.name, change.state, change.written) == ("roster", "roster.csv", ChangeState.DONE, 2)
    assert undone(change)["going"] == 2
    person = User.objects.get(staff_code="TG-9")
    assert (person.full_name, person.email, person.phone, person.is_active) == ("Alăng Thị Hà", None, None, False)
    assert not person.has_usable_password()
    assert now_held() == []


def test_what_was_believed_before_is_recorded_again_as_of_the_undo(bring, monday, units):
    bring(HA)
    before = now_held()
    monday.move_to(TUESDAY)
    change = bring(HA.replace("ho_tro_nan_nhan|xac_minh", "xac_minh") + "2026-06-30")
    monday.move_to(WEDNESDAY)
    assert now_held() != before
    undone(change)
    assert now_held() == before
    assert Posting.objects.current().get(person__staff_code="TG-9").recorded_at == WEDNESDAY
    assert [one.end for one in Posting.objects.known_on(TUESDAY.date())] == [datetime(2026, 6, 30).date()]


def test_names_and_addresses_come_back_from_kept_values(bring):
    person = make_person("Alăng Thị Hạ", "TG-9", email="cu@example.vn")
    change = bring(HA.replace("Alăng Thị Hà", "Alăng Thị Hạ"))
    person.refresh_from_db()
    assert (person.email, person.phone) == ("ha@example.vn", "+84905123456")
    undone(change)
    person.refresh_from_db()
    assert (person.full_name, person.email, person.phone, person.is_active) == (
        "Alăng Thị Hạ",
        "cu@example.vn",
        None,
        True,
    )


def test_undoing_twice_changes_nothing(bring):
    change = bring(HA)
    undone(change)
    kept = list(Posting.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())
    changes = BulkChange.objects.count()
    assert undone(change) == {"going": 0, "staying": 0, "rows": 0, "undo": None}
    assert (list(Posting.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())) == kept
    assert BulkChange.objects.count() == changes


def test_an_undo_can_be_undone(bring):
    change = bring(HA)
    there = now_held()
    again = BulkChange.objects.get(pk=undone(change)["undo"])
    assert (again.undoes, again.label) == (change, "Hoàn tác: Nhập danh sách cán bộ")
    assert undone(again)["going"] == 2
    assert now_held() == there
    person = User.objects.get(staff_code="TG-9")
    assert (person.email, person.phone, person.is_active) == ("ha@example.vn", "+84905123456", True)
    assert not change.rows.exclude(undone_by=None).exists()
    assert undone(change)["going"] == 2


def test_what_a_complete_file_ended_or_dropped_is_there_again(bring, units):
    gone = make_posting(make_person("Vắng Mặt", "OLD-1"), units.tay_giang)
    planned = make_posting(make_person("Sắp Đến", "OLD-2"), units.tay_giang, start=today() + timedelta(days=30))
    change = bring(HA, ended_if_missing=True)
    assert set(change.rows.values_list("what", flat=True)) == {Deed.CREATED, Deed.ENDED, Deed.REMOVED}
    assert now_held("OLD-2") == []
    undone(change)
    assert now_held("OLD-1") == [("20455", gone.start, None, {"ho_tro_nan_nhan"})]
    assert now_held("OLD-2") == [("20455", planned.start, None, {"ho_tro_nan_nhan"})]


def test_only_the_chosen_rows_go_back(bring, units):
    make_posting(make_person("Vắng Mặt", "OLD-1"), units.tay_giang)
    change = bring(HA, ended_if_missing=True)
    result = undone(change, what=Deed.ENDED)
    assert (result["going"], result["rows"]) == (1, 1)
    assert [end for *_rest, end, _duties in now_held("OLD-1")] == [None]
    assert len(now_held()) == 1


def test_a_person_whose_posting_stays_stays_able_to_sign_in(bring):
    change = bring(HA)
    result = undone(change, kind="person")
    assert (result["going"], result["staying"]) == (0, 1)
    assert "Còn công tác khác" in change.rows.get(kind="person").stays
    assert User.objects.get(staff_code="TG-9").is_active


def since_ended(person, units, bring):
    bring(HA + "2026-12-31")


def since_another_posting(person, units, bring):
    make_posting(person, units.thanh_my)


def since_a_role(person, units, bring):
    give(person, RoleKind.TRAINER, units.da_nang)


def since_signed_in(person, units, bring):
    User.objects.filter(pk=person.pk).update(last_login=timezone.now())


def since_a_password(person, units, bring):
    person.set_password("một mật khẩu dài")
    person.save()


def since_another_address(person, units, bring):
    User.objects.filter(pk=person.pk).update(email="moi@example.vn")


@pytest.mark.parametrize(
    ("since", "stays"),
    [
        (since_ended, {"posting", "person"}),
        (since_another_posting, {"person"}),
        (since_a_role, {"person"}),
        (since_signed_in, {"person"}),
        (since_a_password, {"person"}),
        (since_another_address, {"person"}),
    ],
)
def test_what_changed_since_stays_and_is_told(bring, units, since, stays):
    change = bring(HA)
    since(User.objects.get(staff_code="TG-9"), units, bring)
    shown = preview(change.rows.all())
    assert (shown["going"], shown["staying"]) == (2 - len(stays), len(stays))
    before = now_held(), _row_of("TG-9")
    result = undone(change)
    assert (result["going"], result["staying"]) == (2 - len(stays), len(stays))
    assert set(change.rows.exclude(stays="").values_list("kind", flat=True)) == stays
    assert _row_of("TG-9") == before[1]
    if "posting" in stays:
        assert now_held() == before[0]


def test_an_address_stays_where_it_was_changed_a_role_was_given_or_the_old_one_is_somebody_elses(bring, units):
    people = {
        code: make_person("Người Cũ", code, email=f"{code.lower()}@example.vn") for code in ("OWN", "ROLE", "TAKEN")
    }
    change = bring(*(f"{code},Người Cũ,moi-{code}@example.vn,,20455,,,2025-07-01," for code in people))
    User.objects.filter(staff_code="OWN").update(email="cua-toi@example.vn")
    give(people["ROLE"], RoleKind.UNIT_HEAD, units.tay_giang)
    make_person("Người Khác", "X", email="Taken@example.vn")
    undone(change)
    emails = dict(User.objects.filter(staff_code__in=people).values_list("staff_code", "email"))
    assert emails == {"OWN": "cua-toi@example.vn", "ROLE": "moi-role@example.vn", "TAKEN": "moi-taken@example.vn"}
    why = dict(change.rows.exclude(stays="").values_list("person__staff_code", "stays"))
    assert "email" in why["OWN"]
    assert "vai trò" in why["ROLE"]
    assert "người khác" in why["TAKEN"]
    assert not Posting.objects.current().filter(person__in=people.values()).exists()


def test_who_undoes_by_a_role_changes_no_address_of_somebody_who_holds_one(bring, cast, units):
    for code in ("HEAD", "ROOT", "ANY"):
        make_person("Người Cũ", code, email=f"{code.lower()}@example.vn")
    give(User.objects.get(staff_code="HEAD"), RoleKind.UNIT_HEAD, units.tay_giang)
    User.objects.filter(staff_code="ROOT").update(is_superuser=True)
    with time_machine.travel(TUESDAY, tick=False):
        change = bring(
            *(f"{code},Người Cũ,moi-{code}@example.vn,,20455,,,2025-07-01," for code in ("HEAD", "ROOT", "ANY"))
        )
        assert preview(change.rows.all(), cast.manager)["staying"] == 2
        undone(change, by=cast.manager)
        emails = dict(User.objects.filter(full_name="Người Cũ").values_list("staff_code", "email"))
        assert emails == {"HEAD": "moi-head@example.vn", "ROOT": "moi-root@example.vn", "ANY": "any@example.vn"}
        undone(change)
        assert User.objects.get(staff_code="HEAD").email == "head@example.vn"


def test_later_imports_are_undone_before_earlier_ones(bring):
    first = bring(HA)
    second = bring(HA + "2026-12-31")
    assert undone(first)["staying"] == 2
    undone(second)
    # what the second undo recorded again says what the first import wrote
    assert undone(first)["going"] == 2
    assert now_held() == []


def test_who_comes_back_with_a_later_file_may_sign_in_again(bring):
    undone(bring(HA))
    change = bring(HA)
    person = User.objects.get(staff_code="TG-9")
    assert (person.is_active, person.email) == (True, "ha@example.vn")
    assert set(change.rows.values_list("kind", "what")) == {("person", Deed.CHANGED), ("posting", Deed.CREATED)}
    undone(change)
    person.refresh_from_db()
    assert (person.is_active, person.email, now_held()) == (False, None, [])


def test_a_later_file_opens_no_account_that_an_administrator_closed(bring):
    make_person("Alăng Thị Hà", "TG-9", is_active=False)
    bring(HA)
    assert not User.objects.get(staff_code="TG-9").is_active


def test_a_killed_import_is_undone_for_what_it_wrote(bring, units, monkeypatch):
    from people.roster import importing

    monkeypatch.setattr(importing, "PEOPLE_A_BATCH", 1)
    write, calls = importing.write_rows, []

    def killed(*args, **options):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(*args, **options)

    monkeypatch.setattr(importing, "write_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        bring(HA, HA.replace("TG-9", "TG-8").replace("Ha@Example.vn,0905 123 456", ","))
    change = BulkChange.objects.get()
    assert (change.state, change.written) == (ChangeState.OPEN, 2)
    assert undone(change)["going"] == 2
    change.refresh_from_db()
    assert change.state == ChangeState.STOPPED


def test_an_undo_stops_an_import_that_is_still_running(bring, units, monkeypatch):
    from people.roster import importing

    monkeypatch.setattr(importing, "PEOPLE_A_BATCH", 1)
    write, calls = importing.write_rows, []

    def beside(*args, **options):
        calls.append(args)
        if len(calls) == 2:
            undone(BulkChange.objects.get())
        return write(*args, **options)

    monkeypatch.setattr(importing, "write_rows", beside)
    with pytest.raises(Stopped, match="đang được hoàn tác"):
        bring(HA, HA.replace("TG-9", "TG-8").replace("Ha@Example.vn,0905 123 456", ","))
    assert not Posting.objects.current().exists()
    assert not User.objects.filter(staff_code="TG-8").exists()


def test_the_command_says_that_its_import_is_being_undone(tmp_path, units, monkeypatch):
    path = tmp_path / "roster.csv"
    path.write_text(f"{HEADER}\n{HA}\n", encoding="utf-8")
    monkeypatch.setattr(Journal, "keep", lambda self, rows, now: (_ for _ in ()).throw(Stopped()))
    with pytest.raises(CommandError, match="đang được hoàn tác"):
        call_command("import_roster", str(path))


def test_the_answers_and_the_sender_are_kept_with_the_import(bring, tmp_path, units, cast):
    make_person("Người Khác Hẳn", "TG-9")
    path = tmp_path / "roster.csv"
    path.write_text(f"{HEADER}\n{HA}\n", encoding="utf-8")
    call_command("import_roster", str(path), answer=["ten_khac=ten_moi"])
    change = BulkChange.objects.get()
    assert (change.by, change.answers) == (None, {"ten_khac": {"*": "ten_moi"}})
    assert change.rows.get(kind="person").before["full_name"] == "Người Khác Hẳn"
    undone(change)
    assert User.objects.get(staff_code="TG-9").full_name == "Người Khác Hẳn"


def test_a_file_that_changes_nothing_is_no_change(bring):
    bring(HA)
    bring(HA)
    assert BulkChange.objects.count() == 1


def test_a_second_attempt_of_a_work_goes_on_with_its_change(bring):
    first = bring(HA, origin=Origin("a.xlsx", key="roster_import:1"))
    again = bring(HA + "2026-12-31", origin=Origin("a.xlsx", key="roster_import:1"))
    assert (first.pk, again.written) == (again.pk, 3)


def test_an_erased_person_keeps_no_values_and_gets_none_back(bring, cast):
    from people.privacy.erasure import erase

    change = bring(HA)
    person = User.objects.get(staff_code="TG-9")
    erase(person, cast.administrator, timezone.now())
    assert not ChangedRow.objects.exclude(before=None, after=None).exists()
    undone(change)
    person.refresh_from_db()
    assert (person.email, person.phone, person.staff_code[:3]) == (None, None, "DX-")
    assert not Posting.objects.current().filter(person=person).exists()


def test_kept_values_are_forgotten_after_their_time(bring, settings):
    from people.privacy.retention import forget_kept_values

    change = bring(HA)
    forget_kept_values(MONDAY + settings.RETENTION["kept_values"])
    assert change.rows.exclude(after=None).count() == 1
    forget_kept_values(MONDAY + settings.RETENTION["kept_values"] + timedelta(seconds=1))
    assert not change.rows.exclude(after=None).exists()
    assert undone(change) | {"undo": 0} == {"going": 1, "staying": 1, "rows": 2, "undo": 0}


def test_the_undo_is_in_the_log_of_whom_it_concerned(bring, cast, monday):
    change = bring(HA)
    monday.move_to(TUESDAY)
    undone(change, by=cast.manager)
    entry = Entry.objects.get(act=Act.UNDID)
    assert (entry.by, entry.count, entry.at) == (cast.manager, 2, TUESDAY)
    assert [e.act for e in about_person(User.objects.get(staff_code="TG-9"))] == [Act.UNDID, Act.IMPORTED_ROSTER]
    assert not about_person(cast.other_learner).exists()


def _row_of(code: str) -> dict:
    """Her row, but for the round of her links, which ends with any change of her place of work."""
    return User.objects.filter(staff_code=code).values().get() | {"access_round": None}


def _counts(figure: dict) -> dict:
    """The figure without its days."""
    days = ("as_of", "geography", "known_on")
    return {
        name: [_counts(child) for child in value] if name == "children" else value
        for name, value in figure.items()
        if name not in days
    }


def test_the_figures_of_each_day_before_stay_and_todays_are_as_before(bring, cast, monday):
    key = seed_requirements(SUNDAY)[0].key
    call_command("recompute")
    before = coverage(key).as_dict()
    change = bring(HA, HA.replace("TG-9", "TG-7").replace("Ha@Example.vn,0905 123 456", ","), ended_if_missing=True)
    imported = coverage(key).as_dict()
    assert imported != before
    monday.move_to(TUESDAY)
    known = {day: coverage(key, known_on=day.date()).as_dict() for day in (SUNDAY, MONDAY)}
    undone(change)
    assert {day: coverage(key, known_on=day.date()).as_dict() for day in (SUNDAY, MONDAY)} == known
    assert _counts(coverage(key).as_dict()) == _counts(before)
    call_command("recompute", check=True)


@pytest.mark.parametrize("who_came_goes", [True, False], ids=["who came goes", "who came stays"])
def test_after_a_merge_that_was_taken_back_the_look_says_what_the_undo_does(bring, cast, monday, who_came_goes):
    """The postings of both were recorded again since; they are the same postings."""
    change = bring(HA, HA.replace("TG-9", "TG-7").replace("Ha@Example.vn,0905 123 456", ","))
    pair = [User.objects.get(staff_code=code) for code in ("TG-9", "TG-7")]
    gone, stays = pair if who_came_goes else (pair[0], cast.learner)
    merged = merge(gone, stays, cast.administrator, "Cùng một quyết định.", MONDAY)
    monday.move_to(TUESDAY)
    take_back(merged, cast.administrator, TUESDAY)
    monday.move_to(WEDNESDAY)
    told = preview(change.rows.all())
    done = undone(change)
    assert (told["going"], told["staying"]) == (done["going"], done["staying"]) == (4, 0)


def test_the_same_queries_for_ten_rows_and_for_sixty(bring, monkeypatch):
    def queries(count):
        lines = [f"N{count}-{n},Người {n},n{count}-{n}@example.vn,,20455,,xac_minh,2025-07-01," for n in range(count)]
        change = bring(*lines)
        with CaptureQueriesContext(connection) as told_in:
            preview(change.rows.all())
        with CaptureQueriesContext(connection) as undone_in:
            undone(change)
        return len(told_in), len(undone_in)

    monkeypatch.setattr(carrying_out, "in_turns", lambda pks, most: [pks] if pks else [])
    few = queries(10)
    assert queries(60) == few
