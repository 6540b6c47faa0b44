"""A conversation follows its rules, and its debrief says what was done; the numbers are worked by hand."""

import pytest
from conversations import small, small_data, starter, utterance

from courses.practice.conversations.rules.debrief import Outcome, debrief, outcome_of
from courses.practice.conversations.rules.graph import read
from courses.practice.conversations.rules.playing import replay, say, start


def test_an_utterance_moves_trust_and_brings_out_what_it_reveals():
    state = say(small(), start(small()), 0)
    assert (state.at, state.trust, state.learnt) == ("b", 5, ("doi",))
    assert state.said[0].choice.answer == "Đáp: Em cần gì?"


def test_trust_stays_within_its_bounds():
    state = replay(small(), [0, 0])
    assert state.trust == 6  # 3 + 2 + 2, at most 6


def test_enough_trust_and_all_that_is_asked_for_make_the_first_end_that_fits():
    assert replay(small(), [0, 0]).at == "tot"
    assert replay(small(), [0, 1]).at == "vua"  # trust 4, one item not learnt


def test_trust_that_is_gone_closes_the_conversation_whatever_the_next_turn_is():
    assert replay(small(), [1]).at == "dong-lai"  # 3 - 3


def test_what_is_learnt_by_the_last_words_counts_even_when_they_close_the_conversation():
    data = small_data()
    data["turns"][0]["choices"][1]["reveals"] = ["so"]
    assert replay(read(data), [1]).learnt == ("so",)


def test_where_no_end_fits_the_person_closes_up():
    data = small_data()
    data["ends"][1]["trust"] = 6
    assert replay(read(data), [0, 1]).at == "dong-lai"


def test_an_end_can_be_named_and_then_asks_for_nothing():
    assert replay(small(), [2]).at == "di"


def test_an_item_comes_out_once():
    data = small_data()
    data["turns"][1]["choices"][0]["reveals"] = ["doi", "so", "so"]
    state = replay(read(data), [0, 0])
    assert [said.learnt for said in state.said] == [("doi",), ("so",)]


@pytest.mark.parametrize("index", [-1, 3])
def test_an_utterance_that_the_turn_does_not_have_is_refused(index):
    with pytest.raises(ValueError, match="no utterance"):
        say(small(), start(small()), index)


def test_after_an_end_nothing_can_be_said():
    with pytest.raises(ValueError, match="no utterance"):
        say(small(), replay(small(), [2]), 0)


# --- the debrief, worked by hand from 06-nguoi-me-tim-con

# t1 closed −1 → r1 reflecting +2 → t2 open +2 (thuoc) → t3 leading −2 → t4 focused +2 (doi-tien) → t5 informing +2
# (gioi-han) → t6 reflecting +2 (cho-dua) → t7 focused +2 (nghi-chet) → t8 closed 0 (dang-mang) → t9 focused +1
# (nguoi-moi) → t10 open +1 → t11 open +1 → t12 promising −1 → t13 closed 0; trust 5 − 1 + 2 + 2 − 2 + 2 + 2 + 2 + 2 + 0
# + 1 + 1 + 1 − 1 + 0 = 16
A_MORNING = [0, 1, 0, 1, 2, 3, 2, 0, 0, 3, 3, 0, 3, 1]


@pytest.fixture
def morning():
    conversation = read(starter(6))
    state = replay(conversation, A_MORNING)
    return debrief(conversation, outcome_of(conversation, state), state.said)


def test_the_end_and_what_is_kept_of_the_run(morning):
    assert morning.outcome == Outcome(
        "tot",
        "good",
        16,
        {"open": 3, "focused": 3, "closed": 3, "leading": 1, "promising": 1, "reflecting": 2, "informing": 1},
        ("thuoc", "doi-tien", "gioi-han", "cho-dua", "nghi-chet", "dang-mang", "nguoi-moi"),
        done=True,
    )
    assert morning.end.text.startswith("Bác uống thuốc, ăn được nửa bát cháo.")


def test_three_of_ten_questions_were_open_and_three_words_were_no_questions(morning):
    assert (morning.open_questions, morning.questions, morning.other_words) == (3, 10, 3)
    assert not morning.asked_openly


def test_each_harm_stands_with_its_remark(morning):
    told = [(harm.kind, harm.count, [one.choice.remark for one in harm.said]) for harm in morning.harms]
    assert told == [
        ("leading", 1, ["Kết luận thay, và bác sụp."]),
        ("promising", 1, ["Không ai lo hết được chuyện nhà người khác."]),
    ]


