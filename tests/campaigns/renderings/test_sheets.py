"""From a text of the kit to a wall and back: settled, approved, issued with a number, gone stale, taken back."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from numbers_called import public_contact
from printed import pages_of

from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.communes.taking import take
from campaigns.renderings import batch, issuing, reading, withdrawing
from campaigns.renderings.composing import Unprintable, composed
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.pictures import MessagePicture, ask_for
from campaigns.renderings.plan import PlanStep, StepDone, mark, steps_of
from campaigns.renderings.sheets import Sheet, SheetVersion
from campaigns.renderings.stale import Why, stale_of
from campaigns.renderings.texts import approving
from campaigns.renderings.texts.approving import Refused
from campaigns.renderings.texts.passages import OpenPoint, Passage, passages_of
from campaigns.starter.kit_seeding import seed_kit
from outbox.draining import drain
from outbox.effects import Effect
from outbox.private_files import private_files

pytestmark = pytest.mark.django_db


def order_of(it, name="a4", **more):
    return reading.order(reading.message_or_404(it.message.pk), FORMATS[name], it.tay_giang, **more)


def issued(it, name="a4", **more) -> SheetVersion:
    return issuing.issue(composed(order_of(it, name, **more)), it.cast.editor, timezone.now())


# --- texts


def test_the_seed_writes_each_message_once_and_keeps_what_the_province_corrected(printed):
    now = timezone.now()
    seed_kit(now)
    assert PlanStep.objects.count() == 16
    # the fixture's message has renderings already
    assert Passage.objects.filter(message=printed.message).count() == 40
    PlanStep.objects.filter(order=1).update(what="Việc của tỉnh")
    seed_kit(now)
    assert PlanStep.objects.count() == 16
    assert PlanStep.objects.get(order=1).what == "Việc của tỉnh"


def test_a_text_with_an_open_point_is_not_approved(printed):
    manager, now = printed.cast.manager, timezone.now()
    row = passages_of(printed.message)["leaflet.4"]
    assert "Cơ quan lao động" in approving.hindrance(row, manager)
    assert approving.approve([row], manager, now) == 0
    (point,) = row.points.all()
    approving.settle(point, "Trưởng phòng Việc làm", now.date(), "Công văn 12", manager, now)
    with pytest.raises(Refused, match="đã có người ghi"):
        approving.settle(point, "Phó phòng", now.date(), "Công văn 13", manager, now)
    assert approving.approve([row], manager, now) == 1
    approving.reopen(OpenPoint.objects.get(pk=point.pk), manager, now)
    row = passages_of(printed.message)["leaflet.4"]
    assert not row.is_approved
    assert [one.answered_by for one in row.points.get().settlements.all()] == ["Trưởng phòng Việc làm"]


def test_who_wrote_a_text_does_not_approve_it_even_alone(printed):
    manager, now = printed.cast.manager, timezone.now()
    row = printed.passages["poster.lead"]
    assert approving.rewrite(row, "", "Hỏi trước rồi hãy đi.", manager, now)
    row = passages_of(printed.message)["poster.lead"]
    assert "người khác duyệt" in approving.hindrance(row, manager)
    assert approving.approve([row], manager, now) == 0
    assert approving.approve([row], printed.cast.administrator, now) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(pk=row.pk).update(approved_by=manager)


def test_a_changed_text_loses_its_approval_and_its_sentence_is_open_again(approved):
    row = passages_of(approved.message)["audience.men"]
    assert row.is_approved
    approving.rewrite(
        row, row.title, row.text.replace("hỏi giấy phép", "hỏi kỹ giấy phép"), approved.cast.manager, timezone.now()
    )
    row = passages_of(approved.message)["audience.men"]
    assert (row.is_approved, [point.sentence for point in row.open_points]) == (False, [""])


def test_what_was_changed_since_it_was_shown_is_not_approved(printed):
    shown = passages_of(printed.message)["poster.lead"]
    approving.rewrite(shown, "", "Khác.", printed.cast.manager, timezone.now())
    assert approving.approve([shown], printed.cast.administrator, timezone.now()) == 0


def test_a_number_that_nobody_called_is_refused_in_a_text(printed):
    with pytest.raises(Refused, match="chưa có trong các số liên hệ"):
        approving.rewrite(printed.passages["share"], "", "Gọi 0905 123 456.", printed.cast.manager, timezone.now())
    with pytest.raises(ValidationError):
        Passage.objects.filter(slot="share").update(text="Gọi anh Tư 0905 123 456")


# --- numbers and versions


def test_unapproved_text_is_never_issued(printed):
    with pytest.raises(Unprintable, match="chưa duyệt"):
        issued(printed)
    assert not Sheet.objects.exists()


def test_a_sheet_keeps_its_number_and_the_same_content_its_version(approved):
    one = issued(approved)
    assert (one.number, issued(approved)) == (1, one)
    assert issued(approved, "a3").sheet != one.sheet
    public_contact(number="0235 3796 200", unit=approved.units.tay_giang)
    after = issued(approved)
    assert (after.sheet, after.number, after.contact_number) == (one.sheet, 2, "0235 3796 200")


def test_only_confirmed_contacts_of_the_commune_are_printed(approved):
    elsewhere = public_contact(number="0235 3796 300", unit=approved.units.thanh_my)
    for typed in (str(elsewhere.pk), "0905123456", "x"):
        assert order_of(approved, contact=typed).contact is None
    own = public_contact(number="0235 3796 200", unit=approved.units.tay_giang)
    assert order_of(approved, contact=str(own.pk)).contact == own
    assert order_of(approved, contact="0").contact is None


def test_her_words_print_once_her_reviewer_approved_and_are_a_trial_before(approved):
    page = take(approved.tay_giang, approved.message, approved.cast.editor)
    page.place, page.on = "Nhà làng Aró", date(2999, 7, 30)
    page.save_revision(user=approved.cast.editor)
    assert order_of(approved).words.when == ""
    trial = composed(order_of(approved, trial=True))
    assert (trial.data["when"], trial.is_trial) == ("Thứ Ba 30/07/2999, Nhà làng Aró", True)
    with pytest.raises(Unprintable, match="chờ người duyệt"):
        issuing.issue(trial, approved.cast.editor, timezone.now())
    page.get_latest_revision().publish()
    assert composed(order_of(approved)).data["when"] == "Thứ Ba 30/07/2999, Nhà làng Aró"
    # a day that is past is not printed
    CommuneMessagePage.objects.update(on=timezone.localdate() - timedelta(days=1))
    assert order_of(approved).words.when == ""


def test_a_number_that_changes_makes_the_print_stale_until_it_is_printed_again(approved):
    contact = public_contact(number="0235 3796 200", unit=approved.units.tay_giang)
    one = issued(approved)
    units = [approved.units.tay_giang.pk]
    assert stale_of(units) == []
    type(contact).objects.filter(pk=contact.pk).update(number="0235 3796 201")
    (stale,) = stale_of(units)
    assert (stale.version, stale.why) == (one, Why.NUMBER)
    again = issuing.issue(issuing.again(one), approved.cast.editor, timezone.now())
    assert (again.number, again.contact_number) == (2, "0235 3796 201")
    assert stale_of(units) == []
    # taken off: the print is stale, and what is printed next has dots
    type(contact).objects.filter(pk=contact.pk).update(public_since=None, confirmed_on=None)
    assert [row.version for row in stale_of(units)] == [again]
    assert issuing.again(again).order.contact is None


def test_words_rewritten_since_make_only_their_prints_stale(approved):
    issued(approved), issued(approved, "the")
    row = passages_of(approved.message)["card.2"]
    approving.rewrite(row, "", "Giấy tờ của mình, mình giữ.", approved.cast.manager, timezone.now())
    assert [one.version.sheet.format for one in stale_of([approved.units.tay_giang.pk])] == ["the"]


def test_stale_prints_cost_the_same_however_many(approved, django_assert_num_queries):
    for name in ("a4", "a3", "the"):
        issued(approved, name)
    with django_assert_num_queries(2):
        stale_of([approved.units.tay_giang.pk])


# --- taking back


def test_what_was_withdrawn_is_on_its_communes_list_until_it_is_ticked(approved):
    one, now = issued(approved), timezone.now()
    row, count = withdrawing.withdraw(approved.message, "", "Lời khuyên đã sai.", None, approved.cast.manager, now)
    assert count == 1
    assert list(withdrawing.to_take_down(approved.units.tay_giang.pk)) == [one]
    assert list(withdrawing.to_take_down(approved.units.avuong.pk)) == []
    assert not withdrawing.taken_down(approved.units.avuong.pk, one.pk, approved.cast.editor, now)
    assert withdrawing.taken_down(approved.units.tay_giang.pk, one.pk, approved.cast.editor, now)
    assert not withdrawing.taken_down(approved.units.tay_giang.pk, one.pk, approved.cast.editor, now)
    # nothing is printed of it before its texts are approved again
    with pytest.raises(Unprintable):
        issued(approved)
    approving.approve(passages_of(approved.message).values(), approved.cast.manager, now)
    assert issued(approved).number == 2
    with pytest.raises(Refused, match="khác"):
        withdrawing.withdraw(approved.message, "", "Sai.", approved.message, approved.cast.manager, now)


def test_nothing_to_withdraw_is_said(approved):
    with pytest.raises(Refused, match="Chưa in tờ nào"):
        withdrawing.withdraw(approved.message, "the", "Sai.", None, approved.cast.manager, timezone.now())


def test_the_code_on_paper_leads_to_todays_page_or_says_take_it_down(approved, client):
    one = issued(approved)
    address = f"/to/{one.sheet_id}/{one.number}/"
    assert client.get(address)["Location"] == approved.message.url
    page = take(approved.tay_giang, approved.message, approved.cast.editor)
    page.save_revision().publish()
    assert client.get(address)["Location"] == page.get_url()
    withdrawing.withdraw(approved.message, "a4", "Lời khuyên đã sai.", None, approved.cast.manager, timezone.now())
    answer = client.get(address)
    said = answer.content.decode()
    assert "đã rút, hãy gỡ" in said
    assert "Lời khuyên đã sai." in said
    assert "111" in said
    assert (answer["X-Robots-Tag"], answer.cookies) == ("noindex", {})
    assert "no-cache" in answer["Cache-Control"]
    approving.approve(passages_of(approved.message).values(), approved.cast.manager, timezone.now())
    assert issued(approved).number == 2
    assert "Đã có bản 2" in client.get(address).content.decode()
    assert client.get(f"/to/{one.sheet_id}/")["Location"] == page.get_url()
    assert client.get("/to/99999999999999999999/1/").status_code == 404


def test_what_replaces_it_is_named(approved, client):
    from factories import make_page

    one = issued(approved)
    other = make_page(approved.message.get_parent(), type(approved.message), "Lời mới", slug="loi-moi", heading="Mới")
    other.save_revision().publish()
    withdrawing.withdraw(approved.message, "", "Đã sai.", other, approved.cast.manager, timezone.now())
    assert "Lời mới" in client.get(f"/to/{one.sheet_id}/1/").content.decode()


# --- for all communes, in the background


def test_one_message_for_all_communes_is_one_zip_with_progress(approved):
    work = batch.ask_for_all(approved.message, ["a4", "the"], approved.cast.manager)
    assert batch.ask_for_all(approved.message, ["a4", "the"], approved.cast.manager) == work
    drain()
    work.refresh_from_db()
    spaces = type(approved.tay_giang).objects.filter(closed_on=None, locale__language_code="vi").count()
    assert (work.state, work.done, work.total) == ("done", spaces * 2, spaces * 2)
    with zipfile.ZipFile(BytesIO(private_files.open(work.result["file"]).read())) as archive:
        names = archive.namelist()
        (own,) = [name for name in names if name.startswith("xa-tay-giang") and name.endswith("/a4.pdf")]
        heard = pages_of(archive.read(own))[0]
    assert len(names) == spaces * 2
    version = SheetVersion.objects.get(sheet__unit=approved.units.tay_giang, sheet__format="a4")
    assert f"Tờ số {version.sheet_id} · bản 1" in heard


def test_who_leads_no_more_gets_nothing(approved):
    work = batch.ask_for_all(approved.message, ["a4"], approved.cast.editor)
    drain()
    work.refresh_from_db()
    assert (work.state, work.error) == ("failed", "In cho mọi xã là việc của quản lý cấp tỉnh.")


def test_pictures_to_post_are_made_once_approved_and_go_with_the_approval(approved):
    ask_for(approved.message.pk)
    drain()
    rows = list(MessagePicture.objects.all())
    assert len(rows) == 9
    assert all(row.file.storage.exists(row.file.name) for row in rows)
    assert all(row.alt.startswith("Con đường chia hai ngả") for row in rows)
    assert any(row.alt.endswith("Đừng đưa ai giữ thay.") for row in rows)
    ask_for(approved.message.pk)
    drain()
    assert Effect.objects.filter(kind="message_pictures").latest("pk").result == {"made": 0}
    row = passages_of(approved.message)["card.2"]
    approving.rewrite(row, "", "Giấy tờ của mình, mình giữ.", approved.cast.manager, timezone.now())
    ask_for(approved.message.pk)
    drain()
    assert {row.slot for row in MessagePicture.objects.all()} == {"card.1", "card.3"}


# --- the plan


def test_the_plan_counts_its_days_from_the_campaign_and_says_what_is_late(printed):
    seed_kit(timezone.now())
    unit, day = printed.units.tay_giang, date(2026, 7, 30)
    rows = steps_of(unit.pk, day, date(2026, 7, 9))
    assert (rows[0].until, rows[-1].until) == (date(2026, 6, 30), date(2026, 8, 14))
    assert [row.is_late for row in rows[:4]] == [True, True, True, False]
    assert rows[3].is_next
    mark(rows[0].step, unit.pk, 2026, True, printed.cast.editor, timezone.now())
    mark(rows[0].step, unit.pk, 2026, True, printed.cast.editor, timezone.now())
    assert StepDone.objects.count() == 1
    assert not steps_of(unit.pk, day, date(2026, 7, 9))[0].is_late
    assert steps_of(printed.units.avuong.pk, day, date(2026, 7, 9))[0].is_late
    mark(rows[0].step, unit.pk, 2026, False, printed.cast.editor, timezone.now())
    assert not StepDone.objects.exists()
