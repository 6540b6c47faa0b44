"""Two records of one person are merged, by who may, and the merge is taken back."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone
from factories import make_person, make_posting

from people.changes.change import ChangedRow, Deed, Journal, Origin
from people.guarding import role_requests
from people.log.audit import Act, Entry, about_person
from people.merging.merging import CannotMerge, hold_apart, look_again, merge, preview, take_back
from people.persons.merges import Chained, Merge, NotSame
from people.persons.user import User
from people.postings.posting import POSTING, Posting
from people.privacy.erasure import ask, erase, is_erased
from people.rights.roles import MergedAway, RoleKind, give
from people.roster.importing import prepare_roster
from people.signing_in.activation import ActivationSlip
from people.signing_in.sessions import DeviceSession
from people.undoing import carrying_out
from tabular.tables import TableError

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
MONDAY, TUESDAY, WEDNESDAY = (timezone.make_aware(datetime(2026, 3, day, 9)) for day in (2, 3, 4))
WHY = "Cùng ngày sinh trên quyết định."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def pair(cast, units):
    """Who goes and who stays, both in Tây Giang; who goes has been elsewhere too."""
    gone = make_person("Alăng Thị Hà", "TG-1b", email="cu@example.vn", phone="+84905000077", password="Mat-khau-9-dai")
    make_posting(gone, units.tay_giang, start=date(2025, 9, 1))
    make_posting(gone, units.avuong, start=date(2025, 7, 1), end=date(2025, 8, 31))
    return gone, cast.learner


def held(person):
    rows = Posting.objects.current().filter(person=person).order_by("start", "unit")
    return [(one.unit.name, one.start, one.end, {duty.key for duty in one.duties.all()}) for one in rows]


def test_who_stays_holds_the_postings_of_both_and_keeps_her_own_sign_in(pair, cast):
    gone, stays = pair
    give(gone, RoleKind.TEACHER, cast.teacher.roles.get().unit)
    DeviceSession.objects.create(person=gone, session_key="x" * 32, device="x", began_at=MONDAY, seen_at=MONDAY)
    before = (stays.email, stays.phone, stays.password)
    merge(gone, stays, cast.administrator, WHY, MONDAY)
    duties = {"ho_tro_nan_nhan"}
    assert held(stays) == [
        ("Xã Tây Giang", date(2025, 7, 1), None, duties),
        ("Xã Avương", date(2025, 7, 1), date(2025, 8, 31), duties),
    ]
    assert held(gone) == []
    stays.refresh_from_db(), gone.refresh_from_db()
    assert (stays.email, stays.phone, stays.password) == before
    assert (gone.email, gone.phone, gone.is_active, gone.has_usable_password()) == (None, None, False, False)
    assert not gone.roles.current().exists()
    assert not DeviceSession.objects.filter(person=gone).exists()
    assert User.objects.by_login("TG-1b") is None
    for person in pair:
        assert about_person(person).filter(act=Act.MERGED, by=cast.administrator).exists()


def test_taking_it_back_records_again_what_was_believed_and_supersedes_nothing_away(pair, cast, monday):
    gone, stays = pair
    before = held(gone), held(stays)
    said = merge(gone, stays, cast.trainer, WHY, MONDAY)
    monday.move_to(TUESDAY)
    assert preview(said, cast.trainer)["staying"] == 0
    assert take_back(said, cast.trainer, TUESDAY)["staying"] == 0
    assert (held(gone), held(stays)) == before
    gone.refresh_from_db()
    # a new slip opens the account again: what its owner knew does not come back
    assert (gone.email, gone.phone, gone.is_active) == ("cu@example.vn", "+84905000077", True)
    assert not gone.has_usable_password()
    assert Merge.objects.get().superseded_at == TUESDAY
    assert Posting.objects.known_on(MONDAY.date()).filter(person=gone).count() == 0
    assert Entry.objects.filter(act=Act.UNMERGED, by=cast.trainer).count() == 2
    with pytest.raises(CannotMerge, match="đã được hoàn tác"):
        take_back(said, cast.trainer, WEDNESDAY)
    assert merge(stays, gone, cast.trainer, WHY, WEDNESDAY).gone == stays


def test_what_changed_since_stays_and_is_listed(pair, cast, monday, tmp_path):
    gone, stays = pair
    said = merge(gone, stays, cast.trainer, WHY, MONDAY)
    monday.move_to(TUESDAY)
    make_person("Người khác", "X-1", email="cu@example.vn")
    posting = Posting.objects.current().get(person=stays, unit__code="20458")
    Posting.objects.filter(pk=posting.pk).supersede(TUESDAY)
    make_posting(stays, posting.unit, start=posting.start, end=date(2025, 8, 1), at=TUESDAY)
    told = preview(said, cast.trainer)
    assert sorted(one["why"] for one in told["stays"]) == [
        "Sau đó đã được ghi khác nên giữ như hiện nay.",
        "email cũ nay thuộc về người khác nên giữ như hiện nay.",
    ]
    assert take_back(said, cast.trainer, TUESDAY)["staying"] == 2
    gone.refresh_from_db()
    assert (gone.email, gone.phone, gone.is_active) == (None, "+84905000077", True)
    assert ("Xã Avương", date(2025, 7, 1), date(2025, 8, 1), {"ho_tro_nan_nhan"}) in held(stays)
    assert [unit for unit, *_days in held(gone)] == ["Xã Tây Giang"]


def test_an_undo_gives_nothing_back_to_a_record_that_is_gone(pair, cast, monday):
    gone, stays = pair
    dropped = Posting.objects.current().get(person=gone, unit__code="20458")
    Posting.objects.filter(pk=dropped.pk).supersede(MONDAY)
    journal = Journal.begin("roster", MONDAY, Origin("danh-sach.csv"))
    journal.keep([ChangedRow(kind=POSTING, what=Deed.REMOVED, person=gone, old=dropped.pk)], MONDAY)
    journal.finish(MONDAY)
    merge(gone, stays, cast.trainer, WHY, MONDAY)
    before = held(stays)
    rows = ChangedRow.objects.filter(change=journal.change)
    assert [one["why"] for one in carrying_out.preview(rows, None)["stays"]] == [
        "Hồ sơ này đã gộp vào hồ sơ khác nên giữ như hiện nay."
    ]
    assert carrying_out.undo(journal.change, rows, None, lambda: TUESDAY)["staying"] == 1
    assert (held(gone), held(stays)) == ([], before)


def test_merges_hang_on_no_other_merge(pair, cast, units):
    gone, stays = pair
    third = make_person("Alăng Thị Hà", "TG-1c")
    make_posting(third, units.tay_giang)
    merge(gone, stays, None, WHY, MONDAY)
    for one, other in [(gone, third), (third, gone), (stays, third), (stays, gone)]:
        with pytest.raises(CannotMerge, match="đã gộp với hồ sơ khác"):
            merge(one, other, None, WHY, MONDAY)
        with pytest.raises(Chained):
            Merge.objects.create(gone=one, stays=other, reason=WHY)
    with pytest.raises(CannotMerge, match="với chính nó"):
        merge(third, third, None, WHY, MONDAY)
    with pytest.raises(CannotMerge, match="ghi lý do"):
        merge(third, stays, None, "  ", MONDAY)
    merge(third, stays, None, WHY, MONDAY)
    assert Merge.objects.current().filter(stays=stays).count() == 2
    assert len(held(stays)) == 2


def test_only_who_answers_today_for_both_merges_and_never_herself(pair, cast, units):
    gone, stays = pair
    elsewhere = make_person("Alăng Thị Hà", "TM-9")
    make_posting(elsewhere, units.thanh_my)
    for by in (cast.stranger, cast.learner, cast.unit_head, cast.observer, cast.editor):
        with pytest.raises(CannotMerge, match="không phụ trách cả hai"):
            merge(gone, stays, by, WHY, MONDAY)
    with pytest.raises(CannotMerge, match="không phụ trách cả hai"):
        merge(elsewhere, stays, cast.trainer, WHY, MONDAY)
    own = make_person("Lê Văn Hùng", "TG-8")
    for person in (own, cast.trainer, cast.manager):
        make_posting(person, units.tay_giang)
    for one, other in [(own, cast.trainer), (cast.trainer, own)]:
        with pytest.raises(CannotMerge, match="hồ sơ của chính mình"):
            merge(one, other, cast.trainer, WHY, MONDAY)
        with pytest.raises(CannotMerge, match="giữ vai trò"):
            merge(one, other, cast.manager, WHY, MONDAY)
    with pytest.raises(CannotMerge, match="chính mình"):
        hold_apart(own, cast.trainer, cast.trainer, MONDAY)
    said = merge(own, cast.trainer, cast.administrator, WHY, MONDAY)
    for by, why in [(cast.trainer, "của chính mình"), (cast.manager, "vai trò"), (cast.unit_head, "không phụ trách")]:
        with pytest.raises(CannotMerge, match=why):
            take_back(said, by, MONDAY)
    take_back(said, cast.administrator, MONDAY)


def test_of_a_holder_whose_role_ended_with_it_only_the_province_takes_it_back(pair, cast):
    gone, stays = pair
    give(gone, RoleKind.TEACHER, cast.teacher.roles.get().unit)
    with pytest.raises(CannotMerge, match="giữ vai trò"):
        merge(gone, stays, cast.trainer, WHY, MONDAY)
    said = merge(gone, stays, cast.administrator, WHY, MONDAY)
    with pytest.raises(CannotMerge, match="từng giữ vai trò"):
        take_back(said, cast.trainer, MONDAY)
    take_back(said, cast.administrator, MONDAY)
    assert not gone.roles.current().exists()


def test_a_role_of_a_learner_which_everybody_is_hinders_nobody(pair, cast, units):
    gone, stays = pair
    for person in pair:
        give(person, RoleKind.LEARNER, units.tay_giang)
    take_back(merge(gone, stays, cast.trainer, WHY, MONDAY), cast.trainer, TUESDAY)


def test_a_pair_held_apart_is_looked_at_again_or_merged(pair, cast):
    gone, stays = pair
    said = hold_apart(gone, stays, cast.trainer, MONDAY)
    assert hold_apart(stays, gone, cast.trainer, MONDAY) == said
    assert (said.by, said.one_id < said.other_id) == (cast.trainer, True)
    with pytest.raises(CannotMerge):
        look_again(said, cast.unit_head, MONDAY)
    look_again(said, cast.trainer, MONDAY)
    assert not NotSame.objects.current().exists()
    hold_apart(gone, stays, cast.trainer, MONDAY)
    merge(gone, stays, cast.trainer, WHY, MONDAY)
    assert not NotSame.objects.current().exists()


def test_what_is_erased_or_asked_to_be_is_not_merged(pair, cast):
    gone, stays = pair
    asked = ask(gone, MONDAY)
    with pytest.raises(CannotMerge, match="hãy trả lời đề nghị ấy trước"):
        merge(gone, stays, cast.trainer, WHY, MONDAY)
    erase(gone, cast.administrator, MONDAY, asked)
    with pytest.raises(CannotMerge, match="đã được xóa"):
        merge(gone, stays, None, WHY, MONDAY)


def test_nothing_opens_a_record_that_is_gone_but_taking_the_merge_back(pair, cast, client_of, units):
    gone, stays = pair
    request = role_requests.ask(gone, RoleKind.TEACHER, units.school, cast.administrator, "Cần dạy", MONDAY)
    said = merge(gone, stays, cast.administrator, WHY, MONDAY)
    request.refresh_from_db()
    assert request.state == role_requests.RequestState.WITHDRAWN
    with pytest.raises(MergedAway, match="đã gộp"):
        give(gone, RoleKind.TEACHER, units.school, cast.administrator)
    client = client_of(cast.administrator)
    assert client.get(f"/cms/can-bo/edit/{gone.pk}/").status_code == 404
    form = {"staff_code": "TG-1b", "kind": "teacher", "unit_code": units.school.code, "why": ""}
    assert "hãy ghi mã của hồ sơ được giữ lại" in client.post("/cms/vai-tro/new/", form).content.decode()
    take_back(said, cast.administrator, TUESDAY)
    assert client.get(f"/cms/can-bo/edit/{gone.pk}/").status_code == 200
    assert give(gone, RoleKind.TEACHER, units.school, cast.administrator)


def test_who_answered_only_for_where_she_once_was_posted_takes_nothing_back(pair, cast, units):
    """In A'vương the other record was posted until August; today it would be in Tây Giang again."""
    gone, stays = pair
    make_posting(stays, units.avuong)
    of_avuong = make_person("Người Tập Huấn", "AV-9")
    give(of_avuong, RoleKind.TRAINER, units.avuong)
    said = merge(gone, stays, cast.trainer, WHY, MONDAY)
    with pytest.raises(CannotMerge, match="không phụ trách cả hai"):
        take_back(said, of_avuong, MONDAY)
    take_back(said, cast.trainer, MONDAY)


