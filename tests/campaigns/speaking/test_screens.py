"""The pages on which a voice is recorded, heard and decided: with a script and without, and only for whom it is."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from voices_of_tests import lines, make_speaker, send, tone, words_for

from campaigns.speaking.consents import end_speaker
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import Take
from media.models import Recording
from outbox.draining import drain
from people.rights.reader import Reader
from people.roster.waiting import Desk, waiting_for
from people.times import today

pytestmark = pytest.mark.django_db
THU = "qaa-x-thu"


@pytest.fixture
def at(it):
    it.record = f"/tieng-noi/{THU}/thu/{it.message.pk}/"
    it.listen = f"/tieng-noi/{THU}/nghe/{it.message.pk}/"
    it.send = f"/tieng-noi/gui/{THU}/{it.message.pk}/"
    words_for(it, "Zu ka.", "Ro.")
    return it


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def sent(it, line, **more):
    pieces = [{"source": line.source.pk, "seal": line.seal, "begins_at": 0, "ends_at": None}]
    return {"number": str(uuid4()), "speaker": it.speaker.pk, "pieces": json.dumps(pieces), "sound": tone(), **more}


def test_somebody_agrees_before_the_microphone_is_offered(at, client_of):
    client = client_of(at.voice)
    Speaker.objects.all().delete()
    shown = client.get(at.record)
    assert "Ai đọc, và đồng ý" in words(shown)
    assert "data-recorder" not in words(shown)
    asked = {"who": "other", "how": "paper", "uses": ["loudspeaker"], "is_minor": "on", "bai": at.message.pk}
    refused = client.post(f"/tieng-noi/{THU}/nguoi-doc/", asked)
    assert refused.status_code == 422
    assert "đừng thu" in words(refused)
    assert "người đại diện" in words(refused)
    asked |= {"uses": ["site", "school"], "representative_agreed": "on"}
    over = client.post(f"/tieng-noi/{THU}/nguoi-doc/", asked | {"until": f"{today() - timedelta(days=1):%d/%m/%Y}"})
    assert over.status_code == 422
    assert "Ngày này đã qua" in words(over)
    assert not Speaker.objects.exists(), "nobody is recorded whose consent is over"
    done = client.post(f"/tieng-noi/{THU}/nguoi-doc/", asked, follow=True)
    assert "data-recorder" in words(done)
    row = Speaker.objects.get()
    assert (row.person, row.written_by, row.uses) == (None, at.voice, ["site", "school"])


def test_only_this_page_opens_the_microphone(at, client_of):
    client = client_of(at.voice)
    opened = client.get(f"{at.record}?giong={at.speaker.pk}")
    assert "microphone=(self)" in opened["Permissions-Policy"]
    assert "camera=()" in opened["Permissions-Policy"]
    assert "media-src 'self' blob:" in opened["Content-Security-Policy"]
    for address in ("/tieng-noi/", f"/tieng-noi/{THU}/", at.listen, f"/tieng-noi/{THU}/nguoi-doc/", "/dich/", "/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "microphone=()" in answer["Permissions-Policy"], address
        assert "blob:" not in answer["Content-Security-Policy"]


def test_a_script_sends_the_same_recording_twice(at, client_of):
    client, line = client_of(at.voice), lines(at)[0]
    form = sent(at, line)
    first = client.post(at.send, form, HTTP_ACCEPT="application/json").json()
    assert first["ok"]
    assert "Đã nhận 1 câu" in first["said"]
    second = client.post(at.send, {**form, "sound": tone()}, HTTP_ACCEPT="application/json").json()
    assert second["ok"]
    assert "đã có ở đây" in second["said"]
    assert Take.objects.count() == 1


def test_without_a_script_a_file_is_sent_for_each_sentence(at, client_of):
    client = client_of(at.voice)
    shown = client.get(f"{at.record}?giong={at.speaker.pk}").content.decode()
    pieces = re.search(r"name=\"pieces\" value='([^']+)'", shown)[1]
    number = re.search(r'name="number" value="([^"]+)"', shown)[1]
    form = {"number": number, "speaker": at.speaker.pk, "pieces": pieces, "sound": tone("m4a")}
    assert "Đã nhận 1 câu" in words(client.post(at.send, form, follow=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pieces": "[]"}, "không khớp"),
        ({"pieces": '{"a": 1}'}, "không đủ"),
        ({"pieces": "[" * 2000}, "không đủ"),
        ({"pieces": '[{"source": 1, "seal": "", "begins_at": NaN}]'}, "không khớp"),
        ({"sound": ""}, "Chưa có bản thu"),
        ({"speaker": "0"}, "không còn đồng ý"),
        ({"number": "1"}, "không đủ"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(at, client_of, wrong, said):
    answer = client_of(at.voice).post(at.send, {**sent(at, lines(at)[0]), **wrong}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 422
    assert said in answer.json()["said"]
    assert not Take.objects.exists()


def test_an_approver_hears_and_decides_by_sentence(at, client_of, quick):
    for line in lines(at):
        send(at, line)
    drain()
    first, second = [line.take for line in lines(at)]
    client = client_of(at.ear)
    shown = words(client.get(at.listen))
    assert shown.count("Duyệt câu này") == 2
    heard = client.get(f"/tieng-noi/{THU}/cau/{first.pk}/")
    assert heard["Content-Type"] == "audio/mp4"
    assert "no-store" in heard["Cache-Control"]
    asked = [one.count for one in waiting_for(Desk(Reader(at.ear), today())) if "chờ nghe" in str(one.title)]
    assert asked == [2]
    assert "Chọn câu để duyệt" in words(client.post(at.listen, {}, follow=True))
    both = client.post(at.listen, {f"pick-{first.pk}": "1", f"back-{first.pk}": "Nhỏ."}, follow=True)
    assert "chỉ làm một việc" in words(both)
    assert 'value="Nhỏ."' in words(both), "what was typed is still there"
    assert f'name="pick-{first.pk}" value="1" checked' in words(both)
    done = words(client.post(at.listen, {f"pick-{first.pk}": "1", f"back-{second.pk}": "Nhỏ quá."}, follow=True))
    assert "Đã duyệt 1 câu" in done
    assert "Đã gửi lại 1 câu" in done
    shown = words(client_of(at.voice).get(f"{at.record}?giong={at.speaker.pk}"))
    assert "Nhỏ quá." in shown
    back = [one.count for one in waiting_for(Desk(Reader(at.voice), today())) if "thu lại" in str(one.title)]
    assert back == [1]


def test_who_recorded_it_is_offered_no_decision(at, client_of, quick):
    send(at, lines(at)[0])
    drain()
    take = lines(at)[0].take
    client = client_of(at.voice)
    assert "Duyệt câu này" not in words(client.get(at.listen))
    assert client.post(at.listen, {f"pick-{take.pk}": "1"}).status_code == 403
    assert "Duyệt câu này" in words(client_of(at.approver).get(at.listen)), "she approved the words and is no voice"


def test_a_reason_with_a_number_in_it_is_asked_about(at, client_of, quick):
    send(at, lines(at)[0])
    drain()
    answer = client_of(at.ear).post(at.listen, {f"back-{lines(at)[0].take.pk}": "Gọi chị Tư 0905 123 456."})
    assert answer.status_code == 422
    assert Take.objects.get().state == "awaiting"


def test_the_consent_ends_where_it_was_written_down(at, client_of):
    other = make_speaker(at.other)
    client = client_of(at.voice)
    assert client.post(f"/tieng-noi/{THU}/nguoi-doc/{other.pk}/thoi/").status_code == 404
    done = client.post(f"/tieng-noi/{THU}/nguoi-doc/{at.speaker.pk}/thoi/", follow=True)
    assert "không dùng nữa" in words(done)
    at.speaker.refresh_from_db()
    assert at.speaker.ended_at
    assert client_of(at.cast.manager).post(f"/tieng-noi/{THU}/nguoi-doc/{other.pk}/thoi/").status_code == 302


def test_the_board_says_who_is_waited_for(at, client_of):
    manager = client_of(at.cast.manager)
    shown = words(manager.get(f"/dich/bang/?tieng={THU}"))
    assert "tiếng nói: " in shown
    assert "chờ người đọc" in shown
    assert at.message.title in words(manager.get(f"/dich/bang/?tieng={THU}&trang-thai=speaker"))
    assert at.listen in shown


def test_who_leads_takes_a_voice_off_the_page_and_puts_it_back(at, client_of, quick):
    for line in lines(at):
        send(at, line)
    drain()
    picked = {f"pick-{line.take.pk}": "1" for line in lines(at)}
    client_of(at.ear).post(at.listen, picked)
    drain()
    manager = client_of(at.cast.manager)
    assert "Rút tiếng này" in words(manager.get(at.listen))
    assert "Đã rút" in words(manager.post(f"{at.listen}rut/", {"act": "withdraw"}, follow=True))
    assert client_of(at.voice).post(f"{at.listen}rut/", {"act": "again"}).status_code == 403
    assert "Đang ghép lại" in words(manager.post(f"{at.listen}rut/", {"act": "again"}, follow=True))
    drain()
    assert "Rút tiếng này" in words(manager.get(at.listen))


def test_a_reader_hears_it_with_words_that_follow(at, client_of, client, quick):
    for line in lines(at):
        send(at, line)
    drain()
    client_of(at.ear).post(at.listen, {f"pick-{line.take.pk}": "1" for line in lines(at)})
    drain()
    shown = words(client.get(f"/{THU}/ngay-30-7/di-lam-xa/"))
    assert '<span data-at="0.0">Zu ka.</span>' in shown
    assert '<span data-at="1.4">Ro.</span>' in shown
    assert re.search(r"<small>2 giây · \d+ KB</small>", shown)
    assert "Giọng đọc" not in shown
    captions = client.get(f"/tep/phu-de/{Recording.objects.get().pk}.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert "00:00.000 --> 00:01.000\nZu ka." in captions.content.decode()
    end_speaker(at.speaker, at.now)
    assert client.get(f"/tep/phu-de/{Recording.objects.get().pk}.vtt").status_code == 404
