"""A learner plays a conversation by plain forms, stops, comes back, and hears afterwards what was done."""

import re
from datetime import timedelta
from html import unescape

import pytest
from conversations import make_conversation
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_page

from courses.completions.completion import Completion
from courses.content.lesson import ModulePage
from courses.learning.outline import outline
from courses.personal_data import conversations
from courses.practice.conversations.retention import forget_what_was_said
from courses.practice.conversations.runs import ConversationRun, RunTurn, best
from courses.practice.conversations.versions import ConversationVersion
from courses.practice.conversations.words import ConversationWords, seed_words
from people.log.audit import Entry
from people.privacy.erasure import person_erased
from people.signing_in.kept_forms import open_form

OPEN, PRESSING, BLAMING = 0, 1, 2


def begin(client, talk):
    return client.post(f"/hoc-tap/hoi-chuyen/{talk.pk}/bat-dau/")["Location"]


def say(client, address, index, position):
    return client.post(address, {"position": position, "say": index}, follow=True).content.decode()


def play(client, talk, *indexes) -> str:
    address = begin(client, talk)
    for position, index in enumerate(indexes, 1):
        say(client, address, index, position)
    return address


def html(client, address) -> str:
    return client.get(address).content.decode()


def choices(text) -> list[int]:
    return [int(index) for index in re.findall(r'name="say" value="(\d+)"', text)]


@pytest.fixture
def talk(talk_course):
    return talk_course.conversation


# --- before a run


def test_the_page_introduces_the_person_and_the_place_but_not_what_is_hidden(talk, here):
    text = html(here, talk.url)
    assert all(words in text for words in ("Chị Hà, cán bộ xã", "em Mai, 19 tuổi", "Ôm ba lô.", "Bến xe", "Bắt đầu"))
    assert "Mai trốn khỏi quán" not in text
    assert "Em cần gì?" not in text


def test_a_visitor_is_asked_to_sign_in(talk, client):
    assert client.get(talk.url)["Location"].startswith("/tai-khoan/login/")


def test_what_is_for_reviewers_stands_on_no_page(talk, here):
    address = play(here, talk, OPEN, 0)
    for text in (html(here, talk.url), html(here, address)):
        assert "blogspot" not in text
        assert "Công an duyệt" not in text
    assert "Sơ cứu tâm lý (2011)" in html(here, talk.url)


def test_a_conversation_that_is_still_shut_cannot_be_begun(talk, talk_course, here):
    talk_course.course.order_enforced = True
    talk_course.course.save()
    assert here.get(talk.url).status_code == 403
    assert here.post(f"/hoc-tap/hoi-chuyen/{talk.pk}/bat-dau/").status_code == 403
    assert not ConversationRun.objects.exists()


# --- a run


def test_an_utterance_is_answered_with_trust_in_words_what_was_learnt_and_a_remark(talk, here):
    text = say(here, begin(here, talk), OPEN, 1)
    for words in ("Đáp: Em cần gì?", "Em đói", "Nhận xét: Em cần gì?", "Lòng tin tăng rõ. Người ấy còn dè chừng."):
        assert words in text
    assert "Mai ngồi xuống." in text


def test_nothing_shows_the_kind_or_the_trust_of_an_utterance_before_it_is_chosen(talk, here):
    text = html(here, begin(here, talk))
    assert all(words not in text for words in ("pressing", "Câu dồn ép", "Nhận xét: Đi đâu đây?", "Đáp:", "Em đói"))


def test_the_order_of_utterances_is_drawn_anew_for_each_run_and_then_stays(talk, here, monkeypatch):
    orders = iter([[2, 0, 1], [1, 2, 0]])
    monkeypatch.setattr(
        "random.SystemRandom.shuffle", lambda _self, order: order.__setitem__(slice(None), next(orders))
    )
    first = begin(here, talk)
    assert choices(html(here, first)) == choices(html(here, first)) == [2, 0, 1]
    assert choices(html(here, begin(here, talk))) == [1, 2, 0]


