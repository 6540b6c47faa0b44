"""A learner plays a conversation by plain forms, stops, comes back, and hears afterwards what was done."""

import re
from datetime import timedelta

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
from people.privacy.erasure import person_erased

OPEN, PRESSING, BLAMING = 0, 1, 2


def begin(client, page):
    return client.post(f"/hoc-tap/hoi-chuyen/{page.pk}/bat-dau/")["Location"]


def say(client, address, index, position):
    return client.post(address, {"position": position, "say": index}, follow=True).content.decode()


def play(client, page, *indexes) -> str:
    address = begin(client, page)
    for position, index in enumerate(indexes, 1):
        say(client, address, index, position)
    return address


def html(client, address) -> str:
    return client.get(address).content.decode()


def choices(text) -> list[int]:
    return [int(index) for index in re.findall(r'name="say" value="(\d+)"', text)]


@pytest.fixture
def page(talk_course):
    return talk_course.conversation


# --- before a run


def test_the_page_introduces_the_person_and_the_place_but_not_what_is_hidden(page, here):
    text = html(here, page.url)
    assert all(words in text for words in ("Chị Hà, cán bộ xã", "em Mai, 19 tuổi", "Ôm ba lô.", "Bến xe", "Bắt đầu"))
    assert "Mai trốn khỏi quán" not in text
    assert "Em cần gì?" not in text


def test_a_visitor_is_asked_to_sign_in(page, client):
    assert client.get(page.url)["Location"].startswith("/tai-khoan/login/")


def test_what_is_for_reviewers_stands_on_no_page(page, here):
    address = play(here, page, OPEN, 0)
    for text in (html(here, page.url), html(here, address)):
        assert "blogspot" not in text
        assert "Công an duyệt" not in text
    assert "Sơ cứu tâm lý (2011)" in html(here, page.url)


def test_a_conversation_that_is_still_shut_cannot_be_begun(page, talk_course, here):
    talk_course.course.order_enforced = True
    talk_course.course.save()
    assert here.get(page.url).status_code == 403
    assert here.post(f"/hoc-tap/hoi-chuyen/{page.pk}/bat-dau/").status_code == 403
    assert not ConversationRun.objects.exists()


# --- a run


def test_an_utterance_is_answered_with_trust_in_words_what_was_learnt_and_a_remark(page, here):
    text = say(here, begin(here, page), OPEN, 1)
    for words in ("Đáp: Em cần gì?", "Em đói", "Nhận xét: Em cần gì?", "Lòng tin tăng rõ. Người ấy còn dè chừng."):
        assert words in text
    assert "Mai ngồi xuống." in text


def test_nothing_shows_the_kind_or_the_trust_of_an_utterance_before_it_is_chosen(page, here):
    text = html(here, begin(here, page))
    assert all(words not in text for words in ("pressing", "Câu dồn ép", "Nhận xét: Đi đâu đây?", "Đáp:", "Em đói"))


def test_the_order_of_utterances_is_drawn_anew_for_each_run_and_then_stays(page, here, monkeypatch):
    orders = iter([[2, 0, 1], [1, 2, 0]])
    monkeypatch.setattr(
        "random.SystemRandom.shuffle", lambda _self, order: order.__setitem__(slice(None), next(orders))
    )
    first = begin(here, page)
    assert choices(html(here, first)) == choices(html(here, first)) == [2, 0, 1]
    assert choices(html(here, begin(here, page))) == [1, 2, 0]


