"""A key that was wrong is corrected: who is marked again, what follows for completions, what stays as known."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from factories import make_course, make_person
from sharing import shared
from sittings import BEGUN, sit

from courses.attempts.attempt import Attempt, Mark
from courses.attempts.remarks import Remarked, Remarking, unread_remarks
from courses.certificates.certificate import Certificate
from courses.completions.completion import Completion, complete_if_done, void
from courses.progress.lessons import mark_seen
from courses.questions.versions import QuestionVersion
from courses.questions.writing import create_or_update_question
from courses.remarking.applying import apply, decide, remark_late
from courses.remarking.marked_by import keys_of, outcomes
from courses.remarking.preview import preview, waiting, waiting_for
from outbox.draining import drain
from outbox.effects import Effect
from people.persons.merges import Merge
from people.rights.reader import Reader
from people.roster.waiting import Desk
from people.roster.waiting import waiting_for as waiting_for_desk

LIST = "/bao-cao/cham-lai/"
NOW = timezone.make_aware(datetime(2030, 11, 2, 10))


@shared
def place(cast):
    return make_course(questions=5)


def correct(question, right: int, *texts: str) -> None:
    """Publishes the question with another right option: "Đúng", "Sai 1" or "Sai 2" by its place."""
    texts = texts or ("Đúng", "Sai 1", "Sai 2")
    create_or_update_question(
        category=question.category,
        name=question.name,
        kind="single_choice",
        text=f"{question.name[:3]} hỏi {question.name[4:]}?",
        choices=[{"text": text, "right": n == right} for n, text in enumerate(texts)],
        explanation="Luật mới nói thế.",
    )


def decided(question, by, now=NOW) -> Remarking:
    row = decide(keys_of([question.translation_key])[0], "Đáp án cũ sai.", by, now)
    drain(now)
    row.refresh_from_db()
    return row


def page_of(client, question, status=200) -> str:
    answer = client.get(f"{LIST}cau/{question.translation_key}/")
    assert answer.status_code == status
    return answer.content.decode()


# of five questions: 4 of 5 pass
FOUR, THREE, FIVE = [0, 0, 0, 0, 1], [1, 0, 0, 0, 1], [0, 0, 0, 0, 0]


def test_nothing_waits_where_no_key_was_changed(place, client_of, cast):
    sit(place.quiz, [FOUR, THREE])
    correct(place.questions[0], 0)
    assert waiting() == []
    assert "mọi bài đều được chấm theo đáp án đang dùng" in client_of(cast.manager).get(LIST).content.decode()


def test_who_is_up_and_who_is_down(place):
    """“Sai 1” of the first question was right after all."""
    up, down, same = sit(place.quiz, [THREE, FOUR, [2, 0, 0, 0, 0]])
    correct(place.questions[0], 1)
    [one] = waiting()
    assert (one.attempts, one.out_of_reach) == (3, 0)
    seen = preview(one.keys)
    assert (seen.attempts, seen.up, seen.down, seen.same) == (3, 1, 1, 1)
    assert [(each.attempt, each.percent_before, each.percent) for each in seen.passing] == [(up.pk, 60, 80)]
    assert [(each.attempt, each.percent_before, each.percent) for each in seen.failing] == [(down.pk, 80, 60)]
    # looking writes nothing
    assert Mark.objects.count() == 15
    assert Attempt.objects.get(pk=same.pk).score == 400


def test_both_marks_stay_and_the_result_is_the_new_one(place, cast):
    up, down = sit(place.quiz, [THREE, FOUR])
    correct(place.questions[0], 1)
    row = decided(place.questions[0], cast.manager)
    assert (row.attempts, row.finished_at) == (2, NOW)
    marks = Mark.objects.filter(item__attempt=up, item__position=1).order_by("pk")
    assert [(mark.points, mark.by_version.key["right"]) for mark in marks] == [
        (0, marks[0].item.version.key["right"]),
        (100, row.by_version.key["right"]),
    ]
    up.refresh_from_db(), down.refresh_from_db()
    assert [(one.percent, one.passed) for one in (up, down)] == [(80, True), (60, False)]
    changed = Remarked.objects.get(attempt=up)
    assert (changed.percent_before, changed.percent, changed.passed_before, changed.passed) == (60, 80, False, True)
    assert waiting() == []
    # once more changes nothing
    assert apply(row, NOW) == 0
    assert Mark.objects.filter(item__attempt=up).count() == 6


def test_a_key_that_comes_back_marks_back(place, cast):
    [attempt] = sit(place.quiz, [THREE])
    correct(place.questions[0], 1)
    decided(place.questions[0], cast.manager)
    correct(place.questions[0], 0)
    # in words of the first version too, so the version in force is one that marked before
    decided(place.questions[0], cast.manager, NOW + timedelta(days=1))
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.passed) == (60, False)
    assert attempt.remarks.count() == 2


def test_other_options_cannot_be_marked_again(place, client_of, cast):
    sit(place.quiz, [FOUR])
    correct(place.questions[0], 1, "Đúng", "Sai 1", "Điều khác")
    [one] = waiting()
    assert (one.attempts, one.out_of_reach) == (0, 1)
    assert "không chấm lại được" in client_of(cast.manager).get(LIST).content.decode()
    page = page_of(client_of(cast.manager), place.questions[0])
    assert "Không còn bài nào chấm lại được" in page


def test_parts_of_a_point_stay_exact(place):
    """A multiple choice of three right ones was worth thirds."""
    question = place.questions[0]
    texts = ("Một", "Hai", "Ba", "Bốn")

    def write(*right):
        create_or_update_question(
            category=question.category,
            name=question.name,
            kind="multiple_choice",
            text="Chọn?",
            choices=[{"text": text, "right": n in right} for n, text in enumerate(texts)],
        )

    write(0, 1, 2)
    [attempt] = sit(place.quiz, [[0, 0, 0, 0, 0]])
    Attempt.objects.filter(pk=attempt.pk).update(score=1300, max_score=1500, scale=3)
    Mark.objects.filter(item__attempt=attempt, item__position=1).update(points=100, scale=3)
    write(0, 1)
    [keys] = keys_of()
    [one] = outcomes(keys)
    assert (one.before * 3, one.after * 2) == (1300, 900)
    assert one.passed


def learn(place, person, at) -> None:
    for lesson in place.lessons:
        mark_seen(person, place.course.key, lesson.translation_key, at)


def test_who_passes_now_is_completed_as_of_the_day_of_the_attempt(place, cast):
    early, late = make_person(), make_person()
    sit(place.quiz, [THREE, THREE], people=[early, late])
    learn(place, early, BEGUN - timedelta(days=3))
    # one read the lessons only after the test
    learn(place, late, BEGUN + timedelta(days=9))
    correct(place.questions[0], 1)
    decided(place.questions[0], cast.manager)
    days = {row.person_id: row for row in Completion.objects.current()}
    assert days[early.pk].completed_on == BEGUN.date()
    assert days[late.pk].completed_on == (BEGUN + timedelta(days=9)).date()
    assert "Chấm lại" in days[early.pk].reason
    # what was known before stays as it was
    assert days[early.pk].recorded_at == NOW
    assert not Completion.objects.known_on((NOW - timedelta(days=1)).date()).exists()
    drain(NOW + timedelta(minutes=1))
    assert Certificate.objects.filter(person=early).exists()


def test_a_completion_that_is_not_earned_any_more_stays_until_it_is_voided(place, cast, client_of):
    lost, twice, other = make_person("Alăng Mất"), make_person(), make_person()
    sit(place.quiz, [FOUR, FOUR, FIVE], people=[lost, twice, other])
    # passed a second time before the completion was recorded
    sit(place.quiz, [FIVE[:4] + [0]], people=[twice], number=2, begun=BEGUN + timedelta(days=2))
    for person in (lost, twice, other):
        learn(place, person, BEGUN + timedelta(days=4))
        assert complete_if_done(person, place.course, BEGUN + timedelta(days=5))
    correct(place.questions[0], 1)
    [one] = waiting()
    seen = preview(one.keys)
    assert {row.completion.person for row in seen.unearned} == {lost}
    row = decided(place.questions[0], cast.manager)
    assert Completion.objects.current().count() == 3
    page = client_of(cast.manager).get(f"{LIST}lan/{row.pk}/").content.decode()
    assert "Lần hoàn thành không còn đủ" in page
    assert "đang tính" in page
    void(Completion.objects.current().get(person=lost), NOW.date(), "Chấm lại", cast.manager, NOW)
    page = client_of(cast.manager).get(f"{LIST}lan/{row.pk}/").content.decode()
    assert "không tính từ 02/11/2030" in page


def test_two_records_of_one_person_stand_in_for_each_other(place, cast):
    gone, stays = make_person(), make_person()
    sit(place.quiz, [FOUR], people=[gone])
    sit(place.quiz, [[1, 0, 0, 0, 0]], people=[stays], begun=BEGUN - timedelta(days=1))
    Merge.objects.create(gone=gone, stays=stays, by=cast.manager, reason="Một người")
    learn(place, stays, BEGUN + timedelta(days=1))
    complete_if_done(stays, place.course, BEGUN + timedelta(days=2))
    correct(place.questions[0], 1)
    # her own pass stands: with “Sai 1” it is five of five now
    assert preview(waiting()[0].keys).unearned == []


def test_an_attempt_begun_before_and_handed_in_after_follows(place, cast):
    [first] = sit(place.quiz, [THREE])
    correct(place.questions[0], 1)
    # asked in the old words, handed in when everybody else was marked again
    old = QuestionVersion.objects.filter(question_key=place.questions[0].translation_key).order_by("pk").first()
    decided(place.questions[0], cast.manager)
    [late] = sit(place.quiz, [[0, 0, 0, 0, 1]], begun=NOW + timedelta(hours=1))
    late.items.filter(position=1).update(version=old)
    Mark.objects.filter(item__attempt=late, item__position=1).update(by_version=old, points=100)
    Attempt.objects.filter(pk=late.pk).update(score=400, passed=True)
    assert remark_late(NOW + timedelta(hours=2)) == 1
    late.refresh_from_db()
    assert (late.percent, late.passed) == (60, False)
    assert remark_late(NOW + timedelta(hours=3)) == 0


def test_a_decision_on_a_key_that_changed_meanwhile_does_nothing(place, cast):
    [attempt] = sit(place.quiz, [THREE])
    correct(place.questions[0], 1)
    row = decide(keys_of([place.questions[0].translation_key])[0], "Sai.", cast.manager, NOW)
    correct(place.questions[0], 2)
    drain(NOW)
    row.refresh_from_db()
    attempt.refresh_from_db()
    assert (row.attempts, attempt.percent) == (0, 60)
    assert waiting_for(place.questions[0].translation_key).attempts == 1


def test_a_killed_run_goes_on_where_it_was(place, cast, monkeypatch):
    sit(place.quiz, [THREE, FOUR, FIVE])
    correct(place.questions[0], 1)
    monkeypatch.setattr("courses.remarking.applying.BATCH", 1)
    row = decide(keys_of([place.questions[0].translation_key])[0], "Sai.", cast.manager, NOW)

    def killed(done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(row, NOW, killed)
    assert Remarking.objects.get(pk=row.pk).attempts == 2
    drain(NOW)
    row.refresh_from_db()
    assert (row.attempts, row.remarked.count()) == (3, 3)
    assert Mark.objects.filter(item__position=1).count() == 6


def test_the_person_is_told_once_until_she_opens_it(place, cast, client_of):
    learner = cast.learner
    [attempt] = sit(place.quiz, [THREE], people=[learner])
    correct(place.questions[0], 1)
    decided(place.questions[0], cast.manager)
    client = client_of(learner)
    assert "60 % thành 80 %, nay là đạt" in client.get("/hoc-tap/").content.decode()
    page = client.get(f"/hoc-tap/bai-lam/{attempt.pk}/ket-qua/").content.decode()
    assert "trước 60 %, nay 80 %" in page
    assert "Đáp án cũ sai." in page
    # what is right now, and why, stands in the review
    assert "Luật mới nói thế." in page
    assert unread_remarks(learner) == []
    assert "chấm lại" not in client.get("/hoc-tap/").content.decode()


def test_the_way_from_the_list_to_the_decision(place, cast, client_of):
    sit(place.quiz, [THREE, FOUR], people=[make_person("Alăng Đạt"), make_person("Bh'nướch Rớt")])
    correct(place.questions[0], 1)
    client, question = client_of(cast.manager), place.questions[0]
    assert f"cau/{question.translation_key}/" in client.get(LIST).content.decode()
    page = page_of(client, question)
    assert "Alăng Đạt" in page
    assert "60 % → 80 %" in page
    assert "Đáp án cũ: Đúng. Đáp án nay: Sai 1." in page
    address = f"{LIST}cau/{question.translation_key}/"
    assert client.post(address, {"reason": "", "seen": 2}).status_code == 422
    # somebody handed in since: the number that she saw holds no more
    stale = client.post(address, {"reason": "Luật đã đổi.", "seen": 1})
    assert stale.status_code == 422
    assert "Vừa có bài mới nộp" in stale.content.decode()
    assert 'value="Luật đã đổi."' in stale.content.decode()
    answer = client.post(address, {"reason": "Luật đã đổi.", "seen": 2})
    row = Remarking.objects.get()
    assert answer["Location"] == f"{LIST}lan/{row.pk}/"
    assert "Đang chấm ở nền" in client.get(answer["Location"]).content.decode()
    # a second tap, and a second person, find the one that is under way
    assert client.post(address, {"reason": "Luật đã đổi.", "seen": 2})["Location"] == answer["Location"]
    drain()
    page = client.get(answer["Location"]).content.decode()
    assert "Đang chấm" not in page
    assert "Luật đã đổi." in page
    assert "Alăng Đạt" in client.get(answer["Location"]).content.decode()


def test_who_fails_to_mark_says_so_and_is_tried_again(place, cast, client_of, monkeypatch):
    sit(place.quiz, [THREE])
    correct(place.questions[0], 1)
    row = decide(keys_of([place.questions[0].translation_key])[0], "Sai.", cast.manager, NOW)
    Effect.objects.filter(kind="remarking").update(state="failed", error="Máy chủ vừa khởi động lại.")
    client = client_of(cast.manager)
    assert "Máy chủ vừa khởi động lại." in client.get(f"{LIST}lan/{row.pk}/").content.decode()
    client.post(f"{LIST}lan/{row.pk}/")
    drain()
    row.refresh_from_db()
    assert row.finished_at


def test_nobody_decides_on_her_own_points(place, cast, client_of):
    sit(place.quiz, [THREE], people=[cast.manager])
    correct(place.questions[0], 1)
    page = page_of(client_of(cast.manager), place.questions[0])
    assert "nhờ một người phụ trách tập huấn khác" in page
    client_of(cast.manager).post(f"{LIST}cau/{place.questions[0].translation_key}/", {"reason": "Sai.", "seen": 1})
    assert not Remarking.objects.exists()


def test_it_waits_in_the_queue_until_it_is_decided(place, cast):
    def queue(user):
        found = {str(one.title): one.count for one in waiting_for_desk(Desk(Reader(user), NOW.date()))}
        return found.get("Câu hỏi có đáp án đã sửa, chờ chấm lại")

    sit(place.quiz, [THREE])
    correct(place.questions[0], 1)
    assert (queue(cast.manager), queue(cast.trainer)) == (1, None)
    decided(place.questions[0], cast.manager)
    assert queue(cast.manager) is None


def test_a_commune_s_trainer_is_told_whose_work_it_is(place, cast, client_of):
    answer = client_of(cast.trainer).get(LIST)
    assert answer.status_code == 403
    assert "toàn tỉnh" in answer.content.decode()


def test_queries_do_not_grow_with_questions_and_attempts(place, cast, client_of, django_assert_max_num_queries):
    sit(place.quiz, [THREE, FOUR, FIVE] * 3)
    for question in place.questions[:3]:
        correct(question, 1)
    client = client_of(cast.manager)
    client.get(LIST)
    with django_assert_max_num_queries(18):
        assert client.get(LIST).status_code == 200
    with django_assert_max_num_queries(24):
        page_of(client, place.questions[0])
