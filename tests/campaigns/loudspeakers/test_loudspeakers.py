"""Slots, bulletins, plays: logged by a code without an account, merged, confirmed by an editor, counted once."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone
from factories import make_person
from sharing import shared

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.kind import seed_kinds
from campaigns.activities.told.coverage import Window, coverage
from campaigns.loudspeakers import bulletin, reading_out
from campaigns.loudspeakers.bulletin import script_of, seconds_of
from campaigns.loudspeakers.reading_out import Reading, calendar_of, readings
from campaigns.loudspeakers.slot import Play, Slot, days_between
from people.rights.roles import RoleKind, give
from people.times import today

pytestmark = pytest.mark.django_db


@shared
def loud(communes):
    """A message with a script, and a slot of every day this month in Tây Giang."""
    seed_kinds()
    message = communes.message
    message.spoken = "Kính chào bà con [tên thôn]. Hỏi cho rõ rồi hãy đi."
    message.save_revision().publish()
    message.refresh_from_db()
    fields = {"first_day": today(), "last_day": today() + timedelta(days=30), "planned_by": communes.cast.editor}
    slot = Slot.objects.create(
        commune=communes.units.tay_giang, message_key=message.translation_key, at=time(6), **fields
    )
    return SimpleNamespace(**{**vars(communes.cast), "message": message, "slot": slot})


def page_of(loud):
    return f"/loa-xa/{loud.units.tay_giang.pk}/"


def test_a_calendar_of_days():
    key, over, alert = uuid4(), uuid4(), uuid4()
    said = {key: Reading("Một"), over: Reading("Hai", over="đã rút"), alert: Reading("Ba", last_day=date(2026, 7, 6))}
    july = {"first_day": date(2026, 7, 1), "last_day": date(2026, 7, 31), "message_key": key}
    daily = Slot(**july, at=time(17))
    mondays = Slot(**july, weekdays="0", at=time(6))
    ended = Slot(**july, at=time(5), ended_on=date(2026, 7, 6))
    withdrawn = Slot(**{**july, "message_key": over}, at=time(4))
    warning = Slot(**{**july, "message_key": alert}, at=time(18))
    slots = [daily, mondays, ended, withdrawn, warning]
    found = dict(calendar_of(slots, said, days_between(date(2026, 7, 5), date(2026, 7, 8))))
    assert found[date(2026, 7, 6)] == [ended, mondays, daily, warning]
    assert found[date(2026, 7, 7)] == [daily]
    assert calendar_of([daily], said, [date(2026, 8, 1)]) == [(date(2026, 8, 1), [])]
    assert said[alert].why_not_on(date(2026, 7, 7)) == "đã hết hạn"


def test_the_script_has_its_place_and_its_time(loud):
    said = script_of(loud.message.spoken, loud.slot)
    assert "bà con Xã Tây Giang." in said
    assert seconds_of(" ".join(["một"] * 70)) == 30


def test_the_code_logs_once_a_day_and_tells_nothing(client_of, loud):
    public = client_of(None)
    address = f"/loa/{loud.slot.token}/"
    page = public.get(address)
    assert not page.cookies
    for secret in ("Tây Giang", "Đi làm xa", "06:00", "lương cao"):
        assert secret not in page.content.decode()
    first, again = public.post(address), public.post(address)
    nobody = public.post("/loa/khong-co/")
    assert first.content == again.content == nobody.content
    assert Play.objects.get().by is None
    elsewhere = public.post(address, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    assert not first.cookies


def test_a_code_of_another_day_logs_nothing(client_of, loud):
    Slot.objects.filter(pk=loud.slot.pk).update(first_day=today() + timedelta(days=1))
    client_of(None).post(f"/loa/{loud.slot.token}/")
    assert not Play.objects.exists()


def test_what_an_editor_confirms_is_in_the_log_and_counts_once(client_of, loud):
    client_of(None).post(f"/loa/{loud.slot.token}/")
    editor, play = client_of(loud.editor), Play.objects.get()
    assert "chờ xác nhận" in editor.get(page_of(loud)).content.decode()
    for _twice in range(2):
        editor.post(page_of(loud), {"act": "confirm", "which": play.pk})
    row = Activity.objects.standing().get()
    assert (row.kind.key, row.quantity, row.minutes, row.written_by) == ("phat-loa", 1, 1, None)
    found = coverage(Window(date(today().year, 1, 1), today(), today()))
    assert sum(one.all_plays for one in found.rows) == 1
    page = f"/hoat-dong/muc/{row.key}/"
    assert "Từ lịch loa" in editor.get(page).content.decode()
    assert editor.get(f"{page}sua/").url == page


def test_a_refused_play_does_not_count(client_of, loud):
    client_of(None).post(f"/loa/{loud.slot.token}/")
    client_of(loud.editor).post(page_of(loud), {"act": "refuse", "which": Play.objects.get().pk})
    assert not Activity.objects.exists()
    assert Play.objects.get().confirmed is False


def test_an_unplanned_play_is_sent_once_and_confirmed_by_another(client_of, loud):
    editor, key = client_of(loud.editor), str(loud.message.translation_key)
    sent = {"act": "play", "message": key, "minutes": "2", "on": f"{today():%d/%m/%Y}", "device": str(uuid4())}
    for _twice in range(2):
        assert editor.post(page_of(loud), sent).status_code == 302
    play = Play.objects.get()
    editor.post(page_of(loud), {"act": "confirm", "which": play.pk})
    assert not Activity.objects.exists()
    client_of(loud.unit_head).post(page_of(loud), {"act": "confirm", "which": play.pk})
    assert Activity.objects.standing().get().minutes == 2
    assert editor.post(page_of(loud), {**sent, "device": "x"}).status_code == 422


def test_planning_printing_and_ending(client_of, loud):
    editor, key = client_of(loud.editor), str(loud.message.translation_key)
    sent = {"act": "slot", "message": key, "minutes": "1", "first_day": "01/07/2027", "last_day": "31/07/2027"}
    assert editor.post(page_of(loud), {**sent, "at": "25h", "weekdays": ["0"]}).status_code == 422
    backwards = {**sent, "last_day": "01/06/2027", "at": "17:30", "weekdays": ["0"]}
    assert "Ngày cuối phải sau ngày đầu" in editor.post(page_of(loud), backwards).content.decode()
    assert editor.post(page_of(loud), {**sent, "at": "17:30", "weekdays": ["0", "4"]}).status_code == 302
    slot = Slot.objects.get(at=time(17, 30))
    assert slot.weekdays == "04"
    pdf = editor.get(f"/loa-xa/to-tin/{slot.pk}.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    editor.post(page_of(loud), {"act": "end", "which": slot.pk})
    slot.refresh_from_db()
    assert slot.ended_on == today()


def test_a_slot_of_an_alert_ends_with_it(client_of, loud, monkeypatch):
    """The alert as its room tells of it: in force, withdrawn, past its last day."""
    editor, key = client_of(loud.editor), loud.message.translation_key
    last = today() + timedelta(days=1)
    told = {key: (last, "")}
    monkeypatch.setattr(reading_out, "_ENDS", [lambda keys: {one: told[one] for one in keys if one in told}])
    page = editor.get(page_of(loud))
    assert [day for day, slots in page.context["calendar"] if slots][-1] <= last
    sent = {"act": "slot", "message": str(key), "minutes": "1", "at": "17:30", "weekdays": ["0"]}
    days = {"first_day": f"{today():%d/%m/%Y}", "last_day": f"{last + timedelta(days=1):%d/%m/%Y}"}
    assert f"chỉ phát đến hết ngày {last:%d/%m/%Y}" in editor.post(page_of(loud), {**sent, **days}).content.decode()
    assert editor.get(f"/loa-xa/to-tin/{loud.slot.pk}.pdf").content.startswith(b"%PDF")
    for ends, why in (((last, "đã rút"), "đã rút"), ((today() - timedelta(days=1), ""), "đã hết hạn")):
        told[key] = ends
        page = editor.get(page_of(loud))
        assert not any(slots for _day, slots in page.context["calendar"])
        assert [one_why for _slot, one_why in page.context["over"]] == [why]
        assert "Gỡ tờ tin đã in" in page.content.decode()
        refused = editor.get(f"/loa-xa/to-tin/{loud.slot.pk}.pdf", follow=True).content.decode()
        assert f"“Đi làm xa”: {why}. Không đọc nữa" in refused
    editor.post(page_of(loud), {"act": "end", "which": loud.slot.pk})
    assert not editor.get(page_of(loud)).context["over"]


def test_the_words_approved_for_loudspeakers_are_read_and_what_waits_is_a_draft(loud, monkeypatch):
    script = [("Lời đã duyệt.", True)]
    monkeypatch.setattr(bulletin, "_SCRIPTS", [lambda page: script[0]])
    assert bulletin.said_of(loud.message) == ("Lời đã duyệt.", True)
    script[0] = ("Lời chưa duyệt.", False)
    assert bulletin.said_of(loud.message) == (loud.message.spoken, False)
    reading = readings([loud.message.translation_key])[loud.message.translation_key]
    assert bulletin.bulletin_data(loud.slot, loud.message, reading)["draft"] == "BẢN NHÁP – CHƯA DUYỆT"
    monkeypatch.setattr(bulletin, "_SCRIPTS", [])
    assert bulletin.said_of(loud.message)[1]
    loud.message.spoken += " Số ấy †."
    assert not bulletin.said_of(loud.message)[1]


def test_anothers_loudspeakers_are_not_found(client_of, loud):
    far = make_person("Biên Tập Xa")
    give(far, RoleKind.COMMUNE_EDITOR, loud.units.thanh_my)
    client_of(None).post(f"/loa/{loud.slot.token}/")
    play, client = Play.objects.get(), client_of(far)
    assert client.get(page_of(loud)).status_code == 404
    assert client.get(f"/loa-xa/to-tin/{loud.slot.pk}.pdf").status_code == 404
    client.post(f"/loa-xa/{loud.units.thanh_my.pk}/", {"act": "confirm", "which": play.pk})
    client.post(f"/loa-xa/{loud.units.thanh_my.pk}/", {"act": "end", "which": loud.slot.pk})
    play.refresh_from_db()
    loud.slot.refresh_from_db()
    assert (play.confirmed, loud.slot.ended_on) == (None, None)
    for person in (loud.learner, loud.observer, loud.translator):
        assert client_of(person).get(page_of(loud)).status_code == 403
    assert timezone.now() >= play.logged_at
