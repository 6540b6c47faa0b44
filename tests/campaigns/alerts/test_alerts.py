"""From one manager's screen to every commune within a minute: written, approved by another, replaced, over."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_unit
from wagtail.models import Locale, Page

from campaigns.alerts import deciding, ending
from campaigns.alerts.alert import Alert, AlertOpened, AlertWording, Ended, State
from campaigns.alerts.alerts_page import AlertsPage
from campaigns.alerts.deciding import Refused
from campaigns.alerts.ledger import ledger
from campaigns.alerts.publishing import NotApproved
from campaigns.alerts.words import NEW_DAYS, Words, faults, passages, spoken_of
from campaigns.communes.commune import CommuneSpacePage
from campaigns.loudspeakers.forms import messages_to_read
from campaigns.loudspeakers.package import Package, ask, week_of, withdrawn
from campaigns.loudspeakers.package_making import week
from campaigns.loudspeakers.slot import Play, Slot
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.press.making import bring_in_step as press_in_step
from campaigns.renderings import issuing, reading
from campaigns.renderings.composing import composed
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.texts import approving
from campaigns.renderings.texts.passages import passages_of
from campaigns.spaces.spaces import bring_in_step
from campaigns.speaking.takes import MessageVoice
from campaigns.translating.kinds import sources
from campaigns.translating.sentences import SourceSentence
from media.models import Recording
from outbox.draining import drain
from pages.publishing import add_published
from people.times import today

from .conftest import WORDS

pytestmark = pytest.mark.django_db
TITLE = WORDS.title


def later(**more) -> datetime:
    return timezone.now() + timedelta(**more)


def printed(it, space, by, key="to-gap") -> SheetVersion:
    order = reading.order(reading.message_or_404(it.page.pk), FORMATS[key], space)
    return issuing.issue(composed(order), by, timezone.now())


# --- words


def test_what_tells_a_case_is_refused_whatever_the_reason():
    told = replace(WORDS, how="Ngày 5/3, chị Hoa ở thôn Arâng bị lừa bán sang bên kia biên giới.")
    assert "vụ việc" in faults(told)["how"][0]
    assert "how" not in faults(WORDS)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Người lạ gặp chị Alăng Thị Mơ, hứa trả tám trăm nghìn một ngày.", "“Alăng Thị Mơ”"),
        ("Chúng nhận là Nguyễn Văn Ba, nói có việc nhẹ.", "“Nguyễn Văn Ba”"),
        ("Em Hiền được rủ đi hái nấm.", "“Hiền”"),
        ("Xe đón ở thôn Arớt trong đêm.", "“thôn Arớt”"),
        ("Chúng hẹn ở đầu thôn 3, đi đường rừng.", "“thôn 3”"),
        ("Hôm 15/11 chúng đón một em gái, hứa cho đi học.", "15/11"),
        ("Ngày 3-12 có người 16 tuổi đi theo xe lạ.", "3-12"),
    ],
)
def test_whoever_and_whichever_hamlet_is_named_is_refused(ready, text, named):
    for name in ("how", "act", "spoken"):
        assert named in " ".join(faults(replace(WORDS, **{name: text}))[name])


@pytest.mark.parametrize(
    "text",
    [
        "Chúng rủ sang Thái Lan, Lào, Campuchia; đi từ Hà Nội, Thành phố Hồ Chí Minh.",
        "Ai ở xã Tây Giang, Thạnh Mỹ được rủ, hãy hỏi Công an xã. Bà con Tây Giang chú ý.",
        "Anh B được mời, anh B hỏi ba điều rồi ở lại. Hỏi trưởng thôn, già làng trước.",
        "Chúng nhắm các em 15, 16 tuổi, nhắn tin làm quen nhiều ngày.",
        "Đến hết ngày 31/12 xe lạ hay đón ở bến; đừng đi xe không biển số.",
        "Đừng gửi bản sao giấy tờ, văn bản nào cho người lạ.",
    ],
)
def test_ways_of_doing_it_are_not_refused(ready, text):
    assert faults(replace(WORDS, how=text, act=text)) == {}


@pytest.mark.parametrize("number", ["Gọi anh Tư 0905 123 456.", "CCCD 048199012345."])
def test_numbers_of_people_are_refused(db, number):
    assert "act" in faults(replace(WORDS, act=number))


def test_the_loudspeaker_says_what_was_written_for_it_or_what_the_rest_says():
    assert spoken_of(WORDS).startswith("Bà con ơi! Mời bán tài khoản")
    assert spoken_of(replace(WORDS, spoken="Bà con nghe đây.")) == "Bà con nghe đây."
    assert "[tên thôn]" in passages(WORDS, today())["loud.60"][1]


# --- one writes, another approves


def test_her_own_words_nobody_approves_and_the_table_holds_it(ready):
    with pytest.raises(Refused, match="người quản lý khác"):
        deciding.approve(ready.writer, ready.wording, ready.wording.stamp, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertWording.objects.filter(pk=ready.wording.pk).update(
            state=State.APPROVED, approved_by=ready.writer, approved_at=timezone.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertWording.objects.filter(pk=ready.wording.pk).update(state=State.APPROVED)
    assert not MessagePage.objects.filter(kind="alert").exists()


def test_nobody_puts_an_alert_on_the_site_around_its_approval(ready, out):
    page = MessagePage.objects.get(pk=out.page.pk)
    page.truth = "Khác."
    with pytest.raises(NotApproved):
        page.save()
    with pytest.raises(NotApproved):
        page.save_revision().publish()
    other = MessagePage(title="Tự viết", heading="Tự viết", kind="alert")
    with pytest.raises(NotApproved):
        add_published(out.page.get_parent().specific, other)
    page.refresh_from_db()
    assert page.truth == WORDS.how
    # nor changes its leaflet
    with pytest.raises(approving.Refused, match="trang cảnh báo"):
        approving.rewrite(passages_of(page)["leaflet.2"], "", "Khác.", out.second, timezone.now())


def test_nobody_edits_it_under_cms_not_even_a_superuser(out, cast):
    cast.administrator.is_superuser = True
    for user in (cast.administrator, out.writer, out.cast.editor):
        allowed = out.page.permissions_for_user(user)
        assert not any(
            (allowed.can_edit(), allowed.can_publish(), allowed.can_unpublish(), allowed.can_delete())
            + (allowed.can_move(), allowed.can_lock(), allowed.can_set_view_restrictions(), allowed.can_copy())
        )
        assert not out.page.get_parent().specific.permissions_for_user(user).can_add_subpage()


def test_what_changed_since_it_was_read_is_not_approved(ready):
    deciding.call_back(ready.writer, ready.wording)
    row = deciding.write(ready.writer, ready.alert, replace(WORDS, act="Gọi 111."), ready.wording.ends_on, later())
    deciding.submit(ready.writer, row, later())
    with pytest.raises(Refused, match="vừa được sửa"):
        deciding.approve(ready.second, ready.wording, ready.wording.stamp, later())


def test_two_windows_of_one_writer_lose_nothing(ready):
    deciding.call_back(ready.writer, ready.wording)
    row = AlertWording.objects.get()
    first = row.stamp
    deciding.write(ready.writer, ready.alert, replace(WORDS, act="Một."), row.ends_on, later(), first)
    with pytest.raises(Refused, match="ở nơi khác"):
        deciding.write(ready.writer, ready.alert, replace(WORDS, act="Hai."), row.ends_on, later(), first)
    assert AlertWording.objects.get().act == "Một."


def test_sent_back_with_a_sentence_that_tells_no_case(ready):
    for word in ("", "Chị Hoa ở thôn Arâng bị lừa bán."):
        with pytest.raises(Refused):
            deciding.send_back(ready.second, ready.wording, word, ready.wording.stamp)
    deciding.send_back(ready.second, ready.wording, "Thêm dấu hiệu.", ready.wording.stamp)
    row = AlertWording.objects.get()
    assert (row.state, row.word) == (State.DRAFT, "Thêm dấu hiệu.")
    with pytest.raises(Refused, match="người khác viết"):
        deciding.write(ready.second, ready.alert, WORDS, row.ends_on, later())
    deciding.discard(ready.second, row)
    assert not Alert.objects.exists()


def test_what_does_not_fit_on_a_card_is_told_before_anybody_approves(ready):
    long = Words("Đ" * 70, WORDS.how, WORDS.signs, WORDS.act)
    row = deciding.write(ready.writer, None, long, today() + timedelta(days=3), timezone.now())
    with pytest.raises(Refused, match=":"):
        deciding.submit(ready.writer, row, timezone.now())


@pytest.mark.parametrize("days", [-1, 200])
def test_the_last_day_is_ahead_and_not_far(ready, days):
    with pytest.raises(Refused) as refused:
        deciding.write(ready.writer, None, WORDS, today() + timedelta(days=days), timezone.now())
    assert "ends_on" in refused.value.fields


# --- out


def test_a_minute_after_approval_it_stands_everywhere(out, client):
    """Nothing is waited for: the next request of any page has it."""
    for space in (out.tay_giang, out.avuong, out.thanh_my):
        page = client.get(space.url).content.decode()
        assert TITLE in page
        assert "mới</span>" in page
        feed = client.get(f"{space.url}tin.atom").content.decode()
        assert f"Cảnh báo mới: {TITLE}" in feed
    assert TITLE in client.get("/").content.decode()
    assert TITLE in client.get("/canh-bao/").content.decode()
    assert TITLE in client.get("/tin.atom").content.decode()
    page = client.get(out.page.url).content.decode()
    for said in ("Chúng làm thế nào", "Hẹn xe đón trong đêm", "Bài loa 30 giây", "tel:111", "bản 1"):
        assert said in page
    assert client.get(f"/canh-bao/so/{out.alert.pk}/")["Location"] == out.page.url
    assert (str(out.alert.key), TITLE) in messages_to_read()
    for key in ("to-gap", "the", "loa"):
        assert printed(out, out.tay_giang, out.cast.editor, key).number == 1


def test_approving_asks_the_same_for_any_number_of_communes(ready, cast):
    """The work within the minute: what an approval writes, and what a space reads, does not grow with the communes."""

    def asked() -> tuple[int, int]:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as approval:
                alert = deciding.approve(ready.second, ready.wording, ready.wording.stamp, timezone.now())
            with CaptureQueriesContext(connection) as table:
                ledger(alert)
            counts = len(approval), len(table)
            transaction.set_rollback(True)
        return counts

    few = asked()
    for n in range(20):
        make_unit(f"999{n:02}", f"Xã Thử {n}", parent=cast.units.da_nang)
    bring_in_step(today())
    assert CommuneSpacePage.objects.count() > 20
    assert asked() == few
    assert few[1] == 4


def test_no_commune_alters_it_and_none_has_to_take_it(out, client_of):
    client = client_of(out.cast.editor)
    taken = client.post(f"/cms/trang-xa/{out.tay_giang.pk}/lay/{out.page.pk}/")
    assert taken.status_code == 404
    assert client.get(f"/cms/pages/{out.page.pk}/edit/").status_code in (302, 403, 404)
    assert client.post(f"/canh-bao-nhanh/{out.alert.pk}/", {"act": "withdraw", "why": "Thử"}).status_code == 403


def test_it_is_new_for_a_week(out):
    assert out.alert.is_new_on(today())
    assert not out.alert.is_new_on(today() + timedelta(days=NEW_DAYS))


def test_a_language_says_it_when_it_is_approved_until_then_vietnamese(out, client):
    english = Locale.objects.get(language_code="en")
    assert client.get(f"/en{out.page.url}").headers["X-Robots-Tag"] == "noindex"
    copy = out.page.copy_for_translation(english, copy_parents=True)
    copy.heading = copy.title = "Do not lend your bank card"
    copy.live = True
    copy.save()
    assert "Do not lend" in client.get(f"/en{out.page.url}").content.decode()
    space = out.tay_giang.copy_for_translation(english, copy_parents=True)
    space.live, space.intro = True, "Hello"
    space.save()
    assert "Do not lend" in client.get(space.url).content.decode()


# --- replaced


def replaced(it, words):
    row = deciding.write(it.writer, it.alert, words, it.alert.ends_on, timezone.now())
    deciding.submit(it.writer, row, timezone.now())
    row.refresh_from_db()
    return deciding.approve(it.second, row, row.stamp, timezone.now())


def test_the_next_version_takes_its_place_at_the_same_address(out, client):
    old = printed(out, out.tay_giang, out.cast.editor)
    alert = replaced(out, replace(WORDS, act="Báo ngân hàng khóa thẻ."))
    assert (alert.pk, alert.version) == (out.alert.pk, 2)
    page = client.get(out.page.url).content.decode()
    assert "Báo ngân hàng khóa thẻ." in page
    assert "bản 2" in page
    new = printed(out, out.tay_giang, out.cast.editor)
    assert (new.sheet, new.number) == (old.sheet, 2)
    # who opened the first has not opened this one
    assert not any(row.opened_at for row in ledger(alert))


def test_a_draft_of_the_next_version_changes_nothing_in_public(out, client):
    deciding.write(out.writer, out.alert, replace(WORDS, act="Nháp."), out.alert.ends_on, timezone.now())
    assert "Nháp." not in client.get(out.page.url).content.decode()


# --- over


def test_withdrawn_it_says_so_wherever_it_was(out, client):
    version = printed(out, out.tay_giang, out.cast.editor)
    other = deciding.write(out.writer, None, replace(WORDS, title="Cảnh báo khác"), out.alert.ends_on, timezone.now())
    deciding.submit(out.writer, other, timezone.now())
    other.refresh_from_db()
    instead = deciding.approve(out.second, other, other.stamp, timezone.now())
    assert ending.withdraw(out.second, out.alert, "Số liệu sai.", instead, timezone.now()) == 1
    gone = client.get(out.page.url, follow=True)
    assert gone.status_code == 410
    said = gone.content.decode()
    for words in ("đã rút, hãy gỡ", "Số liệu sai.", "Cảnh báo khác"):
        assert words in said
    assert TITLE not in said
    assert client.get(f"/en{out.page.url}", follow=True).status_code == 410
    paper = client.get(f"/to/{version.sheet_id}/1/").content.decode()
    assert "đã rút, hãy gỡ" in paper
    assert "Cảnh báo khác" in paper
    assert TITLE not in client.get(out.tay_giang.url).content.decode()
    assert TITLE not in client.get(f"/tim-kiem/?q={TITLE[:12]}").content.decode()
    feed = client.get(f"{out.tay_giang.url}tin.atom").content.decode()
    assert "Đã rút, hãy gỡ: cảnh báo số" in feed
    assert f"#{out.alert.key}" in feed
    assert (str(out.alert.key), TITLE) not in messages_to_read()
    assert next(row.to_take_down for row in ledger(out.alert) if row.printed) == 1


def test_withdrawn_by_mistake_it_comes_back_as_it_was(out, client):
    version = printed(out, out.tay_giang, out.cast.editor)
    ending.withdraw(out.second, out.alert, "Nhầm.", None, timezone.now())
    ending.bring_back(out.writer, out.alert, timezone.now())
    page = client.get(out.page.url)
    assert page.status_code == 200
    assert TITLE in page.content.decode()
    version.refresh_from_db()
    assert version.withdrawal is None
    assert printed(out, out.tay_giang, out.cast.editor) == version
    with pytest.raises(Refused):
        ending.bring_back(out.writer, out.alert, timezone.now())


def test_it_expires_with_its_day(out, client):
    printed(out, out.tay_giang, out.cast.editor)
    Alert.objects.filter(pk=out.alert.pk).update(ends_on=today() - timedelta(days=1))
    # lists are right at midnight, before any job
    assert not Alert.objects.standing(today()).exists()
    ending.expire(timezone.now())
    ending.expire(timezone.now())
    alert = Alert.objects.get()
    assert (alert.ended, alert.ended_by) == (Ended.EXPIRED, None)
    gone = client.get(out.page.url, follow=True)
    assert "đã hết hạn" in gone.content.decode()
    assert SheetVersion.objects.to_take_down().count() == 1
    with pytest.raises(Refused):
        ending.bring_back(out.writer, alert, timezone.now())


def test_what_has_not_been_out_is_not_withdrawn(ready):
    with pytest.raises(Refused, match="chưa lên trang"):
        ending.withdraw(ready.second, ready.alert, "Thử.", None, timezone.now())


# --- who put it out


def test_the_ledger_counts_signed_in_staff_of_a_commune_and_never_the_public(out, client, client_of):
    client.get(out.page.url)
    assert not AlertOpened.objects.exists()
    editor = client_of(out.cast.editor)
    for _twice in range(2):
        assert editor.post(f"/canh-bao-nhanh/{out.alert.pk}/mo/")["Location"] == out.page.url
    # who leads the province is staff of no commune
    client_of(out.writer).post(f"/canh-bao-nhanh/{out.alert.pk}/mo/")
    assert AlertOpened.objects.get().unit == out.units.tay_giang
    printed(out, out.tay_giang, out.cast.editor)
    Play.objects.create(commune=out.units.avuong, message_key=out.alert.key, on=today(), device="x")
    rows = {row.space.unit: row for row in ledger(out.alert)}
    assert (rows[out.units.tay_giang].opened_at is not None, rows[out.units.tay_giang].printed) == (True, 1)
    assert (rows[out.units.avuong].opened_at, rows[out.units.avuong].played) == (None, 1)


def test_mails_name_a_number_and_a_link_alone(out, mailoutbox):
    out.cast.editor.email = "xa@example.org"
    out.cast.editor.save()
    drain()
    (one,) = [mail for mail in mailoutbox if mail.to == ["xa@example.org"]]
    assert "cảnh báo mới" in one.subject
    assert not any(TITLE in mail.body + mail.subject for mail in mailoutbox)


def test_a_refused_write_leaves_no_empty_alert(ready):
    before = Alert.objects.count()
    with pytest.raises(Refused):
        deciding.write(ready.writer, None, replace(WORDS, act="CCCD 048199012345."), today(), timezone.now())
    with pytest.raises(ValidationError), transaction.atomic():
        AlertWording.objects.update(act="CCCD 048199012345.")
    assert Alert.objects.count() == before
    assert Page.objects.filter(slug="canh-bao").count() == 1


def test_a_withdrawn_alert_falls_out_of_loudspeakers_packages_and_feeds_and_says_so(out, client, client_of):
    key, unit = out.page.translation_key, out.cast.units.tay_giang
    days = {"first_day": today(), "last_day": today() + timedelta(days=6), "at": time(17)}
    slot = Slot.objects.create(commune=unit, message_key=key, planned_by=out.cast.editor, **days)
    package = ask(unit, week_of(today()), "vi", out.cast.editor, timezone.now())[0]
    Package.objects.filter(pk=package.pk).update(made=True, messages=str(key))
    editor, page = client_of(out.cast.editor), f"/loa-xa/{unit.pk}/"
    assert any(slots for _day, slots in editor.get(page).context["calendar"])
    press_in_step(timezone.now())
    drain()
    assert TITLE in client.get("/bao-chi/").content.decode()
    ending.withdraw(out.second, out.alert, "Số trong tờ sai.", None, timezone.now())
    shown = editor.get(page)
    assert not any(slots for _day, slots in shown.context["calendar"])
    assert [(one.pk, why) for one, why in shown.context["over"]] == [(slot.pk, "đã rút")]
    refused = editor.get(f"/loa-xa/to-tin/{slot.pk}.pdf", follow=True).content.decode()
    assert f"“{TITLE}”: đã rút. Không đọc nữa" in refused
    package.refresh_from_db()
    assert withdrawn([package]) == {package.pk: f"“{TITLE}”: đã rút."}
    assert week(package).notes == [f"{TITLE}: đã rút, không phát nữa."]
    gone = client.get(f"/bao-chi/{out.page.pk}/")
    assert (gone.status_code, "Thông điệp này đã rút." in gone.content.decode()) == (410, True)
    assert "Đã rút, hãy gỡ" in client.get("/tin.json").json()["items"][0]["title"]
    ending.bring_back(out.second, Alert.objects.get(pk=out.alert.pk), timezone.now())
    assert any(slots for _day, slots in editor.get(page).context["calendar"])
    assert withdrawn([package]) == {}


def test_the_page_above_all_alerts_stands_at_the_desk(out):
    """Who reads an alert in her language comes from it."""
    page = AlertsPage.objects.get(locale__language_code="vi")
    page.save_revision().publish()
    paths = list(SourceSentence.objects.of(page.translation_key).values_list("path", flat=True))
    assert {path.partition("/")[0] for path in paths} == {"title", "summary", "intro"}
    assert page.pk in {one.pk for one in sources()}


def test_what_is_withdrawn_is_heard_no_more_and_comes_back_with_it(out, monkeypatch):
    row = Recording(title="Lời", type="audio", duration=1, language="ktv")
    row.file.name = "media/loi.m4a"
    Recording.objects.bulk_create([row])
    voice = MessageVoice.objects.create(page_key=out.alert.key, language="ktv", recording=row)
    MessageRecording.objects.create(message=out.page, language="ktv", recording=row)
    ending.withdraw(out.second, out.alert, "Số liệu sai.", None, timezone.now())
    voice.refresh_from_db()
    assert (voice.recording, voice.withdrawn_at is not None) == (None, True)
    assert not MessageRecording.objects.exists()
    assert not Recording.objects.exists()
    asked = []
    monkeypatch.setattr(ending, "ask_to_join", lambda *place: asked.append(place))
    ending.bring_back(out.second, out.alert, timezone.now())
    assert asked == [(out.alert.key, "ktv", "")]