def test_of_two_postings_from_one_day_with_other_duties_each_duty_keeps_its_days_and_comes_back(cast, units):
    gone = make_person("Alăng Thị Hà", "TG-1b")
    make_posting(gone, units.tay_giang, duties=("xac_minh",), end=date(2026, 3, 31))
    before = held(gone), held(cast.learner)
    said = merge(gone, cast.learner, cast.trainer, WHY, MONDAY)
    both = {"ho_tro_nan_nhan", "xac_minh"}
    assert held(cast.learner) == [
        ("Xã Tây Giang", date(2025, 7, 1), date(2026, 3, 31), both),
        ("Xã Tây Giang", date(2026, 4, 1), None, {"ho_tro_nan_nhan"}),
    ]
    assert take_back(said, cast.trainer, TUESDAY)["staying"] == 0
    assert (held(gone), held(cast.learner)) == before


@pytest.fixture
def bring(tmp_path):
    def bring(*lines, carry_out=True):
        path = tmp_path / "roster.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        prepared = prepare_roster(path, timezone.now())
        if carry_out:
            prepared.carry_out()
        return prepared

    return bring


def test_a_later_file_that_says_the_old_code_means_who_stays(pair, cast, bring):
    gone, stays = pair
    merge(gone, stays, cast.trainer, WHY, MONDAY)
    row = "TG-1B,Alăng Thị Hà,khac@example.vn,0905 999 111,20455,Trưởng ban,,2026-01-01,"
    report = bring(row).report
    assert (report.created, report.rejected) == (1, [])
    assert [note["reason"] for note in report.notes] == [
        "Mã “TG-1b” là hồ sơ đã gộp; dòng này là của “TG-001” (Alăng Thị Hà)."
    ]
    stays.refresh_from_db()
    assert (stays.full_name, stays.email, stays.phone) == ("Alăng Thị Hà", "ha@example.vn", "+84905000001")
    assert held(gone) == []
    assert len(held(stays)) == 3
    # the same file again changes nothing
    assert bring(row).report.unchanged == 1