def test_what_was_not_learnt_says_what_that_means(morning):
    assert [item.name for item in morning.missed] == ["lan-cuoi", "dong-y"]
    assert morning.missed[0].if_missed == "Mốc cuối cùng là điều Công an hỏi trước tiên."


def test_without_the_words_of_the_run_the_debrief_still_counts_harms(morning):
    later = debrief(read(starter(6)), morning.outcome)
    assert [(harm.kind, harm.count, harm.said) for harm in later.harms] == [("leading", 1, ()), ("promising", 1, ())]
    assert (later.questions, later.missed) == (morning.questions, morning.missed)


def test_half_of_the_questions_is_enough_and_no_question_is_not():
    conversation = small()
    half = Outcome("vua", "partly", 3, {"open": 2, "pressing": 1, "closed": 1}, (), done=True)
    assert debrief(conversation, half).asked_openly
    assert not debrief(conversation, Outcome("vua", "partly", 3, {"choice": 4}, (), done=True)).asked_openly


# --- the best run


def outcome(kind="partly", learnt=0, trust=0):
    return Outcome("x", kind, trust, {}, tuple(str(n) for n in range(learnt)), done=kind != "closed")


def test_the_best_run_is_by_kind_of_end_then_by_what_was_learnt_then_by_trust():
    worst_to_best = [
        outcome("closed", learnt=9, trust=20),
        outcome("poor", learnt=9, trust=20),
        outcome("partly", learnt=1, trust=20),
        outcome("partly", learnt=2, trust=3),
        outcome("partly", learnt=2, trust=4),
        outcome("good"),
    ]
    assert sorted([worst_to_best[n] for n in (3, 0, 5, 1, 4, 2)], key=lambda one: one.rank) == worst_to_best


def test_a_run_counts_for_the_course_unless_the_person_closed_up_or_left():
    conversation = small()
    assert outcome_of(conversation, replay(conversation, [0, 1])).done
    assert not outcome_of(conversation, replay(conversation, [1])).done
    assert not outcome_of(conversation, replay(conversation, [2])).done


# --- branching cases


def case(**changes):
    first = [utterance("Mời vào phòng", "b", 2, ""), utterance("Chờ", "b", -1, "")]
    second = [utterance("Hỏi ý", "tot", 2, ""), utterance("Ép", "hai", -1, "")]
    turns = [{"id": "a", "at": "Bàn tiếp dân", "choices": first}, {"id": "b", "at": "Trong phòng", "choices": second}]
    ends = [{"id": "tot", "kind": "good", "text": "Tốt"}, {"id": "hai", "kind": "poor", "text": "Hại"}]
    rules = {"scoring": "points", "pass_points": 3, "first": "a"}
    return read({"title": "TH", **rules, "turns": turns, "ends": ends, **changes})


@pytest.mark.parametrize(
    ("said", "points", "done"),
    [([0, 0], 4, True), ([1, 0], 1, False), ([0, 1], 1, False), ([1, 1], -2, False)],
)
def test_a_case_sums_points_and_is_passed_by_its_good_end_and_enough_of_them(said, points, done):
    state = replay(case(), said)
    result = outcome_of(case(), state)
    assert (state.trust, result.done) == (points, done)


def test_a_good_end_below_the_points_is_no_pass():
    assert not outcome_of(case(pass_points=5), replay(case(pass_points=5), [0, 0])).done


def test_the_first_shipped_case_gives_twelve_points_at_best_and_harm_at_worst():
    conversation = read(starter(7))
    # bg1 b, bg2 c, bg4 c, bg5 b, bg7 c, bg8 a: two points each
    best = replay(conversation, [1, 2, 2, 1, 2, 0])
    assert (best.at, best.trust, outcome_of(conversation, best).done) == ("bg-t", 12, True)
    # bg1 a −1, bg3 c −1
    worst = replay(conversation, [0, 2])
    assert (worst.at, worst.trust, outcome_of(conversation, worst).done) == ("bg-h", -2, False)


def test_a_case_of_eight_points_is_passed_and_of_seven_is_not():
    conversation = read(starter(7))
    # bg1 a −1, bg3 b +1, bg4 c +2, bg5 b +2, bg7 c +2, bg8 a +2
    eight = replay(conversation, [0, 1, 2, 1, 2, 0])
    # bg1 a −1, bg3 b +1, bg4 a −1, bg6 a +1, bg5 b +2, bg7 c +2, bg8 a +2
    six = replay(conversation, [0, 1, 0, 0, 1, 2, 0])
    assert [(s.at, s.trust, outcome_of(conversation, s).done) for s in (eight, six)] == [
        ("bg-t", 8, True),
        ("bg-t", 6, False),
    ]