def test_reading_writes_nothing(talk, here):
    address = begin(here, talk)
    with CaptureQueriesContext(connection) as queries:
        html(here, talk.url)
        html(here, address)
    assert [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_who_comes_back_goes_on_where_it_was_left_on_any_device(talk, cast, client_of):
    phone, desk = client_of(cast.learner), client_of(cast.learner)
    address = begin(phone, talk)
    say(phone, address, OPEN, 1)
    assert f'href="{address}">Tập tiếp</a>' in html(desk, talk.url)
    assert "Mai ngồi xuống." in html(desk, address)
    assert "Đang làm" in html(desk, talk.get_parent().specific.url)


def test_a_run_keeps_the_texts_with_which_it_began(talk, here):
    address = begin(here, talk)
    talk.title, talk.turns = "Tên mới", talk.turns
    talk.turns[0].value["at"] = "Cảnh mới."
    talk.save_revision().publish()
    assert "Mai đứng ở cửa." in html(here, address)
    assert "Cảnh mới." in html(here, begin(here, talk))
    assert ConversationVersion.objects.count() == 2


def test_a_version_is_kept_once_and_for_ever(talk, here):
    begin(here, talk), begin(here, talk)
    version = ConversationVersion.objects.get()
    for change in (version.save, version.delete, lambda: ConversationVersion.objects.update(hash="")):
        with pytest.raises(TypeError):
            change()


def test_somebody_elses_run_is_not_there(talk, here, cast, client_of):
    address = begin(here, talk)
    other = client_of(cast.other_learner)
    assert other.get(address).status_code == 404
    assert other.post(address, {"position": 1, "say": 0}).status_code == 404
    assert other.post(f"{address}lai/", {"position": 1}).status_code == 404


# --- old forms and second windows


def test_the_same_form_twice_says_it_once(talk, here):
    address = begin(here, talk)
    say(here, address, OPEN, 1)
    text = say(here, address, OPEN, 1)
    assert "Mai ngồi xuống." in text
    assert "đã nói câu khác" not in text
    assert RunTurn.objects.exclude(chosen=None).count() == 1


def test_another_utterance_from_an_old_page_is_refused_in_a_sentence_and_the_turn_is_shown(talk, here):
    address = begin(here, talk)
    say(here, address, OPEN, 1)
    text = say(here, address, BLAMING, 1)
    assert "Ở lượt ấy anh chị đã nói câu khác." in text
    assert "Mai ngồi xuống." in text


@pytest.mark.parametrize(
    ("position", "index"), [("1", "7"), ("1", ""), ("9", "0"), ("", "0"), ("x", "y"), ("1", "9" * 400)]
)
def test_what_no_form_of_ours_sends_is_refused_in_a_sentence(talk, here, position, index):
    text = say(here, begin(here, talk), index, position)
    assert "note warn" in text
    assert "Mai đứng ở cửa." in text
    assert not RunTurn.objects.exclude(chosen=None).exists()


def test_a_form_of_a_run_that_was_begun_anew_in_another_window_is_not_there(talk, here):
    address = begin(here, talk)
    begin(here, talk)
    assert here.post(address, {"position": 1, "say": 0}).status_code == 404


def test_after_the_end_a_late_form_shows_the_debrief(talk, here):
    address = play(here, talk, BLAMING)
    text = say(here, address, OPEN, 2)
    assert "Mai đi mất." in text
    assert "Lượt ấy không có trong lần tập này." in text


def test_two_open_runs_of_one_conversation_cannot_be(talk, here, cast):
    begin(here, talk)
    run = ConversationRun.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConversationRun.objects.create(
            person=cast.learner, conversation_key=run.conversation_key, course_key="x", version=run.version
        )


def test_what_was_said_after_the_session_had_ended_is_carried_through_the_sign_in(talk, here):
    address = begin(here, talk)
    sender = re.search(r'name="sent_by" value="([^"]+)"', html(here, address))[1]
    here.logout()
    form = {"position": 1, "say": OPEN, "sent_by": unescape(sender)}
    response = here.post(address, form, HTTP_ORIGIN="http://testserver")
    assert 'name="login"' in response.content.decode()
    token = re.search(r'name="kept" value="([^"]+)"', response.content.decode())
    assert open_form(unescape(token[1])).fields == [("position", "1"), ("say", "0")]


# --- the debrief


def test_the_debrief_says_all_that_is_worth_saying(talk, here):
    text = html(here, play(here, talk, OPEN, 1))
    for words in (
        "Kết thúc tốt một phần",
        "Mai còn ngại.",
        "Mai trốn khỏi quán.",
        "bị tìm",
        "1 trên 1 câu hỏi là câu mở.",
        "Lời hứa quá: 1 lần",
        "Nhận xét: Chị hứa lo hết.",
        "Lời hứa quá nghe êm lúc ấy và làm đau về sau.",
        "Em sợ bị tìm.</b> Không ai biết em sợ.",
        "Em làm gì ở quán.</b> Không cần lúc này.",
        '<li class="utter">Em cần gì?</li>',
    ):
        assert words in text, words


def test_a_run_without_a_question_says_so(talk, here):
    assert "Lần này anh chị chưa hỏi câu nào." in html(here, play(here, talk, BLAMING))


def test_what_is_kept_of_a_run(talk, here, talk_course):
    play(here, talk, OPEN, 1)
    run = ConversationRun.objects.get()
    assert (run.end, run.end_kind, run.trust, run.done) == ("vua", "partly", 4, True)
    assert (run.counts, run.learnt) == ({"open": 1, "promising": 1}, ["doi"])
    assert run.course_key == talk_course.course.key


def test_the_words_are_those_of_the_editors(talk, here):
    seed_words(talk.locale)
    words = ConversationWords.objects.get()
    words.open_good = "Hỏi mở thế là tốt."
    words.save()
    assert "Hỏi mở thế là tốt." in html(here, play(here, talk, OPEN, 0))


# --- again


def test_again_from_a_turn_repeats_what_came_before_and_nothing_after(talk, here):
    address = play(here, talk, OPEN, 1)
    response = here.post(f"{address}lai/", {"position": 2})
    run = ConversationRun.objects.get(ended_at=None)
    assert response["Location"] == f"/hoc-tap/hoi-chuyen/lan-tap/{run.pk}/"
    assert [(turn.turn, turn.chosen) for turn in run.turns.all()] == [("a", OPEN), ("b", None)]
    assert "Mai ở lại." in say(here, response["Location"], 0, 2)


def test_again_from_a_turn_that_is_not_kept_is_refused_in_a_sentence(talk, here):
    address = play(here, talk, OPEN, 1)
    play(here, talk, OPEN)
    text = here.post(f"{address}lai/", {"position": 2}, follow=True).content.decode()
    assert "Lượt ấy không còn được giữ." in text
    assert ConversationRun.objects.count() == 2


def test_a_new_run_drops_what_was_said_before_and_keeps_the_outcome(talk, here):
    first = play(here, talk, OPEN, 1)
    play(here, talk, OPEN)
    assert set(RunTurn.objects.values_list("run__ended_at", flat=True)) == {None}
    text = html(here, first)
    assert "Lời hứa quá: 1 lần" in text
    assert "Chị hứa lo hết." not in text
    begin(here, talk)
    assert ConversationRun.objects.count() == 2  # the unfinished one is gone


def test_the_best_of_all_runs_is_marked(talk, here):
    play(here, talk, OPEN, 0), play(here, talk, OPEN, 1), play(here, talk, BLAMING)
    runs = list(ConversationRun.objects.all())
    assert best(runs).end == "tot"
    assert re.search(r"Kết thúc tốt</a></h3>.*?Lần tốt nhất", html(here, talk.url))
    assert html(here, talk.url).count("Lần tốt nhất") == 1


# --- in the course


def test_an_optional_conversation_is_no_condition_and_never_comes_next(talk, here, cast, talk_course):
    play(here, talk, OPEN)
    view = outline(talk_course.course, cast.learner)
    assert view.next.url == talk_course.lessons[0].url
    here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")
    assert outline(talk_course.course, cast.learner).next.url == talk_course.quiz.url


def test_an_optional_conversation_is_not_counted_as_part_of_the_course(talk, here, cast, talk_course):
    before = outline(talk_course.course, cast.learner)
    assert (before.total, before.minutes_left, before.course.minutes) == (2, 34, 34)  # a lesson of 4, a quiz of 30
    talk.required = True
    talk.save()
    after = outline(talk_course.course, cast.learner)
    assert (after.total, after.minutes_left) == (3, 39)


def test_a_module_of_conversations_is_done_when_all_of_them_were_played(here, cast, talk_course):
    module = make_page(talk_course.course, ModulePage, "Tập hỏi chuyện")
    pages = [make_conversation(module, slug=f"cuoc-{n}") for n in (1, 2)]
    for done, talk in zip((False, True), pages, strict=True):
        play(here, talk, OPEN, 0)
        assert outline(talk_course.course, cast.learner).part_of(module.pk).done is done


@pytest.fixture
def required(talk, talk_course):
    talk.required = True
    talk.save()
    talk_course.quiz.unpublish()
    return talk


def test_a_required_conversation_completes_the_course_by_a_run_that_counts(required, here, talk_course):
    here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")
    assert not Completion.objects.exists()
    play(here, required, BLAMING)
    assert not Completion.objects.exists()
    address = play(here, required, OPEN, 1)
    assert Completion.objects.get().course_key == talk_course.course.key
    assert f"Anh chị đã hoàn thành khóa “{talk_course.course.title}”." in html(here, address)


def test_a_lesson_read_after_the_required_conversation_completes_the_course(required, here, cast, talk_course):
    play(here, required, OPEN, 0)
    assert not Completion.objects.exists()
    here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")
    assert Completion.objects.get().person == cast.learner


def test_a_lesson_leads_to_the_conversation_after_it(talk, here, talk_course):
    assert here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")["Location"] == talk.url


# --- what it costs


def counted(client, address, **form) -> int:
    with CaptureQueriesContext(connection) as queries:
        (client.post if form else client.get)(address, form)
    return len(queries)


def test_a_turn_and_a_debrief_cost_four_queries_however_long_the_run(talk, here):
    address = begin(here, talk)
    html(here, address)
    costs = [counted(here, address)]
    say(here, address, OPEN, 1)
    costs.append(counted(here, address))
    say(here, address, 0, 2)
    costs.append(counted(here, address))
    # session, person, run with its version, turns; with them the version of the content
    assert costs == [costs[0]] * 3
    assert costs[0] <= 6


def test_saying_something_costs_the_same_at_each_turn(talk, here):
    address = begin(here, talk)
    # session, person, run, turns, utterance, next turn, run; and the transaction
    assert counted(here, address, position=1, say=OPEN) <= 10


def test_the_page_before_a_run_costs_the_same_however_often_it_was_played(talk, here):
    play(here, talk, OPEN, 0)
    html(here, talk.url)
    once = counted(here, talk.url)
    for _time in range(3):
        play(here, talk, OPEN, 1)
    assert counted(here, talk.url) == once
    # session, person, the page in two queries, seen, attempts, runs, completions, places, runs of this one, words
    assert once <= 13


# --- for the person alone


def test_no_report_and_no_log_tells_what_was_said_or_that_it_was_practised(talk, here, cast, client_of):
    before = Entry.objects.count()
    play(here, talk, OPEN, 1)
    assert Entry.objects.count() == before
    trainer = client_of(cast.trainer)
    for address in ("/bao-cao/", f"/bao-cao/can-bo/{cast.learner.staff_code}/"):
        text = html(trainer, address)
        assert "Alăng Thị Hà" in text or address == "/bao-cao/"
        assert all(words not in text for words in ("Người ở bến xe", "Em cần gì?", "tập hỏi chuyện"))


# --- dropped after a while


def test_what_was_said_is_dropped_after_thirty_days(talk, here, cast):
    play(here, talk, OPEN, 1)
    forget_what_was_said(timezone.now() + timedelta(days=29))
    assert RunTurn.objects.count() == 2
    forget_what_was_said(timezone.now() + timedelta(days=31))
    assert not RunTurn.objects.exists()
    assert ConversationRun.objects.get().end == "vua"


def test_a_run_left_unfinished_is_dropped_whole(talk, here):
    play(here, talk, OPEN)
    forget_what_was_said(timezone.now() + timedelta(days=31))
    assert not ConversationRun.objects.exists()


# --- a copy and an erasure of one's own data


def test_the_copy_of_ones_data_has_every_run_and_what_was_said_in_the_last(talk, here, cast):
    play(here, talk, OPEN, 1), play(here, talk, BLAMING)
    first, last = conversations(cast.learner)
    assert (first["Kết thúc"], first["Điều đã biết"], first["Lời đã nói"]) == ("Tốt một phần", "Em đói", "")
    assert (last["Kết thúc"], last["Lời đã nói"]) == ("Đóng lại hoặc bỏ đi", "Em về đi.")


def test_an_erasure_takes_all_runs(talk, here, cast):
    play(here, talk, OPEN, 1), play(here, talk, OPEN)
    person_erased.send(type(cast.learner), person=cast.learner, now=timezone.now())
    assert not ConversationRun.objects.exists()
    assert not RunTurn.objects.exists()