def test_a_file_read_before_the_merge_writes_nothing_to_who_went(pair, cast, bring):
    gone, stays = pair
    prepared = bring("TG-1b,Alăng Thị Hà,,,20455,Trưởng ban,,2026-01-01,", carry_out=False)
    merge(gone, stays, cast.trainer, WHY, MONDAY)
    with pytest.raises(TableError, match="nhập lại tệp"):
        prepared.carry_out()
    assert held(gone) == []


def test_erasing_who_stays_erases_both_records_and_erasing_who_went_only_hers(pair, cast, units):
    gone, stays = pair
    said = merge(gone, stays, cast.trainer, "Bà Hà nói vậy", MONDAY)
    erase(gone, cast.administrator, MONDAY)
    said.refresh_from_db()
    assert said.reason == ""
    stays.refresh_from_db(), gone.refresh_from_db()
    assert is_erased(gone)
    assert not is_erased(stays)
    assert held(stays)
    third = make_person("Alăng Thị Hà", "TG-1c", email="ba@example.vn")
    make_posting(third, units.tay_giang)
    merge(third, stays, cast.trainer, WHY, MONDAY)
    erase(stays, cast.administrator, MONDAY)
    third.refresh_from_db()
    assert is_erased(third)
    # what was kept of it is gone, its postings go back to the code
    assert take_back(said, None, MONDAY)["staying"] == 3
    assert held(gone)


def test_slips_and_links_of_who_goes_open_nothing(pair, cast):
    gone, stays = pair
    round_before = gone.access_round
    slip = ActivationSlip.objects.create(
        person=gone, made_by=cast.trainer, made_at=MONDAY, expires_at=WEDNESDAY, code_hash="x"
    )
    merge(gone, stays, cast.trainer, WHY, MONDAY)
    slip.refresh_from_db(), gone.refresh_from_db()
    assert slip.withdrawn_at == MONDAY
    assert gone.access_round > round_before