def test_reading_writes_nothing(page, here):
    address = begin(here, page)
    with CaptureQueriesContext(connection) as queries:
        html(here, page.url)
        html(here, address)
    assert [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_who_comes_back_goes_on_where_it_was_left_on_any_device(page, cast, client_of):
    phone, desk = client_of(cast.learner), client_of(cast.learner)
    address = begin(phone, page)
    say(phone, address, OPEN, 1)
    assert f'href="{address}">Tập tiếp</a>' in html(desk, page.url)
    assert "Mai ngồi xuống." in html(desk, address)
    assert "Đang làm" in html(desk, page.get_parent().specific.url)


def test_a_run_keeps_the_texts_with_which_it_began(page, here):
    address = begin(here, page)
    page.title, page.turns = "Tên mới", page.turns
    page.turns[0].value["at"] = "Cảnh mới."
    page.save_revision().publish()
    assert "Mai đứng ở cửa." in html(here, address)
    assert "Cảnh mới." in html(here, begin(here, page))
    assert ConversationVersion.objects.count() == 2


def test_a_version_is_kept_once_and_for_ever(page, here):
    begin(here, page), begin(here, page)
    version = ConversationVersion.objects.get()
    for change in (version.save, version.delete, lambda: ConversationVersion.objects.update(hash="")):
        with pytest.raises(TypeError):
            change()


def test_somebody_elses_run_is_not_there(page, here, cast, client_of):
    address = begin(here, page)
    other = client_of(cast.other_learner)
    assert other.get(address).status_code == 404
    assert other.post(address, {"position": 1, "say": 0}).status_code == 404
    assert other.post(f"{address}lai/", {"position": 1}).status_code == 404


# --- old forms and second windows


def test_the_same_form_twice_says_it_once(page, here):
    address = begin(here, page)
    say(here, address, OPEN, 1)
    text = say(here, address, OPEN, 1)
    assert "Mai ngồi xuống." in text
    assert "đã nói câu khác" not in text
    assert RunTurn.objects.exclude(chosen=None).count() == 1


def test_another_utterance_from_an_old_page_is_refused_in_a_sentence_and_the_turn_is_shown(page, here):
    address = begin(here, page)
    say(here, address, OPEN, 1)
    text = say(here, address, BLAMING, 1)
    assert "Ở lượt ấy anh chị đã nói câu khác." in text
    assert "Mai ngồi xuống." in text


@pytest.mark.parametrize(
    ("position", "index"), [("1", "7"), ("1", ""), ("9", "0"), ("", "0"), ("x", "y"), ("1", "9" * 400)]
)
def test_what_no_form_of_ours_sends_is_refused_in_a_sentence(page, here, position, index):
    text = say(here, begin(here, page), index, position)
    assert "note warn" in text
    assert "Mai đứng ở cửa." in text
    assert not RunTurn.objects.exclude(chosen=None).exists()


def test_a_form_of_a_run_that_was_begun_anew_in_another_window_is_not_there(page, here):
    address = begin(here, page)
    begin(here, page)
    assert here.post(address, {"position": 1, "say": 0}).status_code == 404


def test_after_the_end_a_late_form_shows_the_debrief(page, here):
    address = play(here, page, BLAMING)
    text = say(here, address, OPEN, 2)
    assert "Mai đi mất." in text
    assert "Lượt ấy không có trong lần tập này." in text


def test_two_open_runs_of_one_conversation_cannot_be(page, here, cast):
    begin(here, page)
    run = ConversationRun.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConversationRun.objects.create(
            person=cast.learner, conversation_key=run.conversation_key, course_key="x", version=run.version
        )


# --- the debrief


def test_the_debrief_says_all_that_is_worth_saying(page, here):
    text = html(here, play(here, page, OPEN, 1))
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


def test_a_run_without_a_question_says_so(page, here):
    assert "Lần này anh chị chưa hỏi câu nào." in html(here, play(here, page, BLAMING))


def test_what_is_kept_of_a_run(page, here, talk_course):
    play(here, page, OPEN, 1)
    run = ConversationRun.objects.get()
    assert (run.end, run.end_kind, run.trust, run.done) == ("vua", "partly", 4, True)
    assert (run.counts, run.learnt) == ({"open": 1, "promising": 1}, ["doi"])
    assert run.course_key == talk_course.course.key


def test_the_words_are_those_of_the_editors(page, here):
    seed_words(page.locale)
    words = ConversationWords.objects.get()
    words.open_good = "Hỏi mở thế là tốt."
    words.save()
    assert "Hỏi mở thế là tốt." in html(here, play(here, page, OPEN, 0))


# --- again


def test_again_from_a_turn_repeats_what_came_before_and_nothing_after(page, here):
    address = play(here, page, OPEN, 1)
    response = here.post(f"{address}lai/", {"position": 2})
    run = ConversationRun.objects.get(ended_at=None)
    assert response["Location"] == f"/hoc-tap/hoi-chuyen/lan-tap/{run.pk}/"
    assert [(turn.turn, turn.chosen) for turn in run.turns.all()] == [("a", OPEN), ("b", None)]
    assert "Mai ở lại." in say(here, response["Location"], 0, 2)


def test_again_from_a_turn_that_is_not_kept_is_refused_in_a_sentence(page, here):
    address = play(here, page, OPEN, 1)
    play(here, page, OPEN)
    text = here.post(f"{address}lai/", {"position": 2}, follow=True).content.decode()
    assert "Lượt ấy không còn được giữ." in text
    assert ConversationRun.objects.count() == 2


def test_a_new_run_drops_what_was_said_before_and_keeps_the_outcome(page, here):
    first = play(here, page, OPEN, 1)
    play(here, page, OPEN)
    assert set(RunTurn.objects.values_list("run__ended_at", flat=True)) == {None}
    text = html(here, first)
    assert "Lời hứa quá: 1 lần" in text
    assert "Chị hứa lo hết." not in text
    begin(here, page)
    assert ConversationRun.objects.count() == 2  # the unfinished one is gone


def test_the_best_of_all_runs_is_marked(page, here):
    play(here, page, OPEN, 0), play(here, page, OPEN, 1), play(here, page, BLAMING)
    runs = list(ConversationRun.objects.all())
    assert best(runs).end == "tot"
    assert re.search(r"Kết thúc tốt</a></h3>.*?Lần tốt nhất", html(here, page.url))
    assert html(here, page.url).count("Lần tốt nhất") == 1


# --- in the course


def test_an_optional_conversation_is_no_condition_and_never_comes_next(page, here, cast, talk_course):
    play(here, page, OPEN)
    view = outline(talk_course.course, cast.learner)
    assert view.next.url == talk_course.lessons[0].url
    here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")
    assert outline(talk_course.course, cast.learner).next.url == talk_course.quiz.url


def test_an_optional_conversation_is_not_counted_as_part_of_the_course(page, here, cast, talk_course):
    before = outline(talk_course.course, cast.learner)
    assert (before.total, before.minutes_left, before.course.minutes) == (2, 34, 34)  # a lesson of 4, a quiz of 30
    page.required = True
    page.save()
    after = outline(talk_course.course, cast.learner)
    assert (after.total, after.minutes_left) == (3, 39)


def test_a_module_of_conversations_is_done_when_all_of_them_were_played(here, cast, talk_course):
    module = make_page(talk_course.course, ModulePage, "Tập hỏi chuyện")
    pages = [make_conversation(module, slug=f"cuoc-{n}") for n in (1, 2)]
    for done, page in zip((False, True), pages, strict=True):
        play(here, page, OPEN, 0)
        assert outline(talk_course.course, cast.learner).part_of(module.pk).done is done


@pytest.fixture
def required(page, talk_course):
    page.required = True
    page.save()
    talk_course.quiz.unpublish()
    return page


def test_a_required_conversation_completes_the_course_by_a_run_that_counts(required, here, talk_course):
    here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")
    assert not Completion.objects.exists()
    play(here, required, BLAMING)
    assert not Completion.objects.exists()
    play(here, required, OPEN, 1)
    assert Completion.objects.get().course_key == talk_course.course.key


def test_a_lesson_read_after_the_required_conversation_completes_the_course(required, here, cast, talk_course):
    play(here, required, OPEN, 0)
    assert not Completion.objects.exists()
    here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")
    assert Completion.objects.get().person == cast.learner


def test_a_lesson_leads_to_the_conversation_after_it(page, here, talk_course):
    assert here.post(f"/hoc-tap/muc/{talk_course.lessons[0].pk}/xong/")["Location"] == page.url


# --- what it costs


def counted(client, address, **form) -> int:
    with CaptureQueriesContext(connection) as queries:
        (client.post if form else client.get)(address, form)
    return len(queries)


def test_a_turn_and_a_debrief_cost_four_queries_however_long_the_run(page, here):
    address = begin(here, page)
    html(here, address)
    costs = [counted(here, address)]
    say(here, address, OPEN, 1)
    costs.append(counted(here, address))
    say(here, address, 0, 2)
    costs.append(counted(here, address))
    # session, person, run with its version, turns; with them the version of the content
    assert costs == [costs[0]] * 3
    assert costs[0] <= 6


def test_saying_something_costs_the_same_at_each_turn(page, here):
    address = begin(here, page)
    # session, person, run, turns, utterance, next turn, run; and the transaction
    assert counted(here, address, position=1, say=OPEN) <= 10


# --- dropped after a while


def test_what_was_said_is_dropped_after_thirty_days(page, here, cast):
    play(here, page, OPEN, 1)
    forget_what_was_said(timezone.now() + timedelta(days=29))
    assert RunTurn.objects.count() == 2
    forget_what_was_said(timezone.now() + timedelta(days=31))
    assert not RunTurn.objects.exists()
    assert ConversationRun.objects.get().end == "vua"


def test_a_run_left_unfinished_is_dropped_whole(page, here):
    play(here, page, OPEN)
    forget_what_was_said(timezone.now() + timedelta(days=31))
    assert not ConversationRun.objects.exists()


# --- a copy and an erasure of one's own data


def test_the_copy_of_ones_data_has_every_run_and_what_was_said_in_the_last(page, here, cast):
    play(here, page, OPEN, 1), play(here, page, BLAMING)
    first, last = conversations(cast.learner)
    assert (first["Kết thúc"], first["Điều đã biết"], first["Lời đã nói"]) == ("Tốt một phần", "Em đói", "")
    assert (last["Kết thúc"], last["Lời đã nói"]) == ("Đóng lại hoặc bỏ đi", "Em về đi.")


def test_an_erasure_takes_all_runs(page, here, cast):
    play(here, page, OPEN, 1), play(here, page, OPEN)
    person_erased.send(type(cast.learner), person=cast.learner, now=timezone.now())
    assert not ConversationRun.objects.exists()
    assert not RunTurn.objects.exists()
