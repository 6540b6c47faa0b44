"""People chosen from a list, by ticks or all that match: previewed, reminded or printed, with rights of the moment."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from pypdf import PdfReader

from courses.acts.choice import Choice, forget_old
from courses.reminders.call_sheets import forget_call_lists
from courses.requirements.requirement import Excuse, Requirement
from courses.standing.standing import rebuild_all, refresh
from outbox.draining import drain
from outbox.effects import Effect
from outbox.private_files import private_files
from people.log.audit import Act, Entry
from people.messages.day_message import DayMessage, MessageState
from people.postings.posting import Posting

COURSE = "nhan-dien-nan-nhan"
TUESDAY = timezone.make_aware(datetime(2026, 11, 24, 9))
CHOOSE, LIST, FIGURE = "/bao-cao/chon/", "/bao-cao/can-bo/", f"/bao-cao/{COURSE}/48/can-bo/"


def test_the_lists_offer_boxes_and_acts(province, client_of):
    for path in (LIST, FIGURE):
        page = client_of(province.manager).get(path).content.decode()
        assert f'name="nguoi" value="{province.learner.pk}"' in page
        assert "Chọn Alăng Thị Hà" in page
        assert "Nhắc ngay</button>" in page
        assert "In danh sách gọi</button>" in page


def test_on_a_past_day_nothing_is_offered(province, client_of):
    page = client_of(province.manager).get(f"{FIGURE}?ngay=2026-11-01").content.decode()
    assert "Nhắc ngay" not in page


def test_who_is_ticked_is_seen_before_reminded_once_and_logged(province, client_of, choose):
    client = client_of(province.manager)
    page = choose(client, "nhac", province.learner, province.other_learner)
    seen = client.get(page).content.decode()
    assert "2 người sẽ được nhắc" in seen
    assert "Qua email: 1" in seen
    assert "vào danh sách cần gọi: 1" in seen
    assert "hạn ngày 15/12/2026 (còn 21 ngày)" in seen
    assert "Alăng" not in seen
    assert not DayMessage.objects.exists()
    for _twice in range(2):
        client.post(page)
        drain(TUESDAY)
    (sent,) = mail.outbox
    assert sent.to == ["ha@example.vn"]
    assert DayMessage.objects.get(person=province.other_learner).state == MessageState.TO_CALL
    assert {row.by for row in DayMessage.objects.select_related("by")} == {province.manager}
    assert Entry.objects.filter(act=Act.REMINDED, by=province.manager).count() == 2
    again = client.get(choose(client, "nhac", province.learner)).content.decode()
    assert "Đã có tin trong ngày ấy, mỗi người mỗi ngày một tin: 1" in again


def test_on_a_saturday_it_goes_out_on_monday(province, client_of, choose):
    saturday = timezone.make_aware(datetime(2026, 11, 28, 10))
    with time_machine.travel(saturday, tick=False):
        client = client_of(province.manager)
        page = choose(client, "nhac", province.learner)
        assert "Tin đi ngày 30/11/2026" in client.get(page).content.decode()
        client.post(page)
        drain(saturday)
    assert mail.outbox == []
    monday = timezone.make_aware(datetime(2026, 11, 30, 8, 1))
    with time_machine.travel(monday, tick=False):
        drain(monday)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("what", ["excused", "left"])
def test_who_was_excused_or_left_after_the_preview_is_not_reminded(province, client_of, what, choose):
    client = client_of(province.manager)
    page = choose(client, "nhac", province.learner)
    if what == "excused":
        for requirement in Requirement.objects.all():
            Excuse.objects.create(
                person=province.learner, requirement=requirement, reason="Ốm", start=date(2026, 11, 1)
            )
    else:
        Posting.objects.filter(person=province.learner).update(end=date(2026, 11, 20))
    refresh([province.learner.pk], TUESDAY)
    client.post(page)
    drain(TUESDAY)
    assert mail.outbox == []


def test_all_that_match_are_those_on_every_page_of_the_list(province, client_of, choose):
    for n in range(60):
        make_posting(make_person(f"Bríu Người {n}", f"X-{n:03}"), province.units.tay_giang)
    rebuild_all()
    client = client_of(province.manager)
    for source in (f"{LIST}?tim=briu", f"{FIGURE}?tim=briu&trang_thai=thieu"):
        page = choose(client, "nhac", source=source, tat_ca="1")
        assert "Anh chị đã chọn 60 người" in client.get(page).content.decode()
    assert client.get(page).content.decode().count(f'href="{FIGURE}?tim=briu&amp;trang_thai=thieu"') >= 1


def test_a_trainer_of_one_commune_chooses_nobody_of_another(province, client_of, choose):
    client = client_of(province.trainer)
    assert choose(client, "nhac", province.other_learner) == LIST
    assert choose(client, "nhac", source=f"/bao-cao/{COURSE}/20455/can-bo/", tat_ca="1").startswith(
        "/bao-cao/nhac/chon/"
    )
    assert Choice.objects.get().people == [province.learner.pk]
    assert (
        client.post(CHOOSE, {"viec": "nhac", "tat_ca": "1", "tu": f"/bao-cao/{COURSE}/20695/can-bo/"}).status_code
        == 404
    )


def test_ones_choice_is_nobody_elses_and_gone_after_a_day(province, client_of, choose):
    page = choose(client_of(province.manager), "nhac", province.learner)
    assert client_of(province.administrator).get(page).status_code == 404
    with time_machine.travel(TUESDAY + timedelta(days=1, minutes=1), tick=False):
        assert client_of(province.manager).get(page).status_code == 404
    forget_old(TUESDAY + timedelta(days=1))
    assert not Choice.objects.exists()


def test_nobody_ticked_or_a_foreign_source_leads_back_with_a_sentence(province, client_of):
    client = client_of(province.manager)
    answer = client.post(CHOOSE, {"viec": "nhac", "tu": "https://evil.example/"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Hãy đánh dấu ít nhất một người" in answer.content.decode()
    assert client.post(CHOOSE, {"viec": "khong-co", "tu": LIST}).status_code == 403


def test_the_printed_call_list_says_who_printed_it_is_logged_and_goes_after_a_day(province, client_of, choose):
    client = client_of(province.manager)
    page = choose(client, "goi", province.learner, province.other_learner)
    assert "2 người anh chị phụ trách hôm nay" in client.get(page).content.decode()
    client.post(page)
    client.post(page)
    drain(TUESDAY)
    work = Effect.objects.get(kind="call_sheets")
    answer = client.get(f"/bao-cao/viec/{work.pk}/tep/")
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert round(float(reader.pages[0].mediabox.height)) == 842
    for text in ("Trần Thị Lan in lúc 09:00 24/11/2026", "Alăng Thị Hà", "0905000001", "0905000002", "ha@example.vn"):
        assert text in words
    assert "15/12/2026" in words
    assert Entry.objects.filter(act=Act.PRINTED_CALLS, by=province.manager).count() == 2
    assert client_of(province.administrator).get(f"/bao-cao/viec/{work.pk}/tep/").status_code == 404
    name = work.result["file"]
    written = private_files.get_modified_time(name)
    forget_call_lists(written + timedelta(hours=23))
    assert private_files.exists(name)
    forget_call_lists(written + timedelta(hours=25))
    assert not private_files.exists(name)


def test_of_whom_one_answers_for_no_more_no_telephone_is_printed(province, client_of, choose):
    """Seen for the sake of past figures, but answered for by another commune today."""
    Posting.objects.filter(person=province.learner).update(end=date(2026, 10, 31))
    make_posting(province.learner, province.units.thanh_my, start=date(2026, 11, 1))
    refresh([province.learner.pk], TUESDAY)
    client = client_of(province.trainer)
    page = choose(client, "goi", province.learner)
    assert "0 người anh chị phụ trách hôm nay" in client.get(page).content.decode()
    client.post(page)
    assert not Effect.objects.filter(kind="call_sheets").exists()
    assert "0 người sẽ được nhắc" in client.get(choose(client, "nhac", province.learner)).content.decode()


def test_a_preview_asks_as_many_queries_for_sixty_as_for_two(province, client_of, choose):
    client = client_of(province.manager)

    def counted(*people):
        page = choose(client, "nhac", *people)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    few = counted(province.learner, province.other_learner)
    people = [make_person(f"Người {n}", f"Y-{n:03}") for n in range(60)]
    for person in people:
        make_posting(person, province.units.tay_giang)
    rebuild_all()
    assert counted(*people) == few
