"""A quiz that opens, closes or ends after some minutes: by the server's clock, and nothing that was saved is lost."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from factories import make_course, make_person
from sharing import shared

from courses.attempts.answering import TimeOver, save_answer
from courses.attempts.attempt import Attempt
from courses.attempts.time_over import GRACE, ends_at
from courses.completions.completion import Completion
from courses.progress.lessons import mark_seen
from courses.quizzes.admission import Refused, start
from courses.quizzes.submitting import submit
from courses.quizzes.time_over import hand_in
from pages.serving.version import raise_version

NOW = timezone.make_aware(datetime(2026, 12, 1, 9))
MINUTE = timedelta(minutes=1)


@shared
def place(cast):
    return make_course(questions=2, time_limit=25)


def rule(place, **fields):
    for name, value in fields.items():
        setattr(place.quiz, name, value)
    place.quiz.save()
    raise_version()
    return place.quiz


def answer(attempt, position: int, now, right=True):
    item = attempt.items.select_related("version").get(position=position)
    choices = [one["id"] for one in item.version.structure["choices"]]
    chosen = next(id for id in choices if (id in item.version.key["right"]) == right)
    return save_answer(attempt.person, attempt.pk, position, {"choice": [chosen]}, based_on=0, token=uuid4(), now=now)


@pytest.mark.parametrize(
    ("minutes", "closes", "ends"),
    [(0, None, None), (30, None, 30), (30, 10, 10), (30, 60, 30), (0, 60, 60)],
)
def test_the_earlier_of_limit_and_closing_ends_it(minutes, closes, ends):
    closes_at = NOW + closes * MINUTE if closes else None
    assert ends_at(NOW, minutes, closes_at) == (NOW + ends * MINUTE if ends else None)


@pytest.mark.parametrize(("more", "minutes"), [(False, 25), (True, 38)])
def test_whoever_wants_it_has_half_as_much_again(place, more, minutes):
    attempt = start(make_person(), place.quiz, NOW, more_time=more)
    assert attempt.ends_at == NOW + minutes * MINUTE
    assert attempt.rules["minutes"] == minutes


def test_what_is_changed_later_concerns_nobody_who_is_at_work(place):
    attempt = start(make_person(), place.quiz, NOW)
    rule(place, time_limit=5)
    attempt.refresh_from_db()
    assert attempt.ends_at == NOW + 25 * MINUTE


def test_what_was_on_its_way_is_taken_for_two_minutes(place):
    attempt = start(make_person(), place.quiz, NOW)
    answer(attempt, 1, attempt.ends_at + GRACE)
    with pytest.raises(TimeOver, match="đã lưu trước đó đều được tính"):
        answer(attempt, 2, attempt.ends_at + GRACE + timedelta(seconds=1))


def test_the_clock_hands_in_what_was_saved_as_of_the_end(place):
    person = make_person()
    for lesson in place.lessons:
        mark_seen(person, place.course.key, lesson.translation_key, NOW)
    attempt = start(person, place.quiz, NOW)
    answer(attempt, 1, NOW + MINUTE), answer(attempt, 2, NOW + MINUTE)
    assert hand_in(attempt.ends_at + GRACE) == 0
    # the clock stood still over night
    assert hand_in(NOW + timedelta(days=1)) == 1
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.passed) == (NOW + 25 * MINUTE, True)
    assert Completion.objects.get(person=person).completed_on == NOW.date()
    assert hand_in(NOW + timedelta(days=2)) == 0


def test_an_attempt_without_an_end_stays_open(place):
    rule(place, time_limit=0)
    attempt = start(make_person(), place.quiz, NOW)
    assert (attempt.ends_at, "minutes" in attempt.rules) == (None, False)
    assert hand_in(NOW + timedelta(days=400)) == 0


def test_who_hands_in_herself_has_her_own_time(place):
    attempt = submit(start(make_person(), place.quiz, NOW), NOW + 3 * MINUTE)
    assert attempt.submitted_at == NOW + 3 * MINUTE


def test_it_opens_and_closes(place):
    quiz = rule(place, opens_at=NOW, closes_at=NOW + 60 * MINUTE, time_limit=0)
    with pytest.raises(Refused, match=r"mở lúc 09:00 01/12/2026"):
        start(make_person(), quiz, NOW - timedelta(days=1))
    attempt = start(make_person(), quiz, NOW + 59 * MINUTE)
    assert attempt.ends_at == NOW + 60 * MINUTE
    with pytest.raises(Refused, match="đã đóng lúc 10:00"):
        start(make_person(), quiz, NOW + 60 * MINUTE)
    hand_in(NOW + 63 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.submitted_at == NOW + 60 * MINUTE


def test_the_pages_tell_the_time_before_and_while(place, cast, client_of):
    client = client_of(cast.learner)
    with time_machine.travel(NOW, tick=False):
        page = client.get(place.quiz.url).content.decode()
        assert "25 phút; ai cần thì 38 phút" in page
        assert 'name="them-gio"' in page
        client.post(
            f"/hoc-tap/bai-kiem-tra/{place.quiz.translation_key}/bat-dau/", {"quiz": place.quiz.pk, "them-gio": 1}
        )
    attempt = Attempt.objects.get(person=cast.learner)
    address = f"/hoc-tap/bai-lam/{attempt.pk}/"
    with time_machine.travel(NOW + 10 * MINUTE, tick=False):
        page = client.get(address).content.decode()
        assert "Hết giờ lúc 9 giờ 38" in page or "Hết giờ lúc 09:38" in page
        assert "còn 28 phút" in page
        assert "time-left.js" in page


def test_after_the_end_nothing_is_lost_and_nothing_more_is_taken(place, cast, client_of):
    client, attempt = client_of(cast.learner), start(cast.learner, place.quiz, NOW)
    answer(attempt, 1, NOW + MINUTE)
    address = f"/hoc-tap/bai-lam/{attempt.pk}/"
    with time_machine.travel(attempt.ends_at + MINUTE, tick=False):
        assert client.get(address)["Location"] == f"{address}nop/"
        page = client.get(f"{address}nop/").content.decode()
        assert "Đã hết giờ làm bài" in page
        assert "Quay lại làm tiếp" not in page
        assert Attempt.objects.get(pk=attempt.pk).submitted_at is None
    with time_machine.travel(attempt.ends_at + 3 * MINUTE, tick=False):
        late = {"2-choice": "x", "2-based_on": 0, "2-token": uuid4()}
        told = client.post(f"{address}cau/2/", late, headers={"Accept": "application/json"})
        assert told.status_code == 409
        assert "Đã hết giờ" in told.json()["error"]
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.score) == (attempt.ends_at, 100)
    assert client.get(f"{address}ket-qua/").status_code == 200


def test_the_part_without_scripts_is_told_too(place, cast, client_of):
    client, attempt = client_of(cast.learner), start(cast.learner, place.quiz, NOW)
    with time_machine.travel(attempt.ends_at + 3 * MINUTE, tick=False):
        form = {"1-choice": "x", "1-based_on": 0, "1-token": uuid4(), "go": "submit"}
        answered = client.post(f"/hoc-tap/bai-lam/{attempt.pk}/", form, follow=True)
    assert "Đã hết giờ làm bài nên không nhận thêm" in answered.content.decode()
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.ends_at
