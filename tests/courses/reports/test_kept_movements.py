"""Two days of many people: worked out in the background once, kept for the day, opened by the rights of each reader."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LONG_AGO, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.reports.movements import export_jobs, kept, views
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from outbox.effects import Effect, EffectState
from outbox.private_files import private_files
from people.log.audit import Act, Entry

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
BETWEEN = date(2026, 10, 20)
DAYS = "tu=2026-10-01&ngay=2026-11-20"


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr(kept, "MANY", 1)
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@shared(on=NOW - timedelta(minutes=1))
def province(cast):
    """In Tây Giang one came, one left and one completed."""
    seed_requirements(LONG_AGO)
    make_posting(make_person("Người Đến", "BD-1"), cast.units.tay_giang, start=BETWEEN)
    make_posting(make_person("Người Đi", "BD-2"), cast.units.tay_giang, end=BETWEEN)
    completes(cast.learner, BETWEEN)
    rebuild_all(now=NOW)
    return cast


def completes(person, on):
    Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import", recorded_at=LONG_AGO)


def page(client, rest="", code="20455", days=DAYS, **more):
    return client.get(f"/bao-cao/{COURSE}/{code}/bien-dong/{rest}?{days}", **more)


def told(response):
    return [(str(row["label"]), [number.text for number in row["numbers"]]) for row in response.context["rows"]]


def test_the_first_visit_shows_how_far_it_is_and_the_next_the_answer(province, client_of, monkeypatch):
    client = client_of(province.manager)
    waiting = page(client)
    body = waiting.content.decode()
    assert 'data-seconds="2"' in body
    assert "Đang chờ đến lượt" in body
    for rest in ("can-bo/", "xuat.csv", "can-bo/xuat.xlsx"):
        assert page(client, rest)["Location"].startswith(f"/bao-cao/{COURSE}/20455/bien-dong/?")
    # whoever comes meanwhile waits for the same work
    page(client_of(province.trainer))
    assert Effect.objects.filter(kind=kept.MOVEMENT).count() == 1
    drain()
    answer = page(client)
    assert "Tính lúc 09:00 24/11/2026" in answer.content.decode()
    monkeypatch.setattr(kept, "MANY", 5000)
    Effect.objects.filter(kind=kept.MOVEMENT).delete()
    at_once = page(client)
    assert "Tính lúc" not in at_once.content.decode()
    assert told(answer) == told(at_once)
    assert len(told(answer)) == 3
    assert answer.context["state_rows"] == at_once.context["state_rows"]
    assert answer.context["bridge"].closes()


def test_every_number_opens_to_its_rows_and_who_recorded_them(province, client_of):
    client = client_of(province.manager)
    page(client)
    drain()
    answer = page(client)
    for row in answer.context["rows"]:
        for number in row["numbers"]:
            if number.text:
                assert client.get(number.address).context["total"] == int(number.text[1:])
    for end in answer.context["ends"]:
        assert client.get(end["completed"]).context["total"] == end["figure"].completed
        assert client.get(end["required"]).context["total"] >= end["figure"].required
    rows = page(client, "can-bo/").context["page"].object_list
    assert {row.cause for row in rows} == {"Đến", "Đi", "Hoàn thành"}
    assert all(row.by for row in rows)


def test_a_page_of_numbers_reads_no_rows_and_a_list_draws_the_people_of_one_page(province, client_of, monkeypatch):
    for number in range(3):
        make_posting(make_person(f"Ai {number}", f"BD-1{number}"), province.units.tay_giang, start=BETWEEN)
    rebuild_all(now=NOW)
    client = client_of(province.manager)
    page(client)
    drain()
    row, read = Effect.objects.get(kind=kept.MOVEMENT), []
    opened = private_files.open
    monkeypatch.setattr(private_files, "open", lambda name, *mode: read.append(name) or opened(name, *mode))
    page(client)
    assert read == [row.result["file"]]
    monkeypatch.setattr(views, "PAGE", 2)
    lists = [page(client, "can-bo/", days=f"{DAYS}&ly_do=den&page={number}").context["page"] for number in (1, 2)]
    assert [one.name for some in lists for one in some.object_list] == ["Ai 0", "Ai 1", "Ai 2", "Người Đến"]
    assert [len(some.paginator.object_list) for some in lists] == [4, 4]


def test_an_answer_of_an_earlier_release_is_worked_out_anew(province, client_of):
    client = client_of(province.manager)
    page(client)
    drain()
    row = Effect.objects.get(kind=kept.MOVEMENT)
    Effect.objects.filter(pk=row.pk).update(result={name: row.result[name] for name in ("file", "at")})
    assert "Đang tính" in page(client).content.decode()


def test_an_answer_that_another_made_opens_nothing_beyond_ones_reach(province, client_of):
    page(client_of(province.manager), code="48")
    page(client_of(province.manager))
    drain()
    client = client_of(province.editor)
    for rest in ("", "can-bo/", "xuat.csv", "can-bo/xuat.csv"):
        assert page(client, rest).status_code in (403, 404)
        assert page(client_of(province.trainer), rest, code="48").status_code == 404
        assert page(client_of(province.observer), rest, code="48").status_code in ((200,) if not rest else (403,))
    observed = page(client_of(province.observer), code="48").content.decode()
    assert "Người Đến" not in observed
    assert "Tính lúc" not in observed


def test_it_is_kept_for_the_day_and_worked_out_anew_when_asked(province, client_of, morning):
    client = client_of(province.manager)
    page(client)
    drain()
    again = page(client).context["again"]
    completes(make_person("Người Nữa", "BD-3"), BETWEEN)
    assert client.get(again).templates[0].name == "reports/movement_work.html"
    client.get(again)
    assert Effect.objects.filter(kind=kept.MOVEMENT).count() == 2
    drain()
    page(client)
    assert Effect.objects.filter(kind=kept.MOVEMENT).count() == 2
    # an answer of yesterday, and one whose file is gone, are not shown
    morning.shift(timedelta(days=1))
    client = client_of(province.manager)
    assert "Đang tính" in page(client).content.decode()
    drain()
    private_files.delete(Effect.objects.filter(kind=kept.MOVEMENT).latest("pk").result["file"])
    assert "Đang tính" in page(client).content.decode()


def test_as_known_on_a_past_day_it_is_kept(province, client_of, morning):
    client = client_of(province.manager)
    known = f"{DAYS}&biet_den=2026-11-23"
    page(client, days=known)
    drain()
    morning.shift(timedelta(days=3))
    assert page(client_of(province.manager), days=known).context["counted_at"] == NOW


def test_what_cannot_be_worked_out_says_why_and_is_tried_again_when_asked(province, client_of):
    client = client_of(province.manager)
    page(client)
    row = Effect.objects.get(kind=kept.MOVEMENT)
    Effect.objects.filter(pk=row.pk).update(state=EffectState.FAILED, error="Máy chủ đang bận.")
    body = page(client).content.decode()
    assert "Máy chủ đang bận." in body
    assert f"lai={row.pk}" in body
    assert "data-seconds" not in body


def test_a_long_file_of_people_is_written_in_the_background(province, client_of, monkeypatch):
    monkeypatch.setattr(export_jobs, "ROWS_AT_ONCE", 1)
    client = client_of(province.manager)
    page(client)
    drain()
    assert "Chuẩn bị tệp" in page(client, "can-bo/xuat.csv").content.decode()
    address = f"/bao-cao/{COURSE}/20455/bien-dong/can-bo/xuat.csv?{DAYS}"
    for _twice in range(2):
        assert client.post(address)["Location"] == "/bao-cao/viec/"
    drain()
    row = Effect.objects.get(kind=export_jobs.EXPORT)
    assert (row.state, row.result["rows"], row.done) == (EffectState.DONE, 3, 3)
    text = b"".join(client.get(f"/bao-cao/viec/{row.pk}/tep/").streaming_content).decode("utf-8-sig")
    assert {"BD-1", "BD-2"} <= {line.split(";")[0] for line in text.splitlines()}
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.count, entry.by) == (Act.EXPORTED_PEOPLE, 3, province.manager)


def test_a_kept_answer_costs_the_same_queries_for_any_number_of_people(province, client_of):
    client = client_of(province.manager)

    def queries() -> int:
        page(client)
        drain()
        page(client)
        with CaptureQueriesContext(connection) as caught:
            page(client)
        return len(caught)

    few = queries()
    for _ in range(12):
        make_posting(make_person(), province.units.tay_giang, start=BETWEEN)
    rebuild_all(now=NOW)
    client.get(page(client).context["again"])
    assert queries() == few
    assert few < 30, few
