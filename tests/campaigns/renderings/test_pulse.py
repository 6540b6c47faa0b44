"""The three questions of a message: answered by anybody, by month or by a code for a room; totals alone."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person
from nonsense import THU

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.kind import ActivityKind, seed_kinds
from campaigns.activities.made.pulse import Moment, PulseCount, say
from campaigns.activities.made.writing import Said, count_from_elsewhere
from campaigns.answering.once import SentNumber, forget_numbers
from campaigns.messages import asked
from campaigns.messages.message import MessagePage
from campaigns.pulse.asking import has_questions, questions_of
from campaigns.pulse.counting import (
    MonthCount,
    Room,
    RoomCount,
    add_to_month,
    add_to_room,
    close_forgotten,
    close_room,
    months_of,
    open_room,
)
from campaigns.renderings.texts import approving
from campaigns.renderings.texts.passages import passages_of
from campaigns.speaking.consents import end_speaker
from campaigns.speaking.rules import TakeState
from campaigns.speaking.script import PATHS
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import MessageVoice, Sound, Take
from campaigns.translating.keeping import words_beside_changed
from campaigns.translating.sentences import SourceSentence
from media.models import Recording
from people.times import today

pytestmark = pytest.mark.django_db
RIGHT = {"cau-1": "B", "cau-2": "A", "cau-3": "C"}


def sent(client, address, number=None, **letters):
    return client.post(address, {"so": number or str(uuid4()), **letters})


@pytest.fixture
def gathering(approved):
    """A talk in Tây Giang that the editor logged."""
    seed_kinds()
    unit, key = approved.units.tay_giang, uuid4()
    kind = ActivityKind.objects.get(key="noi-chuyen")
    said = Said(kind, unit, unit, None, today(), {}, {"quantity": 1}, ["vi"])
    count_from_elsewhere(approved.cast.manager, key, said, approved.cast.editor, timezone.now())
    return Activity.objects.get(key=key)


def test_the_kits_questions_are_asked_once_all_are_approved(printed, client):
    message = printed.message
    address = f"/hoi-nhanh/{message.pk}/"
    assert questions_of(message) == []
    assert client.get(address).status_code == 404
    approving.approve(passages_of(message).values(), printed.cast.manager, timezone.now())
    assert has_questions(message)
    first = questions_of(message)[0]
    assert (first.right, first.right_answer.words, first.why) == (
        "B",
        "Chính mình",
        "Giấy tờ của mình thì tự mình giữ.",
    )
    page = client.get(address)
    assert page.content.decode().count('type="radio"') == 9
    assert not page.cookies
    assert f'href="{address}"' in client.get(message.url).content.decode()


def test_a_months_answers_are_totals_sent_once_and_told_when_it_is_over(approved, client):
    address, number = f"/hoi-nhanh/{approved.message.pk}/", str(uuid4())
    for _twice in range(2):
        said = sent(client, address, number, **RIGHT).content.decode()
    assert "Giấy tờ của mình thì tự mình giữ." in said
    assert set(MonthCount.objects.values_list("question", "right", "answers")) == {(1, 1, 1), (2, 1, 1), (3, 1, 1)}
    forget_numbers(timezone.now() + timedelta(minutes=61))
    sent(client, address, number, **{"cau-1": "A"})
    assert MonthCount.objects.get(question=1).answers == 2
    # of what is none of the choices, of nothing, and of a form of another site nothing is counted
    assert sent(client, address, **{"cau-1": "D"}).status_code == 422
    assert client.post(address, {"so": "x", **RIGHT}).status_code == 200
    elsewhere = client.post(address, {"so": str(uuid4()), **RIGHT}, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    assert MonthCount.objects.get(question=1).answers == 2
    assert "Các tháng trước" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("right", "answers", "told"),
    [(3, 4, []), (10, 20, [(1, 10, 20)]), (17, 20, [(1, None, 20)]), (2, 20, [(1, None, 20)]), (5, 5, [(1, 5, 5)])],
)
def test_no_number_under_five_and_no_complement_of_one_is_told(approved, right, answers, told):
    key = approved.message.translation_key
    for n in range(answers):
        add_to_month(key, date(2026, 5, 20), {1: n < right})
    assert months_of(key, date(2026, 5, 31)) == []
    assert [month.told for month in months_of(key, date(2026, 6, 1))] == ([told] if told else [])


def test_a_room_counts_while_it_is_open_and_gives_its_totals_to_the_gathering(approved, gathering, client, client_of):
    editor, staff = client_of(approved.cast.editor), f"/hoi-nhanh/phong/{gathering.key}/"
    say(approved.cast.editor, gathering.key, {(1, Moment.AFTER.value): (9, 15)}, timezone.now())
    editor.post(staff, {"act": "open", "thong-diep": approved.message.pk, "luc": "truoc"})
    room = Room.objects.get()
    assert room.token in editor.get(staff).content.decode()
    address = f"/hoi-nhanh/p/{room.token}/"
    page = client.get(address)
    assert not page.cookies
    assert "Tây Giang" not in page.content.decode()
    for n in range(12):
        answer = sent(client, address, **{"cau-1": "B" if n < 6 else "A", "cau-2": "A" if n < 2 else "B"})
    # before the talk nobody is told what is right
    assert "tự mình giữ" not in answer.content.decode()
    sent(client, address, **{"cau-3": "C"})
    editor.post(staff, {"act": "close", "phong": room.pk})
    rows = PulseCount.objects.filter(activity_key=gathering.key, superseded_at=None)
    assert set(rows.values_list("question", "moment", "right", "answers")) == {
        (1, "truoc", 6, 12),
        (2, "truoc", None, 12),
        (1, "sau", 9, 15),
    }
    assert not RoomCount.objects.exists()
    assert client.get(address).status_code == 404
    assert not close_room(approved.cast.editor, room, timezone.now())
    assert client_of(approved.cast.learner).get(staff).status_code == 403


def test_a_room_that_was_forgotten_shuts_by_itself(approved, gathering, client):
    then = timezone.now() - timedelta(hours=7)
    room = open_room(approved.cast.editor, gathering.key, "sau", approved.message, then)
    assert client.get(f"/hoi-nhanh/p/{room.token}/").status_code == 404
    again = open_room(approved.cast.editor, gathering.key, "sau", approved.message, timezone.now())
    assert again != room
    assert open_room(approved.cast.editor, gathering.key, "sau", approved.message, timezone.now()) == again
    assert client.get(f"/hoi-nhanh/p/{again.token}/").status_code == 200


# --- heard


@pytest.fixture
def heard(approved, thu, client):
    """The first question, its answers and why were spoken in a language without words; `voices` by part."""
    words_beside_changed(approved.message)
    person = make_person("Người Đọc", "NT-doc")
    speaker = Speaker.objects.create(language=THU, person=person, written_by=person, how="self", uses=["site"])
    approved.key, approved.voices, approved.speaker = approved.message.translation_key, {}, speaker
    for part in asked.slots_of(1):
        take = spoken_take(approved, part)
        row = Recording(title=part, type="audio", duration=2, language=THU)
        row.file.name, row.is_clean = f"media/{part}.m4a", True
        Recording.objects.bulk_create([row])
        voice = MessageVoice.objects.create(page_key=approved.key, language=THU, part=part, recording=row)
        voice.takes.set([take])
        approved.voices[part] = voice
    return approved


def spoken_take(it, part):
    source = SourceSentence.objects.of(it.key).get(path=PATHS[part])
    sound = Sound.objects.create(
        number=uuid4(), page_key=it.key, language=THU, speaker=it.speaker, digest=part.ljust(64, "0")
    )
    said = {"sound": sound, "source": source, "language": THU, "of_text": source.text}
    return Take.objects.create(**said, state=TakeState.APPROVED, decided_at=timezone.now())


def test_each_answer_is_heard_where_it_is_chosen(heard, client):
    address = f"/hoi-nhanh/{heard.message.pk}/"
    plain = client.get(address).content.decode()
    assert "media/pulse" not in plain, "the Vietnamese questions have no voice"
    assert f'href="?tieng={THU}"' in plain
    assert "(nghe)" in plain
    shown = client.get(f"{address}?tieng={THU}").content.decode()
    for part in ("pulse.1", "pulse.1.a", "pulse.1.b", "pulse.1.c"):
        assert shown.count(f"media/{part}.m4a") == 1
    assert "pulse.1.why" not in shown, "why is told with the answer"
    assert shown.count('type="radio"') == 9
    told = sent(client, f"{address}?tieng={THU}", **RIGHT).content.decode()
    assert "media/pulse.1.why.m4a" in told
    assert MonthCount.objects.get(question=1).right == 1
    assert client.get(f"{address}?tieng=khong-co").status_code == 200


def test_in_a_room_too_and_before_the_talk_no_voice_tells_what_is_right(heard, gathering, client):
    room = open_room(heard.cast.editor, gathering.key, "truoc", heard.message, timezone.now())
    address = f"/hoi-nhanh/p/{room.token}/?tieng={THU}"
    assert "media/pulse.1.b.m4a" in client.get(address).content.decode()
    assert "media/pulse" not in sent(client, address, **RIGHT).content.decode()


def test_a_voice_that_says_what_is_asked_no_more_is_silent(heard, client, django_capture_on_commit_callbacks):
    """Two answers changed places: the old voice would lead who cannot read astray."""
    address = f"/hoi-nhanh/{heard.message.pk}/?tieng={THU}"
    passages = passages_of(heard.message)
    first, second = passages["pulse.1.a"], passages["pulse.1.b"]
    texts = first.text, second.text
    approving.rewrite(first, "", texts[1], heard.cast.manager, timezone.now())
    approving.rewrite(second, "", texts[0], heard.cast.manager, timezone.now())
    assert client.get(address).status_code == 404, "nothing is asked before it is approved anew"
    approving.approve(passages_of(heard.message).values(), heard.cast.administrator, timezone.now())
    words_beside_changed(heard.message)
    shown = client.get(address).content.decode()
    assert "media/pulse.1.m4a" in shown
    assert "media/pulse.1.c.m4a" in shown
    assert "media/pulse.1.a.m4a" not in shown
    assert "media/pulse.1.b.m4a" not in shown


def test_a_voice_whose_speaker_agrees_no_more_is_silent(heard, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        end_speaker(heard.speaker, timezone.now())
    assert "media/pulse" not in client.get(f"/hoi-nhanh/{heard.message.pk}/?tieng={THU}").content.decode()


# --- attacked


def test_of_two_sends_at_once_one_counts_and_after_an_hour_nothing_is_known_of_them(approved, client):
    address, number = f"/hoi-nhanh/{approved.message.pk}/", str(uuid4())
    sent(client, address, number, **RIGHT)
    row = SentNumber.objects.get()
    assert number not in row.digest
    with pytest.raises(IntegrityError), transaction.atomic():
        SentNumber.objects.create(digest=row.digest, at=timezone.now())
    forget_numbers(timezone.now() + timedelta(minutes=61))
    assert not SentNumber.objects.exists()


def test_a_room_that_is_opened_again_neither_adds_up_nor_wipes_what_was_counted(approved, gathering, client):
    """A sum that grew by one would tell an answer; a second round of two people would wipe the first."""

    def round_of(letters):
        room = open_room(approved.cast.editor, gathering.key, "truoc", approved.message, timezone.now())
        for letter in letters:
            sent(client, f"/hoi-nhanh/p/{room.token}/", **{"cau-1": letter})
        close_room(approved.cast.editor, room, timezone.now())

    def told():
        rows = PulseCount.objects.filter(activity_key=gathering.key, superseded_at=None)
        return list(rows.values_list("question", "right", "answers"))

    round_of("BBBBBBAAAAA")
    assert told() == [(1, 6, 11)]
    round_of("B")
    assert told() == [(1, 6, 11)]
    round_of("BBBBBBBAAAAA")
    assert told() == [(1, 7, 12)]


def test_a_forgotten_room_gives_its_totals_and_keeps_no_small_count(approved, gathering, client):
    then = timezone.now() - timedelta(hours=7)
    room = open_room(approved.cast.editor, gathering.key, "sau", approved.message, then)
    for n in range(8):
        add_to_room(room, then, {1: n < 8, **({2: True} if n < 3 else {})})
    close_forgotten(timezone.now())
    assert not RoomCount.objects.exists()
    rows = PulseCount.objects.filter(activity_key=gathering.key, superseded_at=None)
    assert list(rows.values_list("question", "moment", "right", "answers")) == [(1, "sau", 8, 8)]


def test_nothing_is_asked_in_a_room_of_a_message_that_was_taken_back(approved, gathering, client):
    room = open_room(approved.cast.editor, gathering.key, "sau", approved.message, timezone.now())
    MessagePage.objects.get(pk=approved.message.pk).unpublish()
    assert client.get(f"/hoi-nhanh/p/{room.token}/").status_code == 404
    assert sent(client, f"/hoi-nhanh/p/{room.token}/", **RIGHT).status_code == 404
    assert not RoomCount.objects.exists()


def test_no_text_and_no_voice_of_who_answers_is_taken(approved, client):
    page = client.get(f"/hoi-nhanh/{approved.message.pk}/").content.decode()
    form = page[page.index('<form method="post"') : page.index("</form>", page.index('<form method="post"'))]
    kinds = set(re.findall(r'<input type="(\w+)"', form))
    assert kinds == {"hidden", "radio"}
    assert "<textarea" not in form
    names = {field.name for model in (MonthCount, RoomCount) for field in model._meta.fields}
    assert names == {"id", "message_key", "month", "question", "answers", "right", "room"}
